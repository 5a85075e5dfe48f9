
# The names of actions and scopes, asked of the program when they are wanted.
complete -c pdscopes -n "__fish_pdscopes_using_subcommand scopes url check explain" -f -a "(pdscopes list --format tsv 2>/dev/null | cut -f 1,2)"
