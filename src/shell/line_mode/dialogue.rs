use std::sync::Arc;

use super::phrase::{Named, Phrase};
use super::telling;
use crate::app::{
    Command, Edit, Effect, Ending, Focus, Listing, Message, Model, Start, Subject, Target, update,
};
use crate::domain::{
    ActionIndex, Answer, Catalog, CopyOutcome, Document, GuideUrlError, Mode, Search, Selection,
    nearest_name, sanitize,
};

/// How many actions are listed at a time: no more than stay in sight on a small terminal.
const PAGE: usize = 20;

const NO_GUIDE: &str = "This catalog has no guide.";

/// The panel as questions and answers. The model is the screen's own, and so are the messages
/// that change it; only the words differ.
pub struct Dialogue {
    model: Model,
    /// What the numbers stand for, the first for 1: what was listed last, however the list has
    /// changed since.
    numbered: Vec<ActionIndex>,
    /// How many of `numbered` have been listed.
    listed: usize,
}

/// What comes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Text free of escape sequences, and without a newline at its end.
    Told(String),
    /// To copy this, and to tell [`Dialogue::copied`] what came of it.
    Copy {
        subject: Subject,
        text: String,
    },
    Leave(Ending),
}

impl From<String> for Reply {
    fn from(text: String) -> Self {
        Self::Told(text)
    }
}

impl Dialogue {
    pub fn new(catalog: Arc<Catalog>, start: Start) -> Self {
        let (model, first) = Model::new(catalog, start);
        let mut dialogue = Self { model, numbered: Vec::new(), listed: 0 };
        dialogue.follow(first);
        dialogue
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The first words. What the screen would show at its start is listed where it was asked for.
    pub fn greeting(&mut self) -> String {
        let mut told = vec![telling::greeting(&self.model)];
        if !self.model.selection.is_empty() {
            told.push(telling::status(&self.model));
        }
        if !self.model.query.is_empty() {
            told.push(self.list());
        }
        told.join("\n")
    }

    /// Carries a line out and says what changed.
    pub fn hear(&mut self, line: &str) -> Reply {
        match Phrase::parse(line) {
            Ok(phrase) => self.carry_out(phrase),
            Err(sentence) => sentence.into(),
        }
    }

    /// A copy has come to its end. What could not be copied is told whole, to be taken by hand.
    pub fn copied(&mut self, subject: Subject, text: String, outcome: CopyOutcome) -> String {
        let by_hand = match &outcome {
            CopyOutcome::Failed(_) => format!("\n{}", lines_of(&text)),
            CopyOutcome::Confirmed(_) | CopyOutcome::Sent(_) => String::new(),
        };
        self.update(Message::Copied { subject, text, outcome });
        let told = format!("{}{by_hand}", self.notice().unwrap_or_default());
        if self.model.overlay.is_some() {
            // What covers the screen then is what is told here.
            self.command(Command::Back);
        }
        told
    }

    fn carry_out(&mut self, phrase: Phrase) -> Reply {
        match phrase {
            Phrase::Nothing | Phrase::More => self.more().into(),
            Phrase::Words(words) => self.words(&words).into(),
            Phrase::Search(query) => self.search(&query).into(),
            Phrase::List => self.list().into(),
            Phrase::Tick(named) => self.tick(&named, true).into(),
            Phrase::Untick(named) => self.tick(&named, false).into(),
            Phrase::All => self.tick_listed(true).into(),
            Phrase::UntickListed => self.tick_listed(false).into(),
            Phrase::Clear => {
                let ticked = self.model.selection.iter().collect();
                self.tick_many(ticked, false).into()
            }
            Phrase::Undo => self.step(Command::Undo).into(),
            Phrase::Redo => self.step(Command::Redo).into(),
            Phrase::Ticked => self.list_among(Listing::OnlyTicked, "").into(),
            Phrase::Covered => self.list_among(Listing::OnlyCovered, "").into(),
            Phrase::Separator(separator) => {
                self.update(Message::Click(Target::Separator(separator)));
                format!("The separator is {} now.", separator.name().to_lowercase()).into()
            }
            Phrase::Mode(mode) => self.mode(mode).into(),
            Phrase::Granted(scopes) => self.grant(&scopes).into(),
            Phrase::Explain(named) => self.explain(&named).into(),
            Phrase::Scopes => self.scopes().into(),
            Phrase::Url => self.url().into(),
            Phrase::Guide => self.guide().into(),
            Phrase::CopyScopes => self.copy(Command::CopyScopes),
            Phrase::CopyUrl => self.copy(Command::CopyUrl),
            Phrase::CopyCommand => self.copy(Command::CopyCommand),
            Phrase::Help => telling::help(self.model.catalog()).into(),
            Phrase::Done => Reply::Leave(Ending::Done),
            Phrase::Quit => Reply::Leave(Ending::Left),
        }
    }

    /// A pasted guide URL is the selection that it carries, words are searched for where they
    /// find anything, and else they may be a slip of a command.
    fn words(&mut self, words: &str) -> String {
        match self.model.catalog().selection_of_url(words) {
            Err(GuideUrlError::OtherPage) => {}
            Ok(_) | Err(_) => return self.paste(words),
        }
        let found = !Search::run(words, self.model.catalog()).actions.is_empty();
        match (found, Phrase::near(words)) {
            (true, _) => self.search(words),
            (false, None) => format!(
                "No actions match your search `{}`, and it is no command; `help` lists the commands.",
                sanitize(words)
            ),
            (false, Some(near)) => format!(
                "`{}` is no command, and no actions match it; did you mean `{near}`?",
                sanitize(words)
            ),
        }
    }

    fn paste(&mut self, url: &str) -> String {
        let before = self.model.answer.clone();
        self.update(Message::Paste(url.to_owned()));
        let notice = self.notice().unwrap_or_default();
        self.changed(&notice, &before)
    }

    fn search(&mut self, query: &str) -> String {
        self.list_among(Listing::All, query)
    }

    /// Lists what matches `query` and belongs to `listing`.
    fn list_among(&mut self, listing: Listing, query: &str) -> String {
        for switch in [self.model.listing, listing] {
            if self.model.listing != listing
                && let Some(command) = narrowing(switch)
            {
                self.command(command);
            }
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
        self.numbered = self.model.listed.iter().collect();
        self.listed = 0;
        let heading = telling::heading(&self.model);
        if self.numbered.is_empty() { heading } else { format!("{heading}\n{}", self.page()) }
    }

    fn more(&mut self) -> String {
        if self.listed < self.numbered.len() {
            self.page()
        } else if self.numbered.is_empty() {
            "Type words to search, or `help` for all commands.".to_owned()
        } else {
            "That was the whole list. Type words to search, or `done` to print the scopes."
                .to_owned()
        }
    }

    fn page(&mut self) -> String {
        let end = self.numbered.len().min(self.listed + PAGE);
        let page = self.numbered.get(self.listed..end).unwrap_or_default();
        let numbers = self.listed + 1..;
        let mut lines: Vec<_> = numbers
            .zip(page)
            .map(|(number, &action)| telling::item(&self.model, number, action))
            .collect();
        self.listed = end;
        match self.numbered.len() - end {
            0 => {}
            left => lines.push(format!("{left} more; `more` lists the next {}.", left.min(PAGE))),
        }
        lines.join("\n")
    }

    fn tick(&mut self, named: &[Named], ticked: bool) -> String {
        let actions = match self.resolve(named) {
            Ok(actions) => actions,
            Err(sentence) => return sentence,
        };
        let contained = |action: &ActionIndex| self.model.selection.contains(*action);
        let changing: Vec<_> =
            actions.iter().copied().filter(|action| contained(action) != ticked).collect();
        let before = self.model.answer.clone();
        self.update(Message::Tick { actions: actions.clone(), ticked });
        let verb = if ticked { "Ticked" } else { "Unticked" };
        let told = match changing.as_slice() {
            [] => {
                let state = if ticked { "ticked already" } else { "not ticked" };
                format!("Nothing changed, {} {state}.", being(&self.model, &actions))
            }
            changing => format!("{verb} {}.", telling::labels(&self.model, changing)),
        };
        self.changed(&told, &before)
    }

    /// All of the list as it was told, be it on a page that was not heard. What is listed may have
    /// changed by being ticked.
    fn tick_listed(&mut self, ticked: bool) -> String {
        let actions = match self.numbered.is_empty() {
            true => self.model.listed.iter().collect(),
            false => self.numbered.clone(),
        };
        if actions.is_empty() {
            return "Nothing is listed, so nothing was changed.".to_owned();
        }
        self.tick_many(actions, ticked)
    }

    fn tick_many(&mut self, actions: Vec<ActionIndex>, ticked: bool) -> String {
        let (before, size) = (self.model.answer.clone(), self.model.selection.len());
        self.update(Message::Tick { actions, ticked });
        let (verb, state) = if ticked { ("Ticked", "ticked") } else { ("Unticked", "unticked") };
        let told = match self.model.selection.len().abs_diff(size) {
            0 => format!("Nothing changed: all of that is {state} already."),
            1 => format!("{verb} 1 action."),
            count => format!("{verb} {count} actions."),
        };
        self.changed(&told, &before)
    }

    fn step(&mut self, command: Command) -> String {
        let before = self.model.answer.clone();
        self.command(command);
        let notice = self.notice().unwrap_or_default();
        self.changed(&notice, &before)
    }

    fn mode(&mut self, mode: Mode) -> String {
        if self.model.mode == mode {
            return telling::mode(&self.model);
        }
        self.step(Command::SwitchMode)
    }

    fn grant(&mut self, scopes: &str) -> String {
        if scopes.is_empty() {
            return telling::granted(&self.model);
        }
        let none = scopes.eq_ignore_ascii_case("none");
        self.command(Command::Grant);
        self.replace_text(if none { "" } else { scopes });
        self.command(Command::Done);
        if self.model.focus() == Focus::Granting {
            let refused = self.notice().unwrap_or_default();
            self.command(Command::Grant);
            return refused;
        }
        if none {
            return "It is not known any more which scopes your app has.".to_owned();
        }
        telling::granted(&self.model)
    }

    fn explain(&self, named: &Named) -> String {
        match self.resolve(std::slice::from_ref(named)).as_deref() {
            Ok([action, ..]) => telling::explanation(&self.model, *action),
            Ok([]) => "Name one action by its number or its id: `explain 3`.".to_owned(),
            Err(sentence) => sentence.clone(),
        }
    }

    fn scopes(&self) -> String {
        match self.model.answer.text() {
            "" => telling::status(&self.model),
            text => lines_of(text),
        }
    }

    fn url(&self) -> String {
        match self.model.catalog().guide_url(&self.model.selection) {
            Some(url) => sanitize(&url).into_owned(),
            None if self.model.catalog().is_described() => NO_GUIDE.to_owned(),
            None => "This catalog names no guide page, so there is no link to it.".to_owned(),
        }
    }

    fn guide(&self) -> String {
        let model = &self.model;
        match Document::of(model.catalog(), &model.selection, &model.answer) {
            Some(guide) => lines_of(&guide.text()),
            None => NO_GUIDE.to_owned(),
        }
    }

    fn copy(&mut self, command: Command) -> Reply {
        match self.command(command) {
            Some(Effect::Copy { subject, text }) => Reply::Copy { subject, text },
            _ => Reply::Told(self.notice().unwrap_or_default()),
        }
    }

    /// Returns each action once, in the order in which they are named.
    fn resolve(&self, named: &[Named]) -> Result<Vec<ActionIndex>, String> {
        let (mut actions, mut seen) = (Vec::new(), Selection::new());
        for named in named {
            let one;
            let found = match named {
                Named::Number(number) => self.numbers(*number, *number)?,
                Named::Range(from, to) => self.numbers(*from, *to)?,
                Named::Id(id) => {
                    one = [self.find(id)?];
                    &one
                }
            };
            for &action in found {
                if !seen.contains(action) {
                    seen.insert(action);
                    actions.push(action);
                }
            }
        }
        Ok(actions)
    }

    /// Only what has been listed has a number: what was not heard is not ticked.
    fn numbers(&self, from: usize, to: usize) -> Result<&[ActionIndex], String> {
        let known = self.numbered.get(..self.listed).unwrap_or_default();
        let first = from.checked_sub(1).filter(|&first| first < to);
        match first.and_then(|first| known.get(first..to)) {
            Some(actions) => Ok(actions),
            None if known.is_empty() => Err(
                "Nothing is listed yet, so no number means anything; type words to search, or `list`."
                    .to_owned(),
            ),
            None if from > to => Err(format!("Write the range from low to high: `{to}-{from}`.")),
            None => {
                let wrong = if from == 0 || from > known.len() { from } else { to };
                Err(format!("There is no number {wrong}; the list has 1 to {}.", known.len()))
            }
        }
    }

    fn find(&self, id: &str) -> Result<ActionIndex, String> {
        let catalog = self.model.catalog();
        catalog.find(id).ok_or_else(|| {
            let ids = catalog.indices().map(|action| catalog.action(action).id());
            match nearest_name(id, ids) {
                Some(near) => format!(
                    "`{}` is no number and no action's id; did you mean {}?",
                    sanitize(id),
                    sanitize(near)
                ),
                None => format!("`{}` is no number and no action's id.", sanitize(id)),
            }
        })
    }

    fn command(&mut self, command: Command) -> Option<Effect> {
        self.update(Message::Command(command))
    }

    fn update(&mut self, message: Message) -> Option<Effect> {
        let effect = update(&mut self.model, message);
        self.follow(effect)
    }

    /// Carries a search out on the spot, since there is nothing to be answered before it; any
    /// other effect is returned.
    fn follow(&mut self, effect: Option<Effect>) -> Option<Effect> {
        match effect {
            Some(Effect::Search(job)) => self.update(Message::Found(Box::new(job.run()))),
            other => other,
        }
    }

    fn notice(&self) -> Option<String> {
        self.model.notice.as_ref().map(|notice| sanitize(&notice.text).into_owned())
    }

    fn changed(&self, done: &str, before: &Answer) -> String {
        telling::changed(&self.model, done, before)
    }
}

/// The command that goes to a listing from all actions, and back.
fn narrowing(listing: Listing) -> Option<Command> {
    match listing {
        Listing::All => None,
        Listing::OnlyTicked => Some(Command::OnlyTicked),
        Listing::OnlyCovered => Some(Command::OnlyCovered),
    }
}

fn being(model: &Model, actions: &[ActionIndex]) -> String {
    let verb = if actions.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", telling::labels(model, actions))
}

/// Text of several lines, each of them safe to show.
fn lines_of(text: &str) -> String {
    text.trim_end().lines().map(sanitize).collect::<Vec<_>>().join("\n")
}
