//! OpenAPI 3 and Swagger 2.

mod document;

use std::collections::{HashMap, HashSet};

use document::{Document, File, Operation, PathItem, Paths, Scheme};

use super::local_ref::follow;
use super::names::Names;
use super::pointer::Pointer;
use super::security::{Schemes, Tally};
use super::shape::Entries;
use super::{Access, Call, Description, DescriptionOptions, Problems, malformed};
use crate::domain::catalog::action_file::{Object, Text};
use crate::domain::catalog::token::{check_operation_id, check_token};
use crate::domain::catalog::{CatalogFault, CatalogNote};

/// Reads what the operations accept.
pub(super) fn read(
    Object(file): &File,
    options: &DescriptionOptions,
    problems: &mut Problems,
) -> Description {
    let (format, schemes_at) = match (&file.openapi, &file.swagger) {
        (None, Some(Text(version))) => {
            (format!("Swagger {version}"), Pointer::of(["securityDefinitions"]))
        }
        (Some(Text(version)), None) => {
            (format!("OpenAPI {version}"), Pointer::of(["components", "securitySchemes"]))
        }
        (Some(_), Some(_)) | (None, None) => (String::new(), Pointer::default()),
    };
    if !["OpenAPI 3.", "Swagger 2."].iter().any(|known| format.starts_with(known)) {
        let field = Pointer::of([if file.swagger.is_some() { "swagger" } else { "openapi" }]);
        let reason = "the document must say that it is OpenAPI 3, or that it is Swagger 2";
        problems.push((field.clone(), malformed(&field, reason)));
    }
    let mut reader = Reader {
        file,
        schemes: schemes(file, options, &schemes_at, problems),
        global: None,
        ids: HashSet::new(),
        problems,
    };
    let declared = reader.schemes.scopes.len();
    if let Some(security) = &file.security {
        let path = || Pointer::of(["security"]);
        reader.global = Some(reader.schemes.access(security, &path, reader.problems));
        reader.schemes.tally = Tally::default();
    }
    let calls = reader.calls();
    let Schemes { scopes, tally, .. } = reader.schemes;
    let text = |text: Option<&Text>| text.map_or("", |Text(text)| text.trim()).to_owned();
    let info = file.info.as_ref().map(|Object(info)| info);
    Description {
        name: text(info.and_then(|info| info.title.as_ref())),
        method: None,
        version: text(info.and_then(|info| info.version.as_ref())),
        format,
        scopes,
        declared,
        calls,
        notes: notes(&tally, options),
    }
}

fn notes(tally: &Tally, options: &DescriptionOptions) -> Vec<CatalogNote> {
    let several = if options.listed_scopes.is_none() { tally.several_scopes } else { 0 };
    let notes = [
        (several, CatalogNote::ListedScopes { operations: several }),
        (
            tally.other_credentials,
            CatalogNote::OtherCredentials { operations: tally.other_credentials },
        ),
        (tally.without_scope, CatalogNote::OauthWithoutScope { operations: tally.without_scope }),
        (tally.too_many, CatalogNote::TooManyAlternatives { operations: tally.too_many }),
    ];
    notes.into_iter().filter(|&(count, _)| count > 0).map(|(_, note)| note).collect()
}

/// The security schemes, and the scopes that those of OAuth declare.
fn schemes<'t>(
    file: &'t Document,
    options: &DescriptionOptions,
    path: &Pointer,
    problems: &mut Problems,
) -> Schemes<'t> {
    let components = file.components.as_ref();
    let declared = file
        .security_definitions
        .as_ref()
        .filter(|_| file.swagger.is_some())
        .or_else(|| components.and_then(|Object(c)| c.security_schemes.as_ref()));
    let mut schemes = Schemes {
        is_oauth: HashMap::new(),
        listed_scopes: options.listed_scopes.unwrap_or_default(),
        scopes: Names::default(),
        tally: Tally::default(),
    };
    let Some(declared) = declared else {
        return schemes;
    };
    let by_name: HashMap<&str, &Scheme> = declared.iter().map(|(n, Object(s))| (n, s)).collect();
    let find = |keys: &[String]| {
        let (name, folder) = keys.split_last()?;
        let is_there = Pointer::of(folder.iter().map(String::as_str)) == *path;
        is_there.then(|| by_name.get(name.as_str()).copied()).flatten()
    };
    for (name, Object(scheme)) in declared.iter() {
        let at = path.key(name);
        let Some(scheme) = follow(scheme, find, &at, problems) else {
            schemes.is_oauth.insert(name, false);
            continue;
        };
        let Some(Text(kind)) = &scheme.kind else {
            problems.push((at.clone(), malformed(&at, "missing field `type`")));
            schemes.is_oauth.insert(name, false);
            continue;
        };
        let is_oauth = match &**kind {
            "oauth2" | "openIdConnect" => true,
            "apiKey" | "http" | "basic" | "mutualTLS" => false,
            _ => {
                let at = at.key("type");
                problems.push((at.clone(), malformed(&at, "no security scheme has this type")));
                false
            }
        };
        schemes.is_oauth.insert(name, is_oauth);
        if !is_oauth {
            continue;
        }
        for (scope, words) in scheme.declared_scopes() {
            // A scope that nothing could ask for is only a problem where an operation needs it.
            if check_token(scope, String::new).is_ok() {
                schemes.scopes.describe(scope, words.as_ref().map_or("", |Text(words)| words));
            }
        }
    }
    schemes
}

struct Reader<'a, 't> {
    file: &'a Document<'t>,
    schemes: Schemes<'a>,
    /// What the document's own `security` comes to, which counts where an operation has none.
    global: Option<Access>,
    ids: HashSet<String>,
    problems: &'a mut Problems,
}

/// An operation where it stands, and the path that it is called by.
struct Found<'a, 't> {
    path: &'a str,
    method: &'static str,
    operation: &'a Operation<'t>,
    /// Whether it stands behind a reference.
    is_referenced: bool,
    at: &'a dyn Fn() -> Pointer,
}

impl<'a, 't> Reader<'a, 't> {
    fn calls(&mut self) -> Vec<Call> {
        let Some(Paths(paths)) = &self.file.paths else {
            return Vec::new();
        };
        let file = self.file;
        let mut items = None;
        let mut calls = Vec::new();
        let mut referenced = Vec::new();
        for (Text(path), item) in paths {
            let Some(item) = item else { continue };
            let at = || Pointer::of(["paths", &**path]);
            self.add(&mut calls, path, item, false, &at);
            if item.reference.is_none() {
                continue;
            }
            let items = items.get_or_insert_with(|| path_items(file));
            let find = |keys: &[String]| items.get(keys).copied();
            if let Some(target) = follow(item, find, &at(), self.problems) {
                referenced.push((&**path, target));
            }
        }
        // An operation has its id where it stands; what is left is for those behind references.
        for (path, item) in referenced {
            self.add(&mut calls, path, item, true, &|| Pointer::of(["paths", path]));
        }
        calls
    }

    fn add(
        &mut self,
        calls: &mut Vec<Call>,
        path: &str,
        item: &PathItem,
        is_referenced: bool,
        at: &dyn Fn() -> Pointer,
    ) {
        for (method, operation) in &item.operations {
            let at = || {
                let method = method.to_lowercase();
                if is_referenced { at() } else { at().key(&method) }
            };
            let found = Found { path, method, operation, is_referenced, at: &at };
            if let Some(call) = self.call(&found) {
                calls.push(call);
            }
        }
    }

    fn call(&mut self, found: &Found) -> Option<Call> {
        let Found { path, method, operation, is_referenced, at } = *found;
        if operation.reference.is_some() {
            let fault = CatalogFault::BrokenReference {
                field: at().key("$ref").to_string(),
                why: "an operation cannot stand for another one",
            };
            self.problems.push((at().key("$ref"), fault));
            return None;
        }
        let access = match &operation.security {
            Some(security) => {
                self.schemes.access(security, &|| at().key("security"), self.problems)
            }
            None => self.global.clone().unwrap_or(Access::Unknown),
        };
        let own = operation.operation_id.as_ref().map(|Text(id)| &**id);
        let own = own.filter(|&id| !is_referenced || !self.ids.contains(id));
        let id = own.map_or_else(|| format!("{method} {path}"), str::to_owned);
        let field = || if own.is_some() { at().key("operationId") } else { at() };
        if let Err(fault) = check_operation_id(&id, || field().to_string()) {
            self.problems.push((field(), fault));
            return None;
        }
        if !self.ids.insert(id.clone()) {
            let fault = CatalogFault::Repeated { field: field().to_string(), value: id };
            self.problems.push((field(), fault));
            return None;
        }
        let summary = operation.summary.as_ref().map_or("", |Text(summary)| summary.trim());
        let label = if summary.is_empty() { id.clone() } else { summary.to_owned() };
        Some(Call { id, label, method: method.to_owned(), path: path.to_owned(), access })
    }
}

/// Every path item that a reference may lead to, by its keys.
fn path_items<'a, 't>(file: &'a Document<'t>) -> HashMap<Vec<String>, &'a PathItem<'t>> {
    let paths = file.paths.iter().flat_map(|Paths(paths)| paths);
    let paths = paths.map(|(Text(path), item)| (vec!["paths".into(), path.to_string()], item));
    let components = file.components.iter().filter_map(|Object(c)| c.path_items.as_ref());
    let shared = components
        .flat_map(Entries::iter)
        .map(|(name, item)| (vec!["components".into(), "pathItems".into(), name.to_owned()], item));
    paths.chain(shared).filter_map(|(keys, item)| Some((keys, item.as_ref()?))).collect()
}
