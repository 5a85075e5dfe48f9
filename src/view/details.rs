use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::theme::Theme;
use super::verdict;
use crate::app::Model;
use crate::domain::{ActionIndex, Coverage, Difference, Operation, ScopeSet, Verdict, visible};

/// The highlighted action: its id, its scopes, and what ticking or unticking it would change; on a
/// second line what the provider's API accepts for it.
pub fn paint(model: &Model, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let (Some(index), Some(consequence)) = (model.highlighted(), model.consequence()) else {
        return;
    };
    let lines = [first(model, index, &consequence, theme), second(model, index, theme)];
    for (line, row) in lines.into_iter().zip(area.rows()) {
        let ends_outside = line.width() > usize::from(row.width);
        line.render(row, buffer);
        if ends_outside && !row.is_empty() {
            buffer.set_stringn(row.right() - 1, row.y, "…", 1, theme.muted());
        }
    }
}

fn first(
    model: &Model,
    index: ActionIndex,
    consequence: &Difference,
    theme: Theme,
) -> Line<'static> {
    let action = model.catalog().action(index);
    let scopes: ScopeSet = action.scopes().iter().copied().collect();
    let needs = match action.scopes() {
        [] => "needs no scope".to_owned(),
        _ => format!("needs {}", names(model, &scopes)),
    };
    let mark = verdict::mark(model.verdict(index));
    let mut spans = vec![
        Span::styled(format!(" {}", visible(action.id())), theme.strong()),
        Span::styled("   ", theme.plain()),
        Span::styled(mark, theme.bad()),
        Span::styled(needs, theme.muted()),
        Span::styled(format!("   {}", told(model, index, consequence)), theme.plain()),
    ];
    if let Some(coverage) = model.coverage(index) {
        let words = match coverage {
            Coverage::Covered => "   works with what is granted",
            Coverage::Uncertain => "   may work with what is granted",
            Coverage::Missing => "   does not work with what is granted",
        };
        spans.push(Span::styled(words, theme.muted()));
    }
    Line::from(spans)
}

fn told(model: &Model, index: ActionIndex, consequence: &Difference) -> String {
    let Difference { add, remove } = consequence;
    let verb = if model.selection().contains(index) { "unticking" } else { "ticking" };
    match (add.is_empty(), remove.is_empty()) {
        (true, true) if model.selection().contains(index) => "unticking drops nothing".to_owned(),
        (true, true) => "already covered".to_owned(),
        (false, true) => format!("{verb} adds {}", names(model, add)),
        (true, false) => format!("{verb} drops {}", names(model, remove)),
        (false, false) => {
            format!("{verb} adds {} and drops {}", names(model, add), names(model, remove))
        }
    }
}

fn second(model: &Model, index: ActionIndex, theme: Theme) -> Line<'static> {
    let verdict = model.verdict(index);
    let style = match verdict {
        Verdict::Refused => theme.bad(),
        Verdict::Uncertain => theme.strong(),
        Verdict::Accepted | Verdict::Unknown => theme.muted(),
    };
    let operations = model.catalog().operations(index);
    let calls: Vec<_> = operations.iter().map(|operation| call(model, operation)).collect();
    if calls.is_empty() {
        return Line::default();
    }
    Line::from(vec![
        Span::styled(format!(" {}", verdict.name()), style),
        Span::styled(format!("   {}", calls.join(";  ")), theme.muted()),
    ])
}

/// `v2 GET /dealFields accepts deals:read or deals:full`.
fn call(model: &Model, operation: &Operation) -> String {
    let Operation { version, method, path, accepts, documented } = operation;
    let mut told = format!(
        "{} {} {} accepts {}",
        visible(version),
        visible(method),
        visible(path),
        alternatives(model, accepts)
    );
    if let Some(documented) = documented {
        told.push_str(&format!(", its documentation says {}", alternatives(model, documented)));
    }
    told
}

fn alternatives(model: &Model, scopes: &ScopeSet) -> String {
    model.catalog().names(scopes).iter().map(|name| visible(name)).collect::<Vec<_>>().join(" or ")
}

fn names(model: &Model, scopes: &ScopeSet) -> String {
    model.catalog().names(scopes).iter().map(|name| visible(name)).collect::<Vec<_>>().join(" ")
}
