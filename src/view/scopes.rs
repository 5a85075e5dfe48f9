use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::fit;
use super::layout::Layout;
use super::theme::Theme;
use crate::app::{Command, Focus, Model, Pane};
use crate::domain::{ScopeIndex, Separator, visible};

const TITLE: &str = "Scopes selected";
/// Stands for a space or a newline between two scopes where a line ends and neither would be seen.
const SPACE: &str = "␣";
const NEWLINE: &str = "↵";

pub fn paint(model: &Model, layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    heading(model, layout.scopes_heading, theme, buffer);
    let content = content(model, layout.scopes.width, theme);
    let shown = content.into_iter().skip(model.scopes_scroll().first());
    for (line, area) in shown.zip(layout.scopes.rows()) {
        line.render(area, buffer);
    }
    for (separator, area) in separators(layout.separators, model.separator()) {
        let chosen = separator == model.separator();
        let (text, style) = if chosen {
            (format!("[{}]", separator.name()), theme.accent())
        } else {
            (format!(" {} ", separator.name()), theme.plain())
        };
        buffer.set_stringn(area.x, area.y, text, usize::from(area.width), style);
    }
    separator_label(model, layout.separators, theme, buffer);
}

/// How many lines the pane would fill.
pub fn lines(model: &Model, columns: u16) -> usize {
    content(model, columns, Theme::COLOURLESS).len()
}

/// Each separator and where it is clicked; the chosen one alone where not all have room.
pub fn separators(area: Rect, chosen: Separator) -> Vec<(Separator, Rect)> {
    let all = in_a_row(area, &Separator::ALL);
    if all.len() == Separator::ALL.len() { all } else { in_a_row(area, &[chosen]) }
}

/// As many as fit, side by side.
fn in_a_row(area: Rect, separators: &[Separator]) -> Vec<(Separator, Rect)> {
    let mut x = area.x;
    let mut placed = Vec::new();
    for &separator in separators {
        let columns = u16::try_from(separator.name().len() + 2).unwrap_or(u16::MAX);
        if area.is_empty() || x.saturating_add(columns) > area.right() {
            break;
        }
        placed.push((separator, Rect { x, width: columns, ..area }));
        x += columns;
    }
    placed
}

/// The key that goes to the next one, where there is room behind them.
fn separator_label(model: &Model, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let end = separators(area, model.separator()).last().map_or(area.x, |(_, last)| last.right());
    let Some(key) = Command::NextSeparator.key(model.focus()) else {
        return;
    };
    let key = key.short();
    let room = usize::from(area.right().saturating_sub(end));
    if fit::width(&key) < room {
        buffer.set_stringn(end + 1, area.y, &key, room, theme.key());
    }
}

fn heading(model: &Model, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let focused = model.focus() == Focus::Browsing(Pane::Scopes);
    let style = if focused { theme.accent() } else { theme.strong() };
    let mark = if focused { "▌" } else { " " };
    Line::from(vec![Span::styled(mark, style), Span::styled(TITLE, style)]).render(area, buffer);

    let count = model.answer().scopes().len();
    let below = model.scopes_scroll().below();
    let count = format!("{count} {} ", if count == 1 { "scope" } else { "scopes" });
    let with_below = format!("{below} lines below, {count}");
    let room = usize::from(area.width).saturating_sub(TITLE.len() + 2);
    let text = if below > 0 && fit::width(&with_below) <= room { with_below } else { count };
    Line::from(Span::styled(text, theme.strong())).right_aligned().render(area, buffer);
}

/// The joined text as it will be copied, then each scope with the number of actions that need it.
fn content(model: &Model, columns: u16, theme: Theme) -> Vec<Line<'static>> {
    let columns = usize::from(columns);
    let scopes: Vec<_> = model.answer().scopes().iter().collect();
    if scopes.is_empty() {
        let text = if model.selection().is_empty() {
            "Nothing is ticked yet."
        } else {
            "The ticked actions need no scope."
        };
        return vec![Line::styled(fit::cut(text, columns).into_owned(), theme.muted())];
    }
    let names: Vec<_> = scopes.iter().map(|&scope| visible(model.catalog().scope(scope))).collect();
    let mut lines: Vec<_> = joined(&names, model.separator(), columns)
        .into_iter()
        .map(|(text, mark)| Line::from(vec![Span::raw(text), Span::styled(mark, theme.muted())]))
        .collect();
    lines.push(Line::default());
    lines.extend(scopes.iter().map(|&scope| need(model, scope, columns, theme)));
    lines
}

/// The joined text in lines, each with the mark of a separator that would not be seen at its end.
fn joined<S: AsRef<str>>(
    names: &[S],
    separator: Separator,
    columns: usize,
) -> Vec<(String, &'static str)> {
    let mark = match separator {
        Separator::Space => SPACE,
        Separator::Newline => NEWLINE,
        Separator::Comma | Separator::Semicolon | Separator::Pipe => "",
    };
    let mut lines = Vec::new();
    let mut line = String::new();
    for (place, name) in names.iter().enumerate() {
        let last = place + 1 == names.len();
        let mut token = name.as_ref().to_owned();
        if !last && mark.is_empty() {
            token.push(separator.char());
        }
        // The mark or the space that may follow needs a column too.
        let room = columns.saturating_sub(usize::from(!mark.is_empty())).max(1);
        if !line.is_empty() && fit::width(&line) + fit::width(&token) > room {
            let unspaced = line.trim_end_matches(' ').to_owned();
            lines.push((unspaced, mark));
            line.clear();
        }
        let mut pieces = fit::pieces(&token, room);
        let end = pieces.pop().unwrap_or_default();
        if !pieces.is_empty() {
            lines.extend(pieces.into_iter().map(|piece| (piece.to_owned(), "")));
        }
        line.push_str(end);
        match separator {
            _ if last => {}
            Separator::Newline => lines.push((std::mem::take(&mut line), mark)),
            Separator::Space => line.push(' '),
            Separator::Comma | Separator::Semicolon | Separator::Pipe => {}
        }
    }
    lines.push((line, ""));
    lines
}

fn need(model: &Model, scope: ScopeIndex, columns: usize, theme: Theme) -> Line<'static> {
    let count = model.catalog().needing(scope, model.selection()).count();
    let count = format!("  {count} {}", if count == 1 { "action" } else { "actions" });
    let name = visible(model.catalog().scope(scope)).into_owned();
    let room = columns.saturating_sub(fit::width(&count));
    let widest =
        model.answer().scopes().iter().map(|scope| fit::width(model.catalog().scope(scope)));
    let name_columns = widest.max().unwrap_or(0).min(room);
    let name = fit::cut(&name, name_columns).into_owned();
    let gap = " ".repeat(name_columns.saturating_sub(fit::width(&name)));
    Line::from(vec![Span::raw(name), Span::raw(gap), Span::styled(count, theme.muted())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(separator: Separator, columns: usize) -> Vec<String> {
        let names = ["deals:read", "deals:full", "users:read"];
        let lines = joined(&names, separator, columns);
        lines.into_iter().map(|(text, mark)| text + mark).collect()
    }

    #[test]
    fn a_separator_that_would_not_be_seen_gets_a_mark() {
        assert_eq!(shown(Separator::Space, 40), ["deals:read deals:full users:read"]);
        assert_eq!(shown(Separator::Space, 22), ["deals:read deals:full␣", "users:read"]);
        assert_eq!(shown(Separator::Newline, 40), ["deals:read↵", "deals:full↵", "users:read"]);
        assert_eq!(shown(Separator::Comma, 22), ["deals:read,deals:full,", "users:read"]);
    }

    #[test]
    fn a_scope_longer_than_the_pane_is_broken_and_loses_nothing() {
        for separator in Separator::ALL {
            for columns in 1..30 {
                let text: String = shown(separator, columns).concat();
                let kept = text.replace(['␣', '↵', ' ', ',', ';', '|'], "");
                assert_eq!(kept, "deals:readdeals:fullusers:read", "{separator:?} in {columns}");
            }
        }
    }
}
