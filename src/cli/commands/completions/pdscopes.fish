# Completes pdscopes in fish. The program itself says what may follow the words of the command line.
# The first line of its answers says what else may: `files`, `directories` or `names`.
function __pdscopes_answers
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    # Fish has expanded nothing yet.
    set words (string replace --regex '^~/' (string escape --style=regex -- $HOME)/ -- $words)
    set -l current (commandline --current-token --cut-at-cursor | string replace --all --regex "[\\\\'\"]" "")
    command pdscopes completions fish -- $words "$current" 2>/dev/null </dev/null
end

function __pdscopes_wants
    set -l answers (__pdscopes_answers)
    test "$answers[1]" = $argv[1]
end

function __pdscopes_names
    set -l answers (__pdscopes_answers)
    set -q answers[2]
    and printf '%s\n' $answers[2..-1]
end

complete --command pdscopes --keep-order --no-files --arguments '(__pdscopes_names)'
# Behind a colon, which scopes have, fish would complete a file of that directory.
complete --command pdscopes --force-files \
    --condition 'not string match --quiet "*:*" -- (commandline --current-token); and __pdscopes_wants files'
complete --command pdscopes --condition '__pdscopes_wants directories' \
    --arguments '(__fish_complete_directories (commandline --current-token) "")'
