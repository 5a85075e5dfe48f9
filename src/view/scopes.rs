use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::joined::joined;
use super::layout::Layout;
use super::power;
use super::print::Print;
use super::theme::Theme;
use super::{fit, marks};
use crate::app::{Command, Focus, Model, Pane};
use crate::domain::{
    Action, Difference, GrantedChange, Mode, ScopeIndex, ScopeList, ScopeSet, VerdictCounts,
    pluralize, sanitize, start_of,
};

/// The most actions that are named under a scope.
const NAMED: usize = 200;

/// The most columns of the joined text that are shown. The pane says if there are more.
const LONGEST_TEXT: usize = 1 << 16;

/// The number of scopes that decide the width of their column.
const WIDEST_OF: usize = 1000;

/// From this width on, the heading has room for the whole title beside a warning.
const SPACIOUS: u16 = 50;

/// The pane's text: lines, and below them one row for each scope of the answer. Rows are made when
/// they are painted.
pub struct Content {
    lines: Vec<Line<'static>>,
    rows: usize,
    /// The place of the scope that the cursor is on.
    unfolded: Option<usize>,
    /// The lines under its row.
    under: Vec<Line<'static>>,
    widths: Widths,
}

/// The columns that rows are made of.
#[derive(Clone, Copy)]
struct Widths {
    names: usize,
    counts: usize,
    all: usize,
}

pub fn paint(model: &Model, content: &Content, layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    heading(model, layout.scopes_heading, theme, buffer);
    for (line, area) in (model.scopes_scroll.first()..).zip(layout.scopes.rows()) {
        match content.at(line) {
            (_, Some(line)) => buffer.print_line(area, line),
            (scope, None) => {
                if let Some(&(scope, count)) = scope.and_then(|row| model.needed.get(row)) {
                    let line = scope_row(model, scope, count, content.widths, theme);
                    buffer.print_line(area, &line);
                }
            }
        }
    }
}

fn heading(model: &Model, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let focused = model.focus() == Focus::Browsing(Pane::Scopes);
    let style = if focused { theme.accent() } else { theme.strong() };
    let mark = if focused { marks::CURSOR } else { " " };
    let VerdictCounts { refused, uncertain, .. } = model.refusals.counts();
    let warns = refused + uncertain > 0;
    let title = match model.mode {
        // The warning is the more important one.
        Mode::Guide if warns && area.width < SPACIOUS => "Scopes",
        Mode::Guide => "Scopes selected",
        Mode::Least => "Least privilege",
    };
    buffer.print_line(area, &Line::from_iter([mark, title]).style(style));

    let count = format!("{} ", pluralize(model.answer.scopes().len(), "scope"));
    let room = usize::from(area.width).saturating_sub(fit::width(title) + 2 + fit::width(&count));
    let below = match model.scopes_scroll.below() {
        0 => vec![String::new()],
        below => vec![format!("{} below, ", pluralize(below, "line")), "… ".to_owned()],
    };
    // The words of the warning count for more than the number of lines.
    let warnings = [usize::MAX, 0].map(|room| marks::warning(model.refusals.counts(), room));
    let pairs = warnings.iter().flat_map(|warning| below.iter().map(move |below| (warning, below)));
    let fits =
        |(warning, below): &(&String, &String)| fit::width(warning) + fit::width(below) <= room;
    let (warning, below) = pairs.into_iter().find(fits).unzip();
    let of_warning = if refused > 0 { theme.bad() } else { theme.strong() };
    let line = Line::from(vec![
        Span::styled(warning.map_or("", String::as_str), of_warning),
        Span::styled(below.map_or("", String::as_str), theme.strong()),
        Span::styled(count, theme.strong()),
    ]);
    buffer.print_line(area, &line.right_aligned());
}

/// `! Add Pipeline is refused: it takes admin. Alt-M`, where nothing else is to be warned of.
fn only_refusal(model: &Model, key: &str) -> Option<String> {
    let action = model.refusals.only()?;
    let accepts = model.catalog().accepted_names(action)?;
    let label = label(model.catalog().action(action));
    let text = format!("{} {label} is refused: it takes {accepts}. {key}", marks::REFUSED);
    Some(sanitize(&text).into_owned())
}

/// As much of it as is ever shown.
fn label(action: Action<'_>) -> &str {
    start_of(action.label(), fit::LONGEST)
}

/// Whether there is room for blank lines, and for sentences.
fn is_roomy(pane: Rect) -> bool {
    pane.height > 6
}

impl Content {
    /// The joined text as it will be copied, what is to be said of it, and each scope with the
    /// number of actions that need it. The first column is left to the cursor's mark.
    pub fn of(model: &Model, area: Rect, theme: Theme) -> Self {
        let columns = usize::from(area.width).saturating_sub(1);
        let mut lines = Lines { lines: Vec::new(), columns };
        lines.text(model, theme);
        if is_roomy(area) && !model.answer.scopes().is_empty() {
            lines.lines.push(Line::default());
        }
        lines.notes(model, area, theme);
        let row = model.focused_scope().and(model.scope_cursor.row());
        let scope = row.and_then(|row| model.needed.get(row));
        Self {
            lines: lines.lines,
            rows: model.answer.scopes().len(),
            unfolded: row,
            under: scope.map_or_else(Vec::new, |&scope| about(model, scope, columns, theme)),
            widths: Widths::of(model, columns),
        }
    }

    pub fn height(&self) -> usize {
        self.line_of(self.rows)
    }

    /// The first line of a scope; of the one after the last, that below all others.
    fn line_of(&self, row: usize) -> usize {
        let is_below = self.unfolded.is_some_and(|unfolded| unfolded < row);
        self.lines.len() + row + if is_below { self.under.len() } else { 0 }
    }

    /// The lines of a scope; for the first also all that stands above it, so that going up to it
    /// shows the beginning.
    pub fn lines_of(&self, row: usize) -> Range<usize> {
        let start = if row == 0 { 0 } else { self.line_of(row) };
        start..self.line_of(row + 1)
    }

    /// The scope that a line belongs to, and its text. The row of the scope itself has none yet.
    fn at(&self, line: usize) -> (Option<usize>, Option<&Line<'static>>) {
        let Some(below) = line.checked_sub(self.lines.len()) else {
            return (None, self.lines.get(line));
        };
        match self.unfolded {
            Some(row) if below > row => match self.under.get(below - row - 1) {
                Some(line) => (Some(row), Some(line)),
                None => (Some(below - self.under.len()), None),
            },
            Some(_) | None => (Some(below), None),
        }
    }

    /// The scope that has this line, counted from the answer's first.
    pub fn scope_at(&self, line: usize) -> Option<usize> {
        self.at(line).0.filter(|&row| row < self.rows)
    }
}

/// Lines of so many columns, which begin behind the column of the cursor's mark.
struct Lines {
    lines: Vec<Line<'static>>,
    columns: usize,
}

impl Lines {
    fn push(&mut self, text: impl Into<String>, style: Style) {
        self.lines.push(Line::from(vec![Span::raw(" "), Span::styled(text.into(), style)]));
    }

    fn wrapped(&mut self, text: &str, indent: usize, style: Style) {
        let text = fit::shown(text, fit::LONGEST);
        for line in fit::wrap(&text, self.columns.saturating_sub(indent).max(1)) {
            self.push(format!("{}{line}", " ".repeat(indent)), style);
        }
    }

    fn text(&mut self, model: &Model, theme: Theme) {
        if model.answer.scopes().is_empty() {
            let text = if model.selection.is_empty() {
                "Nothing is selected yet."
            } else {
                "The selected actions need no scope."
            };
            return self.wrapped(text, 0, theme.muted());
        }
        let mut room = LONGEST_TEXT;
        let names = model.answer.scopes().iter().map_while(|scope| {
            let name = (room > 0).then(|| fit::shown(model.catalog().scope(scope), room))?;
            room = room.saturating_sub(name.len() + 1);
            Some(name)
        });
        let names: Vec<_> = names.collect();
        for (text, mark) in joined(&names, model.separator, self.columns) {
            self.lines.push(Line::from(vec![
                Span::raw(" "),
                Span::raw(text),
                Span::styled(mark, theme.muted()),
            ]));
        }
        if room == 0 {
            let text = "This is the beginning; all of it is copied.";
            self.wrapped(text, 0, theme.muted());
        }
    }

    fn notes(&mut self, model: &Model, area: Rect, theme: Theme) {
        let before = self.lines.len();
        self.warnings(model, is_roomy(area), theme);
        let power = model.answer.power().filter(|_| !model.selection.is_empty());
        self.lines.extend(power.map(|power| power::line(power, self.columns, theme)));
        if model.mode == Mode::Least
            && !model.selection.is_empty()
            && model.offers(Command::SwitchMode)
        {
            self.against_the_guide(model, theme);
        }
        if let Some(granted) = &model.granted {
            self.against_granted(model, granted, theme);
        }
        if self.lines.len() > before && is_roomy(area) {
            self.lines.push(Line::default());
        }
    }

    /// In a low pane the one action that is refused is named on one line, where that fits.
    fn warnings(&mut self, model: &Model, is_roomy: bool, theme: Theme) {
        if model.mode == Mode::Least {
            for caveat in model.answer.caveats() {
                self.wrapped(&format!("{} {caveat}", marks::UNCERTAIN), 0, theme.strong());
            }
            return;
        }
        let key = model.key_name(Command::SwitchMode);
        let only = only_refusal(model, &key);
        if let Some(text) = only.filter(|text| !is_roomy && fit::width(text) <= self.columns) {
            self.push(text, theme.bad());
        } else if let Some(words) = model.refusals.words(model.catalog(), label, &key) {
            let (mark, style) = match model.refusals.counts().refused {
                0 => (marks::UNCERTAIN, theme.strong()),
                _ => (marks::REFUSED, theme.bad()),
            };
            self.wrapped(&format!("{mark} {words}"), 0, style);
        }
    }

    fn against_the_guide(&mut self, model: &Model, theme: Theme) {
        let Some(Difference { add, remove }) = model.answer.from_guide() else {
            return;
        };
        if add.is_empty() && remove.is_empty() {
            return self.wrapped("The same as the guide's scopes.", 0, theme.muted());
        }
        self.list(Difference::ADDED_TO_GUIDE, "+", add, model, theme.good());
        self.list(Difference::REMOVED_FROM_GUIDE, "-", remove, model, theme.muted());
    }

    fn against_granted(&mut self, model: &Model, granted: &ScopeList, theme: Theme) {
        let change = model.to_change.as_ref();
        if let Some(words) = model.unknown_granted() {
            self.wrapped(&words, 0, theme.bad());
        } else if let Some(words) = change.and_then(GrantedChange::complete) {
            self.wrapped(words, 0, theme.good());
        }
        let Some(change) = change else {
            return self.list(GrantedChange::NOW, "", granted.scopes(), model, theme.muted());
        };
        self.list(GrantedChange::ADD, "+", &change.add, model, theme.good());
        self.list(GrantedChange::REMOVE, "-", &change.remove, model, theme.muted());
    }

    fn list(&mut self, title: &str, sign: &str, scopes: &ScopeSet, model: &Model, style: Style) {
        if scopes.is_empty() {
            return;
        }
        let name = |scope| fit::near(model.catalog().scope(scope), fit::LONGEST);
        let signed = scopes.iter().map(|scope| format!("{sign}{}", name(scope)));
        let listed = fit::listed(signed, " ", fit::LONGEST);
        self.wrapped(&format!("{title}  {listed}"), 0, style);
    }
}

fn scope_row(
    model: &Model,
    scope: ScopeIndex,
    count: usize,
    Widths { names, counts, all }: Widths,
    theme: Theme,
) -> Line<'static> {
    let catalog = model.catalog();
    let focused = model.focused_scope() == Some(scope);
    let name = fit::shown(catalog.scope(scope), names);
    let gap = " ".repeat(names.saturating_sub(fit::width(&name)));
    let text = format!("  {:<counts$}", pluralize(count, "action"));
    let room = all.saturating_sub(names + fit::width(&text) + 2);
    let form_name = fit::shown(catalog.form_name(scope).unwrap_or_default(), room);
    Line::from(vec![
        Span::styled(if focused { marks::CURSOR } else { " " }, theme.accent()),
        Span::styled(name.into_owned(), if focused { theme.row() } else { theme.plain() }),
        Span::raw(gap),
        Span::styled(text, theme.muted()),
        Span::styled(format!("  {form_name}"), theme.muted()),
    ])
}

/// The description of a scope, and the actions that need it.
fn about(
    model: &Model,
    (scope, count): (ScopeIndex, usize),
    columns: usize,
    theme: Theme,
) -> Vec<Line<'static>> {
    let catalog = model.catalog();
    let mut lines = Lines { lines: Vec::new(), columns };
    if let Some(facts) = catalog.facts(scope) {
        lines.wrapped(&facts.description, 2, theme.muted());
    }
    if let Some(unlocked) = catalog.unlocked_words(scope) {
        lines.wrapped(&format!("Unlocks {unlocked}."), 2, theme.muted());
    }
    if let Some(warning) = catalog.read_only_warning(scope) {
        lines.wrapped(&warning, 2, theme.bad());
    }
    let needing = catalog.needing(scope, &model.selection, model.mode).take(NAMED);
    let labels = needing.map(|action| catalog.action(action).label());
    let labels = fit::listed(labels, ", ", fit::LONGEST);
    let more = match count.saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    lines.wrapped(&format!("For {labels}{more}."), 2, theme.plain());
    lines.lines
}

impl Widths {
    fn of(model: &Model, all: usize) -> Self {
        let name = |&(scope, _): &(ScopeIndex, _)| {
            fit::width(&fit::shown(model.catalog().scope(scope), all))
        };
        let names = model.needed.iter().take(WIDEST_OF).map(name).max().unwrap_or(0);
        let most = model.needed.iter().map(|&(_, count)| count).max();
        let counts = most.map_or(0, |most| pluralize(most, "action").len());
        Self { names: names.min(all.saturating_sub(counts + 2)), counts, all }
    }
}
