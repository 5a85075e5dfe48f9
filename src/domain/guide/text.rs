use super::{Block, Document, Span};
use crate::domain::cut::{WIDEST, width};
use crate::domain::sanitize;

impl Document {
    /// The document as plain text. Nothing is wrapped; every line ends with a newline.
    pub fn text(&self) -> String {
        let room = self.blocks.iter().map(Block::name_width).max().unwrap_or(0);
        self.written(Block::stands_apart_from, |block| block.line(room))
    }

    /// The blocks, each as a line that is safe to show, with an empty line before those that stand
    /// apart from the one before them.
    pub(super) fn written(
        &self,
        stands_apart: fn(&Block, &Block) -> bool,
        line: impl Fn(&Block) -> String,
    ) -> String {
        let mut text = String::new();
        let mut previous = None;
        for block in &self.blocks {
            if previous.is_some_and(|previous| stands_apart(block, previous)) {
                text.push('\n');
            }
            text += &sanitize(&line(block));
            text.push('\n');
            previous = Some(block);
        }
        text
    }
}

impl Block {
    /// How many columns the name of a scope takes. A longer one than [`WIDEST`] is shown whole all the same.
    fn name_width(&self) -> usize {
        match self {
            Self::Scope { name, .. } => width(name).min(WIDEST),
            _ => 0,
        }
    }

    /// Returns `true` if an empty line separates this block from `previous`.
    pub fn stands_apart_from(&self, previous: &Self) -> bool {
        match self {
            Self::Section { .. } | Self::Step { .. } => true,
            Self::Paragraph(_) => !matches!(previous, Self::Paragraph(_)),
            _ => false,
        }
    }

    /// `room` is for the name of a scope.
    fn line(&self, room: usize) -> String {
        match self {
            Self::Title(title) => title.clone(),
            Self::Note(spans) | Self::Paragraph(spans) => plain(spans),
            Self::Section { number, title } => format!("{number}. {title}"),
            Self::Step { number, title } => {
                format!("{}.{} {title}", number.section, number.step)
            }
            Self::Line(spans) => format!("  - {}", plain(spans)),
            Self::Actions { head, labels } if labels.is_empty() => format!("  {head}"),
            Self::Actions { head, labels } => format!("  {head} {}", labels.join(", ")),
            Self::Warning(sentence) => format!("  ! {sentence}"),
            Self::Scope { name, form_name, .. } => match form_name {
                Some(form_name) => {
                    let after = " ".repeat(room.saturating_sub(width(name)));
                    format!("  [ ] {name}{after}  {form_name}")
                }
                None => format!("  [ ] {name}"),
            },
        }
    }
}

/// Puts the provider's own words in quotation marks, so that their end is visible.
fn plain(spans: &[Span]) -> String {
    let mut line = String::new();
    for span in spans {
        let quote = if matches!(span, Span::Strong(_)) { "\"" } else { "" };
        line.extend([quote, span.text(), quote]);
    }
    line
}
