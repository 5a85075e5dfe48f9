use crate::domain::catalog::CatalogFault;
use crate::domain::catalog::document::{Pointer, Problems, local_keys};

/// References that are followed one after the other. A longer way is taken for a circle.
const FARTHEST: usize = 64;

/// Follows a chain of references from `value`, at `path`, and returns every value on it; the last one
/// is no reference. `reference` returns where a value refers to, and `find` the value there. `None` if a
/// reference cannot be followed, which is then reported.
pub(super) fn follow<'a, T>(
    value: &'a T,
    reference: impl Fn(&'a T) -> Option<&'a String>,
    find: impl Fn(&[&str]) -> Option<&'a T>,
    path: &Pointer,
    problems: &mut Problems,
) -> Option<Vec<&'a T>> {
    let mut way = vec![value];
    let mut last = value;
    let why = loop {
        let Some(target) = reference(last) else { return Some(way) };
        let Some(keys) = local_keys(target) else {
            break match target.starts_with('#') {
                true => "it is no path in the document, such as `#/paths/~1a`",
                false => "it leads to another file; bundle the description into one",
            };
        };
        match find(&keys.iter().map(String::as_str).collect::<Vec<_>>()) {
            Some(_) if way.len() > FARTHEST => {
                break "it leads in a circle, or over more than 64 other references";
            }
            Some(found) => last = found,
            None => break "it leads to nothing under `paths` or `components` that can stand here",
        }
        way.push(last);
    };
    problems.add(path.key("$ref"), |field| CatalogFault::BrokenReference { field, why });
    None
}
