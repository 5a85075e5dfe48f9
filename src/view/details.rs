use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::theme::Theme;
use crate::app::Model;
use crate::domain::{Change, ScopeIndex, visible};

/// The highlighted action: its id, its scopes, and what ticking or unticking it would change.
pub fn paint(model: &Model, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let (Some(index), Some(change)) = (model.highlighted(), model.change()) else {
        return;
    };
    let action = model.catalog().action(index);
    let needs = match action.scopes() {
        [] => "needs no scope".to_owned(),
        scopes => format!("needs {}", names(model, scopes)),
    };
    let line = Line::from(vec![
        Span::styled(format!(" {}", visible(action.id())), theme.strong()),
        Span::styled(format!("   {needs}   "), theme.muted()),
        Span::styled(consequence(model, &change), theme.plain()),
    ]);
    line.render(area, buffer);
}

fn consequence(model: &Model, change: &Change) -> String {
    match change {
        Change::Adds(scopes) if scopes.is_empty() => "already covered".to_owned(),
        Change::Adds(scopes) => format!("ticking adds {}", names(model, scopes)),
        Change::Drops(scopes) if scopes.is_empty() => "unticking drops nothing".to_owned(),
        Change::Drops(scopes) => format!("unticking drops {}", names(model, scopes)),
    }
}

fn names(model: &Model, scopes: &[ScopeIndex]) -> String {
    let names: Vec<_> = scopes.iter().map(|&scope| visible(model.catalog().scope(scope))).collect();
    names.join(" ")
}
