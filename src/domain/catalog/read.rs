use std::ops::ControlFlow;
use std::sync::Arc;

use super::halves::Halves;
use super::page::SavedPage;
use super::position::Sweep;
use super::reader::{Effort, Finished, Reader, Watch};
use super::token::check_token;
use super::{
    Beside, Catalog, CatalogError, CatalogFault, CatalogNote, Growth, Page, Position, json,
};
use crate::domain::guide::GuideFile;

/// The forms in which a catalog comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Our own format, or a bare array of actions.
    Json,
    /// A saved guide page.
    Page,
}

/// Everything that there is to say about a catalog's text.
#[derive(Clone, Debug)]
pub struct Findings {
    /// None where there are problems.
    pub catalog: Option<Catalog>,
    /// In the order of the text. Where the text cannot be read on, the last one says so.
    pub problems: Vec<CatalogError>,
    /// In the order of the text, then those about the catalog as a whole.
    pub notes: Vec<(Option<Position>, CatalogNote)>,
}

impl Form {
    /// Told by the name of the file, and where that says nothing, by the first character.
    fn of(name: &str, text: &str) -> Self {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let text = text.trim_start();
        match extension.as_deref() {
            Some("json") => Self::Json,
            Some("md" | "mdx" | "html" | "htm") => Self::Page,
            _ if text.starts_with('[') => Self::Json,
            _ if text.starts_with('{') && !text.starts_with("{/*") => Self::Json,
            _ => Self::Page,
        }
    }
}

impl Catalog {
    /// Reads a catalog in any form; see [`Catalog::read`].
    ///
    /// # Errors
    /// The first broken rule, with its place.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        Self::read(text.as_bytes().to_vec(), "")
    }

    /// Reads a catalog in any form and holds it against its own rules: nothing empty, no id twice,
    /// every scope of an action in the list of scopes, and nothing in an id or a scope that would
    /// not be copied as it looks. The first broken rule is the error.
    ///
    /// `name` is the file's, without its folder: it tells the form, and is shown where a bare array
    /// does not tell the connector. It may be empty.
    pub fn read(text: Vec<u8>, name: &str) -> Result<Self, CatalogError> {
        first(read(text, name, Effort::UpToTheFirstProblem, None, None))
    }

    /// The same, with the help of another thread for a long list of actions. `watch` is told now and
    /// then how far it is; when it breaks, reading ends with [`CatalogFault::Stopped`].
    pub fn read_growing(
        text: Vec<u8>,
        name: &str,
        beside: Beside,
        mut watch: impl FnMut(Growth) -> ControlFlow<()>,
    ) -> Result<Self, CatalogError> {
        first(read(text, name, Effort::UpToTheFirstProblem, Some(&mut watch), Some(beside)))
    }

    /// Reads a catalog in any form to tell everything that is wrong with it, and what may be.
    pub fn examine(text: Vec<u8>, name: &str) -> Findings {
        read(text, name, Effort::EveryProblem, None, None)
    }

    /// The same catalog, with the page to which its links lead.
    ///
    /// # Errors
    /// Address or parameter is empty, or holds what would not survive in a link.
    pub fn with_page(mut self, page: Page) -> Result<Self, CatalogError> {
        check_token(&page.address, || "page.address".into())?;
        check_token(&page.parameter, || "page.parameter".into())?;
        self.page = Some(page);
        Ok(self)
    }
}

fn first(findings: Findings) -> Result<Catalog, CatalogError> {
    let nothing = || CatalogError::from(CatalogFault::Stopped);
    findings.catalog.ok_or_else(|| findings.problems.into_iter().next().unwrap_or_else(nothing))
}

fn read(
    text: Vec<u8>,
    name: &str,
    effort: Effort,
    watch: Option<Watch>,
    beside: Option<Beside>,
) -> Findings {
    let text = match String::from_utf8(text) {
        Ok(text) => text,
        Err(error) => return not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()),
    };
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let hint = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hint = if hint.trim().is_empty() { "Catalog" } else { hint };
    match Form::of(name, &text[start..]) {
        Form::Json => read_json(text, start, hint, effort, watch, beside),
        Form::Page => read_page(&text[start..], hint, effort, watch),
    }
}

fn not_utf8(bytes: &[u8], offset: usize) -> Findings {
    let valid = String::from_utf8_lossy(&bytes[..offset]);
    let text = valid.trim_start_matches('\u{feff}');
    let problem = CatalogError {
        place: Some(Sweep::new(text).position(text.len())),
        fault: CatalogFault::NotUtf8,
    };
    Findings { catalog: None, problems: vec![problem], notes: Vec::new() }
}

fn read_json(
    text: String,
    start: usize,
    hint: &str,
    effort: Effort,
    watch: Option<Watch>,
    beside: Option<Beside>,
) -> Findings {
    let mut text = text;
    if let Some(beside) = beside {
        match Halves::of(text, start) {
            Ok(halves) => return finish_json(halves.read(hint, watch, beside), start, effort),
            Err(whole) => text = whole,
        }
    }
    let bytes = start..text.len();
    let mut reader = Reader::new(Arc::new(text), effort, watch);
    let guide = json::read(&mut reader, bytes, hint);
    finish_json((reader, guide), start, effort)
}

fn finish_json(
    (reader, guide): (Reader, Option<(usize, GuideFile)>),
    start: usize,
    effort: Effort,
) -> Findings {
    let source = Arc::clone(reader.source());
    let mut finished = reader.finish();
    if let (Some(catalog), Some((offset, guide))) = (&mut finished.catalog, guide) {
        match guide.checked(&catalog.listed_scopes()) {
            Ok(guide) => catalog.guide = Some(guide),
            Err(fault) => {
                finished.catalog = None;
                finished.problems.push((offset, fault));
            }
        }
    }
    located(finished, &source[start..], effort, |offset| offset.saturating_sub(start))
}

fn read_page(page: &str, hint: &str, effort: Effort, watch: Option<Watch>) -> Findings {
    let saved = SavedPage::scan(page);
    let mut panels = saved.panels();
    let source = Arc::new(std::mem::take(&mut panels.source));
    let behind = source.len();
    let mut reader = Reader::new(source, effort, watch);
    saved.read(&mut reader, &panels, behind, hint);
    let mut finished = reader.finish();
    if let Some(catalog) = &mut finished.catalog {
        let guide = saved.sections.guide(&catalog.listed_scopes());
        catalog.guide = guide;
    }
    located(finished, page, effort, |offset| match offset.checked_sub(behind) {
        Some(on_page) => on_page,
        None => panels.page_offset(offset),
    })
}

/// Gives every problem and every note its place in the text that was given.
fn located(
    finished: Finished,
    text: &str,
    effort: Effort,
    place: impl Fn(usize) -> usize,
) -> Findings {
    let Finished { catalog, mut problems, mut notes } = finished;
    problems.iter_mut().for_each(|(offset, _)| *offset = place(*offset));
    problems.sort_by_key(|&(offset, _)| offset);
    notes.iter_mut().for_each(|(offset, _)| *offset = place(*offset));
    notes.sort_by_key(|&(offset, _)| offset);
    let mut sweep = Sweep::new(text);
    let problems = problems.into_iter().map(|(offset, fault)| CatalogError {
        place: (fault != CatalogFault::NoPanel).then(|| sweep.position(offset)),
        fault,
    });
    let problems = problems.collect();
    let mut sweep = Sweep::new(text);
    let notes = notes.into_iter().map(|(offset, note)| (Some(sweep.position(offset)), note));
    let mut notes: Vec<_> = notes.collect();
    if let Some(catalog) = catalog.as_ref().filter(|_| effort == Effort::EveryProblem) {
        notes.extend(catalog.notes().into_iter().map(|note| (None, note)));
    }
    Findings { catalog, problems, notes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_the_form_before_the_first_character_does() {
        for (name, text, form) in [
            ("a.json", "<p>", Form::Json),
            ("a.MDX", "[a link](x)", Form::Page),
            ("a.md", "{", Form::Page),
            ("a.html", "[", Form::Page),
            ("a.htm", "[", Form::Page),
            ("a.txt", " \n[", Form::Json),
            ("", "{", Form::Json),
            ("", "{/* a comment of MDX */}", Form::Page),
            ("", "# A title", Form::Page),
            ("json", "<p>", Form::Page),
        ] {
            assert_eq!(Form::of(name, text), form, "{name:?} with {text:?}");
        }
    }
}
