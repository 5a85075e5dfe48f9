mod part;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::common_key::CommonKey;
use super::id_index::IdIndex;
use super::rows::{Rows, Span};
use super::scope_sets::ScopeTable;
use super::token::check_token;
use super::{Catalog, CatalogFault, CatalogNote, Connector, Growth, Page, ScopeIndex};
use crate::domain::Index;

pub use part::Part;

/// Actions between two reports of progress.
const STEP: usize = 65_536;
/// Actions at which the first copy is handed out.
const FIRST: usize = 4096;

/// Takes in what a catalog's text says, piece by piece, whatever the form of the text.
pub(super) struct Reader<'r> {
    rows: Rows,
    scopes: ScopeTable,
    /// The scopes that have a place of their own choosing, in that order; the others follow.
    listed: Vec<ScopeIndex>,
    /// What is known of each scope, in the order of the table.
    facts: Vec<ScopeFacts>,
    /// The scopes of the action that is being read.
    pending: Vec<ScopeIndex>,
    key: CommonKey,
    ids: IdIndex,
    /// The row of each id, where an action may come twice.
    joined: Option<HashMap<String, usize>>,
    /// The byte of the source behind the last text that was read.
    cursor: usize,
    place: FieldPath,
    /// What the list of actions is called.
    actions: &'static str,
    problems: Vec<(usize, CatalogFault)>,
    notes: Vec<(usize, CatalogNote)>,
    effort: Effort,
    watch: Option<Watch<'r>>,
    stopped: bool,
    /// Actions at which a copy is handed out next.
    pub next_copy: usize,
    /// How many read this source at the same time, as fast as each other.
    pub readers: usize,
    /// The most bytes that `watch` was told of.
    pub told: usize,
    /// Whether an action has begun that has not ended.
    in_action: bool,
    /// What the catalog is about, as soon as that is known.
    pub about: Option<About>,
    /// Whether an action may need a scope that is not listed.
    pub open_list: bool,
}

/// Is told how far it is, and may stop it.
pub(super) type Watch<'r> = &'r mut dyn FnMut(Growth) -> ControlFlow<()>;

/// How much of a broken catalog is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    UpToTheFirstProblem,
    EveryProblem,
}

/// What a catalog says about itself.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// None where only the ids tell it.
    pub connector: Option<Connector>,
    pub page: Option<Page>,
    /// What stands for a name where there is none.
    pub hint: String,
}

/// A text, and the byte of the source at which it begins.
pub(super) struct Said<'t> {
    pub text: Cow<'t, str>,
    pub offset: usize,
}

/// Reading is over: a problem is reported, or nobody wants the catalog any more.
#[derive(Debug)]
pub(super) struct Halt;

#[derive(Default)]
struct FieldPath {
    /// None between two keys of a catalog.
    list: Option<&'static str>,
    key: &'static str,
    item: Option<usize>,
}

#[derive(Clone, Copy, Default)]
struct ScopeFacts {
    listed: bool,
    /// The first row that needs it, and where it says so.
    needed: Option<(usize, usize)>,
    /// The last row that needs it, counted from 1.
    last_row: usize,
}

impl<'r> Reader<'r> {
    pub fn new(source: Arc<String>, effort: Effort, watch: Option<Watch<'r>>) -> Self {
        Self {
            rows: Rows::of(source),
            scopes: ScopeTable::default(),
            listed: Vec::new(),
            facts: Vec::new(),
            pending: Vec::new(),
            key: CommonKey::default(),
            ids: IdIndex::default(),
            joined: None,
            cursor: 0,
            place: FieldPath::default(),
            actions: "actions",
            problems: Vec::new(),
            notes: Vec::new(),
            effort,
            watch,
            stopped: false,
            next_copy: FIRST,
            readers: 1,
            told: 0,
            in_action: false,
            about: None,
            open_list: false,
        }
    }

    pub fn source(&self) -> &Arc<String> {
        self.rows.source()
    }

    /// From now on an action that says again what an earlier one said counts once.
    pub fn join_equal_actions(&mut self) {
        self.joined = Some(HashMap::new());
    }

    /// Where a text of the source stands that was read as it is.
    pub fn borrowed<'t>(&mut self, text: &'t str) -> Said<'t> {
        let offset = (text.as_ptr() as usize).wrapping_sub(self.source().as_ptr() as usize);
        self.cursor = offset + text.len();
        Said { text: Cow::Borrowed(text), offset }
    }

    /// Where a text of the source stands that was read escaped: it is the next one.
    pub fn decoded<'t>(&mut self, text: &str) -> Said<'t> {
        let source = Arc::clone(self.source());
        let source = source.as_bytes();
        let skip = |from: usize, stop: &dyn Fn(u8) -> bool| {
            let rest = source.get(from..).unwrap_or_default();
            from + rest.iter().position(|&byte| stop(byte)).unwrap_or(rest.len())
        };
        let offset = skip(self.cursor + usize::from(self.cursor > 0), &|byte| byte == b'"') + 1;
        let mut end = skip(offset, &|byte| byte == b'"' || byte == b'\\');
        while source.get(end) == Some(&b'\\') {
            end = skip(end + 2, &|byte| byte == b'"' || byte == b'\\');
        }
        self.cursor = end;
        Said { text: Cow::Owned(text.to_owned()), offset: offset.min(source.len()) }
    }

    pub fn skip_to(&mut self, offset: usize) {
        self.cursor = offset;
    }

    /// What is read next belongs to this list, such as `actions`.
    pub fn enter_list(&mut self, list: &'static str) {
        self.place = FieldPath { list: Some(list), ..FieldPath::default() };
    }

    /// The actions come next, in a list of this name; empty where it has none.
    pub fn enter_actions(&mut self, list: &'static str) {
        self.actions = list;
        self.enter_list(list);
    }

    pub fn leave_list(&mut self) {
        self.place = FieldPath::default();
    }

    /// What is read next belongs to this key of an action; empty between two keys.
    pub fn enter_key(&mut self, key: &'static str) {
        self.place.key = key;
        self.place.item = None;
    }

    /// What is read next is this item of a list of scopes.
    pub fn enter_item(&mut self, item: usize) {
        self.place.item = Some(item);
    }

    /// The path of what is being read.
    pub fn field(&self) -> String {
        let FieldPath { list, key, item } = &self.place;
        let item = item.map_or(String::new(), |item| format!("[{item}]"));
        match *list {
            None => String::new(),
            Some(list @ ("scopes" | "connector" | "page" | "guide")) => format!("{list}{item}"),
            Some(list) => {
                let key = if key.is_empty() { String::new() } else { format!(".{key}") };
                format!("{list}[{}]{key}{item}", self.rows.len())
            }
        }
    }

    /// What all ids begin with, so far.
    pub fn common_key(&self) -> Option<String> {
        self.key.get().map(str::to_owned)
    }

    pub fn report(&mut self, offset: usize, fault: CatalogFault) -> Result<(), Halt> {
        self.problems.push((offset, fault));
        match self.effort {
            Effort::UpToTheFirstProblem => Err(Halt),
            Effort::EveryProblem => Ok(()),
        }
    }

    pub fn note(&mut self, offset: usize, note: CatalogNote) {
        if self.effort == Effort::EveryProblem {
            self.notes.push((offset, note));
        }
    }

    /// The text cannot be read on from here, for this reason.
    pub fn break_off(&mut self, offset: usize, reason: String) {
        let fault = CatalogFault::Malformed { field: self.field(), reason };
        self.problems.push((offset, fault));
        // What was not read may have listed the scope that an action needs.
        self.open_list = true;
    }

    pub fn into_watch(self) -> Option<Watch<'r>> {
        self.watch
    }

    /// How many there are by now.
    pub fn actions(&self) -> usize {
        self.rows.len()
    }

    /// Whether reading was broken off for a reason that is told already.
    pub fn has_told_why(&self) -> bool {
        self.stopped || (self.effort == Effort::UpToTheFirstProblem && !self.problems.is_empty())
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
    pub fn listed_scope(&mut self, said: Said) -> Result<(), Halt> {
        if let Err(fault) = check_token(&said.text, || self.field()) {
            return self.report(said.offset, fault);
        }
        if !self.list_scope(&said.text) {
            let field = self.field();
            let value = said.text.into_owned();
            return self.report(said.offset, CatalogFault::Repeated { field, value });
        }
        Ok(())
    }

    pub fn begin_action(&mut self) {
        self.in_action = true;
        self.pending.clear();
        self.enter_key("");
    }

    /// The next scope of the action that is being read.
    pub fn needed_scope(&mut self, said: Said) -> Result<(), Halt> {
        if let Err(fault) = check_token(&said.text, || self.field()) {
            return self.report(said.offset, fault);
        }
        let scope = self.scope(&said.text);
        let row = self.rows.len();
        let facts = &mut self.facts[scope.position()];
        facts.needed.get_or_insert((row, said.offset));
        if facts.last_row == row + 1 {
            let (field, scope) = (self.field(), said.text.into_owned());
            self.note(said.offset, CatalogNote::RepeatedScope { field, scope });
        } else {
            facts.last_row = row + 1;
            self.pending.push(scope);
        }
        Ok(())
    }

    /// Whether the list of actions goes on, and the next one has not begun.
    pub fn is_between_actions(&self) -> bool {
        self.place.list == Some(self.actions) && !self.in_action
    }

    /// Ends the action that is being read.
    pub fn end_action(&mut self, id: Said, label: Said) -> Result<(), Halt> {
        self.in_action = false;
        self.enter_key("id");
        if let Err(fault) = check_token(&id.text, || self.field()) {
            self.report(id.offset, fault)?;
        }
        self.enter_key("label");
        if label.text.trim_start().is_empty() {
            let field = self.field();
            self.report(label.offset, CatalogFault::Empty { field })?;
        }
        self.enter_key("");
        let scopes = self.scopes.set(&self.pending);
        let known = self.joined.as_ref().and_then(|rows| rows.get(&*id.text));
        if let Some(&known) = known {
            if self.rows.label(known) == label.text && self.rows.scopes(known) == scopes {
                return Ok(());
            }
            let field = format!("{}.id", self.field());
            let value = id.text.into_owned();
            return self.report(id.offset, CatalogFault::Repeated { field, value });
        }
        self.key.add(&id.text);
        self.ids.push(&id.text);
        if let Some(rows) = &mut self.joined {
            rows.insert(id.text.as_ref().to_owned(), self.rows.len());
        }
        let (id, label) = (self.keep(id), self.keep(label));
        if self.rows.push(id, label, scopes) { self.grown() } else { Ok(()) }
    }

    /// The catalog, where nothing is wrong with it. With it, everything that is wrong and
    /// everything that may be, with places in the source.
    pub fn finish(mut self) -> Finished {
        let Some(about) = self.about.take().filter(|_| !self.has_told_why()) else {
            return self.finished(None);
        };
        let places = self.scope_places();
        self.tell_repeated();
        if !self.problems.is_empty() {
            return self.finished(None);
        }
        let connector = self.connector(&about);
        let (names, mut sets) = std::mem::take(&mut self.scopes).into_parts();
        sets.replace(&places);
        let mut ordered = vec![String::new(); names.len()];
        for (name, place) in names.into_iter().zip(&places) {
            ordered[place.position()] = name;
        }
        let catalog = Catalog {
            connector,
            page: about.page,
            form: self.listed.len(),
            scopes: ordered,
            sets,
            rows: std::mem::take(&mut self.rows),
            ids: Some(Arc::new(std::mem::take(&mut self.ids))),
            guide: None,
            reference: None,
        };
        self.finished(Some(catalog))
    }

    fn finished(self, catalog: Option<Catalog>) -> Finished {
        Finished { catalog, problems: self.problems, notes: self.notes }
    }

    fn scope(&mut self, name: &str) -> ScopeIndex {
        let (scope, new) = self.scopes.name(name);
        if new {
            self.facts.push(ScopeFacts::default());
        }
        scope
    }

    fn keep(&mut self, said: Said) -> Span {
        match said.text {
            Cow::Borrowed(text) => Rows::borrowed(said.offset..said.offset + text.len()),
            Cow::Owned(text) => self.rows.decoded(&text),
        }
    }

    /// Each scope's place in the answer: the listed ones first, then in the order of first need.
    fn scope_places(&mut self) -> Vec<ScopeIndex> {
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
            if place.is_none() && !self.open_list {
                self.tell_unlisted(scope);
            }
        }
        found
    }

    fn tell_unlisted(&mut self, scope: usize) {
        if let Some((row, offset)) = self.facts[scope].needed {
            let action = if row < self.rows.len() { self.rows.id(row) } else { "" }.to_owned();
            let scope = self.scopes.names()[scope].clone();
            self.problems.push((offset, CatalogFault::UnknownScope { action, scope }));
        }
    }

    fn tell_repeated(&mut self) {
        for row in self.ids.sort(&self.rows) {
            let field = format!("{}[{row}].id", self.actions);
            let fault = CatalogFault::Repeated { field, value: self.rows.id(row).to_owned() };
            self.problems.push((self.rows.place(row), fault));
        }
    }

    fn connector(&self, about: &About) -> Connector {
        about.connector.clone().unwrap_or_else(|| {
            let key = self.common_key();
            let name = key.clone().unwrap_or_else(|| about.hint.clone());
            Connector { key, name, ..Connector::default() }
        })
    }

    fn grown(&mut self) -> Result<(), Halt> {
        let actions = self.rows.len();
        let copy = actions >= self.next_copy;
        if !copy && !actions.is_multiple_of(STEP) {
            return Ok(());
        }
        if copy {
            // A copy shares the rows, but has names and lists of scopes of its own.
            let own = self.scopes.names().len() + self.scopes.sets().len();
            self.next_copy = if own <= FIRST { actions + STEP } else { actions * 2 };
        }
        let catalog = if copy { self.copy() } else { None };
        self.tell(catalog)
    }

    /// Hands out a copy of all that there is.
    pub fn tell_all(&mut self) -> Result<(), Halt> {
        let catalog = self.copy();
        self.tell(catalog)
    }

    fn tell(&mut self, catalog: Option<Catalog>) -> Result<(), Halt> {
        let total = self.source().len();
        self.told = self.told.max(total.min(self.cursor.saturating_mul(self.readers)));
        let growth = Growth { read: self.told, total, actions: self.rows.len(), catalog };
        match self.watch.as_mut().map(|watch| watch(growth)) {
            None | Some(ControlFlow::Continue(())) => Ok(()),
            Some(ControlFlow::Break(())) => {
                self.stopped = true;
                self.problems.push((self.cursor, CatalogFault::Stopped));
                Err(Halt)
            }
        }
    }

    /// The catalog so far; none before it is known what it is about and where scopes go.
    fn copy(&self) -> Option<Catalog> {
        self.watch.as_ref()?;
        let about = self.about.as_ref()?;
        let is_last = |(place, scope): (usize, &ScopeIndex)| scope.position() == place;
        if !self.listed.iter().enumerate().all(is_last) {
            return None;
        }
        if !self.open_list && self.listed.len() < self.scopes.names().len() {
            return None;
        }
        Some(Catalog {
            connector: self.connector(about),
            page: about.page.clone(),
            form: self.listed.len(),
            scopes: self.scopes.names().to_vec(),
            sets: self.scopes.sets().clone(),
            rows: self.rows.clone(),
            ids: None,
            guide: None,
            reference: None,
        })
    }
}

/// What came of reading, with places in the source.
pub(super) struct Finished {
    pub catalog: Option<Catalog>,
    pub problems: Vec<(usize, CatalogFault)>,
    pub notes: Vec<(usize, CatalogNote)>,
}

impl Catalog {
    /// The names that stand in the list of scopes, with their places.
    pub(super) fn listed_scopes(&self) -> HashMap<&str, ScopeIndex> {
        let names = self.scopes.iter().enumerate();
        names.map(|(place, name)| (name.as_str(), ScopeIndex::from_position(place))).collect()
    }
}
