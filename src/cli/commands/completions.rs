mod answers;
mod names;
mod powershell;

use std::ffi::OsString;
use std::io::Write;

use clap::{Args, Command, ValueEnum};
use clap_complete::{Generator, Shell, generate};
use clap_complete_nushell::Nushell;

use crate::cli::input::Context;
use crate::domain::Catalog;
use crate::error::{Error, Exit};

/// Print a script that completes commands, flags, actions, scopes and files
///
/// The scripts for bash, zsh and fish ask `pdscopes` at each Tab. They complete the names of the
/// catalog that `--catalog` names, and need no update. The scripts for PowerShell and nushell hold the
/// names of the built-in catalog; regenerate them after an update.
#[derive(Args, Debug)]
#[command(after_help = "\
Line to add:
  ~/.bashrc    eval \"$(pdscopes completions bash)\"
  ~/.zshrc     eval \"$(pdscopes completions zsh)\"
  config.fish  pdscopes completions fish | source
  $PROFILE     . ./pdscopes.ps1
  config.nu    use pdscopes.nu *

Examples:
  $ pdscopes completions powershell > pdscopes.ps1
  $ pdscopes completions nushell > pdscopes.nu")]
pub struct Arguments {
    /// The shell that reads the script
    shell: TargetShell,

    /// Words of a command line up to the cursor: print what may stand for the last one
    #[arg(value_name = "WORD", last = true, hide = true)]
    words: Vec<OsString>,
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

/// Prints the script, or the answers that a script asks for.
pub fn run(
    arguments: &Arguments,
    program: Command,
    context: &Context,
    out: &mut Vec<u8>,
) -> Result<Exit, Error> {
    if arguments.words.is_empty() {
        out.write_all(script(arguments.shell, program)?.as_bytes())?;
    } else {
        answers::write_answers(program, context.catalog, &arguments.words, out)?;
    }
    Ok(Exit::Done)
}

/// Scripts that hold names hold those of the program's own catalog: names from outside would become
/// code in the user's shell.
fn script(shell: TargetShell, program: Command) -> Result<String, Error> {
    let with_names = || Ok::<_, Error>(names::with_names(program, &Catalog::embedded_guide()?));
    Ok(match shell {
        TargetShell::Bash => include_str!("completions/pdscopes.bash").into(),
        TargetShell::Zsh => include_str!("completions/pdscopes.zsh").into(),
        TargetShell::Fish => include_str!("completions/pdscopes.fish").into(),
        TargetShell::PowerShell => {
            let mut program = with_names()?;
            powershell::with_values(&generated(Shell::PowerShell, &mut program), &program)
        }
        TargetShell::Nushell => generated(Nushell, &mut with_names()?),
    })
}

fn generated(generator: impl Generator, program: &mut Command) -> String {
    let mut script = Vec::new();
    generate(generator, program, "pdscopes", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
