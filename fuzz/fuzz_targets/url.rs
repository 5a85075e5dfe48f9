//! A link of any text carries a selection or is refused, and a written link reads back.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pdscopes::domain::Catalog;

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::embedded().expect("the embedded catalog keeps its own rules"));

fuzz_target!(|text: &str| {
    for url in [text.to_owned(), with_address(text)] {
        if let Ok(selection) = CATALOG.selection_of_url(&url) {
            let written = CATALOG.guide_url(&selection).expect("the embedded catalog names a page");
            assert_eq!(CATALOG.selection_of_url(&written), Ok(selection));
        }
    }
});

/// The text as what follows the page's address, or few texts would get past that.
fn with_address(text: &str) -> String {
    let page = CATALOG.page().expect("the embedded catalog names a page");
    format!("{}?{}={text}", page.address, page.parameter)
}
