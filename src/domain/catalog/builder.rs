use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::action_file::Text;
use super::common_key::CommonKey;
use super::id_index::IdIndex;
use super::rows::Rows;
use super::scope_sets::ScopeTable;
use super::token::{check_operation_id, check_token};
use super::{Catalog, CatalogFault, CatalogNote, Connector, Page, ScopeIndex};
use crate::domain::Index;

/// Actions after which the builder asks whether the catalog is still wanted.
const STEP: usize = 1024;

/// Takes in what a catalog says, whatever its form, and holds it against the rules of a catalog.
pub(super) struct Builder<'r> {
    rows: Rows,
    scopes: ScopeTable,
    /// The scopes in the catalog's own order; those that only actions name follow them.
    listed: Vec<ScopeIndex>,
    /// What is known of each scope, in the order of the table.
    facts: Vec<ScopeFacts>,
    /// The scopes of the action that is being read.
    pending: Vec<ScopeIndex>,
    key: CommonKey,
    ids: IdIndex,
    /// The row of each id. `None` if it is enough to find out at the end that an id comes twice.
    known: Option<HashMap<String, usize>>,
    /// Whether an action that says again what an earlier one says counts once.
    joins_equal_actions: bool,
    /// What the list of actions is called; empty if it has no name.
    pub list: &'static str,
    effort: Effort,
    is_wanted: IsWanted<'r>,
    problems: Vec<(usize, CatalogFault)>,
    notes: Vec<(usize, CatalogNote)>,
    pub about: About,
    /// Whether an action may need a scope that is not listed.
    pub open_list: bool,
    /// Whether an id may hold white space and separators.
    pub any_id: bool,
    /// What is wrong with ids unless they may, where that is not known yet.
    deferred: Option<Vec<(usize, CatalogFault)>>,
}

/// Whether anybody still waits for the catalog.
pub(super) type IsWanted<'r> = &'r dyn Fn() -> bool;

/// What happens at a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// Reading ends, and says nothing about it.
    Quick,
    /// Reading goes on, to find all problems and their places.
    Thorough,
}

/// What a catalog says about itself.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// `None` if only the ids tell it.
    pub connector: Option<Connector>,
    pub page: Option<Page>,
    /// What stands for a name if there is none.
    pub hint: String,
}

/// Reading is over: there is a problem, or nobody wants the catalog any more.
#[derive(Debug)]
pub(super) struct Stop;

#[derive(Clone, Copy, Default)]
struct ScopeFacts {
    listed: bool,
    /// The first row that needs it, and where it says so.
    needed: Option<(usize, usize)>,
    /// The last row that needs it, counted from 1.
    last_row: usize,
}

/// What came of reading, with places in the source.
pub(super) struct Finished {
    pub catalog: Option<Catalog>,
    pub problems: Vec<(usize, CatalogFault)>,
    pub notes: Vec<(usize, CatalogNote)>,
}

impl<'r> Builder<'r> {
    pub fn new(source: Arc<String>, effort: Effort, is_wanted: IsWanted<'r>) -> Self {
        Self {
            rows: Rows::of(source),
            scopes: ScopeTable::default(),
            listed: Vec::new(),
            facts: Vec::new(),
            pending: Vec::new(),
            key: CommonKey::default(),
            ids: IdIndex::default(),
            known: (effort == Effort::Thorough).then(HashMap::new),
            joins_equal_actions: false,
            list: "actions",
            effort,
            is_wanted,
            problems: Vec::new(),
            notes: Vec::new(),
            about: About::default(),
            open_list: false,
            any_id: false,
            deferred: None,
        }
    }

    pub fn source(&self) -> &Arc<String> {
        self.rows.source()
    }

    pub fn effort(&self) -> Effort {
        self.effort
    }

    /// The byte of the source at which a piece of it begins.
    pub fn offset_of(&self, piece: &str) -> usize {
        self.rows.offset_of(piece)
    }

    /// From now on an action that says again what an earlier one says counts once.
    pub fn join_equal_actions(&mut self) {
        self.known.get_or_insert_default();
        self.joins_equal_actions = true;
    }

    /// What all ids begin with, so far.
    pub fn common_key(&self) -> Option<String> {
        self.key.get().map(str::to_owned)
    }

    /// The path of the action that comes next, with a key of it unless that is empty.
    pub fn field(&self, key: &str) -> String {
        let dot = if key.is_empty() { "" } else { "." };
        format!("{}[{}]{dot}{key}", self.list, self.rows.len())
    }

    pub fn report(&mut self, offset: usize, fault: CatalogFault) -> Result<(), Stop> {
        match self.effort {
            Effort::Quick => Err(Stop),
            Effort::Thorough => {
                self.problems.push((offset, fault));
                Ok(())
            }
        }
    }

    /// Whether ids may hold white space and separators is known only at the end.
    pub fn defer_ids(&mut self) {
        self.deferred = Some(Vec::new());
    }

    /// Now it is known.
    pub fn settle_ids(&mut self, any_id: bool) -> Result<(), Stop> {
        let deferred = self.deferred.take().unwrap_or_default();
        let wrong = deferred.into_iter().filter(|_| !any_id);
        wrong.into_iter().try_for_each(|(offset, fault)| self.report(offset, fault))
    }

    /// Reports what a check has found, if anything.
    pub fn check(&mut self, offset: usize, checked: Result<(), CatalogFault>) -> Result<(), Stop> {
        checked.or_else(|fault| self.report(offset, fault))
    }

    /// Notes cost their time only where they are asked for.
    pub fn note(&mut self, offset: usize, note: impl FnOnce(&Self) -> CatalogNote) {
        if self.effort == Effort::Thorough {
            let note = note(self);
            self.notes.push((offset, note));
        }
    }

    /// Ends reading if nobody wants the catalog any more.
    fn go_on(&self) -> Result<(), Stop> {
        if (self.is_wanted)() { Ok(()) } else { Err(Stop) }
    }

    /// Gives a scope the next place in the list; says whether it had none.
    pub fn list_scope(&mut self, name: &str) -> bool {
        let scope = self.scope(name);
        let facts = &mut self.facts[scope.position()];
        let new = !facts.listed;
        if new {
            facts.listed = true;
            self.listed.push(scope);
        }
        new
    }

    /// The next scope of the catalog's own list.
    pub fn listed_scope(&mut self, item: usize, name: &str, offset: usize) -> Result<(), Stop> {
        let field = || format!("scopes[{item}]");
        if let Err(fault) = check_token(name, field) {
            return self.report(offset, fault);
        }
        if !self.list_scope(name) {
            let fault = CatalogFault::Repeated { field: field(), value: name.to_owned() };
            return self.report(offset, fault);
        }
        Ok(())
    }

    /// The next scope of the action that is being read.
    pub fn needed_scope(&mut self, item: usize, name: &str, offset: usize) -> Result<(), Stop> {
        if let Err(fault) = check_token(name, || self.field(&format!("scopes[{item}]"))) {
            return self.report(offset, fault);
        }
        let scope = self.scope(name);
        let row = self.rows.len();
        let facts = &mut self.facts[scope.position()];
        facts.needed.get_or_insert((row, offset));
        if facts.last_row == row + 1 {
            self.note(offset, |builder| CatalogNote::RepeatedScope {
                field: builder.field(&format!("scopes[{item}]")),
                scope: name.to_owned(),
            });
        } else {
            facts.last_row = row + 1;
            self.pending.push(scope);
        }
        Ok(())
    }

    /// Ends the action whose scopes have come. The id and the label stand at these bytes; one that
    /// is missing has been reported.
    pub fn end_action(
        &mut self,
        id: Option<(Text, usize)>,
        label: Option<(Text, usize)>,
    ) -> Result<(), Stop> {
        if self.rows.len().is_multiple_of(STEP) {
            self.go_on()?;
        }
        let missing = || (Text(Cow::Borrowed("")), 0);
        if let Some((Text(id), offset)) = &id {
            let field = || self.field("id");
            let is_any = self.any_id || self.deferred.is_some();
            let as_token = check_token(id, field);
            let checked = if is_any { check_operation_id(id, field) } else { as_token.clone() };
            if let (Some(deferred), Ok(()), Err(fault)) = (&mut self.deferred, &checked, as_token) {
                deferred.push((*offset, fault));
            }
            self.check(*offset, checked)?;
        }
        if let Some((Text(label), offset)) = &label
            && label.trim_start().is_empty()
        {
            self.report(*offset, CatalogFault::Empty { field: self.field("label") })?;
        }
        let ((Text(id), offset), (Text(label), _)) =
            (id.unwrap_or_else(missing), label.unwrap_or_else(missing));
        let scopes = self.scopes.set(&self.pending);
        self.pending.clear();
        if let Some(&earlier) = self.known.as_ref().and_then(|rows| rows.get(&*id)) {
            if self.joins_equal_actions
                && self.rows.label(earlier) == label
                && self.rows.scopes(earlier) == scopes
            {
                return Ok(());
            }
            let (field, value) = (self.field("id"), id.clone().into_owned());
            self.report(offset, CatalogFault::Repeated { field, value })?;
        }
        if let Some(rows) = self.known.as_mut().filter(|_| !id.is_empty()) {
            rows.entry(id.clone().into_owned()).or_insert(self.rows.len());
        }
        self.key.add(&id);
        self.ids.push(&id);
        self.rows.push(id, label, scopes);
        Ok(())
    }

    /// The catalog, if there is no problem with it.
    pub fn finish(mut self) -> Finished {
        let places = self.scope_places();
        let is_sound = self.problems.is_empty() && self.ids.sort(&self.rows);
        let catalog = match places {
            Ok(places) if is_sound => Some(self.catalog(&places)),
            Ok(_) | Err(Stop) => None,
        };
        Finished { catalog, problems: self.problems, notes: self.notes }
    }

    fn catalog(&mut self, places: &[ScopeIndex]) -> Catalog {
        let (names, mut sets) = std::mem::take(&mut self.scopes).into_parts();
        sets.replace(places);
        let mut ordered = vec![String::new(); names.len()];
        for (name, place) in names.into_iter().zip(places) {
            ordered[place.position()] = name;
        }
        let About { connector, page, hint } = std::mem::take(&mut self.about);
        let connector = connector.unwrap_or_else(|| {
            let key = self.common_key();
            Connector { name: key.clone().unwrap_or(hint), key, ..Connector::default() }
        });
        Catalog {
            connector,
            page,
            form: self.listed.len(),
            scopes: ordered,
            scope_prefix: OnceLock::new(),
            sets,
            rows: std::mem::take(&mut self.rows),
            ids: std::mem::take(&mut self.ids),
            guide: None,
            reference: None,
        }
    }

    fn scope(&mut self, name: &str) -> ScopeIndex {
        let (scope, new) = self.scopes.name(name);
        if new {
            self.facts.push(ScopeFacts::default());
        }
        scope
    }

    /// Each scope's place in the answer: the listed ones first, then in the order of first need.
    fn scope_places(&mut self) -> Result<Vec<ScopeIndex>, Stop> {
        let mut places = vec![None; self.facts.len()];
        for (place, scope) in self.listed.iter().enumerate() {
            places[scope.position()] = Some(ScopeIndex::from_position(place));
        }
        let mut next = self.listed.len();
        let mut found = Vec::with_capacity(places.len());
        for (scope, place) in places.into_iter().enumerate() {
            found.push(place.unwrap_or_else(|| {
                next += 1;
                ScopeIndex::from_position(next - 1)
            }));
            if let (None, false, Some((row, offset))) =
                (place, self.open_list, self.facts[scope].needed)
            {
                let action = if row < self.rows.len() { self.rows.id(row) } else { "" }.to_owned();
                let scope = self.scopes.names()[scope].clone();
                self.report(offset, CatalogFault::UnknownScope { action, scope })?;
            }
        }
        Ok(found)
    }
}
