use crate::app::{Command, Ending, Listing};
use crate::domain::{Mode, Separator, nearest_name};

/// A line that the user typed, as a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineCommand {
    /// Words that are no command.
    Words(String),
    /// An empty query lists all actions.
    Search(String),
    List,
    More,
    Select(Vec<ActionRef>),
    Deselect(Vec<ActionRef>),
    /// Selects or deselects what was listed last.
    SelectListed(bool),
    Clear,
    /// A step back or forth in the history of the selection.
    Step(Command),
    Narrow(Listing),
    Separator(Separator),
    Mode(Mode),
    /// Scopes that the app has. If empty, what is known of them is shown.
    Granted(String),
    Explain(ActionRef),
    Scopes,
    Url,
    Guide,
    Copy(Command),
    Help,
    Leave(Ending),
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
            return action_refs(rest, "+").map(Self::Select);
        }
        if let Some(rest) = line.strip_prefix('-') {
            return action_refs(rest, "-").map(Self::Deselect);
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim_start();
        Ok(match (word.to_lowercase().as_str(), rest) {
            ("", _) | ("more", "") => Self::More,
            ("list", "") => Self::List,
            ("all", "") | ("select", "all") => Self::SelectListed(true),
            ("none", "") | ("deselect", "all") => Self::SelectListed(false),
            ("select", named) => Self::Select(action_refs(named, "select")?),
            ("deselect", named) => Self::Deselect(action_refs(named, "deselect")?),
            ("clear", "") => Self::Clear,
            ("undo", "") => Self::Step(Command::Undo),
            ("redo", "") => Self::Step(Command::Redo),
            ("selected" | "ticked", "") => Self::Narrow(Listing::OnlySelected),
            ("covered", "") => Self::Narrow(Listing::OnlyCovered),
            ("scopes", "") => Self::Scopes,
            ("least", "" | "privilege") => Self::Mode(Mode::Least),
            ("guide's", "scopes") => Self::Mode(Mode::Guide),
            ("url", "") => Self::Url,
            ("guide" | "steps", "") => Self::Guide,
            ("help" | "?", "") => Self::Help,
            ("done", "") => Self::Leave(Ending::Done),
            ("quit" | "q" | "exit", "") => Self::Leave(Ending::Left),
            ("sep" | "separator", name) => Self::Separator(separator(name)?),
            ("explain", named) => Self::Explain(explained(named)?),
            ("granted", scopes) => Self::Granted(scopes.to_owned()),
            ("copy", what) => Self::Copy(copied(what)?),
            _ => Self::Words(line.to_owned()),
        })
    }

    /// The command that `words` may be a misspelling of.
    pub fn near(words: &str) -> Option<&'static str> {
        let usages = COMMANDS[1..].iter().flat_map(|(usages, _)| usages.split(", "));
        let names = usages.filter_map(|usage| usage.split(' ').next());
        nearest_name(words.split_whitespace().next()?, names.filter(|name| name.len() > 1))
    }
}

fn separator(name: &str) -> Result<Separator, String> {
    Separator::named(name).ok_or_else(|| {
        "The separators are space, comma, semicolon, pipe and newline: `sep comma`.".to_owned()
    })
}

fn copied(what: &str) -> Result<Command, String> {
    match what.to_lowercase().as_str() {
        "" | "scopes" => Ok(Command::CopyScopes),
        "url" => Ok(Command::CopyUrl),
        "command" => Ok(Command::CopyCommand),
        _ => Err("`copy` copies the scopes; there are also `copy url` and `copy command`.".into()),
    }
}

fn explained(text: &str) -> Result<ActionRef, String> {
    match action_refs(text, "").as_deref() {
        Ok([one @ (ActionRef::Number(_) | ActionRef::Id(_))]) => Ok(one.clone()),
        _ => Err("Name one action by its number or its id: `explain 3`.".into()),
    }
}

/// Numbers, ranges and ids, with spaces or commas between them.
fn action_refs(text: &str, command: &str) -> Result<Vec<ActionRef>, String> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let named: Vec<_> = words.map(action_ref).collect();
    if named.is_empty() {
        return Err(format!("Say which ones, by the numbers of the last list: `{command} 1 3-5`."));
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
        for usage in COMMANDS[1..].iter().flat_map(|(usages, _)| usages.split(", ")) {
            assert!(!matches!(parsed(usage), LineCommand::Words(_)), "{usage}");
        }
    }

    #[test]
    fn numbers_ranges_and_ids_name_actions() {
        use ActionRef::{Id, Number, Range};
        assert_eq!(parsed("+ 3 5"), LineCommand::Select(vec![Number(3), Number(5)]));
        assert_eq!(parsed("+3,5"), LineCommand::Select(vec![Number(3), Number(5)]));
        assert_eq!(parsed(" - 1-4 2\r\n"), LineCommand::Deselect(vec![Range(1, 4), Number(2)]));
        assert_eq!(parsed("+ x_list-all"), LineCommand::Select(vec![Id("x_list-all".into())]));
        assert_eq!(parsed("Select 3 5-6"), LineCommand::Select(vec![Number(3), Range(5, 6)]));
        assert_eq!(parsed("deselect x_a"), LineCommand::Deselect(vec![Id("x_a".into())]));
        assert_eq!(parsed("select all"), LineCommand::SelectListed(true));
        assert_eq!(parsed("deselect all"), LineCommand::SelectListed(false));
        assert!(LineCommand::parse("select").is_err());
        assert!(LineCommand::parse("+").is_err() && LineCommand::parse("explain 1 2").is_err());
    }

    #[test]
    fn what_is_no_command_is_text_to_search_for() {
        assert_eq!(parsed("deal field"), LineCommand::Words("deal field".into()));
        assert_eq!(parsed("all deals"), LineCommand::Words("all deals".into()));
        assert_eq!(parsed("/ all "), LineCommand::Search("all".into()));
        assert_eq!(parsed("SEP Comma"), LineCommand::Separator(Separator::Comma));
        assert_eq!(parsed("separator pipe"), LineCommand::Separator(Separator::Pipe));
        assert_eq!(parsed("exit"), LineCommand::Leave(Ending::Left));
        assert!(LineCommand::parse("sep dot").is_err());
    }

    #[test]
    fn a_slip_is_near_the_command_that_was_meant() {
        for (slip, meant) in
            [("udno", "undo"), ("clera", "clear"), ("hlep me", "help"), ("slect 1", "select")]
        {
            assert_eq!(LineCommand::near(slip), Some(meant));
        }
        assert_eq!(LineCommand::near("zzz"), None);
    }
}
