use std::borrow::Cow;
use std::collections::HashMap;

use super::Catalog;

impl Catalog {
    /// `…/drive.readonly` for `https://www.googleapis.com/auth/drive.readonly`, for small spaces:
    /// the text without the beginning that most URLs among the scopes share.
    pub fn abbreviate<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.scope_prefix.get_or_init(|| common_prefix(self.scopes())).as_str() {
            "" => text.into(),
            prefix if text.contains(prefix) => text.replace(prefix, "…/").into(),
            _ => text.into(),
        }
    }
}

/// The beginning, up to its last slash, of the most URLs, and of two at least. Empty if there is
/// none. Of several, the first in the alphabet.
fn common_prefix(scopes: &[String]) -> String {
    let mut counts = HashMap::new();
    for scope in scopes.iter().filter(|scope| scope.contains("://")) {
        let end = scope.rfind('/').map_or(0, |slash| slash + 1);
        if end < scope.len() {
            *counts.entry(&scope[..end]).or_insert(0) += 1;
        }
    }
    let shared = counts.into_iter().filter(|&(_, count)| count > 1);
    let most = shared.max_by(|(a, most), (b, count)| most.cmp(count).then(b.cmp(a)));
    most.map(|(prefix, _)| prefix.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_most_urls_is_left_out() {
        let prefix = |scopes: &[&str]| {
            let scopes: Vec<_> = scopes.iter().map(|&scope| scope.to_owned()).collect();
            common_prefix(&scopes)
        };
        let (drive, file) = ("https://a.test/auth/drive", "https://a.test/auth/drive.file");
        assert_eq!(prefix(&["https://mail.test/", drive, file]), "https://a.test/auth/");
        assert_eq!(prefix(&[drive, "https://b.test/x", "deals:read", "a/b", "a/c"]), "");
        assert_eq!(
            prefix(&["https://a.test/", "https://a.test/"]),
            "",
            "all of a scope is no prefix"
        );
    }
}
