//! Google's Discovery format.

use std::collections::{BTreeSet, HashSet};

use serde::Deserialize;

use super::api::{Access, Call, Description, NO_HTTP_METHOD, is_http_method};
use super::names::Names;
use crate::domain::catalog::document::{Entries, List, Object, Pointer, Problems, Text, present};

pub(super) type File<'t> = Object<Document<'t>>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document<'t> {
    #[serde(borrow)]
    kind: Option<Text<'t>>,
    title: Option<Text<'t>>,
    name: Option<Text<'t>>,
    version: Option<Text<'t>>,
    auth: Option<Object<Auth<'t>>>,
    /// Methods of no resource.
    methods: Option<Methods<'t>>,
    resources: Option<Resources<'t>>,
}

type Methods<'t> = Entries<'t, Object<Method<'t>>>;
type Resources<'t> = Entries<'t, Object<Resource<'t>>>;

#[derive(Deserialize)]
struct Auth<'t> {
    #[serde(borrow)]
    oauth2: Option<Object<Oauth<'t>>>,
}

#[derive(Deserialize)]
struct Oauth<'t> {
    #[serde(borrow)]
    scopes: Option<Entries<'t, Object<Scope<'t>>>>,
}

#[derive(Deserialize)]
struct Scope<'t> {
    #[serde(borrow)]
    description: Option<Text<'t>>,
}

#[derive(Deserialize)]
struct Resource<'t> {
    #[serde(borrow)]
    methods: Option<Methods<'t>>,
    resources: Option<Resources<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Method<'t> {
    #[serde(borrow)]
    id: Option<Text<'t>>,
    http_method: Text<'t>,
    /// The path with its variables spelt out.
    flat_path: Option<Text<'t>>,
    path: Text<'t>,
    #[serde(default, deserialize_with = "present")]
    scopes: Option<List<Text<'t>>>,
}

/// Reads what the methods accept: any one of the scopes that they list.
pub(super) fn read(Object(file): &File, problems: &mut Problems) -> Description {
    if file.kind.as_ref().is_some_and(|Text(kind)| kind != "discovery#restDescription") {
        let reason = "this is no `discovery#restDescription`, which describes one API";
        problems.malformed(Pointer::of(["kind"]), reason);
    }
    let mut scopes = Names::default();
    let oauth = file.auth.iter().filter_map(|Object(auth)| auth.oauth2.as_ref());
    let declared = oauth.filter_map(|Object(oauth)| oauth.scopes.as_ref()).flat_map(Entries::iter);
    for (scope, Object(Scope { description })) in declared {
        scopes.declare(scope, description.as_ref());
    }
    let mut reader = Reader { scopes, calls: Vec::new(), ids: HashSet::new(), problems };
    reader.add(&file.methods, &file.resources, &Pointer::default());
    let Reader { scopes, calls, .. } = reader;
    let text = |text: &Option<Text>| text.as_ref().map_or("", |Text(text)| text.trim()).to_owned();
    let title = if file.title.is_some() { &file.title } else { &file.name };
    Description {
        name: text(title),
        method: None,
        version: text(&file.version),
        format: "Google Discovery".to_owned(),
        notes: (scopes.declared..scopes.len()).map(|place| scopes.undeclared(place)).collect(),
        scopes,
        calls,
        // Any one of several is enough.
        listed: None,
    }
}

struct Reader<'a> {
    scopes: Names,
    calls: Vec<Call>,
    ids: HashSet<String>,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    /// Adds the methods of a resource and of those within it.
    fn add(&mut self, methods: &Option<Methods>, resources: &Option<Resources>, path: &Pointer) {
        for (name, Object(method)) in methods.iter().flat_map(Entries::iter) {
            self.add_method(method, &path.key("methods").key(name));
        }
        for (name, Object(within)) in resources.iter().flat_map(Entries::iter) {
            let path = path.key("resources").key(name);
            self.add(&within.methods, &within.resources, &path);
        }
    }

    fn add_method(&mut self, method: &Method, at: &Pointer) {
        let Text(verb) = &method.http_method;
        let Text(path) = method.flat_path.as_ref().unwrap_or(&method.path);
        if !is_http_method(verb) {
            self.problems.malformed(at.key("httpMethod"), NO_HTTP_METHOD);
        }
        if path.trim().is_empty() {
            self.problems.malformed(at.key("path"), "this has no text");
        }
        let verb = verb.to_ascii_uppercase();
        let id = match &method.id {
            Some(Text(id)) => id.to_string(),
            None => format!("{verb} {path}"),
        };
        let field = || if method.id.is_some() { at.key("id") } else { at.clone() };
        let is_sound = self.problems.check_operation_id(&id, field);
        if !is_sound || !self.problems.check_new(&mut self.ids, &id, field) {
            return;
        }
        let access = self.access(method.scopes.as_ref(), &at.key("scopes"));
        let (label, method, path) = (id.clone(), verb.to_string(), path.to_string());
        self.calls.push(Call { id, label, method, path, access, other_credentials: false });
    }

    /// Neither an absent list nor an empty one says that a method needs nothing.
    fn access(&mut self, scopes: Option<&List<Text>>, at: &Pointer) -> Access {
        let List(scopes) = scopes.filter(|List(scopes)| !scopes.is_empty())?;
        let mut alternatives = BTreeSet::new();
        for (nth, Text(scope)) in scopes.iter().enumerate() {
            if self.problems.check_token(scope, || at.item(nth)) {
                alternatives.insert([self.scopes.place(scope)].into());
            }
        }
        Some(alternatives)
    }
}
