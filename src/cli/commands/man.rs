use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Command, ValueHint};
use clap_mangen::Man;
use roff::{Inline, Roff, bold, italic, roman};

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

/// The keys of a command of the screen, and its description.
#[derive(Clone, Debug)]
pub struct KeyHelp {
    pub words: &'static str,
    /// The names of the keys that do it while letters are the query, and while they are commands.
    pub typing: &'static str,
    pub browsing: &'static str,
}

/// Prints one page, or writes all. `keys` are those of the screen, for the program's own page.
pub fn run(
    arguments: &Arguments,
    program: Command,
    keys: &[KeyHelp],
    out: &mut Vec<u8>,
) -> Result<Exit, Error> {
    let mut program = program.disable_help_subcommand(true);
    program.build();
    if let Some(directory) = &arguments.dir {
        write_all(&program, keys, directory, out)?;
        return Ok(Exit::Done);
    }
    let command =
        arguments.command.iter().try_fold(&program, |command, name| find(command, name))?;
    let keys = if arguments.command.is_empty() { keys } else { &[] };
    out.write_all(page(command, keys)?.as_bytes())?;
    Ok(Exit::Done)
}

fn find<'a>(command: &'a Command, name: &str) -> Result<&'a Command, Error> {
    command.find_subcommand(name).ok_or_else(|| {
        let names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
        let reason = match names.join(", ") {
            none if none.is_empty() => format!("`{}` has no commands", command.get_name()),
            names => format!("There is no such command, only {names}"),
        };
        Error::Usage { reason, command: "pdscopes man".into() }
    })
}

/// Writes the page of a command and those of all below it.
fn write_all(
    command: &Command,
    keys: &[KeyHelp],
    directory: &Path,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let path = directory.join(manual(command).get_filename());
    fs::write(&path, page(command, keys)?)
        .map_err(|error| Error::Unwritable { path: path.clone(), error })?;
    writeln!(out, "{}", path.display())?;
    command.get_subcommands().try_for_each(|command| write_all(command, &[], directory, out))
}

/// Every page has the version in its footer.
fn manual(command: &Command) -> Man {
    Man::new(command.clone()).source(concat!("pdscopes ", env!("CARGO_PKG_VERSION")))
}

fn page(command: &Command, keys: &[KeyHelp]) -> io::Result<String> {
    let mut roff = Vec::new();
    manual(command).render(&mut roff)?;
    let roff = String::from_utf8_lossy(&roff);
    let page = with_synopsis(&roff, command);
    Ok(with_headings(page.as_deref().unwrap_or(&roff), &key_section(keys)))
}

/// Puts clap's usage line in place of the synopsis of clap_mangen, which shows no values of flags
/// and neither that an argument is required nor that it may be repeated.
fn with_synopsis(roff: &str, command: &Command) -> Option<String> {
    const HEADING: &str = ".SH SYNOPSIS\n";
    let (before, after) = roff.split_once(HEADING)?;
    let (_, after) = after.split_once("\n.SH ")?;
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage:").unwrap_or(&usage);
    let mut inlines = Vec::new();
    for word in usage.split_whitespace() {
        let is_placeholder = word.starts_with(['<', '[']);
        inlines.push(if is_placeholder { italic(word) } else { bold(word) });
        inlines.push(roman(" "));
    }
    let synopsis = Roff::new().text(inlines).to_roff();
    Some(format!("{before}{HEADING}{}\n.SH {after}", synopsis.trim_end()))
}

fn key_section(keys: &[KeyHelp]) -> String {
    if keys.is_empty() {
        return String::new();
    }
    let mut section = Roff::new();
    section.control("SH", ["KEYS"]).text([roman(
        "While typing, letters are the query; while browsing, they are commands. \
         Esc stops typing, / starts it again.",
    )]);
    for key in keys {
        section.control("TP", []).text(key_names(key)).text([roman(key.words)]);
    }
    section.to_roff()
}

fn key_names(key: &KeyHelp) -> Vec<Inline> {
    let names = |keys: &str| {
        let bold_name = |name: &str| [bold(name), roman(" ")];
        keys.split_whitespace().flat_map(bold_name).collect::<Vec<_>>()
    };
    let (typing, browsing) = (names(key.typing), names(key.browsing));
    if key.typing == key.browsing {
        return typing;
    }
    let mut inlines = Vec::new();
    for (names, place) in [(typing, "(typing) "), (browsing, "(browsing) ")] {
        if !names.is_empty() {
            inlines.extend(names);
            inlines.push(roman(place));
        }
    }
    inlines
}

/// Gives each paragraph at the end of the help (examples, environment) a section of its own and
/// keeps its lines apart. clap_mangen runs them together under the heading EXTRA. `keys` stands
/// before them.
fn with_headings(roff: &str, keys: &str) -> String {
    let Some((before, extra)) = roff.split_once(".SH EXTRA\n") else {
        return roff.to_owned();
    };
    let (extra, after) = match extra.find("\n.SH ") {
        Some(end) => extra.split_at(end + 1),
        None => (extra, ""),
    };
    let mut page = before.to_owned() + keys;
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
                ".SH NAME\nx\n.SH EXTRA\nExamples:\n  a\n\nExit codes:\n  0\n.SH VERSION\nv1\n",
                ""
            ),
            ".SH NAME\nx\n.SH \"EXAMPLES\"\n.nf\n  a\n.SH \"EXIT CODES\"\n.nf\n  0\n.fi\n.SH VERSION\nv1\n"
        );
        assert_eq!(with_headings(".SH NAME\nx\n", ""), ".SH NAME\nx\n");
    }
}
