#compdef mayfly
# zsh completion of mayfly. Use it with: source <(mayfly completion zsh)
_mayfly() {
    # From after the program's name to the cursor; PREFIX is the part of the present word that is left of it.
    local line="${(j: :)${words[2,CURRENT-1]}}"
    (( CURRENT > 2 )) && line+=" "
    line+="$PREFIX"
    local -a offered
    offered=("${(@f)$("${(Q)words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    offered=("${(@)offered:#}")
    if (( ${#offered} )); then
        compadd -- "${offered[@]}"
    else
        _files
    fi
}
if [[ "${funcstack[1]}" == _mayfly ]]; then
    _mayfly "$@"
else
    (( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit; }
    compdef _mayfly mayfly
fi
