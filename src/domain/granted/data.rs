use std::collections::BTreeSet;
use std::iter;

use super::lines::{section, significant_lines, without_comments};
use super::list::split_box;
use super::node::get;
use super::words::is_of_graph;
use super::{
    Entries, Form, GrantedFault, Lexicon, Meaning, Names, Node, Read, Result, Unknown, Where,
    any_word, is_among, key, node, objection, provider, refuse_if, remark,
};

/// Keys that name a scope.
const NAMES: &str = "name scope value id handle";

/// Keys beside the name of a scope that only describe it.
const DESCRIPTIONS: &str = "description label title display_name";

/// Keys of our own format, of a StackOne connector, and of the descriptions of an API.
const CATALOG_KEYS: &str = "arazzo asyncapi connector discoveryVersion openapi openrpc \
    scopeDefinitions scope_definitions securityDefinitions securitySchemes swagger swaggerVersion";

/// Keys of objects in which programs stand by their names, which may be any.
const PROGRAMS: &str = "apps functions jobs services";

/// A key and the scopes that its value states.
pub struct Statement {
    /// `None` if the whole text is a list.
    pub key: Option<String>,
    pub names: Names,
    /// Whether it is a variable of the environment that names the connector.
    is_variable: bool,
}

/// How the text was read, and what becomes of words in it that the catalog does not know.
pub struct Reader<'l, 'c> {
    pub lexicon: &'l Lexicon<'c>,
    pub unknown: Unknown,
}

pub fn is_json(_: &Lexicon, text: &str) -> bool {
    let first = significant_lines(text).next().unwrap_or_default();
    let is_list = first.starts_with('[') && section(first).is_none();
    first.starts_with('{') || is_list && split_box(first).0.is_none()
}

/// Reads JSON. What is almost JSON (single quotes, no quotes, a comma too many) is YAML.
pub fn read_json(lexicon: &Lexicon, text: &str) -> Read {
    let (documents, unknown) = match node::of_json(text) {
        Ok(documents) => (documents, Unknown::Kept),
        // The error of the JSON reader says more than that of the YAML reader.
        Err(error) => {
            (node::of_almost_json(&without_comments(text)).ok_or(error)?, Unknown::Refused)
        }
    };
    let statement = Reader { lexicon, unknown }.read(documents, "JSON")?;
    Ok((statement.names, Form::Json(statement.key)))
}

/// Returns `true` for lines such as `"scope":"admin",` out of an object.
pub fn is_line_of_json(_: &Lexicon, text: &str) -> bool {
    let behind_key = text.strip_prefix('"').and_then(|text| text.split_once('"'));
    behind_key.is_some_and(|(_, rest)| rest.starts_with(':'))
}

pub fn read_line_of_json(lexicon: &Lexicon, text: &str) -> Read {
    read_json(lexicon, &format!("{{{}}}", text.trim_end().trim_end_matches(',')))
}

/// Returns `true` if a text begins with `key: value` or with a line that begins a document, and is
/// no list of the provider's names, such as `Deals: Full access`.
pub fn is_yaml(lexicon: &Lexicon, text: &str) -> bool {
    let bare = |line: &str| line.trim_start_matches("- ").to_owned();
    let Some(first) = significant_lines(text).next().map(bare) else { return false };
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
pub fn read_yaml(lexicon: &Lexicon, text: &str) -> Read {
    // A line of JSON keeps its comma.
    let documents = node::of_yaml(text.trim_end().trim_end_matches(','))?;
    let statement = Reader { lexicon, unknown: Unknown::Refused }.read(documents, "YAML")?;
    Ok((statement.names, Form::Yaml(statement.key)))
}

/// Reads the value of a variable. A list has the same look in TOML, JSON and YAML.
pub fn read_value(lexicon: &Lexicon, name: &str, value: &str) -> Result<Names> {
    if !value.starts_with(['[', '{']) {
        return lexicon.stated(value, Unknown::Refused, name);
    }
    let reader = Reader { lexicon, unknown: Unknown::Refused };
    match node::of_yaml(&without_comments(value)).as_deref() {
        Ok([value]) => reader.statement(name, value).map(|statement| statement.names),
        _ => Err(GrantedFault::NotText.under(name)),
    }
}

impl Reader<'_, '_> {
    fn read(&self, documents: Vec<Node>, form: &'static str) -> Result<Statement> {
        let without_others = |document| provider::without_others(self.lexicon, document);
        let documents: Vec<_> = documents.into_iter().map(without_others).collect();
        documents.iter().try_for_each(objection::refuse_anywhere)?;
        let mut statements = Vec::new();
        for document in &documents {
            statements.extend(self.document(document)?);
        }
        let has_more = documents.len() > 1 && documents.iter().any(Node::is_scalar);
        refuse_if(!statements.is_empty() && has_more, GrantedFault::Bare)?;
        if documents.len() > 1 {
            self.refuse_objections(documents.iter().flat_map(Node::objects), &[], &statements)?;
        }
        the_one(statements)?.ok_or(GrantedFault::NoStatement(form).into())
    }

    /// The statement of one of several entries, none of which is an object.
    pub fn entries(&self, entries: &Entries) -> Result<Option<Statement>> {
        the_one(self.collect_entries(entries, false)?.0)
    }

    fn document(&self, document: &Node) -> Result<Vec<Statement>> {
        let items = document.items().unwrap_or_default();
        // Objects that each have a `scope` may as well be several token responses.
        let is_list = document.items().is_some()
            && items.iter().all(|item| scope_of(item).is_some())
            && !items.iter().any(has_scope)
            && variables(items).is_none();
        if is_list {
            let names = self.items(items, None)?;
            return Ok(vec![Statement { key: None, names, is_variable: false }]);
        }
        let has_action = items.iter().filter_map(Node::entries).any(|item| self.is_action(item));
        let is_catalog = has_action || document.entries().is_some_and(is_catalog);
        refuse_if(is_catalog, GrantedFault::Catalog)?;
        if let Some(entries) = document.entries()
            && let Some(stamp) = report_stamp(entries)
        {
            return Ok(vec![self.report(entries, stamp)?]);
        }
        self.collect(document)
    }

    /// Reads what this program printed, unless it is for another connector, whose scopes may have the same
    /// names.
    fn report(&self, entries: &Entries, stamp: &Entries) -> Result<Statement> {
        let name = ["connector", "name"].iter().find_map(|key| get(stamp, key)?.text());
        let is_of_another =
            name.is_some_and(|name| provider::is_other_connector(self.lexicon, name));
        refuse_if(is_of_another, GrantedFault::OfAnother)?;
        // The scopes of other commands than `scopes`, which has a text, are those that there are.
        let key = if get(entries, "text").is_some() { "scopes" } else { "granted" };
        self.statement(key, get(entries, key).ok_or(GrantedFault::Catalog)?)
    }

    /// Returns `true` for an action or a call of an API: its scopes are those that it needs. The catalog's
    /// own actions may have no other key than an id.
    fn is_action(&self, entries: &Entries) -> bool {
        let names_action = |(key, value): &(String, Node)| {
            is_among("action action_id id name", key)
                && value.text().is_some_and(|id| self.lexicon.catalog.find(id).is_some())
        };
        is_action(entries) || entries.iter().any(names_action)
    }

    /// Every statement below `node`, but for what lies within a statement.
    fn collect(&self, node: &Node) -> Result<Vec<Statement>> {
        let mut statements = Vec::new();
        if let Some(items) = node.items() {
            if let Some(variables) = variables(items) {
                return self.collect(&Node::Map(variables));
            }
            let mut silent = Vec::new();
            for item in items {
                let within = self.collect(item)?;
                if within.is_empty() {
                    silent.extend(item.objects());
                }
                statements.extend(within);
            }
            let is_mixed = !statements.is_empty() && items.iter().any(Node::is_scalar);
            refuse_if(is_mixed, GrantedFault::Bare)?;
            self.refuse_objections(silent.into_iter(), &[], &statements)?;
        }
        if let Some(entries) = node.entries() {
            let checked;
            (statements, checked) = self.collect_entries(entries, false)?;
            let is_needed = !statements.is_empty() && self.is_action(entries);
            refuse_if(is_needed, GrantedFault::Catalog)?;
            let keys: BTreeSet<_> =
                statements.iter().filter_map(|one| one.key.as_deref()).collect();
            objection::refuse_another(self.lexicon, &Vec::from_iter(keys), entries)?;
            self.refuse_objections(iter::once(entries), &checked, &statements)?;
        }
        Ok(statements)
    }

    /// The statements in an object, and of each entry, whether [`collect`](Self::collect) has checked what stands
    /// in its value.
    fn collect_entries(
        &self,
        entries: &Entries,
        are_programs: bool,
    ) -> Result<(Vec<Statement>, Vec<bool>)> {
        let mut statements = Vec::new();
        let mut checked = vec![false; entries.len()];
        let text_of = |key| get(entries, key).and_then(Node::text);
        // A token of Entra that an app has for itself states its permissions of Microsoft Graph so.
        let is_for_graph = text_of("aud").map(|to| is_among(provider::GRAPH, to));
        let is_app = text_of("idtyp") == Some("app") && is_for_graph == Some(true);
        let is_of_apps = self.lexicon.is_of_graph_apps();
        let is_own = |key: &str| {
            self.lexicon.owns_part(key) && self.lexicon.meaning(key) == Meaning::Granted
        };
        let has_own = entries.iter().any(|(key, _)| is_own(key));
        for (nth, (key, value)) in entries.iter().enumerate() {
            match self.lexicon.meaning(key) {
                _ if is_app && key == "roles" && !value.any_text(&|name| !is_of_graph(name)) => {
                    refuse_if(is_of_apps == Some(false), GrantedFault::OtherAccess.under(key))?;
                    statements.push(self.statement(key, value)?);
                }
                Meaning::Granted if is_of_apps.is_some() && is_for_graph == Some(false) => {
                    return Err(GrantedFault::OfAnother.under("aud"));
                }
                Meaning::Granted
                    if is_of_apps == Some(true)
                        && (key == "scp" || key == "scope" && is_of_user(entries)) =>
                {
                    return Err(GrantedFault::OtherAccess.under(key));
                }
                // An app may have `SLACK_SCOPES` beside those of the connector.
                Meaning::Granted if has_own && !is_own(key) && !self.lexicon.is_of_app(key) => {}
                // Slack asks for scopes of the user beside those of the app; there may be none.
                Meaning::Granted if value.is_no() && any_word(key, |word| word == "user") => {}
                // `"granted": true` speaks of something else.
                Meaning::Granted
                    if matches!(value, Node::Bool(_)) && key::ends_in(key, "granted") => {}
                Meaning::Granted => statements.push(self.statement(key, value)?),
                Meaning::NotGranted => {}
                // What is signed is encoded.
                _ if key::words(key).first().is_some_and(|word| word == "signed") => {}
                Meaning::Failure | Meaning::Other => {
                    let within = self.collect_within(key, value, are_programs)?;
                    checked[nth] = programs(key, value).is_none() && !within.is_empty();
                    statements.extend(within);
                }
            }
        }
        Ok((statements, checked))
    }

    /// The statements within a value under a key that states none itself.
    fn collect_within(
        &self,
        key: &str,
        value: &Node,
        are_programs: bool,
    ) -> Result<Vec<Statement>> {
        let mut within = match programs(key, value) {
            Some(programs) => self.collect_entries(programs, true)?.0,
            None => self.collect(value)?,
        };
        let holds = within.is_empty()
            || self.lexicon.holds(key)
            || is_template(key, value)
            || are_programs
                && !any_word(key, key::is_trial)
                && within.iter().all(|statement| statement.is_variable);
        refuse_if(!holds, GrantedFault::Holder(key.to_owned()))?;
        let are_variables = is_among("env environment variables", key);
        let is_own = |key: &String| are_variables && self.lexicon.owns_part(key);
        for statement in &mut within {
            statement.is_variable |= statement.key.as_ref().is_some_and(is_own);
        }
        Ok(within)
    }

    /// Refuses what stands in objects if something else in one of them objects. What stands in values that are
    /// `checked` is not asked again, so that depth costs nothing.
    fn refuse_objections<'n>(
        &self,
        mut objects: impl Iterator<Item = &'n Entries>,
        checked: &[bool],
        statements: &[Statement],
    ) -> Result {
        let [first, ..] = statements else { return Ok(()) };
        refuse_differing(statements)?;
        let stated = first.key.as_deref().unwrap_or_default();
        // The words before `SCOPES` name the app, so `ACME_ACTIVE` is about it too.
        let of_app = key::is_of_environment(stated).then(|| self.lexicon.with_own(stated));
        let lexicon = of_app.as_ref().unwrap_or(self.lexicon);
        objects.try_for_each(|entries| {
            objection::refuse(lexicon, entries, checked, stated, &first.names)?;
            let (descriptions, others): (Vec<_>, Vec<_>) =
                entries.iter().partition(|(key, _)| is_among(DESCRIPTIONS, key));
            let mut texts = descriptions.iter().filter_map(|(_, value)| value.text());
            let is_doubtful = others.len() == 1 && texts.any(remark::denies_in_description);
            refuse_if(is_doubtful, GrantedFault::Inactive)
        })
    }

    fn statement(&self, key: &str, value: &Node) -> Result<Statement> {
        let names = match value.inner() {
            Node::Text(text) => self.lexicon.stated(text, self.unknown, key),
            Node::List(items) => self.items(items, Some(key)),
            _ => Err(GrantedFault::NotText.under(key)),
        }?;
        Ok(Statement { key: Some(key::shown(key)), names, is_variable: false })
    }

    /// The scopes of a list, every entry of which names scopes, and says nothing else of them.
    fn items(&self, items: &[Node], key: Option<&str>) -> Result<Names> {
        let at = |fault: GrantedFault, nth| match key {
            Some(key) => fault.under(key),
            None => fault.at(Where::Entry(nth + 1)),
        };
        let mut names = Names::new();
        for (nth, item) in items.iter().enumerate() {
            let text = scope_of(item).ok_or_else(|| at(GrantedFault::NotText, nth))?;
            // Without a key, objects with plain words may be roles, or anything with an id.
            let found = match (key, item.entries()) {
                (None, Some(_)) => self.lexicon.names(text, self.unknown),
                _ => self.lexicon.item(text, self.unknown),
            }
            .map_err(|(_, fault)| at(fault, nth))?;
            refuse_if(found.is_empty(), at(GrantedFault::Empty, nth))?;
            let entries = item.entries().unwrap_or_default().iter();
            let descriptions = entries.filter(|(key, _)| is_among(DESCRIPTIONS, key));
            for text in descriptions.filter_map(|(_, value)| value.text()) {
                refuse_if(remark::denies(text), at(GrantedFault::Inactive, nth))?;
            }
            names.extend(found);
        }
        Ok(names)
    }
}

/// The one statement, unless others differ from it. `None` if there is none.
fn the_one(statements: Vec<Statement>) -> Result<Option<Statement>> {
    refuse_differing(&statements)?;
    Ok(statements.into_iter().next())
}

fn refuse_differing(statements: &[Statement]) -> Result {
    let differing = statements.iter().find(|other| other.names != statements[0].names);
    differing.map_or(Ok(()), |other| {
        let key = |of: &Statement| of.key.clone().unwrap_or_else(|| "[]".to_owned());
        Err(GrantedFault::TwoStatements(key(&statements[0]), key(other)).into())
    })
}

/// Returns `true` for a request for a user's consent and the response to it. An app that acts for itself has no
/// `scope` in these.
fn is_of_user(entries: &Entries) -> bool {
    has_any(entries, "access_token consentType response_type token_type")
}

/// The text of an entry, or the name in an object that has nothing but a name and what describes it.
fn scope_of(item: &Node) -> Option<&str> {
    let Some(entries) = item.entries() else { return item.text() };
    let (names, others): (Vec<_>, Vec<_>) =
        entries.iter().partition(|(key, _)| is_among(NAMES, key));
    let [(_, Node::Text(name))] = names[..] else { return None };
    others.iter().all(|(key, _)| is_among(DESCRIPTIONS, key)).then_some(name)
}

/// The variables that are the items of a list, each with a name and a value, or as `NAME=value`. Some may
/// have no value there.
fn variables(items: &[Node]) -> Option<Vec<(String, Node)>> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
    };
    let of_text = |text: &str| match text.split_once('=') {
        Some((name, value)) => Some((name.to_owned(), Node::Text(value.to_owned()))),
        None => is_name(text).then(|| (text.to_owned(), Node::Null)),
    };
    let of_entries = |entries: &Entries| {
        let name = get(entries, "name").or(get(entries, "key"))?.text()?;
        // A secret is not in the file.
        let is_part =
            |(key, _): &(String, Node)| is_among("key name slotSetting sync value valueFrom", key);
        let value = get(entries, "value").cloned().unwrap_or(Node::Null);
        entries.iter().all(is_part).then(|| (name.to_owned(), value))
    };
    let variable = |item: &Node| match item.entries() {
        Some(entries) => of_entries(entries),
        None => of_text(item.text()?),
    };
    let variables: Vec<_> = items.iter().map(variable).collect::<Option<_>>()?;
    variables.iter().any(|(_, value)| *value != Node::Null).then_some(variables)
}

fn has_scope(item: &Node) -> bool {
    item.entries().is_some_and(|entries| get(entries, "scope").is_some())
}

fn has_any(entries: &Entries, keys: &str) -> bool {
    entries.iter().any(|(key, _)| is_among(keys, key))
}

/// The programs in a value, each with its settings.
fn programs<'n>(key: &str, value: &'n Node) -> Option<&'n Entries> {
    value.entries().filter(|_| is_among(PROGRAMS, key))
}

/// Returns `true` for the template of a Kubernetes manifest, such as `jobTemplate`.
fn is_template(key: &str, value: &Node) -> bool {
    key::ends_in(key, "template") && value.entries().is_some_and(|of| get(of, "spec").is_some())
}

/// Returns what a document that this program printed says of its catalog. `None` for other documents.
fn report_stamp(entries: &Entries) -> Option<&Entries> {
    let stamp = get(entries, "catalog")?.entries()?;
    get(stamp, "hash")?.text()?.starts_with("fnv1a64:").then_some(stamp)
}

/// Our own format, a connector of StackOne, or a description of an API.
fn is_catalog(entries: &Entries) -> bool {
    let actions = get(entries, "actions").and_then(Node::items).unwrap_or_default();
    let lists_actions = actions.iter().filter_map(Node::entries).any(is_action);
    lists_actions && report_stamp(entries).is_none() || has_any(entries, CATALOG_KEYS)
}

fn is_action(entries: &Entries) -> bool {
    // A token is asked for at a whole address.
    let is_path = |(key, value): &(String, Node)| {
        is_among("endpoint route uri url", key)
            && value.text().is_some_and(|path| path.starts_with('/'))
    };
    let has = |keys| has_any(entries, keys);
    has("id actionId operationId") && has("label httpMethod operationId")
        || has("method httpMethod http_method verb") && (has("path") || entries.iter().any(is_path))
}
