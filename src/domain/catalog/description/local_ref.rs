use super::Problems;
use super::pointer::{Pointer, local_keys};
use crate::domain::catalog::CatalogFault;
use crate::domain::catalog::action_file::Text;

/// References that are followed one after the other. A longer way is taken for a circle.
const FARTHEST: usize = 64;

/// A value that may be a reference to another one of its kind.
pub(super) trait Referable {
    fn reference(&self) -> Option<&Text<'_>>;
}

/// What stands behind a value at `path`, which may be a reference to a reference. `find` gives the
/// value behind the keys of one. `None` if that is nothing, which is then among the problems.
pub(super) fn follow<'a, T: Referable>(
    value: &'a T,
    find: impl Fn(&[String]) -> Option<&'a T>,
    path: &Pointer,
    problems: &mut Problems,
) -> Option<&'a T> {
    let mut value = value;
    let mut broken = |why| {
        let field = path.key("$ref");
        let fault = CatalogFault::BrokenReference { field: field.to_string(), why };
        problems.push((field, fault));
        None
    };
    for _ in 0..FARTHEST {
        let Some(Text(target)) = value.reference() else {
            return Some(value);
        };
        let Some(keys) = local_keys(target) else {
            return broken("it leads out of the document, and only that is read");
        };
        match find(&keys) {
            Some(found) => value = found,
            None => return broken("nothing of its kind stands where it leads"),
        }
    }
    broken("it leads in a circle")
}
