use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{ListCursor, Scroll};
use crate::domain::{Block, Document, Span, StepNumber};

/// The guide on the screen: a document for the selection as it is, a cursor that walks its steps
/// and all that can be copied in it, and the steps that the reader has ticked off.
#[derive(Clone, Debug, Default)]
pub struct GuidePane {
    /// Another one after each change.
    pub document: Arc<Document>,
    /// `false` after the selection has changed; the document is then made when it is shown.
    pub(super) is_current: bool,
    pub anchors: Vec<Anchor>,
    /// It has a row for each anchor.
    pub cursor: ListCursor,
    /// Steps by [`StepNumber::id`], which holds when other steps come and go.
    done: BTreeSet<usize>,
    pub scroll: Scroll,
}

/// Where the guide's cursor can stand. A block is a place in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// A step, which can be ticked off.
    Step { number: StepNumber },
    /// A piece of a block, or the whole of a scope's block, with what copying it gives.
    Copyable { block: usize, span: Option<usize>, text: String },
}

impl GuidePane {
    /// Takes the document of the selection. The cursor stays where it is, as far as there still is
    /// such a place. A step with other scopes than before is to be done again.
    pub fn show(&mut self, document: Document) {
        let (before, now) = (scopes_of_steps(&self.document), scopes_of_steps(&document));
        self.done.retain(|step| before.get(step) == now.get(step));
        self.anchors = anchors(&document);
        self.document = Arc::new(document);
        self.is_current = true;
        self.cursor.set_rows(self.anchors.len());
    }

    pub fn current(&self) -> Option<&Anchor> {
        self.anchors.get(self.cursor.row()?)
    }

    /// The name of something to copy, such as `scope`, or `callback URL` for what **Callback URL**
    /// stands in front of.
    pub fn name(&self, block: usize, span: Option<usize>) -> String {
        let Some(span) = span else { return "scope".to_owned() };
        let spans = self.document.blocks.get(block).map_or(&[][..], Block::spans);
        let (before, rest) = spans.split_at(span.min(spans.len()));
        match (before, rest) {
            ([.., Span::Strong(label), Span::Text(colon)], _) if colon.trim() == ":" => {
                let mut letters = label.chars();
                match letters.next() {
                    Some(first) if letters.as_str().starts_with(char::is_lowercase) => {
                        format!("{}{}", first.to_lowercase(), letters.as_str())
                    }
                    _ => label.clone(),
                }
            }
            (_, [Span::Link(_), ..]) => "link".to_owned(),
            _ => "text".to_owned(),
        }
    }

    pub fn is_done(&self, step: StepNumber) -> bool {
        self.done.contains(&step.id)
    }

    /// The step that the cursor is in. `None` above the first.
    pub fn current_step(&self) -> Option<StepNumber> {
        self.anchors.get(..=self.cursor.row()?)?.iter().rev().find_map(|anchor| match anchor {
            Anchor::Step { number, .. } => Some(*number),
            Anchor::Copyable { .. } => None,
        })
    }

    /// Marks the step that the cursor is in as done, or as not done.
    pub fn tick_off(&mut self) {
        if let Some(step) = self.current_step()
            && !self.done.remove(&step.id)
        {
            self.done.insert(step.id);
        }
    }
}

/// The scopes of the steps that have some, by [`StepNumber::id`].
fn scopes_of_steps(document: &Document) -> BTreeMap<usize, Vec<&str>> {
    let mut scopes: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    let mut step = None;
    for block in &document.blocks {
        match block {
            Block::Step { number, .. } => step = Some(number.id),
            Block::Scope { name, .. } => {
                step.into_iter().for_each(|id| scopes.entry(id).or_default().push(name));
            }
            _ => {}
        }
    }
    scopes
}

/// In the order of the document.
fn anchors(document: &Document) -> Vec<Anchor> {
    let of_block = |(block, content): (usize, &Block)| match content {
        Block::Step { number, .. } => vec![Anchor::Step { number: *number }],
        Block::Scope { name, .. } => {
            vec![Anchor::Copyable { block, span: None, text: name.clone() }]
        }
        content => {
            let spans = content.spans().iter().enumerate();
            let copies = spans.filter_map(|(span, piece)| Some((span, piece.copies()?.to_owned())));
            copies.map(|(span, text)| Anchor::Copyable { block, span: Some(span), text }).collect()
        }
    };
    document.blocks.iter().enumerate().flat_map(of_block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Catalog, Selection, Separator};

    fn pane(selection: &Selection) -> GuidePane {
        let catalog = Catalog::pipedrive();
        let mut pane = GuidePane::default();
        pane.show(document(&catalog, selection));
        pane
    }

    fn document(catalog: &Catalog, selection: &Selection) -> Document {
        let answer = Answer::of(catalog, selection);
        Document::of(catalog, selection, &answer).expect("it has a guide")
    }

    #[test]
    fn the_cursor_walks_every_step_and_every_copyable_in_the_order_of_the_document() {
        let pane = pane(&Selection::new());
        let blocks = &pane.document.blocks;
        let place = |anchor: &Anchor| match anchor {
            Anchor::Copyable { block, .. } => Some(*block),
            Anchor::Step { number: own } => blocks
                .iter()
                .position(|block| matches!(block, Block::Step { number, .. } if number == own)),
        };
        let blocks: Vec<_> = pane.anchors.iter().map(place).collect();
        assert!(blocks.is_sorted());
        let steps =
            pane.anchors.iter().filter(|anchor| matches!(anchor, Anchor::Step { .. })).count();
        assert_eq!(steps, 6);
    }

    #[test]
    fn every_copyable_item_copies_exactly_its_text() {
        let catalog = Catalog::pipedrive();
        let all = catalog.indices().collect();
        let pane = pane(&all);
        let mut texts = Vec::new();
        for anchor in &pane.anchors {
            let Anchor::Copyable { block, span, text } = anchor else { continue };
            let shown = match (&pane.document.blocks[*block], *span) {
                (Block::Scope { name, .. }, None) => name,
                (Block::Note(spans) | Block::Paragraph(spans) | Block::Line(spans), Some(span)) => {
                    spans[span].text()
                }
                (other, _) => panic!("{other:?} has nothing to copy"),
            };
            assert_eq!(text, shown);
            texts.push(text.as_str());
        }
        let joined = Answer::of(&catalog, &all).text(&catalog, Separator::Newline);
        let url = catalog.guide_url(&all).expect("a page");
        let mut expected = vec![
            url.as_str(),
            "https://app.pipedrive.com/",
            "StackOne Integration",
            "https://api.stackone.com/connect/oauth2/pipedrive/callback",
        ];
        expected.extend(joined.lines());
        expected.extend([
            "https://app.stackone.com/connector_profiles",
            "https://docs.stackone.com/guides/accounts-section#linking-accounts",
        ]);
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_step_stays_ticked_off_when_the_selection_changes() {
        let catalog = Catalog::pipedrive();
        let mut pane = pane(&Selection::new());
        let last = pane.anchors.len();
        pane.cursor.go_to(last);
        pane.tick_off();
        let one = catalog.indices().take(1).collect();
        pane.show(document(&catalog, &one));
        assert!(pane.anchors.len() < last, "there are fewer scopes to copy");
        let steps = pane.document.blocks.iter().filter_map(|block| match block {
            Block::Step { number, .. } => Some(*number),
            _ => None,
        });
        let done: Vec<_> = steps.filter(|&step| pane.is_done(step)).map(|step| step.id).collect();
        assert_eq!(done, [5]);
        assert!(pane.current().is_some(), "the cursor is on a anchor that there is");
    }
}
