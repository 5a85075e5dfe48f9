use pdscopes::domain::{
    Answer, Catalog, CatalogDifference, Document, ScopeSet, Selection, Separator, merge, sanitize,
};

/// More single scopes than this are not tried: each takes a walk over all calls.
const SCOPES: usize = 16;

/// What holds for every text that is given as a catalog.
pub fn hold(bytes: &[u8], name: &str) {
    let findings = Catalog::examine(bytes.to_vec(), name);
    match (Catalog::read(bytes.to_vec(), name), findings.catalog) {
        (Ok(read), Some(examined)) => {
            assert!(findings.problems.is_empty());
            assert_eq!(read.fingerprint(), examined.fingerprint());
            keeps_the_rules(&read);
        }
        (Err(error), None) => {
            assert!(!findings.problems.is_empty());
            let words = pdscopes::error::Error::from(error).to_string();
            assert!(!words.contains(char::is_control), "{words:?}");
        }
        (read, examined) => panic!("read: {read:?}, examined: {examined:?}"),
    }
}

fn keeps_the_rules(catalog: &Catalog) {
    for index in catalog.indices() {
        let action = catalog.action(index);
        assert_eq!(catalog.find(action.id()), Some(index));
        assert_eq!(sanitize(action.id()), action.id());
        assert!(!action.label().trim().is_empty());
    }
    for scope in catalog.scopes() {
        assert_eq!(sanitize(scope), scope.as_str());
        assert!(!scope.contains([' ', '\n', ',', ';', '|']));
    }
    let all: Selection = catalog.indices().collect();
    let answer = Answer::of(catalog, &all);
    let text = answer.text(catalog, Separator::Comma);
    let joined = text.split(',').filter(|scope| !scope.is_empty());
    assert_eq!(joined.count(), answer.scopes.len());
    if let Some(document) = Document::of(catalog, &all, &answer) {
        let shown = [document.text(), document.markdown()].concat();
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'));
    }
    let written = merge(std::slice::from_ref(catalog)).expect("one catalog is at one with itself");
    let again = Catalog::read(written.into_bytes(), "catalog.json").expect("what we write we read");
    assert!(CatalogDifference::between(catalog, &again).is_empty());
    says_the_same(catalog, &again);
}

/// What is written keeps what each action needs, and what scopes let an app do.
fn says_the_same(catalog: &Catalog, again: &Catalog) {
    for index in catalog.indices() {
        assert_eq!(catalog.clauses(index), again.clauses(index));
        assert_eq!(catalog.requirement(index), again.requirement(index));
    }
    let single = catalog.all_scopes().take(SCOPES).map(|scope| [scope].into_iter().collect());
    for scopes in single.chain([catalog.form_scopes(), ScopeSet::new()]) {
        assert_eq!(catalog.power(&scopes), again.power(&scopes));
    }
}
