use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::arguments::Arguments as Program;
use crate::error::{Error, Exit};

/// Prints a manual page in roff, or writes them all into a directory
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The command whose page is wanted; without one, the program's own
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    command: Option<String>,

    /// Write a page for every command into this directory, and print their names
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  $ pdscopes man scopes | man -l -
  $ pdscopes man --dir .";

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Exit, Error> {
    let mut program = Program::command().disable_help_subcommand(true);
    program.build();
    if let Some(directory) = &arguments.dir {
        write_all(&program, directory, out)?;
        return Ok(Exit::Done);
    }
    let command = match &arguments.command {
        None => program,
        Some(name) => find(&program, name)?,
    };
    Man::new(command).render(out)?;
    Ok(Exit::Done)
}

fn find(program: &Command, name: &str) -> Result<Command, Error> {
    program.find_subcommand(name).cloned().ok_or_else(|| {
        let names: Vec<_> = program.get_subcommands().map(Command::get_name).collect();
        Error::Usage {
            reason: format!("There is no command `{name}`, only {}", names.join(", ")),
            command: "pdscopes man".into(),
        }
    })
}

fn write_all(program: &Command, directory: &Path, out: &mut impl Write) -> Result<(), Error> {
    let commands = std::iter::once(program).chain(program.get_subcommands());
    for command in commands {
        let page = Man::new(command.clone());
        let path = directory.join(page.get_filename());
        write_page(&page, &path)
            .map_err(|error| Error::Unwritable { path: path.clone(), error })?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(())
}

fn write_page(page: &Man, path: &Path) -> io::Result<()> {
    let mut text = Vec::new();
    page.render(&mut text)?;
    fs::write(path, text)
}
