use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::Resettable;
use clap::{Args, Command, ValueHint};
use clap_mangen::Man;
use roff::{Inline, Roff, bold, roman};

use crate::app::{BINDINGS, Binding};
use crate::error::{Error, Exit};

/// Print a man page, or write all of them to a directory
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  $ pdscopes man scopes > pdscopes-scopes.1
  $ pdscopes man --dir .")]
pub struct Arguments {
    /// The command, such as `scopes` or `catalog import`; without one, the program's own page
    #[arg(value_name = "COMMAND", conflicts_with = "dir", num_args = 0..=2)]
    command: Vec<String>,

    /// Write the page of every command to this directory, and print their names
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

/// Prints one page, or writes all. The program's own page has the keys of the screen.
pub fn run(arguments: &Arguments, program: Command, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let mut program = program.disable_help_subcommand(true);
    program.build();
    if let Some(directory) = &arguments.dir {
        write_all(&program, directory, out)?;
        return Ok(Exit::Done);
    }
    let command =
        arguments.command.iter().try_fold(&program, |command, name| find(command, name))?;
    out.write_all(page(command)?.as_bytes())?;
    Ok(Exit::Done)
}

fn find<'a>(command: &'a Command, name: &str) -> Result<&'a Command, Error> {
    command.find_subcommand(name).ok_or_else(|| {
        let names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
        let reason = match names.join(", ") {
            none if none.is_empty() => format!("`{}` has no commands", command.get_name()),
            names => format!("There is no such command, only {names}"),
        };
        Error::usage("pdscopes man", reason)
    })
}

/// Writes the page of a command and those of all below it.
fn write_all(command: &Command, directory: &Path, out: &mut Vec<u8>) -> Result<(), Error> {
    let path = directory.join(manual(command).get_filename());
    fs::write(&path, page(command)?)
        .map_err(|error| Error::Unwritable { path: path.clone(), error })?;
    writeln!(out, "{}", path.display())?;
    command.get_subcommands().try_for_each(|command| write_all(command, directory, out))
}

/// The page without the end of the help, which clap_mangen would run together. The synopsis is clap's
/// usage line: clap_mangen's own shows no values of flags and neither that an argument is required nor
/// that it may be repeated. Every page has the version in its footer.
fn manual(command: &Command) -> Man {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().to_owned();
    let command = command.clone().override_usage(usage).after_help(Resettable::Reset);
    Man::new(command).source(concat!("pdscopes ", env!("CARGO_PKG_VERSION")))
}

fn page(command: &Command) -> io::Result<String> {
    let mut page = Vec::new();
    manual(command).render(&mut page)?;
    let mut end = Roff::new();
    if command.get_name() == "pdscopes" {
        write_keys(&mut end);
    }
    let help = command.get_after_help().map(ToString::to_string);
    write_paragraphs(&help.unwrap_or_default(), &mut end);
    end.to_writer(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn write_keys(page: &mut Roff) {
    page.control("SH", ["KEYS"]).text([roman(
        "While typing, letters are the query; while browsing, they are commands. \
         Esc stops typing, / starts it again.",
    )]);
    for key in BINDINGS {
        page.control("TP", []).text(key_names(key)).text([roman(key.words)]);
    }
}

fn key_names(key: &Binding) -> Vec<Inline> {
    let names = |keys: &str, place: &str| {
        let names = keys.split_whitespace().flat_map(|name| [bold(name), roman(" ")]);
        names.chain((!keys.is_empty()).then(|| roman(place))).collect::<Vec<_>>()
    };
    match key.typing == key.browsing {
        true => names(key.typing, ""),
        false => [names(key.typing, "(typing) "), names(key.browsing, "(browsing) ")].concat(),
    }
}

/// Gives each paragraph of the end of the help (examples, environment) a section of its own and keeps
/// its lines apart.
fn write_paragraphs(help: &str, page: &mut Roff) {
    for line in help.lines().filter(|line| !line.is_empty()) {
        match line.strip_suffix(':').filter(|line| !line.starts_with(' ')) {
            Some(heading) => page.control("SH", [&*heading.to_uppercase()]).control("nf", []),
            None => page.text([roman(line)]),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_paragraph_of_the_help_becomes_a_section() {
        let mut page = Roff::new();
        write_paragraphs("Examples:\n  a\n\nExit codes:\n  0", &mut page);
        assert_eq!(page.to_roff(), ".SH EXAMPLES\n.nf\n  a\n.SH \"EXIT CODES\"\n.nf\n  0\n");
    }
}
