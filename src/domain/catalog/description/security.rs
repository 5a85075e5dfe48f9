//! The meaning of an operation's `security`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Access, Names};
use crate::domain::ListedScopes;
use crate::domain::catalog::document::{Entries, List, Pointer, Problems};
use crate::domain::catalog::{CatalogFault, CatalogNote};

/// Alternatives.
pub(super) type Security = List<Alternative>;

/// Schemes, each with the scopes that it needs. Some programs write `null` for these.
type Alternative = Entries<Option<List<String>>>;

/// Combinations of several lists of scopes, of each of which any one is enough.
const LIMIT: usize = 128;

const NULL: &str =
    "`null` does not say which scopes are accepted; name them, or write `[]` if none is needed";

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
    /// Why it cannot be told what alternatives need.
    pub faults: Problems,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemeKind {
    Oauth,
    /// The same, with its scopes declared elsewhere.
    OpenIdConnect,
    /// A token that may be one of OAuth, where no scheme says so.
    Token,
    Other,
}

impl SchemeKind {
    pub fn is_oauth(self) -> bool {
        matches!(self, Self::Oauth | Self::OpenIdConnect)
    }
}

/// Of what a note is made, once for all operations of which it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// It takes a token that may be one of OAuth.
    Token,
    /// A scheme of its alternatives is not declared, or has no list of scopes.
    Unclear,
    /// It names OAuth without a scope, like all others, although scopes are declared.
    ScopesLeftOut,
    /// An extension names scopes.
    Extension,
}

impl Remark {
    /// Returns `true` if what the operation accepts is not known then.
    fn is_unknown(self) -> bool {
        matches!(self, Self::TooMany | Self::Token | Self::Unclear)
    }
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
        let mut doubts = BTreeSet::new();
        // An app may not have another credential: such an alternative counts only if there is none without.
        let are_others_left_out = security.iter().any(|one| self.counts(one, true));
        for (nth, schemes) in security.iter().enumerate() {
            let path = || path().item(nth);
            if self.lists_other_scopes(schemes) {
                remarks.insert(Remark::OtherScopes);
            }
            if self.doubts(schemes).next().is_some() {
                doubts.extend(self.doubts(schemes));
                self.note_faults(schemes, &path);
                continue;
            }
            let mut own = BTreeSet::new();
            let ways = self.alternatives(schemes, &path, &mut own, problems);
            if !self.counts(schemes, are_others_left_out) {
                continue;
            }
            if self.needs_others(schemes) && !ways.is_empty() {
                own.insert(Remark::OtherCredentials);
            }
            alternatives.extend(ways);
            remarks.append(&mut own);
        }
        // What the others ask for does not matter then.
        if security.is_empty() || security.iter().any(|schemes| schemes.0.is_empty()) {
            return (Some([BTreeSet::new()].into()), BTreeSet::new());
        }
        let counting = || security.iter().filter(|one| self.counts(one, are_others_left_out));
        if !self.is_any_token_enough(counting) {
            alternatives.remove(&BTreeSet::new());
        }
        let is_free = alternatives.first().is_some_and(BTreeSet::is_empty);
        if !doubts.is_empty() && (is_free || alternatives.is_empty()) {
            remarks.remove(&Remark::WithoutScope);
            remarks.append(&mut doubts);
        }
        if is_free {
            alternatives = [BTreeSet::new()].into();
            remarks.retain(|remark| !matches!(remark, Remark::SeveralScopes | Remark::TooMany));
        } else {
            remarks.remove(&Remark::WithoutScope);
            if alternatives.len() > MOST_ALTERNATIVES {
                remarks.insert(Remark::TooMany);
            }
        }
        let is_known = !remarks.iter().any(|remark| remark.is_unknown());
        (is_known.then_some(alternatives), remarks)
    }

    /// Returns `true` for an alternative that can be told, and that an app can use with OAuth alone if others are left
    /// out.
    fn counts(&self, schemes: &Alternative, are_others_left_out: bool) -> bool {
        self.doubts(schemes).next().is_none()
            && !(are_others_left_out && self.needs_others(schemes))
    }

    /// Returns `true` unless a scheme that is asked for scopes never stands alone without one. An app may be unable to
    /// get a token of the scheme that does; one with the scopes is enough in any case.
    fn is_any_token_enough<'s, S: Iterator<Item = &'s Alternative>>(
        &self,
        alternatives: impl Fn() -> S,
    ) -> bool {
        let of_oauth = |one: &'s Alternative| one.iter().filter(|(name, _)| self.is_oauth(name));
        let bare: BTreeSet<_> = alternatives()
            .filter(|one| of_oauth(one).count() == 1)
            .flat_map(of_oauth)
            .filter(|(_, scopes)| !has_any(scopes))
            .map(|(name, _)| name_of(name))
            .collect();
        alternatives()
            .flat_map(of_oauth)
            .all(|(name, scopes)| !has_any(scopes) || bare.contains(name_of(name)))
    }

    /// Why it cannot be told what an alternative needs. Empty if it can.
    fn doubts(&self, schemes: &Alternative) -> impl Iterator<Item = Remark> {
        schemes.iter().filter_map(|(scheme, scopes)| match self.kind(scheme) {
            None => Some(Remark::Unclear),
            Some(SchemeKind::Token) => Some(Remark::Token),
            Some(kind) => (kind.is_oauth() && scopes.is_none()).then_some(Remark::Unclear),
        })
    }

    fn note_faults(&mut self, schemes: &Alternative, path: &dyn Fn() -> Pointer) {
        for (name, scopes) in schemes.iter() {
            let at = path().key(name);
            match (self.kind(name), scopes) {
                (None, _) => self.faults.add(at, |field| CatalogFault::UndeclaredScheme {
                    field,
                    scheme: name.to_owned(),
                }),
                (Some(kind), None) if kind.is_oauth() => self.faults.malformed(at, NULL),
                (Some(_), _) => {}
            }
        }
    }

    fn kind(&self, scheme: &str) -> Option<SchemeKind> {
        self.kinds.get(name_of(scheme)).copied()
    }

    fn is_oauth(&self, scheme: &str) -> bool {
        self.kind(scheme).is_some_and(SchemeKind::is_oauth)
    }

    fn lists_other_scopes(&self, schemes: &Alternative) -> bool {
        let is_other = |name| self.kind(name).is_some_and(|kind| !kind.is_oauth());
        schemes.iter().any(|(name, scopes)| is_other(name) && has_any(scopes))
    }

    fn needs_others(&self, schemes: &Alternative) -> bool {
        schemes.iter().any(|(scheme, _)| self.kind(scheme) == Some(SchemeKind::Other))
    }

    /// Notes about the first fault of each kind, and with each scheme that is not declared.
    pub fn fault_notes(&self) -> impl Iterator<Item = CatalogNote> {
        let mut seen = HashSet::new();
        let is_first = move |fault: &&CatalogFault| {
            seen.insert(match fault {
                CatalogFault::UndeclaredScheme { scheme, .. } => Some(scheme.clone()),
                _ => None,
            })
        };
        self.faults.iter().filter(is_first).cloned().map(CatalogNote::Fault)
    }

    /// The schemes that have a scope of the same name.
    pub fn sharing(&self) -> BTreeSet<&str> {
        let shared = self.namers.values().filter(|schemes| schemes.len() > 1);
        shared.flatten().map(String::as_str).collect()
    }

    /// The ways to satisfy one alternative. Empty if none of its schemes is one of OAuth.
    fn alternatives(
        &mut self,
        schemes: &Alternative,
        path: &dyn Fn() -> Pointer,
        remarks: &mut BTreeSet<Remark>,
        problems: &mut Problems,
    ) -> Vec<BTreeSet<usize>> {
        let mut ways = vec![BTreeSet::new()];
        let mut has_oauth = false;
        for (scheme, scopes) in schemes.iter() {
            let scheme = name_of(scheme);
            let scopes = scopes.as_ref().map_or(&[][..], |List(scopes)| scopes);
            if !self.is_oauth(scheme) {
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
            if self.kind(scheme) == Some(SchemeKind::Oauth) {
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

fn has_any(scopes: &Option<List<String>>) -> bool {
    scopes.as_ref().is_some_and(|List(scopes)| !scopes.is_empty())
}

/// The name of a scheme, which OpenAPI 3.2 lets a document refer to.
fn name_of(scheme: &str) -> &str {
    scheme.strip_prefix("#/components/securitySchemes/").unwrap_or(scheme)
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
