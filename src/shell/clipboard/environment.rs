use std::env;
use std::fs;

use crate::shell::capabilities::in_screen;

/// The kind of system, as far as copying differs on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Os {
    /// Linux and similar systems, where clipboards belong to displays.
    #[default]
    Linux,
    MacOs,
    Windows,
}

/// All that decides the route of a copy. A variable that is set but empty counts as not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    pub os: Os,
    /// `WAYLAND_DISPLAY`
    pub wayland: Option<String>,
    /// `DISPLAY`
    pub x11: Option<String>,
    /// The user sits at another machine: one of `SSH_CONNECTION`, `SSH_TTY`, `SSH_CLIENT` is set, or, where
    /// `sudo` has dropped them, ssh forwards the display.
    pub ssh: bool,
    /// Inside tmux: `TMUX` is set.
    pub tmux: bool,
    /// See [`in_screen`].
    pub screen: bool,
    /// Linux runs inside Windows.
    pub wsl: bool,
    /// `TERM`
    pub term: Option<String>,
}

impl Environment {
    /// The environment of this process.
    pub fn here() -> Self {
        let (x11, term) = (variable("DISPLAY"), variable("TERM"));
        Self {
            os: if cfg!(windows) {
                Os::Windows
            } else if cfg!(target_os = "macos") {
                Os::MacOs
            } else {
                Os::Linux
            },
            wayland: variable("WAYLAND_DISPLAY"),
            ssh: x11.as_deref().is_some_and(is_forwarded)
                || ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]
                    .into_iter()
                    .any(|name| variable(name).is_some()),
            tmux: variable("TMUX").is_some(),
            screen: in_screen(variable),
            wsl: variable("WSL_DISTRO_NAME").is_some() || kernel_is_microsofts(),
            x11,
            term,
        }
    }
}

/// Returns `true` for a display as sshd names it, such as `localhost:10.0`.
fn is_forwarded(display: &str) -> bool {
    const FIRST: u32 = 10;
    let number = display.strip_prefix("localhost:").and_then(|number| number.split('.').next());
    number.and_then(|number| number.parse().ok()) >= Some(FIRST)
}

fn variable(name: &str) -> Option<String> {
    env::var_os(name)
        .map(|value| value.to_string_lossy().into_owned())
        .filter(|value| !value.is_empty())
}

/// `sudo` and some containers drop WSL's variable; the kernel's name stays.
fn kernel_is_microsofts() -> bool {
    fs::read_to_string("/proc/sys/kernel/osrelease")
        .is_ok_and(|release| release.to_ascii_lowercase().contains("microsoft"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_that_ssh_forwards_is_known_by_its_name() {
        for (display, expected) in [
            ("localhost:10.0", true),
            ("localhost:11", true),
            (":10", false),
            ("localhost:0.0", false),
            ("host.example:10", false),
            ("localhost:x", false),
        ] {
            assert_eq!(is_forwarded(display), expected, "{display}");
        }
    }
}
