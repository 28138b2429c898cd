# fish completion of mayfly. Use it with: mayfly completion fish | source
function __mayfly_offered
    # From after the program's name to the cursor.
    set -l line (commandline -cp | string collect)
    set -l program (string match -r '^\s*\S+' -- $line | string trim)
    set line (string replace -r '^\s*\S+\s*' '' -- $line | string collect)
    $program "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete -c mayfly -f -a '(__mayfly_offered)'
