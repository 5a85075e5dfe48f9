use crate::app::{Focus, Listing, Model, Notice, Query, Tab};
use crate::domain::ScopeList;

pub fn begin(model: &mut Model) {
    let text = model.granted.as_ref().map(|granted| granted.text(&model.catalog));
    model.granting = Query::new(&text.unwrap_or_default());
    model.before_granting = (model.tab, model.focus);
    model.tab = Tab::Panel;
    model.focus = Focus::Granting;
}

/// Goes back without a change.
pub fn end(model: &mut Model) {
    (model.tab, model.focus) = model.before_granting;
}

/// Takes what was typed: scopes, or a guide URL for those that its actions need. An empty text
/// takes the granted scopes away again.
pub fn take(model: &mut Model) {
    end(model);
    let granted = ScopeList::of_text_or_url(&model.catalog, model.granting.text());
    model.granted = (!granted.is_empty()).then_some(granted);
    model.notice = model.unknown_granted().map(Notice::bad);
    if model.listing == Listing::OnlyCovered {
        model.list_again();
    }
}
