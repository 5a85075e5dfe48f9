use super::{Block, Document, Span};
use crate::domain::markdown::{code, escaped};

impl Document {
    /// The document as Markdown, for a ticket or a wiki. Scopes are checkboxes that carry the name
    /// in the provider's form, since that is what the form shows.
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        let mut previous = None;
        for block in &self.blocks {
            if previous.is_some_and(|previous| !block.continues(previous)) {
                text.push('\n');
            }
            text.push_str(&block.markdown());
            text.push('\n');
            previous = Some(block);
        }
        text
    }
}

impl Block {
    /// Whether this block is one more item of the list that `previous` is in.
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
            Self::Actions(labels) => {
                format!("**Enables actions:** {}", escaped(&labels.join(", ")))
            }
            Self::Warning(sentence) => format!("> **Warning:** {}", escaped(sentence)),
            Self::Scope { name, form_name, .. } => match form_name {
                Some(form_name) => format!("- [ ] {} ({})", escaped(form_name), code(name)),
                None => format!("- [ ] {}", code(name)),
            },
        }
    }
}

fn marked(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) => escaped(text),
            Span::Strong(text) => format!("**{}**", escaped(text)),
            Span::Literal(text) | Span::Copy(text) => code(text),
            Span::Link(address) => format!("<{address}>"),
        })
        .collect()
}
