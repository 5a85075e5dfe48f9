use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::flow::hanging;
use super::joined::joined;
use super::{Layout, Print, Theme, fit, marks, power};
use crate::app::{Command, Focus, Model, Pane};
use crate::domain::{
    Action, Difference, GrantedChange, Mode, Refusals, ScopeIndex, ScopeSet, VerdictCounts,
    and_more, pluralize, sanitize, start_of,
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
    above: Vec<Line<'static>>,
    rows: usize,
    /// The place of the scope that the cursor is on, and the lines under its row.
    unfolded: usize,
    under: Vec<Line<'static>>,
    /// The columns of a row, of its scope and of its number of actions.
    columns: usize,
    of_names: usize,
    of_counts: usize,
}

/// Returns the place of the cursor, if it is on a scope.
pub fn paint(
    model: &Model,
    content: &Content,
    layout: &Layout,
    theme: Theme,
    buffer: &mut Buffer,
) -> Option<Position> {
    heading(model, layout.scopes_heading, theme, buffer);
    let mut cursor = None;
    for (line, area) in (model.scopes_scroll.first()..).zip(layout.scopes.rows()) {
        match content.at(line) {
            (_, Some(line)) => buffer.print_line(area, line),
            (scope, None) => {
                if let Some(&(scope, count)) = scope.and_then(|row| model.needed.get(row)) {
                    let line = content.row(model, scope, count, theme);
                    buffer.print_line(area, &line);
                    if model.focused_scope() == Some(scope) {
                        cursor = Some(Position::new(area.x + 1, area.y));
                    }
                }
            }
        }
    }
    cursor
}

fn heading(model: &Model, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let focused = model.focus() == Focus::Browsing(Pane::Scopes);
    let style = if focused { theme.accent() } else { theme.strong() };
    let mark = if focused { marks::CURSOR } else { " " };
    let VerdictCounts { refused, uncertain, .. } = model.refusals.counts;
    let warns = refused + uncertain > 0;
    let title = match model.answer.mode {
        // The warning is the more important one.
        Mode::Guide if warns && area.width < SPACIOUS => "Scopes",
        Mode::Guide => "Scopes selected",
        Mode::Least => "Least privilege",
    };
    buffer.print_line(area, &Line::from_iter([mark, title]).style(style));

    let count = format!("{} ", pluralize(model.answer.scopes.len(), "scope"));
    let room = usize::from(area.width).saturating_sub(fit::width(title) + 2 + fit::width(&count));
    let hidden = match (model.scopes_scroll.first(), model.scopes_scroll.below()) {
        (0, 0) => [String::new(), String::new()],
        (0, below) => [format!("{} below, ", pluralize(below, "line")), "… ".to_owned()],
        (above, 0) => [format!("{} above, ", pluralize(above, "line")), "… ".to_owned()],
        (above, below) => {
            [format!("{} above, {below} below, ", pluralize(above, "line")), "… ".to_owned()]
        }
    };
    // The words of the warning count for more than the number of lines.
    let warnings = marks::warnings(model.refusals.counts);
    let pairs =
        warnings.iter().flat_map(|warning| hidden.iter().map(move |hidden| [&**warning, hidden]));
    let fits = |pair: &[&str; 2]| pair.iter().map(|text| fit::width(text)).sum::<usize>() <= room;
    let [warning, hidden] = pairs.into_iter().find(fits).unwrap_or_default();
    let of_warning = if refused > 0 { theme.bad() } else { theme.strong() };
    let line = Line::from(vec![
        Span::styled(warning, of_warning),
        Span::styled(format!("{hidden}{count}"), theme.strong()),
    ]);
    buffer.print_line(area, &line.right_aligned());
}

/// As much of it as is ever shown.
fn label(action: Action<'_>) -> &str {
    start_of(action.label(), fit::LONGEST)
}

impl Content {
    /// The joined text as it will be copied, what is to be said of it, and each scope with the
    /// number of actions that need it. The first column is left to the cursor's mark.
    pub fn of(model: &Model, area: Rect, theme: Theme) -> Self {
        let columns = area.width.max(1).into();
        let row = model.focused_scope().and(model.scope_cursor.row());
        let scope = row.and_then(|row| model.needed.get(row));
        let text = || Text { model, columns, is_roomy: area.height > 6, theme, lines: Vec::new() };
        let columns_of = |&(scope, _): &(ScopeIndex, _)| {
            fit::width(&fit::shown(model.catalog().scope(scope), columns - 1))
        };
        let of_names = model.needed.iter().take(WIDEST_OF).map(columns_of).max().unwrap_or(0);
        let most = model.needed.iter().map(|&(_, count)| count).max();
        let of_counts = most.map_or(0, |most| pluralize(most, "action").len());
        Self {
            above: text().above(),
            rows: model.answer.scopes.len(),
            unfolded: row.unwrap_or(0),
            under: scope.map_or_else(Vec::new, |&scope| text().about(scope)),
            columns: columns - 1,
            of_names: of_names.min((columns - 1).saturating_sub(of_counts + 2)),
            of_counts,
        }
    }

    pub fn height(&self) -> usize {
        self.line_of(self.rows)
    }

    /// The first line of a scope; of the one after the last, that below all others.
    fn line_of(&self, row: usize) -> usize {
        self.above.len() + row + if row > self.unfolded { self.under.len() } else { 0 }
    }

    /// The lines of a scope; for the first also all that stands above it if there is room for both, so
    /// that going up to it shows the beginning.
    pub fn lines_of(&self, row: usize, room: u16) -> Range<usize> {
        let end = self.line_of(row + 1);
        let start = if row == 0 && end <= room.into() { 0 } else { self.line_of(row) };
        start..end
    }

    /// The scope that a line belongs to, and its text. The row of the scope itself has none yet.
    fn at(&self, line: usize) -> (Option<usize>, Option<&Line<'static>>) {
        let Some(below) = line.checked_sub(self.above.len()) else {
            return (None, self.above.get(line));
        };
        let under = below.checked_sub(self.unfolded + 1);
        match under.map(|line| self.under.get(line)) {
            None => (Some(below), None),
            Some(Some(line)) => (Some(self.unfolded), Some(line)),
            Some(None) => (Some(below - self.under.len()), None),
        }
    }

    fn row(&self, model: &Model, scope: ScopeIndex, count: usize, theme: Theme) -> Line<'static> {
        let Self { columns, of_names, of_counts, .. } = *self;
        let focused = model.focused_scope() == Some(scope);
        let name = fit::shown(model.catalog().scope(scope), of_names);
        let gap = " ".repeat(of_names.saturating_sub(fit::width(&name)));
        let text = format!("{gap}  {:<of_counts$}", pluralize(count, "action"));
        let room = columns.saturating_sub(of_names + of_counts + 4);
        let form_name = model.catalog().form_name(scope).filter(|_| room > 0);
        let form_name = form_name.map(|name| format!("  {}", fit::shown(name, room)));
        Line::from(vec![
            Span::styled(if focused { marks::CURSOR } else { " " }, theme.accent()),
            Span::styled(name.into_owned(), if focused { theme.row() } else { theme.plain() }),
            Span::styled(text, theme.muted()),
            Span::styled(form_name.unwrap_or_default(), theme.muted()),
        ])
    }

    /// The scope that has this line, counted from the answer's first.
    pub fn scope_at(&self, line: usize) -> Option<usize> {
        self.at(line).0.filter(|&row| row < self.rows)
    }
}

/// Lines of so many columns, the first of which is left blank.
struct Text<'a> {
    model: &'a Model,
    columns: usize,
    /// Whether there is room for blank lines, and for sentences.
    is_roomy: bool,
    theme: Theme,
    lines: Vec<Line<'static>>,
}

impl Text<'_> {
    /// All that stands above the scopes.
    fn above(mut self) -> Vec<Line<'static>> {
        self.joined();
        self.blank(!self.model.answer.scopes.is_empty());
        let before = self.lines.len();
        self.notes();
        self.blank(self.lines.len() > before);
        self.lines
    }

    fn blank(&mut self, separates: bool) {
        self.lines.extend((separates && self.is_roomy).then(Line::default));
    }

    fn wrapped(&mut self, text: &str, indent: usize, style: Style) {
        let text = fit::shown(text, fit::LONGEST);
        let indent = Span::raw(" ".repeat(1 + indent));
        self.lines.extend(hanging(indent, &text, style, self.columns));
    }

    fn joined(&mut self) {
        let (model, muted) = (self.model, self.theme.muted());
        if model.answer.scopes.is_empty() {
            let text = match model.selection.is_empty() {
                true => "Nothing is selected yet.".to_owned(),
                false => format!("{}.", model.answer.without_scopes(&model.refusals)),
            };
            return self.wrapped(&text, 0, muted);
        }
        let mut room = LONGEST_TEXT;
        let names = model.answer.scopes.iter().map_while(|scope| {
            let name = (room > 0).then(|| fit::shown(model.catalog().scope(scope), room))?;
            room = room.saturating_sub(name.len() + 1);
            Some(name)
        });
        let names: Vec<_> = names.collect();
        for (text, mark) in joined(&names, model.separator, self.columns - 1) {
            let spans = [Span::raw(" "), Span::raw(text), Span::styled(mark, muted)];
            self.lines.push(Line::from_iter(spans));
        }
        if room == 0 {
            self.wrapped("This is the beginning; all of it is copied.", 0, muted);
        }
    }

    fn notes(&mut self) {
        let (model, theme) = (self.model, self.theme);
        self.granted();
        self.warnings();
        self.lines
            .extend(model.answer.power.map(|power| power::line(power, self.columns - 1, theme)));
        let compares = model.answer.mode == Mode::Least && model.offers(Command::SwitchMode);
        let from_guide = model.answer.from_guide.as_ref().filter(|_| compares);
        match from_guide.filter(|_| !model.selection.is_empty()) {
            Some(Difference { add, remove }) if add.is_empty() && remove.is_empty() => {
                self.wrapped("The same as the guide's scopes.", 0, theme.muted());
            }
            Some(Difference { add, remove }) => {
                self.list(Difference::ADDED_TO_GUIDE, "+", add, theme.good());
                self.list(Difference::REMOVED_FROM_GUIDE, "-", remove, theme.muted());
            }
            None => {}
        }
    }

    /// The scopes that the app has, compared with the answer.
    fn granted(&mut self) {
        let (model, theme) = (self.model, self.theme);
        if let Some(words) = model.unknown_granted() {
            self.wrapped(&words, 0, theme.bad());
        }
        if let Some(change) = &model.to_change {
            self.list(GrantedChange::ADD, "+", &change.add, theme.good());
            self.list(GrantedChange::REMOVE, "-", &change.remove, theme.muted());
            let style = match (change.missing, change.uncertain) {
                (0, 0) => theme.good(),
                (0, _) => theme.strong(),
                _ => theme.bad(),
            };
            change.remark().iter().for_each(|words| self.wrapped(words, 0, style));
        } else if let Some(granted) = &model.granted {
            self.list(GrantedChange::NOW, "", &granted.scopes, theme.muted());
        }
    }

    /// In a low pane the one action that is refused is named on one line, where that fits.
    fn warnings(&mut self) {
        let (model, theme) = (self.model, self.theme);
        if model.answer.mode == Mode::Least {
            for caveat in &model.answer.caveats {
                self.wrapped(&format!("{} {caveat}", marks::UNCERTAIN), 0, theme.strong());
            }
            return;
        }
        let key = model.key_of(Command::SwitchMode).map(|key| key.to_string());
        let remedy = key.as_deref().unwrap_or("least privilege");
        let words = model.refusals.words(Refusals::FEW, model.catalog(), label, remedy);
        let Some(words) = words else { return };
        let (mark, style) = match model.refusals.counts.refused {
            0 => (marks::UNCERTAIN, theme.strong()),
            _ => (marks::REFUSED, theme.bad()),
        };
        let is_short = !self.is_roomy && key.is_some();
        let short = model.refusals.only().filter(|_| is_short).map(|action| {
            let accepts = model.catalog().accepted_words(action);
            let label = label(model.catalog().action(action));
            format!("{mark} {label} is refused: it takes {accepts}. {remedy}")
        });
        let short = short.filter(|text| fit::width(&sanitize(text)) < self.columns);
        self.wrapped(&short.unwrap_or_else(|| format!("{mark} {words}")), 0, style);
    }

    fn list(&mut self, title: &str, sign: &str, scopes: &ScopeSet, style: Style) {
        if scopes.is_empty() {
            return;
        }
        let name = |scope| fit::near(self.model.catalog().scope(scope), fit::LONGEST);
        let signed = scopes.iter().map(|scope| format!("{sign}{}", name(scope)));
        let listed = fit::listed(signed, " ", fit::LONGEST);
        self.wrapped(&format!("{title}  {listed}"), 0, style);
    }

    /// The description of a scope, and the actions that need it.
    fn about(mut self, (scope, count): (ScopeIndex, usize)) -> Vec<Line<'static>> {
        let (model, theme, catalog) = (self.model, self.theme, self.model.catalog());
        if let Some(facts) = catalog.facts(scope) {
            self.wrapped(&facts.description, 2, theme.muted());
        }
        if let Some(unlocked) = catalog.unlocked_words(scope) {
            self.wrapped(&format!("Unlocks {unlocked}."), 2, theme.muted());
        }
        if let Some(warning) = catalog.read_only_warning(scope) {
            self.wrapped(&warning, 2, theme.bad());
        }
        let needing = model.needing(scope).take(NAMED);
        let labels = needing.map(|action| catalog.action(action).label());
        let labels = fit::listed(labels, ", ", fit::LONGEST);
        let more = and_more(count.saturating_sub(NAMED));
        self.wrapped(&format!("For {labels}{more}."), 2, theme.plain());
        self.lines
    }
}
