use super::{Choice, Environment, Os};
use crate::domain::CopyRoute;

/// The routes that a copy takes here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Tried in this order until one takes the text, those that confirm before those that cannot.
    /// [`CopyRoute::Tmux`] is taken in any case: its buffer is where people in tmux paste from.
    pub routes: Vec<CopyRoute>,
    /// Why there are no more routes, for the case that none takes the text.
    pub refusal: Option<String>,
}

impl Plan {
    fn of(routes: Vec<CopyRoute>) -> Self {
        Self { routes, refusal: None }
    }

    fn refused(reason: impl Into<String>) -> Self {
        Self { routes: Vec::new(), refusal: Some(reason.into()) }
    }
}

/// The routes that a copy takes, by the user's choice and the environment alone.
pub fn plan(choice: Choice, environment: &Environment) -> Plan {
    match choice {
        Choice::Auto => automatic(environment),
        Choice::System => match system_routes(environment) {
            routes if routes.is_empty() => {
                Plan::refused("there is no display (WAYLAND_DISPLAY and DISPLAY are not set)")
            }
            routes => Plan::of(routes),
        },
        Choice::Terminal => terminal(environment),
        Choice::Off => Plan::refused("copying is turned off (--clipboard off)"),
    }
}

/// Over ssh a display is another machine's, or a forwarded one, on which a helper would keep ssh
/// from closing: only the terminal leads to the user.
fn automatic(environment: &Environment) -> Plan {
    let mut plan = terminal(environment);
    if environment.os == Os::Linux && environment.ssh {
        return plan;
    }
    let system = system_routes(environment);
    if system.is_empty() {
        plan.refusal = plan.refusal.map(|reason| format!("there is no display, and {reason}"));
    }
    plan.routes.splice(0..0, system);
    plan
}

fn system_routes(environment: &Environment) -> Vec<CopyRoute> {
    match environment.os {
        Os::MacOs | Os::Windows => vec![CopyRoute::System],
        Os::Linux => [
            (environment.wayland.is_some(), CopyRoute::Wayland),
            (environment.x11.is_some(), CopyRoute::X11),
            (environment.wsl, CopyRoute::PowerShell),
        ]
        .into_iter()
        .filter_map(|(is_there, route)| is_there.then_some(route))
        .collect(),
    }
}

fn terminal(environment: &Environment) -> Plan {
    match environment.term.as_deref() {
        _ if environment.tmux => Plan::of(vec![CopyRoute::Tmux]),
        _ if environment.screen => Plan::of(vec![CopyRoute::Screen]),
        // Consoles of Windows set no TERM.
        _ if environment.os == Os::Windows => Plan::of(vec![CopyRoute::Terminal]),
        None => Plan::refused("TERM is not set, so the terminal is not known to take copies"),
        Some(term @ ("linux" | "dumb" | "vt100" | "vt220")) => {
            Plan::refused(format!("a terminal of type {term} takes no copies"))
        }
        Some(_) => Plan::of(vec![CopyRoute::Terminal]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The environment that a row of words stands for, on Linux in an xterm unless it says else.
    fn environment(words: &str) -> Environment {
        let mut environment =
            Environment { term: Some("xterm-256color".to_owned()), ..Environment::default() };
        for word in words.split_whitespace() {
            match word {
                "macos" => environment.os = Os::MacOs,
                "windows" => (environment.os, environment.term) = (Os::Windows, None),
                "wayland" => environment.wayland = Some("wayland-0".to_owned()),
                "x11" => environment.x11 = Some(":0".to_owned()),
                "ssh" => environment.ssh = true,
                "tmux" => environment.tmux = true,
                "screen" => environment.screen = true,
                "wsl" => environment.wsl = true,
                "TERM=" => environment.term = None,
                term => environment.term = term.strip_prefix("TERM=").map(str::to_owned),
            }
        }
        environment
    }

    #[test]
    fn the_environment_decides_the_ways_and_their_order() {
        use Choice::*;
        for (choice, words, expected) in [
            (Auto, "wayland x11", "Wayland X11 Terminal"),
            (Auto, "wayland", "Wayland Terminal"),
            (Auto, "x11", "X11 Terminal"),
            (Auto, "", "Terminal"),
            (Auto, "x11 TERM=linux", "X11"),
            (Auto, "macos", "System Terminal"),
            (Auto, "macos tmux", "System Tmux"),
            (Auto, "macos x11 ssh", "System Terminal"),
            (Auto, "windows", "System Terminal"),
            (Auto, "wayland x11 tmux", "Wayland X11 Tmux"),
            (Auto, "x11 tmux screen", "X11 Tmux"),
            (Auto, "tmux TERM=linux", "Tmux"),
            (Auto, "x11 screen", "X11 Screen"),
            (Auto, "screen TERM=", "Screen"),
            (Auto, "wayland x11 ssh", "Terminal"),
            (Auto, "x11 ssh tmux", "Tmux"),
            (Auto, "x11 ssh screen", "Screen"),
            (Auto, "wsl", "PowerShell Terminal"),
            (Auto, "wsl wayland x11", "Wayland X11 PowerShell Terminal"),
            (Auto, "wsl tmux", "PowerShell Tmux"),
            (Auto, "wsl screen", "PowerShell Screen"),
            (Auto, "wsl ssh", "Terminal"),
            (System, "wayland x11 tmux", "Wayland X11"),
            (System, "x11 ssh", "X11"),
            (System, "wsl", "PowerShell"),
            (System, "macos tmux", "System"),
            (System, "windows", "System"),
            (Terminal, "wayland x11", "Terminal"),
            (Terminal, "macos", "Terminal"),
            (Terminal, "windows", "Terminal"),
            (Terminal, "wayland tmux screen", "Tmux"),
            (Terminal, "wsl screen", "Screen"),
        ] {
            let plan = plan(choice, &environment(words));
            let routes: Vec<String> =
                plan.routes.iter().map(|route| format!("{route:?}")).collect();
            assert_eq!(routes.join(" "), expected, "{choice:?} with {words:?}");
        }
    }

    #[test]
    fn where_there_is_no_way_the_plan_says_why() {
        use Choice::*;
        for (choice, words, expected) in [
            (Auto, "TERM=", "there is no display, and TERM is not set"),
            (Auto, "TERM=linux", "there is no display, and a terminal of type linux"),
            (Auto, "ssh x11 TERM=dumb", "a terminal of type dumb takes no copies"),
            (Terminal, "x11 TERM=vt100", "a terminal of type vt100"),
            (Terminal, "TERM=vt220", "a terminal of type vt220"),
            (System, "tmux", "there is no display (WAYLAND_DISPLAY and DISPLAY"),
            (Off, "wayland x11 tmux", "copying is turned off (--clipboard off)"),
        ] {
            let plan = plan(choice, &environment(words));
            assert_eq!(plan.routes, [], "{choice:?} with {words:?}");
            let refusal = plan.refusal.unwrap_or_default();
            assert!(refusal.starts_with(expected), "{words:?}: {refusal}");
        }
    }
}
