#!/usr/bin/env bash
# Runs every benchmark on every recipe, one after the other, and writes artifacts/bench/report.{json,md}; takes long.
# usage: bench.sh [COUNT] [IMAGE...]; 20 runs of micro and xfce unless told. MAYFLY_BENCH_DATA names the data directory.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
cd "$root"

count=${1:-20}
images=("${@:2}")
[ ${#images[@]} -gt 0 ] || images=(micro xfce)
data=${MAYFLY_BENCH_DATA:-$root/artifacts/bench-data}
reports=$artifacts/bench

"$root/eng/install-deps.sh" test
"$root/eng/build.sh" product
rm -rf "$reports"
mkdir -p "$reports" "$data"
for image in "${images[@]}"; do
    # The first builds the image and publishes it, the second takes it from there.
    dotnet run --project bench/Mayfly.ClickBench -c Release -- "$data" "$image" "$count" "$reports/click-$image.json"
    dotnet run --project bench/Mayfly.ForkBench -c Release -- "$data" "$MAYFLY_IMAGES" "$MAYFLY_AGENT" "$image" "$count" "$reports/fork-$image.json"
    dotnet run --project bench/Mayfly.AttachBench -c Release -- "$data" "$MAYFLY_IMAGES" "$MAYFLY_AGENT" "$image" "$count" "$reports/attach-$image.json"
    dotnet run --project bench/Mayfly.PoolBench -c Release -- "$data" "$image" "$count" "$reports/pool-$image.json"
    dotnet run --project bench/Mayfly.PortalBench -c Release -- "$data" "$image" "$count" "$reports/portal-$image.json"
done
# The house alone, at sizes that no host has.
dotnet run --project bench/Mayfly.ScaleBench -c Release -- "$data" "$reports/scale.json"

# shellcheck disable=SC2016 # what looks like shell's is JavaScript's
node -e '
    const fs = require("fs"), path = require("path"), [directory, host] = process.argv.slice(1);
    const parts = fs.readdirSync(directory).filter((name) => /^(attach|click|fork|pool|portal|scale)(-.*)?\.json$/.test(name));
    const measures = parts.flatMap((name) => JSON.parse(fs.readFileSync(path.join(directory, name), "utf8")));
    const number = (value) => (value === null ? "-" : value.toFixed(1));
    const rows = measures.map((m) => `| ${m.name} | ${number(m.median)} ${m.unit} | ${number(m.p95)} | ${m.count} |`);
    fs.writeFileSync(path.join(directory, "report.json"), JSON.stringify({ host, measures }, null, 2) + "\n");
    fs.writeFileSync(path.join(directory, "report.md"), [`Measured on ${host}.`, "", "| measure | median | p95 | n |", "|---|---|---|---|", ...rows, ""].join("\n"));
' "$reports" "$(nproc) cores, Linux $(uname -r), $(qemu-system-x86_64 --version | head -n 1)"
say "The report is in $reports/report.md."
