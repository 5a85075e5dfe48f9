
# Scopes hold colons, at which bash breaks a word. This puts such words together again before it
# completes, and takes what stands before the last colon off the answers, as bash expects.
_pdscopes_with_colons() {
    local -a words
    local i word count=0 current=0
    for i in "${!COMP_WORDS[@]}"; do
        word="${COMP_WORDS[i]}"
        if ((count > 1)) && [[ -n "$word" ]] &&
            [[ "$word" == :* || "${words[count - 1]}" == *: ]]; then
            words[count - 1]+="$word"
        else
            words[count]="$word"
            count=$((count + 1))
        fi
        if ((i == COMP_CWORD)); then
            current=$((count - 1))
        fi
    done
    local COMP_CWORD=$current
    local -a COMP_WORDS=("${words[@]}")
    local whole="${words[current]}" head=""
    _pdscopes "$1" "$whole" "${words[current - 1]}"
    if [[ "$whole" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
        head="${whole%"${whole##*:}"}"
        for i in "${!COMPREPLY[@]}"; do
            COMPREPLY[i]="${COMPREPLY[i]#"$head"}"
        done
    fi
}

complete -F _pdscopes_with_colons -o bashdefault -o default pdscopes
