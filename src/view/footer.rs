use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::{Layout, Print, Theme, fit, labels, marks};
use crate::app::{
    AfterToggle, Anchor, BackStep, Command, Focus, HINTS, Model, Notice, Pane, Tab, Tone,
};
use crate::domain::pluralize;

/// The most rows of a notice.
const TALLEST: u16 = 3;

/// Above a footer that is higher up, a notice would leave nothing of the list.
const LOWEST: u16 = 4;

/// A notice, and its place at the bottom. It covers what is above the footer if it needs to.
pub struct NoticeBox {
    pub area: Rect,
    lines: Vec<Line<'static>>,
}

impl NoticeBox {
    pub fn of(model: &Model, layout: &Layout, theme: Theme) -> Option<Self> {
        let footer = layout.footer;
        // An overlay has a place of its own for it.
        let has_room = model.overlay.is_none() && !footer.is_empty();
        let notice = model.notice.as_ref().filter(|_| has_room)?;
        let style = style(notice, theme);
        let columns = usize::from(footer.width).saturating_sub(1).max(1);
        // What is selected stays in sight, if there is a row for it.
        let bottom = match has_totals(model, layout) && footer.y >= LOWEST {
            true => footer.y,
            false => footer.bottom(),
        };
        let tallest = TALLEST.min(bottom / 4).max(1);
        let text = fit::shown(&notice.text, columns * usize::from(tallest + 1));
        let mut lines = fit::wrap(&text, columns);
        if lines.len() > tallest.into() {
            let rest = lines.split_off(usize::from(tallest) - 1).join(" ");
            lines.push(fit::cut(&rest, columns).into_owned());
        }
        let height = fit::as_columns(lines.len());
        let area = Rect { y: bottom.saturating_sub(height), height, ..footer };
        let lines = lines.into_iter().map(|line| Line::styled(format!(" {line}"), style));
        Some(Self { area, lines: lines.collect() })
    }

    pub fn paint(&self, theme: Theme, buffer: &mut Buffer) {
        Clear.render(self.area, buffer);
        buffer.set_style(self.area, theme.plain());
        buffer.print_lines(self.area, &self.lines);
    }
}

/// The next possible steps and how much of the text is below; where nothing else has room for it, how
/// much is selected.
pub fn paint(model: &Model, layout: &Layout, theme: Theme, buffer: &mut Buffer) {
    let below = match (&model.overlay, model.tab) {
        (Some(_), _) => model.overlay_scroll.below(),
        (None, Tab::Guide) => model.guide.scroll.below(),
        (None, Tab::Panel) => 0,
    };
    let below = if below > 0 { format!("   {below} below") } else { String::new() };
    let columns = usize::from(layout.footer.width).saturating_sub(fit::width(&below));
    let mut line = match model.overlay {
        Some(_) => overlay_hints(model, columns, theme),
        None if has_totals(model, layout) => totals(model, columns, theme),
        None => hints(model, columns, theme),
    };
    line.push_span(Span::styled(below, theme.muted()));
    buffer.print_line(layout.footer, &line);
}

/// Returns `true` if the footer says how much is selected, because no other line does.
fn has_totals(model: &Model, layout: &Layout) -> bool {
    layout.status.is_empty() && model.tab == Tab::Panel
}

/// Leaves out texts without room, except for the warning.
fn totals(model: &Model, columns: usize, theme: Theme) -> Line<'static> {
    const GAP: usize = 2;
    let selected = labels::selected(model);
    let scopes = pluralize(model.answer.scopes.len(), "scope");
    let room = columns.saturating_sub(fit::width(&selected) + GAP + fit::width(&scopes));
    let [long, short] = marks::warnings(model.refusals.counts);
    let warning = if long.len() <= room { long.trim_end() } else { short.trim_end() };
    let beside = if warning.is_empty() { 0 } else { GAP + fit::width(warning) };
    let left = columns.saturating_sub(1 + beside);
    let selected = if fit::width(selected.trim_end()) <= left {
        selected
    } else {
        selected.replace(" selected", " sel").replace(" hidden", " hid")
    };
    let selected = fit::cut(selected.trim_end(), left).into_owned();
    let mut taken = 1 + fit::width(&selected);
    let mut spans = vec![Span::raw(" "), Span::styled(selected, theme.strong())];
    for (text, style) in [(warning, theme.bad()), (&scopes, theme.muted())] {
        taken += if text.is_empty() { 0 } else { GAP + fit::width(text) };
        if !text.is_empty() && taken <= columns {
            spans.push(Span::raw(" ".repeat(GAP)));
            spans.push(Span::styled(text.to_owned(), style));
        }
    }
    Line::from(spans)
}

fn hints(model: &Model, columns: usize, theme: Theme) -> Line<'static> {
    let focus = model.focus();
    let mode = match (model.tab, focus) {
        (_, Focus::Granting) => " granted scopes",
        (Tab::Guide, _) => " guide   ",
        (Tab::Panel, Focus::Typing) => " typing  ",
        (Tab::Panel, Focus::Browsing(_)) => " browsing",
    };
    let mut taken = fit::width(mode);
    let mut spans = vec![Span::styled(mode, theme.accent())];
    for (command, word) in HINTS {
        let (Some(hint), Some(key)) =
            (hint(model, command, word), model.keymap.key(command, focus))
        else {
            continue;
        };
        let key = format!("   {}", key);
        let word = format!(" {hint}");
        taken += fit::width(&key) + fit::width(&word);
        if taken > columns {
            break;
        }
        spans.push(Span::styled(key, theme.key()));
        spans.push(Span::styled(word, theme.muted()));
    }
    Line::from(spans)
}

/// The word for a command in the model's state, `word` unless it says otherwise. `None` if the command
/// does nothing.
fn hint(model: &Model, command: Command, word: &'static str) -> Option<&'static str> {
    let is_on_step = matches!(model.guide.current(), Some(Anchor::Step { .. }));
    match (model.tab, model.focus(), command) {
        _ if !model.offers(command) => None,
        (_, _, Command::Back) => Some(back(model)),
        (_, Focus::Granting, Command::Done) => Some("apply"),
        (_, Focus::Granting, _) => None,
        (Tab::Panel, Focus::Browsing(Pane::Scopes), Command::Toggle(_)) => None,
        (Tab::Panel, _, Command::Toggle(_)) if model.listed.is_empty() => None,
        (Tab::Guide, _, Command::NextSeparator) => None,
        (Tab::Guide, _, Command::Toggle(_)) if model.guide.current_step().is_none() => None,
        (Tab::Guide, _, Command::Done) if !model.guide.scroll.shows_cursor() => {
            Some("back to the cursor")
        }
        (Tab::Guide, _, Command::Toggle(_)) if !model.guide.scroll.shows_cursor() => None,
        // On a step both mark it; on anything else the latter only goes on.
        (Tab::Guide, _, Command::Done) => (!is_on_step).then_some("copy"),
        (Tab::Guide, _, Command::Toggle(AfterToggle::Down)) => {
            let step = model.guide.current_step().filter(|_| is_on_step);
            step.map(|step| match model.guide.is_done(step) {
                true => "unmark the step",
                false => "mark the step done",
            })
        }
        (Tab::Guide, _, Command::SwitchTab) => Some("actions"),
        (Tab::Guide, _, Command::Search) => Some("find an action"),
        (_, _, Command::SwitchMode) => Some(model.answer.mode.other().name()),
        (_, _, _) => Some(word),
    }
}

/// How to close the overlay, or else the notice.
fn overlay_hints(model: &Model, columns: usize, theme: Theme) -> Line<'static> {
    if let Some(notice) = &model.notice {
        let text = fit::shown(&notice.text, columns.saturating_sub(1));
        return Line::from(Span::styled(format!(" {text}"), style(notice, theme)));
    }
    let closing = [Command::Back, Command::Quit, Command::Help];
    let Some(key) = closing.into_iter().find_map(|command| model.key_of(command)) else {
        return Line::default();
    };
    let key = format!(" {key}");
    let words = format!(" {}", back(model));
    // Half of a number would be another one.
    if fit::width(&key) + fit::width(&words) > columns {
        return Line::default();
    }
    Line::from(vec![Span::styled(key, theme.key()), Span::styled(words, theme.muted())])
}

fn style(notice: &Notice, theme: Theme) -> Style {
    match notice.tone {
        Tone::Good => theme.good(),
        Tone::Plain => theme.strong(),
        Tone::Bad => theme.bad(),
    }
}

fn back(model: &Model) -> &'static str {
    match model.back_step() {
        BackStep::CloseOverlay => "close",
        BackStep::StopLoading => "stop loading",
        BackStep::CancelGranting => "cancel",
        BackStep::ToPanel => "back to the actions",
        BackStep::Browse => "browse",
        BackStep::ClearQuery => "clear the query",
        BackStep::ListAll => "list all",
        BackStep::Leave => "leave",
    }
}
