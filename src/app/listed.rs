use crate::domain::{ActionIndex, Index};

/// The listed actions, from the first row down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// This many, from the catalog's first on: a list of a million needs no memory for that.
    FirstOf(usize),
    These(Vec<ActionIndex>),
}

impl Default for Listed {
    fn default() -> Self {
        Self::FirstOf(0)
    }
}

impl Listed {
    pub fn len(&self) -> usize {
        match self {
            Self::FirstOf(count) => *count,
            Self::These(actions) => actions.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, row: usize) -> Option<ActionIndex> {
        match self {
            Self::FirstOf(count) => (row < *count).then(|| ActionIndex::from_position(row)),
            Self::These(actions) => actions.get(row).copied(),
        }
    }

    /// The row of an action.
    pub fn position(&self, action: ActionIndex) -> Option<usize> {
        match self {
            Self::FirstOf(count) => Some(action.position()).filter(|row| row < count),
            Self::These(actions) => actions.iter().position(|&listed| listed == action),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = ActionIndex> + '_ {
        (0..self.len()).filter_map(|row| self.get(row))
    }

    pub(super) fn only(&self, wanted: impl Fn(ActionIndex) -> bool) -> Self {
        Self::These(self.iter().filter(|&action| wanted(action)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_the_same_list_answer_alike() {
        let first = Listed::FirstOf(5);
        let these = Listed::These(first.iter().collect());
        for row in 0..7 {
            assert_eq!(first.get(row), these.get(row));
            let action = ActionIndex::from_position(row);
            assert_eq!(first.position(action), these.position(action), "{row}");
        }
        assert_eq!(first.len(), these.len());
    }
}
