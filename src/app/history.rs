use crate::domain::{ActionIndex, Selection};

/// The changes of the selection, to be undone and redone.
///
/// A change is the actions that it flipped. Flipping them again takes it back, so one list serves
/// both directions, and a change of one action costs one entry however large the catalog is.
#[derive(Clone, Debug, Default)]
pub struct History {
    changes: Vec<Vec<ActionIndex>>,
    /// How many of them stand; those after it were undone.
    done: usize,
}

impl History {
    /// Flips these actions; nothing happens, and nothing is to be undone, where there are none.
    pub fn flip(&mut self, selection: &mut Selection, actions: Vec<ActionIndex>) {
        if actions.is_empty() {
            return;
        }
        flip_all(selection, &actions);
        self.changes.truncate(self.done);
        self.changes.push(actions);
        self.done += 1;
    }

    /// The actions that flipped back; `None` if there is nothing left to undo.
    pub fn undo(&mut self, selection: &mut Selection) -> Option<Vec<ActionIndex>> {
        self.done = self.done.checked_sub(1)?;
        let change = self.changes.get(self.done)?.clone();
        flip_all(selection, &change);
        Some(change)
    }

    /// The actions that flipped again; `None` if there is nothing left to redo.
    pub fn redo(&mut self, selection: &mut Selection) -> Option<Vec<ActionIndex>> {
        let change = self.changes.get(self.done)?.clone();
        self.done += 1;
        flip_all(selection, &change);
        Some(change)
    }
}

fn flip_all(selection: &mut Selection, actions: &[ActionIndex]) {
    for &action in actions {
        selection.flip(action);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn actions(positions: &[usize]) -> Vec<ActionIndex> {
        positions.iter().copied().map(ActionIndex::from_position).collect()
    }

    #[test]
    fn a_new_change_ends_what_could_be_redone() {
        let (mut history, mut selection) = (History::default(), Selection::new());
        history.flip(&mut selection, actions(&[1]));
        history.undo(&mut selection);
        history.flip(&mut selection, actions(&[2]));
        assert_eq!(history.redo(&mut selection), None);
        assert_eq!(selection, actions(&[2]).into_iter().collect());
    }

    #[test]
    fn a_change_of_nothing_is_not_a_step() {
        let (mut history, mut selection) = (History::default(), Selection::new());
        history.flip(&mut selection, actions(&[1]));
        history.flip(&mut selection, vec![]);
        history.undo(&mut selection);
        assert!(selection.is_empty());
    }

    proptest! {
        #[test]
        fn undoing_everything_and_redoing_it_is_identity(
            changes in prop::collection::vec(prop::collection::hash_set(0_usize..121, 1..9), 0..12)
        ) {
            let (mut history, mut selection) = (History::default(), Selection::new());
            let mut states = vec![selection.clone()];
            for change in &changes {
                history.flip(&mut selection, change.iter().copied().map(ActionIndex::from_position).collect());
                states.push(selection.clone());
            }
            for state in states.iter().rev().skip(1) {
                prop_assert!(history.undo(&mut selection).is_some());
                prop_assert_eq!(&selection, state);
            }
            prop_assert!(history.undo(&mut selection).is_none());
            for state in states.iter().skip(1) {
                prop_assert!(history.redo(&mut selection).is_some());
                prop_assert_eq!(&selection, state);
            }
        }
    }
}
