use std::iter;

use super::key::{self, Meaning, is_among};
use super::lines::{refuse_denied, section, significant_lines, without_comments};
use super::list::split_box;
use super::node::{self, Entries, Node};
use super::objection;
use super::remark;
use super::words::{Lexicon, Names, Unknown};
use super::{Form, GrantedError, GrantedFault, Where};

/// Keys that name a scope.
const NAMES: [&str; 5] = ["name", "scope", "value", "id", "handle"];

/// Keys beside the name of a scope that only describe it.
const DESCRIPTIONS: [&str; 4] = ["description", "label", "title", "display_name"];

/// Keys of our own format, of a StackOne connector, and of the descriptions of an API.
const CATALOG_KEYS: &str = "arazzo asyncapi connector discoveryVersion openapi openrpc \
    scopeDefinitions scope_definitions securityDefinitions securitySchemes swagger swaggerVersion";

/// The names of Microsoft Graph in tokens for it.
const GRAPH: [&str; 3] = [
    "https://graph.microsoft.com",
    "https://graph.microsoft.com/",
    "00000003-0000-0000-c000-000000000000",
];

/// Keys of objects in which programs stand by their names, which may be any.
const PROGRAMS: &str = "apps functions jobs services";

/// A key and the scopes that its value states.
struct Statement {
    /// `None` if the whole text is a list.
    key: Option<String>,
    names: Names,
    /// Whether it is a variable of the environment that names the connector.
    is_variable: bool,
}

/// How the text was read, and what becomes of words in it that the catalog does not know.
struct Reader<'l, 'c> {
    lexicon: &'l Lexicon<'c>,
    unknown: Unknown,
}

pub fn is_json(_: &Lexicon, text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().trim_end();
    let is_list = first.starts_with('[') && section(first).is_none();
    first.starts_with('{') || is_list && split_box(first).0.is_none()
}

/// Reads JSON. What is almost JSON (single quotes, no quotes, a comma too many) is YAML.
pub fn read_json(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    let (documents, unknown) = match node::of_json(text) {
        Ok(documents) => (documents, Unknown::Kept),
        // The error of the JSON reader says more than that of the YAML reader.
        Err(error) => {
            (node::of_yaml(&without_comments(lexicon, text)?).map_err(|_| error)?, Unknown::Refused)
        }
    };
    let statement = Reader { lexicon, unknown }.read(&documents, "JSON")?;
    Ok((statement.names, Form::Json(statement.key)))
}

/// Returns `true` if a text begins with `key: value` or with a line that begins a document, and is
/// no list of the provider's names, such as `Deals: Full access`.
pub fn is_yaml(lexicon: &Lexicon, text: &str) -> bool {
    let bare = |line: &str| line.trim_start_matches("- ").to_owned();
    let Some(first) = significant_lines(text).next().map(bare) else {
        return false;
    };
    let begins = match first.split_once(':') {
        None => first == "---" || first.starts_with("%YAML"),
        Some((key, rest)) => {
            let key = key.trim_end().trim_matches(['"', '\'']);
            let is_name = |c: char| c.is_alphanumeric() || "_-.".contains(c);
            let ends = rest.is_empty() || rest.starts_with([' ', '\t']);
            // `Granted scopes: admin`, as programs print it.
            let states = lexicon.meaning(key) == Meaning::Granted;
            !key.is_empty() && (key.chars().all(is_name) || states) && ends
        }
    };
    begins && !significant_lines(text).any(|line| lexicon.is_nearly_form_name(&bare(line)))
}

/// Reads YAML, which people write: every word is a scope that the catalog knows.
pub fn read_yaml(lexicon: &Lexicon, text: &str) -> Result<(Names, Form), GrantedError> {
    refuse_denied(lexicon, text)?;
    // A line of JSON keeps its comma.
    let documents = node::of_yaml(text.trim_end().trim_end_matches(','))?;
    let statement = Reader { lexicon, unknown: Unknown::Refused }.read(&documents, "YAML")?;
    Ok((statement.names, Form::Yaml(statement.key)))
}

/// Reads the value of a variable that has the look of a list.
pub fn read_value(lexicon: &Lexicon, name: &str, value: &str) -> Result<Names, GrantedError> {
    let reader = Reader { lexicon, unknown: Unknown::Refused };
    match node::of_yaml(&without_comments(lexicon, value)?).as_deref() {
        Ok([value]) => reader.statement(name, value).map(|statement| statement.names),
        _ => Err(GrantedFault::NotText.at(Where::Under(key::shown(name)))),
    }
}

impl Reader<'_, '_> {
    fn read(&self, documents: &[Node], form: &'static str) -> Result<Statement, GrantedError> {
        documents.iter().try_for_each(objection::refuse_anywhere)?;
        let mut statements = Vec::new();
        for document in documents {
            match document {
                Node::Map(entries) if is_catalog(entries) => {
                    return Err(GrantedFault::Catalog.into());
                }
                Node::Map(entries) if report_stamp(entries).is_some() => {
                    // The scopes of other commands than `scopes`, which has a text, are those that
                    // there are.
                    refuse_other_report(self.lexicon, entries)?;
                    let key = if get(entries, "text").is_some() { "scopes" } else { "granted" };
                    let value = get(entries, key).ok_or(GrantedFault::Catalog)?;
                    statements.push(self.statement(key, value)?);
                }
                // Objects that each have a `scope` may as well be several token responses.
                Node::List(items)
                    if is_scopes(items)
                        && !items.iter().any(has_scope)
                        && variables(items).is_none() =>
                {
                    statements.push(Statement {
                        key: None,
                        names: self.items(items, None)?,
                        is_variable: false,
                    });
                }
                Node::List(items) if items.iter().any(|item| self.is_action(item)) => {
                    return Err(GrantedFault::Catalog.into());
                }
                _ => self.collect(document, &mut statements)?,
            }
        }
        if documents.len() > 1 {
            self.refuse_objections(documents.iter().flat_map(Node::objects), &statements)?;
        }
        let mut statements = statements.into_iter();
        let first = statements.next().ok_or(GrantedFault::NoStatement(form))?;
        match statements.find(|other| other.names != first.names) {
            None => Ok(first),
            Some(other) => {
                let name = |key: Option<String>| key.unwrap_or_else(|| "[]".to_owned());
                Err(GrantedFault::TwoStatements(name(first.key), name(other.key)).into())
            }
        }
    }

    /// Returns `true` for an action or a call of an API: its scopes are those that it needs. The catalog's
    /// own actions may have no other key than an id.
    fn is_action(&self, node: &Node) -> bool {
        let names_action = |(key, value): &(String, Node)| {
            is_among("action action_id id name", key)
                && value.text().is_some_and(|id| self.lexicon.catalog().find(id).is_some())
        };
        is_action(node) || node.entries().is_some_and(|entries| entries.iter().any(names_action))
    }

    /// Every statement below `node`, but for what lies within a statement.
    fn collect(&self, node: &Node, into: &mut Vec<Statement>) -> Result<(), GrantedError> {
        match node {
            Node::List(items) => match variables(items) {
                Some(variables) => self.collect(&Node::Map(variables), into),
                None => {
                    let before = into.len();
                    items.iter().try_for_each(|item| self.collect(item, into))?;
                    self.refuse_objections(items.iter().flat_map(Node::objects), &into[before..])
                }
            },
            Node::Map(entries) => {
                let before = into.len();
                self.collect_entries(entries, false, into)?;
                if into.len() > before && self.is_action(node) {
                    return Err(GrantedFault::Catalog.into());
                }
                for key in into[before..].iter().filter_map(|statement| statement.key.as_ref()) {
                    objection::refuse_another(self.lexicon, key, entries)?;
                }
                self.refuse_objections(iter::once(&entries[..]), &into[before..])
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) => Ok(()),
        }
    }

    fn collect_entries(
        &self,
        entries: &Entries,
        are_programs: bool,
        into: &mut Vec<Statement>,
    ) -> Result<(), GrantedError> {
        let text_of = |key| get(entries, key).and_then(Node::text);
        // A token of Entra that an app has for itself states its permissions of Microsoft Graph so.
        let is_app =
            text_of("idtyp") == Some("app") && text_of("aud").is_some_and(|to| GRAPH.contains(&to));
        for (key, value) in entries {
            match (self.lexicon.meaning(key), value) {
                _ if is_app && key == "roles" => into.push(self.statement(key, value)?),
                (Meaning::Granted, value) if key::is_of_user(key) && value.is_no() => {}
                // `"granted": true` speaks of something else.
                (Meaning::Granted, Node::Bool(_))
                    if key::words(key).last().is_some_and(|word| word == "granted") => {}
                (Meaning::Granted, value) => into.push(self.statement(key, value)?),
                // What is signed is encoded.
                (_, _) if key::words(key).first().is_some_and(|word| word == "signed") => {}
                (Meaning::NotGranted, _) => {}
                (Meaning::Failure | Meaning::Other, value) => {
                    let before = into.len();
                    match value.entries().filter(|_| is_among(PROGRAMS, key)) {
                        Some(programs) => self.collect_entries(programs, true, into)?,
                        None => self.collect(value, into)?,
                    }
                    let new = &mut into[before..];
                    let holds = self.lexicon.holds(key)
                        || is_template(key, value)
                        || are_programs && new.iter().all(|statement| statement.is_variable);
                    if !new.is_empty() && !holds {
                        return Err(GrantedFault::Holder(key.clone()).into());
                    }
                    let is_own = |key: &String| self.lexicon.is_own_part(key);
                    for statement in new {
                        statement.is_variable |= is_among("env environment variables", key)
                            && statement.key.as_ref().is_some_and(is_own);
                    }
                }
            }
        }
        Ok(())
    }

    /// Refuses what stands in objects if something else in one of them objects.
    fn refuse_objections<'n>(
        &self,
        mut objects: impl Iterator<Item = &'n Entries>,
        statements: &[Statement],
    ) -> Result<(), GrantedError> {
        let [first, ..] = statements else { return Ok(()) };
        let stated = first.key.as_deref().unwrap_or_default();
        let names = statements.iter().flat_map(|statement| statement.names.clone()).collect();
        objects.try_for_each(|entries| {
            objection::refuse_beside(self.lexicon, entries)?;
            let (descriptions, others): (Vec<_>, Vec<_>) =
                entries.iter().partition(|(key, _)| DESCRIPTIONS.contains(&&**key));
            let mut texts = descriptions.iter().filter_map(|(_, value)| value.text());
            if others.len() == 1 && texts.any(remark::doubts) {
                return Err(GrantedFault::Inactive.into());
            }
            objection::refuse_named(self.lexicon, entries, stated, &names)
        })
    }

    fn statement(&self, key: &str, value: &Node) -> Result<Statement, GrantedError> {
        let key = key::shown(key);
        let names = match value.inner() {
            Node::Text(text) => {
                self.lexicon.stated(text, self.unknown, Where::Under(key.clone()))?
            }
            Node::List(items) if is_scopes(items) => self.items(items, Some(&key))?,
            _ => return Err(GrantedFault::NotText.at(Where::Under(key))),
        };
        Ok(Statement { key: Some(key), names, is_variable: false })
    }

    fn items(&self, items: &[Node], key: Option<&String>) -> Result<Names, GrantedError> {
        let mut names = Names::new();
        for (nth, text) in items.iter().filter_map(scope_of).enumerate() {
            let place = key.map_or(Where::Entry(nth + 1), |key| Where::Under(key.clone()));
            let found = self.lexicon.item(text, self.unknown);
            let found = found.map_err(|(_, fault)| fault.at(place.clone()))?;
            if found.is_empty() {
                return Err(GrantedFault::Empty.at(place));
            }
            names.extend(found);
        }
        Ok(names)
    }
}

/// Refuses a JSON text that says something against these scopes, which stand elsewhere.
pub fn refuse_denials(lexicon: &Lexicon, text: &str, names: &Names) -> Result<(), GrantedError> {
    let documents = node::of_json(text).unwrap_or_default();
    documents.iter().flat_map(Node::objects).try_for_each(|entries| {
        objection::refuse_beside(lexicon, entries)?;
        objection::refuse_named(lexicon, entries, "scopes", names)
    })
}

/// Refuses what this program printed for another connector, whose scopes may have the same names.
fn refuse_other_report(lexicon: &Lexicon, entries: &Entries) -> Result<(), GrantedError> {
    let of_report = report_stamp(entries).and_then(|stamp| {
        ["connector", "name"].into_iter().find_map(|key| get(stamp, key)?.text())
    });
    match of_report.is_some_and(|name| lexicon.is_of_another(name)) {
        true => Err(GrantedFault::OfAnother.into()),
        false => Ok(()),
    }
}

/// Returns `true` if every entry names scopes, and says nothing else of them.
fn is_scopes(items: &[Node]) -> bool {
    items.iter().all(|item| scope_of(item).is_some())
}

/// The text of an entry, or the name in an object that has nothing but a name and what describes it.
fn scope_of(item: &Node) -> Option<&str> {
    match item {
        Node::Text(text) => Some(text),
        Node::Map(entries) => {
            let (names, others): (Vec<_>, Vec<_>) =
                entries.iter().partition(|(key, _)| NAMES.contains(&key.as_str()));
            match names[..] {
                [(_, Node::Text(name))] => {
                    let describes = |(key, value): &&(String, Node)| {
                        let denies = value.text().is_some_and(remark::doubts);
                        DESCRIPTIONS.contains(&&**key) && !denies
                    };
                    others.iter().all(describes).then_some(name)
                }
                _ => None,
            }
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::List(_) => None,
    }
}

/// The variables that are the items of a list, each with a name and a value, or as `NAME=value`. Some may
/// have no value there.
fn variables(items: &[Node]) -> Option<Vec<(String, Node)>> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
    };
    let variable = |item: &Node| match item {
        Node::Text(text) => match text.split_once('=') {
            Some((name, value)) => Some((name.to_owned(), Node::Text(value.to_owned()))),
            None => is_name(text).then(|| (text.clone(), Node::Null)),
        },
        Node::Map(entries) => {
            let name = get(entries, "name").or(get(entries, "key"))?.text()?;
            // A secret is not in the file.
            let is_part = |(key, _): &(String, Node)| {
                is_among("key name slotSetting sync value valueFrom", key)
            };
            let value = get(entries, "value").cloned().unwrap_or(Node::Null);
            entries.iter().all(is_part).then(|| (name.to_owned(), value))
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::List(_) => None,
    };
    let has_value = |item: &Node| match item {
        Node::Text(text) => text.contains('='),
        item => item.entries().is_some_and(|entries| get(entries, "value").is_some()),
    };
    let variables = || items.iter().map(variable).collect();
    items.iter().any(has_value).then(variables)?
}

fn has_scope(item: &Node) -> bool {
    matches!(item, Node::Map(entries) if get(entries, "scope").is_some())
}

/// Returns `true` for the template of a Kubernetes manifest, such as `jobTemplate`.
fn is_template(key: &str, value: &Node) -> bool {
    key::words(key).last().is_some_and(|word| word == "template")
        && value.entries().is_some_and(|entries| get(entries, "spec").is_some())
}

/// Returns what a document that this program printed says of its catalog. `None` for other documents.
fn report_stamp(entries: &Entries) -> Option<&Entries> {
    let stamp = get(entries, "catalog")?.entries()?;
    get(stamp, "hash")?.text()?.starts_with("fnv1a64:").then_some(stamp)
}

/// Our own format, a connector of StackOne, or a description of an API.
fn is_catalog(entries: &Entries) -> bool {
    let lists_actions = match get(entries, "actions") {
        Some(Node::List(actions)) => actions.iter().any(is_action),
        _ => false,
    };
    (lists_actions && report_stamp(entries).is_none())
        || entries.iter().any(|(key, _)| is_among(CATALOG_KEYS, key))
}

fn is_action(node: &Node) -> bool {
    let Node::Map(entries) = node else {
        return false;
    };
    let has = |names: &str| entries.iter().any(|(key, _)| is_among(names, key));
    has("id actionId operationId") && has("label httpMethod operationId")
        || has("method httpMethod") && has("path")
}

fn get<'n>(entries: &'n Entries, name: &str) -> Option<&'n Node> {
    entries.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}
