//! What an operation's `security` comes to.

use std::collections::{BTreeSet, HashMap};

use super::names::Names;
use super::{Access, ListedScopes};
use crate::domain::catalog::CatalogFault;
use crate::domain::catalog::action_file::Text;
use crate::domain::catalog::document::{Entries, List, Pointer, Problems};

/// Alternatives, each a map of schemes with the scopes that they need.
pub(super) type Security<'t> = List<Entries<'t, List<Text<'t>>>>;

/// Combinations of several lists of scopes, of each of which any one is enough.
const LIMIT: usize = 128;

/// The security schemes of a document, and the scopes that its operations have named so far.
pub(super) struct Schemes<'t> {
    pub kinds: HashMap<&'t str, SchemeKind>,
    pub listed_scopes: ListedScopes,
    pub scopes: Names,
    /// How many of the scopes the schemes declare.
    pub declared: usize,
    /// The others, where a scheme of OAuth needs them that should declare them.
    pub undeclared: BTreeSet<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemeKind {
    Oauth,
    /// The same, with its scopes declared elsewhere.
    OpenIdConnect,
    Other,
}

/// What an operation's `security` comes to, and of what a note is made.
#[derive(Clone)]
pub(super) struct Outcome {
    pub access: Access,
    /// It lists several scopes at once.
    pub several_scopes: bool,
    /// It needs something besides what OAuth gives.
    pub other_credentials: bool,
    /// It names OAuth without a scope.
    pub without_scope: bool,
    /// There are too many alternatives to tell.
    pub too_many: bool,
}

impl Outcome {
    pub fn of(access: Access) -> Self {
        Self {
            access,
            several_scopes: false,
            other_credentials: false,
            without_scope: false,
            too_many: false,
        }
    }
}

impl Schemes<'_> {
    /// What authorises an operation, by its own `security` or by that of the document, which stands
    /// at this path.
    pub fn outcome(
        &mut self,
        List(security): &Security,
        path: &dyn Fn() -> Pointer,
        problems: &mut Problems,
    ) -> Outcome {
        let mut outcome = Outcome::of(Access::Unknown);
        let mut alternatives = Vec::new();
        for (nth, schemes) in security.iter().enumerate() {
            let path = || path().item(nth);
            alternatives.extend(self.alternatives(schemes, &path, &mut outcome, problems));
        }
        if security.is_empty() {
            alternatives.push(Vec::new());
        }
        alternatives.sort_unstable();
        alternatives.dedup();
        let is_free = alternatives.first().is_some_and(Vec::is_empty);
        outcome.without_scope &= is_free;
        if is_free {
            alternatives.truncate(1);
            outcome.too_many = false;
        }
        if !outcome.too_many {
            outcome.access = Access::Alternatives(alternatives);
        }
        outcome
    }

    /// What one alternative comes to: nothing where none of its schemes is one of OAuth.
    fn alternatives(
        &mut self,
        schemes: &Entries<List<Text>>,
        path: &dyn Fn() -> Pointer,
        outcome: &mut Outcome,
        problems: &mut Problems,
    ) -> Vec<Vec<usize>> {
        let mut ways = vec![Vec::new()];
        let (mut oauth, mut others) = (0, 0);
        for (scheme, List(scopes)) in schemes.iter() {
            let kind = match self.kinds.get(scheme) {
                Some(SchemeKind::Other) => {
                    others += 1;
                    continue;
                }
                Some(&kind) => kind,
                None => {
                    let scheme = scheme.to_owned();
                    problems.add(path().key(&scheme), |field| CatalogFault::UndeclaredScheme {
                        field,
                        scheme,
                    });
                    continue;
                }
            };
            oauth += 1;
            let mut places = Vec::with_capacity(scopes.len());
            for (nth, Text(scope)) in scopes.iter().enumerate() {
                if problems.check_token(scope, || path().key(scheme).item(nth)) {
                    places.push(self.scopes.place(scope));
                }
            }
            places.sort_unstable();
            places.dedup();
            if kind == SchemeKind::Oauth {
                let declared = self.declared;
                self.undeclared.extend(places.iter().filter(|&&place| place >= declared));
            }
            outcome.several_scopes |= places.len() > 1;
            outcome.without_scope |= places.is_empty();
            match ways_with(ways, &places, self.listed_scopes) {
                Some(more) => ways = more,
                None => {
                    outcome.too_many = true;
                    return Vec::new();
                }
            }
        }
        if oauth == 0 && !schemes.0.is_empty() {
            return Vec::new();
        }
        outcome.other_credentials |= others > 0;
        ways
    }
}

/// Every way to have what `ways` have and, beside it, all or any one of `scopes`, if there are any.
/// `None` if there would be too many.
pub(super) fn ways_with(
    ways: Vec<Vec<usize>>,
    scopes: &[usize],
    listed: ListedScopes,
) -> Option<Vec<Vec<usize>>> {
    let with = |way: &[usize], added: &[usize]| {
        let mut way = [way, added].concat();
        way.sort_unstable();
        way.dedup();
        way
    };
    let added: Vec<&[usize]> = match listed {
        ListedScopes::Any if !scopes.is_empty() => scopes.chunks(1).collect(),
        ListedScopes::Any | ListedScopes::All => vec![scopes],
    };
    if ways.len() > 1 && ways.len().saturating_mul(added.len()) > LIMIT {
        return None;
    }
    Some(ways.iter().flat_map(|way| added.iter().map(|added| with(way, added))).collect())
}
