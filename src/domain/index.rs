/// An action's position in its catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionIndex(u32);

/// A scope's position in its catalog, which is its place in every answer. Scopes that only the
/// reference knows come after the catalog's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeIndex(u32);

/// The place of a list of scopes among the distinct ones of a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetIndex(u32);

macro_rules! index {
    ($($name:ident),+) => {$(
        impl $name {
            pub fn from_position(position: usize) -> Self {
                Self(u32::try_from(position).unwrap_or(u32::MAX))
            }

            pub fn position(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

index!(ActionIndex, ScopeIndex, SetIndex);
