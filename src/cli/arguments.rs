use clap::{Arg, Command, CommandFactory, Parser, ValueEnum};

use crate::cli::commands::Subcommand;
use crate::cli::look::When;
use crate::cli::{preferences::Preferences, screen::StartFlags};

/// Find the OAuth scopes that a Pipedrive app needs: select actions, get the scopes
///
/// Without a command, pdscopes opens its screen in the terminal: select the actions that your
/// integration uses, and press Enter to print their scopes. The commands below do the same in scripts.
#[derive(Debug, Default, Parser)]
#[command(
    name = "pdscopes",
    bin_name = "pdscopes",
    version,
    max_term_width = 100,
    after_help = TOP_HELP,
)]
pub struct Arguments {
    #[command(flatten)]
    pub start: StartFlags,

    #[command(flatten)]
    pub preferences: Preferences,

    #[command(subcommand)]
    pub subcommand: Option<Subcommand>,
}

impl Arguments {
    /// The definition of the whole command line, for completions and manual pages.
    pub fn program() -> Command {
        Self::command()
    }
}

/// The flags that `PDSCOPES_OPTS` may hold: output, catalog and screen, never actions or granted
/// scopes.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true, disable_version_flag = true)]
pub struct DefaultFlags {
    #[command(flatten)]
    pub preferences: Preferences,
}

/// Returns the argument whose flag is `word`, of this command or one below it.
pub fn find_flag<'a>(command: &'a Command, word: &str) -> Option<&'a Arg> {
    let name = word.strip_prefix('-')?;
    let is_named = |argument: &&Arg| match name.strip_prefix('-') {
        Some(long) => argument.get_long() == Some(long),
        None => argument.get_short().is_some_and(|short| name.chars().eq([short])),
    };
    let below = || command.get_subcommands().find_map(|command| find_flag(command, word));
    command.get_arguments().find(is_named).or_else(below)
}

/// The colour of the output, before clap has read the arguments: its own errors and its help
/// are coloured too. clap refuses a wrong value later.
pub fn color_choice<'a>(arguments: impl IntoIterator<Item = &'a str>) -> When {
    let mut choice = When::Auto;
    let mut arguments = arguments.into_iter().take_while(|&argument| argument != "--");
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--color") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        choice = value.and_then(|word| When::from_str(word, false).ok()).unwrap_or(choice);
    }
    choice
}

const TOP_HELP: &str = "\
Examples:
  $ pdscopes list deal field
  $ pdscopes scopes pipedrive_add_deal
  $ pdscopes scopes --least 'pipedrive_list_*'
  $ pdscopes check --granted deals:read --all
  $ pdscopes audit

Environment:
  PDSCOPES_OPTS        default Output, Catalog, Screen flags
  PDSCOPES_ACCESSIBLE  1 means --accessible
  NO_COLOR             if not empty, no colour
  CLICOLOR_FORCE       if not empty, colour in pipes too

Files:
  $XDG_CONFIG_HOME/pdscopes/config.toml  settings
  ~/.config/pdscopes/config.toml         if that is not set
  %APPDATA%\\pdscopes\\config.toml         on Windows

Exit codes:
  0    success
  1    nothing to print, a difference, a refused action,
       or an action that is not covered or uncertain
  2    error in arguments or data; stderr says what
  129  the terminal was closed (SIGHUP)
  130  left with Esc, q or Ctrl-C
  143  stopped by SIGTERM";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_hold_together() {
        Arguments::command().debug_assert();
        DefaultFlags::command().debug_assert();
    }

    #[test]
    fn the_last_color_flag_counts_and_what_follows_two_dashes_is_none() {
        for (arguments, choice) in [
            (&[][..], When::Auto),
            (&["--color", "never"], When::Never),
            (&["--color=always", "list"], When::Always),
            (&["--color=always", "--color", "never"], When::Never),
            (&["list", "--", "--color=never"], When::Auto),
            (&["--color"], When::Auto),
            (&["--colors=never"], When::Auto),
        ] {
            assert_eq!(color_choice(arguments.iter().copied()), choice, "{arguments:?}");
        }
    }
}
