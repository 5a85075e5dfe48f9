# Completes pdscopes in bash, with or without bash-completion. The program itself says what may follow
# the words of the command line.
_pdscopes() {
    local IFS=$' \t\n' rest="${COMP_LINE:0:COMP_POINT}" word gap typed current head flag kind="" i
    local -a words=()
    COMPREPLY=()

    # The file of a redirection is bash's own matter.
    if [[ "${COMP_WORDS[COMP_CWORD - 1]}" == *[\<\>] ]]; then
        compopt -o default 2>/dev/null
        return
    fi

    # Bash breaks words at `=` and `:` too. Words without a space between them belong together.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        if ((i < COMP_CWORD)); then
            word="${COMP_WORDS[i]}"
            gap="${rest%%"$word"*}"
            rest="${rest#*"$word"}"
        else
            gap="${rest%%[![:space:]]*}"
            word="${rest#"$gap"}"
        fi
        word="${word//[\'\"\\]/}"
        if ((i > 0)) && [[ -z "$gap" ]]; then
            words[${#words[@]} - 1]+="$word"
        else
            words+=("${word/#\~\//$HOME/}")
        fi
    done

    # Readline replaces only $2, the part of the last word after the last break.
    typed="${words[${#words[@]} - 1]}"
    head=""
    flag=""
    current="${2//[\'\"\\]/}"
    [[ "$typed" == *"$current" ]] && head="${typed%"$current"}"
    [[ "$typed" == --*=* ]] && flag="${typed%%=*}="
    while IFS=$'\t' read -r word _; do
        if [[ -z "$kind" ]]; then
            kind="$word"
        else
            word="${word#"$head"}"
            # It had no quotes, so a space in it was escaped, and is again.
            [[ "$2" == *\\* ]] && word="$(printf %q "$word")"
            COMPREPLY+=("$word")
        fi
    done < <(command pdscopes completions bash -- "${words[@]}" 2>/dev/null </dev/null)

    # Readline knows files best, if the path begins where it takes a word to begin.
    [[ "$head" == "$flag" ]] || kind=names
    case "$kind,${#COMPREPLY[@]}" in
        files,0) compopt -o default 2>/dev/null ;;
        directories,0) compopt -o dirnames 2>/dev/null ;;
        files,*)
            while IFS= read -r word; do
                if [[ -d "$word" ]]; then
                    word+=/
                    compopt -o nospace 2>/dev/null
                fi
                [[ "$word" == .* && "$2" != .* ]] || COMPREPLY+=("$(printf %q "$word")")
            done < <(compgen -f -- "$2")
            ;;
    esac
}

# The bash of macOS has no compopt; there a file is offered wherever no name fits.
if type compopt >/dev/null 2>&1; then
    complete -F _pdscopes pdscopes
else
    complete -o default -F _pdscopes pdscopes
fi
