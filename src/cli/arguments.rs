use clap::{ColorChoice, Parser};

use crate::cli::subcommand::Subcommand;
use crate::cli::{preferences::Preferences, screen::Start};

/// Which OAuth scopes does a Pipedrive app need? Tick actions, take the scopes away.
///
/// Without a command this opens a screen on the terminal: tick the actions that your integration
/// uses, and Enter prints their scopes. The commands below give the same answers to scripts.
#[derive(Debug, Parser)]
#[command(
    name = "pdscopes",
    bin_name = "pdscopes",
    version,
    max_term_width = 100,
    after_help = TOP_HELP,
)]
pub struct Arguments {
    #[command(flatten)]
    pub start: Start,

    #[command(flatten)]
    pub preferences: Preferences,

    #[command(subcommand)]
    pub subcommand: Option<Subcommand>,
}

/// What `PDSCOPES_OPTS` may hold: how things look, never what is named.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true, disable_version_flag = true)]
pub struct DefaultFlags {
    #[command(flatten)]
    pub preferences: Preferences,
}

/// When the output is coloured, before clap has read the arguments: its own errors and its help
/// are coloured too. A value that is none is left to clap to refuse.
pub fn color_choice<'a>(arguments: impl IntoIterator<Item = &'a str>) -> ColorChoice {
    let mut choice = ColorChoice::Auto;
    let mut arguments = arguments.into_iter().take_while(|&argument| argument != "--");
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--color") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        choice = match value {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            Some("auto") => ColorChoice::Auto,
            _ => choice,
        };
    }
    choice
}

const TOP_HELP: &str = "\
Examples:
  $ pdscopes list deal field                        actions that match, with their scopes
  $ pdscopes scopes 'pipedrive_list_*'              the scopes that all lists need together
  $ pdscopes scopes --least 'pipedrive_list_*'      those that let the app do the least
  $ pdscopes check --granted 'deals:read' --all     which actions work with what an app has
  $ pdscopes audit                                  where guide and API disagree

Environment:
  PDSCOPES_OPTS        flags of the groups `Output` and `Screen`, put before all others
  NO_COLOR             any text in it: no colour
  CLICOLOR_FORCE       any text in it: colour also where the output is no terminal
  PDSCOPES_ACCESSIBLE  1: ask and answer line by line, as --accessible does

Exit codes:
  0  done
  1  nothing to print, or what was compared differs, is refused or not covered
  2  the arguments or the data cannot be used; the reason is on stderr
  130, 129, 143  left with Esc, q or Ctrl-C; the terminal is gone; ended from outside";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definitions_hold_together() {
        Arguments::command().debug_assert();
        DefaultFlags::command().debug_assert();
    }

    #[test]
    fn the_last_color_flag_counts_and_what_follows_two_dashes_is_none() {
        for (arguments, choice) in [
            (&[][..], ColorChoice::Auto),
            (&["--color", "never"], ColorChoice::Never),
            (&["--color=always", "list"], ColorChoice::Always),
            (&["--color=always", "--color", "never"], ColorChoice::Never),
            (&["list", "--", "--color=never"], ColorChoice::Auto),
            (&["--color"], ColorChoice::Auto),
            (&["--colors=never"], ColorChoice::Auto),
        ] {
            assert_eq!(color_choice(arguments.iter().copied()), choice, "{arguments:?}");
        }
    }
}
