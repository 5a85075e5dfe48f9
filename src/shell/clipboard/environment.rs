use std::env;
use std::fs;

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
    /// The user sits at another machine: one of `SSH_CONNECTION`, `SSH_TTY`, `SSH_CLIENT` is set.
    pub ssh: bool,
    /// Inside tmux: `TMUX` is set.
    pub tmux: bool,
    /// Inside GNU screen: `STY` is set.
    pub screen: bool,
    /// Linux runs inside Windows.
    pub wsl: bool,
    /// `TERM`
    pub term: Option<String>,
}

impl Environment {
    /// The environment of this process.
    pub fn here() -> Self {
        Self {
            os: if cfg!(windows) {
                Os::Windows
            } else if cfg!(target_os = "macos") {
                Os::MacOs
            } else {
                Os::Linux
            },
            wayland: variable("WAYLAND_DISPLAY"),
            x11: variable("DISPLAY"),
            ssh: ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]
                .into_iter()
                .any(|name| variable(name).is_some()),
            tmux: variable("TMUX").is_some(),
            screen: variable("STY").is_some(),
            wsl: variable("WSL_DISTRO_NAME").is_some() || kernel_is_microsofts(),
            term: variable("TERM"),
        }
    }
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
