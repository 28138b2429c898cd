#!/usr/bin/env bash
# The tests that repeat something, for hours: log-ins, kills of mayflyd, kills and cuts of any part of a house of two hosts; each looks for what
# is left. usage: soak.sh [LOGINS], 10000 unless told, and a tenth as many of the others.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
cd "$root"

logins=${1:-10000}
export MAYFLY_TEST_DATA=${MAYFLY_TEST_DATA:-$root/artifacts/test-data}
export MAYFLY_SOAK_CYCLES=$logins MAYFLY_KILL_ROUNDS=$((logins / 10)) MAYFLY_FAULTS=$((logins / 10))
"$root/eng/install-deps.sh" test
"$root/eng/build.sh" all
mkdir -p "$MAYFLY_TEST_DATA"
dotnet test tests/Mayfly.HouseVmTests --no-build -c Release --filter "FullyQualifiedName~SoakTests|FullyQualifiedName~KillTests|FullyQualifiedName~AnyPartTests" \
    --logger "console;verbosity=detailed"
