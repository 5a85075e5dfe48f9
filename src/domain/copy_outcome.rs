use std::fmt;

/// The known outcome of a copy. It never claims too much: a terminal does not answer, so text that
/// was written to it is [`Sent`](Self::Sent), not confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyOutcome {
    /// The holder of the clipboard confirmed that it has the text.
    Confirmed(CopyRoute),
    /// The text was handed on to something that does not say whether it took it.
    Sent(CopyRoute),
    /// tmux has it in its buffer, but is too old to pass it on.
    OnlyInTmux,
    /// Nothing has the text, for this reason: a clause without a full stop.
    Failed(String),
}

/// One of the routes from here to a clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyRoute {
    /// A helper that holds the text for the Wayland compositor.
    Wayland,
    /// A helper that holds the text for the X server.
    X11,
    /// The clipboard of macOS or Windows.
    System,
    /// PowerShell of the Windows that WSL runs in.
    PowerShell,
    /// tmux's own buffer, and from there the outer terminal.
    Tmux,
    /// GNU screen, which passes OSC 52 on in pieces.
    Screen,
    /// OSC 52 straight to the terminal.
    Terminal,
}

impl CopyOutcome {
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

impl fmt::Display for CopyOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Confirmed(route) => write!(f, "Copied ({route})"),
            Self::Sent(CopyRoute::Tmux) => f.write_str("Copied to tmux and sent to your terminal"),
            Self::OnlyInTmux => {
                f.write_str("Copied to tmux only: this tmux cannot pass it to your terminal")
            }
            Self::Sent(route) => write!(f, "Sent to your terminal ({route}), which may ignore it"),
            Self::Failed(reason) => write!(f, "Not copied: {reason}"),
        }
    }
}

impl fmt::Display for CopyRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wayland => "Wayland",
            Self::X11 => "X11",
            Self::System => "system clipboard",
            Self::PowerShell => "Windows clipboard",
            Self::Tmux => "tmux",
            Self::Screen => "OSC 52 through screen",
            Self::Terminal => "OSC 52",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_outcome_says_copied_unless_it_is_known() {
        use CopyOutcome::{Confirmed, Failed, OnlyInTmux, Sent};
        for (outcome, words) in [
            (Confirmed(CopyRoute::Wayland), "Copied (Wayland)"),
            (Confirmed(CopyRoute::X11), "Copied (X11)"),
            (Confirmed(CopyRoute::System), "Copied (system clipboard)"),
            (Confirmed(CopyRoute::PowerShell), "Copied (Windows clipboard)"),
            (Sent(CopyRoute::Tmux), "Copied to tmux and sent to your terminal"),
            (OnlyInTmux, "Copied to tmux only: this tmux cannot pass it to your terminal"),
            (
                Sent(CopyRoute::Screen),
                "Sent to your terminal (OSC 52 through screen), which may ignore it",
            ),
            (Sent(CopyRoute::Terminal), "Sent to your terminal (OSC 52), which may ignore it"),
            (Failed("no display".to_owned()), "Not copied: no display"),
        ] {
            assert_eq!(outcome.to_string(), words);
        }
    }
}
