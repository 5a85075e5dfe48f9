use std::collections::HashSet;

use super::locate::locate;
use super::{Language, Pointer};
use crate::domain::catalog::position::in_order;
use crate::domain::catalog::token::{check_operation_id, check_token};
use crate::domain::catalog::{CatalogError, CatalogFault};

/// The faults of a document, each with its path.
#[derive(Default)]
pub struct Problems(Vec<(Pointer, CatalogFault)>);

impl Problems {
    /// `fault` gets the path in writing.
    pub fn add(&mut self, at: Pointer, fault: impl FnOnce(String) -> CatalogFault) {
        let fault = fault(at.to_string());
        self.0.push((at, fault));
    }

    pub fn are_some(&self) -> bool {
        !self.0.is_empty()
    }

    pub fn append(&mut self, others: &mut Self) {
        self.0.append(&mut others.0);
    }

    pub fn iter(&self) -> impl Iterator<Item = &CatalogFault> {
        self.0.iter().map(|(_, fault)| fault)
    }

    pub fn malformed(&mut self, at: Pointer, reason: &str) {
        self.add(at, |field| CatalogFault::Malformed { field, reason: reason.to_owned() });
    }

    /// Reports `value` unless it can be a scope or a key. Returns `true` if it can.
    pub fn check_token(&mut self, value: &str, at: impl Fn() -> Pointer) -> bool {
        self.keep(check_token(value, || at().to_string()), at).is_some()
    }

    /// Reports `value` unless it can be the id of an operation. Returns `true` if it can.
    pub fn check_operation_id(&mut self, value: &str, at: impl Fn() -> Pointer) -> bool {
        self.keep(check_operation_id(value, || at().to_string()), at).is_some()
    }

    /// Reports `value` if it is `known`. Returns `true` if it is new.
    pub fn check_new(
        &mut self,
        known: &mut HashSet<String>,
        value: &str,
        at: impl Fn() -> Pointer,
    ) -> bool {
        let is_new = known.insert(value.to_owned());
        if !is_new {
            self.add(at(), |field| CatalogFault::Repeated { field, value: value.to_owned() });
        }
        is_new
    }

    /// The value, unless there is a fault, which is reported.
    pub fn keep<T>(
        &mut self,
        found: Result<T, CatalogFault>,
        at: impl Fn() -> Pointer,
    ) -> Option<T> {
        found.map_err(|fault| self.0.push((at(), fault))).ok()
    }

    /// # Errors
    /// All of them in the order of the text, with their places in it, if there are any.
    pub fn located(self, text: &str, language: Language) -> Result<(), Vec<CatalogError>> {
        let faults = in_order(self.offsets(text, language).into_iter(), text);
        let errors = faults.map(|(place, fault)| CatalogError { place: Some(place), fault });
        let errors: Vec<_> = errors.collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Each with the byte of the text at which it stands.
    pub fn offsets(self, text: &str, language: Language) -> Vec<(usize, CatalogFault)> {
        let (paths, faults): (Vec<_>, Vec<_>) = self.0.into_iter().unzip();
        let offsets = locate(text, language, &paths.iter().collect::<Vec<_>>());
        offsets.into_iter().map(Option::unwrap_or_default).zip(faults).collect()
    }
}
