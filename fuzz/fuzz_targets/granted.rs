#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pdscopes::domain::{Catalog, Granted};

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::embedded().expect("the embedded catalog keeps its own rules"));

// What is granted stands in the text, as it is or as a guide URL's actions or form names say it, and
// no error has a control character.
fuzz_target!(|bytes: &[u8]| {
    match Granted::read(&CATALOG, bytes) {
        Ok(granted) => {
            // A NUL is half a character of UTF-16, or ends a name.
            let letters: Vec<u8> = bytes.iter().copied().filter(|&byte| byte != 0).collect();
            let texts = [plain(&letters), plain(bytes)];
            for scope in granted.scopes.scopes.iter() {
                let name = CATALOG.scope(scope);
                let form_name = CATALOG.form_name(scope);
                let stands = texts.iter().any(|text| {
                    has_word(text, name)
                        || form_name.is_some_and(|form_name| text.contains(form_name))
                        || text.contains("actions=")
                });
                assert!(stands, "{name} is not in {texts:?}");
            }
        }
        Err(error) => assert!(!error.to_string().contains(char::is_control), "{error:?}"),
    }
});

/// The text without what encodes it: percent signs, plus signs and JSON escapes.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace('+', " ");
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let code = match c {
            '%' => rest.get(1..3).map(|hex| (hex, 3)),
            '\\' => rest.strip_prefix("\\u").and_then(|rest| rest.get(..4)).map(|hex| (hex, 6)),
            _ => None,
        };
        let decoded = code.and_then(|(hex, length)| {
            Some((char::from_u32(u32::from_str_radix(hex, 16).ok()?)?, length))
        });
        let (c, length) = decoded.unwrap_or((c, c.len_utf8()));
        plain.push(c);
        rest = &rest[length..];
    }
    // Twice, for a parameter whose value is encoded once more.
    if plain.contains('%') && plain != text { self::plain(plain.as_bytes()) } else { plain }
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || ":_-".contains(c);
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}
