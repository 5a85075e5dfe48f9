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
const WITHOUT_TABS: u16 = 20;
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
        let current = command == Command::Show(model.tab);
        let (key, word) = label;
        let line = if current {
            let gap = if key.is_empty() { "" } else { " " };
            Line::styled(format!("[{key}{gap}{word}]"), theme.accent())
        } else {
            Line::from(vec![
                Span::styled(format!(" {key} "), theme.key()),
                Span::styled(word, theme.muted()),
            ])
        };
        buffer.print_line(area, &line);
    }
    let columns = usize::from(layout.blurb.width);
    let is_described = model.catalog().is_described();
    let mut blurb = if is_described {
        " Select the actions you use; the scopes update.".to_owned()
    } else {
        " Select the actions you use; the scopes and the guide update.".to_owned()
    };
    if !connector.name.is_empty() && !is_described {
        let name = fit::shown(&connector.name, columns);
        let more = format!(" Some need extra setup in {name}.");
        let fits = fit::width(&blurb) + fit::width(&more) <= columns;
        blurb.push_str(if fits { &more } else { "" });
    }
    let blurb = fit::cut(&blurb, columns);
    buffer.print_line(layout.blurb, &Line::styled(blurb, theme.muted()));
}

/// The tabs and the help, with the key that does the same as a click.
pub fn placed(model: &Model, title: Rect) -> Vec<(Command, Rect, (String, &'static str))> {
    let key = |command, focus| {
        model.keymap.key(command, focus).map_or_else(String::new, |key| key.to_string())
    };
    let focus = match model.tab {
        Tab::Panel => model.focus(),
        Tab::Guide => Focus::Browsing(Pane::Actions),
    };
    let tab = |tab| {
        let own = key(Command::Show(tab), focus);
        // While letters are typed, one key shows the other screen.
        if own.is_empty() && tab != model.tab { key(Command::SwitchTab, focus) } else { own }
    };
    let labels = [
        (Command::Show(Tab::Panel), tab(Tab::Panel), "Actions"),
        (Command::Show(Tab::Guide), tab(Tab::Guide), "Guide"),
        (Command::Help, key(Command::Help, model.focus()), "help"),
    ];
    // Where there is no room for both, the one to go to is shown.
    let is_shown = |command| match command {
        Command::Show(_) if model.catalog().is_described() => false,
        command => title.width >= ROOM_FOR_TABS || command != Command::Show(model.tab),
    };
    let shown: Vec<_> = labels.into_iter().filter(|(command, ..)| is_shown(*command)).collect();
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
