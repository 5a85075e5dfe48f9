use super::name_words::{any_word, is_among};
use super::{excerpt, pluralize};

/// Words of names before the colon behind which a secret stands.
const OF_SECRETS: &str =
    "auth authorization bearer credential* key passphrase password passwd pwd secret* token*";

/// The same without a blank behind the colon.
const SECRETS: &str = "passphrase password passwd pwd secret";

/// The beginnings of tokens and keys that providers give out, so that what follows is none of a name.
const BEGINNINGS: [&str; 20] = [
    "AIza",
    "AKIA",
    "ASIA",
    "SG.",
    "dop_v1_",
    "eyJ",
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "hf_",
    "npm_",
    "pk_live_",
    "rk_live_",
    "shpat_",
    "sk_",
    "v1u:",
    "ya29.",
];

/// Text that is not understood, for a sentence: in back quotes or, since it may be a secret, only as a
/// `kind` of so many characters.
pub fn quoted(kind: &str, text: &str) -> String {
    if may_be_secret(text) {
        format!("this {kind} of {}", pluralize(text.chars().count(), "character"))
    } else {
        format!("`{}`", excerpt(text))
    }
}

/// Returns `true` for a word that begins as the tokens of a provider do.
pub fn begins_as_token(word: &str) -> bool {
    let is_of_slack =
        word.starts_with("xox") && word[3..].starts_with(['a', 'b', 'e', 'o', 'p', 'r', 's']);
    is_of_slack || BEGINNINGS.iter().any(|start| word.starts_with(start))
}

/// Returns `true` for parts such as `5a1H8` and `SeCrEt`, which change more often between capitals, small letters and
/// digits than names do.
fn is_random(part: &str) -> bool {
    const SHORTEST: usize = 5;
    let kind = |c: char| (c.is_ascii_digit(), c.is_uppercase());
    let kinds: Vec<_> = part.chars().map(kind).collect();
    let changes = kinds.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let has_digit = kinds.iter().any(|(is_digit, _)| *is_digit);
    // A capital and the small letters behind it are two kinds.
    kinds.len() >= SHORTEST
        && changes >= if has_digit { 3 } else { 5 }
        && changes * 2 >= kinds.len()
}

/// Returns `true` if a word of a text may be a token or a line of a response or an `.env` file: it has
/// `=` or marks of JSON, digits where names have none, or more letters than a word has.
pub fn may_be_secret(text: &str) -> bool {
    const SHORTEST: usize = 5;
    const LONGEST_WITH_DIGIT: usize = 8;
    const LONGEST: usize = 20;
    let has_digit = |part: &str| part.contains(|c: char| c.is_ascii_digit());
    let is_strange = |part: &str| {
        part.len() > if has_digit(part) { LONGEST_WITH_DIGIT } else { LONGEST } || is_random(part)
    };
    let pieces: Vec<_> = text.split(':').collect();
    // `tokens:read` is a scope.
    let names_secret = pieces.windows(2).any(|pair| {
        let list = if pair[1].starts_with(' ') { OF_SECRETS } else { SECRETS };
        any_word(pair[0], |word| is_among(list, word))
    });
    names_secret
        || text.split_whitespace().any(|word| {
            word.contains(['=', '"', '{', '}'])
                || begins_as_token(word)
                || has_digit(word) && !word.contains(['_', ':']) && word.len() >= SHORTEST
                || word.split(['_', ':', '.', '/', '-']).any(is_strange)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_between_letters_and_digits_may_be_a_secret() {
        for word in ["b2b", "e2e", "i18n", "k8s", "shopify_b2b_list", "getMyId", "APIScopes"] {
            assert!(!may_be_secret(word), "{word}");
        }
        assert!(may_be_secret("note: client_secret: horse") && may_be_secret("API key: open"));
        assert!(may_be_secret("client_secret:horse") && !may_be_secret("tokens:read"));
        assert!(!may_be_secret("Deals: Full access"));
        for word in
            ["SeCrEt", "key_5a1H8", "v1u:AQIBAHj-SeCrEt:9981x", "sk_live_horse", "glpat-horse"]
        {
            assert!(may_be_secret(word), "{word}");
        }
    }
}
