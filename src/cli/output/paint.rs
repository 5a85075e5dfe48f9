use std::fmt::Display;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use terminal_size::{Width, terminal_size_of};

use crate::cli::look::When;
use crate::domain::Verdict;
use crate::error::{Error, Exit};

/// Whether stdout takes colour, and how wide it is.
#[derive(Clone, Copy, Debug)]
pub struct StdoutStyle {
    /// Colour only repeats what the words say.
    pub is_coloured: bool,
    /// The columns of its terminal; no limit if it is none.
    pub columns: usize,
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

    const fn style(self) -> Style {
        match self {
            Self::Heading => Style::new().bold(),
            Self::Muted => Style::new().dimmed(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Doubtful => AnsiColor::Yellow.on_default(),
            Self::Bad => AnsiColor::Red.on_default(),
        }
    }
}

impl StdoutStyle {
    /// Coloured by the user's choice, or else by that of the terminal and the environment (`NO_COLOR`,
    /// `CLICOLOR_FORCE`).
    pub fn of_stdout() -> Self {
        let is_coloured = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        if is_coloured {
            // Needed for Windows consoles only.
            anstyle_query::windows::enable_ansi_colors();
        }
        let size = terminal_size_of(io::stdout());
        Self { is_coloured, columns: size.map_or(usize::MAX, |(Width(columns), _)| columns.into()) }
    }

    pub fn paint(self, role: Role, text: &str) -> String {
        let style = if self.is_coloured { role.style() } else { Style::new() };
        format!("{style}{text}{style:#}")
    }
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
        Exit::Refused | Exit::Left | Exit::HungUp | Exit::Terminated => {
            print(Role::Bad, "error:", error)
        }
    }
}

/// Prints a note about the answer on stderr.
pub fn note(message: impl Display) {
    print(Role::Heading, "note:", message);
}

/// Ignores a closed stderr.
fn print(role: Role, word: &str, message: impl Display) {
    let style = role.style();
    let _ = writeln!(anstream::stderr().lock(), "{style}{word}{style:#} {message}");
}
