use std::borrow::Cow;
use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ErrorKind};
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches, Parser};

use crate::cli::arguments::{Arguments, DefaultFlags, color_choice, find_flag};
use crate::cli::commands::Subcommand;
use crate::cli::output::{StdoutStyle, choose_color};
use crate::domain::{may_be_secret, nearest_name, pluralize};
use crate::error::Error;

/// The request of a command line.
#[derive(Debug)]
pub enum Invocation {
    /// Print this help.
    Help(String),
    Version,
    /// Answer this command, or show the screen.
    Run(Box<Arguments>),
}

/// Reads `arguments`, with the program's own name first, after the default flags of
/// `PDSCOPES_OPTS`, which they override.
///
/// `--color` sets the colour of the whole process from here on.
///
/// # Errors
/// An unknown flag or command, flags that exclude each other, or an invalid value. Each ends the
/// program with [`Exit::Refused`](crate::error::Exit::Refused).
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    default_flags: Option<OsString>,
) -> Result<Invocation, Error> {
    let mut arguments = arguments.into_iter();
    let program = arguments.next().unwrap_or_default();
    let own: Vec<OsString> = arguments.collect();
    let defaults = default_words(default_flags);
    let all = defaults.iter().flatten().chain(&own);
    choose_color(color_choice(all.filter_map(|word| word.to_str())));

    let defaults = defaults.and_then(checked);
    let invocation = requested(&program, defaults.as_deref().unwrap_or_default(), &own);
    match &invocation {
        // A wrong setting must not keep help of any kind from the user.
        Ok(Invocation::Help(_) | Invocation::Version) => {}
        Ok(Invocation::Run(arguments))
            if arguments.subcommand.as_ref().is_some_and(|command| !command.uses_settings()) => {}
        _ => drop(defaults?),
    }
    invocation
}

fn requested(
    program: &OsString,
    defaults: &[OsString],
    own: &[OsString],
) -> Result<Invocation, Error> {
    let all = || defaults.iter().chain(own);
    // clap would build every command first, which takes a tenth of the time to the first frame.
    if all().next().is_none() {
        return Ok(Invocation::Run(Box::default()));
    }
    let words = std::iter::once(program).chain(all());
    let mut definition = Arguments::command();
    let matches = definition.try_get_matches_from_mut(words);
    match matches.and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, matches))) {
        Ok((arguments, matches)) => match (arguments.start.given(), matches.subcommand_name()) {
            (Some(flag), Some(command)) => Err(misplaced(flag, command)),
            // The last one alone would answer, and the answer would look like one for all of them.
            _ if count(own, "--catalog") > 1 => Err(Error::usage(
                "pdscopes catalog import",
                "`--catalog` takes one file; `catalog import` joins several into one",
            )),
            _ if arguments.subcommand.as_ref().is_some_and(Subcommand::names_older)
                && count(own, "--catalog") > 0 =>
            {
                Err(Error::usage(
                    "pdscopes catalog diff",
                    "`--catalog` stands for the older file. Leave it or that file out",
                ))
            }
            _ if reads_stdin_twice(&arguments, own) => Err(Error::StdinTwice),
            _ => match without_use(&definition, &matches, own) {
                Some(flag) => Err(Error::usage(
                    &format!("pdscopes {}", matches.subcommand_name().unwrap_or_default()),
                    format!("`{flag}` has no meaning here. Leave it out"),
                )),
                None => Ok(Invocation::Run(Box::new(arguments))),
            },
        },
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp => Ok(Invocation::Help(rendered(&error))),
            ErrorKind::DisplayVersion => Ok(Invocation::Version),
            ErrorKind::InvalidUtf8 => Err(not_utf8(own)),
            _ => Err(usage(&error, own)),
        },
    }
}

/// The first flag in use that the command hides, since it has no use for it.
fn without_use(program: &Command, matches: &ArgMatches, own: &[OsString]) -> Option<String> {
    let (name, below) = matches.subcommand()?;
    let command = program.find_subcommand(name)?;
    let hidden = command.get_arguments().filter(|flag| flag.is_hide_set());
    let mut flags = hidden.filter_map(|flag| Some(format!("--{}", flag.get_long()?)));
    flags.find(|flag| count(own, flag) > 0).or_else(|| without_use(command, below, own))
}

/// Returns `true` if the catalog is read from stdin, and something else is too. `list` searches for `-`, and a
/// separator may be one.
fn reads_stdin_twice(arguments: &Arguments, own: &[OsString]) -> bool {
    let is_other = |pair: &&[OsString]| {
        pair[1] == "-" && ["--catalog", "--separator"].iter().any(|flag| pair[0] == *flag)
    };
    let others = own.windows(2).filter(is_other).count();
    let is_catalog = arguments.preferences.catalog.as_deref() == Some(Path::new("-"));
    let is_search = matches!(arguments.subcommand, None | Some(Subcommand::List(_)));
    is_catalog && !is_search && own.iter().filter(|word| *word == "-").count() > others
}

/// The number of times that a flag with a value is given.
fn count(words: &[OsString], flag: &str) -> usize {
    let words = words.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    let is_flag = |word: &&str| word.split('=').next() == Some(flag);
    words.filter(is_flag).count()
}

fn misplaced(flag: &str, command: &str) -> Error {
    let reason = format!(
        "`{flag}` before `{command}` works only without a command. Put options of `{command}` after \
         `{command}`"
    );
    Error::usage(&format!("pdscopes {command}"), reason)
}

fn default_words(default_flags: Option<OsString>) -> Result<Vec<OsString>, Error> {
    let Some(flags) = default_flags else { return Ok(Vec::new()) };
    let refused = |reason: &str| Error::DefaultFlags(reason.into());
    let flags = flags.to_str().ok_or_else(|| refused("it is not valid UTF-8"))?;
    let words = shlex::split(flags).ok_or_else(|| refused("a quote in it is not closed"))?;
    Ok(words.into_iter().map(OsString::from).collect())
}

/// The default flags, checked on their own so that an error in them is not blamed on the command
/// line.
fn checked(words: Vec<OsString>) -> Result<Vec<OsString>, Error> {
    if words.is_empty() {
        return Ok(words);
    }
    // It would end the flags of the command line too.
    if words.iter().any(|word| word == "--") {
        return Err(Error::DefaultFlags("`--` has no place in it".into()));
    }
    DefaultFlags::try_parse_from(&words).map_err(|error| Error::DefaultFlags(sentence(&error)))?;
    Ok(words)
}

fn rendered(help: &clap::Error) -> String {
    let (help, is_coloured) = (help.render(), StdoutStyle::of_stdout().is_coloured);
    if is_coloured { help.ansi().to_string() } else { help.to_string() }
}

fn not_utf8(arguments: &[OsString]) -> Error {
    let broken = arguments.iter().position(|argument| argument.to_str().is_none());
    Error::ArgumentNotUtf8 { position: broken.map_or(0, |position| position + 1) }
}

/// Points to the help of the command that the wrong word was given to.
fn usage(error: &clap::Error, words: &[OsString]) -> Error {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let wrong = not_understood(error);
    let is_wrong = |word: &OsString| {
        let word = word.to_string_lossy();
        let of_flag = word.split_once('=').filter(|(flag, _)| flag.starts_with("--"));
        word == wrong || of_flag.is_some_and(|(flag, value)| flag == wrong || value == wrong)
    };
    let before = words.iter().position(is_wrong).map_or(words, |at| &words[..at]);
    let command = before.iter().find_map(|word| program.find_subcommand(word));
    if let (ErrorKind::MissingRequiredArgument, Some(command)) = (error.kind(), command)
        && let Some(flag) = screen_flag_before(command.get_name(), words)
    {
        return misplaced(flag, command.get_name());
    }
    let reason = match (error.kind(), command) {
        (ErrorKind::UnknownArgument, Some(command))
            if find_flag(&DefaultFlags::command(), &wrong).is_some() =>
        {
            let name = command.get_name();
            let reason = match (&*wrong, name) {
                ("--config", _) | ("--clipboard", "clipboard") => {
                    format!("`{wrong}` works only before the command. Put it before `{name}`")
                }
                _ => format!("`{name}` has no use for `{wrong}`. Leave it out"),
            };
            return Error::usage("pdscopes", reason);
        }
        (ErrorKind::UnknownArgument, _) if words.iter().any(|word| is_text_like(word, &wrong)) => {
            "A text that begins with `-` is taken for a flag. Put `--` before it".into()
        }
        (ErrorKind::InvalidSubcommand, None) => not_a_command(&wrong, &program, words),
        _ => sentence(error),
    };
    let below = |command, word| Command::find_subcommand(command, word).unwrap_or(command);
    Error::usage(before.iter().fold(&program, below).get_bin_name().unwrap_or_default(), reason)
}

/// Returns `true` for several words in one argument, of which the first was taken for this flag. The value of a
/// flag may have several.
fn is_text_like(argument: &OsString, flag: &str) -> bool {
    let argument = argument.to_string_lossy();
    argument.strip_prefix(flag).is_some_and(|rest| {
        let is_value = flag.starts_with("--") && rest.starts_with('=');
        !is_value && argument.trim().contains(char::is_whitespace)
    })
}

/// Returns the first screen flag before the command: what is missing after the command may be there.
fn screen_flag_before(command: &str, words: &[OsString]) -> Option<&'static str> {
    let end = words.iter().position(|word| word == command).unwrap_or(words.len());
    parse_before(&words[..end])?.start.given()
}

/// The command line that ends before a command.
fn parse_before(words: &[OsString]) -> Option<Arguments> {
    let program = OsString::from("pdscopes");
    Arguments::try_parse_from(std::iter::once(&program).chain(words)).ok()
}

/// Returns `true` if text that is not understood may be repeated: it is short, and surely no secret.
fn is_shown(text: &str) -> bool {
    const LONGEST: usize = 60;
    let is_flag = find_flag(&Arguments::command(), text).is_some();
    is_flag || text.len() <= LONGEST && !may_be_secret(text)
}

/// These words, or none if they cannot be shown.
fn shown<'w>(words: impl Iterator<Item = &'w OsString>) -> Vec<&'w str> {
    let words: Option<Vec<_>> = words.map(|word| word.to_str()).collect();
    words.filter(|words| is_shown(&words.join(" "))).unwrap_or_default()
}

/// Suggests what an unknown command was meant as: a command of a similar name, or a search. Does not
/// repeat long texts, nor what may be a secret.
fn not_a_command(word: &str, program: &Command, words: &[OsString]) -> String {
    if word.starts_with('-') {
        return "`pdscopes help` takes only the name of a command".into();
    }
    // The same word may be the value of a flag before it.
    let is_wrong = |&at: &usize| words[at] == word && parse_before(&words[..at]).is_some();
    let at = (0..words.len()).find(is_wrong).unwrap_or(words.len());
    let query = words[at..].iter().take_while(|word| !word.as_encoded_bytes().starts_with(b"-"));
    let query = shown(query.filter(|word| !word.is_empty()));
    let joined = query.join(" ");
    let flags = words[..at].iter().filter(|word| *word != "--");
    let are_default = DefaultFlags::try_parse_from(flags.clone()).is_ok();
    let flags = if are_default { shown(flags) } else { Vec::new() };
    let called = ["pdscopes"].into_iter().chain(flags);
    let (Ok(called), Ok(list), Ok(query), false) = (
        shlex::try_join(called),
        shlex::try_join(query),
        shlex::try_quote(&joined),
        joined.trim().is_empty(),
    ) else {
        return "There is no such command. To find actions, run `pdscopes list` with words to \
                search for, or `pdscopes` for the screen"
            .into();
    };
    let names = program.get_subcommands().map(Command::get_name);
    let near = nearest_name(word, names)
        .map_or(".".into(), |name| format!("; did you mean `pdscopes {name}`?"));
    format!(
        "`{word}` is not a command{near} To find actions, run `{called} list {list}`, or \
         `{called} -q {query}` for the screen"
    )
}

/// The argument that clap's message repeats.
fn not_understood(error: &clap::Error) -> String {
    let kind = match error.kind() {
        ErrorKind::UnknownArgument => ContextKind::InvalidArg,
        ErrorKind::InvalidSubcommand => ContextKind::InvalidSubcommand,
        _ => ContextKind::InvalidValue,
    };
    error.get(kind).map(ToString::to_string).unwrap_or_default()
}

/// `message` with the length of `text` in its place, unless that can be shown, and without the tips,
/// which repeat it.
fn without<'m>(message: &'m str, text: &str) -> Cow<'m, str> {
    if is_shown(text) {
        return message.into();
    }
    let message = message.split("\n\n  tip:").next().unwrap_or_default();
    let length = pluralize(text.chars().count(), "character");
    match message.split_once(&format!("'{text}'")) {
        Some((before, after)) => format!("{before}of {length}{after}").into(),
        None => "An argument cannot be read".into(),
    }
}

/// clap's message, without the usage that follows it, as one line that begins with a capital.
fn sentence(error: &clap::Error) -> String {
    let rendered = error.render().to_string();
    let message = rendered.split("\n\nUsage:").next().unwrap_or_default();
    let message = message.split("\n\nFor more information").next().unwrap_or_default();
    // A flag of another command is seldom meant as a value.
    let message = message.split("\n\n  tip: to pass").next().unwrap_or_default();
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let message = without(message, &not_understood(error));
    let lines = message.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.collect::<Vec<_>>().join("; ");
    // A list of missing arguments follows its own colon.
    let line = line.replace(":; ", ": ").replace("; [", " [");
    let mut characters = line.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => "The arguments cannot be read".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_arguments_mean_what_clap_makes_of_them() {
        let program = || std::iter::once(OsString::from("pdscopes"));
        let matches = Arguments::command().get_matches_from(program());
        let arguments = Arguments::from_arg_matches(&matches).expect("no argument is required");
        let parsed = parse(program(), None).expect("no argument is required");
        let by_clap = Invocation::Run(Box::new(arguments));
        assert_eq!(format!("{parsed:?}"), format!("{by_clap:?}"));
    }
}
