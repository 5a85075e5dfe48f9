use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::fit;
use super::layout::Layout;
use super::print::Print;
use super::theme::Theme;
use crate::app::{Command, Model, Target};
use crate::domain::{Mode, Separator};

/// One of several values, of which one is chosen.
struct Choice {
    label: &'static str,
    chosen: bool,
    target: Target,
}

/// Paints the separators and the modes, each row with the key that goes to the next.
pub fn paint(model: &Model, layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    for (title, area, choices, next) in rows(model, layout) {
        buffer.print((area.x, area.y), title, area.width, theme.muted());
        let placed = placed(beside(title, area), choices);
        let end = placed.last().map_or(area.left(), |(_, last)| last.right());
        for (choice, area) in placed {
            let (text, style) = if choice.chosen {
                (format!("[{}]", choice.label), theme.accent())
            } else {
                (format!(" {} ", choice.label), theme.plain())
            };
            buffer.print((area.x, area.y), &text, area.width, style);
        }
        let key = model.keymap.key(next, model.focus());
        let key = key.map(|key| key.to_string()).unwrap_or_default();
        let room = area.right().saturating_sub(end);
        if fit::width(&key) < usize::from(room) {
            buffer.print((end + 1, area.y), &key, room, theme.key());
        }
    }
}

/// What a click at each place chooses.
pub fn targets(model: &Model, layout: &Layout) -> Vec<(Target, Rect)> {
    rows(model, layout)
        .into_iter()
        .flat_map(|(title, area, choices, _)| placed(beside(title, area), choices))
        .map(|(choice, area)| (choice.target, area))
        .collect()
}

/// What a title leaves of its row.
fn beside(title: &str, area: Rect) -> Rect {
    let taken = fit::columns(title).min(area.width);
    Rect { x: area.x + taken, width: area.width - taken, ..area }
}

/// Each row: what it is about, where it stands, its choices, and the command that goes to the next.
fn rows(model: &Model, layout: &Layout) -> Vec<(&'static str, Rect, Vec<Choice>, Command)> {
    let separators = Separator::ALL.map(|separator| Choice {
        label: separator.name(),
        chosen: separator == model.separator,
        target: Target::Separator(separator),
    });
    let modes = [Mode::Guide, Mode::Least].map(|mode| Choice {
        label: mode.title(),
        chosen: mode == model.mode,
        target: Target::Mode(mode),
    });
    let mut rows =
        vec![("Separator ", layout.separators, Vec::from(separators), Command::NextSeparator)];
    if model.catalog().reference().is_some() && !model.catalog().is_described() {
        rows.push(("", layout.modes, Vec::from(modes), Command::SwitchMode));
    }
    rows
}

/// All side by side, or the chosen one alone where not all have room.
fn placed(area: Rect, choices: Vec<Choice>) -> Vec<(Choice, Rect)> {
    let needed: usize = choices.iter().map(|choice| fit::width(choice.label) + 2).sum();
    let all_fit = needed <= usize::from(area.width);
    let mut x = area.x;
    let mut placed = Vec::with_capacity(choices.len());
    for choice in choices.into_iter().filter(|choice| all_fit || choice.chosen) {
        let columns = fit::as_columns(fit::width(choice.label) + 2);
        if area.is_empty() || columns > area.right().saturating_sub(x) {
            break;
        }
        placed.push((choice, Rect { x, width: columns, ..area }));
        x += columns;
    }
    placed
}
