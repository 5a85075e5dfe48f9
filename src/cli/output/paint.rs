use std::fmt::Display;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use terminal_size::{Width, terminal_size_of};

use crate::cli::look::When;
use crate::domain::Verdict;
use crate::error::{Error, Exit};

/// Whether a stream takes colour. Colour only repeats what the words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    On,
    Off,
}

/// The meaning of a painted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Heading,
    Muted,
    Good,
    Doubtful,
    Bad,
}

impl Role {
    pub const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Accepted => Self::Good,
            Verdict::Uncertain => Self::Doubtful,
            Verdict::Refused => Self::Bad,
            Verdict::Unknown => Self::Muted,
        }
    }
}

impl Paint {
    /// The user's choice, or else that of the terminal and the environment (`NO_COLOR`,
    /// `CLICOLOR_FORCE`).
    pub fn for_stdout() -> Self {
        Self::of(AutoStream::choice(&io::stdout()))
    }

    fn of(choice: ColorChoice) -> Self {
        match choice {
            ColorChoice::Always | ColorChoice::AlwaysAnsi => {
                // Needed for Windows consoles only.
                anstyle_query::windows::enable_ansi_colors();
                Self::On
            }
            ColorChoice::Auto | ColorChoice::Never => Self::Off,
        }
    }

    pub fn text(self, role: Role, text: &str) -> String {
        let style = match (self, role) {
            (Self::Off, _) => Style::new(),
            (Self::On, Role::Heading) => Style::new().bold(),
            (Self::On, Role::Muted) => Style::new().dimmed(),
            (Self::On, Role::Good) => AnsiColor::Green.on_default(),
            (Self::On, Role::Doubtful) => AnsiColor::Yellow.on_default(),
            (Self::On, Role::Bad) => AnsiColor::Red.on_default(),
        };
        format!("{style}{text}{style:#}")
    }
}

/// The columns of the terminal that stdout is; no limit if it is none.
pub fn terminal_columns() -> usize {
    terminal_size_of(io::stdout()).map_or(usize::MAX, |(Width(columns), _)| columns.into())
}

/// Sets the colour of everything that this process writes.
pub fn choose_color(choice: When) {
    let choice = match choice {
        When::Auto => ColorChoice::Auto,
        When::Always => ColorChoice::AlwaysAnsi,
        When::Never => ColorChoice::Never,
    };
    choice.write_global();
}

/// Prints an error on stderr, unless it is an end like any other.
pub fn print_error(error: &Error) {
    match error.exit() {
        Exit::Done => {}
        Exit::Nothing => note(error),
        _ => print((Role::Bad, "error:"), error),
    }
}

/// Prints a note about the answer on stderr.
pub fn note(message: impl Display) {
    print((Role::Heading, "note:"), message);
}

/// Ignores a closed stderr.
fn print((role, word): (Role, &str), message: impl Display) {
    let word = Paint::of(AutoStream::choice(&io::stderr())).text(role, word);
    let _ = writeln!(io::stderr().lock(), "{word} {message}");
}
