//! The permissions file of Microsoft Graph: for each permission, the calls that it authorises.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::names::Names;
use super::pointer::Pointer;
use super::shape::{Entries, List};
use super::{Access, Call, DEFAULT_SCHEME, Description, DescriptionOptions, Problems};
use crate::domain::catalog::CatalogFault;
use crate::domain::catalog::action_file::{Object, Text};
use crate::domain::catalog::token::{check_operation_id, check_token};

pub(super) type File<'t> = Object<Document<'t>>;

#[derive(Deserialize)]
pub(super) struct Document<'t> {
    #[serde(borrow)]
    permissions: Entries<'t, Object<Permission<'t>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Permission<'t> {
    #[serde(borrow)]
    schemes: Option<Entries<'t, Object<Scheme<'t>>>>,
    #[serde(borrow)]
    path_sets: Option<List<Object<PathSet<'t>>>>,
}

/// What the permission is called when it is asked for in one way.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scheme<'t> {
    #[serde(borrow)]
    admin_display_name: Option<Text<'t>>,
}

/// Calls that the permission authorises in some of its schemes: every method on every path.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PathSet<'t> {
    #[serde(borrow)]
    scheme_keys: List<Text<'t>>,
    #[serde(borrow)]
    methods: List<Text<'t>>,
    /// Each with its properties, such as `least=Application;alsoRequires=User.Read`.
    #[serde(borrow)]
    paths: Entries<'t, Option<Text<'t>>>,
}

/// By the path in small letters, which names it, the path as it is written first and what its methods
/// accept.
type Calls<'a> = BTreeMap<String, (&'a str, BTreeMap<String, BTreeSet<Vec<usize>>>)>;

/// Reads what the calls accept in one scheme: any one permission, with those that it also requires.
/// Calls of other schemes are there too, and no permission authorises them.
pub(super) fn read(
    Object(file): &File,
    options: &DescriptionOptions,
    problems: &mut Problems,
) -> Description {
    let scheme = options.scheme.as_deref().unwrap_or(DEFAULT_SCHEME);
    let mut scopes = Names::default();
    let mut known = BTreeSet::new();
    for (name, Object(permission)) in file.permissions.iter() {
        let field = || Pointer::of(["permissions", name]);
        if let Err(fault) = check_token(name, || field().to_string()) {
            problems.push((field(), fault));
        }
        for (key, Object(words)) in permission.schemes.iter().flat_map(Entries::iter) {
            known.insert(key);
            if key == scheme {
                let words = words.admin_display_name.as_ref();
                scopes.describe(name, words.map_or("", |Text(words)| words));
            }
        }
    }
    if !known.contains(scheme) {
        let known = known.into_iter().map(str::to_owned).collect();
        let fault = CatalogFault::UnknownScheme { scheme: scheme.to_owned(), known };
        problems.push((Pointer::of(["permissions"]), fault));
    }
    let mut calls = Calls::new();
    for (name, Object(permission)) in file.permissions.iter() {
        let sets = permission.path_sets.iter().flat_map(|List(sets)| sets).enumerate();
        for (nth, Object(set)) in sets {
            let at = || Pointer::of(["permissions", name, "pathSets"]).item(nth);
            add_calls(&mut calls, name, set, scheme, &scopes, &at, problems);
        }
    }
    Description {
        name: "Microsoft Graph".to_owned(),
        method: Some(scheme.to_owned()),
        version: String::new(),
        format: format!("Microsoft Graph's permissions, {scheme}"),
        declared: scopes.len(),
        scopes,
        calls: calls
            .into_values()
            .flat_map(|(path, methods)| methods.into_iter().map(|(m, ways)| call(path, m, ways)))
            .collect(),
        notes: Vec::new(),
    }
}

fn add_calls<'a>(
    calls: &mut Calls<'a>,
    permission: &str,
    set: &'a PathSet,
    scheme: &str,
    scopes: &Names,
    at: &dyn Fn() -> Pointer,
    problems: &mut Problems,
) {
    let is_own = set.scheme_keys.0.iter().any(|Text(key)| key == scheme);
    for (path, properties) in set.paths.iter() {
        let field = || at().key("paths").key(path);
        let required = match required(properties.as_ref(), scopes, &field) {
            Ok(required) => required,
            Err(fault) => {
                // What another scheme also requires is not asked for here.
                if is_own {
                    problems.push((field(), fault));
                }
                continue;
            }
        };
        for Text(method) in &set.methods.0 {
            let method = method.to_ascii_uppercase();
            if let Err(fault) = check_operation_id(&method, || at().key("methods").to_string())
                .and_then(|()| check_operation_id(path, || field().to_string()))
            {
                problems.push((field(), fault));
                continue;
            }
            let (_, methods) = calls.entry(path.to_lowercase()).or_insert((path, BTreeMap::new()));
            let alternatives = methods.entry(method).or_default();
            if let (true, Some(place)) = (is_own, scopes.find(permission)) {
                let mut alternative = required.clone();
                alternative.push(place);
                alternative.sort_unstable();
                alternative.dedup();
                alternatives.insert(alternative);
            }
        }
    }
}

/// The permissions that a path's properties ask for beside its own.
fn required(
    properties: Option<&Text>,
    scopes: &Names,
    field: &dyn Fn() -> Pointer,
) -> Result<Vec<usize>, CatalogFault> {
    let properties = properties.map_or("", |Text(properties)| properties);
    let pairs = properties.split(';').filter_map(|property| property.split_once('='));
    let also = pairs.filter(|(key, _)| key.trim().eq_ignore_ascii_case("alsoRequires"));
    let names = also.flat_map(|(_, names)| names.split([',', ' '])).filter(|name| !name.is_empty());
    names
        .map(|name| {
            scopes.find(name).ok_or_else(|| CatalogFault::UnknownPermission {
                field: field().to_string(),
                permission: name.to_owned(),
            })
        })
        .collect()
}

fn call(path: &str, method: String, alternatives: BTreeSet<Vec<usize>>) -> Call {
    let id = format!("{method} {path}");
    Call {
        label: id.clone(),
        id,
        method,
        path: path.to_owned(),
        access: Access::Alternatives(alternatives.into_iter().collect()),
    }
}
