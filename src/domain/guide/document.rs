use std::collections::{BTreeSet, HashMap};

use super::{Guide, GuideLine, GuideStep, Span};
use crate::domain::{
    ActionIndex, Answer, Catalog, ComparedPower, Difference, Mode, Refusals, ScopeIndex, ScopeSet,
    Selection, pluralize,
};

/// The setup guide for a selection, from top to bottom. The screen, the plain text and the Markdown
/// are all made from it, so that they say the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    pub blocks: Vec<Block>,
}

/// Text in a block is as the catalog has it, and not yet made safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The connector and its way of authorization. Always the first block, and only there.
    Title(String),
    /// The subject of this document: the number of actions and scopes.
    Note(GuideLine),
    /// `number` counts the shown sections from 1.
    Section {
        number: usize,
        title: String,
    },
    /// A paragraph of a section.
    Paragraph(GuideLine),
    Step {
        number: StepNumber,
        title: String,
    },
    /// One thing to do in the step above.
    Line(GuideLine),
    /// The actions that need the scopes of the step above.
    Actions {
        /// `Enables actions:`, or `Enables 12 actions` if they are not named.
        head: String,
        /// In alphabetical order. Empty in a guide for no action in particular.
        labels: Vec<String>,
    },
    /// A sentence about what will fail even if the step is followed.
    Warning(String),
    Scope {
        name: String,
        /// The name of the scope in the provider's form. `None` if it is unknown.
        form_name: Option<String>,
        /// The number of the document's actions that use the scope.
        actions: usize,
    },
}

/// The number of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepNumber {
    /// The number of the step's section, as it is shown.
    pub section: usize,
    /// The place among the section's shown steps, from 1.
    pub step: usize,
    /// The place among all steps of the guide, from 0. It stays when other steps come and go.
    pub id: usize,
}

/// Writes a document.
struct Writer<'a> {
    catalog: &'a Catalog,
    /// Whether the guide is for no action in particular.
    is_for_all: bool,
    /// The answer's scopes, or all of the form if nothing is selected.
    scopes: ScopeSet,
    /// The power of the scopes, compared with the other mode. `None` if nothing is selected.
    power: Option<ComparedPower>,
    /// The actions that each of the scopes is there for.
    needing: HashMap<ScopeIndex, Vec<ActionIndex>>,
    /// A clause for an answer without scopes.
    without_scopes: &'static str,
    /// The actions that the API refuses with the guide's scopes, until it is written.
    warning: Option<String>,
    blocks: Vec<Block>,
}

impl Document {
    /// The guide for a selection and its answer. `None` if the catalog has no guide.
    pub fn of(catalog: &Catalog, selection: &Selection, answer: &Answer) -> Option<Self> {
        let guide = catalog.guide()?;
        let is_for_all = selection.is_empty();
        let actions = if is_for_all { &catalog.indices().collect() } else { selection };
        let form = Answer { scopes: catalog.form_scopes(), ..Answer::default() };
        let of_scopes = if is_for_all { &form } else { answer };
        let scopes = of_scopes.scopes.clone();
        let needing = of_scopes.needing(catalog, actions);
        let refusals = Refusals::of(catalog, actions.iter(), &scopes);
        let warning = (answer.mode == Mode::Guide || is_for_all)
            .then(|| {
                refusals.words(Refusals::FEW, catalog, |action| action.label(), "least privilege")
            })
            .flatten();
        let mut writer = Writer {
            catalog,
            is_for_all,
            needing: scopes.iter().zip(needing).collect(),
            scopes,
            power: answer.power,
            without_scopes: answer.without_scopes(&refusals),
            warning,
            blocks: Vec::new(),
        };
        writer.head(actions.len(), answer.mode, catalog.guide_url(selection));
        if let Some(Difference { add, remove }) = &answer.from_guide {
            writer.named_scopes(Difference::ADDED_TO_GUIDE, add);
            writer.named_scopes(Difference::REMOVED_FROM_GUIDE, remove);
        }
        // It stands by the scopes, if there are any.
        let warning = writer.warning.take_if(|_| writer.scopes.is_empty());
        writer.blocks.extend(answer.caveats.iter().cloned().chain(warning).map(Block::Warning));
        writer.guide(guide);
        Some(Self { blocks: writer.blocks })
    }
}

impl Block {
    /// The pieces of a note, a paragraph or a line; none of other blocks.
    pub fn spans(&self) -> &[Span] {
        match self {
            Self::Note(spans) | Self::Paragraph(spans) | Self::Line(spans) => spans,
            _ => &[],
        }
    }
}

impl Writer<'_> {
    fn head(&mut self, actions: usize, mode: Mode, url: Option<String>) {
        self.blocks.push(Block::Title(self.catalog.connector().title()));
        let actions = pluralize(actions, "action");
        let scopes = pluralize(self.scopes.len(), "scope");
        let note = match mode {
            _ if self.is_for_all => {
                format!("No action is selected, so this guide shows all {scopes}.")
            }
            Mode::Guide => format!("For {actions}: {scopes}."),
            Mode::Least => format!("For {actions}, with least privilege: {scopes}."),
        };
        self.blocks.push(Block::Note([Span::Text(note)].into()));
        if let Some(url) = url {
            let on_the_web = match mode {
                Mode::Least if !self.is_for_all => "On the web, with the guide's scopes: ",
                Mode::Guide | Mode::Least => "On the web: ",
            };
            let on_the_web = Span::Text(on_the_web.into());
            self.blocks.push(Block::Note([on_the_web, Span::address(&url)].into()));
        }
    }

    /// A note that names some scopes, if there are any.
    fn named_scopes(&mut self, heading: &str, scopes: &ScopeSet) {
        if scopes.is_empty() {
            return;
        }
        let names = self.catalog.names(scopes).into_iter();
        let names = names.flat_map(|name| [Span::Text(" ".into()), Span::Literal(name.into())]);
        let note = std::iter::once(Span::Text(heading.into())).chain(names);
        self.blocks.push(Block::Note(note.collect()));
    }

    fn guide(&mut self, guide: &Guide) {
        let catalog = self.catalog;
        let places: HashMap<&str, ScopeIndex> =
            self.scopes.iter().map(|scope| (catalog.scope(scope), scope)).collect();
        let place = |name: &String| places.get(name.as_str()).copied();
        let steps = || guide.sections.iter().flat_map(|section| &section.steps);
        let listed = steps().flat_map(|step| &step.scopes).filter_map(place).collect();
        let unlisted = self.scopes.difference(&listed);
        // The first step that lists scopes gets those that no step lists.
        let first = steps().position(|step| !step.scopes.is_empty());
        let (mut number, mut id) = (0, 0);
        for section in &guide.sections {
            let mut shown = Vec::new();
            for step in &section.steps {
                let is_first = first == Some(id);
                let own: ScopeSet = step.scopes.iter().filter_map(place).collect();
                let scopes = if is_first { own.union(&unlisted) } else { own };
                // If no scope is needed at all, the first one stays for what else it says.
                let stays =
                    step.scopes.is_empty() || self.is_for_all || is_first && self.scopes.is_empty();
                if stays || !scopes.is_empty() {
                    shown.push((id, step, scopes));
                }
                id += 1;
            }
            if shown.is_empty() && !section.steps.is_empty() {
                continue;
            }
            number += 1;
            self.blocks.push(Block::Section { number, title: section.title.clone() });
            self.paragraphs(&section.opening);
            for (place, (id, step, scopes)) in shown.into_iter().enumerate() {
                self.step(StepNumber { section: number, step: place + 1, id }, step, &scopes);
            }
            self.paragraphs(&section.closing);
        }
        if first.is_none() && !unlisted.is_empty() {
            number += 1;
            self.blocks.push(Block::Section { number, title: "Further scopes".into() });
            self.scopes(&unlisted);
        }
        self.power(number + 1);
    }

    /// Answers a reviewer's question: what could the app do with these scopes, whatever it was made
    /// for?
    fn power(&mut self, number: usize) {
        let (Some(reference), Some(power)) =
            (self.catalog.reference(), self.catalog.power(&self.scopes))
        else {
            return;
        };
        let paragraph = |text| Block::Paragraph([Span::Text(text)].into());
        let title = "What this app will be able to do".into();
        let provider = &self.catalog.connector().name;
        let power = self.power.map_or(power.to_string(), |compared| compared.to_string());
        let first = paragraph(format!("With these scopes, of {provider}'s API: {power}."));
        self.blocks.extend([Block::Section { number, title }, first]);
        for scope in self.scopes.iter() {
            let power = self.catalog.power_of_scope(scope);
            let power = power.map(|power| power.to_string()).unwrap_or_default();
            let warning = self.catalog.read_only_warning(scope);
            let warning = warning.map(|warning| format!(". {warning}")).unwrap_or_default();
            let name = Span::Literal(self.catalog.scope(scope).to_owned());
            let words = Span::Text(format!(": {power}{warning}"));
            self.blocks.push(Block::Line([name, words].into()));
        }
        let counted = "Calls are counted by name, not by how much data they reach.";
        self.blocks.push(paragraph(format!("{counted} {}", reference.source)));
    }

    fn paragraphs(&mut self, lines: &[GuideLine]) {
        self.blocks.extend(lines.iter().cloned().map(Block::Paragraph));
    }

    fn step(&mut self, number: StepNumber, step: &GuideStep, scopes: &ScopeSet) {
        let title = step.title.clone();
        self.blocks.push(Block::Step { number, title });
        self.blocks.extend(step.lines.iter().cloned().map(Block::Line));
        if !scopes.is_empty() {
            self.scopes(scopes);
        } else if !step.scopes.is_empty() && !self.is_for_all {
            let remedy =
                "If the form cannot be saved without one, tick the one that gives the least.";
            self.blocks.push(Block::Warning(format!("{}. {remedy}", self.without_scopes)));
        }
        self.blocks.extend(step.closing.iter().cloned().map(Block::Line));
    }

    /// The scopes of a step, or those of no step, below the actions that need them. The actions are
    /// counted, not named, if all of the catalog would have to be named.
    fn scopes(&mut self, scopes: &ScopeSet) {
        let needing = scopes.iter().filter_map(|scope| self.needing.get(&scope)).flatten();
        let actions: BTreeSet<ActionIndex> = needing.copied().collect();
        let count = pluralize(actions.len(), "action");
        let label = |action| self.catalog.action(action).label().to_owned();
        let (head, mut labels) = match self.is_for_all {
            true => (format!("Enables {count}"), Vec::new()),
            false => ("Enables actions:".to_owned(), actions.iter().copied().map(label).collect()),
        };
        labels.sort();
        if !actions.is_empty() {
            self.blocks.push(Block::Actions { head, labels });
        }
        self.blocks.extend(self.warning.take().map(Block::Warning));
        for scope in scopes.iter() {
            self.blocks.push(Block::Scope {
                name: self.catalog.scope(scope).to_owned(),
                form_name: self.catalog.form_name(scope).map(String::from),
                actions: self.needing.get(&scope).map_or(0, Vec::len),
            });
        }
    }
}
