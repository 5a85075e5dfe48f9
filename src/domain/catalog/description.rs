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

use super::document::{Language, Problems, parse};
use super::{Catalog, CatalogError, CatalogNote};
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
    problems.located(text, language)?;
    Ok(description)
}

/// The catalog that a description is, with notes about the description.
///
/// # Errors
/// As for [`read`].
pub(super) fn catalog(
    format: Format,
    text: &str,
    options: &DescriptionOptions,
) -> Result<(Catalog, Vec<CatalogNote>), Vec<CatalogError>> {
    let description = read(format, text, options)?;
    let mut catalog = description.catalog();
    catalog.reference = Some(description.reference(&catalog));
    Ok((catalog, description.notes))
}
