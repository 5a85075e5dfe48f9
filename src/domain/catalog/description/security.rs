//! What an operation's `security` comes to.

use std::collections::HashMap;

use super::names::Names;
use super::pointer::Pointer;
use super::shape::{Entries, List};
use super::{Access, ListedScopes, Problems};
use crate::domain::catalog::CatalogFault;
use crate::domain::catalog::action_file::Text;
use crate::domain::catalog::token::check_token;

/// Alternatives, each a map of schemes with the scopes that they need.
pub(super) type Security<'t> = List<Entries<'t, List<Text<'t>>>>;

/// Alternatives that one list of `security` may come to.
pub(super) const LIMIT: usize = 128;

/// The security schemes of a document, and what its operations have made of them so far.
pub(super) struct Schemes<'t> {
    /// Whether each of them is one of OAuth.
    pub is_oauth: HashMap<&'t str, bool>,
    pub listed_scopes: ListedScopes,
    pub scopes: Names,
    pub tally: Tally,
}

/// Operations of which a note is made.
#[derive(Default)]
pub(super) struct Tally {
    /// They list several scopes at once.
    pub several_scopes: usize,
    /// They need something besides what OAuth gives.
    pub other_credentials: usize,
    /// They name OAuth without a scope.
    pub without_scope: usize,
    /// Too many alternatives to tell.
    pub too_many: usize,
}

impl Schemes<'_> {
    /// What authorises an operation, by its own `security` or by that of the document, which stands
    /// at this path.
    pub fn access(
        &mut self,
        List(security): &Security,
        path: &dyn Fn() -> Pointer,
        problems: &mut Problems,
    ) -> Access {
        if security.is_empty() {
            return Access::Alternatives(vec![Vec::new()]);
        }
        let mut alternatives = Vec::new();
        let mut seen = Tally::default();
        for (nth, schemes) in security.iter().enumerate() {
            let path = || path().item(nth);
            self.add_alternatives(&mut alternatives, schemes, &path, &mut seen, problems);
        }
        self.tally.several_scopes += seen.several_scopes.min(1);
        if alternatives.len() > LIMIT {
            self.tally.too_many += 1;
            return Access::Unknown;
        }
        alternatives.sort_unstable();
        alternatives.dedup();
        let is_free = alternatives.first().is_some_and(Vec::is_empty);
        self.tally.without_scope += usize::from(is_free && seen.without_scope > 0);
        self.tally.other_credentials += seen.other_credentials.min(1);
        if is_free {
            alternatives.truncate(1);
        }
        Access::Alternatives(alternatives)
    }

    /// Adds what one alternative comes to: nothing where none of its schemes is one of OAuth.
    fn add_alternatives(
        &mut self,
        alternatives: &mut Vec<Vec<usize>>,
        schemes: &Entries<List<Text>>,
        path: &dyn Fn() -> Pointer,
        seen: &mut Tally,
        problems: &mut Problems,
    ) {
        let mut ways = vec![Vec::new()];
        let (mut oauth, mut others) = (0, 0);
        for (scheme, List(scopes)) in schemes.iter() {
            match self.is_oauth.get(scheme) {
                Some(true) => oauth += 1,
                Some(false) => {
                    others += 1;
                    continue;
                }
                None => {
                    let field = path().key(scheme);
                    let fault = CatalogFault::UndeclaredScheme {
                        field: field.to_string(),
                        scheme: scheme.to_owned(),
                    };
                    problems.push((field, fault));
                    continue;
                }
            }
            let mut places = Vec::with_capacity(scopes.len());
            for (nth, Text(scope)) in scopes.iter().enumerate() {
                let field = || path().key(scheme).item(nth);
                match check_token(scope, || field().to_string()) {
                    Ok(()) => places.push(self.scopes.place(scope)),
                    Err(fault) => problems.push((field(), fault)),
                }
            }
            places.sort_unstable();
            places.dedup();
            seen.several_scopes += usize::from(places.len() > 1);
            seen.without_scope += usize::from(places.is_empty());
            if !places.is_empty() {
                ways = ways_with(ways, &places, self.listed_scopes);
            }
        }
        if oauth > 0 || schemes.0.is_empty() {
            seen.other_credentials += usize::from(others > 0);
            alternatives.extend(ways.into_iter().take(LIMIT + 1));
        }
    }
}

/// Every way to have what `ways` have and, beside it, all or any one of `scopes`.
pub(super) fn ways_with(
    ways: Vec<Vec<usize>>,
    scopes: &[usize],
    listed: ListedScopes,
) -> Vec<Vec<usize>> {
    let with = |way: &[usize], added: &[usize]| {
        let mut way = [way, added].concat();
        way.sort_unstable();
        way.dedup();
        way
    };
    match listed {
        ListedScopes::All => ways.iter().map(|way| with(way, scopes)).collect(),
        ListedScopes::Any => {
            let each = ways.iter().flat_map(|way| scopes.iter().map(|&scope| with(way, &[scope])));
            each.take(LIMIT + 1).collect()
        }
    }
}
