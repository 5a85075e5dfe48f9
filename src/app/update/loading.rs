use std::sync::Arc;

use crate::app::{Effect, Loading, Model, Notice};
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
    model.loading = Loading::Whole;
    selection.iter().for_each(|action| model.selection.insert(action));
    model.granted = model.granted.take().or(granted);
    replace(model, catalog)
}

pub fn stopped(model: &mut Model) {
    model.loading = Loading::Stopped;
    let actions = counted(model.catalog.len(), "action");
    model.notice = Some(Notice::plain(format!("Loading was stopped: there are {actions}.")));
}

fn replace(model: &mut Model, catalog: Arc<Catalog>) -> Option<Effect> {
    model.catalog = catalog;
    model.finding.grow(&model.catalog);
    model.answer_again();
    model.seek()
}
