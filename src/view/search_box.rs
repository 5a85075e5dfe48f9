use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::{Print, Theme, fit};
use crate::app::{Focus, Listing, Model, Query};
use crate::domain::sanitize;

/// Paints the box and the number of listed actions. Returns the place of the caret if it is on the screen.
pub fn paint(model: &Model, area: Rect, theme: Theme, buffer: &mut Buffer) -> Option<Position> {
    let typing = model.focus().types();
    let style = if typing { theme.accent() } else { theme.muted() };
    let (label, line, placeholder) = edited(model, area);
    let count_style = if model.listing == Listing::All { theme.muted() } else { theme.strong() };
    let count = Line::styled(count(model, label, area), count_style);
    buffer.print_line(area, &count.right_aligned());
    buffer.print((area.x, area.y), label, area.width, style);

    let field = field(model, label, area);
    let shown = Shown::of(line, field);
    let (text, style) = match line.is_empty() {
        true => (fit::cut(placeholder, field.width.into()), theme.muted()),
        false => (shown.text.into(), theme.strong()),
    };
    buffer.print((field.x, field.y), &text, field.width, style);
    typing.then(|| Position::new(field.x + shown.caret, field.y))
}

/// The place in the query, in characters, that a click at `column` means.
pub fn caret_at(model: &Model, area: Rect, column: u16) -> usize {
    let (label, line, _) = edited(model, area);
    let field = field(model, label, area);
    let shown = Shown::of(line, field);
    let columns = usize::from(column.saturating_sub(field.x));
    shown.hidden_characters + fit::head(&shown.text, columns).chars().count()
}

/// The label of the line that is typed in, the line, and what stands there while it is empty. The
/// footer has no room for the name of the focus where the list is alone.
fn edited(model: &Model, area: Rect) -> (&'static str, &Query, &'static str) {
    let is_short = area.width < 40 || model.is_list_alone;
    let (short, label, line, placeholder) = match model.focus() {
        Focus::Granting => {
            (" + ", " Granted  ", &model.granting.line, "Scopes that your app has today...")
        }
        Focus::Typing => (" > ", " Search  ", &model.query, "Search actions..."),
        Focus::Browsing(_) => (" / ", " Search  ", &model.query, "Search actions..."),
    };
    (if is_short { short } else { label }, line, placeholder)
}

/// The number of listed actions, in words if the field keeps room beside them.
fn count(model: &Model, label: &str, area: Rect) -> String {
    let total = model.catalog().len();
    let figures = format!(" {}/{total} ", model.listed.len());
    let words = if let Some(progress) = model.loading.progress() {
        format!(" loading {progress} ")
    } else if model.finding.is_pending() {
        format!(" searching {total} ")
    } else {
        match model.listing {
            Listing::All => figures.clone(),
            Listing::OnlySelected => format!(" selected only{figures}"),
            Listing::OnlyCovered => format!(" only covered{figures}"),
        }
    };
    let taken = fit::width(label) + fit::width(&words);
    if taken + LEAST_FIELD <= area.width.into() { words } else { figures }
}

fn field(model: &Model, label: &str, area: Rect) -> Rect {
    let count = fit::columns(&count(model, label, area));
    let label = fit::columns(label).min(area.width);
    Rect { x: area.x + label, width: (area.width - label).saturating_sub(count), ..area }
}

/// The part of the query that fits, chosen so that the caret is in it, with an ellipsis at each end
/// where there is more.
struct Shown {
    text: String,
    /// Columns from the start of the field.
    caret: u16,
    /// The characters before the text. An ellipsis at its beginning stands for one more.
    hidden_characters: usize,
}

/// The fewest columns of the field beside words.
const LEAST_FIELD: usize = 8;

/// The fewest columns with room for two ellipses and a wide character between them.
const LEAST_MARKED: usize = 4;

impl Shown {
    fn of(line: &Query, field: Rect) -> Self {
        let (before, after) = line.around_caret();
        let (before, after) = (&*sanitize(before), &*sanitize(after));
        let columns = usize::from(field.width);
        let mark = if columns < LEAST_MARKED { "" } else { "…" };
        // The character at the caret, or the caret itself at the end, and the mark behind it.
        let at_caret = fit::piece(after, 1);
        let follows = if at_caret.len() < after.len() { fit::width(mark) } else { 0 };
        let room = columns.saturating_sub(fit::width(at_caret).max(1) + follows);
        let is_scrolled = fit::tail(before, room).len() < before.len();
        let start = if is_scrolled { mark } else { "" };
        let tail = fit::tail(before, room.saturating_sub(fit::width(start)));
        let caret = fit::width(start) + fit::width(tail);
        let room = columns.saturating_sub(caret);
        let rest =
            if mark.is_empty() { fit::head(after, room).into() } else { fit::cut(after, room) };
        let hidden = before[..before.len() - tail.len()].chars().count();
        Self {
            text: format!("{start}{tail}{rest}"),
            caret: fit::as_columns(caret),
            hidden_characters: hidden.saturating_sub(start.chars().count()),
        }
    }
}
