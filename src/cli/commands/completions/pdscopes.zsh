#compdef pdscopes
# Completes pdscopes in zsh. The program itself says what may follow the words of the command line.
_pdscopes() {
    local -a answers names typed
    local answer name result=1
    typed=("${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}")
    typed=("${(@)typed/#\~\//$HOME/}")
    answers=("${(@f)$(command pdscopes completions zsh -- "${typed[@]}" 2>/dev/null </dev/null)}")

    # What follows the `=` of a flag is a word of its own, a file name above all.
    compset -P '--*='
    for answer in "${(@)answers[2,-1]}"; do
        name="${${answer%%$'\t'*}#$IPREFIX}"
        name="${${name//\\/\\\\}//:/\\:}"
        answer="${answer#*$'\t'}"
        names+=("$name${answer:+:$answer}")
    done
    (( $#names )) && _describe -V 'value' names && result=0
    case "$answers[1]" in
        files) _files && result=0 ;;
        directories) _files -/ && result=0 ;;
    esac
    return result
}

if [[ "$funcstack[1]" == _pdscopes ]]; then
    # Loaded from $fpath.
    _pdscopes "$@"
else
    # Evaluated, as in ~/.zshrc.
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _pdscopes pdscopes
fi
