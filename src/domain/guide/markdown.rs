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

/// Texts that follow each other are one: markup could come of two halves. What is blank is marked
/// in no way, since marks around nothing mean something else.
fn marked(spans: &[Span]) -> String {
    let is_text = |span: &Span| matches!(span, Span::Text(_)) || span.text().trim().is_empty();
    let mut line = String::new();
    for run in spans.chunk_by(|a, b| is_text(a) && is_text(b)) {
        match run {
            [Span::Strong(text)] if !is_text(&run[0]) => {
                line += &format!("**{}**", escaped_within(text));
            }
            [Span::Literal(text) | Span::Copy(text)] if !is_text(&run[0]) => line += &code(text),
            [Span::Link(address)] if !is_text(&run[0]) => line += &format!("<{address}>"),
            texts => {
                let text: String = texts.iter().map(Span::text).collect();
                line += &if line.is_empty() { escaped(&text) } else { escaped_within(&text) };
            }
        }
    }
    line
}
