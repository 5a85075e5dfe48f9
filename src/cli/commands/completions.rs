mod powershell;

use std::io::Write;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Command, CommandFactory, ValueEnum};
use clap_complete::{Generator, Shell, generate};
use clap_complete_nushell::Nushell;

use crate::cli::arguments::Arguments as Program;
use crate::domain::{Catalog, Separator, visible};
use crate::error::{Error, Exit};

/// Print a script that completes commands, flags, action ids, scopes and separators
///
/// The script holds the names of this version's catalog; make it anew after an update.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The shell that is to read the script
    #[arg(value_name = "SHELL")]
    shell: TargetShell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TargetShell {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
    Nushell,
}

const EXAMPLES: &str = "\
Examples:
  $ pdscopes completions bash > pdscopes.bash     # then: source pdscopes.bash
  $ pdscopes completions zsh > _pdscopes          # in a directory of $fpath
  $ pdscopes completions fish > pdscopes.fish     # in ~/.config/fish/completions
  $ pdscopes completions powershell > pdscopes.ps1 # then: . ./pdscopes.ps1
  $ pdscopes completions nushell > pdscopes.nu    # then: use pdscopes.nu *";

/// The names are those of the program's own catalog, whatever catalog else is in use: names from
/// outside would become code in the user's shell.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Exit, Error> {
    let catalog = Catalog::embedded()?;
    let mut program = with_names(Program::command(), &catalog);
    let script = match arguments.shell {
        TargetShell::Bash => {
            generated(Shell::Bash, &mut program) + include_str!("completions/colons.bash")
        }
        TargetShell::Zsh => generated(Shell::Zsh, &mut program),
        TargetShell::Fish => {
            let scopes = catalog.names(&catalog.all_scopes().collect()).join(" ");
            generated(Shell::Fish, &mut program)
                + include_str!("completions/names.fish")
                + &format!(
                    "complete -c pdscopes -n \"__fish_pdscopes_using_subcommand explain diff\" -a \"{scopes}\"\n"
                )
        }
        TargetShell::PowerShell => {
            powershell::with_values(&generated(Shell::PowerShell, &mut program), &program)
        }
        TargetShell::Nushell => generated(Nushell, &mut program),
    };
    out.write_all(script.as_bytes())?;
    Ok(Exit::Done)
}

fn generated(generator: impl Generator, program: &mut Command) -> String {
    let mut script = Vec::new();
    generate(generator, program, "pdscopes", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The program's command line with every name that the catalog gives spelt out. Only the scripts
/// are made from it: parsing takes globs, lists and `-` too.
fn with_names(program: Command, catalog: &Catalog) -> Command {
    let actions = catalog.indices().map(|index| {
        let action = catalog.action(index);
        PossibleValue::new(action.id().to_owned()).help(visible(action.label()).into_owned())
    });
    let actions: Vec<_> = actions.collect();
    let scopes = catalog.all_scopes().map(|scope| catalog.scope(scope).to_owned());
    let scopes = scopes.map(PossibleValue::new);
    let scopes: Vec<_> = scopes.collect();
    let separators = Separator::ALL.map(|separator| separator.name().to_lowercase());
    let separators: Vec<_> = separators.into_iter().map(PossibleValue::new).collect();
    // Without labels: zsh takes the colon of a scope for the end of a name that has one.
    let ids = actions.iter().map(PossibleValue::get_name);
    let ids = ids.map(|id| PossibleValue::new(id.to_owned()));
    let both: Vec<_> = scopes.iter().cloned().chain(ids).collect();

    let program = values(program, None, "actions", &actions);
    let program = values(program, None, "granted", &scopes);
    let mut program = values(program, None, "separator", &separators);
    for (command, argument, names) in [
        ("scopes", "actions", &actions),
        ("scopes", "separator", &separators),
        ("url", "actions", &actions),
        ("check", "actions", &actions),
        ("check", "granted", &scopes),
        ("guide", "actions", &actions),
        ("diff", "old", &scopes),
        ("diff", "new", &scopes),
        ("explain", "subjects", &both),
    ] {
        program = values(program, Some(command), argument, names);
    }
    program
}

fn values(
    program: Command,
    subcommand: Option<&'static str>,
    argument: &'static str,
    names: &[PossibleValue],
) -> Command {
    let give = |command: Command| {
        let parser = PossibleValuesParser::new(names.iter().cloned());
        command.mut_arg(argument, |argument| argument.value_parser(parser))
    };
    match subcommand {
        None => give(program),
        Some(subcommand) => program.mut_subcommand(subcommand, give),
    }
}
