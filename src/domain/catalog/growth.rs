use super::Catalog;

/// How far reading a catalog has come.
#[derive(Clone, Debug)]
pub struct Growth {
    /// About how many bytes of the text are read, of so many. It never falls.
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
