use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::fit;
use super::layout::Layout;
use super::theme::Theme;
use crate::app::{Command, Model};
use crate::domain::visible;

pub fn paint(model: &Model, layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    let connector = model.catalog().connector();
    let name = visible(&connector.name);
    let about = format!("  {}", visible(&connector.title()));
    let title = Line::from(vec![
        Span::styled(" pdscopes", theme.accent()),
        Span::styled(about, theme.plain()),
    ]);
    title.render(layout.title, buffer);
    help_button(model, layout.title, theme, buffer);

    let blurb = format!(
        " Tick the actions that your integration uses: the scopes follow. Some need more set-up at {name}."
    );
    let blurb = fit::cut(&blurb, usize::from(layout.blurb.width));
    Line::styled(blurb, theme.muted()).render(layout.blurb, buffer);
}

fn help_button(model: &Model, title: Rect, theme: Theme, buffer: &mut Buffer) {
    let Some(key) = Command::Help.key(model.focus()) else {
        return;
    };
    let help = Line::from(vec![
        Span::styled(key.short(), theme.key()),
        Span::styled(" help ", theme.muted()),
    ]);
    help.right_aligned().render(help_area(title), buffer);
}

/// Where a click opens the help.
pub fn help_area(title: Rect) -> Rect {
    let columns = title.width.min(9);
    Rect { x: title.right() - columns, width: columns, ..title }
}
