use super::builder::{Builder, IsWanted};
use super::connector::PIPEDRIVE;
use super::form::Form;
use super::page::SavedPage;
use super::stackone::Partial;
use super::token::check_token;
use super::{
    Catalog, CatalogError, CatalogFault, CatalogNote, DescriptionOptions, Page, Position,
    description, json, stackone,
};
use crate::domain::input::decode;
use crate::domain::{InputError, Reference};

/// Everything that there is to say about a catalog's text.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// `None` if there are problems.
    pub catalog: Option<Catalog>,
    /// In the order of the text. Where the text cannot be read on, the last one says so.
    pub problems: Vec<CatalogError>,
    /// In the order of the text, then those about the catalog as a whole.
    pub notes: Vec<(Option<Position>, CatalogNote)>,
}

/// The context in which a text is read.
#[derive(Clone)]
pub struct ReadOptions<'a> {
    pub description: DescriptionOptions,
    /// Gives the text of a file beside the one that is read, by its name.
    pub partial: Partial<'a>,
}

/// Nothing lies beside the text.
impl Default for ReadOptions<'_> {
    fn default() -> Self {
        Self { description: DescriptionOptions::default(), partial: &|_| None }
    }
}

/// A sound catalog, with notes that stand nowhere in the text.
impl From<(Catalog, Vec<CatalogNote>)> for Findings {
    fn from((catalog, notes): (Catalog, Vec<CatalogNote>)) -> Self {
        let notes = notes.into_iter().map(|note| (None, note)).collect();
        Self { catalog: Some(catalog), notes, ..Self::default() }
    }
}

impl From<Vec<CatalogError>> for Findings {
    fn from(problems: Vec<CatalogError>) -> Self {
        Self { problems, ..Self::default() }
    }
}

impl Catalog {
    /// The Pipedrive catalog that the program carries, with its reference.
    ///
    /// # Errors
    /// The data that this program was built with break a rule of theirs; a test says that they do not.
    pub fn embedded() -> Result<Self, CatalogError> {
        Self::embedded_guide()?.with_embedded_reference()
    }

    /// The Pipedrive catalog as the guide has it, without its reference, which takes longer to
    /// read than all the rest: for answers that have no use for it.
    ///
    /// # Errors
    /// As for [`embedded`](Self::embedded).
    pub fn embedded_guide() -> Result<Self, CatalogError> {
        Self::parse(include_str!("../../../assets/catalog.json"))
    }

    /// Adds what Pipedrive's API accepts for the actions that are Pipedrive's. A catalog that has
    /// none stays as it is.
    ///
    /// # Errors
    /// As for [`embedded`](Self::embedded).
    pub fn with_embedded_reference(mut self) -> Result<Self, CatalogError> {
        if self.connector.keys().any(|key| key == PIPEDRIVE) {
            let json = include_str!("../../../assets/reference.json");
            let embedded = Reference::parse(json, &self, Some(PIPEDRIVE))?;
            self.reference = match (self.reference.take(), embedded) {
                (Some(own), Some(embedded)) if own.is_own => Some(own.completed_by(embedded)),
                (Some(own), None) if own.is_own => Some(own),
                (_, embedded) => embedded,
            };
        }
        Ok(self)
    }

    /// Adds the reference that this JSON text holds. It speaks of every action that it names,
    /// whoever's it is.
    ///
    /// # Errors
    /// The text is no reference, or an operation accepts a scope that neither the catalog nor the
    /// reference lists.
    pub fn with_reference(mut self, json: &str) -> Result<Self, CatalogError> {
        self.reference = Reference::parse(json, &self, None)?;
        Ok(self)
    }

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
        Self::read_while(text, name, &ReadOptions::default(), &|| true)
    }

    /// The same with what the text leaves open, unless `is_wanted` says meanwhile that nobody waits for it; then it is
    /// [`CatalogFault::Stopped`].
    ///
    /// # Errors
    /// As for [`Catalog::read`].
    pub fn read_while(
        text: Vec<u8>,
        name: &str,
        options: &ReadOptions,
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<Self, CatalogError> {
        let Findings { catalog, problems, .. } =
            read(&text, name, options, true, is_wanted).unwrap_or_else(Findings::from);
        let stopped = || CatalogFault::Stopped.into();
        let catalog = catalog.filter(|_| is_wanted());
        catalog.ok_or_else(|| problems.into_iter().next().unwrap_or_else(stopped))
    }

    /// Reads a catalog in any form to find everything that is wrong with it, and what may be.
    pub fn examine(text: Vec<u8>, name: &str) -> Findings {
        Self::examine_with(text, name, &ReadOptions::default())
    }

    /// The same with what the text leaves open.
    pub fn examine_with(text: Vec<u8>, name: &str, options: &ReadOptions) -> Findings {
        let read = read(&text, name, options, false, &|| true);
        let mut findings = read.unwrap_or_else(Findings::from);
        let notes = findings.catalog.iter().flat_map(Catalog::notes).map(|note| (None, note));
        findings.notes.extend(notes);
        findings
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

/// The findings of the text alone, without notes about the catalog as a whole. A `quick` reading may
/// leave out notes about a sound catalog.
///
/// # Errors
/// The problems that hide whether there are others. There are none if nobody waits for the catalog.
fn read(
    text: &[u8],
    name: &str,
    options: &ReadOptions,
    quick: bool,
    is_wanted: IsWanted,
) -> Result<Findings, Vec<CatalogError>> {
    let only = |place, fault| vec![CatalogError { place: Some(place), fault }];
    let text = &*decode(text).map_err(|error| match error {
        InputError::NotUtf8(place) => only(place, CatalogFault::NotUtf8),
        _ => only(Position::START, CatalogFault::NotUtf16),
    })?;
    if text.trim().is_empty() {
        return Err(only(Position::START, CatalogFault::NoText));
    }
    let hint = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hint = if hint.trim().is_empty() || hint == "-" { "Catalog" } else { hint };
    // Most catalogs are sound. One that is not is read again to say why.
    let quickly_first = |read: &dyn Fn(bool) -> Option<Findings>| {
        let quick = if quick { read(true) } else { None };
        quick.filter(|found| found.catalog.is_some()).or_else(|| read(false)).ok_or_else(Vec::new)
    };
    match Form::of(name, text) {
        Form::Json => quickly_first(&|quick| read_json(text, hint, quick, is_wanted))
            .map(|findings| refuse_other_options(findings, &options.description)),
        Form::Page => quickly_first(&|quick| read_page(text, hint, quick, is_wanted)),
        Form::Description(description::Format::OpenApi(_) | description::Format::Discovery)
            if options.description.scheme.is_some() && !options.description.are_defaults =>
        {
            Err(vec![CatalogFault::SchemeWithoutKinds.into()])
        }
        Form::Description(format) => {
            description::catalog(format, text, &options.description).map(Findings::from)
        }
        Form::StackOne(form) => stackone::catalog(form, text, options.partial).map(Findings::from),
        Form::Unreadable(form) => Err(vec![CatalogFault::UnreadableForm(form).into()]),
    }
}

/// Refuses a catalog that was imported with other options, because it answers by those.
fn refuse_other_options(mut findings: Findings, options: &DescriptionOptions) -> Findings {
    let bound = |catalog: &&Catalog| catalog.is_described() && !options.are_defaults;
    let Some(catalog) = findings.catalog.as_ref().filter(bound) else { return findings };
    let own = &catalog.connector().method;
    let is_other = options.scheme.is_some() && options.scheme != *own;
    let scheme = is_other.then(|| CatalogFault::OtherScheme { own: own.clone() });
    let listed = catalog.listed_scopes().zip(options.listed_scopes);
    let listed = listed.filter(|(own, asked)| own != asked);
    let listed = listed.map(|_| CatalogFault::OtherListedScopes);
    if let Some(fault) = scheme.or(listed) {
        findings.catalog = None;
        findings.problems.push(fault.into());
    }
    findings
}

/// `None` if nobody waits for it, or if a quick look finds it malformed.
fn read_json(source: &str, hint: &str, quick: bool, is_wanted: IsWanted) -> Option<Findings> {
    let mut builder = Builder::new(source, hint, quick, is_wanted);
    json::read(&mut builder).ok()?;
    Some(builder.finish(source, |offset| offset))
}

/// The same.
fn read_page(page: &str, hint: &str, quick: bool, is_wanted: IsWanted) -> Option<Findings> {
    let saved = SavedPage::scan(page, is_wanted).ok()?;
    let mut builder = Builder::new(&saved.panels.source, hint, quick, is_wanted);
    saved.read(&mut builder).ok()?;
    Some(builder.finish(page, |offset| saved.panels.page_offset(offset)))
}

#[cfg(test)]
impl Catalog {
    pub(crate) fn pipedrive() -> Self {
        Self::embedded().expect("the embedded catalog keeps its own rules")
    }
}
