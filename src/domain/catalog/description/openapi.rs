//! OpenAPI 3 and Swagger 2.

mod document;
mod extension;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ptr;

use document::{Document, Method, Operation, PathItem, Scheme};
use extension::Extended;

use super::security::{Outcome, Remark, SchemeKind, Schemes};
use super::{Call, Description, DescriptionOptions, MOST_ACCEPTED, TOO_MANY_ACCEPTED, trimmed};
use crate::domain::catalog::document::{Entries, Object, Pointer, Problems, local_keys};
use crate::domain::catalog::{CatalogFault, CatalogNote};

/// References that are followed one after the other. A longer way is taken for a circle.
const FARTHEST: usize = 64;

/// Reads what the operations accept.
pub(super) fn read(
    file: &Extended<Document>,
    options: &DescriptionOptions,
    problems: &mut Problems,
) -> Description {
    let format = match (&file.openapi, &file.swagger) {
        (None, Some(version)) => format!("Swagger {version}"),
        (Some(version), None) => format!("OpenAPI {version}"),
        (Some(_), Some(_)) | (None, None) => String::new(),
    };
    if !["OpenAPI 3.", "Swagger 2."].iter().any(|known| format.starts_with(known)) {
        let said = file.swagger.as_ref().map(|_| "swagger");
        let field = Pointer::of(said.or(file.openapi.as_ref().map(|_| "openapi")));
        let reason = "the document must say that it is OpenAPI 3, or that it is Swagger 2";
        problems.malformed(field, reason);
    }
    let mut schemes = schemes(file, options, problems);
    let global = file.security.as_ref();
    let global = global.map(|own| schemes.outcome(own, &|| Pointer::of(["security"]), problems));
    let mut reader = Reader {
        file,
        schemes,
        global,
        repeated: BTreeSet::new(),
        unknown_keys: Vec::new(),
        extensions: BTreeSet::new(),
        ids: HashSet::new(),
        accepted: 0,
        problems,
    };
    let mut calls = reader.calls();
    let Reader { mut schemes, repeated, unknown_keys, extensions, problems, .. } = reader;
    let is_unclear = |call: &Call| call.remarks.contains(&Remark::Unclear);
    if problems.are_some() || calls.iter().all(is_unclear) {
        problems.append(&mut schemes.faults);
    }
    if schemes.scopes.declared > 0 {
        leave_open(&mut calls);
    }
    let repeated = repeated.into_iter().map(|id| CatalogNote::RepeatedId { id: id.to_owned() });
    let info = file.info.as_ref().map(|Object(info)| info);
    Description {
        name: trimmed(info.and_then(|info| info.title.as_ref())),
        method: None,
        version: trimmed(info.and_then(|info| info.version.as_ref())),
        format,
        listed: options.listed_scopes.filter(|_| count(&calls, Remark::SeveralScopes) > 0),
        notes: [unknown_keys, repeated.collect(), notes(&calls, &schemes, extensions)].concat(),
        calls,
        scopes: schemes.scopes,
    }
}

/// If no operation accepts a scope, although some are declared, those that name OAuth without one may only leave it
/// out.
fn leave_open(calls: &mut [Call]) {
    let is_unsure = |call: &&Call| {
        let unsure = [Remark::WithoutScope, Remark::Unclear, Remark::Extension];
        unsure.iter().any(|remark| call.remarks.contains(remark))
    };
    // A single one may need none.
    if calls.iter().filter(is_unsure).count() < 2 || calls.iter().any(Call::accepts_scopes) {
        return;
    }
    for call in calls {
        if call.remarks.remove(&Remark::WithoutScope) {
            call.access = None;
            call.remarks.insert(Remark::ScopesLeftOut);
        }
    }
}

fn count(calls: &[Call], remark: Remark) -> usize {
    calls.iter().filter(|call| call.remarks.contains(&remark)).count()
}

fn notes(calls: &[Call], schemes: &Schemes, extensions: BTreeSet<&str>) -> Vec<CatalogNote> {
    let all: BTreeSet<_> = calls.iter().flat_map(|call| &call.remarks).copied().collect();
    let notes = all.into_iter().filter_map(|remark| {
        let operations = count(calls, remark);
        Some(match remark {
            Remark::SeveralScopes if schemes.listed_scopes.is_some() => return None,
            Remark::SeveralScopes => CatalogNote::ListedScopes { operations },
            Remark::OtherCredentials => CatalogNote::OtherCredentials { operations },
            Remark::OtherScopes => CatalogNote::OtherScopes { operations },
            Remark::WithoutScope => CatalogNote::OauthWithoutScope { operations },
            Remark::TooMany => CatalogNote::TooManyAlternatives { operations },
            Remark::Token => CatalogNote::UndeclaredToken { operations },
            Remark::ScopesLeftOut => CatalogNote::ScopesLeftOut { operations },
            Remark::Unclear => CatalogNote::UnclearSecurity { operations },
            Remark::Extension => {
                let keys = extensions.iter().map(|&key| key.to_owned()).collect();
                CatalogNote::ScopesInExtension { operations, keys }
            }
        })
    });
    let undeclared = schemes.undeclared.iter().map(|&place| schemes.scopes.undeclared(place));
    let sharing: Vec<_> = schemes.sharing().into_iter().map(str::to_owned).collect();
    let shared = (!sharing.is_empty()).then_some(CatalogNote::SharingSchemes { schemes: sharing });
    notes.chain(schemes.fault_notes()).chain(shared).chain(undeclared).collect()
}

/// The security schemes, and the scopes that those of OAuth declare.
fn schemes<'a>(
    file: &'a Document,
    options: &DescriptionOptions,
    problems: &mut Problems,
) -> Schemes<'a> {
    let listed_scopes = options.listed_scopes;
    let mut schemes = Schemes { listed_scopes, ..Schemes::default() };
    let (path, declared) = match &file.swagger {
        Some(_) => (&["securityDefinitions"][..], file.security_definitions.as_ref()),
        None => (&["components", "securitySchemes"][..], file.security_schemes()),
    };
    let declared = || declared.into_iter().flat_map(Entries::iter).map(|(n, Object(s))| (n, s));
    let by_name: HashMap<&str, &Scheme> = declared().collect();
    let find = |keys: &[&str]| {
        let (name, folder) = keys.split_last()?;
        by_name.get(name).copied().filter(|_| folder == path)
    };
    for (name, scheme) in declared() {
        let at = Pointer::of(path.iter().copied()).key(name);
        let way = follow(scheme, |scheme| scheme.reference.as_ref(), find, &at, problems);
        let scheme = way.as_ref().and_then(|way| way.last());
        let kind = scheme.map_or(SchemeKind::Other, |scheme| kind(scheme, &at, problems));
        schemes.kinds.insert(name, kind);
        let scopes =
            scheme.filter(|_| kind.is_oauth()).into_iter().flat_map(|s| s.declared_scopes());
        for (list, words) in scopes {
            list.split_whitespace().for_each(|scope| schemes.scopes.declare(scope, words.as_ref()));
        }
    }
    if schemes.kinds.values().any(|kind| kind.is_oauth()) {
        let tokens = schemes.kinds.values_mut().filter(|kind| **kind == SchemeKind::Token);
        tokens.for_each(|kind| *kind = SchemeKind::Other);
    }
    schemes
}

fn kind(scheme: &Scheme, at: &Pointer, problems: &mut Problems) -> SchemeKind {
    match scheme.kind.as_deref() {
        Some("oauth2") => return SchemeKind::Oauth,
        Some("openIdConnect") => return SchemeKind::OpenIdConnect,
        Some(_) if scheme.takes_token() => return SchemeKind::Token,
        Some("apiKey" | "http" | "basic" | "mutualTLS") => {}
        Some(_) => problems.malformed(at.key("type"), "no security scheme has this type"),
        None => problems.malformed(at.clone(), "missing field `type`"),
    }
    SchemeKind::Other
}

struct Reader<'a> {
    file: &'a Extended<Document>,
    schemes: Schemes<'a>,
    /// The document's own `security`, which counts if an operation has none.
    global: Option<Outcome>,
    /// Ids that several operations have, so that none of them is named by it.
    repeated: BTreeSet<&'a str>,
    unknown_keys: Vec<CatalogNote>,
    /// The keys of extensions that name scopes.
    extensions: BTreeSet<&'a str>,
    ids: HashSet<String>,
    /// The scopes that the operations so far accept, each alternative with one more.
    accepted: usize,
    problems: &'a mut Problems,
}

impl<'a> Reader<'a> {
    fn calls(&mut self) -> Vec<Call> {
        let file = self.file;
        let items: HashMap<&str, &Extended<PathItem>> = file.path_items().collect();
        let shared: HashMap<&str, &Extended<PathItem>> = file.shared_items().collect();
        let find = |keys: &[&str]| match keys {
            ["paths", path] => items.get(path).copied(),
            ["components", "pathItems", name] => shared.get(name).copied(),
            _ => None,
        };
        let mut referenced = Vec::new();
        for (path, item) in file.path_items() {
            let at = || Pointer::of(["paths", path]);
            if path.trim().is_empty() {
                self.problems.malformed(at(), "this path has no text");
            }
            for key in &item.unknown {
                let (field, key) = (at().to_string(), key.clone());
                self.unknown_keys.push(CatalogNote::UnknownKey { field, key });
            }
            let reference = |item: &'a Extended<PathItem>| item.reference.as_ref();
            let way = follow(item, reference, find, &at(), self.problems);
            referenced.extend(way.filter(|way| way.len() > 1).map(|way| (path, way)));
        }
        self.repeated = repeated_ids(file, &referenced);
        let mut calls = Vec::new();
        for (path, item) in file.path_items() {
            for operation in &item.operations {
                calls.extend(self.call(path, operation, &[item]));
            }
        }
        // An operation has its id where it stands; what is left is for those behind references.
        for (path, way) in referenced {
            self.add_referenced(&mut calls, path, &way);
        }
        calls
    }

    /// Adds the operations behind a path item. Those of its own have been added.
    fn add_referenced(
        &mut self,
        calls: &mut Vec<Call>,
        path: &str,
        way: &[&'a Extended<PathItem>],
    ) {
        let mut known = HashSet::new();
        for (nth, item) in way.iter().enumerate() {
            for operation in &item.operations {
                if !known.insert(&operation.0.name) {
                    let reason = "an operation stands both here and where this reference leads";
                    self.problems.malformed(Pointer::of(["paths", path, "$ref"]), reason);
                } else if nth > 0 {
                    calls.extend(self.call(path, operation, way));
                }
            }
        }
    }

    fn call(
        &mut self,
        path: &str,
        (Method { name: method, keys }, operation): &'a (Method, Extended<Operation>),
        way: &[&'a Extended<PathItem>],
    ) -> Option<Call> {
        let is_referenced = way.len() > 1;
        // Where it stands, or where it would in the path item that leads to it.
        let keys = ["paths", path].into_iter().chain(keys.iter().map(String::as_str));
        let at = || Pointer::of(keys.clone());
        if self.accepted > MOST_ACCEPTED {
            return None;
        }
        let (mut access, mut remarks) = match &operation.security {
            Some(security) => {
                self.schemes.outcome(security, &|| at().key("security"), self.problems)
            }
            None => self.global.clone().unwrap_or_default(),
        };
        self.accepted += access.iter().flatten().map(|way| way.len() + 1).sum::<usize>();
        if self.accepted > MOST_ACCEPTED {
            self.problems.malformed(at(), TOO_MANY_ACCEPTED);
        }
        let around = way.iter().flat_map(|item| &item.extensions).chain(&self.file.extensions);
        let extensions: Vec<_> = operation.extensions.iter().chain(around).collect();
        if !extensions.is_empty() {
            self.extensions.extend(extensions.into_iter().map(String::as_str));
            remarks.insert(Remark::Extension);
            // Neither that it needs nothing is sure then, nor that OAuth cannot call it.
            access = access.filter(|ways| ways.first().is_some_and(|way| !way.is_empty()));
            remarks.remove(&Remark::WithoutScope);
        }
        let is_taken = |id: &str| is_referenced && self.ids.contains(id);
        let own = operation.id().filter(|&id| !self.repeated.contains(id) && !is_taken(id));
        let id = own.map_or_else(|| format!("{method} {path}"), str::to_owned);
        let field = || if own.is_some() && !is_referenced { at().key("operationId") } else { at() };
        let is_sound = self.problems.check_operation_id(&id, field);
        if !is_sound || !self.problems.check_new(&mut self.ids, &id, field) {
            return None;
        }
        let summary = operation.summary.as_deref().unwrap_or_default().trim();
        let label = if summary.is_empty() { id.clone() } else { summary.to_owned() };
        let (method, path) = (method.clone(), path.to_owned());
        Some(Call { id, label, method, path, access, remarks })
    }
}

/// The ids that several operations have, or one that several paths lead to and that stands at none.
fn repeated_ids<'a>(
    file: &'a Document,
    referenced: &[(&str, Vec<&'a Extended<PathItem>>)],
) -> BTreeSet<&'a str> {
    let own = file.path_items().map(|(_, item)| (item, false));
    let behind = referenced.iter().flat_map(|(_, way)| &way[1..]).map(|&item| (item, true));
    let mut known: HashMap<&str, (&Extended<Operation>, bool)> = HashMap::new();
    let mut repeated = BTreeSet::new();
    for (item, is_behind) in own.chain(behind) {
        for (_, operation) in &item.operations {
            let Some(id) = operation.id() else { continue };
            if let Some(&(first, first_is_behind)) = known.get(id) {
                if first_is_behind && is_behind || !ptr::eq(first, operation) {
                    repeated.insert(id);
                }
            } else {
                known.insert(id, (operation, is_behind));
            }
        }
    }
    repeated
}

/// Follows a chain of references from `value`, at `path`, and returns every value on it; the last one
/// is no reference. `reference` returns where a value refers to, and `find` the value there. `None` if a
/// reference cannot be followed, which is then reported.
fn follow<'a, T>(
    value: &'a T,
    reference: impl Fn(&'a T) -> Option<&'a String>,
    find: impl Fn(&[&str]) -> Option<&'a T>,
    path: &Pointer,
    problems: &mut Problems,
) -> Option<Vec<&'a T>> {
    let mut way = vec![value];
    let mut last = value;
    let why = loop {
        let Some(target) = reference(last) else { return Some(way) };
        let Some(keys) = local_keys(target) else {
            break match target.starts_with('#') {
                true => "it is no path in the document, such as `#/paths/~1a`",
                false => "it leads to another file; bundle the description into one",
            };
        };
        match find(&keys.iter().map(String::as_str).collect::<Vec<_>>()) {
            Some(_) if way.len() > FARTHEST => {
                break "it leads in a circle, or over more than 64 other references";
            }
            Some(found) => last = found,
            None => break "it leads to nothing under `paths` or `components` that can stand here",
        }
        way.push(last);
    };
    problems.add(path.key("$ref"), |field| CatalogFault::BrokenReference { field, why });
    None
}
