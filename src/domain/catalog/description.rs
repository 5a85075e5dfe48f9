//! A provider's own description of its API: which operations it has, and which scopes each of them
//! accepts.

mod api;
mod discovery;
mod graph;
mod local_ref;
mod names;
mod openapi;
mod security;
#[cfg(test)]
mod tests;

use super::builder::IsWanted;
use super::document::{Language, Problems, parse};
use super::{CatalogError, Findings};
use api::Description;

pub use api::DescriptionOptions;

/// The formats in which providers describe their APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// OpenAPI 3 or Swagger 2; the document says which.
    OpenApi(Language),
    /// Google's Discovery format.
    Discovery,
    /// The permissions file of Microsoft Graph.
    Graph,
}

/// Reads a description.
///
/// # Errors
/// Everything that is wrong with it; with its syntax or a value's type, the first.
fn read(
    format: Format,
    text: &str,
    options: &DescriptionOptions,
) -> Result<Description, Vec<CatalogError>> {
    let mut problems = Problems::default();
    let language = match format {
        Format::OpenApi(language) => language,
        Format::Discovery | Format::Graph => Language::Json,
    };
    let read = match format {
        Format::OpenApi(_) => {
            parse(text, language).map(|file| openapi::read(&file, options, &mut problems))
        }
        Format::Discovery => {
            parse(text, language).map(|file| discovery::read(&file, &mut problems))
        }
        Format::Graph => {
            parse(text, language).map(|file| graph::read(&file, options, &mut problems))
        }
    };
    let description = read.map_err(|error| vec![error])?;
    let errors = problems.located(text, language);
    if errors.is_empty() { Ok(description) } else { Err(errors) }
}

/// The catalog that a description is, with all that there is to say about it.
///
/// # Errors
/// As for [`read`]; nothing is wrong if nobody waits for it.
pub(super) fn findings(
    format: Format,
    text: &str,
    options: &DescriptionOptions,
    is_wanted: IsWanted,
) -> Result<Findings, Vec<CatalogError>> {
    let description = read(format, text, options)?;
    let mut catalog = description.catalog(is_wanted).ok_or_else(Vec::new)?;
    catalog.reference = Some(description.reference(&catalog));
    let notes = description.notes.into_iter().map(|note| (None, note)).collect();
    Ok(Findings { catalog: Some(catalog), problems: Vec::new(), notes })
}
