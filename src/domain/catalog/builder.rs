use hashbrown::{DefaultHashBuilder, HashMap};
use indexmap::{IndexMap, IndexSet};

use super::actions::{ActionFile, Actions};
use super::position::in_order;
use super::token::{check_operation_id, check_token};
use super::{Catalog, CatalogError, CatalogFault, CatalogNote, Connector, Findings, Page, Text};
use crate::domain::guide::Guide;
use crate::domain::{Reference, ScopeIndex, SetIndex};

/// Actions after which the builder asks whether the catalog is still wanted.
const STEP: usize = 1024;

/// Collects what a catalog of any form says, and checks it against the rules of a catalog.
#[derive(Default)]
pub(super) struct Builder<'r> {
    pub source: &'r str,
    /// `None` if the catalog is wanted in any case.
    is_wanted: Option<IsWanted<'r>>,
    pub actions: Actions,
    /// Where the id of each action stands. A quick reading has none.
    id_offsets: Vec<usize>,
    /// By name: those of the catalog's own list, then the others in the order of first need.
    scopes: IndexMap<String, Scope, DefaultHashBuilder>,
    sets: IndexSet<Vec<ScopeIndex>, DefaultHashBuilder>,
    /// How many scopes stand in the catalog's own list.
    listed: usize,
    /// The scopes of the action that is being read.
    pending: Vec<ScopeIndex>,
    problems: Vec<(usize, CatalogFault)>,
    notes: Vec<(usize, CatalogNote)>,
    /// `None` if only the ids tell it.
    pub connector: Option<Connector>,
    pub page: Option<Page>,
    /// With its place. It names scopes, and is looked at when all of these are known.
    pub guide: Option<(usize, Guide)>,
    /// Its text, a piece of the source, for the same reason.
    pub reference: Option<&'r str>,
    /// The connector's name if nothing else tells it.
    hint: String,
    /// Whether places and notes do not matter, because a catalog with problems is read again.
    pub quick: bool,
    /// The name of the list of actions. Empty if it has none.
    pub list: &'static str,
    /// The first row of each id, if an action that repeats an earlier one exactly counts once.
    pub known: Option<HashMap<String, usize>>,
    /// Whether an action may need a scope that is not listed.
    pub open_list: bool,
    /// Whether an action may have keys that mean nothing here.
    pub lenient: bool,
    /// Whether an id may hold white space and separators.
    pub any_id: bool,
}

/// Whether anybody still waits for the catalog.
pub(super) type IsWanted<'r> = &'r dyn Fn() -> bool;

/// Nobody waits for the catalog any more.
#[derive(Debug)]
pub(super) struct Stop;

#[derive(Clone, Copy, Default)]
struct Scope {
    /// The first action that needs it, and where the action names it, unless it is listed.
    needed: (usize, usize),
    /// Whether the action that is being read has named it.
    pending: bool,
}

impl<'r> Builder<'r> {
    /// `hint` stands for the connector's name if nothing tells it. A `quick` reading has no places and
    /// no notes: a catalog with problems is read again.
    pub fn new(source: &'r str, hint: &str, quick: bool, is_wanted: IsWanted<'r>) -> Self {
        let (hint, is_wanted) = (hint.to_owned(), Some(is_wanted));
        Self { source, hint, quick, is_wanted, list: "actions", ..Self::default() }
    }

    /// The byte of the source at which a piece of it begins.
    pub fn offset_of(&self, piece: &str) -> usize {
        (piece.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize)
    }

    /// The catalog of these actions, whose ids and scopes keep the rules of one, with these scopes
    /// before those that only actions name.
    pub fn assemble<'a>(
        connector: Connector,
        scopes: impl Iterator<Item = &'a str>,
        actions: impl Iterator<Item = ActionFile<'a>>,
    ) -> Catalog {
        let mut builder = Self { open_list: true, any_id: true, ..Self::default() };
        builder.connector = Some(connector);
        for scope in scopes {
            builder.list_scope(scope);
        }
        for action in actions {
            builder.add_action(&action);
        }
        builder.finish("", |offset| offset).catalog.unwrap_or_default()
    }

    /// Asks now and then, before an action, whether the catalog is still wanted.
    pub fn go_on(&self) -> Result<(), Stop> {
        let is_unwanted = || self.is_wanted.is_some_and(|is_wanted| !is_wanted());
        if self.actions.len().is_multiple_of(STEP) && is_unwanted() { Err(Stop) } else { Ok(()) }
    }

    /// The path of the next action, with one of its keys unless that is empty.
    pub fn field(&self, key: &str) -> String {
        self.field_of(self.actions.len(), key)
    }

    fn field_of(&self, action: usize, key: &str) -> String {
        let dot = if key.is_empty() { "" } else { "." };
        format!("{}[{action}]{dot}{key}", self.list)
    }

    pub fn report(&mut self, offset: usize, fault: CatalogFault) {
        self.problems.push((offset, fault));
    }

    pub fn note(&mut self, offset: usize, note: CatalogNote) {
        self.notes.push((offset, note));
    }

    /// Reports what a check found. Returns whether it found nothing.
    pub fn check(&mut self, offset: usize, checked: Result<(), CatalogFault>) -> bool {
        checked.map_err(|fault| self.report(offset, fault)).is_ok()
    }

    /// Gives a scope the next place in the list, before any action is read. Returns whether it had none.
    pub fn list_scope(&mut self, name: &str) -> bool {
        let is_new = self.scopes.insert(name.to_owned(), Scope::default()).is_none();
        self.listed += usize::from(is_new);
        is_new
    }

    /// The next scope of the catalog's own list.
    pub fn listed_scope(&mut self, item: usize, name: &str, offset: usize) {
        let field = || format!("scopes[{item}]");
        if self.check(offset, check_token(name, field)) && !self.list_scope(name) {
            let value = name.to_owned();
            self.report(offset, CatalogFault::Repeated { field: field(), value });
        }
    }

    /// The next scope of the action that is being read.
    pub fn needed_scope(&mut self, item: usize, name: &str, offset: usize) {
        let known = self.scopes.get_index_of(name);
        // What has a place is a token.
        if known.is_none() {
            let checked = check_token(name, || self.field(&format!("scopes[{item}]")));
            if !self.check(offset, checked) {
                return;
            }
        }
        let new = Scope { needed: (self.actions.len(), offset), pending: false };
        let scope = known.unwrap_or_else(|| self.scopes.insert_full(name.to_owned(), new).0);
        if std::mem::replace(&mut self.scopes[scope].pending, true) {
            let field = self.field(&format!("scopes[{item}]"));
            self.note(offset, CatalogNote::RepeatedScope { field, scope: name.to_owned() });
        } else {
            self.pending.push(ScopeIndex::from_position(scope));
        }
    }

    /// Takes in a whole action, without the places of its texts.
    pub fn add_action(&mut self, ActionFile { id, label, scopes }: &ActionFile) {
        for (item, Text(scope)) in scopes.iter().enumerate() {
            self.needed_scope(item, scope, 0);
        }
        self.end_action(Some((&id.0, 0)), Some((&label.0, 0)));
    }

    /// Ends the action whose scopes were read. The id and the label come with their places; one
    /// that is missing has been reported.
    pub fn end_action(&mut self, id: Option<(&str, usize)>, label: Option<(&str, usize)>) {
        if let Some((id, offset)) = id {
            let field = || self.field("id");
            let any_id = self.any_id;
            let checked =
                if any_id { check_operation_id(id, field) } else { check_token(id, field) };
            self.check(offset, checked);
        }
        if let Some((label, offset)) = label
            && label.trim_start().is_empty()
        {
            self.report(offset, CatalogFault::Empty { field: self.field("label") });
        }
        let ((id, offset), (label, _)) = (id.unwrap_or_default(), label.unwrap_or_default());
        let set = self.sets.get_index_of(self.pending.as_slice());
        let set = set.unwrap_or_else(|| self.sets.insert_full(self.pending.clone()).0);
        let scopes = SetIndex::from_position(set);
        for scope in self.pending.drain(..) {
            self.scopes[scope.position()].pending = false;
        }
        let row = self.actions.len();
        if let Some(known) = self.known.as_mut().filter(|_| !id.is_empty()) {
            let earlier = *known.entry_ref(id).or_insert(row);
            let other = || (self.actions.label(earlier), self.actions.scopes(earlier));
            if earlier < row && other() == (label, scopes) {
                return;
            }
        }
        self.actions.push(id, label, scopes);
        if !self.quick {
            self.id_offsets.push(offset);
        }
    }

    /// The catalog, if there is no problem with it, and all that there is to say about it. `place` gives
    /// the byte of `text`, the text as it was given, for one of the source.
    pub fn finish(mut self, text: &str, place: impl Fn(usize) -> usize) -> Findings {
        for row in self.actions.sort() {
            let value = self.actions.id(row).to_owned();
            // One that is missing has been reported.
            if !value.is_empty() {
                let field = self.field_of(row, "id");
                let offset = self.id_offsets.get(row).copied().unwrap_or_default();
                self.report(offset, CatalogFault::Repeated { field, value });
            }
        }
        let scopes = std::mem::take(&mut self.scopes);
        for (scope, Scope { needed: (action, offset), .. }) in scopes.iter().skip(self.listed) {
            if !self.open_list {
                let (action, scope) = (self.actions.id(*action).to_owned(), scope.clone());
                self.report(*offset, CatalogFault::UnknownScope { action, scope });
            }
        }
        let connector = self.connector.take().unwrap_or_else(|| {
            let key = self.actions.common_key().map(str::to_owned);
            let name = key.clone().unwrap_or(std::mem::take(&mut self.hint));
            Connector { name, key, ..Connector::default() }
        });
        let mut catalog = Catalog {
            connector,
            page: self.page.take(),
            form: self.listed,
            scopes: scopes.into_keys().collect(),
            sets: std::mem::take(&mut self.sets).into_iter().collect(),
            actions: std::mem::take(&mut self.actions),
            ..Catalog::default()
        };
        if self.problems.is_empty() {
            self.add_guide(&mut catalog);
        }
        if self.problems.is_empty() {
            self.add_reference(&mut catalog);
        }
        let catalog = self.problems.is_empty().then_some(catalog);
        let problems = self.problems.into_iter().map(|(offset, fault)| (place(offset), fault));
        let problems = in_order(problems, text).map(|(place, fault)| CatalogError {
            place: (!fault.is_of_whole()).then_some(place),
            fault,
        });
        let notes = self.notes.into_iter().map(|(offset, note)| (place(offset), note));
        let notes = in_order(notes, text).map(|(place, note)| (Some(place), note));
        Findings { catalog, problems: problems.collect(), notes: notes.collect() }
    }

    fn add_guide(&mut self, catalog: &mut Catalog) {
        let Some((offset, mut guide)) = self.guide.take() else { return };
        let scopes = catalog.scope_indices();
        self.problems.extend(guide.check(&scopes).into_iter().map(|fault| (offset, fault)));
        guide.order_scopes(&scopes);
        catalog.guide = Some(guide);
    }

    fn add_reference(&mut self, catalog: &mut Catalog) {
        let Some(json) = self.reference else { return };
        let start = self.offset_of(json);
        match Reference::parse_own(json, catalog) {
            Ok(reference) => {
                reference.notes().for_each(|note| self.note(start, note));
                catalog.reference = Some(reference);
            }
            Err(faults) => {
                faults.into_iter().for_each(|(within, fault)| self.report(start + within, fault));
            }
        }
    }
}
