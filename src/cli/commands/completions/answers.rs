use std::ffi::{OsStr, OsString};
use std::io::{self, Write};

use clap::builder::PossibleValue;
use clap::{Arg, Command, FromArgMatches, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, complete};

use super::names::{command_names, with_names, with_values};
use crate::cli::arguments::find_flag;
use crate::cli::preferences::Preferences;
use crate::domain::{Catalog, Separator, sanitize};

/// Writes the completions of the last of `words`: those of a command line up to the cursor, with the
/// program's name first.
///
/// The first line says what else can be completed: `files`, `directories`, or `names` for nothing
/// else. Each further line is an answer, a tab and its meaning. The shell completes paths, because
/// it knows how it quotes and expands them.
pub fn write_answers(
    program: Command,
    catalog: &Catalog,
    words: &[OsString],
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let named = named_catalog(&program, words);
    let program = with_names(program, named.as_ref().unwrap_or(catalog));
    let mut program = with_manual_pages(program, words);
    program.build();
    let mut program = with_completers(program);
    let words = without_complete_flags(&program, words);

    let last = words.last().cloned().unwrap_or_default();
    let index = words.len().saturating_sub(1);
    let candidates = complete(&mut program, words, index, None).unwrap_or_default();
    let paths = |candidate: &CompletionCandidate| {
        PATHS.into_iter().find(|&paths| candidate.get_id().is_some_and(|id| id == paths))
    };
    writeln!(out, "{}", candidates.iter().find_map(paths).unwrap_or("names"))?;

    let is_flag = |word: &OsStr| word.as_encoded_bytes().starts_with(b"-");
    for candidate in &candidates {
        let value = candidate.get_value();
        // If nothing is typed yet, flags would make `-` the common prefix of all answers.
        let is_unasked = is_flag(value) && !is_flag(&last);
        // The library joins any short flag to any letter.
        let is_joined =
            is_flag(value) && !value.as_encoded_bytes().starts_with(b"--") && value.len() > 2;
        if is_unasked || is_joined || paths(candidate).is_some() {
            continue;
        }
        let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        let meaning = help.lines().next().unwrap_or_default();
        writeln!(out, "{}\t{}", value.to_string_lossy(), sanitize(meaning))?;
    }
    Ok(())
}

/// Values that the shell completes by itself.
const PATHS: [&str; 2] = ["files", "directories"];

/// The catalog that `words` name, complete or not. One that cannot be read has no names; flags are
/// completed all the same.
fn named_catalog(program: &Command, words: &[OsString]) -> Option<Catalog> {
    let (_, before) = words.split_last()?;
    let matches = program.clone().ignore_errors(true).try_get_matches_from(before).ok()?;
    let Ok(preferences) = Preferences::from_arg_matches(&matches) else {
        return Some(Catalog::default());
    };
    preferences.catalog.as_ref().map(|_| preferences.catalog().unwrap_or_default())
}

/// `man catalog` is followed by the commands of `catalog`, not by those of the program.
fn with_manual_pages(program: Command, words: &[OsString]) -> Command {
    let [.., man, command, _] = words else { return program };
    let Some(command) = command.to_str().filter(|_| man == "man") else { return program };
    let Some(parent) = program.find_subcommand(command) else { return program };
    let names = command_names(parent);
    with_values(program, &|argument| (argument == "command").then(|| names.clone()))
}

/// Makes every value of the program and of its subcommands complete lists too, and say whether it
/// may be a path.
fn with_completers(program: Command) -> Command {
    program.mut_args(with_completer).mut_subcommands(with_completers)
}

fn with_completer(argument: Arg) -> Arg {
    let values = argument.get_possible_values();
    let paths = match argument.get_value_hint() {
        ValueHint::AnyPath | ValueHint::FilePath => Some("files"),
        ValueHint::DirPath => Some("directories"),
        _ => None,
    };
    argument.add(ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = typed.to_string_lossy();
        let of_list = typed.rfind(Separator::is_one).map_or(0, |delimiter| delimiter + 1);
        let (before, name) = typed.split_at(of_list);
        let fits = |value: &&PossibleValue| value.get_name().starts_with(name);
        let candidate = |value: &PossibleValue| {
            CompletionCandidate::new(format!("{before}{}", value.get_name()))
                .help(value.get_help().cloned())
        };
        let paths = paths.map(|paths| CompletionCandidate::new("").id(Some(paths.into())));
        values.iter().filter(fits).map(candidate).chain(paths).collect()
    }))
}

/// `words` without the flags that are complete, values included: the engine would take a value such
/// as `list` for a command, and what follows `--ascii` for its value, which can only follow `=`.
fn without_complete_flags(program: &Command, words: &[OsString]) -> Vec<OsString> {
    let takes_next = |flag: &Arg| flag.get_action().takes_values() && !flag.is_require_equals_set();
    let (mut left, mut words) = (Vec::new(), words);
    while let [word, others @ ..] = words {
        let flag = word.to_str().and_then(|word| find_flag(program, word));
        match flag.map(|flag| if takes_next(flag) { 2 } else { 1 }) {
            Some(length) if length < words.len() => words = &words[length..],
            None if word != "--" => {
                left.push(word.clone());
                words = others;
            }
            Some(_) | None => break,
        }
    }
    left.extend_from_slice(words);
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::Arguments;
    use clap::CommandFactory;

    fn answers(line: &str) -> (String, Vec<String>) {
        let words: Vec<_> = line.split('␣').map(OsString::from).collect();
        let catalog = Catalog::embedded_guide().expect("valid");
        let mut out = Vec::new();
        write_answers(Arguments::command(), &catalog, &words, &mut out).expect("memory");
        let text = String::from_utf8(out).expect("UTF-8");
        let mut lines = text.lines();
        let other = lines.next().expect("a first line").to_owned();
        (other, lines.filter_map(|line| Some(line.split_once('\t')?.0.to_owned())).collect())
    }

    /// Words are separated by `␣`.
    #[test]
    fn the_answers_fit_the_place_and_what_is_typed() {
        for (line, other, names) in [
            ("pdscopes␣expl", "names", &["explain"][..]),
            ("pdscopes␣catalog␣", "names", &["import", "check", "diff", "help"]),
            ("pdscopes␣list␣", "names", &[]),
            ("pdscopes␣catalog␣check␣", "files", &[]),
            ("pdscopes␣catalog␣import␣a.mdx␣", "files", &[]),
            ("pdscopes␣man␣--dir␣", "directories", &[]),
            ("pdscopes␣man␣cl", "names", &["clipboard"]),
            ("pdscopes␣man␣catalog␣", "names", &["import", "check", "diff"]),
            ("pdscopes␣check␣--granted=deals:re", "files", &["--granted=deals:read"]),
            ("pdscopes␣check␣--granted␣deals:", "files", &["deals:read", "deals:full"]),
            (
                "pdscopes␣check␣--granted␣base,deals:",
                "files",
                &["base,deals:read", "base,deals:full"],
            ),
            ("pdscopes␣diff␣deals:read␣goals:r", "files", &["goals:read"]),
            ("pdscopes␣scopes␣--format=js", "names", &["--format=json"]),
            ("pdscopes␣scopes␣--separator␣co", "names", &["comma"]),
            ("pdscopes␣--config␣", "files", &["none"]),
            ("pdscopes␣--ascii␣au", "names", &["audit"]),
            ("pdscopes␣--ascii=a", "names", &["--ascii=auto", "--ascii=always"]),
            ("pdscopes␣--query␣list␣--from", "names", &["--from-url"]),
            ("pdscopes␣-q␣list␣--from", "names", &["--from-url"]),
            ("pdscopes␣--catalog␣", "files", &[]),
            ("pdscopes␣--catalog␣nowhere.json␣scopes␣p", "names", &[]),
            ("pdscopes␣scopes␣--␣pipedrive_add_u", "names", &["pipedrive_add_user"]),
            ("pdscopes␣scopes␣pipedrive_add_deal␣--le", "names", &["--least"]),
            (
                "pdscopes␣--actions␣pipedrive_add_deal,pipedrive_add_u",
                "names",
                &["pipedrive_add_deal,pipedrive_add_user"],
            ),
        ] {
            let given = answers(line);
            assert_eq!(
                (given.0.as_str(), given.1),
                (other, names.iter().map(ToString::to_string).collect()),
                "{line}"
            );
        }
    }

    #[test]
    fn every_flag_is_offered_where_it_may_stand_and_none_before_a_hyphen() {
        let mut program = Arguments::command();
        program.build();
        let mut lines = vec![("pdscopes".to_owned(), &program)];
        for command in program.get_subcommands() {
            lines.push((format!("pdscopes␣{}", command.get_name()), command));
        }
        for (line, command) in lines {
            let offered = answers(&format!("{line}␣--")).1;
            for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
                let Some(long) = argument.get_long() else { continue };
                assert!(offered.contains(&format!("--{long}")), "{line}: --{long}");
            }
            let unasked = answers(&format!("{line}␣")).1;
            assert!(unasked.iter().all(|answer| !answer.starts_with('-')), "{line}: {unasked:?}");
        }
    }
}
