# Runs a program of this checkout as it was built last; sourced by bin/mayfly and bin/mayflyd, which know $root and $artifacts.
# shellcheck shell=sh

# run_built PROJECT PROGRAM ARGUMENT...
run_built() {
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
}
