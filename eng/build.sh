#!/usr/bin/env bash
# Builds what changed: "product" is server, command line, guest agent and console; "package" has the programs of the host compiled ahead too,
# as they are installed; "all" adds every other project.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
cd "$root"

what=${1:-product}
shared=(Directory.Build.props Directory.Packages.props global.json eng/BannedSymbols.txt)
console_dependencies=(console/package.json console/package-lock.json console/.npmrc)

# with_one_compiler COMMAND...: one that all projects are built by, and that is not left behind.
with_one_compiler() {
    local code=0
    "$@" || code=$?
    dotnet build-server shutdown --vbcscompiler
    return "$code"
}

build() { dotnet build "$1" -c Release -v quiet -p:UseSharedCompilation=true; }

build_product() { build src/Mayfly.Server && build src/Mayfly.Cli; }

compile_ahead() {
    dotnet publish src/Mayfly.Server --no-build -c Release -v quiet && dotnet publish src/Mayfly.Cli --no-build -c Release -v quiet &&
        # What did not change kept its time, and would seem older than the build.
        touch "$server"/*.dll "$command_line"/*.dll
}

publish_agent() { dotnet publish src/Mayfly.Agent -c Release -v quiet; }

fetch_console() { npm --prefix console ci --no-audit --no-fund; }

build_console() { npm --prefix console run build; }

if [ "$what" = all ]; then
    step "Building all projects" 120 with_one_compiler build Mayfly.slnx
    unchanged_from_now product src "${shared[@]}"
elif changed product src "${shared[@]}" || [ ! -d "$artifacts/bin/Mayfly.Server/release_linux-x64" ]; then
    step "Building server and command line" 60 with_one_compiler build_product
    unchanged_from_now product src "${shared[@]}"
fi

if [ "$what" != product ] && { changed ahead src "${shared[@]}" || [ ! -d "$server" ] || [ ! -d "$command_line" ]; }; then
    step "Compiling server and command line ahead" 60 compile_ahead
    unchanged_from_now ahead src "${shared[@]}"
fi

if changed agent src/Mayfly.Agent src/Mayfly.Contracts "${shared[@]}" || [ ! -x "$agent" ]; then
    step "Compiling the guest agent" 40 publish_agent
    unchanged_from_now agent src/Mayfly.Agent src/Mayfly.Contracts "${shared[@]}"
fi

if changed console-dependencies "${console_dependencies[@]}" || [ ! -d console/node_modules ]; then
    step "Fetching the console's packages" 30 fetch_console
    unchanged_from_now console-dependencies "${console_dependencies[@]}"
fi

if changed console console || [ ! -d console/dist ]; then
    step "Building the console" 20 build_console
    unchanged_from_now console console
fi
