//! The words of names and texts, whatever separates them.

/// Returns `true` if a word is one of a list. With a `*` at its end, an entry stands for all words that
/// begin so.
pub fn is_among(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|one| match one.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => one == word,
    })
}

/// Returns `true` if one of the words of a name or a text is so.
pub fn any_word(name: &str, is_so: impl Fn(&str) -> bool) -> bool {
    words(name).iter().any(|word| is_so(word))
}

/// Returns `true` if all of the words of a name or a text are so.
pub fn all_words(name: &str, is_so: impl Fn(&str) -> bool) -> bool {
    words(name).iter().all(|word| is_so(word))
}

/// Returns `true` if the last word of a name is one of a list.
pub fn ends_in(name: &str, list: &str) -> bool {
    words(name).last().is_some_and(|last| is_among(list, last))
}

/// The words of a name in lower case, whatever separates them: `_`, `-`, `.` or a capital. An apostrophe
/// is a part of its word.
pub fn words(name: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut after_small = false;
    for c in name.chars().filter(|c| !"'’".contains(*c)) {
        if !c.is_alphanumeric() || after_small && c.is_uppercase() {
            spaced.push(' ');
        }
        after_small = c.is_lowercase() || c.is_numeric();
        spaced.extend(c.to_lowercase().filter(|_| c.is_alphanumeric()));
    }
    spaced.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// `status` of `statuses`, and `identity` of `identities`.
pub fn singular(word: &str) -> String {
    match (word.strip_suffix("ies"), word.strip_suffix("ses")) {
        (Some(stem), _) => format!("{stem}y"),
        (_, Some(stem)) => format!("{stem}s"),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

pub fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
