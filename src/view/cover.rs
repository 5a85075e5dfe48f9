use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::fit;
use super::theme::Theme;
use crate::app::{Command, Cover, Focus, Group, Model, Pane};
use crate::domain::visible;

pub fn paint(model: &Model, cover: &Cover, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let shown =
        content(model, cover, area.width, theme).into_iter().skip(model.cover_scroll().first());
    for (line, row) in shown.zip(area.rows()) {
        line.render(row, buffer);
    }
}

/// How many lines the cover would fill.
pub fn lines(model: &Model, cover: &Cover, columns: u16) -> usize {
    content(model, cover, columns, Theme::COLOURLESS).len()
}

fn content(model: &Model, cover: &Cover, columns: u16, theme: Theme) -> Vec<Line<'static>> {
    match cover {
        Cover::Help => help(model, theme),
        Cover::Uncopied { text, reason } => {
            uncopied(model, text, reason, usize::from(columns), theme)
        }
    }
}

fn help(model: &Model, theme: Theme) -> Vec<Line<'static>> {
    let mut lines = vec![Line::from(vec![Span::styled(
        format!(" {:<20}{:<18}", "typing", "browsing"),
        theme.muted(),
    )])];
    for group in Group::ALL {
        lines.push(Line::styled(format!(" {}", group.title()), theme.accent()));
        for row in model.keymap().rows().iter().filter(|row| row.binding.group == group) {
            lines.push(Line::from(vec![
                Span::styled(format!(" {:<20}", names(row.keys(Focus::Typing))), theme.key()),
                Span::styled(
                    format!("{:<18}", names(row.keys(Focus::Browsing(Pane::Actions)))),
                    theme.key(),
                ),
                Span::styled(row.binding.words, theme.plain()),
            ]));
        }
        lines.push(Line::default());
    }
    lines.push(Line::styled(
        " The mouse ticks and presses too. Hold Shift to select text; --no-mouse leaves it to the terminal.",
        theme.muted(),
    ));
    lines
}

fn names(keys: &[crate::app::Key]) -> String {
    let names: Vec<_> = keys.iter().take(2).map(ToString::to_string).collect();
    names.join(" ")
}

/// The text stands alone, from the first column on and without marks, so that a mouse takes it as
/// it is.
fn uncopied(
    model: &Model,
    text: &str,
    reason: &str,
    columns: usize,
    theme: Theme,
) -> Vec<Line<'static>> {
    let key = model.keymap().key(Command::Back, model.focus());
    let back = key.map(|key| format!("; {key} goes back")).unwrap_or_default();
    let told = format!("Not copied: {reason}. Take the text with the mouse{back}.");
    let mut lines: Vec<_> = fit::wrap(&visible(&told), columns.max(1))
        .into_iter()
        .map(|line| Line::styled(line, theme.muted()))
        .collect();
    lines.push(Line::default());
    for line in text.lines() {
        let line = visible(line);
        lines.extend(
            fit::pieces(&line, columns).into_iter().map(|piece| Line::raw(piece.to_owned())),
        );
    }
    lines
}
