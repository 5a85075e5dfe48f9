use crate::domain::catalog::CatalogFault;
use crate::domain::catalog::action_file::Text;
use crate::domain::catalog::document::{Pointer, Problems, local_keys};

/// References that are followed one after the other. A longer way is taken for a circle.
const FARTHEST: usize = 64;

/// A value that may be a reference to another one of its kind.
pub(super) trait Referable {
    fn reference(&self) -> Option<&Text<'_>>;
}

/// The values from this one, at `path`, over references to references, to one that is none. `find`
/// gives the value behind the keys of a reference. `None` if one cannot be followed, which is then
/// among the problems.
pub(super) fn follow<'a, T: Referable>(
    value: &'a T,
    find: impl Fn(&[String]) -> Option<&'a T>,
    path: &Pointer,
    problems: &mut Problems,
) -> Option<Vec<&'a T>> {
    let mut way = vec![value];
    let mut last = value;
    let why = loop {
        let Some(Text(target)) = last.reference() else {
            return Some(way);
        };
        let Some(keys) = local_keys(target) else {
            break match target.starts_with('#') {
                true => "it is no path in the document, such as `#/paths/~1a`",
                false => "it leads out of the document, and only that is read",
            };
        };
        match find(&keys) {
            Some(_) if way.len() > FARTHEST => {
                break "it leads in a circle, or over more than 64 other references";
            }
            Some(found) => last = found,
            None => break "nothing of its kind stands where it leads",
        }
        way.push(last);
    };
    problems.add(path.key("$ref"), |field| CatalogFault::BrokenReference { field, why });
    None
}
