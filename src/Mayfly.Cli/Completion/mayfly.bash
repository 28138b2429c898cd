# bash completion of mayfly. Use it with: source <(mayfly completion bash)
_mayfly() {
    # From after the program's name to the cursor; what is before may be a path or an alias.
    local line=${COMP_LINE:0:COMP_POINT}
    line=${line#"$1"}
    line=${line#"${line%%[![:space:]]*}"}
    local word=${line##*[[:space:]]}
    local offered
    offered=$("$1" "[suggest:${#line}]" "$line" 2>/dev/null) || return 0
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$offered" -- "$word"))
    # Where bash itself breaks a word, such as at '@' and '=', it wants what follows alone.
    local kept=${word%"${word##*[$COMP_WORDBREAKS]}"}
    local i
    for i in "${!COMPREPLY[@]}"; do
        COMPREPLY[i]=${COMPREPLY[i]#"$kept"}
    done
}
complete -o default -F _mayfly mayfly
