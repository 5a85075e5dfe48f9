use std::hash::Hasher;

use fnv::FnvHasher;
use serde::{Serialize, Serializer};

use super::{Catalog, Connector, ListedScopes, Operation, Reference};

/// No UTF-8 text holds these bytes, so they mark where a text and where a list of texts ends.
const END_OF_TEXT: u8 = 0xff;
const END_OF_LIST: u8 = 0xfe;

/// Says which catalog an answer was made from, so that a pasted one can be traced.
#[derive(Serialize)]
pub(super) struct CatalogStamp<'a> {
    connector: Option<&'a str>,
    name: &'a str,
    actions: usize,
    scopes: usize,
    hash: String,
}

impl<'a> CatalogStamp<'a> {
    pub fn of(catalog: &'a Catalog) -> Self {
        Self {
            connector: catalog.connector().key.as_deref(),
            name: &catalog.connector().name,
            actions: catalog.len(),
            scopes: catalog.scopes().len(),
            hash: catalog.fingerprint(),
        }
    }

    /// Serializes the stamp of a catalog in its place.
    pub fn instead<S: Serializer>(catalog: &&'a Catalog, serializer: S) -> Result<S::Ok, S::Error> {
        Self::of(catalog).serialize(serializer)
    }
}

impl Catalog {
    /// A hash of the contents, whatever the layout of the file, such as `fnv1a64:6ec8e0d39a6fa86a`.
    /// It is the same on every machine and in every run, so it shows whether two answers come from
    /// the same catalog.
    ///
    /// It is 64-bit FNV-1a over, in this order: the connector's key, name and method, the keys that it was
    /// merged from, and the scopes that these share; the page's address and parameter; every scope; every
    /// action's id, label and scopes. If there is a reference, there follow its source, in one list with `?` if
    /// lists of scopes are assumed to mean all of them, and with what they mean (`all` or `any`) if that is said; the
    /// scopes that every app has; the calls of each action or, if only its scopes are known, the list `needs`
    /// and a list for each clause, with an empty list behind them; all calls; and each scope that others
    /// include, with these. A call is a list of version, method, path and, if it needs more than OAuth,
    /// `+`; then, for each claim, a list for each alternative, and one that is empty or, if the claim
    /// is unknown, holds `?`. Each text is followed by the byte FF, each list by FE; what is not known
    /// counts as an empty text. It guards against mix-ups, not against malice.
    pub fn fingerprint(&self) -> String {
        let mut hasher = FnvHasher::default();
        let Connector { key, name, method, merged, shared } = self.connector();
        let text = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let about = [&text(key), name, &text(method)];
        write_list(&mut hasher, about.into_iter().chain(merged).chain(shared));
        let page = self.page().map_or([""; 2], |page| [&page.address, &page.parameter]);
        write_list(&mut hasher, page);
        write_list(&mut hasher, self.scopes());
        for index in self.indices() {
            let action = self.action(index);
            write_list(&mut hasher, [action.id(), action.label()]);
            write_list(&mut hasher, action.scope_names());
        }
        if let Some(reference) = self.reference() {
            self.write_reference(&mut hasher, reference);
        }
        format!("fnv1a64:{:016x}", hasher.finish())
    }

    fn write_reference(&self, hasher: &mut FnvHasher, reference: &Reference) {
        let listed = reference.listed.map(|listed| match listed {
            ListedScopes::All => "all",
            ListedScopes::Any => "any",
        });
        let source = reference.source.accepts.as_str();
        write_list(hasher, [source].into_iter().chain(listed));
        write_list(hasher, self.names(&reference.always_granted));
        for index in self.indices() {
            let calls = self.operations(index);
            calls.iter().for_each(|call| self.write_call(hasher, call));
            if let (Some(clauses), []) = (self.clauses(index), calls) {
                write_list(hasher, ["needs"]);
                clauses.iter().for_each(|clause| write_list(hasher, self.names(clause)));
            }
            write_list(hasher, [""; 0]);
        }
        reference.operations().for_each(|call| self.write_call(hasher, call));
        for (scope, including) in &reference.included_in {
            write_list(hasher, [self.scope(*scope)].into_iter().chain(self.names(including)));
        }
    }

    fn write_call(&self, hasher: &mut FnvHasher, call: &Operation) {
        let (version, method, path) = call.call();
        let more = call.other_credentials.then_some("+");
        let assumed = call.assumes_all.then_some("?");
        write_list(hasher, [version, method, path].into_iter().chain(more).chain(assumed));
        for claim in call.claims() {
            claim.alternatives().iter().for_each(|scopes| write_list(hasher, self.names(scopes)));
            write_list(hasher, (!claim.is_known()).then_some("?"));
        }
    }
}

fn write_list<T: AsRef<str>>(hasher: &mut FnvHasher, texts: impl IntoIterator<Item = T>) {
    for text in texts {
        hasher.write(text.as_ref().as_bytes());
        hasher.write(&[END_OF_TEXT]);
    }
    hasher.write(&[END_OF_LIST]);
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const ONE: &str = r#"{"connector": {"key": "x", "name": "X", "method": "OAuth 2.0"},
        "page": {"address": "https://example.com/x", "parameter": "actions"},
        "scopes": ["r", "w"],
        "actions": [{"id": "x_a", "label": "A", "scopes": ["r"]}]}"#;

    fn fingerprint(json: &str) -> String {
        let catalog = Catalog::parse(json).expect("a valid catalog");
        catalog.fingerprint()
    }

    #[test]
    fn the_layout_of_the_file_does_not_count() {
        assert_eq!(fingerprint(ONE), fingerprint(&ONE.replace("\n        ", "")));
    }

    #[test]
    fn every_text_and_its_place_counts() {
        for (from, to) in [
            (r#""key": "x""#, r#""key": "y""#),
            (r#""name": "X""#, r#""name": "Y""#),
            ("OAuth 2.0", "OAuth 2.1"),
            ("example.com", "example.org"),
            (r#""parameter": "actions""#, r#""parameter": "ids""#),
            (r#"["r", "w"]"#, r#"["w", "r"]"#),
            (r#"["r", "w"]"#, r#"["r", "w", "z"]"#),
            ("x_a", "x_b"),
            (r#""label": "A""#, r#""label": "B""#),
            (r#""scopes": ["r"]}"#, r#""scopes": ["w"]}"#),
            (r#""scopes": ["r"]}"#, r#""scopes": []}"#),
        ] {
            assert_ne!(fingerprint(ONE), fingerprint(&ONE.replace(from, to)), "{to}");
        }
    }

    #[test]
    fn what_the_api_accepts_counts() {
        let api = |call: &str| {
            format!(
                r#"{{"connector": {{"name": "X"}}, "scopes": ["r", "w"],
                "actions": [{{"id": "a", "label": "A", "scopes": ["r"]}}],
                "reference": {{"source": "S", "calls": [{call}]}}}}"#
            )
        };
        let of = |call: &str| fingerprint(&api(call));
        let one = r#"{"action": "a", "version": "v1", "method": "GET", "path": "/a", "accepts": [["r"]]}"#;
        for (from, to) in [
            (r#"[["r"]]"#, r#"[["r"], ["w"]]"#),
            (r#"[["r"]]"#, r#"[["r", "w"]]"#),
            (r#"[["r"]]"#, "null"),
            (r#"[["r"]]"#, "[]"),
            ("v1", "v2"),
            ("GET", "PUT"),
            (r#""action": "a", "#, ""),
            (r#""accepts""#, r#""other_credentials": true, "accepts""#),
            (r#""accepts""#, r#""assumes_all": true, "accepts""#),
        ] {
            assert_ne!(of(one), of(&one.replace(from, to)), "{to}");
        }
        let needs = r#"], "requires": [{"action": "a", "clauses": [["r"]]}"#;
        let hashes = [
            "",
            needs,
            &needs.replace(r#"[["r"]]"#, "[]"),
            &needs.replace(r#"["r"]"#, r#"["r", "w"]"#),
            &needs.replace(r#"["r"]"#, r#"["r"], ["w"]"#),
            r#"], "listed_scopes": "all", "requires": ["#,
            r#"], "listed_scopes": "any", "requires": ["#,
        ]
        .map(of);
        assert_eq!(hashes.iter().collect::<HashSet<_>>().len(), hashes.len(), "{hashes:?}");
    }

    /// Computed once outside the program, from the description above.
    #[test]
    fn it_is_the_hash_that_is_documented() {
        assert_eq!(fingerprint(ONE), "fnv1a64:6ec8e0d39a6fa86a");
    }
}
