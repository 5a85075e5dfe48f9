use super::{Catalog, Mode, Selection, Separator};

/// The flags that a copied command needs, besides the selection, to print the same anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandStart {
    /// The flags that name the catalog, if it is not the program's own, and say how it is
    /// understood.
    pub catalog_flags: Vec<String>,
    /// Whether no flag can name the catalog: it came through a pipe, or its path is no text.
    pub is_lost: bool,
    /// Whether the settings, or flags that are always given, may ask for another separator than
    /// the default.
    pub names_separator: bool,
}

/// The shell command that prints what is shown for `selection`: for a POSIX shell, on one line.
/// `None` if no command can name the catalog.
///
/// If every action is selected, the command has a flag instead of every id. The separator is left
/// out if it is the default and no setting changes it.
pub fn command_line(
    catalog: &Catalog,
    selection: &Selection,
    separator: Separator,
    mode: Mode,
    start: &CommandStart,
) -> Option<String> {
    if start.is_lost {
        return None;
    }
    let separator_name = separator.name().to_lowercase();
    let mut words = vec!["pdscopes"];
    words.extend(start.catalog_flags.iter().map(String::as_str));
    words.push("scopes");
    if mode == Mode::Least && !catalog.is_described() {
        words.push("--least");
    }
    if start.names_separator || separator != Separator::default() {
        words.extend(["--separator", &separator_name]);
    }
    if !selection.is_empty() && selection.len() == catalog.len() {
        words.push("--all");
    } else {
        let ids: Vec<_> = selection.iter().map(|index| catalog.action(index).id()).collect();
        if ids.iter().any(|id| id.starts_with('-')) {
            words.push("--");
        }
        words.extend(ids);
    }
    // Only a NUL cannot be quoted; neither a path nor an id has one.
    shlex::try_join(words).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(ids: &[&str]) -> Catalog {
        let action =
            |id: &&str| serde_json::json!({"id": id, "label": "A", "scopes": ["r"]}).to_string();
        let actions: Vec<_> = ids.iter().map(action).collect();
        Catalog::parse(&format!(
            r#"{{"connector": {{"key": "x", "name": "X", "method": "OAuth 2.0"}},
                "page": {{"address": "https://example.com/x", "parameter": "actions"}},
                "scopes": ["r"], "actions": [{}]}}"#,
            actions.join(",")
        ))
        .expect("a valid catalog")
    }

    /// The command for all but the last action.
    fn command(ids: &[&str], separator: Separator) -> String {
        let catalog = catalog(ids);
        let selection = catalog.indices().take(ids.len() - 1).collect();
        command_line(&catalog, &selection, separator, Mode::Guide, &CommandStart::default())
            .expect("the catalog is the program's own")
    }

    #[test]
    fn ids_and_a_separator_other_than_the_default_are_named() {
        let ids = ["x_a", "x_b", "x_c"];
        assert_eq!(command(&ids, Separator::Space), "pdscopes scopes x_a x_b");
        assert_eq!(
            command(&ids, Separator::Newline),
            "pdscopes scopes --separator newline x_a x_b"
        );
    }

    #[test]
    fn everything_is_said_in_one_word() {
        let catalog = Catalog::pipedrive();
        let all = catalog.indices().collect();
        let told = |mode, expected| {
            let start = CommandStart::default();
            let command = command_line(&catalog, &all, Separator::Space, mode, &start);
            assert_eq!(command.as_deref(), Some(expected));
        };
        told(Mode::Guide, "pdscopes scopes --all");
        told(Mode::Least, "pdscopes scopes --least --all");
    }

    #[test]
    fn what_a_new_shell_cannot_know_is_named() {
        let catalog_of_one = catalog(&["x_a"]);
        let all = catalog_of_one.indices().collect();
        let command = |flags: &[&str], is_lost, names_separator| {
            let catalog_flags = flags.iter().map(|&flag| flag.to_owned()).collect();
            let start = CommandStart { catalog_flags, is_lost, names_separator };
            command_line(&catalog_of_one, &all, Separator::Space, Mode::Guide, &start)
        };
        assert_eq!(
            command(&["--catalog=/a b/-x.json"], false, false).as_deref(),
            Some("pdscopes '--catalog=/a b/-x.json' scopes --all")
        );
        assert_eq!(
            command(&[], false, true).as_deref(),
            Some("pdscopes scopes --separator space --all")
        );
        assert_eq!(command(&[], true, false), None);
    }

    #[test]
    fn what_a_shell_would_read_otherwise_is_quoted() {
        for id in ["x$(id)", "x'y", "x\"y", "x*", "--all", "~", "x`id`", "é&"] {
            let command = command(&[id, "last"], Separator::Space);
            let words = shlex::split(&command).expect("closed quotes");
            assert_eq!(words.last().map(String::as_str), Some(id), "{command}");
        }
        assert_eq!(command(&["x$(id)", "last"], Separator::Space), "pdscopes scopes 'x$(id)'");
        assert_eq!(command(&["--all", "last"], Separator::Space), "pdscopes scopes -- --all");
    }
}
