//! Google's Discovery format.

use std::collections::{BTreeSet, HashSet};

use serde::Deserialize;

use super::{
    Access, Call, Description, DescriptionOptions, NO_HTTP_METHOD, Names, is_http_method, trimmed,
};
use crate::domain::catalog::document::{Entries, List, Object, Pointer, Problems, present};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    kind: Option<String>,
    title: Option<String>,
    name: Option<String>,
    version: Option<String>,
    auth: Option<Object<Auth>>,
    /// Methods of no resource.
    methods: Option<Methods>,
    resources: Option<Resources>,
}

type Methods = Entries<Object<Method>>;
type Resources = Entries<Object<Resource>>;

#[derive(Deserialize)]
struct Auth {
    oauth2: Option<Object<Oauth>>,
}

#[derive(Deserialize)]
struct Oauth {
    scopes: Option<Entries<Object<Scope>>>,
}

#[derive(Deserialize)]
struct Scope {
    description: Option<String>,
}

#[derive(Deserialize)]
struct Resource {
    methods: Option<Methods>,
    resources: Option<Resources>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Method {
    id: Option<String>,
    http_method: String,
    /// The path with its variables spelt out.
    flat_path: Option<String>,
    path: String,
    #[serde(default, deserialize_with = "present")]
    scopes: Option<List<String>>,
}

/// Reads what the methods accept: any one of the scopes that they list.
pub(super) fn read(
    file: &Document,
    _: &DescriptionOptions,
    problems: &mut Problems,
) -> Description {
    if file.kind.as_ref().is_some_and(|kind| kind != "discovery#restDescription") {
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
    Description {
        name: trimmed(file.title.as_ref().or(file.name.as_ref())),
        version: trimmed(file.version.as_ref()),
        format: "Google Discovery".to_owned(),
        notes: (scopes.declared..scopes.names.len())
            .map(|place| scopes.undeclared(place))
            .collect(),
        scopes,
        calls,
        ..Description::default()
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
        let verb = &method.http_method;
        let path = method.flat_path.as_ref().unwrap_or(&method.path);
        if !is_http_method(verb) {
            self.problems.malformed(at.key("httpMethod"), NO_HTTP_METHOD);
        }
        if path.trim().is_empty() {
            self.problems.malformed(at.key("path"), "this has no text");
        }
        let verb = verb.to_ascii_uppercase();
        let id = method.id.clone().unwrap_or_else(|| format!("{verb} {path}"));
        let field = || if method.id.is_some() { at.key("id") } else { at.clone() };
        let is_sound = self.problems.check_operation_id(&id, field);
        if !is_sound || !self.problems.check_new(&mut self.ids, &id, field) {
            return;
        }
        let access = self.access(method.scopes.as_ref(), &at.key("scopes"));
        let (label, method, path) = (id.clone(), verb, path.clone());
        self.calls.push(Call { id, label, method, path, access, ..Call::default() });
    }

    /// Neither an absent list nor an empty one says that a method needs nothing.
    fn access(&mut self, scopes: Option<&List<String>>, at: &Pointer) -> Access {
        let List(scopes) = scopes.filter(|List(scopes)| !scopes.is_empty())?;
        let mut alternatives = BTreeSet::new();
        for (nth, scope) in scopes.iter().enumerate() {
            if self.problems.check_token(scope, || at.item(nth)) {
                alternatives.insert([self.scopes.place(scope)].into());
            }
        }
        Some(alternatives)
    }
}
