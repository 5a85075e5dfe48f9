//! The permissions file of Microsoft Graph: for each permission, the calls that it authorises.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::security::{Remark, ways_with};
use super::{
    Call, DEFAULT_SCHEME, Description, DescriptionOptions, MOST_ACCEPTED, NO_HTTP_METHOD, Names,
    TOO_MANY_ACCEPTED, is_http_method,
};
use crate::domain::ListedScopes;
use crate::domain::catalog::document::{Entries, List, Object, Pointer, Problems};
use crate::domain::catalog::{CatalogFault, CatalogNote, MICROSOFT_GRAPH};

/// More methods than HTTP and its extensions have: each of them is a call on each path of a set.
pub(super) const MOST_METHODS: usize = 64;

#[derive(Deserialize)]
pub(super) struct Document {
    permissions: Entries<Object<Permission>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Permission {
    /// `oAuth2`, or `RSC` for what the owner of a team or chat consents to. Old files have none.
    authorization_type: Option<String>,
    schemes: Option<Entries<Object<Scheme>>>,
    path_sets: Option<List<Object<PathSet>>>,
}

/// The names of the permission in one scheme.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scheme {
    admin_display_name: Option<String>,
    user_display_name: Option<String>,
}

/// Calls that the permission authorises in some of its schemes: every method on every path. Another key
/// could narrow them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PathSet {
    scheme_keys: List<String>,
    methods: List<String>,
    /// Each with its properties, such as `least=Application;AlsoRequires=User.Read`. What is least
    /// follows from all calls, so `least` is not read.
    paths: Entries<Option<String>>,
    /// The same for all paths of the set; by the specification it is an expression.
    also_requires: Option<String>,
}

/// By the path in small letters, which names it, the path as it is written first and what its methods
/// accept.
type Calls<'a> = BTreeMap<String, (&'a str, BTreeMap<String, Accepted>)>;

/// The permissions that a call accepts.
#[derive(Default)]
struct Accepted {
    alternatives: BTreeSet<BTreeSet<usize>>,
    /// Whether a list in it could mean any one permission or all of them.
    is_ambiguous: bool,
}

/// Reads what the calls accept in one scheme: any one permission, with what it also requires. Calls of
/// other schemes are there too, and no permission authorises them; so are those that need the consent
/// of a team's owner, which is no scope.
pub(super) fn read(
    file: &Document,
    options: &DescriptionOptions,
    problems: &mut Problems,
) -> Description {
    let scheme = options.scheme.as_deref().unwrap_or(DEFAULT_SCHEME);
    let mut scopes = Names::default();
    let mut known = BTreeSet::new();
    for (name, Object(permission)) in file.permissions.iter() {
        problems.check_token(name, || Pointer::of(["permissions", name]));
        let kind = permission.authorization_type.as_ref();
        let is_oauth = kind.is_none_or(|kind| kind.eq_ignore_ascii_case("oAuth2"));
        for (key, Object(words)) in permission.schemes.iter().flat_map(Entries::iter) {
            known.insert(key);
            if key == scheme && is_oauth {
                let words = words.admin_display_name.as_ref().or(words.user_display_name.as_ref());
                scopes.declare(name, words);
            }
        }
    }
    if !known.contains(scheme) {
        let known = known.iter().copied().map(str::to_owned).collect();
        let fault = CatalogFault::UnknownScheme { scheme: scheme.to_owned(), known };
        problems.add(Pointer::of(["permissions"]), |_| fault);
    }
    let (listed, calls) = (options.listed_scopes, Calls::new());
    let mut reader = Reader { scheme, scopes, listed, calls, accepted: 0, problems };
    for (name, Object(permission)) in file.permissions.iter() {
        let schemes = permission.schemes.iter().flat_map(Entries::iter);
        let declared = schemes.map(|(key, _)| key).collect();
        let sets = permission.path_sets.iter().flat_map(|List(sets)| sets).enumerate();
        for (nth, Object(set)) in sets {
            let at = || Pointer::of(["permissions", name, "pathSets"]).item(nth);
            reader.add_calls(name, &declared, set, &at);
        }
    }
    let Reader { scopes, calls, .. } = reader;
    let all = || calls.values().flat_map(|(_, methods)| methods.values());
    let ambiguous = all().filter(|accepted| accepted.is_ambiguous).count();
    let is_open = ambiguous > 0 && listed.is_none();
    Description {
        name: MICROSOFT_GRAPH.to_owned(),
        method: Some(scheme.to_owned()),
        version: String::new(),
        format: format!("its permissions, {scheme}"),
        scopes,
        listed: listed.filter(|_| ambiguous > 0),
        notes: Vec::from_iter(
            is_open.then_some(CatalogNote::ListedScopes { operations: ambiguous }),
        ),
        calls: calls
            .into_values()
            .flat_map(|(path, methods)| methods.into_iter().map(move |call| (path, call)))
            .map(|(path, (method, accepted))| {
                let (id, path) = (format!("{method} {path}"), path.to_owned());
                let remarks = accepted.is_ambiguous.then_some(Remark::SeveralScopes);
                let access = Some(accepted.alternatives);
                Call {
                    label: id.clone(),
                    id,
                    method,
                    path,
                    access,
                    remarks: BTreeSet::from_iter(remarks),
                }
            })
            .collect(),
    }
}

struct Reader<'a> {
    scheme: &'a str,
    scopes: Names,
    listed: Option<ListedScopes>,
    calls: Calls<'a>,
    /// The scopes that the calls so far accept, each alternative with one more.
    accepted: usize,
    problems: &'a mut Problems,
}

impl<'a> Reader<'a> {
    /// Reports what is wrong with a set. Returns whether its methods can be read.
    fn check(
        &mut self,
        declared: &BTreeSet<&str>,
        set: &PathSet,
        at: &dyn Fn() -> Pointer,
    ) -> bool {
        for (nth, key) in set.scheme_keys.0.iter().enumerate() {
            if !declared.contains(&**key) {
                let field = at().key("schemeKeys").item(nth);
                self.problems.malformed(field, "the permission does not declare this scheme");
            }
        }
        let List(methods) = &set.methods;
        if methods.len() > MOST_METHODS {
            let reason = "HTTP has fewer methods; list each of them once";
            self.problems.malformed(at().key("methods"), reason);
            return false;
        }
        if let Some(nth) = methods.iter().position(|method| !is_http_method(method)) {
            self.problems.malformed(at().key("methods").item(nth), NO_HTTP_METHOD);
            return false;
        }
        true
    }

    fn add_calls(
        &mut self,
        permission: &str,
        declared: &BTreeSet<&str>,
        set: &'a PathSet,
        at: &dyn Fn() -> Pointer,
    ) {
        if !self.check(declared, set, at) {
            return;
        }
        let is_own = set.scheme_keys.0.iter().any(|key| key == self.scheme);
        let own = self.scopes.names.get_index_of(permission).filter(|_| is_own);
        let List(methods) = &set.methods;
        let set_also = set.also_requires.as_ref().map(|also| (at().key("alsoRequires"), &**also));
        for (path, properties) in set.paths.iter() {
            let field = at().key("paths").key(path);
            if !self.problems.check_operation_id(path, || field.clone()) {
                continue;
            }
            let mut lists: Vec<_> = set_also.clone().into_iter().collect();
            for property in properties.iter().flat_map(|text| text.split(';')) {
                let (key, value) = property.split_once('=').unwrap_or((property, ""));
                match key.trim().to_ascii_lowercase().as_str() {
                    "alsorequires" if property.contains('=') => lists.push((field.clone(), value)),
                    "" | "least" | "implicit" => {}
                    _ => {
                        let reason = "a property of the path is none of `least`, `alsoRequires` and `implicit`";
                        self.problems.malformed(field.clone(), reason);
                    }
                }
            }
            // What another scheme also requires is not asked for here.
            let (ways, is_ambiguous) =
                own.and_then(|own| self.ways(own, lists)).unwrap_or_default();
            let of_call = 1 + ways.iter().map(|way| way.len() + 1).sum::<usize>();
            self.accepted += of_call * methods.len();
            if self.accepted > MOST_ACCEPTED {
                self.problems.malformed(field, TOO_MANY_ACCEPTED);
                return;
            }
            for method in methods {
                let (_, calls) =
                    self.calls.entry(path.to_lowercase()).or_insert((path, BTreeMap::new()));
                let accepted = calls.entry(method.to_ascii_uppercase()).or_default();
                accepted.alternatives.extend(ways.iter().cloned());
                accepted.is_ambiguous |= is_ambiguous;
            }
        }
    }

    /// Every way to have a permission with all or any one of each list beside it, and whether it is
    /// open which of the two is meant. `None` if that cannot be told, which is then among the problems.
    fn ways(
        &mut self,
        own: usize,
        lists: Vec<(Pointer, &str)>,
    ) -> Option<(Vec<BTreeSet<usize>>, bool)> {
        let (mut ways, mut is_ambiguous) = (vec![[own].into()], false);
        for (field, list) in lists {
            let mut places = BTreeSet::new();
            let mut names = list.split([',', ' ']).filter(|name| !name.is_empty()).peekable();
            if names.peek().is_none() {
                self.problems.malformed(field, "`alsoRequires` names no permission");
                return None;
            }
            for name in names {
                match self.scopes.names.get_index_of(name) {
                    Some(place) => drop(places.insert(place)),
                    None if list.contains(['(', ')', '|', '&']) => {
                        let reason = "permissions joined with `|` and `&` are not read";
                        self.problems.malformed(field, reason);
                        return None;
                    }
                    None => self.problems.add(field.clone(), |field| {
                        CatalogFault::UnknownPermission { field, permission: name.to_owned() }
                    }),
                }
            }
            is_ambiguous |= places.len() > 1;
            let Some(more) = ways_with(ways, &places, self.listed.unwrap_or_default()) else {
                let reason = "the permissions come to more combinations than are read";
                self.problems.malformed(field, reason);
                return None;
            };
            ways = more;
        }
        Some((ways, is_ambiguous))
    }
}
