use super::{Catalog, Mode, Selection, Separator};

/// The shell command that prints what is shown for `selection`: for a POSIX shell, on one line.
///
/// Where everything is ticked it says so instead of listing every id. The separator is left out
/// where it is the default.
pub fn command_line(
    catalog: &Catalog,
    selection: &Selection,
    separator: Separator,
    mode: Mode,
) -> String {
    let separator_name = separator.name().to_lowercase();
    let mut words = vec!["pdscopes", "scopes"];
    if mode == Mode::Least {
        words.push("--least");
    }
    if separator != Separator::default() {
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
    // Only a NUL cannot be quoted, and a catalog refuses control characters in ids.
    shlex::try_join(words).unwrap_or_default()
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
        command_line(&catalog, &selection, separator, Mode::Guide)
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
        let command = |mode| command_line(&catalog, &all, Separator::Space, mode);
        assert_eq!(command(Mode::Guide), "pdscopes scopes --all");
        assert_eq!(command(Mode::Least), "pdscopes scopes --least --all");
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
