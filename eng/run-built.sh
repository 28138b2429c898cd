#!/bin/sh
# Runs a program of this checkout as it was built last. usage: run-built.sh PROJECT PROGRAM ARGUMENT...
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
artifacts=${MAYFLY_ARTIFACTS:-$root/artifacts}
built=$artifacts/bin/$1/release_linux-x64
# Compiled ahead it starts sooner, unless something was built since.
ahead=$artifacts/publish/$1/release_linux-x64
program=$2
shift 2
if [ ! -f "$built/$program.dll" ]; then
    echo "$program is not built yet: there is no $built/$program.dll. Run \"make build\" in $root." >&2
    exit 127
fi
if [ -f "$ahead/$program.dll" ] && [ -z "$(find "$built" -name '*.dll' -newer "$ahead/$program.dll" -print -quit)" ]; then built=$ahead; fi
exec dotnet "$built/$program.dll" "$@"
