#!/usr/bin/env bash
# Puts form right where a program can.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
cd "$root"

dotnet format whitespace Mayfly.slnx
cd console && npm exec -- eslint --fix .
