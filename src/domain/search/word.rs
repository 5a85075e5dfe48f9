use std::borrow::Cow;

use memchr::memmem::Finder;

use super::fold::{Case, Folded};
use crate::domain::LetterSet;

/// A word of the query.
#[derive(Debug)]
pub(super) struct Word {
    /// Whether matches are excluded.
    pub negated: bool,
    /// Whether only exact text matches, because the word begins with `'`, `^` or `!` or ends in
    /// `$`.
    pub exact: bool,
    at_start: bool,
    at_end: bool,
    pub case: Case,
    pub letters: LetterSet,
    /// If case is ignored, in lower case.
    pub folded: Folded<'static>,
    finder: Finder<'static>,
}

/// An exact occurrence of a word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// The letters from the first to the one behind the last.
    pub start: usize,
    pub end: usize,
    pub begins_word: bool,
}

impl Word {
    /// Reads a word with its marks, as fzf does: `!` and then `'` or `^` in front, `$` at the end.
    /// `None` if nothing is left to search for.
    pub fn new(text: &str) -> Option<Self> {
        let (negated, rest) = stripped(text, |text| text.strip_prefix('!'));
        let (at_end, rest) = stripped(rest, |rest| rest.strip_suffix('$').filter(|_| rest != "$"));
        let (quoted, rest) = stripped(rest, |rest| rest.strip_prefix('\''));
        let (at_start, rest) = stripped(rest, |rest| rest.strip_prefix('^').filter(|_| !quoted));
        if rest.is_empty() {
            return None;
        }
        let case = if rest.contains(char::is_uppercase) { Case::Counts } else { Case::Ignored };
        let mut folded = Folded::new(rest, case).into_owned();
        if case == Case::Ignored {
            folded.bases.to_mut().make_ascii_lowercase();
        }
        Some(Self {
            negated,
            exact: negated || quoted || at_start || at_end,
            at_start,
            at_end,
            case,
            letters: LetterSet::new(&folded.bases),
            finder: Finder::new(folded.bases.as_bytes()).into_owned(),
            folded,
        })
    }

    /// Returns `true` if the text contains the word exactly.
    pub fn is_in(&self, text: &str) -> bool {
        let text = Folded::new(text, self.case);
        self.starts(&text, &self.lower(&text)).next().is_some()
    }

    /// Finds the word in the text: the first place where it begins a word, or else the first place.
    pub fn occurrence(&self, text: &Folded) -> Option<Occurrence> {
        let bases = self.lower(text);
        let mut starts = self.starts(text, &bases);
        let first = starts.next()?;
        let begins_word = |&start: &usize| begins_word(&text.bases, start);
        let best = std::iter::once(first).chain(starts).find(begins_word);
        let start = best.unwrap_or(first);
        Some(Occurrence {
            start: text.letter_at(start),
            end: text.letter_at(start + self.folded.bases.len()),
            begins_word: best.is_some(),
        })
    }

    /// Returns `true` if the letters of the word follow one another in the text, with others
    /// between them.
    pub fn is_subsequence_of(&self, text: &Folded) -> bool {
        self.subsequence(text.letters().enumerate()).all(|letter| letter.is_some())
    }

    /// The letters that do so within one word of the text, the first that has them.
    pub fn subsequence_of_word(&self, text: &Folded) -> Option<Vec<usize>> {
        let letters: Vec<_> = text.letters().enumerate().collect();
        let mut words = letters.split(|(_, (base, _))| !base.is_alphanumeric());
        words.find_map(|word| self.subsequence(word.iter().copied()).collect())
    }

    /// For each letter of the word, the next of these letters of a text that matches it; `None` if there is
    /// no more.
    pub fn subsequence<'t>(
        &self,
        mut letters: impl Iterator<Item = (usize, (char, &'t str))>,
    ) -> impl Iterator<Item = Option<usize>> {
        let same = |wanted: char, found: char| match self.case {
            Case::Counts => wanted == found,
            Case::Ignored => wanted == found.to_ascii_lowercase(),
        };
        self.folded.letters().map(move |(wanted, wanted_marks)| {
            let is_wanted = |&(_, (found, marks)): &(usize, (char, &str))| {
                same(wanted, found) && (wanted_marks.is_empty() || wanted_marks == marks)
            };
            letters.find(is_wanted).map(|(letter, _)| letter)
        })
    }

    /// The bases in the word's case.
    fn lower<'t>(&self, text: &'t Folded) -> Cow<'t, str> {
        match self.case {
            Case::Counts => Cow::Borrowed(&text.bases),
            Case::Ignored => Cow::Owned(text.bases.to_ascii_lowercase()),
        }
    }

    /// The bytes of `bases` at which the word occurs. `bases` are those of `text` in the word's
    /// case.
    fn starts<'s>(&'s self, text: &'s Folded, bases: &'s str) -> impl Iterator<Item = usize> + 's {
        let (word, whole) = (self.folded.bases.len(), bases.len());
        let mut from = if self.at_end { whole.saturating_sub(word) } else { 0 };
        let end = if self.at_start { word } else { whole };
        let starts = std::iter::from_fn(move || {
            let start = from + self.finder.find(bases.as_bytes().get(from..end)?)?;
            // No character that follows a match begins within its first byte.
            from = start + 1;
            Some(start)
        });
        starts.filter(move |&start| text.has_marks_of(&self.folded, start))
    }
}

/// The text without what `strip` takes off, and whether there was something to take.
fn stripped<'t>(text: &'t str, strip: impl Fn(&'t str) -> Option<&'t str>) -> (bool, &'t str) {
    strip(text).map_or((false, text), |rest| (true, rest))
}

/// Returns `true` if a word of the text begins at this byte: `deal` in `List deals` and
/// `listDeals`.
fn begins_word(text: &str, start: usize) -> bool {
    let (before, after) = text.split_at(start);
    match (before.chars().next_back(), after.chars().next()) {
        (Some(before), Some(first)) => {
            !before.is_alphanumeric() || (first.is_uppercase() && !before.is_uppercase())
        }
        _ => true,
    }
}
