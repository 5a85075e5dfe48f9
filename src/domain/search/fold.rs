use std::borrow::Cow;

/// Whether a difference of case is a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Counts,
    Ignored,
}

/// `text` in a form in which ASCII is all that is left to be folded, because the matcher folds
/// only that. One character stays one character, so that positions hold.
pub(super) fn foldable(text: &str, case: Case) -> Cow<'_, str> {
    if case == Case::Counts || text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(folded).collect())
    }
}

/// Writes `foldable(text, case)` over `into`, which then needs no new memory a text.
pub(super) fn fold_into(text: &str, case: Case, into: &mut String) {
    into.clear();
    match case {
        Case::Counts => into.push_str(text),
        Case::Ignored => into.extend(text.chars().map(folded)),
    }
}

/// ASCII stays as it is, and so does what would become several characters.
pub(super) fn folded(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (c.is_ascii(), lower.next(), lower.next()) {
        (false, Some(single), None) => single,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_where_case_is_ignored_are_characters_folded() {
        for (case, folded) in [(Case::Ignored, "été Deal"), (Case::Counts, "Été Deal")] {
            assert_eq!(foldable("Été Deal", case), folded);
            let mut into = "left of before".to_owned();
            fold_into("Été Deal", case, &mut into);
            assert_eq!(into, folded);
        }
    }
}
