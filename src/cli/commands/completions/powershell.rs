use std::iter::repeat_n;

use clap::builder::PossibleValue;
use clap::{Arg, Command};

/// Where the generated script ends the path of the command.
const BREAK: &str = "                $element.Value.StartsWith('-') -or\n";

/// Adds the values of the arguments and flags of a built command line to its generated script, which names
/// only the flags.
/// A value is offered wherever its command is typed; what is typed already narrows them down.
pub fn with_values(script: &str, program: &Command) -> String {
    // Only the first word can be a command, or the second after a command with subcommands. Later words are
    // arguments.
    let parents = program.get_subcommands().filter(|command| command.has_subcommands());
    let parents: Vec<_> = parents.map(|command| quoted(command.get_name())).collect();
    let is_argument = format!(
        "                ($i -gt 1 -and ($i -gt 2 -or $commandElements[1].Value -notin @({}))) -or\n",
        parents.join(", ")
    );
    let script = script.replace(BREAK, &format!("{is_argument}{BREAK}"));
    insert(&script, program.get_name(), program)
}

/// Inserts the values of a command with this path, and of those below it.
fn insert(script: &str, path: &str, command: &Command) -> String {
    let block = format!("        '{path}' {{\n");
    let results: String = command.get_arguments().flat_map(results).collect();
    let script = script.replacen(&block, &format!("{block}{results}"), 1);
    let path_of = |below: &Command| format!("{path};{}", below.get_name());
    command.get_subcommands().fold(script, |script, below| insert(&script, &path_of(below), below))
}

fn results(argument: &Arg) -> Vec<String> {
    let result = |value: PossibleValue| {
        let name = quoted(value.get_name());
        let help = value.get_help().map_or_else(|| name.clone(), |help| quoted(&help.to_string()));
        format!(
            "            [CompletionResult]::new({name}, {name}, [CompletionResultType]::ParameterValue, {help})\n"
        )
    };
    argument.get_possible_values().into_iter().map(result).collect()
}

/// PowerShell ends a quoted text at a typographic quote too.
fn quoted(text: &str) -> String {
    let times = |c| if matches!(c, '\'' | '\u{2018}'..='\u{201b}') { 2 } else { 1 };
    let doubled: String = text.chars().flat_map(|c| repeat_n(c, times(c))).collect();
    format!("'{doubled}'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::builder::PossibleValuesParser;
    use clap_complete::{Shell, generate};

    #[test]
    fn values_stand_in_the_block_of_their_command() {
        let names = Arg::new("names").value_parser(PossibleValuesParser::new(["it's", "other"]));
        let sub = Command::new("sub").arg(names.clone()).arg(Arg::new("flag").long("flag"));
        let above = Command::new("above").subcommand(Command::new("below").arg(names));
        let mut program = Command::new("program").subcommand(sub).subcommand(above);
        let mut script = Vec::new();
        generate(Shell::PowerShell, &mut program, "program", &mut script);
        let script = with_values(&String::from_utf8_lossy(&script), &program);
        let block = |path: &str| {
            let block = script.split(&format!("'{path}' {{")).nth(1).expect("the command's block");
            block.split("break").next().expect("its end")
        };
        for path in ["program;sub", "program;above;below"] {
            assert!(block(path).contains("new('it''s', 'it''s', "), "{script}");
        }
        assert!(block("program;sub").contains("new('--flag', "), "{script}");
        assert!(script.contains("$commandElements[1].Value -notin @('above'"), "{script}");
    }
}
