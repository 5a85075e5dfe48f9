use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Offset, Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;

use super::{Layout, Print, Theme, fit, marks};
use crate::app::{Command, Focus, Listing, Loading, Model, Pane};
use crate::domain::{Action, ActionIndex, Catalog, Coverage, Mode};

/// Columns before a label: the cursor's mark, a gap, the box, a gap.
const BEFORE_LABEL: u16 = 6;
/// Columns for label and scopes below which a label is worth more than its scopes.
const NARROW: u16 = 30;
/// The column between a row's scopes and the edge of the table.
const AFTER_SCOPES: u16 = 1;

/// Paints the table. Returns the place of the cursor's row if it is on the screen.
pub fn paint(
    model: &Model,
    layout: &Layout,
    theme: Theme,
    buffer: &mut Buffer,
) -> Option<Position> {
    header(model, layout.header, theme, buffer);
    if model.listed.is_empty() {
        let area = layout.list.offset(Offset::new(2, 0)).intersection(layout.list);
        buffer.print_line(area, &Line::styled(nothing(model), theme.muted()));
        return None;
    }
    for (area, row) in layout.list.rows().zip(model.cursor.shown()) {
        paint_row(model, row, area, theme, buffer);
    }
    let down = model.cursor.row()?.checked_sub(model.cursor.shown().start)?;
    let y = layout.list.y + u16::try_from(down).ok()?;
    (model.focus() == Focus::Browsing(Pane::Actions)).then(|| Position::new(layout.list.x + 3, y))
}

fn header(model: &Model, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let label = area.offset(Offset::new(BEFORE_LABEL.into(), 0)).intersection(area);
    buffer.print_line(label, &Line::styled("Action", theme.muted()));
    let scopes = Rect { width: label.width.saturating_sub(AFTER_SCOPES), ..label };
    let title = match model.answer.mode {
        Mode::Least if model.catalog().is_described() => "Accepts",
        Mode::Least if !model.offers(Command::SwitchMode) => "Scope(s)",
        Mode::Guide => "Scope(s)",
        Mode::Least => "Guide's scope(s)",
    };
    buffer.print_line(scopes, &Line::styled(title, theme.muted()).right_aligned());
}

fn nothing(model: &Model) -> &'static str {
    match model.loading {
        Loading::Reading { .. } => return "Loading actions...",
        Loading::Stopped => return "Loading was stopped, so there are no actions.",
        Loading::Whole => {}
    }
    if model.finding.is_pending() {
        return "Searching...";
    }
    let is_found = !model.finding.found.is_empty();
    match model.listing {
        Listing::OnlySelected if model.selection.is_empty() => "Nothing is selected.",
        Listing::OnlyCovered if model.query.is_empty() => "No action is covered.",
        Listing::All if model.catalog().is_empty() => "The catalog has no actions.",
        Listing::OnlySelected if is_found => "No selected action matches your search.",
        Listing::OnlyCovered if is_found => "No covered action matches your search.",
        Listing::All | Listing::OnlySelected | Listing::OnlyCovered => {
            "No actions match your search."
        }
    }
}

fn paint_row(model: &Model, row: usize, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let Some(&index) = model.listed.get(row) else {
        return;
    };
    let current = model.cursor.row() == Some(row);
    let catalog = model.catalog();
    let action = catalog.action(index);
    let is_selected = model.selection.contains(index);
    let base = if current { theme.row() } else { theme.plain() };

    if current {
        buffer.print((area.x, area.y), marks::CURSOR, area.width, theme.accent());
    }
    let (about, style) = about(model, index, theme);
    buffer.print((area.x + 1, area.y), about, area.width.saturating_sub(1), style);
    let (mark, style) = if is_selected { ("[x]", theme.ticked()) } else { ("[ ]", theme.muted()) };
    buffer.print((area.x + 2, area.y), mark, area.width.saturating_sub(2), style);

    let room = area.width.saturating_sub(BEFORE_LABEL + AFTER_SCOPES);
    // One column more than there is room for tells that there is more.
    let enough = usize::from(room) + 1;
    let mut highlights = model.finding.search.highlights(catalog, action, fit::near_bytes(enough));
    let scopes = scope_names(catalog, action, enough, &mut highlights.scopes);
    let verdict = model.verdict(index);
    let mark = marks::of_verdict(verdict);
    let words = match scopes[..] {
        _ if catalog.is_described() => {
            fit::shown(&catalog.abbreviate(&catalog.accepted_words(index)), enough).into_owned()
        }
        [] => "no scope needed".to_owned(),
        _ => scopes.join(" "),
    };
    let scopes_text = if mark.is_empty() { words } else { format!("{mark} {words}") };
    let label = fit::shown(action.label(), enough);
    let label_columns = fit::columns(&label);
    let scopes_columns = scopes_room(room, label_columns, fit::columns(&scopes_text));
    let scopes_columns = scopes_columns.max(fit::columns(mark)).min(room);
    let gap = if scopes_columns > 0 { gap(room) } else { 0 };
    let width = room.saturating_sub(scopes_columns + gap);
    let label_area = Rect { x: area.x + BEFORE_LABEL, width, ..area };
    let styles = |base: Style| [base, base.patch(theme.matched())];
    marked(&label, &highlights.label, styles(base), label_area, buffer);

    let x = area.right().saturating_sub(AFTER_SCOPES + scopes_columns);
    let scopes_area = Rect { x, width: scopes_columns, ..area };
    // Not bold on the cursor's row: moving it would repaint them on two rows.
    let style = if mark.is_empty() { theme.muted() } else { theme.plain() };
    let highlighted = within(&scopes_text, &scopes, &highlights.scopes);
    marked(&scopes_text, &highlighted, styles(style), scopes_area, buffer);
    let style = marks::verdict_style(verdict, theme);
    buffer.print((scopes_area.x, area.y), mark, scopes_area.width, style);
}

/// The names of an action's scopes, abbreviated and as far as they are shown. Moves their highlights along.
fn scope_names(
    catalog: &Catalog,
    action: Action<'_>,
    enough: usize,
    highlights: &mut [Vec<usize>],
) -> Vec<String> {
    let name = |(place, name): (usize, &str)| {
        let short = catalog.abbreviate(name);
        if let (Cow::Owned(short), Some(found)) = (&short, highlights.get_mut(place)) {
            // Only what is behind `…/` stands in both.
            let left_out = name.chars().count() - short.chars().count();
            found.retain(|&place| place >= left_out + "…/".chars().count());
            found.iter_mut().for_each(|place| *place -= left_out);
        }
        fit::shown(&short, enough).into_owned()
    };
    action.scope_names().take(enough).enumerate().map(name).collect()
}

/// The least columns between a label and its scopes.
fn gap(room: u16) -> u16 {
    if room < NARROW { 1 } else { 2 }
}

/// The scopes take what the label leaves, and at most half of the row from a longer label; in a
/// narrow row they take nothing from it; their mark always has room.
fn scopes_room(room: u16, label: u16, scopes: u16) -> u16 {
    let left = room.saturating_sub(label.saturating_add(gap(room)));
    if room >= NARROW {
        scopes.min(left.max(room / 2))
    } else if scopes <= left {
        scopes
    } else {
        // For the ellipsis: without a sign it would look as if there were none.
        left.min(1)
    }
}

/// Marks an action that needs the focused scope, or that the granted scopes cover.
fn about(model: &Model, index: ActionIndex, theme: Theme) -> (&'static str, Style) {
    if model.needs_focused_scope(index) {
        return (marks::NEEDS_SCOPE, theme.accent());
    }
    let coverage = model.coverage(index).unwrap_or(Coverage::Missing);
    let style = match coverage {
        Coverage::Covered => theme.good(),
        Coverage::Uncertain | Coverage::Missing => theme.strong(),
    };
    (marks::of_coverage(coverage), style)
}

/// The highlights of each scope as places in a text that names them, such as
/// `(files or files.read) and users.read`.
fn within(text: &str, scopes: &[String], highlights: &[Vec<usize>]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut start = 0;
    for word in text.split(' ') {
        let name = word.trim_start_matches('(');
        let begin = start + word.chars().count() - name.chars().count();
        let name = name.trim_end_matches(')');
        let found = scopes.iter().position(|scope| scope == name);
        let found = found.and_then(|scope| highlights.get(scope));
        places.extend(found.into_iter().flatten().map(|place| begin + place));
        start += word.chars().count() + 1;
    }
    places
}

/// Paints `text` in the first style, and the characters at `places`, which rise, in the second.
fn marked(
    text: &str,
    places: &[usize],
    [plain, matched]: [Style; 2],
    area: Rect,
    buffer: &mut Buffer,
) {
    let cut = fit::cut(text, usize::from(area.width));
    if places.is_empty() {
        buffer.print((area.x, area.y), &cut, area.width, plain);
        return;
    }
    let mut places = places.iter().copied().peekable();
    let (mut x, mut character) = (area.x, 0);
    for grapheme in cut.graphemes(true) {
        let end = character + grapheme.chars().count();
        let mut found = false;
        while places.next_if(|&place| place < end).is_some() {
            found = true;
        }
        let style = if found { matched } else { plain };
        x = buffer.print((x, area.y), grapheme, area.right().saturating_sub(x), style);
        character = end;
    }
}
