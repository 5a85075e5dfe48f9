use super::visible;

/// A code span shows everything as it stands, once its fence is longer than any run of backticks.
pub(super) fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Text that no reader of Markdown takes for markup.
pub(super) fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        if is_markup(c, next) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn is_markup(c: char, next: Option<char>) -> bool {
    match c {
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '$' => true,
        '&' => next.is_some_and(|next| next == '#' || next.is_alphanumeric()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_taken_for_markup() {
        assert_eq!(escaped("OAuth & access scopes"), "OAuth & access scopes");
        assert_eq!(escaped("<b>*a_b*</b> &amp;"), r"\<b\>\*a\_b\*\</b\> \&amp;");
        assert_eq!(escaped("a\n# b"), r"a␊\# b");
    }

    #[test]
    fn a_code_span_holds_backticks() {
        assert_eq!(code("deals:read"), "`deals:read`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`a"), "`` `a ``");
    }
}
