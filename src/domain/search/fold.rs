//! One form for all forms of a character: NFC and NFD, full width, the two small sigmas, upper and
//! lower case, a stroke and a mark.

use std::borrow::Cow;
use std::ops::Range;

use caseless::Caseless;
use unicode_normalization::char::{
    canonical_combining_class, decompose_compatible, is_combining_mark,
};

/// Letters with a stroke, which Unicode does not decompose, and the letters without it.
const STROKES: [&str; 2] = ["øØłŁđĐħĦŧŦ", "oOlLdDhHtT"];

/// The mark for it.
const STROKE: char = '\u{335}';

/// Whether upper and lower case differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Counts,
    Ignored,
}

/// A text as letters, each a base character and its marks. ASCII keeps its case: whoever compares
/// bases ignores the case of ASCII where case is ignored.
#[derive(Clone, Debug)]
pub(super) struct Folded<'t> {
    /// The base characters.
    pub bases: Cow<'t, str>,
    /// Empty if the text is ASCII: then every character is a letter without marks.
    letters: Vec<Letter>,
}

#[derive(Clone, Debug)]
struct Letter {
    /// The byte of `bases` at which its base begins.
    base: usize,
    /// In canonical order.
    marks: String,
    /// The characters of the text that it was made of.
    characters: Range<usize>,
}

impl<'t> Folded<'t> {
    pub fn new(text: &'t str, case: Case) -> Self {
        if text.is_ascii() {
            return Self { bases: Cow::Borrowed(text), letters: Vec::new() };
        }
        let mut parts = Vec::with_capacity(text.len());
        for (at, character) in text.chars().enumerate() {
            decompose_compatible(character, |part| {
                let mut strokes = STROKES[0].chars().zip(STROKES[1].chars());
                match strokes.find(|&(letter, _)| letter == part) {
                    Some((_, base)) => parts.extend([(base, at), (STROKE, at)]),
                    None => parts.push((part, at)),
                }
            });
        }
        // Marks in canonical order.
        let class = |part: &(char, usize)| canonical_combining_class(part.0);
        for run in parts.chunk_by_mut(|_, next| class(next) != 0) {
            run.sort_by_key(class);
        }
        let mut folded = Folded { bases: Cow::Owned(String::new()), letters: Vec::new() };
        for (part, at) in parts {
            match case {
                _ if part.is_ascii() => folded.push(part, at),
                Case::Counts => folded.push(if part == 'ς' { 'σ' } else { part }, at),
                Case::Ignored => {
                    let without_case = std::iter::once(part).default_case_fold();
                    without_case.for_each(|c| decompose_compatible(c, |c| folded.push(c, at)));
                }
            }
        }
        folded
    }

    fn push(&mut self, character: char, at: usize) {
        let is_mark = is_combining_mark(character)
            || (is_within_syllable(character) && self.bases.ends_with(begins_syllable));
        if let Some(letter) = self.letters.last_mut().filter(|_| is_mark) {
            letter.marks.push(character);
            // The order of marks is canonical, not that of the text.
            letter.characters.start = letter.characters.start.min(at);
            letter.characters.end = letter.characters.end.max(at + 1);
            return;
        }
        let (base, characters) = (self.bases.len(), at..at + 1);
        self.letters.push(Letter { base, marks: String::new(), characters });
        self.bases.to_mut().push(character);
    }

    pub fn into_owned(self) -> Folded<'static> {
        Folded { bases: Cow::Owned(self.bases.into_owned()), letters: self.letters }
    }

    /// Returns `true` if every letter of `word` that has marks has the same marks here. The bases
    /// of `word` begin at the byte `start` of these bases.
    pub fn has_marks_of(&self, word: &Folded, start: usize) -> bool {
        let first = self.letter_at(start);
        word.letters.iter().enumerate().all(|(nth, letter)| {
            letter.marks.is_empty()
                || self.letters.get(first + nth).is_some_and(|here| here.marks == letter.marks)
        })
    }

    pub fn has_marks(&self) -> bool {
        self.letters.iter().any(|letter| !letter.marks.is_empty())
    }

    /// The letters with their marks.
    pub fn letters(&self) -> impl Iterator<Item = (char, &str)> {
        let marks = self.letters.iter().map(|letter| letter.marks.as_str());
        self.bases.chars().zip(marks.chain(std::iter::repeat("")))
    }

    /// The letter at a byte of the bases.
    pub fn letter_at(&self, byte: usize) -> usize {
        if self.letters.is_empty() {
            return byte;
        }
        self.letters.partition_point(|letter| letter.base < byte)
    }

    /// The characters of the text that a letter was made of.
    pub fn characters(&self, letter: usize) -> Range<usize> {
        self.letters.get(letter).map_or(letter..letter + 1, |letter| letter.characters.clone())
    }
}

/// Returns `true` for the initial consonants of Hangul.
fn begins_syllable(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{115f}' | '\u{a960}'..='\u{a97c}')
}

/// Returns `true` for the vowels and final consonants of Hangul. Behind an initial consonant they count
/// as marks, so that a syllable is one letter.
fn is_within_syllable(character: char) -> bool {
    matches!(character, '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7fb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignoring_case(text: &str) -> Vec<(char, String)> {
        let folded = Folded::new(text, Case::Ignored);
        folded
            .letters()
            .map(|(base, marks)| (base.to_ascii_lowercase(), marks.to_owned()))
            .collect()
    }

    #[test]
    fn forms_of_one_text_fold_alike() {
        for (one, other) in [
            ("müller", "mu\u{308}ller"),
            ("abc\u{e9}", "ａｂｃe\u{301}"),
            ("οδος", "οδοσ"),
            ("É", "é"),
            ("straße", "strasſe"),
            ("ﬁé", "fié"),
            ("a\u{323}\u{307}", "a\u{307}\u{323}"),
            ("\u{1fb3}", "αι"),
            ("\u{1f80}", "\u{1f88}"),
            ("가é", "\u{1100}\u{1161}e\u{301}"),
            ("ｶﾞ", "ガ"),
            ("Łódź", "łódź"),
        ] {
            assert_eq!(ignoring_case(one), ignoring_case(other), "{one} {other}");
        }
        for (one, other) in
            [("é", "e"), ("한", "하"), ("ı", "i"), ("ä", "å"), ("ø", "o"), ("ø", "ö")]
        {
            assert_ne!(ignoring_case(one), ignoring_case(other), "{one} {other}");
        }
    }

    #[test]
    fn where_case_counts_only_case_is_kept() {
        let counting = |text| {
            let folded = Folded::new(text, Case::Counts).into_owned();
            folded.letters().map(|(base, marks)| (base, marks.to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(counting("Ὀδός"), counting("\u{39f}\u{313}δόσ"));
        assert_eq!(counting("Ａé"), counting("Ae\u{301}"));
        assert_ne!(counting("É"), counting("é"));
    }

    #[test]
    fn letters_know_their_characters() {
        let folded = Folded::new("aße\u{301}\u{308}x\u{301}", Case::Ignored);
        assert_eq!(folded.bases, "assex");
        let characters: Vec<_> = (0..5).map(|letter| folded.characters(letter)).collect();
        assert_eq!(characters, [0..1, 1..2, 1..2, 2..5, 5..7]);
        assert_eq!([0, 3, 4].map(|byte| folded.letter_at(byte)), [0, 3, 4]);
        assert_eq!(Folded::new("日本", Case::Ignored).letter_at(3), 1);
        assert_eq!(Folded::new("한글", Case::Ignored).letters().count(), 2, "a syllable is one");
        assert_eq!(Folded::new("ab", Case::Ignored).characters(1), 1..2);
    }
}
