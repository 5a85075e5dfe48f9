//! A connector as its author has it: YAML, with parts of its actions in files beside it.

use std::collections::HashSet;

use indexmap::IndexSet;
use serde::Deserialize;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess};
use serde_saphyr::Spanned;

use super::{Includers, Stated, StatedAction, check_action, includers, satisfying};
use crate::domain::catalog::document::{
    Entries, Language, List, Object, Pointer, Problems, is_slip, no_key, parse_repeating, read_as,
};
use crate::domain::catalog::{CatalogError, CatalogFault, CatalogNote, Position};
use crate::domain::input::decode;
use crate::domain::name_words::{any_word, is_among};
use crate::domain::quoted;

/// The end of the name of a partial's file, behind the name in `$ref`.
const PARTIAL: &str = ".s1.partial.yaml";

/// Returns the bytes of the file with this name, or `None` if there is no such file.
pub type Partial<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Words of keys that may say what an action requires.
const ABOUT_SCOPES: [&str; 7] =
    ["authentication", "permission", "permissions", "role", "roles", "scope", "scopes"];

/// Partials within partials.
const DEEPEST: usize = 8;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConnectorFile {
    info: Object<Info>,
    scope_definitions: Option<Entries<Option<Object<ScopeDefinition>>>>,
    authentication: Option<List<Entries<Object<Authentication>>>>,
    actions: Option<Actions>,
}

#[derive(Deserialize)]
struct Info {
    title: Option<String>,
    key: String,
}

#[derive(Deserialize)]
struct ScopeDefinition {
    /// Names with spaces between them.
    includes: Option<String>,
}

#[derive(Deserialize)]
struct Authentication {
    label: Option<String>,
}

/// A field of an action's result. It stays empty without its own scopes, and the action works.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    /// Names with spaces between them.
    required_scopes: Option<String>,
}

/// The items of a list, or one that stands alone.
struct Actions {
    items: Vec<Item>,
    is_list: bool,
}

/// An action, or references to files with more of them, each under the same key.
#[derive(Default)]
struct Item {
    references: Vec<Spanned<String>>,
    action_id: Option<String>,
    label: Option<String>,
    /// Names with spaces between them.
    required_scopes: Option<String>,
    fields: Option<Vec<Object<Field>>>,
    /// A part may hold its actions under a key of their own.
    actions: Option<Actions>,
    /// Whether it has keys besides references.
    has_more: bool,
    /// Keys that may say what it requires, and that mean nothing here.
    unknown: Vec<String>,
}

/// Reads a connector, and the parts that `partial` gives.
///
/// # Errors
/// Everything that is wrong with it; with its syntax or a value's type, the first.
pub(super) fn read(text: &str, partial: Partial) -> Result<Stated, Vec<CatalogError>> {
    let file = parse_repeating::<Object<ConnectorFile>>(text);
    let Object(file) = file.map_err(|error| vec![error])?;
    // `$ref` may be repeated here too, which a derived reader refuses.
    let top = if text.contains("$ref") { parse_repeating(text) } else { Ok(Item::default()) };
    let Item { references, .. } = top.map_err(|error| vec![error])?;
    let Object(Info { title, key }) = &file.info;
    let mut problems = Problems::default();
    problems.check_token(key, || Pointer::of(["info", "key"]));
    let mut scopes = Vec::new();
    for (scope, definition) in file.scope_definitions.iter().flat_map(Entries::iter) {
        let at = || Pointer::of(["scopeDefinitions", scope]);
        let includes =
            definition.as_ref().and_then(|Object(definition)| definition.includes.as_deref());
        let includes = includes.map(words).unwrap_or_default();
        problems.check_token(scope, at);
        for other in &includes {
            problems.check_token(other, || at().key("includes"));
        }
        scopes.push((scope.to_owned(), includes));
    }
    let declared: HashSet<_> = scopes.iter().map(|(scope, _)| &**scope).collect();
    for (scope, includes) in &scopes {
        let at = || Pointer::of(["scopeDefinitions", scope, "includes"]);
        refuse_placeholders(includes, &declared, at, &mut problems);
    }
    let ways = file.authentication.iter().flat_map(|List(ways)| ways).flat_map(Entries::iter);
    let labels: Vec<_> = ways.filter_map(|(_, Object(way))| way.label.as_deref()).collect();
    let mut reader = Reader {
        key,
        partial,
        includers: &includers(&scopes),
        declared: &declared,
        actions: Vec::new(),
        ids: HashSet::new(),
        parts: HashSet::new(),
        errors: Vec::new(),
        notes: Vec::new(),
    };
    if let Some(actions) = &file.actions {
        reader.add(actions, &Pointer::of(["actions"]), &mut problems, 0);
    }
    for reference in &references {
        reader.add_part(reference, &Pointer::of(["$ref"]), 0);
    }
    let Reader { actions, errors, notes, .. } = reader;
    let mut errors =
        [problems.located(text, Language::Yaml).err().unwrap_or_default(), errors].concat();
    errors.sort_by_key(|error| error.place);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Stated {
        key: key.clone(),
        name: title.as_ref().unwrap_or(key).clone(),
        method: match labels[..] {
            [label] if !label.trim().is_empty() => Some(label.to_owned()),
            _ => None,
        },
        scopes,
        actions,
        notes,
    })
}

struct Reader<'a> {
    key: &'a str,
    partial: Partial<'a>,
    includers: &'a Includers<'a>,
    declared: &'a HashSet<&'a str>,
    actions: Vec<StatedAction>,
    ids: HashSet<String>,
    /// The parts that have been read.
    parts: HashSet<String>,
    /// The faults of references and parts.
    errors: Vec<CatalogError>,
    notes: Vec<CatalogNote>,
}

impl Reader<'_> {
    /// Adds the actions that stand at a path of a text, and those of parts.
    fn add(&mut self, actions: &Actions, at: &Pointer, problems: &mut Problems, depth: usize) {
        for (nth, item) in actions.items.iter().enumerate() {
            let at = if actions.is_list { at.item(nth) } else { at.clone() };
            self.add_item(item, &at, problems, depth);
        }
    }

    fn add_item(&mut self, item: &Item, at: &Pointer, problems: &mut Problems, depth: usize) {
        let unknown =
            |key: &String| CatalogNote::UnknownKey { field: at.to_string(), key: key.clone() };
        self.notes.extend(item.unknown.iter().map(unknown));
        match (&item.action_id, &item.actions) {
            _ if !item.references.is_empty() && item.has_more => {
                problems.malformed(at.clone(), "this is both an action and a reference");
                return;
            }
            (Some(_), Some(_)) => {
                problems.malformed(at.clone(), "this is both an action and a list of actions");
            }
            (Some(id), None) => self.add_action(id, item, at, problems),
            (None, Some(actions)) => self.add(actions, &at.key("actions"), problems, depth),
            (None, None) if item.references.is_empty() => {
                problems.malformed(at.clone(), "missing field `actionId`");
            }
            (None, None) => {}
        }
        for reference in &item.references {
            self.add_part(reference, &at.key("$ref"), depth);
        }
    }

    fn add_action(&mut self, id: &str, item: &Item, at: &Pointer, problems: &mut Problems) {
        let id = format!("{}_{id}", self.key);
        let label = item.label.as_deref().unwrap_or_default().trim();
        let required = item.required_scopes.as_deref().map(words);
        let action = StatedAction {
            label: if label.is_empty() { id.clone() } else { label.to_owned() },
            id,
            // An empty text says no more than none at all.
            required: required.filter(|scopes| !scopes.is_empty()),
        };
        let (id_at, scope_at) = (|| at.key("actionId"), |_| at.key("requiredScopes"));
        check_action(&action, id_at, scope_at, &mut self.ids, problems);
        let required = action.required.as_deref().unwrap_or_default();
        refuse_placeholders(required, self.declared, || scope_at(0), problems);
        self.note_fields(item, &action);
        self.actions.push(action);
    }

    /// Notes what the fields of an action's result need beyond what the action's own scopes include.
    fn note_fields(&mut self, item: &Item, action: &StatedAction) {
        let is_included = |scope: &String| {
            let satisfying = satisfying(scope, self.includers).unwrap_or_default();
            let mut required = action.required.iter().flatten();
            required.any(|other| satisfying.contains(&&**other))
        };
        let fields = item.fields.iter().flatten();
        let needed = fields.filter_map(|Object(field)| field.required_scopes.as_deref());
        let scopes: IndexSet<_> =
            needed.flat_map(words).filter(|scope| !is_included(scope)).collect();
        if !scopes.is_empty() {
            let scopes = scopes.into_iter().collect();
            self.notes.push(CatalogNote::FieldScopes { id: action.id.clone(), scopes });
        }
    }

    /// Adds the actions of a part. What is wrong there is told with the place of the reference, and
    /// names the part and the place in it.
    fn add_part(&mut self, reference: &Spanned<String>, at: &Pointer, depth: usize) {
        let place = Some(Position::from(reference.referenced));
        let name = &reference.value;
        let text = match self.part(name, depth) {
            Ok(text) => text,
            Err(reason) => {
                let (field, reason) =
                    (format!("{at}: {}", quoted("text", name)), reason.to_owned());
                let fault = CatalogFault::Malformed { field, reason };
                self.errors.push(CatalogError { place, fault });
                return;
            }
        };
        let mut problems = Problems::default();
        let errors = match parse_repeating(&text) {
            Ok(actions) => {
                let before = self.errors.len();
                self.add(&actions, &Pointer::default(), &mut problems, depth + 1);
                let within = self.errors.split_off(before);
                [problems.located(&text, Language::Yaml).err().unwrap_or_default(), within].concat()
            }
            Err(error) => vec![error],
        };
        self.errors.extend(errors.into_iter().map(|CatalogError { place: within, fault }| {
            let within = within.map(|within| format!(":{}:{}", within.line, within.column));
            let part = format!("{name}{PARTIAL}{}", within.unwrap_or_default());
            CatalogError { place, fault: CatalogFault::InPart { part, fault: fault.into() } }
        }));
    }

    /// The text of a part, or why there is none. Its name may not lead to another folder.
    fn part(&mut self, name: &str, depth: usize) -> Result<String, &'static str> {
        if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', ':', '\0']) {
            return Err("a part is named by the beginning of its file's name");
        }
        if depth >= DEEPEST || !self.parts.insert(name.to_owned()) {
            return Err("this part is read already, or the parts lead in a circle");
        }
        let bytes = (self.partial)(&format!("{name}{PARTIAL}"));
        let bytes = bytes.ok_or("no such part lies beside the connector's file")?;
        let text = decode(&bytes).map_err(|_| "the part is neither UTF-8 nor UTF-16")?;
        let mut lines = text.lines().map(str::trim);
        if lines.all(|line| line.is_empty() || line.starts_with('#')) {
            return Err("the part is empty; list its actions there, or `[]`");
        }
        Ok(text.into_owned())
    }
}

/// Refuses what stands for scopes that nobody has filled in, or in a comment within a text of several lines.
fn refuse_placeholders(
    scopes: &[String],
    declared: &HashSet<&str>,
    at: impl Fn() -> Pointer,
    problems: &mut Problems,
) {
    let is_word =
        |scope: &str| is_among("? false n/a none null tbd todo true", &scope.to_ascii_lowercase());
    let is_one = |scope: &&String| {
        is_word(scope) || scope.starts_with(['#', '<', '$', '{', '%']) || scope.contains("{{")
    };
    if scopes.iter().filter(is_one).any(|scope| !declared.contains(&**scope)) {
        problems.malformed(at(), PLACEHOLDER);
    }
}

const PLACEHOLDER: &str =
    "a placeholder or a remark stands there; name the scopes, with spaces between them";

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

read_as!(
    Actions, "a list of actions, or references to such lists", deserialize_any,
    visit_seq = read_items: SeqAccess, visit_map = read_single: MapAccess
);
read_as!(Item, "an object", deserialize_any, visit_map = read_item: MapAccess);

fn read_items<'de, A: SeqAccess<'de>>(list: A) -> Result<Actions, A::Error> {
    let items = Vec::deserialize(SeqAccessDeserializer::new(list))?;
    Ok(Actions { items, is_list: true })
}

fn read_single<'de, A: MapAccess<'de>>(map: A) -> Result<Actions, A::Error> {
    Ok(Actions { items: vec![read_item(map)?], is_list: false })
}

fn read_item<'de, A: MapAccess<'de>>(mut map: A) -> Result<Item, A::Error> {
    let mut item = Item::default();
    let mut seen = HashSet::new();
    while let Some(key) = map.next_key::<String>()? {
        if key == "$ref" {
            item.references.push(map.next_value()?);
            continue;
        }
        item.has_more = true;
        match &*key {
            "actionId" => item.action_id = map.next_value()?,
            "label" => item.label = map.next_value()?,
            "requiredScopes" => item.required_scopes = map.next_value()?,
            slip if is_slip(slip, "requiredScopes") => return Err(no_key(slip, "requiredScopes")),
            "fieldConfigs" => item.fields = map.next_value()?,
            "actions" => item.actions = map.next_value()?,
            _ => {
                if any_word(&key, |word| ABOUT_SCOPES.contains(&word)) {
                    item.unknown.push(key);
                }
                map.next_value::<IgnoredAny>()?;
                continue;
            }
        }
        if !seen.insert(key.clone()) {
            return Err(A::Error::custom(format_args!("the key `{key}` is repeated")));
        }
    }
    Ok(item)
}
