use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::fit;
use super::layout::Layout;
use super::print::Print;
use super::theme::Theme;
use crate::app::{Command, Focus, Model, Pane, Tab};

/// Columns at the right of the title that the tabs and the help take, and those without the tabs.
const WITH_TABS: u16 = 36;
const WITHOUT_TABS: u16 = 9;
/// From this width on there is room for tabs beside the connector's name.
const ROOM_FOR_TABS: u16 = 74;

pub fn paint(model: &Model, layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    let connector = model.catalog().connector();
    let taken = if layout.title.width < ROOM_FOR_TABS { WITHOUT_TABS } else { WITH_TABS };
    let room = layout.title.width.saturating_sub(taken);
    let names = std::iter::once(&connector.name).chain(&connector.method);
    let about = format!("  {}", fit::listed(names, ", ", usize::from(room)));
    let title = Line::from(vec![
        Span::styled(" pdscopes", theme.accent()),
        Span::styled(about, theme.plain()),
    ]);
    buffer.print_line(Rect { width: room, ..layout.title }, &title);
    for (command, area, label) in placed(model, layout.title) {
        let current = command == Command::Show(model.tab());
        let (key, word) = label;
        let line = if current {
            Line::styled(format!("[{key} {word}]"), theme.accent())
        } else {
            Line::from(vec![
                Span::styled(format!(" {key} "), theme.key()),
                Span::styled(word, theme.muted()),
            ])
        };
        buffer.print_line(area, &line);
    }
    let mut blurb = " Tick what you use: scopes and guide follow.".to_owned();
    let columns = usize::from(layout.blurb.width);
    if !connector.name.is_empty() {
        let name = fit::shown(&connector.name, columns);
        blurb += &format!(" Some need more set-up at {name}.");
    }
    let blurb = fit::cut(&blurb, columns);
    buffer.print_line(layout.blurb, &Line::styled(blurb, theme.muted()));
}

/// The tabs and the help, with the key that does the same as a click.
pub fn placed(model: &Model, title: Rect) -> Vec<(Command, Rect, (String, &'static str))> {
    let key = |command, focus| {
        model.keymap().key(command, focus).map_or_else(String::new, |key| key.short())
    };
    let browsing = Focus::Browsing(Pane::Actions);
    let labels = [
        (Command::Show(Tab::Panel), "Actions", browsing),
        (Command::Show(Tab::Guide), "Guide", browsing),
        (Command::Help, "help", model.focus()),
    ]
    .map(|(command, word, focus)| (command, key(command, focus), word));
    let shown = if title.width < ROOM_FOR_TABS { &labels[2..] } else { &labels[..] };
    let mut right = title.right();
    let mut placed = Vec::with_capacity(shown.len());
    for (command, key, word) in shown.iter().rev() {
        let columns = fit::as_columns(fit::width(key) + fit::width(word) + 3);
        if title.is_empty() || columns > right.saturating_sub(title.left()) {
            break;
        }
        right -= columns;
        placed.push((*command, Rect { x: right, width: columns, ..title }, (key.clone(), *word)));
    }
    placed
}
