# Completion of the mayfly command for bash: source this file, with mayfly on PATH.
# shellcheck shell=bash
_mayfly() {
    local line=${COMP_LINE#* } suggestions
    suggestions=$("$1" "[suggest:${#line}]" "$line" 2>/dev/null) || return 0
    mapfile -t COMPREPLY < <(compgen -W "$suggestions" -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -F _mayfly mayfly
