#!/usr/bin/env bash
# Writes docs/performance.md and its charts from what bench.sh has left. usage: report.sh [DIRECTORY]; artifacts/bench unless told.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"

dotnet run --project "$root/bench/Mayfly.BenchReport" -c Release -- "${1:-$artifacts/bench}" "$root/docs"
say "The report is docs/performance.md."
