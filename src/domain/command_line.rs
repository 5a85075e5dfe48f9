use super::{Catalog, Selection, Separator};

/// The shell command that prints the same scopes.
pub fn command_line(catalog: &Catalog, selection: &Selection, separator: Separator) -> String {
    let mut line = String::from("pdscopes scopes");
    if separator != Separator::default() {
        line.push_str(" --separator ");
        line.push_str(&separator.name().to_lowercase());
    }
    for action in selection.iter() {
        line.push(' ');
        line.push_str(catalog.action(action).id());
    }
    line
}
