use super::{fit, marks};
use crate::domain::Separator;

/// The joined text in lines, each with the mark of a separator that would not be seen at its end.
pub fn joined<S: AsRef<str>>(
    names: &[S],
    separator: Separator,
    columns: usize,
) -> Vec<(String, &'static str)> {
    let mark = match separator {
        Separator::Space => marks::SPACE,
        Separator::Newline => marks::NEWLINE,
        Separator::Comma | Separator::Semicolon | Separator::Pipe => "",
    };
    // The mark or the space that may follow needs a column too.
    let room = columns.saturating_sub(usize::from(!mark.is_empty())).max(1);
    let last = names.len().saturating_sub(1);
    let word = |(place, name): (usize, &S)| match place == last {
        true => name.as_ref().to_owned(),
        false => format!("{}{}", name.as_ref(), separator.char()),
    };
    let words: Vec<_> = names.iter().enumerate().map(word).collect();
    let on_a_line = if separator == Separator::Newline { 1 } else { words.len().max(1) };
    let lines = words
        .chunks(on_a_line)
        .flat_map(|words| fit::lay_out(words.iter().map(|word| (word.as_str(), ())), room));
    let marked = |line: String| match line.strip_suffix([' ', '\n']) {
        Some(text) => (text.to_owned(), mark),
        None => (line, ""),
    };
    lines.map(|line| marked(fit::concat(&line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(separator: Separator, columns: usize) -> Vec<String> {
        let names = ["deals:read", "deals:full", "users:read"];
        let lines = joined(&names, separator, columns);
        lines.into_iter().map(|(text, mark)| text + mark).collect()
    }

    #[test]
    fn a_separator_that_would_not_be_seen_gets_a_mark() {
        assert_eq!(shown(Separator::Space, 40), ["deals:read deals:full users:read"]);
        assert_eq!(shown(Separator::Space, 22), ["deals:read deals:full␣", "users:read"]);
        assert_eq!(shown(Separator::Newline, 40), ["deals:read↵", "deals:full↵", "users:read"]);
        assert_eq!(shown(Separator::Comma, 22), ["deals:read,deals:full,", "users:read"]);
    }

    #[test]
    fn a_scope_longer_than_the_pane_is_broken_and_loses_nothing() {
        for separator in Separator::ALL {
            for columns in 1..30 {
                let text: String = shown(separator, columns).concat();
                let kept = text.replace(['␣', '↵', ' ', ',', ';', '|'], "");
                assert_eq!(kept, "deals:readdeals:fullusers:read", "{separator:?} in {columns}");
            }
        }
    }
}
