use crate::app::Command;
use crate::domain::nearest_name;

/// Every command: its usages, and what it does, in the order of the help. The first is the search, which
/// has no name.
pub const COMMANDS: &[(&str, &str)] = &[
    ("deal field", "search: list the actions that match; `/all` searches for a command's name"),
    ("list", "list again what the search found"),
    ("more", "the next page of the list; an empty line does the same"),
    ("+ 3 5, + 1-4, select 3", "select by the numbers of the last list, or by id"),
    ("- 2, deselect 2", "deselect"),
    ("all", "select all that the search found"),
    ("none", "deselect all that the search found"),
    ("clear", "deselect everything"),
    ("undo", "undo the last change of the selection"),
    ("redo", "redo what was undone"),
    ("selected", "list the selected actions; the next search lists all actions again"),
    ("covered", "list the actions that the granted or, if there are none, the shown scopes cover"),
    ("explain 3", "what an action needs, and what the API accepts for it"),
    ("explain deals:read", "what a scope is for, and which selected actions need it"),
    ("scopes", "the joined scopes, as they will be printed"),
    ("sep comma", "separator: space, comma, semicolon, pipe or newline"),
    ("least privilege, least", "answer with the scopes that let the app do the least"),
    ("guide's scopes", "answer with the guide's scopes again"),
    ("granted deals:read", "enter your app's current scopes; `granted none` forgets them"),
    ("url", "the guide URL"),
    ("guide", "show the guide: how to set the app up"),
    ("copy, copy url, copy command", "copy the scopes, the guide URL or the shell command"),
    ("help", "these commands"),
    ("done", "leave and print the scopes"),
    ("quit", "leave, printing nothing"),
];

/// The command that `words` may be a misspelling of.
pub fn near(words: &str) -> Option<&'static str> {
    let usages = COMMANDS[1..].iter().flat_map(|(usages, _)| usages.split(", "));
    let names = usages.filter_map(|usage| usage.split(' ').next());
    nearest_name(words.split_whitespace().next()?, names.filter(|name| name.len() > 1))
}

/// The command behind `copy` and these words. `has_url` says whether the catalog has a guide URL.
pub fn to_copy(what: &str, has_url: bool) -> Result<Command, &'static str> {
    match what.to_lowercase().as_str() {
        "" | "scopes" => Ok(Command::CopyScopes),
        "url" => Ok(Command::CopyUrl),
        "command" => Ok(Command::CopyCommand),
        _ if has_url => {
            Err("`copy` copies the scopes; there are also `copy url` and `copy command`.")
        }
        _ => Err("`copy` copies the scopes; there is also `copy command`."),
    }
}

/// The numbers from 1 that a word such as `3` or `1-4` stands for, both ends included.
pub fn numbers(word: &str) -> Option<(usize, usize)> {
    let (from, to) = word.split_once('-').unwrap_or((word, word));
    Some((from.parse().ok()?, to.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_the_command_that_was_meant() {
        for (slip, meant) in
            [("udno", "undo"), ("clera", "clear"), ("hlep me", "help"), ("slect 1", "select")]
        {
            assert_eq!(near(slip), Some(meant));
        }
        assert_eq!(near("zzz"), None);
    }
}
