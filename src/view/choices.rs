use std::iter::once;

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::labels::{self, Label};
use super::layout::Layout;
use super::theme::Theme;
use crate::app::{Command, Model, Target};
use crate::domain::{Mode, Separator};

/// One of several values, whether it is chosen, and what a click on it means.
type Choice = (&'static str, bool, Target);

/// The separators and the modes, each row with the key that goes to the next.
pub fn of(model: &Model, layout: &Layout, theme: Theme) -> Vec<Label> {
    let separators = Separator::ALL.map(|separator| {
        (separator.name(), separator == model.separator, Target::Separator(separator))
    });
    let key = Line::styled(format!(" {}", model.key(Command::NextSeparator)), theme.key());
    let mut labels = row(layout.separators, " Separator ", &separators, key, theme);
    if model.catalog().reference().is_some() && !model.catalog().is_described() {
        let modes = [Mode::Guide, Mode::Least]
            .map(|mode| (mode.title(), mode == model.mode, Target::Mode(mode)));
        let key = Line::styled(format!(" {}", model.key(Command::SwitchMode)), theme.key());
        labels.extend(row(layout.modes, " ", &modes, key, theme));
    }
    labels
}

/// All choices, or the chosen one alone if they do not fit.
fn row(
    area: Rect,
    title: &'static str,
    choices: &[Choice],
    key: Line<'static>,
    theme: Theme,
) -> Vec<Label> {
    let width = |(name, ..): &Choice| name.len() + 2;
    let all_fit = title.len() + choices.iter().map(width).sum::<usize>() <= area.width.into();
    let shown = choices.iter().filter(|(_, chosen, _)| all_fit || *chosen);
    let choices = shown.map(|&(name, chosen, target)| {
        let line = if chosen {
            Line::styled(format!("[{name}]"), theme.accent())
        } else {
            Line::styled(format!(" {name} "), theme.plain())
        };
        (line, Some(target))
    });
    let title = (Line::styled(title, theme.muted()), None);
    labels::in_a_row(area, 0, once(title).chain(choices).chain([(key, None)]))
}
