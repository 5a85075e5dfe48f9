use std::io::Write;

use clap::Args;

use crate::cli::input::Context;
use crate::cli::look::value_name;
use crate::domain::{CopyRoute, sanitize};
use crate::error::{Error, Exit};
use crate::shell::clipboard::{Choice, Environment, Os, Plan, TmuxFacts, copy_and_wait, plan};

/// The text that `--check` copies.
const CHECK_TEXT: &str = "pdscopes clipboard check";

/// Show where copies go, and why
///
/// That depends on the display, tmux and its options, ssh, screen and the terminal.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  $ pdscopes clipboard
  $ pdscopes --clipboard terminal clipboard")]
pub struct Arguments {
    /// Copy a short text and report the result; the exit code is 1 if it was not copied
    #[arg(long)]
    check: bool,
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut Vec<u8>) -> Result<Exit, Error> {
    let choice = context.preferences.clipboard.unwrap_or_default();
    let environment = Environment::here();
    let tmux = environment.tmux.then(TmuxFacts::ask);
    out.write_all(explanation(choice, &environment, tmux).as_bytes())?;
    if !arguments.check {
        return Ok(Exit::Done);
    }
    let outcome = copy_and_wait(choice, CHECK_TEXT);
    writeln!(out, "\nCheck: copying \"{CHECK_TEXT}\"\n  {}", sanitize(&outcome.to_string()))?;
    if outcome.is_failure() { Ok(Exit::Nothing) } else { Ok(Exit::Done) }
}

fn explanation(choice: Choice, environment: &Environment, tmux: Option<TmuxFacts>) -> String {
    let mut text = format!("Where a copy goes with --clipboard {}:\n", value_name(&choice));
    let Plan { routes, refusal } = plan(choice, environment);
    for (place, &route) in routes.iter().enumerate() {
        let when = match route {
            _ if place == 0 => "first",
            CopyRoute::Tmux => "also",
            _ => "else",
        };
        text += &format!("  {when:<6} {}\n", sanitize(&description(route, environment)));
    }
    if let Some(reason) = refusal {
        let when = if routes.is_empty() { "" } else { "else   " };
        text += &format!("  {when}nowhere: {}\n", sanitize(&reason));
    }
    text += "\nWhat decides it:\n";
    for (name, value) in facts(environment, tmux) {
        text += &format!("  {name:<16} {}\n", sanitize(&value));
    }
    text
}

fn description(route: CopyRoute, environment: &Environment) -> String {
    let display = |kind: &str, name: &Option<String>| {
        let name = name.as_deref().unwrap_or_default();
        format!("{kind} display {name}, held by a process of its own until another program copies")
    };
    match route {
        CopyRoute::Wayland => display("Wayland", &environment.wayland),
        CopyRoute::X11 => display("X11", &environment.x11),
        CopyRoute::System => "the system's clipboard".to_owned(),
        CopyRoute::PowerShell => "the clipboard of Windows, through powershell.exe".to_owned(),
        CopyRoute::Tmux => {
            "tmux's buffer, and from there your terminal (tmux load-buffer -w)".to_owned()
        }
        CopyRoute::Screen => "your terminal, through screen (OSC 52), not confirmed".to_owned(),
        CopyRoute::Terminal => "your terminal (OSC 52), not confirmed".to_owned(),
    }
}

/// Everything that the plan depends on, by the name under which a user can change it.
fn facts(environment: &Environment, tmux: Option<TmuxFacts>) -> Vec<(&'static str, String)> {
    let variable = |value: &Option<String>| value.clone().unwrap_or_else(|| "not set".to_owned());
    let answer = |yes: bool, words: &str| if yes { words } else { "no" }.to_owned();
    let system = match environment.os {
        Os::Linux => "Linux or alike",
        Os::MacOs => "macOS",
        Os::Windows => "Windows",
    };
    let mut facts = vec![
        ("system", system.to_owned()),
        ("WAYLAND_DISPLAY", variable(&environment.wayland)),
        ("DISPLAY", variable(&environment.x11)),
        ("ssh", answer(environment.ssh, "yes, so a display is used only with --clipboard system")),
        ("tmux", answer(environment.tmux, "yes, TMUX is set")),
    ];
    if let Some(TmuxFacts { version, set_clipboard }) = tmux {
        for (name, fact) in [("  version", version), ("  set-clipboard", set_clipboard)] {
            facts.push((name, fact.unwrap_or_else(|reason| format!("not known: {reason}"))));
        }
    }
    facts.push(("screen", answer(environment.screen, "yes, as STY or TERM says")));
    facts.push(("WSL", answer(environment.wsl, "yes")));
    facts.push(("TERM", variable(&environment.term)));
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_where_a_copy_goes_and_what_decides_it() {
        let environment = Environment {
            wayland: Some("wayland-1".to_owned()),
            x11: Some(":0".to_owned()),
            tmux: true,
            term: Some("tmux-256color".to_owned()),
            ..Environment::default()
        };
        let tmux = TmuxFacts {
            version: Ok("tmux 3.3a".to_owned()),
            set_clipboard: Err("tmux says: no".to_owned()),
        };
        let expected = "\
Where a copy goes with --clipboard auto:
  first  Wayland display wayland-1, held by a process of its own until another program copies
  else   X11 display :0, held by a process of its own until another program copies
  also   tmux's buffer, and from there your terminal (tmux load-buffer -w)

What decides it:
  system           Linux or alike
  WAYLAND_DISPLAY  wayland-1
  DISPLAY          :0
  ssh              no
  tmux             yes, TMUX is set
    version        tmux 3.3a
    set-clipboard  not known: tmux says: no
  screen           no
  WSL              no
  TERM             tmux-256color
";
        assert_eq!(explanation(Choice::Auto, &environment, Some(tmux)), expected);
    }

    #[test]
    fn a_way_that_ends_nowhere_is_named() {
        let environment = Environment {
            x11: Some(":0\u{1b}[31m".to_owned()),
            term: Some("linux".to_owned()),
            ..Environment::default()
        };
        let text = explanation(Choice::Auto, &environment, None);
        assert!(
            text.contains("first  X11 display :0␛[31m, held") && !text.contains('\u{1b}'),
            "{text}"
        );
        assert!(
            text.contains("\n  else   nowhere: a terminal of type linux takes no copies\n"),
            "{text}"
        );
        let text = explanation(Choice::Off, &environment, None);
        assert!(text.contains("\n  nowhere: copying is turned off (--clipboard off)\n"), "{text}");
    }
}
