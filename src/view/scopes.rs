use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::fit;
use super::joined::joined;
use super::layout::Layout;
use super::theme::Theme;
use super::verdict;
use crate::app::{Focus, Model, Pane};
use crate::domain::{Answer, GrantedChange, Mode, ScopeIndex, ScopeSet, Verdict, counted, visible};

/// How many of the actions that need a scope are named under it.
const NAMED: usize = 200;

/// The pane's text in lines, and where in it each scope of the answer has its own.
pub struct Content {
    lines: Vec<Line<'static>>,
    scopes: Vec<Range<usize>>,
}

pub fn paint(model: &Model, content: &Content, layout: &Layout, theme: Theme, canvas: &mut Canvas) {
    heading(model, layout.scopes_heading, theme, canvas);
    let shown = content.lines.iter().skip(model.scopes_scroll().first());
    for (line, area) in shown.zip(layout.scopes.rows()) {
        canvas.line(area, line);
    }
}

fn heading(model: &Model, area: Rect, theme: Theme, canvas: &mut Canvas) {
    let focused = model.focus() == Focus::Browsing(Pane::Scopes);
    let style = if focused { theme.accent() } else { theme.strong() };
    let mark = if focused { "▌" } else { " " };
    let title = match model.mode() {
        Mode::Guide => "Scopes selected",
        Mode::Least => "Least privilege",
    };
    canvas.line(area, &Line::from(vec![Span::styled(mark, style), Span::styled(title, style)]));

    let count = format!("{} ", counted(model.answer().scopes().len(), "scope"));
    let room = usize::from(area.width).saturating_sub(fit::width(title) + 2 + fit::width(&count));
    let warning = verdict::warning(model.verdicts(), room);
    let below = format!("{} below, ", counted(model.scopes_scroll().below(), "line"));
    let has_more =
        model.scopes_scroll().below() > 0 && fit::width(&warning) + fit::width(&below) <= room;
    let line = Line::from(vec![
        Span::styled(warning, theme.bad()),
        Span::styled(if has_more { below } else { String::new() }, theme.strong()),
        Span::styled(count, theme.strong()),
    ]);
    canvas.line(area, &line.right_aligned());
}

impl Content {
    /// The joined text as it will be copied, what is to be said of it, and each scope with the
    /// number of actions that need it. The first column is left to the cursor's mark.
    pub fn of(model: &Model, columns: u16, theme: Theme) -> Self {
        let columns = usize::from(columns).saturating_sub(1);
        let mut content = Self { lines: Vec::new(), scopes: Vec::new() };
        content.text(model, columns, theme);
        content.notes(model, columns, theme);
        let (names, counts) = widths(model, columns);
        for (scope, count) in model.needed() {
            let first = content.lines.len();
            content.scope(model, scope, count, (names, counts, columns), theme);
            content.scopes.push(first..content.lines.len());
        }
        content
    }

    pub fn height(&self) -> usize {
        self.lines.len()
    }

    /// The lines of a scope; for the first also all that stands above it, so that going up to it
    /// shows the beginning.
    pub fn lines_of(&self, row: usize) -> Range<usize> {
        let lines = self.scopes.get(row).cloned().unwrap_or_default();
        if row == 0 { 0..lines.end } else { lines }
    }

    /// The scope that has this line, counted from the answer's first.
    pub fn scope_at(&self, line: usize) -> Option<usize> {
        self.scopes.iter().position(|lines| lines.contains(&line))
    }

    fn push(&mut self, text: impl Into<String>, style: Style) {
        self.lines.push(Line::from(vec![Span::raw(" "), Span::styled(text.into(), style)]));
    }

    fn wrapped(&mut self, text: &str, columns: usize, indent: usize, style: Style) {
        for line in fit::wrap(text, columns.saturating_sub(indent).max(1)) {
            self.push(format!("{}{line}", " ".repeat(indent)), style);
        }
    }

    fn text(&mut self, model: &Model, columns: usize, theme: Theme) {
        let names = model.catalog().names(model.answer().scopes());
        if names.is_empty() {
            let text = if model.selection().is_empty() {
                "Nothing is ticked yet."
            } else {
                "The ticked actions need no scope."
            };
            return self.wrapped(text, columns, 0, theme.muted());
        }
        let names: Vec<_> = names.into_iter().map(visible).collect();
        for (text, mark) in joined(&names, model.separator(), columns) {
            self.lines.push(Line::from(vec![
                Span::raw(" "),
                Span::raw(text),
                Span::styled(mark, theme.muted()),
            ]));
        }
        self.lines.push(Line::default());
    }

    fn notes(&mut self, model: &Model, columns: usize, theme: Theme) {
        let before = self.lines.len();
        self.warnings(model, columns, theme);
        if model.mode() == Mode::Least && !model.selection().is_empty() {
            self.against_the_guide(model, columns, theme);
        }
        if let Some(change) = model.to_change() {
            self.against_granted(model, &change, columns, theme);
        }
        if self.lines.len() > before {
            self.lines.push(Line::default());
        }
    }

    fn warnings(&mut self, model: &Model, columns: usize, theme: Theme) {
        let uncertain = verdict::mark(Verdict::Uncertain);
        if model.mode() == Mode::Least {
            for doubt in model.answer().doubts() {
                self.wrapped(&format!("{uncertain}{doubt}"), columns, 0, theme.strong());
            }
            return;
        }
        let counts = model.verdicts();
        if counts.refused > 0 {
            let told = format!(
                "{}{} refused by {} with exactly these scopes",
                verdict::mark(Verdict::Refused),
                counted(counts.refused, "action"),
                visible(&model.catalog().connector().name)
            );
            self.wrapped(&told, columns, 0, theme.bad());
        }
        if counts.uncertain > 0 {
            let told = format!(
                "{uncertain}{} uncertain: versions or sources of its API disagree",
                counted(counts.uncertain, "action")
            );
            self.wrapped(&told, columns, 0, theme.strong());
        }
    }

    fn against_the_guide(&mut self, model: &Model, columns: usize, theme: Theme) {
        let catalog = model.catalog();
        let guide = Answer::of(catalog, model.selection(), model.separator());
        let added = model.answer().scopes().without(guide.scopes());
        let dropped = guide.scopes().without(model.answer().scopes());
        if added.is_empty() && dropped.is_empty() {
            return self.wrapped("The guide asks for the same.", columns, 0, theme.muted());
        }
        self.list("Added to the guide's:  ", "+", &added, model, columns, theme.good());
        self.list("Dropped from them:  ", "-", &dropped, model, columns, theme.muted());
    }

    fn against_granted(
        &mut self,
        model: &Model,
        GrantedChange { add, remove, keep }: &GrantedChange,
        columns: usize,
        theme: Theme,
    ) {
        if let Some(words) = model.unknown_granted() {
            self.wrapped(&words, columns, 0, theme.bad());
        } else if add.is_empty() && remove.is_empty() {
            let told = if keep.is_empty() {
                "Granted: exactly these."
            } else {
                "Granted: these, and what the API needs besides."
            };
            self.wrapped(told, columns, 0, theme.good());
        }
        self.list("Granted, to add:  ", "+", add, model, columns, theme.good());
        self.list("Granted, can go:  ", "-", remove, model, columns, theme.muted());
    }

    fn list(
        &mut self,
        title: &str,
        sign: &str,
        scopes: &ScopeSet,
        model: &Model,
        columns: usize,
        style: Style,
    ) {
        if scopes.is_empty() {
            return;
        }
        let names = model.catalog().names(scopes);
        let signed: Vec<_> = names.iter().map(|name| format!("{sign}{}", visible(name))).collect();
        self.wrapped(&format!("{title}{}", signed.join(" ")), columns, 0, style);
    }

    fn scope(
        &mut self,
        model: &Model,
        scope: ScopeIndex,
        count: usize,
        (names, counts, columns): (usize, usize, usize),
        theme: Theme,
    ) {
        let catalog = model.catalog();
        let focused = model.focused_scope() == Some(scope);
        let name = visible(catalog.scope(scope));
        let name = fit::cut(&name, names);
        let gap = " ".repeat(names.saturating_sub(fit::width(&name)));
        let told = format!("  {:<counts$}", counted(count, "action"));
        let form_name = catalog.form_name(scope).map(visible).unwrap_or_default();
        let room = columns.saturating_sub(names + fit::width(&told) + 2);
        let form_name = fit::cut(&form_name, room);
        self.lines.push(Line::from(vec![
            Span::styled(if focused { "▌" } else { " " }, theme.accent()),
            Span::styled(name.into_owned(), if focused { theme.row() } else { theme.plain() }),
            Span::raw(gap),
            Span::styled(told, theme.muted()),
            Span::styled(format!("  {form_name}"), theme.muted()),
        ]));
        if !focused {
            return;
        }
        if let Some(facts) = catalog.facts(scope) {
            self.wrapped(&visible(&facts.description), columns, 2, theme.muted());
        }
        let needing = catalog.needing(scope, model.selection(), model.mode());
        let labels = needing.map(|action| visible(catalog.action(action).label()));
        let labels = labels.take(NAMED).collect::<Vec<_>>().join(", ");
        let more = match count.checked_sub(NAMED) {
            None | Some(0) => String::new(),
            Some(more) => format!(" and {more} more"),
        };
        self.wrapped(&format!("For {labels}{more}."), columns, 2, theme.plain());
    }
}

/// The columns of the names and of the counts.
fn widths(model: &Model, columns: usize) -> (usize, usize) {
    let name = model.needed().map(|(scope, _)| fit::width(&visible(model.catalog().scope(scope))));
    let count = model.needed().map(|(_, count)| counted(count, "action").len());
    let counts = count.max().unwrap_or(0);
    (name.max().unwrap_or(0).min(columns.saturating_sub(counts + 2)), counts)
}
