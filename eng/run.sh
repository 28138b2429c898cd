#!/usr/bin/env bash
# From a fresh checkout to two desktops in the browser. Owns mayflyd: Ctrl+C stops it and every machine.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"

stop_limit_seconds=60
started=$(date +%s)
image=${IMAGE:-xfce}
daemon=
demo=

case $image in
xfce | micro) ;;
*) die "IMAGE is \"$image\"; the recipes are xfce and micro." ;;
esac
# This run has a mayflyd of its own: another one named in the environment is not meant.
unset MAYFLY_URL MAYFLY_TOKEN
MAYFLY_DATA=$(data_directory)
export MAYFLY_DATA
log=$MAYFLY_DATA/mayflyd.log

# shellcheck disable=SC2317 # the traps call it
stop_all() {
    local deadline=$((SECONDS + stop_limit_seconds))
    trap '' INT TERM
    stop_step
    [ -z "$demo" ] || kill -TERM "$demo" 2>/dev/null || true
    if [ -n "$daemon" ] && kill -TERM "$daemon" 2>/dev/null; then
        say "Stopping mayflyd and its machines ..."
        while kill -0 "$daemon" 2>/dev/null && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.1; done
        if kill -KILL "$daemon" 2>/dev/null; then
            say "mayflyd did not stop within $stop_limit_seconds s and was killed; the next run removes what it left. Its log: $log"
        fi
    fi
    [ -z "$demo" ] || wait "$demo" 2>/dev/null || true
    [ -z "$daemon" ] || wait "$daemon" 2>/dev/null || true
}
trap stop_all EXIT
trap 'exit 0' INT TERM

say "Mayfly: image $image, data in $MAYFLY_DATA"
"$root/eng/install-deps.sh" run
"$root/eng/build.sh" product

mkdir -p "$MAYFLY_DATA" || die "the data directory $MAYFLY_DATA cannot be made; name another with MAYFLY_DATA=..."
if [ -S "$MAYFLY_DATA/mayflyd.sock" ] && "$root/bin/mayfly" event list --limit 1 >/dev/null 2>&1; then
    die "a mayflyd is running on $MAYFLY_DATA already. Stop it, or name another directory with MAYFLY_DATA=..."
fi

"$root/bin/mayflyd" --stop-machines-on-exit >"$log" 2>&1 </dev/null &
daemon=$!
"$root/bin/mayfly" demo --image "$image" --since "$started" </dev/null &
demo=$!

code=0
wait -n -p ended "$daemon" "$demo" || code=$?
if [ "${ended:-}" = "$daemon" ]; then
    daemon=
    tail -n 30 "$log" >&2
    die "mayflyd ended (status $code) while the demo was being set up. Its log: $log"
fi
demo=
[ "$code" -eq 0 ] || die "the demo could not be set up (status $code); it can be run again at any time. mayflyd's log: $log"

say "Press Ctrl+C to stop mayflyd and destroy the desktops. Its log: $log"
wait "$daemon" || code=$?
daemon=
tail -n 30 "$log" >&2
die "mayflyd ended by itself (status $code). Its log: $log"
