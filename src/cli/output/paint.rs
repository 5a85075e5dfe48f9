use std::fmt::Display;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use terminal_size::{Width, terminal_size_of};

use crate::cli::look::When;
use crate::error::{Error, Exit};

/// Whether stdout takes colour, and how wide it is.
#[derive(Clone, Copy, Debug)]
pub struct StdoutStyle {
    /// Colour only repeats what the words say.
    pub is_coloured: bool,
    /// The columns of its terminal; no limit if it is none.
    pub columns: usize,
}

/// The styles of painted texts, by their meaning.
pub mod role {
    use anstyle::{AnsiColor, Style};

    use crate::domain::Verdict;

    pub const HEADING: Style = Style::new().bold();
    pub const MUTED: Style = Style::new().dimmed();
    pub const GOOD: Style = AnsiColor::Green.on_default();
    pub const DOUBTFUL: Style = AnsiColor::Yellow.on_default();
    pub const BAD: Style = AnsiColor::Red.on_default();

    pub const fn of(verdict: Verdict) -> Style {
        match verdict {
            Verdict::Accepted => GOOD,
            Verdict::Uncertain => DOUBTFUL,
            Verdict::Refused => BAD,
            Verdict::Unknown => MUTED,
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

    pub fn paint(self, style: Style, text: &str) -> String {
        let style = if self.is_coloured { style } else { Style::new() };
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
            print(role::BAD, "error:", error)
        }
    }
}

/// Prints a note about the answer on stderr.
pub fn note(message: impl Display) {
    print(role::HEADING, "note:", message);
}

/// Ignores a closed stderr.
fn print(style: Style, word: &str, message: impl Display) {
    let _ = writeln!(anstream::stderr().lock(), "{style}{word}{style:#} {message}");
}
