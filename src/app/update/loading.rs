use std::sync::Arc;

use crate::app::{Effect, Loading, Model, Notice};
use crate::domain::{Catalog, Growth, ScopeList, Selection, counted};

/// The list is usable while it grows: what is ticked stays, and the query is sought anew.
pub fn grew(model: &mut Model, growth: Growth) -> Option<Effect> {
    let Growth { read, total, actions, catalog } = growth;
    model.loading.percent()?;
    model.loading = Loading::Growing { read, total, actions };
    model.seeks_again |= !model.finding.is_awaited();
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
    model.awaits_ticks = false;
    model.seeks_again |= !model.finding.is_awaited();
    selection.iter().for_each(|action| model.selection.insert(action));
    model.granted = model.granted.take().or(granted);
    replace(model, catalog)
}

/// What comes of the reading after this is not taken any more.
pub fn stopped(model: &mut Model) {
    if model.loading == Loading::Stopped {
        return;
    }
    model.loading = Loading::Stopped;
    let mut text = format!("Loading was stopped after {}.", counted(model.catalog.len(), "action"));
    if std::mem::take(&mut model.awaits_ticks) {
        text += " What --actions or --from-url names is not ticked.";
    }
    model.notice = Some(Notice::plain(text));
}

fn replace(model: &mut Model, catalog: Arc<Catalog>) -> Option<Effect> {
    model.catalog = catalog;
    model.finding.grow(&model.catalog);
    model.answer_again();
    model.seek()
}
