use ratatui::text::{Line, Span};

use super::labels::{self, Label};
use super::layout::Layout;
use super::status;
use super::theme::Theme;
use crate::app::{Command, Model, Target};

/// The buttons, each with the key that does the same.
pub fn of(model: &Model, layout: &Layout, theme: Theme) -> Vec<Label> {
    let button = |label: &str, command| {
        let line = Line::from(vec![
            Span::styled("[ ", theme.muted()),
            Span::styled(format!("{label} "), theme.plain()),
            Span::styled(model.key(command), theme.key()),
            Span::styled(" ]", theme.muted()),
        ]);
        (line, Some(Target::Button(command)))
    };
    let select = match model.listed.len() {
        all if all == model.catalog().len() => "Select all".to_owned(),
        listed => format!("Select all {listed}"),
    };
    let on_the_list = [button(&select, Command::SelectListed), button("Clear", Command::Clear)];
    let mut buttons = labels::in_a_row(status::beside(model, layout.status), 1, on_the_list);
    let copy_scopes = [button("Copy scopes", Command::CopyScopes)];
    buttons.extend(labels::in_a_row(layout.copy_scopes, 1, copy_scopes));
    if !model.catalog().is_described() {
        let copy_url = [button("Copy URL", Command::CopyUrl)];
        buttons.extend(labels::in_a_row(layout.copy_url, 1, copy_url));
    }
    buttons
}
