#!/usr/bin/env bash
# Writes docs/openapi.json anew: the description of the REST API, as mayflyd serves it. A test compares the two.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
cd "$root"

dotnet build src/Mayfly.Server -c Release -v q >&2
"$artifacts/bin/Mayfly.Server/release_linux-x64/mayflyd" --print-openapi >docs/openapi.json.new
mv docs/openapi.json.new docs/openapi.json
