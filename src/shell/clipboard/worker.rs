use std::collections::VecDeque;
use std::iter;
use std::sync::mpsc::{self, Receiver, Sender};

use super::child::Child;
use super::{Choice, Copier, Delivery, Environment, Plan, osc52, plan, powershell, tmux};
use crate::domain::{CopyOutcome, CopyRoute, sanitize};
use crate::shell::background;

type Report = Box<dyn FnOnce(Delivery) + Send>;

struct Job {
    text: String,
    report: Report,
}

/// The clipboard that the environment leads to. Copies are made one after the other on a thread
/// that starts with the first, so that the last copy is the one that stays.
pub struct Clipboard {
    plan: Plan,
    worker: Option<Sender<Job>>,
}

impl Clipboard {
    pub fn new(choice: Choice) -> Self {
        Self { plan: plan(choice, &Environment::here()), worker: None }
    }

    fn start_worker(&mut self) -> std::io::Result<Sender<Job>> {
        let (sender, jobs) = mpsc::channel();
        let plan = self.plan.clone();
        background::spawn("clipboard", move || work(&plan, &jobs))?;
        self.worker = Some(sender.clone());
        Ok(sender)
    }
}

impl Copier for Clipboard {
    fn copy(&mut self, text: String, report: Report) {
        let worker = match &self.worker {
            Some(worker) => Ok(worker.clone()),
            None => self.start_worker(),
        };
        match worker {
            // The thread ends only with this value, or by a panic, which ends the program.
            Ok(worker) => drop(worker.send(Job { text, report })),
            Err(error) => report(failed(format!("no thread can be started: {error}"))),
        }
    }
}

fn work(plan: &Plan, jobs: &Receiver<Job>) {
    // The helper that holds what was copied last. There is never more than one.
    let mut owner = None;
    let mut waiting = VecDeque::new();
    while let Some(job) = waiting.pop_front().or_else(|| jobs.recv().ok()) {
        // A key that is held down asks for the same text again and again: once will do.
        waiting.extend(jobs.try_iter());
        let same = waiting.iter().take_while(|other: &&Job| other.text == job.text).count();
        let delivery = deliver(plan, &job.text, |route| copy(route, &job.text, &mut owner));
        for job in iter::once(job).chain(waiting.drain(..same)) {
            (job.report)(delivery.clone());
        }
    }
}

/// Copies by one route. Blocks until it is known what came of it, within a limit of the route's own.
/// The error is a clause that says what failed, and may quote other programs.
#[cfg_attr(any(target_os = "macos", windows), expect(unused_variables))]
pub fn copy(route: CopyRoute, text: &str, owner: &mut Option<Child>) -> Result<Delivery, String> {
    match route {
        #[cfg(all(unix, not(target_os = "macos")))]
        CopyRoute::Wayland | CopyRoute::X11 => {
            super::helper::copy(route, text, owner).map(Into::into)
        }
        #[cfg(any(target_os = "macos", windows))]
        CopyRoute::System => super::system::copy(text).map(Into::into),
        CopyRoute::PowerShell => powershell::copy(text).map(Into::into),
        CopyRoute::Tmux => tmux::copy(text).map(Into::into),
        CopyRoute::Screen | CopyRoute::Terminal => Ok(osc52::copy(route, text)),
        #[cfg(any(target_os = "macos", windows))]
        CopyRoute::Wayland | CopyRoute::X11 => Err("this system has no such clipboard".to_owned()),
        #[cfg(all(unix, not(target_os = "macos")))]
        CopyRoute::System => Err("this system has no such clipboard".to_owned()),
    }
}

/// Tries the routes in their order: the first that takes the text has the say on the outcome.
pub fn deliver(
    plan: &Plan,
    text: &str,
    mut copy: impl FnMut(CopyRoute) -> Result<Delivery, String>,
) -> Delivery {
    if text.is_empty() {
        return failed("there is nothing to copy".to_owned());
    }
    let mut taken = None;
    let mut reasons = Vec::new();
    for &route in &plan.routes {
        if taken.is_none() || route == CopyRoute::Tmux {
            match copy(route) {
                Ok(delivery) => taken = taken.or(Some(delivery)),
                Err(reason) => reasons.push(reason),
            }
        }
    }
    reasons.extend(plan.refusal.clone());
    taken.unwrap_or_else(|| failed(reasons.join("; ")))
}

fn failed(reason: String) -> Delivery {
    CopyOutcome::Failed(sanitize(&reason).into_owned()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Script = [(CopyRoute, &'static str, Result<CopyOutcome, &'static str>)];

    /// What comes of a copy whose routes answer as in the script, and which of them were asked.
    fn outcome(script: &Script, refusal: Option<&str>) -> (CopyOutcome, Vec<&'static str>) {
        let routes = script.iter().map(|(route, ..)| *route).collect();
        let plan = Plan { routes, refusal: refusal.map(str::to_owned) };
        let mut asked = Vec::new();
        let delivery = deliver(&plan, "text", |route| {
            let (_, name, answer) = script.iter().find(|(of, ..)| *of == route).expect("a route");
            asked.push(*name);
            answer.clone().map(Delivery::from).map_err(str::to_owned)
        });
        (delivery.outcome, asked)
    }

    #[test]
    fn the_first_way_that_takes_the_text_is_the_last_to_be_asked() {
        let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
        let script = [
            (CopyRoute::Wayland, "wayland", Err("no compositor")),
            (CopyRoute::X11, "x11", Ok(confirmed.clone())),
            (CopyRoute::Terminal, "terminal", Ok(CopyOutcome::Sent(CopyRoute::Terminal))),
        ];
        assert_eq!(outcome(&script, None), (confirmed, vec!["wayland", "x11"]));
    }

    #[test]
    fn tmux_gets_the_text_as_well_and_never_outranks_a_confirmation() {
        let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
        let sent = CopyOutcome::Sent(CopyRoute::Tmux);
        let script = [
            (CopyRoute::X11, "x11", Ok(confirmed.clone())),
            (CopyRoute::Tmux, "tmux", Ok(sent.clone())),
        ];
        assert_eq!(outcome(&script, None), (confirmed.clone(), vec!["x11", "tmux"]));

        let script = [
            (CopyRoute::X11, "x11", Err("no server")),
            (CopyRoute::Tmux, "tmux", Ok(sent.clone())),
        ];
        assert_eq!(outcome(&script, None).0, sent, "tmux alone took it");

        let script = [
            (CopyRoute::X11, "x11", Ok(confirmed.clone())),
            (CopyRoute::Tmux, "tmux", Err("no tmux")),
        ];
        assert_eq!(outcome(&script, None).0, confirmed, "tmux alone failed");
    }

    #[test]
    fn a_failure_names_every_reason_and_steers_no_terminal() {
        let script = [
            (CopyRoute::Wayland, "wayland", Err("no \u{1b}[31mcompositor")),
            (CopyRoute::X11, "x11", Err("no server")),
        ];
        let (outcome, _) = outcome(&script, Some("a terminal of type dumb takes no copies"));
        assert_eq!(
            outcome.to_string(),
            "Not copied: no ␛[31mcompositor; no server; a terminal of type dumb takes no copies"
        );
    }

    #[test]
    fn nothing_is_not_copied() {
        assert_eq!(
            deliver(&Plan::default(), "", |_| panic!("nothing is copied")).outcome.to_string(),
            "Not copied: there is nothing to copy"
        );
    }

    #[test]
    fn every_copy_is_reported_once_and_in_order() {
        let (sender, reports) = mpsc::channel();
        let (jobs, queue) = mpsc::channel();
        for (index, text) in ["a", "a", "b", "a", ""].into_iter().enumerate() {
            let sender = sender.clone();
            let report: Report = Box::new(move |delivery: Delivery| {
                sender.send((index, delivery.terminal)).expect("the test listens");
            });
            let text = text.to_owned();
            assert!(jobs.send(Job { text, report }).is_ok());
        }
        drop((jobs, sender));
        let plan = Plan { routes: vec![CopyRoute::Terminal], refusal: None };
        work(&plan, &queue);
        let osc = |base64: &str| format!("\u{1b}]52;c;{base64}\u{7}").into_bytes();
        assert_eq!(
            reports.iter().collect::<Vec<_>>(),
            [
                (0, osc("YQ==")),
                (1, osc("YQ==")),
                (2, osc("Yg==")),
                (3, osc("YQ==")),
                (4, Vec::new()),
            ]
        );
    }
}
