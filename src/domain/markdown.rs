use super::sanitize;

/// A code span shows everything unchanged if its fence is longer than any run of backticks. There
/// is no empty code span.
pub(super) fn code(text: &str) -> String {
    let text = sanitize(text);
    if text.trim().is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// The same in a table, where a bar would end the cell, even within a code span.
pub fn code_in_table(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Text that no Markdown reader (CommonMark, or GitHub's with its links and tables) reads as
/// markup, at the beginning of a line or after other text.
///
/// An address, or a word that looks like one, becomes a code span: some readers look for links behind all escapes.
pub fn escaped(text: &str) -> String {
    let text = sanitize(text);
    let body = text.trim_start_matches(' ');
    // Spaces in front could make code of a line. The first one as an entity keeps them all.
    let indent = text[..text.len() - body.len()].replacen(' ', "&#32;", 1);
    if body.split(ends_word).next().is_some_and(may_be_address) {
        return indent + &escaped_within(body);
    }
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = body.split_at(digits);
    let begins_block = match number {
        "" => rest.starts_with(['-', '+', '=', ':']),
        _ => rest.starts_with(['.', ')']),
    };
    let mark = if begins_block { "\\" } else { "" };
    format!("{indent}{number}{mark}{}", escaped_within(rest))
}

/// The same for text that does not begin a line.
pub(super) fn escaped_within(text: &str) -> String {
    let text = sanitize(text);
    let escape = |part: &str| {
        let (start, rest) = part.split_at(part.len() - part.trim_start_matches('(').len());
        let word = rest.trim_end_matches(|c| ends_word(c) || ",.;:!?)".contains(c));
        match may_be_address(word) {
            true => start.to_owned() + &code(word) + &without_markup(&rest[word.len()..]),
            false => without_markup(part),
        }
    };
    text.split_inclusive(ends_word).map(escape).collect()
}

/// Returns `true` for what ends a word: white space, and a bar, which ends a cell even in a code span.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || c == '|'
}

/// Returns `true` if a word may become a link: to a page, to a mail address, or to a user.
fn may_be_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.to_ascii_lowercase().contains("www.")
}

fn without_markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (place, c) in text.char_indices() {
        let next = text[place..].chars().nth(1);
        let is_markup = match c {
            '&' => next.is_some_and(|next| next == '#' || next.is_alphanumeric()),
            c => r"\`*_[]<>|~#$^".contains(c),
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_taken_for_markup() {
        assert_eq!(escaped("OAuth & access scopes"), "OAuth & access scopes");
        assert_eq!(escaped("<b>*a_b*</b> &amp;"), r"\<b\>\*a\_b\*\</b\> \&amp;");
        assert_eq!(escaped("a\n# b"), r"a␊\# b");
        assert_eq!(escaped("see https://a.b/*"), "see `https://a.b/*`");
        assert_eq!(escaped("b and (https://a.b or c)"), "b and (`https://a.b` or c)");
        assert_eq!(escaped("www.a.b, a@b.c|@d"), r"`www.a.b`, `a@b.c`\|`@d`");
        assert_eq!(escaped("1.a@b.c"), "`1.a@b.c`");
        assert_eq!(escaped("- a"), r"\- a");
        assert_eq!(escaped("12. a"), r"12\. a");
        assert_eq!(escaped("    a"), "&#32;   a");
        assert_eq!(escaped("OAuth 2.0: a - b"), "OAuth 2.0: a - b");
    }

    mod read_by_a_real_parser {
        use super::*;
        use comrak::nodes::NodeValue;
        use comrak::{Arena, Options, parse_document};
        use proptest::prelude::*;

        /// The names of all that a reader sees in `markdown` besides text, and the text without blanks.
        fn read(markdown: &str) -> (Vec<String>, String) {
            let mut options = Options::default();
            let extension = &mut options.extension;
            for switch in [
                &mut extension.autolink,
                &mut extension.table,
                &mut extension.strikethrough,
                &mut extension.tasklist,
                &mut extension.footnotes,
                &mut extension.superscript,
            ] {
                *switch = true;
            }
            let arena = Arena::new();
            let root = parse_document(&arena, markdown, &options);
            let mut kinds = Vec::new();
            let mut text = String::new();
            for node in root.descendants() {
                match &node.data.borrow().value {
                    NodeValue::Document | NodeValue::Escaped => {}
                    NodeValue::Text(part) => text += part,
                    NodeValue::Code(code) => text += &code.literal,
                    other => kinds.push(format!("{:?}", std::mem::discriminant(other))),
                }
            }
            (kinds, without_blanks(&text))
        }

        fn markup(markdown: &str) -> Vec<String> {
            read(markdown).0
        }

        fn without_blanks(text: &str) -> String {
            sanitize(text).chars().filter(|c| !c.is_whitespace()).collect()
        }

        fn hostile() -> impl Strategy<Value = String> {
            let pieces = prop::sample::select(vec![
                "https://e.example/a",
                "http://",
                "www.e.example",
                "WWW.e.example",
                "a@b.example",
                "mailto:",
                "- ",
                "+ ",
                "* ",
                "1. ",
                "2) ",
                "    ",
                " ",
                "---",
                "===",
                "***",
                "# ",
                "> ",
                "```",
                "~~~",
                "[a](b)",
                "![a](b)",
                "[a]: b",
                "<b>",
                "<!--",
                "&amp;",
                "&#64;",
                "| a |",
                "|---|",
                ":-:",
                "`",
                "``",
                "\\",
                "*a*",
                "_a_",
                "~a~",
                "[^1]",
                "[x]",
                "\n",
                "\t",
                "a",
                "é",
                "10",
                "$a$",
                "^a^",
                ":",
                "//",
                ".",
                "@",
            ]);
            prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
        }

        proptest! {
            #[test]
            fn any_text_stays_text_wherever_it_stands(text in prop_oneof![hostile(), ".{0,20}"]) {
                let shown = without_blanks(&text);
                let text = escaped(&text);
                prop_assert_eq!(read(&text).1, shown, "{}", text);
                for frame in ["", "# ", "* ", "- [ ] ", "> **Warning:** ", "**Enables actions:** ", "a\n\n"] {
                    let with = |text: &str| markup(&format!("{frame}{text}\n"));
                    // An empty item or heading is one all the same.
                    if !text.trim().is_empty() {
                        prop_assert_eq!(with(&text), with("plain"), "{}{}", frame, text);
                    }
                }
                let table = |text: &str| markup(&format!("| A | B |\n|---|---|\n| {text} | b |\n"));
                prop_assert_eq!(table(&text), table("plain"), "{}", text);
            }

            #[test]
            fn a_code_span_is_one_whatever_it_holds(text in prop_oneof![hostile(), ".{0,20}"]) {
                let shown = without_blanks(&text);
                let text = code(&text);
                if !text.is_empty() {
                    prop_assert_eq!(read(&text).1, shown, "{}", text);
                    prop_assert_eq!(markup(&format!("* a {text} b")), markup("* a `x` b"), "{}", text);
                    prop_assert_eq!(markup(&text), markup("`x`"), "{}", text);
                }
            }
        }
    }

    #[test]
    fn a_code_span_holds_backticks() {
        assert_eq!(code("deals:read"), "`deals:read`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`a"), "`` `a ``");
    }
}
