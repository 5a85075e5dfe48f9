use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::arguments::Arguments as Program;
use crate::error::{Error, Exit};

/// Print a manual page in roff, or write them all into a directory
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The command whose page is wanted, such as `scopes` or `catalog import`; without one, the
    /// program's own
    #[arg(value_name = "COMMAND", conflicts_with = "dir", num_args = 0..=2)]
    command: Vec<String>,

    /// Write a page for every command into this directory, and print their names
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  $ pdscopes man scopes > pdscopes-scopes.1     # then: man ./pdscopes-scopes.1
  $ pdscopes man --dir .";

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Exit, Error> {
    let mut program = Program::command().disable_help_subcommand(true);
    program.build();
    if let Some(directory) = &arguments.dir {
        write_all(&program, directory, out)?;
        return Ok(Exit::Done);
    }
    let command =
        arguments.command.iter().try_fold(&program, |command, name| find(command, name))?;
    out.write_all(page(&Man::new(command.clone()))?.as_bytes())?;
    Ok(Exit::Done)
}

fn find<'a>(command: &'a Command, name: &str) -> Result<&'a Command, Error> {
    command.find_subcommand(name).ok_or_else(|| {
        let names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
        let reason = match names.join(", ") {
            none if none.is_empty() => format!("`{}` has no commands", command.get_name()),
            names => format!("There is no command `{name}`, only {names}"),
        };
        Error::Usage { reason, command: "pdscopes man".into() }
    })
}

/// The page of a command and those of all that are below it.
fn write_all(command: &Command, directory: &Path, out: &mut impl Write) -> Result<(), Error> {
    let man = Man::new(command.clone());
    let path = directory.join(man.get_filename());
    fs::write(&path, page(&man)?)
        .map_err(|error| Error::Unwritable { path: path.clone(), error })?;
    writeln!(out, "{}", path.display())?;
    command.get_subcommands().try_for_each(|command| write_all(command, directory, out))
}

fn page(man: &Man) -> io::Result<String> {
    let mut roff = Vec::new();
    man.render(&mut roff)?;
    Ok(with_headings(&String::from_utf8_lossy(&roff)))
}

/// Gives each paragraph at the end of the help (examples, environment) a section of its own and
/// keeps its lines apart. clap_mangen runs them together under the heading EXTRA.
fn with_headings(roff: &str) -> String {
    let Some((before, extra)) = roff.split_once(".SH EXTRA\n") else {
        return roff.to_owned();
    };
    let (extra, after) = match extra.find("\n.SH ") {
        Some(end) => extra.split_at(end + 1),
        None => (extra, ""),
    };
    let mut page = before.to_owned();
    for line in extra.lines().filter(|line| !line.is_empty()) {
        match line.strip_suffix(':').filter(|line| !line.starts_with(' ')) {
            Some(heading) => {
                page += &format!(".SH \"{}\"\n.nf\n", heading.to_uppercase());
            }
            None => page += &format!("{line}\n"),
        }
    }
    page + ".fi\n" + after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_paragraph_of_the_help_becomes_a_section() {
        assert_eq!(
            with_headings(
                ".SH NAME\nx\n.SH EXTRA\nExamples:\n  a\n\nExit codes:\n  0\n.SH VERSION\nv1\n"
            ),
            ".SH NAME\nx\n.SH \"EXAMPLES\"\n.nf\n  a\n.SH \"EXIT CODES\"\n.nf\n  0\n.fi\n.SH VERSION\nv1\n"
        );
        assert_eq!(with_headings(".SH NAME\nx\n"), ".SH NAME\nx\n");
    }
}
