use super::{Block, Document, Span};
use crate::domain::markdown::{code, escaped, escaped_within};

impl Document {
    /// The document as Markdown, for a ticket or a wiki. Scopes are checkboxes that carry the name
    /// in the provider's form, since that is what the form shows.
    pub fn markdown(&self) -> String {
        self.written(|block, previous| !block.continues(previous), Block::markdown)
    }
}

impl Block {
    /// Returns `true` if this block is one more item of the list that `previous` is in.
    fn continues(&self, previous: &Self) -> bool {
        matches!(
            (previous, self),
            (Self::Line(_), Self::Line(_)) | (Self::Scope { .. }, Self::Scope { .. })
        )
    }

    fn markdown(&self) -> String {
        match self {
            Self::Title(title) => format!("# {}", escaped(title)),
            Self::Section { number, title } => format!("## {number}. {}", escaped(title)),
            Self::Step { number, title } => {
                format!("### {}.{} {}", number.section, number.step, escaped(title))
            }
            Self::Note(spans) | Self::Paragraph(spans) => marked(spans),
            // Another mark than that of the scopes, or the two lists would run into one.
            Self::Line(spans) => format!("* {}", marked(spans)),
            Self::Actions { head, labels } if labels.is_empty() => format!("**{head}**"),
            Self::Actions { head, labels } => {
                format!("**{head}** {}", escaped(&labels.join(", ")))
            }
            Self::Warning(sentence) => format!("> **Warning:** {}", escaped(sentence)),
            Self::Scope { name, form_name, .. } => match form_name {
                Some(form_name) => format!("- [ ] {} ({})", escaped(form_name), code(name)),
                None => format!("- [ ] {}", code(name)),
            },
        }
    }
}

/// Strong text between two characters. Marks with a blank inside of them mark nothing, and neither do those
/// with a letter outside and none inside.
fn strong(text: &str, before: Option<char>, after: Option<char>) -> String {
    let inner = text.trim();
    let (blank, rest) = text.split_at(text.len() - text.trim_start().len());
    // At the beginning of a line, spaces could make code of it.
    let blank = if before.is_some() { blank } else { "" };
    let blank_behind = &rest[inner.len()..];
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let marks = |outside, inside| !is_letter(outside) || is_letter(inside);
    let escaped = escaped_within(inner);
    let opens = !blank.is_empty() || marks(before, escaped.chars().next());
    let closes = !blank_behind.is_empty() || marks(after, escaped.chars().last());
    let mark = if opens && closes { "**" } else { "" };
    format!("{blank}{mark}{escaped}{mark}{blank_behind}")
}

/// Texts that follow each other are one: markup could come of two halves. So are code and strong texts, whose marks
/// side by side would be longer marks. What is blank is marked in no way, since marks around nothing mean
/// something else.
fn marked(spans: &[Span]) -> String {
    let is_text = |span: &Span| matches!(span, Span::Text(_)) || span.text().trim().is_empty();
    let is_code = |span: &Span| matches!(span, Span::Literal(_) | Span::Copy(_)) && !is_text(span);
    let is_strong = |span: &Span| matches!(span, Span::Strong(_)) && !is_text(span);
    let kinds: [&dyn Fn(&Span) -> bool; 3] = [&is_text, &is_code, &is_strong];
    let joined = |run: &[Span]| run.iter().map(Span::text).collect::<String>();
    let mut line = String::new();
    let mut end = 0;
    for run in spans.chunk_by(|a, b| kinds.iter().any(|is_so| is_so(a) && is_so(b))) {
        end += run.len();
        let piece = match run {
            [first, ..] if is_strong(first) => {
                let next = spans.get(end).and_then(|next| next.text().chars().next());
                strong(&joined(run), line.chars().last(), next)
            }
            [first, ..] if is_code(first) => code(&joined(run)),
            [Span::Link(address)] if !is_text(&run[0]) => format!("<{address}>"),
            texts if line.is_empty() => escaped(&joined(texts)),
            texts => escaped_within(&joined(texts)),
        };
        // An address in a text is code, too.
        let is_joined = line.ends_with('`') && piece.starts_with('`');
        line += if is_joined { " " } else { "" };
        line += &piece;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_beside_code_stays_code_of_its_own() {
        let spans = [Span::Text("Open https://a.b/?x=".into()), Span::Literal("C".into())];
        assert_eq!(marked(&spans), "Open `https://a.b/?x=` `C`");
    }

    #[test]
    fn no_mark_of_strong_text_is_seen_whatever_stands_around_it() {
        let span = |text: &str| Span::Text(text.to_owned());
        for before in ["", "a", "a ", "."] {
            for strong in ["Save", "Save ", " Go.", "    Go", "(x)", ".", "é!", "_x"] {
                for after in ["", "now", " now", ",", "!", "é"] {
                    let spans = [span(before), Span::Strong(strong.to_owned()), span(after)];
                    let html =
                        comrak::markdown_to_html(&marked(&spans), &comrak::Options::default());
                    let shown = html.replace("<strong>", "").replace("</strong>", "");
                    let all = format!("<p>{}</p>\n", [before, strong, after].concat().trim());
                    assert_eq!(shown, all, "{spans:?}");
                }
            }
        }
        let strong = [span("Click "), Span::Strong("Save ".into()), span("now")];
        assert_eq!(marked(&strong), "Click **Save** now");
        let two = ["a", "- "].map(|text| Span::Strong(text.into()));
        assert_eq!(marked(&two), "**a-** ");
    }

    #[test]
    fn code_beside_code_is_one() {
        let spans = [Span::Literal("a".into()), Span::Copy("b".into()), Span::Text(" c".into())];
        assert_eq!(marked(&spans), "`ab` c");
    }
}
