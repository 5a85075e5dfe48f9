use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::labels::{self, Label};
use super::{Layout, Print, Theme, fit};
use crate::app::{Command, Focus, Model, Overlay, Tab, Target};

const PROGRAM: &str = " pdscopes";
/// Columns at the right of the title that the tabs and the help take, and those without the tabs.
const WITH_TABS: u16 = 36;
const WITHOUT_TABS: u16 = 20;
/// From this width on there is room for tabs beside the connector's name.
const ROOM_FOR_TABS: u16 = 74;

pub fn paint(model: &Model, layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    let connector = model.catalog().connector();
    let taken = if layout.title.width < ROOM_FOR_TABS { WITHOUT_TABS } else { WITH_TABS };
    let room = layout.title.width.saturating_sub(taken);
    let beside = usize::from(room).saturating_sub(PROGRAM.len() + 2);
    let title = connector.title();
    let fits = fit::width(&fit::shown(&title, beside + 1)) <= beside;
    let about = format!("  {}", fit::shown(if fits { &title } else { &connector.name }, beside));
    let title =
        Line::from(vec![Span::styled(PROGRAM, theme.accent()), Span::styled(about, theme.plain())]);
    buffer.print_line(Rect { width: room, ..layout.title }, &title);
    let columns = usize::from(layout.blurb.width);
    let with_guide = model.may_have_guide().then_some("; the scopes and the guide update.");
    let endings = with_guide.into_iter().chain(["; the scopes update.", "."]);
    let mut blurbs = endings.map(|ending| format!(" Select the actions you use{ending}"));
    let mut blurb = blurbs.find(|blurb| fit::width(blurb) <= columns).unwrap_or_default();
    if !connector.name.is_empty() && model.may_have_guide() {
        let name = fit::shown(&connector.name, columns);
        let more = format!(" Some need extra setup in {name}.");
        let fits = fit::width(&blurb) + fit::width(&more) <= columns;
        blurb.push_str(if fits { &more } else { "" });
    }
    buffer.print_line(layout.blurb, &Line::styled(blurb, theme.muted()));
}

/// The tabs and the help, with the key that does the same as a click.
pub fn labels(model: &Model, title: Rect, theme: Theme) -> Vec<Label> {
    let is_shown = |tab| match title.width {
        _ if !model.may_have_guide() || model.focus() == Focus::Granting => false,
        // Without room for both, the one to go to is shown.
        ..ROOM_FOR_TABS => tab != model.tab,
        _ => true,
    };
    let help_is_shown = model.overlay == Some(Overlay::Help);
    let tabs = [(Tab::Panel, "Actions"), (Tab::Guide, "Guide")];
    let tabs = tabs.into_iter().filter(|&(tab, _)| is_shown(tab)).map(|(tab, word)| {
        let own = model.key(Command::Show(tab));
        let key = match tab != model.tab && own.is_empty() {
            // While letters are typed, one key shows the other screen.
            true => model.key(Command::SwitchTab),
            false => own,
        };
        let is_current = tab == model.tab && !help_is_shown;
        (line(&key, word, is_current, theme), Some(Target::Button(Command::Show(tab))))
    });
    let help = line(&model.key(Command::Help), "help", help_is_shown, theme);
    let mut shown: Vec<_> = tabs.chain([(help, Some(Target::Button(Command::Help)))]).collect();
    let width = |shown: &[(Line<'_>, _)]| shown.iter().map(|(line, _)| line.width()).sum::<usize>();
    while width(&shown) > title.width.into() {
        shown.remove(0);
    }
    let left = title.right() - fit::as_columns(width(&shown));
    labels::in_a_row(Rect { x: left, width: title.right() - left, ..title }, 0, shown)
}

fn line(key: &str, word: &'static str, is_current: bool, theme: Theme) -> Line<'static> {
    match (is_current, key) {
        (true, "") => Line::styled(format!("[{word}] "), theme.accent()),
        (true, key) => Line::styled(format!("[{key} {word}]"), theme.accent()),
        (false, key) => Line::from(vec![
            Span::styled(format!(" {key} "), theme.key()),
            Span::styled(format!("{word} "), theme.muted()),
        ]),
    }
}
