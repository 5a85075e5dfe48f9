use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::fit;
use super::print::Print;
use super::theme::Theme;
use super::verdict;
use crate::app::{Explanation, Model};
use crate::domain::Verdict;

/// The highlighted action: its id, its scopes, and what ticking or unticking it would change; on a
/// second line what the provider's API accepts for it.
pub fn paint(model: &Model, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let columns = usize::from(area.width);
    let longest = fit::near_bytes(columns);
    let explanation = model.highlighted().map(|action| model.explanation(action, longest));
    let Some(explanation) = explanation else {
        return;
    };
    let lines = [first(&explanation, theme), second(&explanation, theme)];
    for (line, row) in lines.into_iter().zip(area.rows()) {
        let mut room = row.width;
        if line.spans.iter().map(|span| fit::width(&span.content)).sum::<usize>() > columns {
            room = room.saturating_sub(1);
            buffer.print((row.right().saturating_sub(1), row.y), "…", 1, theme.muted());
        }
        buffer.print_line(Rect { width: room, ..row }, &line);
    }
}

fn first(explanation: &Explanation, theme: Theme) -> Line<'static> {
    let Explanation { id, needs, consequence, granted, verdict, .. } = explanation;
    let mut spans = vec![
        Span::styled(format!(" {id}"), theme.strong()),
        Span::styled("   ", theme.plain()),
        Span::styled(verdict::mark(*verdict), theme.bad()),
        Span::styled(needs.clone(), theme.muted()),
        Span::styled(format!("   {consequence}"), theme.plain()),
    ];
    if let Some(words) = granted {
        spans.push(Span::styled(format!("   {words}"), theme.muted()));
    }
    Line::from(spans)
}

fn second(explanation: &Explanation, theme: Theme) -> Line<'static> {
    let Explanation { verdict, calls, .. } = explanation;
    if calls.is_empty() {
        return Line::default();
    }
    let style = match verdict {
        Verdict::Refused => theme.bad(),
        Verdict::Uncertain => theme.strong(),
        Verdict::Accepted | Verdict::Unknown => theme.muted(),
    };
    Line::from(vec![
        Span::styled(format!(" {}", verdict.name()), style),
        Span::styled(format!("   {}", calls.join(";  ")), theme.muted()),
    ])
}
