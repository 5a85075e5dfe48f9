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

use serde::Deserialize;

use super::document::{Language, Object, Problems, parse};
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
    match format {
        Format::OpenApi(language) => read_as(text, language, options, openapi::read),
        Format::Discovery => read_as(text, Language::Json, options, discovery::read),
        Format::Graph => read_as(text, Language::Json, options, graph::read),
    }
}

fn read_as<'t, File: Deserialize<'t>>(
    text: &'t str,
    language: Language,
    options: &DescriptionOptions,
    read: fn(&File, &DescriptionOptions, &mut Problems) -> Description,
) -> Result<Description, Vec<CatalogError>> {
    let Object(file): Object<File> = parse(text, language).map_err(|error| vec![error])?;
    let mut problems = Problems::default();
    let description = read(&file, options, &mut problems);
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
