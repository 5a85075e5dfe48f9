use std::fmt;

/// What is known of a copy after it was made. Never more than is known: a terminal does not
/// answer, so what was handed to it is [`Sent`](Self::Sent), not confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyOutcome {
    /// The holder of the clipboard confirmed that it has the text.
    Confirmed(CopyRoute),
    /// The text was handed on to something that does not say whether it took it.
    Sent(CopyRoute),
    /// Nothing has the text, for this reason: a clause without a full stop.
    Failed(String),
}

/// The way that copied text takes to the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyRoute {
    Wayland,
    X11,
    /// The clipboard of macOS or Windows.
    System,
    /// PowerShell of the Windows that WSL runs in.
    Windows,
    /// tmux's own buffer, and from there the outer terminal.
    Tmux,
    /// GNU screen, which passes OSC 52 on in pieces.
    Screen,
    /// OSC 52 straight to the terminal.
    Terminal,
}

impl fmt::Display for CopyOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Confirmed(route) => write!(f, "Copied ({route})"),
            Self::Sent(CopyRoute::Tmux) => f.write_str("In the tmux buffer, sent to your terminal"),
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
            Self::Windows => "Windows clipboard",
            Self::Tmux => "tmux",
            Self::Screen => "OSC 52 through screen",
            Self::Terminal => "OSC 52",
        })
    }
}
