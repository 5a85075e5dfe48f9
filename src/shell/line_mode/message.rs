use std::borrow::Cow;

use super::command::COMMANDS;
use crate::app::{Command, Listing, Model};
use crate::domain::{
    ActionIndex, Answer, Coverage, GrantedChange, Mode, Refusals, ScopeIndex, ScopeSet, Verdict,
    may_be_secret, pluralize, sanitize,
};

/// A list of more names than this would be too long to listen to.
pub const LONGEST_LIST: usize = 5;

/// The name of the catalog, and how to begin.
pub fn greeting(model: &Model) -> String {
    let connector = model.catalog().connector();
    format!(
        "pdscopes: {}. {}.\n\
         Type words to search, `+ 1` to select, `done` to leave and print the scopes, `help` for all commands.",
        sanitize(&connector.title()),
        pluralize(model.catalog().len(), "action")
    )
}

/// How many actions are selected, their scopes, their power and the warnings.
pub fn status(model: &Model) -> String {
    status_with(model, "")
}

/// Asks whether to leave although actions are selected.
pub fn leaving(model: &Model) -> String {
    format!("{}: `done` prints the scopes, `quit` again leaves.", selected(model))
}

/// The completed command, then the status with the change of the scopes.
pub fn changed(model: &Model, done: &str, before: &Answer) -> String {
    format!("{done} {}", status_with(model, &change(model, before)))
}

fn status_with(model: &Model, change: &str) -> String {
    let (selected, scopes) = (selected(model), scopes(model));
    format!("{selected}, {scopes}.{change}{}{}", power(model), warnings(model))
}

/// How many actions are selected, and how many of these are not listed.
fn selected(model: &Model) -> String {
    let hidden = match (model.hidden, model.listing) {
        (0, _) => String::new(),
        (hidden, Listing::All) => format!(", {hidden} hidden by the search"),
        (hidden, Listing::OnlySelected | Listing::OnlyCovered) => format!(", {hidden} not listed"),
    };
    format!("{} selected{hidden}", model.selection.len())
}

fn scopes(model: &Model) -> String {
    let scopes = &model.answer.scopes;
    match scopes.len() {
        0 => "no scopes".to_owned(),
        count @ 1..=LONGEST_LIST => {
            format!("{}: {}", pluralize(count, "scope"), names(model, scopes).join(" "))
        }
        count => format!("{count} scopes (`scopes` lists them)"),
    }
}

fn power(model: &Model) -> String {
    model.answer.power.map(|power| format!(" {power}.")).unwrap_or_default()
}

pub fn warnings(model: &Model) -> String {
    if model.answer.mode == Mode::Least {
        return model.answer.caveats.iter().map(|caveat| format!(" {caveat}")).collect();
    }
    let refusals = model.refusals.words(Refusals::FEW, model.catalog(), |a| a.label(), "`least`");
    refusals.map(|sentence| format!(" {sentence}")).unwrap_or_default()
}

/// The words for a verdict that calls for a warning.
fn verdict_words(model: &Model, verdict: Verdict) -> Option<String> {
    let preposition = match verdict {
        Verdict::Refused => "by",
        Verdict::Uncertain => "with",
        Verdict::Accepted | Verdict::Unknown => return None,
    };
    let provider = sanitize(&model.catalog().connector().name);
    Some(format!("{} {preposition} {provider}", verdict.name()))
}

/// One action of a list.
pub fn item(model: &Model, number: usize, action: ActionIndex) -> String {
    let catalog = model.catalog();
    let known = catalog.action(action);
    let scopes = if catalog.is_described() {
        sanitize(&catalog.accepted_words(action)).into_owned()
    } else if known.scopes().is_empty() {
        "no scope".to_owned()
    } else {
        names(model, &known.scopes().iter().copied().collect()).join(" ")
    };
    let whose = match model.answer.mode {
        Mode::Least if model.offers(Command::SwitchMode) => "guide's scopes ",
        Mode::Guide | Mode::Least => "",
    };
    let selected = model.selection.contains(action).then(|| "selected".to_owned());
    let verdict = verdict_words(model, model.verdict(action));
    let coverage = match model.coverage(action) {
        Some(Coverage::Covered) => Some("covered by the granted scopes".to_owned()),
        Some(Coverage::Uncertain) => Some("maybe covered by the granted scopes".to_owned()),
        Some(Coverage::Missing) | None => None,
    };
    let remarks = in_brackets(selected.into_iter().chain(verdict).chain(coverage), ", ");
    format!("{number}. {}: {whose}{scopes}{remarks}", sanitize(known.label()))
}

/// The heading of a list.
pub fn heading(model: &Model) -> String {
    let (listed, actions) = (model.listed.len(), model.catalog().len());
    let total = pluralize(actions, "action");
    let query = sanitize(model.query.text());
    let hidden = match (model.hidden, model.listing) {
        (1.., Listing::All) => format!(" {}.", selected(model)),
        _ => String::new(),
    };
    let listed = match (model.listing, listed) {
        (_, 0) if actions == 0 && model.is_whole() => "The catalog has no actions.".to_owned(),
        (Listing::OnlySelected, _) => format!("{listed} of {total} selected."),
        (Listing::OnlyCovered, _) => format!("{listed} of {total} covered."),
        (Listing::All, _) if query.is_empty() => format!("{}.", pluralize(listed, "action")),
        (Listing::All, 0) => unmatched(model.query.text()) + ".",
        (Listing::All, 1) => format!("1 of {total} matches `{query}`."),
        (Listing::All, _) => format!("{listed} of {total} match `{query}`."),
    };
    listed + &hidden
}

/// Says, without a full stop, that nothing matches a search, which may be a line of something secret.
pub fn unmatched(query: &str) -> String {
    match may_be_secret(query) {
        true => format!(
            "No actions match this search of {}",
            pluralize(query.chars().count(), "character")
        ),
        false => format!("No actions match your search `{}`", sanitize(query)),
    }
}

/// The labels of actions.
pub fn labels(model: &Model, actions: &[ActionIndex]) -> String {
    let label =
        |&action: &ActionIndex| sanitize(model.catalog().action(action).label()).into_owned();
    match actions.len() {
        ..=LONGEST_LIST => actions.iter().map(label).collect::<Vec<_>>().join(", "),
        many => format!("{many} actions"),
    }
}

/// ` (+deals:read -admin)`: the change of the scopes. Empty if there is none.
fn change(model: &Model, before: &Answer) -> String {
    let (before, now) = (&before.scopes, &model.answer.scopes);
    let [added, removed] = [now.difference(before), before.difference(now)];
    let added = names(model, &added).into_iter().map(|name| format!("+{name}"));
    let removed = names(model, &removed).into_iter().map(|name| format!("-{name}"));
    in_brackets(added.chain(removed), " ")
}

/// Empty if there are no words.
fn in_brackets(words: impl Iterator<Item = String>, between: &str) -> String {
    let words = words.collect::<Vec<_>>().join(between);
    if words.is_empty() { words } else { format!(" ({words})") }
}

/// The change from the granted scopes to the present ones.
pub fn granted(model: &Model) -> String {
    let Some(granted) = &model.granted else {
        return "Your app's current scopes are unknown; enter them: `granted deals:read`.".into();
    };
    let change = model.to_change.as_ref();
    let mut messages = Vec::from_iter(model.unknown_granted());
    let lists = match change {
        Some(GrantedChange { add, remove, .. }) => {
            vec![(GrantedChange::ADD, add), (GrantedChange::REMOVE, remove)]
        }
        None => vec![(GrantedChange::NOW, &granted.scopes)],
    };
    for (title, scopes) in lists {
        if !scopes.is_empty() {
            messages.push(format!("{title} {}.", names(model, scopes).join(" ")));
        }
    }
    messages.extend(change.and_then(GrantedChange::remark));
    messages.join(" ")
}

/// Everything known about one scope, and the selected actions that need it.
pub fn scope(model: &Model, scope: ScopeIndex) -> String {
    let catalog = model.catalog();
    let facts = catalog.facts(scope);
    let about = facts.map(|facts| format!(": {}", facts.description.trim_end_matches('.')));
    let needing: Vec<_> = model.needing(scope).collect();
    let needing = match needing.len() {
        0 => "No selected action needs it.".to_owned(),
        _ => format!("Needed for {}.", labels(model, &needing)),
    };
    let name = catalog.scope(scope);
    let unlocked = catalog.unlocked_words(scope).map(|words| format!(" It unlocks {words}."));
    let warning = catalog.read_only_warning(scope).map(|words| format!(" {words}"));
    let [about, unlocked, warning] = [about, unlocked, warning].map(Option::unwrap_or_default);
    sanitize(&format!("{name}{about}. {needing}{unlocked}{warning}")).into_owned()
}

/// Everything known about one action.
pub fn explanation(model: &Model, action: ActionIndex) -> String {
    let explanation = model.explanation(action, None);
    let known = model.catalog().action(action);
    // An action of a described API may have its id for a label.
    let label = match known.label() {
        label if label == known.id() => String::new(),
        label => format!("{}, ", sanitize(label)),
    };
    let mut lines = vec![format!(
        "{label}{}: {}; {}.",
        explanation.id, explanation.needs, explanation.consequence
    )];
    if let Some(coverage) = explanation.coverage {
        let is = if coverage == Coverage::Uncertain { "" } else { "is " };
        lines.push(format!("It {is}{}.", coverage.words()));
    }
    if !explanation.calls.is_empty() {
        let verdict = verdict_words(model, explanation.verdict);
        let verdict = verdict.unwrap_or_else(|| explanation.verdict.name().to_owned());
        lines.push(format!("The verdict is {verdict}: {}.", explanation.calls.join("; ")));
    }
    lines.join("\n")
}

/// All commands. If the catalog has no guide, those for a guide are left out.
pub fn help(model: &Model) -> String {
    let lines = COMMANDS.iter().filter_map(|&(usages, words)| match usages {
        "least privilege, least" | "guide's scopes" if !model.offers(Command::SwitchMode) => None,
        "url" if !model.offers(Command::CopyUrl) => None,
        "guide" if !model.may_have_guide() => None,
        "copy, copy url, copy command" if !model.offers(Command::CopyUrl) => {
            Some("copy, copy command: copy the scopes or the shell command.".to_owned())
        }
        _ => Some(format!("{usages}: {words}.")),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// In the catalog's order, safe to show.
fn names<'a>(model: &'a Model, scopes: &ScopeSet) -> Vec<Cow<'a, str>> {
    model.catalog().names(scopes).into_iter().map(sanitize).collect()
}
