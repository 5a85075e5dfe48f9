use fixedbitset::FixedBitSet;

use crate::domain::CallKind;

/// The clauses that a set of scopes has to meet, and the calls that it should not unlock. It knows
/// no provider: scopes are their positions in the catalog.
pub(super) struct Problem {
    /// Of each of these, the set has at least one scope. None is empty. They come in any order,
    /// their scopes in ascending order, each once.
    pub clauses: Vec<Vec<usize>>,
    /// All calls that depend on the choice, and maybe others.
    pub kinds: Vec<CallKind>,
    /// The scopes that are in every set.
    pub chosen: FixedBitSet,
}
