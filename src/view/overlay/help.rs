use std::fmt::Display;

use ratatui::text::{Line, Span};

use crate::app::{AfterToggle, BINDINGS, Binding, Command, Focus, Model, Motion, Pane, Row, Tab};
use crate::view::flow::hanging;
use crate::view::{Theme, fit, marks};

/// The meaning of some commands in the guide, where it differs from the panel.
const IN_THE_GUIDE: [(Command, &str); 6] = [
    (Command::Move(Motion::Up), "previous step or copyable item"),
    (Command::Move(Motion::Down), "next step or copyable item"),
    (Command::Toggle(AfterToggle::Down), "mark the step as done or not done, then move down"),
    (Command::Toggle(AfterToggle::Stay), "mark the step as done or not done"),
    (Command::CopyScopes, "copy the scope, address or link under the cursor"),
    (Command::Done, "copy the item under the cursor; on a step, mark it as done"),
];

/// The syntax of a query, as in fzf.
const SIGNS: [(&str, &str); 5] = [
    ("word", "must match: a label, else an id or a scope, else a label fuzzily"),
    ("'word", "matches only literally, in a label, an id or a scope"),
    ("^word", "matches at the beginning of a label, an id or a scope"),
    ("word$", "matches at the end of a label, an id or a scope"),
    ("!word", "leaves out actions with a match in their label, id or scopes"),
];

const EDITING: &str = "Edit as in a shell: Ctrl-A and Ctrl-E go to the ends, Alt-B and Alt-F by \
                       words; Ctrl-W, Ctrl-U and Ctrl-K delete.";

/// The marks beside actions and scopes. On an ASCII terminal they are shown in ASCII as well.
const MARKS: [(&str, &str); 8] = [
    ("[x]", "selected"),
    (marks::REFUSED, "refused by the API with the guide's scopes"),
    (marks::UNCERTAIN, "uncertain: versions or sources of the API disagree"),
    (marks::COVERED, "covered by your app's current scopes"),
    (marks::MAY_BE_COVERED, "may be covered: versions or sources of the API disagree"),
    (marks::NEEDS_SCOPE, "selected, and needs the scope under the cursor"),
    (POWER, "of the API's calls: those that change data, the others unlocked, the rest"),
    ("␣ ↵", "a space or a newline between two scopes"),
];

const POWER: &str = "#=.";

/// The marks of a catalog for which it is known what the API accepts.
const OF_THE_API: [&str; 4] = [marks::REFUSED, marks::UNCERTAIN, marks::MAY_BE_COVERED, POWER];

const MOUSE: &str = "Click an action, a button or a scope; the wheel scrolls. Hold Shift to select \
                     text; --no-mouse leaves the mouse to the terminal.";

/// Columns between two columns of text.
const GAP: usize = 2;
/// The columns of signs and marks.
const SIGN: usize = 8;
/// With fewer columns beside their keys, words go below them.
const LEAST_WORDS: usize = 24;
/// The indent of words below their keys.
const INDENT: usize = 4;

/// All keys, signs and marks, on lines of at most `columns`.
pub(super) fn lines(model: &Model, columns: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut help = Help::new(model, columns, theme);
    if model.tab == Tab::Guide {
        help.guide();
    }
    for group in BINDINGS.chunk_by(|one, next| one.group == next.group) {
        help.group(group);
        if group.iter().any(|binding| binding.command == Command::Search) {
            help.signs("Search syntax", SIGNS);
            help.below(EDITING, 1);
        }
    }
    if model.tab != Tab::Guide && model.may_have_guide() {
        help.guide();
    }
    help.marks();
    help.heading("Mouse");
    help.below(MOUSE, 1);
    help.lines
}

struct Help<'a> {
    model: &'a Model,
    columns: usize,
    theme: Theme,
    /// The number of keys shown for a command under each focus.
    most: usize,
    /// The columns of the keys under each focus, with the gap after them.
    widths: [usize; 2],
    lines: Vec<Line<'static>>,
}

const FOCUSES: [Focus; 2] = [Focus::Typing, Focus::Browsing(Pane::Actions)];

impl<'a> Help<'a> {
    fn new(model: &'a Model, columns: usize, theme: Theme) -> Self {
        let (widths, lines) = ([0; 2], Vec::new());
        let mut help = Self { model, columns, theme, most: 2, widths, lines };
        help.widths = help.measured();
        if 1 + help.widths.iter().sum::<usize>() > columns {
            help.most = 1;
            help.widths = help.measured();
        }
        let names = help.columns_of(["typing", "browsing"]);
        help.lines.push(Line::styled(names, theme.muted()));
        help
    }

    fn measured(&self) -> [usize; 2] {
        FOCUSES.map(|focus| {
            let rows = self.model.keymap.rows.iter();
            let longest = rows.map(|row| fit::width(&self.names(row, focus))).max().unwrap_or(0);
            let title = if focus.types() { "typing" } else { "browsing" };
            longest.max(title.len()) + GAP
        })
    }

    fn names(&self, row: &Row, focus: Focus) -> String {
        let keys = row.keys(focus).iter().take(self.most);
        keys.map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    fn group(&mut self, group: &[Binding]) {
        let offered = group.iter().filter(|binding| self.model.offers(binding.command));
        for (place, binding) in offered.enumerate() {
            if place == 0 {
                self.heading(binding.group);
            }
            self.command(binding.command, FOCUSES.map(Some), binding.words);
        }
    }

    fn guide(&mut self) {
        self.heading("In the guide");
        for (command, words) in IN_THE_GUIDE {
            self.command(command, [None, Some(Focus::Browsing(Pane::Actions))], words);
        }
    }

    fn marks(&mut self) {
        let catalog = self.model.catalog();
        let is_known = |mark: &str| catalog.reference().is_some() || !OF_THE_API.contains(&mark);
        let marks = MARKS.into_iter().filter(|(mark, _)| is_known(mark));
        let in_catalog = |(mark, words)| match mark {
            marks::REFUSED if catalog.is_described() => {
                (mark, "refused: OAuth cannot call the action")
            }
            _ => (mark, words),
        };
        self.signs("Marks", marks.map(in_catalog));
    }

    fn signs<'s>(&mut self, title: &str, signs: impl IntoIterator<Item = (&'s str, &'s str)>) {
        self.heading(title);
        for (sign, words) in signs {
            self.entry(format!(" {sign:<SIGN$}"), words);
        }
    }

    /// A command with its keys under each focus that there is.
    fn command(&mut self, command: Command, focuses: [Option<Focus>; 2], words: &str) {
        let mut rows = self.model.keymap.rows.iter();
        if let Some(row) = rows.find(|row| row.binding.command == command) {
            let names = |focus| self.names(row, focus);
            self.entry(
                self.columns_of(focuses.map(|focus| focus.map(names).unwrap_or_default())),
                words,
            );
        }
    }

    fn columns_of(&self, [typing, browsing]: [impl Display; 2]) -> String {
        let [first, second] = self.widths;
        format!(" {typing:<first$}{browsing:<second$}")
    }

    /// Words beside `head`, or below it where there is little room.
    fn entry(&mut self, head: String, words: &str) {
        let indent = fit::width(&head);
        let room = self.columns.saturating_sub(indent);
        if room < LEAST_WORDS {
            self.lines.push(Line::styled(head.trim_end().to_owned(), self.theme.key()));
            return self.below(words, INDENT);
        }
        let head = Span::styled(head, self.theme.key());
        self.lines.extend(hanging(head, words, self.theme.plain(), self.columns));
    }

    fn below(&mut self, words: &str, indent: usize) {
        let indent = Span::raw(" ".repeat(indent));
        self.lines.extend(hanging(indent, words, self.theme.plain(), self.columns));
    }

    fn heading(&mut self, title: &str) {
        self.lines.push(Line::default());
        self.lines.push(Line::styled(format!(" {title}"), self.theme.accent()));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::{Keymap, LoadedCatalog, Message, Start, update};
    use crate::domain::Catalog;

    fn text(columns: usize) -> Vec<String> {
        let mut model = Model::new(Start::default());
        let catalog = Arc::new(Catalog::pipedrive());
        let loaded = LoadedCatalog { catalog, ..LoadedCatalog::default() };
        update(&mut model, Message::Loaded(loaded));
        let lines = lines(&model, columns, Theme::COLOURLESS);
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn no_width_cuts_a_line_or_loses_a_word() {
        let words = |columns| text(columns).join(" ");
        let all = words(200);
        let all: Vec<_> = all.split_whitespace().collect();
        for columns in 38..200 {
            assert_eq!(words(columns).split_whitespace().collect::<Vec<_>>(), all, "{columns}");
        }
        for columns in 24..200 {
            for line in text(columns) {
                assert!(fit::width(&line) <= columns, "{columns}: {line}");
            }
        }
    }

    #[test]
    fn the_keys_that_edit_the_query_are_named_rightly() {
        let keymap = Keymap::default();
        let names = EDITING.split([' ', ',', ';', '.']).filter(|word| word.contains('-'));
        let keys: Vec<_> = names.map(|name| name.parse().expect("a key")).collect();
        assert_eq!(keys.len(), 7);
        for key in keys {
            let message = keymap.resolve(key, Focus::Typing);
            assert!(matches!(message, Some(Message::Edit(_))), "{key}");
        }
    }

    #[test]
    fn every_command_is_in_the_help_and_wrapped_lines_hang() {
        let lines = text(80);
        for binding in BINDINGS {
            let is_told = lines.iter().any(|line| line.ends_with(binding.words));
            assert!(is_told, "{}: {lines:#?}", binding.name);
        }
        let narrow = text(60);
        let first = narrow.iter().position(|line| line.contains("copy the shell"));
        let first = first.expect("beside its keys");
        let indent = narrow[first].find("copy the shell");
        assert_eq!(narrow[first + 1].find(|c| c != ' '), indent, "{narrow:#?}");
    }
}
