use std::collections::HashSet;
use std::mem;
use std::sync::Arc;

use super::command::{near, numbers, to_copy};
use super::message;
use crate::app::{
    Command, Edit, Effect, Ending, Focus, Keymap, Listing, LoadedCatalog, Message, Model, Start,
    Subject, Target, update,
};
use crate::domain::{
    ActionIndex, CopyOutcome, Document, Mode, Search, Separator, UnknownName, sanitize,
};

/// How many actions are listed at a time: no more than stay in sight on a small terminal.
const PAGE: usize = 20;

const NO_GUIDE: &str = "This catalog has no guide.";

/// The panel as questions and answers. It has the screen's model, which the screen's messages
/// change, and repeats the screen's notices.
pub struct Dialogue {
    model: Model,
    /// The actions that the numbers stand for, the first for 1: the last list, however it has
    /// changed since.
    numbered: Arc<[ActionIndex]>,
    /// How many of `numbered` have been listed.
    listed: usize,
    /// Whether the last reply asked if the selection is to be left.
    has_asked: bool,
}

/// The reply to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Text without escape sequences and without a newline at its end.
    Message(String),
    /// Copy this, and pass the outcome to [`Dialogue::copied`].
    Copy { subject: Subject, text: String },
    /// The dialogue is over.
    Leave(Ending),
}

impl Dialogue {
    pub fn new(loaded: LoadedCatalog, start: Start) -> Self {
        // Notices name no keys where there are none.
        let model = Model::new(Start { keymap: Keymap { rows: Vec::new() }, ..start });
        let mut dialogue = Self { model, numbered: Arc::default(), listed: 0, has_asked: false };
        dialogue.update(Message::Loaded(loaded));
        dialogue
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The first message, with the first notice, and with what was given at the start: the selection, the granted
    /// scopes, and the list of a query.
    pub fn greeting(&mut self) -> String {
        let mut messages = vec![message::greeting(&self.model)];
        messages.extend(self.notice());
        if !self.model.selection.is_empty() {
            messages.push(message::status(&self.model));
        }
        messages.extend(self.model.granted.is_some().then(|| message::granted(&self.model)));
        if !self.model.query.is_empty() {
            messages.push(self.list());
        }
        messages.join("\n")
    }

    /// Carries a line out and says what changed, or how the command is written.
    pub fn hear(&mut self, line: &str) -> Reply {
        let is_asked = mem::take(&mut self.has_asked);
        self.carry_out(line.trim(), is_asked).unwrap_or_else(Reply::Message)
    }

    /// The message at the end of a copy. A text that could not be copied follows it, to be copied by hand.
    pub fn copied(&mut self, subject: Subject, text: String, outcome: CopyOutcome) -> String {
        let by_hand = match outcome.is_failure() {
            true => format!("\n{}\n", lines_of(&text)),
            false => " ".to_owned(),
        };
        let warnings = match subject {
            Subject::Scopes(_) => message::warnings(&self.model),
            _ => String::new(),
        };
        self.update(Message::Copied { subject, text, outcome });
        let message = self.notice().unwrap_or_default() + &by_hand + warnings.trim_start();
        let message = message.trim_end().to_owned();
        if self.model.overlay.is_some() {
            // The overlay has the text that the message ends with.
            self.command(Command::Back);
        }
        message
    }

    fn carry_out(&mut self, line: &str, is_asked: bool) -> Result<Reply, String> {
        let (word, rest) = match line.as_bytes() {
            [b'/' | b'+' | b'-', ..] => line.split_at(1),
            _ => line.split_once(char::is_whitespace).unwrap_or((line, "")),
        };
        let message = match (word.to_lowercase().as_str(), rest.trim_start()) {
            ("/", query) => self.list_among(Listing::All, query),
            ("", _) | ("more", "") => self.more(),
            ("list", "") => self.list(),
            ("all", "") | ("+" | "select", "all") => self.select_listed(true),
            ("none", "") | ("-" | "deselect", "all") => self.select_listed(false),
            (word @ ("+" | "select"), named) => self.select(self.actions(named, word)?, true),
            (word @ ("-" | "deselect"), named) => self.select(self.actions(named, word)?, false),
            ("clear", "") => self.change(Message::Command(Command::Clear)),
            ("undo", "") => self.change(Message::Command(Command::Undo)),
            ("redo", "") => self.change(Message::Command(Command::Redo)),
            ("selected" | "ticked", "") => self.list_among(Listing::OnlySelected, ""),
            ("covered", "") => self.list_among(Listing::OnlyCovered, ""),
            ("scopes", "") => self.scopes(),
            ("least", "" | "privilege") => self.switch_mode(Mode::Least),
            ("guide's", "" | "scopes") => self.switch_mode(Mode::Guide),
            ("url", "") => self.url(),
            ("guide" | "steps", "") => self.guide(),
            ("help" | "?", "") => message::help(&self.model),
            ("done", "") if self.model.selection.is_empty() => {
                return Ok(Reply::Leave(Ending::NothingSelected));
            }
            ("done", "") => return Ok(Reply::Leave(Ending::Done(self.model.text()))),
            ("quit" | "q" | "exit", "") => {
                self.has_asked = !is_asked && !self.model.selection.is_empty();
                if !self.has_asked {
                    return Ok(Reply::Leave(Ending::Left));
                }
                message::leaving(&self.model)
            }
            ("sep" | "separator", name) => self.separate(name)?,
            ("explain", named) => self.explain(named)?,
            ("granted", scopes) => self.grant(scopes),
            ("copy", what) => {
                return Ok(self.copy(to_copy(what, self.model.offers(Command::CopyUrl))?));
            }
            _ => self.words(line),
        };
        Ok(Reply::Message(message))
    }

    /// A guide URL or a list of ids adds its actions to the selection. Other words are searched for; if
    /// nothing matches, they may be a misspelled command.
    fn words(&mut self, words: &str) -> String {
        if self.model.is_action_list(words) {
            return self.change(Message::Paste(words.to_owned()));
        }
        // `list goals`, as the command `pdscopes list` has it.
        for query in [words, words.strip_prefix("list ").unwrap_or(words)] {
            if !Search::run(query, self.model.catalog()).actions.is_empty() {
                return self.list_among(Listing::All, query);
            }
        }
        if let Some(near) = near(words) {
            return format!(
                "There is no such command, so nothing was done; did you mean `{near}`?"
            );
        }
        if let Some((from, to)) = numbers(words).filter(|_| !self.numbered.is_empty()) {
            return match self.with_numbers(from, to) {
                Ok(_) => format!("Nothing was done; `+ {words}` selects by numbers."),
                Err(words) => words,
            };
        }
        // What was listed before is not what `all` means now.
        self.list_among(Listing::All, words);
        let unmatched = message::unmatched(words);
        format!("{unmatched}, and there is no such command; `help` lists the commands.")
    }

    /// Lists what matches `query` and belongs to `listing`.
    fn list_among(&mut self, listing: Listing, query: &str) -> String {
        // Each command switches between all actions and its own listing.
        let now = self.model.listing;
        let own = if listing == Listing::All { now } else { listing };
        if now != listing {
            self.command(match own {
                Listing::OnlySelected => Command::OnlySelected,
                Listing::OnlyCovered | Listing::All => Command::OnlyCovered,
            });
        }
        self.command(Command::Search);
        self.replace_text(query);
        self.list()
    }

    /// Puts `text` in the place of what is typed where the focus is.
    fn replace_text(&mut self, text: &str) {
        self.update(Message::Edit(Edit::GoToEnd));
        self.update(Message::Edit(Edit::DeleteFromStart));
        self.update(Message::Typed(text.to_owned()));
    }

    fn list(&mut self) -> String {
        self.numbered = self.model.listed.clone();
        self.listed = 0;
        let heading = message::heading(&self.model);
        if self.numbered.is_empty() { heading } else { format!("{heading}\n{}", self.page()) }
    }

    fn more(&mut self) -> String {
        if self.listed < self.numbered.len() {
            return self.page();
        }
        match self.numbered.is_empty() {
            true => "Type words to search, or `help` for all commands.",
            false => {
                "That was the whole list. Type words to search, or `done` to print the scopes."
            }
        }
        .to_owned()
    }

    fn page(&mut self) -> String {
        let end = self.numbered.len().min(self.listed + PAGE);
        let page = self.numbered.get(self.listed..end).unwrap_or_default();
        let numbers = self.listed + 1..;
        let mut lines: Vec<_> = numbers
            .zip(page)
            .map(|(number, &action)| message::item(&self.model, number, action))
            .collect();
        self.listed = end;
        match self.numbered.len() - end {
            0 => {}
            left => lines.push(format!("{left} more; `more` lists the next {}.", left.min(PAGE))),
        }
        lines.join("\n")
    }

    fn select(&mut self, actions: Vec<ActionIndex>, selected: bool) -> String {
        let contained = |action: &ActionIndex| self.model.selection.contains(*action);
        let changing: Vec<_> =
            actions.iter().copied().filter(|action| contained(action) != selected).collect();
        let before = self.model.answer.clone();
        self.update(Message::Select { actions: actions.clone(), selected });
        let done = match changing.as_slice() {
            [] => {
                let be = if actions.len() == 1 { "is" } else { "are" };
                let them = message::labels(&self.model, &actions);
                let state = if selected { "selected already" } else { "not selected" };
                format!("Nothing changed: {them} {be} {state}.")
            }
            changing if changing.len() <= message::LONGEST_LIST => {
                let verb = if selected { "Selected" } else { "Deselected" };
                format!("{verb} {}.", message::labels(&self.model, changing))
            }
            _ => self.notice().unwrap_or_default(),
        };
        message::changed(&self.model, &done, &before)
    }

    /// All of the last list, shown or not. The model's own list may have changed with the selection
    /// since.
    fn select_listed(&mut self, selected: bool) -> String {
        let listed = if self.numbered.is_empty() { &self.model.listed } else { &self.numbered };
        let actions = listed.to_vec();
        if actions.is_empty() {
            return "Nothing is listed, so nothing was changed.".to_owned();
        }
        self.change(Message::Select { actions, selected })
    }

    /// Says what a message did, by the screen's notice and the change of the scopes.
    fn change(&mut self, message: Message) -> String {
        let before = self.model.answer.clone();
        self.update(message);
        message::changed(&self.model, &self.notice().unwrap_or_default(), &before)
    }

    fn grant(&mut self, scopes: &str) -> String {
        if scopes.is_empty() {
            return message::granted(&self.model);
        }
        self.command(Command::Grant);
        self.replace_text(if scopes.eq_ignore_ascii_case("none") { "" } else { scopes });
        self.command(Command::Done);
        let notice = self.notice();
        if self.model.focus() == Focus::Granting {
            self.command(Command::Grant);
            return notice.unwrap_or_default();
        }
        // Scopes that nobody knows are told with the others.
        let read = notice.filter(|_| self.model.unknown_granted().is_none());
        let messages: Vec<_> = read.into_iter().chain([message::granted(&self.model)]).collect();
        messages.join(" ")
    }

    fn separate(&mut self, name: &str) -> Result<String, String> {
        let now = self.model.separator.name().to_lowercase();
        let separator = Separator::named(name).ok_or_else(|| {
            format!("The separators are {}; now it is the {now}: `sep comma`.", Separator::NAMES)
        })?;
        self.update(Message::Click(Target::Separator(separator)));
        Ok(format!("Separator: {}.", separator.name().to_lowercase()))
    }

    fn switch_mode(&mut self, mode: Mode) -> String {
        match mode {
            _ if mode != self.model.answer.mode => {
                self.change(Message::Command(Command::SwitchMode))
            }
            Mode::Guide => "These are the guide's scopes already.".to_owned(),
            Mode::Least => "These are the scopes of least privilege already.".to_owned(),
        }
    }

    fn explain(&self, named: &str) -> Result<String, String> {
        let catalog = self.model.catalog();
        if catalog.find(named).is_none()
            && let Some(scope) = catalog.find_scope(named)
        {
            return Ok(message::scope(&self.model, scope));
        }
        let actions = if named.is_empty() { vec![] } else { self.actions(named, "explain")? };
        match actions[..] {
            [action] => Ok(message::explanation(&self.model, action)),
            _ => Err("Name one action by its number or its id, or a scope: `explain 3`.".into()),
        }
    }

    fn scopes(&self) -> String {
        match &*self.model.text() {
            "" => message::status(&self.model),
            text => format!("{}\n{}", lines_of(text), message::warnings(&self.model).trim_start())
                .trim_end()
                .to_owned(),
        }
    }

    fn url(&self) -> String {
        match self.model.catalog().guide_url(&self.model.selection) {
            Some(url) => sanitize(&url).into_owned(),
            None if self.model.catalog().guide().is_none() => NO_GUIDE.to_owned(),
            None => "The catalog names no guide page.".to_owned(),
        }
    }

    fn guide(&self) -> String {
        let model = &self.model;
        match Document::of(model.catalog(), &model.selection, &model.answer) {
            Some(guide) => guide.text().trim_end().to_owned(),
            None => NO_GUIDE.to_owned(),
        }
    }

    fn copy(&mut self, command: Command) -> Reply {
        match self.command(command) {
            Some(Effect::Copy { subject, text }) => Reply::Copy { subject, text },
            _ => Reply::Message(self.notice().unwrap_or_default()),
        }
    }

    /// The actions that numbers, ranges and ids name, with spaces or commas between them; ids with spaces
    /// have commas between them. Each action once, in the order in which they are named.
    fn actions(&self, named: &str, command: &str) -> Result<Vec<ActionIndex>, String> {
        let catalog = self.model.catalog();
        let is_id = |text: &str| catalog.find(text).is_some();
        let words = |piece| match str::trim(piece) {
            id if is_id(id) => vec![id],
            words => words.split_whitespace().collect(),
        };
        let named: Vec<_> = match is_id(named.trim()) {
            true => vec![named.trim()],
            false => named.split(',').flat_map(words).collect(),
        };
        if named.is_empty() {
            return Err(format!(
                "Say which ones, by the numbers of the last list: `{command} 1 3-5`."
            ));
        }
        let mut actions = Vec::new();
        for word in named {
            match (catalog.find(word), numbers(word)) {
                (Some(action), _) => actions.push(action),
                (None, Some((from, to))) => actions.extend(self.with_numbers(from, to)?),
                (None, None) => {
                    let unknown = UnknownName::of_action(catalog, word);
                    return Err(unknown.words("`/` lists all actions"));
                }
            }
        }
        let mut seen = HashSet::new();
        actions.retain(|&action| seen.insert(action));
        Ok(actions)
    }

    /// Only an action that has been listed has a number, so nothing is selected unseen.
    fn with_numbers(&self, from: usize, to: usize) -> Result<&[ActionIndex], String> {
        let known = self.numbered.get(..self.listed).unwrap_or_default();
        let first = from.checked_sub(1).filter(|&first| first < to);
        match first.and_then(|first| known.get(first..to)) {
            Some(actions) => Ok(actions),
            None if known.is_empty() => {
                Err("Nothing is listed, so there are no numbers; type words to search, or `list`."
                    .to_owned())
            }
            None if from > to => Err(format!("Write the range from low to high: `{to}-{from}`.")),
            None => {
                let wrong = if from == 0 || from > known.len() { from } else { to };
                Err(format!("There is no number {wrong}; the list has 1 to {}.", known.len()))
            }
        }
    }

    fn command(&mut self, command: Command) -> Option<Effect> {
        self.update(Message::Command(command))
    }

    /// Carries a search out on the spot, since there is nothing to be answered before it; any
    /// other effect is returned.
    fn update(&mut self, message: Message) -> Option<Effect> {
        let effect = update(&mut self.model, message);
        update(&mut self.model, Message::Solve);
        match effect {
            Some(Effect::Run(job)) => job().and_then(|result| self.update(result)),
            other => other,
        }
    }

    fn notice(&self) -> Option<String> {
        self.model.notice.as_ref().map(|notice| sanitize(&notice.text).into_owned())
    }
}

/// Text of several lines, each of them safe to show.
fn lines_of(text: &str) -> String {
    text.trim_end().lines().map(sanitize).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::command::COMMANDS;
    use super::*;
    use crate::domain::Catalog;

    fn reply(line: &str) -> Reply {
        let catalog = Arc::new(Catalog::pipedrive());
        let loaded = LoadedCatalog { catalog, ..LoadedCatalog::default() };
        let mut dialogue = Dialogue::new(loaded, Start::default());
        dialogue.hear("/");
        dialogue.hear(line)
    }

    #[test]
    fn numbers_ranges_and_ids_name_actions() {
        let text = r#"{"openapi": "3.0.0", "paths": {
            "/u": {"get": {"security": []}},
            "/v": {"get": {"operationId": "x_list-all", "security": []}},
            "/w": {"get": {"operationId": "y", "security": []}},
            "/x": {"get": {"operationId": "z", "security": []}}
        }}"#;
        let catalog = Arc::new(Catalog::parse(text).expect("valid"));
        let loaded = LoadedCatalog { catalog, ..LoadedCatalog::default() };
        let mut dialogue = Dialogue::new(loaded, Start::default());
        dialogue.hear("/");
        for (named, ids) in [
            (" 3 4", &["y", "z"][..]),
            ("3,4", &["y", "z"]),
            ("GET /u", &["GET /u"]),
            ("3, GET /u ,x_list-all", &["y", "GET /u", "x_list-all"]),
            (" 1-3 2", &["GET /u", "x_list-all", "y"]),
            (" x_list-all", &["x_list-all"]),
        ] {
            let actions = dialogue.actions(named, "+").expect("known").into_iter();
            let id = |action| dialogue.model().catalog().action(action).id();
            assert_eq!(actions.map(id).collect::<Vec<_>>(), ids, "{named}");
        }
        assert!(dialogue.actions(" ", "+").is_err() && dialogue.explain("1 2").is_err());
    }

    #[test]
    fn every_command_of_the_help_is_known() {
        for usage in COMMANDS[1..].iter().flat_map(|(usages, _)| usages.split(", ")) {
            if let Reply::Message(text) = reply(usage) {
                let searched =
                    ["match", "matches", "search"].map(|verb| format!("{verb} `{usage}`"));
                assert!(!searched.iter().any(|words| text.contains(words)), "{usage}: {text}");
            }
        }
    }

    #[test]
    fn commands_have_more_names_and_other_words_are_searched_for() {
        for (line, expected) in [
            ("all deals", "There is no such command, so nothing was done; did you mean `all`?"),
            (" / all ", "match `all`."),
            ("deal field", "match `deal field`."),
            ("SEP Comma", "Separator: comma."),
            ("separator pipe", "Separator: pipe."),
            ("sep dot", "The separators are "),
            ("Select 3 5-6", "Selected "),
            ("deselect x_a", "Unknown action"),
            ("select all", "Selected 121 actions"),
            ("deselect all", "Nothing changed: "),
            ("select", "Say which ones"),
        ] {
            assert!(
                matches!(reply(line), Reply::Message(text) if text.contains(expected)),
                "{line}: {:?}",
                reply(line)
            );
        }
        assert_eq!(reply("exit"), Reply::Leave(Ending::Left));
    }
}
