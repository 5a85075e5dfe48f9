use std::iter::repeat_n;

use clap::builder::PossibleValue;
use clap::{Arg, Command};

/// Only the first word can be a command: later words are completed for it, however many names there
/// are already.
const BREAK: &str = "                $element.Value.StartsWith('-') -or\n";
const BREAK_AFTER_COMMAND: &str =
    "                $i -gt 1 -or\n                $element.Value.StartsWith('-') -or\n";

/// Adds the values of the arguments and flags of a built command line to its generated script, which names
/// only the flags.
/// A value is offered wherever its command is typed; what is typed already narrows them down.
pub fn with_values(script: &str, program: &Command) -> String {
    let mut script = script.replace(BREAK, BREAK_AFTER_COMMAND);
    let name = program.get_name();
    script = insert(&script, name, program);
    for command in program.get_subcommands() {
        script = insert(&script, &format!("{name};{}", command.get_name()), command);
    }
    script
}

fn insert(script: &str, path: &str, command: &Command) -> String {
    let block = format!("        '{path}' {{\n");
    let results: String = command.get_arguments().flat_map(results).collect();
    script.replacen(&block, &format!("{block}{results}"), 1)
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
        let sub = Command::new("sub").arg(names).arg(Arg::new("flag").long("flag"));
        let mut program = Command::new("program").subcommand(sub);
        let mut script = Vec::new();
        generate(Shell::PowerShell, &mut program, "program", &mut script);
        let script = with_values(&String::from_utf8_lossy(&script), &program);
        let block = script.split("'program;sub' {").nth(1).expect("the command's block");
        let block = block.split("break").next().expect("its end");
        assert!(block.contains("new('it''s', 'it''s', "), "{script}");
        assert!(block.contains("new('--flag', "), "{script}");
        assert!(script.contains("$i -gt 1 -or"), "{script}");
    }
}
