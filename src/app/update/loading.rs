use super::granting;
use crate::app::loading::size;
use crate::app::{Effect, LoadedCatalog, Loading, Model, PendingArgs};

pub fn read(model: &mut Model, bytes: u64, total: Option<u64>) {
    if model.loading.is_reading() {
        model.loading = Loading::Reading { bytes, total };
    }
}

/// The query that was typed meanwhile is searched for, and the scopes that were granted meanwhile
/// are looked up.
pub fn loaded(model: &mut Model, loaded: LoadedCatalog) -> Option<Effect> {
    if !model.loading.is_reading() {
        return None;
    }
    model.loading = Loading::Whole;
    model.awaits = PendingArgs::default();
    model.drop_provisional_notice();
    model.selection = loaded.selection;
    model.catalog = loaded.catalog;
    model.granted = loaded.granted;
    granting::take_later(model);
    model.answer_again();
    model.search_again()
}

/// From now on the reader is ignored.
pub fn stopped(model: &mut Model) {
    let Loading::Reading { bytes, .. } = model.loading else { return };
    model.loading = Loading::Stopped;
    let PendingArgs { selects, granted } = std::mem::take(&mut model.awaits);
    let line = model.granting.later.take().map(|_| "the line of granted scopes");
    let left = selects.into_iter().chain(granted.then_some("--granted")).chain(line);
    let left: Vec<_> = left.collect();
    let ignored = match left[..] {
        [] => String::new(),
        [flag] => format!("; {flag} is ignored"),
        _ => format!("; {} are ignored", left.join(" and ")),
    };
    let bytes = size(bytes);
    model.say(format!("Loading was stopped after {bytes}, so there are no actions{ignored}."));
}
