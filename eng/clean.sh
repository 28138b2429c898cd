#!/usr/bin/env bash
# Removes all that was built in this checkout, images made for tests included. A data directory elsewhere stays.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"

rm -rf -- "${artifacts:?}" "$root/console/dist" "$root/console/node_modules"
