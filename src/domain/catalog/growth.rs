use super::{Catalog, Part};

/// How far reading a catalog has come.
#[derive(Clone, Debug)]
pub struct Growth {
    /// Bytes of the text that are read, of so many.
    pub read: usize,
    pub total: usize,
    /// How many actions there are by now.
    pub actions: usize,
    /// The catalog so far, usable as it is: the places of actions and scopes in it are those of the
    /// whole catalog too. It comes with the first 4096 actions and then now and then, the less often
    /// the more there is to copy; what only the whole tells, such as repeated ids, is not checked
    /// yet.
    pub catalog: Option<Catalog>,
}

/// A piece of work that can be done on another thread.
pub type Task = Box<dyn FnOnce() -> Option<Part> + Send>;

/// Waits for what came of a [`Task`]; nothing where it could not be done.
pub type Wait = Box<dyn FnOnce() -> Option<Part>>;

/// Begins a [`Task`] beside the caller.
pub type Beside<'a> = &'a dyn Fn(Task) -> Wait;
