use crate::app::Command;
use crate::domain::nearest_name;

/// A reference to actions in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionRef {
    /// Numbers of the last list, from 1, both ends included.
    Numbers(usize, usize),
    Id(String),
}

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

pub fn to_copy(what: &str) -> Result<Command, String> {
    match what.to_lowercase().as_str() {
        "" | "scopes" => Ok(Command::CopyScopes),
        "url" => Ok(Command::CopyUrl),
        "command" => Ok(Command::CopyCommand),
        _ => Err("`copy` copies the scopes; there are also `copy url` and `copy command`.".into()),
    }
}

pub fn explained(text: &str, is_id: impl Fn(&str) -> bool) -> Result<ActionRef, String> {
    match action_refs(text, "", is_id).as_deref() {
        Ok([one]) if !matches!(one, ActionRef::Numbers(from, to) if from != to) => Ok(one.clone()),
        _ => Err("Name one action by its number or its id, or a scope: `explain 3`.".into()),
    }
}

/// Numbers, ranges and ids, with spaces or commas between them. Ids with spaces have commas between them.
pub fn action_refs(
    text: &str,
    command: &str,
    is_id: impl Fn(&str) -> bool,
) -> Result<Vec<ActionRef>, String> {
    let in_piece = |piece: &str| match piece.trim() {
        id if is_id(id) => vec![ActionRef::Id(id.to_owned())],
        words => words.split_whitespace().map(action_ref).collect(),
    };
    let named: Vec<_> = match is_id(text.trim()) {
        true => vec![ActionRef::Id(text.trim().to_owned())],
        false => text.split(',').flat_map(in_piece).collect(),
    };
    if named.is_empty() {
        return Err(format!("Say which ones, by the numbers of the last list: `{command} 1 3-5`."));
    }
    Ok(named)
}

fn action_ref(word: &str) -> ActionRef {
    let (from, to) = word.split_once('-').unwrap_or((word, word));
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) => ActionRef::Numbers(from, to),
        _ => ActionRef::Id(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_ranges_and_ids_name_actions() {
        use ActionRef::{Id, Numbers};
        let is_id = |text: &str| text == "GET /u";
        for (text, named) in [
            (" 3 5", vec![Numbers(3, 3), Numbers(5, 5)]),
            ("3,5", vec![Numbers(3, 3), Numbers(5, 5)]),
            ("GET /u", vec![Id("GET /u".into())]),
            ("3, GET /u ,x", vec![Numbers(3, 3), Id("GET /u".into()), Id("x".into())]),
            (" 1-4 2", vec![Numbers(1, 4), Numbers(2, 2)]),
            (" x_list-all", vec![Id("x_list-all".into())]),
        ] {
            assert_eq!(action_refs(text, "+", is_id), Ok(named), "{text}");
        }
        assert!(action_refs(" ", "+", is_id).is_err() && explained("1 2", is_id).is_err());
    }

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
