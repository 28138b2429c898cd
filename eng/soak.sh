#!/usr/bin/env bash
# Forks, logs in, logs off and destroys, over and over, and looks for what is left; takes long. usage: soak.sh [CYCLES], 10000 unless told.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
cd "$root"

export MAYFLY_TEST_DATA=${MAYFLY_TEST_DATA:-$root/artifacts/test-data} MAYFLY_SOAK_CYCLES=${1:-10000}
"$root/eng/install-deps.sh" test
"$root/eng/build.sh" all
mkdir -p "$MAYFLY_TEST_DATA"
dotnet test tests/Mayfly.HouseVmTests --no-build -c Release --filter FullyQualifiedName~SoakTests --logger "console;verbosity=detailed"
