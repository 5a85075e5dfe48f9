use std::collections::HashMap;

use serde::Deserialize;

use super::guide::{Guide, GuideFile};
use super::{Index, Reference, Selection, guide_url};

/// All that is known of one connector: its scopes in the order of the provider's form, and its
/// actions in the order of the guide.
#[derive(Clone, Debug)]
pub struct Catalog {
    connector: Connector,
    page: Page,
    scopes: Vec<String>,
    actions: Vec<Action>,
    by_id: HashMap<String, ActionIndex>,
    guide: Option<Guide>,
    reference: Option<Reference>,
}

/// The product at the other end, and the way in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connector {
    /// What every action id begins with, before `_`.
    pub key: String,
    pub name: String,
    /// The way of authorization that the guide sets up.
    pub method: String,
}

/// The web page of the guide, and how a link to it carries a selection.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub address: String,
    /// The name of the query parameter whose value is the list of action ids.
    pub parameter: String,
}

/// One thing that an integration can do, with the scopes that the guide says it needs.
#[derive(Clone, Debug)]
pub struct Action {
    id: String,
    label: String,
    scopes: Vec<ScopeIndex>,
}

/// An action's position in its catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionIndex(u32);

/// A scope's position in its catalog, which is its place in every answer. Scopes that only the
/// reference knows come after those of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeIndex(u32);

/// Why a catalog was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogError {
    /// Not the JSON that a catalog is. Lines and columns count from 1.
    Malformed { line: usize, column: usize, reason: String },
    /// `field` has no text.
    Empty { field: String },
    /// An id, a scope or the address holds what cannot stand in a link or between separators:
    /// white space, a control character, or one of the separators themselves.
    Unsafe { field: String, value: String },
    /// `field` says again what an earlier entry said.
    Repeated { field: String, value: String },
    /// An action needs a scope that the catalog's list of scopes does not have.
    UnknownScope { action: String, scope: String },
    /// A step of the guide shows a scope that the catalog's list of scopes does not have.
    UnlistedScope { field: String, scope: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogFile {
    connector: Connector,
    page: Page,
    scopes: Vec<String>,
    actions: Vec<ActionEntry>,
    guide: Option<GuideFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionEntry {
    id: String,
    label: String,
    scopes: Vec<String>,
}

impl Catalog {
    /// The Pipedrive catalog that the program carries, with its reference.
    pub fn embedded() -> Result<Self, CatalogError> {
        Self::embedded_guide()?.with_embedded_reference()
    }

    /// The Pipedrive catalog as the guide has it, without its reference, which takes longer to
    /// read than all the rest: for answers that have no use for it.
    pub fn embedded_guide() -> Result<Self, CatalogError> {
        Self::parse(include_str!("../../assets/catalog.json"))
    }

    /// Reads a catalog and holds it against its own rules: nothing empty, no id and no scope
    /// twice, every scope of an action in the list of scopes.
    pub fn parse(json: &str) -> Result<Self, CatalogError> {
        let file: CatalogFile = serde_json::from_str(json)?;
        let scope_indices = check_scopes(&file.scopes)?;
        check_page(&file.page)?;
        let guide = file.guide.map(|guide| guide.checked(&scope_indices)).transpose()?;

        let mut by_id = HashMap::with_capacity(file.actions.len());
        let mut actions = Vec::with_capacity(file.actions.len());
        for (position, entry) in file.actions.into_iter().enumerate() {
            let index = ActionIndex::from_position(position);
            let action = check_action(entry, position, &scope_indices)?;
            if by_id.insert(action.id.clone(), index).is_some() {
                return Err(CatalogError::Repeated {
                    field: format!("actions[{position}].id"),
                    value: action.id,
                });
            }
            actions.push(action);
        }
        Ok(Self {
            connector: file.connector,
            page: file.page,
            scopes: file.scopes,
            actions,
            by_id,
            guide,
            reference: None,
        })
    }

    /// The same catalog, held against what Pipedrive's API accepts. Actions meet by their ids: a
    /// catalog of another connector has none of them, and stays without a reference.
    pub fn with_embedded_reference(self) -> Result<Self, CatalogError> {
        self.with_reference(include_str!("../../assets/reference.json"))
    }

    /// The same catalog with the reference that this JSON text holds.
    pub fn with_reference(mut self, json: &str) -> Result<Self, CatalogError> {
        self.reference = Reference::parse(json, &self)?;
        Ok(self)
    }

    /// The setup steps; none where the catalog has none.
    pub fn guide(&self) -> Option<&Guide> {
        self.guide.as_ref()
    }

    /// What the provider's own API accepts; none where nobody wrote that down.
    pub fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref()
    }

    pub fn connector(&self) -> &Connector {
        &self.connector
    }

    pub fn page(&self) -> &Page {
        &self.page
    }

    /// How many actions there are.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    pub fn indices(&self) -> impl Iterator<Item = ActionIndex> + use<> {
        (0..self.len()).map(ActionIndex::from_position)
    }

    /// # Panics
    ///
    /// With an index of another catalog, which is a mistake in the program.
    pub fn action(&self, index: ActionIndex) -> &Action {
        &self.actions[index.position()]
    }

    /// The names of the scopes that the guide's form lists, in its order.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// # Panics
    ///
    /// With an index of another catalog, which is a mistake in the program.
    pub fn scope(&self, index: ScopeIndex) -> &str {
        let position = index.position();
        match &self.reference {
            Some(reference) if position >= self.scopes.len() => {
                &reference.further_scopes()[position - self.scopes.len()]
            }
            _ => &self.scopes[position],
        }
    }

    /// Every scope that has a place in this catalog's order: the form's, then those that only the
    /// reference knows, in its order.
    pub fn all_scopes(&self) -> impl Iterator<Item = ScopeIndex> + use<> {
        let further = self.reference.as_ref().map_or(0, |r| r.further_scopes().len());
        (0..self.scopes.len() + further).map(ScopeIndex::from_position)
    }

    pub fn find(&self, id: &str) -> Option<ActionIndex> {
        self.by_id.get(id).copied()
    }

    pub(super) fn guide_url(&self, selection: &Selection) -> String {
        guide_url::write(self, selection)
    }
}

impl Action {
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn label(&self) -> &str {
        &self.label
    }

    pub fn scopes(&self) -> &[ScopeIndex] {
        &self.scopes
    }
}

impl Index for ActionIndex {
    fn from_position(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    fn position(self) -> usize {
        self.0 as usize
    }
}

impl Index for ScopeIndex {
    fn from_position(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    fn position(self) -> usize {
        self.0 as usize
    }
}

impl From<serde_json::Error> for CatalogError {
    fn from(error: serde_json::Error) -> Self {
        Self::Malformed {
            line: error.line(),
            column: error.column(),
            reason: reason_without_place(&error),
        }
    }
}

fn check_scopes(scopes: &[String]) -> Result<HashMap<&str, ScopeIndex>, CatalogError> {
    let mut indices = HashMap::with_capacity(scopes.len());
    for (position, scope) in scopes.iter().enumerate() {
        let field = || format!("scopes[{position}]");
        check_token(scope, field)?;
        let index = ScopeIndex::from_position(position);
        if indices.insert(scope.as_str(), index).is_some() {
            return Err(CatalogError::Repeated { field: field(), value: scope.clone() });
        }
    }
    Ok(indices)
}

fn check_page(page: &Page) -> Result<(), CatalogError> {
    check_token(&page.address, || "page.address".into())?;
    check_token(&page.parameter, || "page.parameter".into())
}

fn check_action(
    entry: ActionEntry,
    position: usize,
    scopes: &HashMap<&str, ScopeIndex>,
) -> Result<Action, CatalogError> {
    check_token(&entry.id, || format!("actions[{position}].id"))?;
    if entry.label.trim().is_empty() {
        return Err(CatalogError::Empty { field: format!("actions[{position}].label") });
    }
    let known = |scope: String| match scopes.get(scope.as_str()) {
        Some(&index) => Ok(index),
        None => Err(CatalogError::UnknownScope { action: entry.id.clone(), scope }),
    };
    let scopes = entry.scopes.into_iter().map(known).collect::<Result<_, _>>()?;
    Ok(Action { id: entry.id, label: entry.label, scopes })
}

/// A token is copied, joined and sent as it is, so it may hold nothing that would end it early.
pub(super) fn check_token(value: &str, field: impl Fn() -> String) -> Result<(), CatalogError> {
    let ends_it = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '|');
    if value.is_empty() {
        Err(CatalogError::Empty { field: field() })
    } else if value.contains(ends_it) {
        Err(CatalogError::Unsafe { field: field(), value: value.to_owned() })
    } else {
        Ok(())
    }
}

/// `serde_json` ends its message with the place, which the error already carries as numbers.
pub(super) fn reason_without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(end) => message[..end].to_owned(),
        None => message,
    }
}

#[cfg(test)]
impl Catalog {
    pub(crate) fn pipedrive() -> Self {
        Self::embedded().expect("the embedded catalog keeps its own rules")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(scopes: &str, actions: &str) -> Result<Catalog, CatalogError> {
        Catalog::parse(&format!(
            r#"{{"connector": {{"key": "x", "name": "X", "method": "OAuth 2.0"}},
                "page": {{"address": "https://example.com/x", "parameter": "actions"}},
                "scopes": [{scopes}],
                "actions": [{actions}]}}"#
        ))
    }

    fn error(scopes: &str, actions: &str) -> CatalogError {
        catalog(scopes, actions).expect_err("this catalog breaks a rule")
    }

    #[test]
    fn an_action_may_need_several_scopes_or_none() {
        let actions = r#"{"id": "x_a", "label": "A", "scopes": ["r", "w"]},
                         {"id": "x_b", "label": "B", "scopes": []}"#;
        let catalog = catalog(r#""r", "w""#, actions).expect("both are allowed");
        let needs = |id| catalog.action(catalog.find(id).expect(id)).scopes().len();
        assert_eq!((needs("x_a"), needs("x_b")), (2, 0));
    }

    #[test]
    fn each_broken_rule_is_told_with_its_place() {
        let action = r#"{"id": "x_a", "label": "A", "scopes": ["r"]}"#;
        let repeated = |field: &str, value: &str| CatalogError::Repeated {
            field: field.into(),
            value: value.into(),
        };
        let empty = |field: &str| CatalogError::Empty { field: field.into() };
        assert_eq!(error(r#""r", "r""#, action), repeated("scopes[1]", "r"));
        assert_eq!(
            error(r#""r""#, &format!("{action}, {action}")),
            repeated("actions[1].id", "x_a")
        );
        assert_eq!(error(r#""r", """#, action), empty("scopes[1]"));
        assert_eq!(
            error(r#""r""#, r#"{"id": "x_a", "label": " ", "scopes": []}"#),
            empty("actions[0].label")
        );
        assert_eq!(
            error(r#""w""#, action),
            CatalogError::UnknownScope { action: "x_a".into(), scope: "r".into() }
        );
        assert_eq!(
            error(r#""r w""#, action),
            CatalogError::Unsafe { field: "scopes[0]".into(), value: "r w".into() }
        );
    }

    #[test]
    fn what_is_not_a_catalog_is_refused_with_line_and_column() {
        let refused = Catalog::parse("{\n  \"scopes\": 3}").expect_err("a number is no list");
        let CatalogError::Malformed { line, column, .. } = refused else {
            panic!("not told as malformed: {refused:?}");
        };
        assert_eq!((line, column), (2, 13));
    }
}
