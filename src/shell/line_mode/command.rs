use crate::domain::{Mode, Separator, nearest_name};

/// A line that the user typed, as a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineCommand {
    /// An empty line.
    Nothing,
    /// Words that are no command.
    Words(String),
    /// An empty query lists all actions.
    Search(String),
    List,
    More,
    Select(Vec<ActionRef>),
    Deselect(Vec<ActionRef>),
    SelectListed,
    DeselectListed,
    Clear,
    Undo,
    Redo,
    Selected,
    Covered,
    Separator(Separator),
    Mode(Mode),
    /// Scopes that the app has. If empty, what is known of them is shown.
    Granted(String),
    Explain(ActionRef),
    Scopes,
    Url,
    Guide,
    CopyScopes,
    CopyUrl,
    CopyCommand,
    Help,
    Done,
    Quit,
}

/// A reference to actions in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionRef {
    /// A number of the last list, from 1.
    Number(usize),
    /// Both ends included.
    Range(usize, usize),
    Id(String),
}

/// Every command: its name, its usages, and what it does, in the order of the help.
pub const COMMANDS: &[(&str, &str, &str)] = &[
    ("", "deal field", "search: list the actions that match; `/all` searches for a command's name"),
    ("list", "list", "list again what the search found"),
    ("more", "more", "the next page of the list; an empty line does the same"),
    ("+", "+ 3 5, + 1-4", "select by the numbers of the last list, or by id"),
    ("-", "- 2", "deselect"),
    ("all", "all", "select all that the search found"),
    ("none", "none", "deselect all that the search found"),
    ("clear", "clear", "deselect everything"),
    ("undo", "undo", "undo the last change of the selection"),
    ("redo", "redo", "redo what was undone"),
    ("selected", "selected", "list the selected actions; the next search lists all actions again"),
    (
        "covered",
        "covered",
        "list the actions that the granted or, if there are none, the shown scopes cover",
    ),
    ("explain", "explain 3", "what an action needs, and what the API accepts for it"),
    ("scopes", "scopes", "the joined scopes, as they will be printed"),
    ("sep", "sep comma", "separator: space, comma, semicolon, pipe or newline"),
    ("least", "least privilege, least", "answer with the scopes that let the app do the least"),
    ("guide's", "guide's scopes", "answer with the guide's scopes again"),
    (
        "granted",
        "granted deals:read",
        "enter your app's current scopes; `granted none` forgets them",
    ),
    ("url", "url", "the guide URL"),
    ("guide", "guide", "show the guide: how to set the app up"),
    ("copy", "copy, copy url, copy command", "copy the scopes, the guide URL or the shell command"),
    ("help", "help", "these commands"),
    ("done", "done", "leave and print the scopes"),
    ("quit", "quit", "leave, printing nothing"),
];

impl LineCommand {
    /// Parses a line.
    ///
    /// # Errors
    /// A sentence about how the command is written.
    pub fn parse(line: &str) -> Result<Self, String> {
        let line = line.trim();
        if let Some(query) = line.strip_prefix('/') {
            return Ok(Self::Search(query.trim().to_owned()));
        }
        if let Some(rest) = line.strip_prefix('+') {
            return Ok(Self::Select(action_refs(rest, '+')?));
        }
        if let Some(rest) = line.strip_prefix('-') {
            return Ok(Self::Deselect(action_refs(rest, '-')?));
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim_start();
        match (word.to_lowercase().as_str(), rest) {
            ("", _) => Ok(Self::Nothing),
            ("list", "") => Ok(Self::List),
            ("more", "") => Ok(Self::More),
            ("all", "") => Ok(Self::SelectListed),
            ("none", "") => Ok(Self::DeselectListed),
            ("clear", "") => Ok(Self::Clear),
            ("undo", "") => Ok(Self::Undo),
            ("redo", "") => Ok(Self::Redo),
            ("selected" | "ticked", "") => Ok(Self::Selected),
            ("covered", "") => Ok(Self::Covered),
            ("scopes", "") => Ok(Self::Scopes),
            ("least", "" | "privilege") => Ok(Self::Mode(Mode::Least)),
            ("guide's", "scopes") => Ok(Self::Mode(Mode::Guide)),
            ("url", "") => Ok(Self::Url),
            ("guide" | "steps", "") => Ok(Self::Guide),
            ("help" | "?", "") => Ok(Self::Help),
            ("done", "") => Ok(Self::Done),
            ("quit" | "q", "") => Ok(Self::Quit),
            ("sep", name) => separator(name).map(Self::Separator),
            ("explain", named) => explained(named).map(Self::Explain),
            ("granted", scopes) => Ok(Self::Granted(scopes.to_owned())),
            ("copy", what) => copy(what),
            _ => Ok(Self::Words(line.to_owned())),
        }
    }

    /// The command that `words` may be a misspelling of.
    pub fn near(words: &str) -> Option<&'static str> {
        let first = words.split_whitespace().next()?;
        nearest_name(first, COMMANDS.iter().map(|(word, _, _)| *word).filter(|word| word.len() > 1))
    }
}

fn separator(name: &str) -> Result<Separator, String> {
    Separator::named(name).ok_or_else(|| {
        "The separators are space, comma, semicolon, pipe and newline: `sep comma`.".to_owned()
    })
}

fn copy(what: &str) -> Result<LineCommand, String> {
    match what.to_lowercase().as_str() {
        "" | "scopes" => Ok(LineCommand::CopyScopes),
        "url" => Ok(LineCommand::CopyUrl),
        "command" => Ok(LineCommand::CopyCommand),
        _ => Err("`copy` copies the scopes; there are also `copy url` and `copy command`.".into()),
    }
}

fn explained(text: &str) -> Result<ActionRef, String> {
    match action_refs(text, '+').as_deref() {
        Ok([one @ (ActionRef::Number(_) | ActionRef::Id(_))]) => Ok(one.clone()),
        _ => Err("Name one action by its number or its id: `explain 3`.".into()),
    }
}

/// Numbers, ranges and ids, with spaces or commas between them.
fn action_refs(text: &str, sign: char) -> Result<Vec<ActionRef>, String> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let named: Vec<_> = words.map(action_ref).collect();
    if named.is_empty() {
        return Err(format!("Say which ones, by the numbers of the last list: `{sign} 1 3-5`."));
    }
    Ok(named)
}

fn action_ref(word: &str) -> ActionRef {
    let range = word
        .split_once('-')
        .and_then(|(from, to)| Some(ActionRef::Range(from.parse().ok()?, to.parse().ok()?)));
    let number = || word.parse().ok().map(ActionRef::Number);
    range.or_else(number).unwrap_or_else(|| ActionRef::Id(word.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> LineCommand {
        LineCommand::parse(line).unwrap_or_else(|sentence| panic!("{line}: {sentence}"))
    }

    #[test]
    fn every_command_of_the_help_is_read_as_one() {
        for (word, usages, _) in COMMANDS.iter().filter(|(word, _, _)| !word.is_empty()) {
            for usage in usages.split(", ") {
                assert!(!matches!(parsed(usage), LineCommand::Words(_)), "{usage}");
                assert!(usage.starts_with(word), "{usage}");
            }
        }
    }

    #[test]
    fn numbers_ranges_and_ids_name_actions() {
        use ActionRef::{Id, Number, Range};
        assert_eq!(parsed("+ 3 5"), LineCommand::Select(vec![Number(3), Number(5)]));
        assert_eq!(parsed("+3,5"), LineCommand::Select(vec![Number(3), Number(5)]));
        assert_eq!(parsed(" - 1-4 2\r\n"), LineCommand::Deselect(vec![Range(1, 4), Number(2)]));
        assert_eq!(parsed("+ x_list-all"), LineCommand::Select(vec![Id("x_list-all".into())]));
        assert!(LineCommand::parse("+").is_err() && LineCommand::parse("explain 1 2").is_err());
    }

    #[test]
    fn what_is_no_command_is_text_to_search_for() {
        assert_eq!(parsed("deal field"), LineCommand::Words("deal field".into()));
        assert_eq!(parsed("all deals"), LineCommand::Words("all deals".into()));
        assert_eq!(parsed("/ all "), LineCommand::Search("all".into()));
        assert_eq!(parsed("SEP Comma"), LineCommand::Separator(Separator::Comma));
        assert!(LineCommand::parse("sep dot").is_err());
    }

    #[test]
    fn a_slip_is_near_the_command_that_was_meant() {
        for (slip, meant) in [("udno", "undo"), ("clera", "clear"), ("hlep me", "help")] {
            assert_eq!(LineCommand::near(slip), Some(meant));
        }
        assert_eq!(LineCommand::near("zzz"), None);
    }
}
