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
    let mut lines = Vec::new();
    let mut line = String::new();
    for (place, name) in names.iter().enumerate() {
        let last = place + 1 == names.len();
        let mut token = name.as_ref().to_owned();
        if !last && mark.is_empty() {
            token.push(separator.char());
        }
        if !line.is_empty() && fit::width(&line) + fit::width(&token) > room {
            let unspaced = line.trim_end_matches(' ').to_owned();
            lines.push((unspaced, mark));
            line.clear();
        }
        let mut pieces = fit::pieces(&token, room);
        let end = pieces.pop().unwrap_or_default();
        lines.extend(pieces.into_iter().map(|piece| (piece.to_owned(), "")));
        line.push_str(end);
        match separator {
            _ if last => {}
            Separator::Newline => lines.push((std::mem::take(&mut line), mark)),
            Separator::Space => line.push(' '),
            Separator::Comma | Separator::Semicolon | Separator::Pipe => {}
        }
    }
    lines.push((line, ""));
    lines
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
