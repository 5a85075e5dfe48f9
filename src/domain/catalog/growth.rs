use super::Catalog;

/// How far reading a catalog has come.
#[derive(Clone, Debug)]
pub struct Growth {
    /// Bytes of the text that are read, of so many.
    pub read: usize,
    pub total: usize,
    /// How many actions there are by now.
    pub actions: usize,
    /// The catalog so far, usable as it is: the places of actions and scopes in it are those of the
    /// whole catalog too. It comes with the first 4096 actions and whenever their number has
    /// doubled; what only the whole tells, such as repeated ids, is not checked yet.
    pub catalog: Option<Catalog>,
}
