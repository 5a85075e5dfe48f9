use super::actions::ActionFile;
use super::builder::{Builder, IsWanted};
use super::{Catalog, Connector};

/// The catalog of these actions, whose ids and scopes keep the rules of one, with these scopes before
/// those that only actions name. `None` if nobody waits for it.
pub(super) fn assemble<'a>(
    connector: Connector,
    scopes: impl Iterator<Item = &'a str>,
    actions: impl Iterator<Item = ActionFile<'a>>,
    is_wanted: IsWanted,
) -> Option<Catalog> {
    let mut builder = Builder::new("", is_wanted);
    builder.open_list = true;
    builder.any_id = true;
    for scope in scopes {
        builder.list_scope(scope);
    }
    for action in actions {
        for (nth, scope) in action.scopes.iter().enumerate() {
            builder.needed_scope(nth, scope, 0);
        }
        builder.end_action(Some((action.id, 0)), Some((action.label, 0))).ok()?;
    }
    builder.connector = Some(connector);
    builder.finish().catalog
}
