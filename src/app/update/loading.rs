use std::sync::Arc;

use crate::app::{Awaited, Effect, Loading, Model, Notice};
use crate::domain::{Catalog, Growth, ScopeList, Selection, counted};

/// The list is usable while it grows: what is ticked stays, and the query is sought anew.
pub fn grew(model: &mut Model, growth: Growth) -> Option<Effect> {
    let Growth { read, total, actions, catalog } = growth;
    model.loading.percent()?;
    model.loading = Loading::Growing { read, total, actions };
    replace(model, Arc::new(catalog?))
}

/// What the command line ticks is ticked besides what the reader has ticked by now.
pub fn loaded(
    model: &mut Model,
    catalog: Arc<Catalog>,
    selection: &Selection,
    granted: Option<ScopeList>,
) -> Option<Effect> {
    model.loading.percent()?;
    model.loading = Loading::Whole;
    model.awaits = Awaited::default();
    selection.iter().for_each(|action| model.selection.insert(action));
    let effect = replace(model, catalog);
    model.granted = model.granted.take().or(granted);
    effect
}

/// What comes of the reading after this is not taken any more.
pub fn stopped(model: &mut Model) {
    if model.loading == Loading::Stopped {
        return;
    }
    model.loading = Loading::Stopped;
    let mut text = format!("Loading was stopped after {}", counted(model.catalog.len(), "action"));
    let Awaited { ticks, granted } = std::mem::take(&mut model.awaits);
    let left: Vec<_> = ticks.into_iter().chain(granted.then_some("--granted")).collect();
    if !left.is_empty() {
        text += &format!("; without {}", left.join(" and "));
    }
    text.push('.');
    model.notice = Some(Notice::plain(text));
}

fn replace(model: &mut Model, catalog: Arc<Catalog>) -> Option<Effect> {
    // Names that were not known before may be known now.
    if let Some(granted) = &mut model.granted {
        *granted = ScopeList::parse(&catalog, &granted.text(&model.catalog));
    }
    model.catalog = catalog;
    model.answer_again();
    model.search_again()
}
