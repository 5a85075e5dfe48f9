//! The meaning of an operation's `security`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Access, Names};
use crate::domain::ListedScopes;
use crate::domain::catalog::CatalogFault;
use crate::domain::catalog::document::{Entries, List, Pointer, Problems};

/// Alternatives, each a map of schemes with the scopes that they need.
pub(super) type Security = List<Entries<List<String>>>;

/// Combinations of several lists of scopes, of each of which any one is enough.
const LIMIT: usize = 128;

/// Alternatives of an operation. All operations may inherit those of the document, and each has its own.
const MOST_ALTERNATIVES: usize = 512;

/// The security schemes of a document, and the scopes that its operations have named so far.
#[derive(Default)]
pub(super) struct Schemes<'t> {
    pub kinds: HashMap<&'t str, SchemeKind>,
    pub listed_scopes: Option<ListedScopes>,
    pub scopes: Names,
    /// Those that are not declared, where a scheme of OAuth needs them that should declare them.
    pub undeclared: BTreeSet<usize>,
    /// By scope, the schemes of OAuth that operations name it under.
    pub namers: BTreeMap<usize, BTreeSet<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemeKind {
    Oauth,
    /// The same, with its scopes declared elsewhere.
    OpenIdConnect,
    Other,
}

/// Of what a note is made, once for all operations of which it is true.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remark {
    /// It lists several scopes at once.
    SeveralScopes,
    /// It needs something besides OAuth.
    OtherCredentials,
    /// It names OAuth without a scope.
    WithoutScope,
    /// It lists scopes for a scheme that is not OAuth.
    OtherScopes,
    /// There are too many alternatives to tell.
    TooMany,
}

/// The meaning of an operation's `security`.
pub(super) type Outcome = (Access, BTreeSet<Remark>);

impl Schemes<'_> {
    /// The access to an operation by its own `security` or by that of the document, which stands
    /// at this path.
    pub fn outcome(
        &mut self,
        List(security): &Security,
        path: &dyn Fn() -> Pointer,
        problems: &mut Problems,
    ) -> Outcome {
        let (mut alternatives, mut remarks) = (BTreeSet::new(), BTreeSet::new());
        // An app may not have another credential: such an alternative counts only if there is none without.
        let are_others_left_out = security.iter().any(|schemes| !self.needs_others(schemes));
        for (nth, schemes) in security.iter().enumerate() {
            let mut own = BTreeSet::new();
            let path = || path().item(nth);
            let ways = self.alternatives(schemes, &path, &mut own, problems);
            if !self.needs_others(schemes) {
                alternatives.extend(ways);
            } else if are_others_left_out {
                own.retain(|remark| *remark == Remark::OtherScopes);
            } else if !ways.is_empty() {
                own.insert(Remark::OtherCredentials);
                alternatives.extend(ways);
            }
            remarks.append(&mut own);
        }
        // What the others ask for does not matter then.
        if security.is_empty() || security.iter().any(|schemes| schemes.0.is_empty()) {
            return (Some([BTreeSet::new()].into()), BTreeSet::new());
        }
        if alternatives.first().is_some_and(BTreeSet::is_empty) {
            alternatives = [BTreeSet::new()].into();
            remarks.retain(|remark| !matches!(remark, Remark::SeveralScopes | Remark::TooMany));
        } else {
            remarks.remove(&Remark::WithoutScope);
            if alternatives.len() > MOST_ALTERNATIVES {
                remarks.insert(Remark::TooMany);
            }
        }
        ((!remarks.contains(&Remark::TooMany)).then_some(alternatives), remarks)
    }

    fn needs_others(&self, schemes: &Entries<List<String>>) -> bool {
        schemes.iter().any(|(scheme, _)| self.kinds.get(scheme) == Some(&SchemeKind::Other))
    }

    /// The schemes that have a scope of the same name.
    pub fn sharing(&self) -> BTreeSet<&str> {
        let shared = self.namers.values().filter(|schemes| schemes.len() > 1);
        shared.flatten().map(String::as_str).collect()
    }

    /// The ways to satisfy one alternative. Empty if none of its schemes is one of OAuth.
    fn alternatives(
        &mut self,
        schemes: &Entries<List<String>>,
        path: &dyn Fn() -> Pointer,
        remarks: &mut BTreeSet<Remark>,
        problems: &mut Problems,
    ) -> Vec<BTreeSet<usize>> {
        let mut ways = vec![BTreeSet::new()];
        let mut has_oauth = false;
        for (scheme, List(scopes)) in schemes.iter() {
            let Some(&kind) = self.kinds.get(scheme) else {
                let (at, scheme) = (path().key(scheme), scheme.to_owned());
                problems.add(at, |field| CatalogFault::UndeclaredScheme { field, scheme });
                continue;
            };
            if kind == SchemeKind::Other {
                if !scopes.is_empty() {
                    remarks.insert(Remark::OtherScopes);
                }
                continue;
            }
            has_oauth = true;
            let mut places = BTreeSet::new();
            for (nth, list) in scopes.iter().enumerate() {
                for scope in names_in(list) {
                    if problems.check_token(scope, || path().key(scheme).item(nth)) {
                        places.insert(self.scopes.place(scope));
                    }
                }
            }
            for &place in &places {
                let namers = self.namers.entry(place).or_default();
                if !namers.contains(scheme) {
                    namers.insert(scheme.to_owned());
                }
            }
            if kind == SchemeKind::Oauth {
                self.undeclared.extend(places.range(self.scopes.declared..));
            }
            match places.len() {
                0 => drop(remarks.insert(Remark::WithoutScope)),
                1 => {}
                _ => drop(remarks.insert(Remark::SeveralScopes)),
            }
            let Some(more) = ways_with(ways, &places, self.listed_scopes.unwrap_or_default())
            else {
                remarks.insert(Remark::TooMany);
                return Vec::new();
            };
            ways = more;
        }
        if has_oauth { ways } else { Vec::new() }
    }
}

/// The names in an entry: some write all scopes of an alternative in one text, as OAuth sends them. A blank
/// text is an empty name.
fn names_in(entry: &str) -> impl Iterator<Item = &str> {
    entry.split_whitespace().chain(entry.trim().is_empty().then_some(""))
}

/// Every way to have what `ways` have and, beside it, all or any one of `scopes`, if there are any.
/// `None` if there would be too many.
pub(super) fn ways_with(
    ways: Vec<BTreeSet<usize>>,
    scopes: &BTreeSet<usize>,
    listed: ListedScopes,
) -> Option<Vec<BTreeSet<usize>>> {
    let added = match listed {
        ListedScopes::Any if !scopes.is_empty() => scopes.iter().map(|&s| [s].into()).collect(),
        ListedScopes::Any | ListedScopes::All => vec![scopes.clone()],
    };
    if ways.len() > 1 && ways.len().saturating_mul(added.len()) > LIMIT {
        return None;
    }
    Some(ways.iter().flat_map(|way| added.iter().map(move |added| way | added)).collect())
}
