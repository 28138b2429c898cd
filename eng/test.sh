#!/usr/bin/env bash
# Installs what tests need, builds, and runs every test there is. The last line says how many passed, failed and were skipped.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
cd "$root"

export MAYFLY_TEST_DATA=${MAYFLY_TEST_DATA:-$root/artifacts/test-data}
# One mayflyd has a data directory to itself, and tests look whether anything is left in theirs: the browser's have another one.
browser_data=$MAYFLY_TEST_DATA/browser
results=$artifacts/test-results
hang_limit=15m
passed=0
failed=0
skipped=0
broken=()
guests=
runs=()
times=()

# Where the time went, once: also of a run that is stopped before its end.
tell_times() {
    [ ${#times[@]} -eq 0 ] || printf '%s\n' "== began at minute" "${times[@]}"
    times=()
}

# begin NAME: says what comes now.
begin() {
    times+=("$(printf '%3d:%02d  %s' $((SECONDS / 60)) $((SECONDS % 60)) "$1")")
    say "== $1"
}

# count PASSED FAILED SKIPPED
count() {
    passed=$((passed + $1))
    failed=$((failed + $2))
    skipped=$((skipped + $3))
}

# Something failed that no test result tells of: it counts as one failure, with its name.
count_broken() {
    broken+=("$1")
    count 0 1 0
}

# Passed, failed and skipped of one trx file.
read_trx() {
    sed -n 's/.*<Counters \(.*\)\/>.*/\1/p' "$1" | head -n 1 | awk '
        { for (i = 1; i <= NF; i++) { split($i, pair, "="); gsub(/[^0-9]/, "", pair[2]); n[pair[1]] = pair[2] + 0 } }
        END { failed = n["failed"] + n["error"] + n["timeout"] + n["aborted"]
              printf "%d %d %d\n", n["passed"], failed, n["total"] - n["passed"] - failed }'
}

summary() {
    if [ -s "$1" ]; then read_trx "$1" | awk '{ printf "%d passed, %d failed, %d skipped", $1, $2, $3 }'; else printf 'no result'; fi
}

read_vitest() {
    node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
        console.log(r.numPassedTests, r.numFailedTests, r.numPendingTests + (r.numTodoTests ?? 0))' "$1"
}

# test_projects KIND: those that drive a browser, the one of the engine with guests, or all others.
test_projects() {
    local project
    # By name, as in tests/Directory.Build.props: the kits that tests share are no test projects.
    for project in tests/*/*Tests.csproj; do
        case $1:$project in
        browser:*BrowserTests.csproj | guests:*/Mayfly.VmTests.csproj) echo "$project" ;;
        others:*BrowserTests.csproj | others:*/Mayfly.VmTests.csproj) ;;
        others:*) echo "$project" ;;
        esac
    done
}

test_console() {
    local code=0
    begin console
    npm --prefix console run lint </dev/null || count_broken "console lint"
    npm --prefix console test -- --reporter=default --reporter=json --outputFile="$results/console.json" </dev/null || code=$?
    if [ -s "$results/console.json" ]; then
        # shellcheck disable=SC2046
        count $(read_vitest "$results/console.json")
    elif [ "$code" -eq 0 ]; then
        count_broken "console tests told no result"
    fi
    if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then count_broken "console tests"; fi
}

# The desktop's image takes minutes to build and to boot. Without it the browser tests make it.
make_desktop() (
    # This one's own mayflyd: another one named in the environment is not meant.
    unset MAYFLY_URL MAYFLY_TOKEN
    export MAYFLY_DATA=$browser_data
    local daemon deadline=$((SECONDS + 60))
    bin/mayflyd --data "$MAYFLY_DATA" --listen 127.0.0.1:0 --stop-machines-on-exit &
    daemon=$!
    # shellcheck disable=SC2064 # this mayflyd, whatever the name says later
    trap "kill -TERM $daemon; wait $daemon" EXIT
    until bin/mayfly image list; do
        [ "$SECONDS" -lt "$deadline" ] && kill -0 "$daemon" || exit 1
        sleep 1
    done
    bin/mayfly image build xfce && bin/mayfly image publish xfce
)

test_log() { printf '%s/%s.log' "$logs" "$1"; }

# What failed in one project, as it was printed then: of a long run only the end is read, and the reason must be in it.
tell_failures() {
    awk '/^ *(Passed|Failed|Skipped) [A-Z]/ { inside = $1 == "Failed"; lines = 0 } /^Results File/ { inside = 0 }
        inside && !/^\[xUnit/ && lines++ < 40' "$(test_log "$1")" || true
}

# The same in one line each: the name and how the message begins.
name_failures() {
    awk 'function tell() { if (name != "") printf "failed: %s: %s\n", name, substr(message, 1, 200); name = "" }
        /^ *(Passed|Failed|Skipped) [A-Z]/ { tell(); reading = 0
            if ($1 == "Failed") { name = $0; sub(/^ *Failed /, "", name); sub(/ \[[^][]*\]$/, "", name); message = "" } }
        /^ *Stack Trace:/ { tell(); reading = 0 }
        name != "" && reading && !/^\[xUnit/ { line = $0; gsub(/^ +| +$/, "", line); message = message (message == "" || line == "" ? "" : " ") line }
        name != "" && /^ *Error Message:/ { reading = 1 }
        END { tell() }' "$(test_log "$1")" || true
}

name_console_failures() {
    [ -s "$results/console.json" ] || return 0
    node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
        for (const file of r.testResults) for (const test of file.assertionResults)
            if (test.status === "failed") console.log("failed: " + test.fullName + ": " + (test.failureMessages[0] ?? "").split("\n")[0].slice(0, 200))' "$results/console.json" || true
}

# run_dotnet NAME PROJECT [ARGUMENT...]: runs the tests of a project. Where it fails it may have told no result.
run_dotnet() {
    local name=$1 started=$SECONDS code=0
    shift
    dotnet test "$@" --no-build -c Release --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
        --logger "console;verbosity=normal" --blame-hang-timeout "$hang_limit" --blame-hang-dump-type none </dev/null 2>&1 || code=$?
    say "   $name: $(summary "$results/$name.trx"), $((SECONDS - started)) s"
    return "$code"
}

# count_run NAME STATUS: what became of it.
count_run() {
    local before=$failed
    runs+=("$1")
    if [ -s "$results/$1.trx" ]; then
        # shellcheck disable=SC2046
        count $(read_trx "$results/$1.trx")
    else
        count_broken "$1 told no result"
    fi
    if [ "$2" -ne 0 ] && [ "$failed" -eq "$before" ]; then count_broken "$1 ended with status $2"; fi
}

# test_dotnet PROJECT [DATABASE]: houses of the tests are kept in a file, or in the database named. What it prints is kept in its log.
test_dotnet() {
    local project=$1 database=${2:-} name code=0 only=()
    # Those that are about PostgreSQL itself have run by then.
    [ -z "$database" ] || only=(--filter "FullyQualifiedName!~.Storage.Postgres.&FullyQualifiedName!~.Leadership.")
    name=$(basename "$project" .csproj)${database:+.$database}
    begin "$name"
    MAYFLY_TEST_DATABASE=$database run_dotnet "$name" "$project" "${only[@]}" | tee "$(test_log "$name")" || code=$?
    count_run "$name" "$code"
}

# In the background: what waits for guests most of the time, and leaves others the processors.
run_guests() {
    make_desktop >"$logs/desktop.log" 2>&1 </dev/null || say "  the desktop's image could not be made beforehand; see $logs/desktop.log"
    MAYFLY_TEST_DATA=$MAYFLY_TEST_DATA/guests run_dotnet Mayfly.VmTests "$(test_projects guests)"
}

await_guests() {
    local code=0
    begin "what is left of the desktop's image and of Mayfly.VmTests"
    wait "$guests" || code=$?
    guests=
    cat "$(test_log Mayfly.VmTests)"
    count_run Mayfly.VmTests "$code"
}

test_others() {
    local project
    for project in $(test_projects others); do
        test_dotnet "$project"
        # What the control plane promises holds on both databases.
        case $project in *Mayfly.Control.Tests.csproj) test_dotnet "$project" postgres ;; esac
    done
}

# Desktops share two processors with whoever drives them: nothing beside them, or they miss their deadlines.
test_browser() {
    local MAYFLY_TEST_DATA=$browser_data project
    for project in $(test_projects browser); do test_dotnet "$project"; done
}

stop_all() {
    stop_step
    [ -z "$guests" ] || kill -TERM -- "-$guests"
    tell_times
}

trap stop_all EXIT
begin "installing what tests need"
"$root/eng/install-deps.sh" test
begin building
if ! "$root/eng/build.sh" all; then
    tell_times
    say "failed: build"
    say "0 passed, 1 failed, 0 skipped"
    exit 1
fi
rm -rf "$results"
mkdir -p "$results" "$browser_data"
# A process group of its own, so that stopping it stops all it started.
set -m
run_guests >"$(test_log Mayfly.VmTests)" &
guests=$!
set +m
[ ! -f console/package.json ] || test_console
test_others
await_guests
test_browser

begin end
for kind in others guests browser; do
    [ -n "$(test_projects "$kind")" ] || count_broken "no test project was found of those called $kind"
done
for run in "${runs[@]}"; do tell_failures "$run"; done
tell_times
# Last, as often no more than the last lines of a run are looked at.
name_console_failures
for run in "${runs[@]}"; do name_failures "$run"; done
for name in "${broken[@]}"; do say "failed: $name"; done
say "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
