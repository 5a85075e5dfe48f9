use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::fit;
use super::layout::Layout;
use super::print::Print;
use super::status;
use super::theme::Theme;
use crate::app::{Command, Model};

/// A word that can be clicked, with the key that does the same.
pub struct Button {
    pub command: Command,
    pub area: Rect,
    label: String,
    key: String,
}

/// The buttons that have room. They are drawn and clicked by the same list.
pub fn placed(model: &Model, layout: &Layout) -> Vec<Button> {
    let listed = model.listed.len();
    let select = if listed == model.catalog().len() {
        "Select all".to_owned()
    } else {
        format!("Select all {listed}")
    };
    let mut buttons = row_of(
        status::beside(model, layout.status),
        model,
        [(select, Command::SelectListed), ("Clear".into(), Command::Clear)],
    );
    buttons.extend(row_of(
        layout.copy_scopes,
        model,
        [("Copy scopes".into(), Command::CopyScopes)],
    ));
    if !model.catalog().is_described() {
        buttons.extend(row_of(layout.copy_url, model, [("Copy URL".into(), Command::CopyUrl)]));
    }
    buttons
}

fn row_of<const N: usize>(area: Rect, model: &Model, asked: [(String, Command); N]) -> Vec<Button> {
    let mut left = area.left() + 1;
    let mut buttons = Vec::with_capacity(N);
    for (label, command) in asked {
        let key = model.keymap.key(command, model.focus());
        let key = key.map(|key| key.to_string()).unwrap_or_default();
        let columns = fit::as_columns(fit::width(&label) + fit::width(&key) + 5);
        if area.is_empty() || left.saturating_add(columns) > area.right() {
            break;
        }
        buttons.push(Button {
            command,
            area: Rect { x: left, width: columns, ..area },
            label,
            key,
        });
        left += columns + 1;
    }
    buttons
}

pub fn paint(button: &Button, theme: Theme, buffer: &mut Buffer) {
    let Position { mut x, y } = button.area.as_position();
    for (text, style) in [
        ("[ ", theme.muted()),
        (button.label.as_str(), theme.plain()),
        (" ", theme.plain()),
        (button.key.as_str(), theme.key()),
        (" ]", theme.muted()),
    ] {
        x = buffer.print((x, y), text, button.area.right() - x, style);
    }
}
