#!/usr/bin/env bash
# Runs every benchmark, one after the other; takes long. Arguments go to each of them.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
cd "$root"

"$root/eng/install-deps.sh" run
"$root/eng/build.sh" product
for project in bench/*/*.csproj; do
    [ -f "$project" ] || die "there is no benchmark in bench/."
    dotnet run --project "$project" -c Release -- "$@"
done
