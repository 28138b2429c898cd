#!/usr/bin/env bash
# Runs every benchmark on every recipe, one after the other, and writes artifacts/bench/*.json and from them docs/performance.md; takes long.
# usage: bench.sh [COUNT] [IMAGE...]; 20 runs of micro and xfce unless told. MAYFLY_BENCH_DATA names the data directory, MAYFLY_BENCHES
# the benchmarks ("click fork attach pool portal scale versus"), MAYFLY_VERSUS more options of the last one ("--rounds 8 --boots 2").
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
cd "$root"

count=${1:-20}
images=("${@:2}")
[ ${#images[@]} -gt 0 ] || images=(micro xfce)
data=${MAYFLY_BENCH_DATA:-$root/artifacts/bench-data}
read -r -a benches <<<"${MAYFLY_BENCHES:-click fork attach pool portal scale versus}"
read -r -a versus_options <<<"${MAYFLY_VERSUS:-}"
reports=$artifacts/bench

# bench NAME IMAGE: the data directory's images are built and published by the first, and taken from there by the others.
bench() {
    local report=$reports/$1-$2.json
    case $1 in
    click) set -- Click "$data" "$2" "$count" "$report" ;;
    fork) set -- Fork "$data" "$MAYFLY_IMAGES" "$MAYFLY_AGENT" "$2" "$count" "$report" ;;
    attach) set -- Attach "$data" "$MAYFLY_IMAGES" "$MAYFLY_AGENT" "$2" "$count" "$report" ;;
    pool) set -- Pool "$data" "$2" "$count" "$report" ;;
    portal) set -- Portal "$data" "$2" "$count" "$report" ;;
    versus) set -- Versus "$data" "$MAYFLY_IMAGES" "$MAYFLY_AGENT" "$2" "$report" "${versus_options[@]}" ;;
    *) die "there is no benchmark \"$1\"." ;;
    esac
    dotnet run --project "bench/Mayfly.$1Bench" -c Release -- "${@:2}"
}

"$root/eng/install-deps.sh" bench
"$root/eng/build.sh" product
mkdir -p "$reports" "$data"
for name in "${benches[@]}"; do rm -f "$reports/$name"{,-*}.json; done
for image in "${images[@]}"; do
    for name in "${benches[@]}"; do
        [ "$name" = scale ] || bench "$name" "$image"
    done
done
# The house alone, at sizes that no host has.
case " ${benches[*]} " in *" scale "*) dotnet run --project bench/Mayfly.ScaleBench -c Release -- "$data" "$reports/scale.json" ;; esac
"$root/eng/report.sh"
