use super::{Catalog, CatalogError, CatalogNote, Position};

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
