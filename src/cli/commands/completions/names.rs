use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Command};

use crate::domain::{Catalog, Separator, sanitize};

/// The program's command line with the names of a catalog as the only values. Completions are made
/// from it; parsing accepts globs, lists and `-` too.
///
/// Names that a shell would have to quote are left out, so that no text of a catalog runs as code.
pub fn with_names(program: Command, catalog: &Catalog) -> Command {
    let actions = catalog.indices().filter_map(|index| {
        let action = catalog.action(index);
        let id = plain(action.id())?;
        Some(PossibleValue::new(id).help(sanitize(action.label()).into_owned()))
    });
    let actions: Vec<_> = actions.collect();
    let scopes = catalog.all_scopes().filter_map(|scope| plain(catalog.scope(scope)));
    let scopes: Vec<_> = scopes.map(PossibleValue::new).collect();
    let separator = |separator: Separator| PossibleValue::new(separator.name().to_lowercase());
    let subjects: Vec<_> = scopes.iter().chain(&actions).cloned().collect();
    let commands = command_names(&program);

    with_values(program, &|argument| match argument {
        "actions" => Some(actions.clone()),
        "granted" | "old" | "new" => Some(scopes.clone()),
        "subjects" => Some(subjects.clone()),
        "separator" => Some(Separator::ALL.map(separator).to_vec()),
        "config" => Some(vec![PossibleValue::new("none").help("no settings")]),
        "command" => Some(commands.clone()),
        _ => None,
    })
}

/// The commands directly below one, with what they do.
pub fn command_names(command: &Command) -> Vec<PossibleValue> {
    let name = |command: &Command| {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        PossibleValue::new(command.get_name().to_owned()).help(about)
    };
    command.get_subcommands().map(name).collect()
}

/// Gives arguments of the program and its subcommands, by their ids, the only values they can have.
pub fn with_values(
    program: Command,
    values: &impl Fn(&str) -> Option<Vec<PossibleValue>>,
) -> Command {
    let give = |argument: Arg| match values(argument.get_id().as_str()) {
        Some(values) => argument.value_parser(PossibleValuesParser::new(values)),
        None => argument,
    };
    program.mut_args(give).mut_subcommands(|command| with_values(command, values))
}

/// Returns `None` for a name that means something else to a shell unless it is quoted.
fn plain(name: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-:/+@".contains(c);
    let is_word = !name.is_empty() && !name.starts_with('-') && name.chars().all(is_plain);
    is_word.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_shell_would_run_or_expand_are_left_out() {
        for name in ["deals:read", "https://www.googleapis.com/auth/drive", "Mail.Read"] {
            assert_eq!(plain(name).as_deref(), Some(name));
        }
        for name in ["", "$(reboot)", "`x`", "a b", "a;b", "-rf", "~root", "*", "a'b", "a\nb", "é"]
        {
            assert_eq!(plain(name), None, "{name:?}");
        }
    }
}
