use memchr::memmem::Finder;
use memchr::{memchr2, memrchr2};

use super::fold::{Case, fold_into, foldable};
use super::letters::{IdLetters, Letters};

/// One word of the query. Case counts only where the user typed an upper-case letter.
pub(super) struct Word {
    text: String,
    case: Case,
    letters: Letters,
    /// The ASCII characters of the word, in every case that it takes them in: a bit each.
    takes: [u64; 2],
    finder: Finder<'static>,
}

impl Word {
    pub fn new(text: &str) -> Self {
        let case = if text.contains(char::is_uppercase) { Case::Counts } else { Case::Ignored };
        let mut takes = [0; 2];
        let mut take = |byte: u8| takes[usize::from(byte >> 6)] |= 1 << (byte & 63);
        for byte in text.bytes().filter(u8::is_ascii) {
            take(byte);
            if case == Case::Ignored {
                take(byte.to_ascii_uppercase());
            }
        }
        Self {
            text: text.to_owned(),
            case,
            letters: Letters::of(text),
            takes,
            finder: Finder::new(text).into_owned(),
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn case(&self) -> Case {
        self.case
    }

    pub fn letters(&self) -> Letters {
        self.letters
    }

    pub fn id_letters(&self) -> IdLetters {
        IdLetters::wanted(self.letters)
    }

    /// Whether what matches this word matches `other`.
    pub fn contains(&self, other: &Self) -> bool {
        self.case == other.case && self.text.contains(&other.text)
    }

    /// The byte of `foldable(text)` at which the word begins.
    pub fn find_in(&self, text: &str) -> Option<usize> {
        if self.case == Case::Counts {
            return self.find_plain(text);
        }
        let mut lower = foldable(text, self.case).into_owned();
        lower.make_ascii_lowercase();
        self.find_plain(&lower)
    }

    /// Whether the word stands in `text`, where `buffer` lends the memory for folding it.
    pub fn is_in(&self, text: &str, buffer: &mut String) -> bool {
        if self.case == Case::Counts {
            return self.is_in_plain(text);
        }
        fold_into(text, self.case, buffer);
        buffer.make_ascii_lowercase();
        self.is_in_plain(buffer)
    }

    /// The same, for a text in which no case differs from the word's.
    pub fn is_in_plain(&self, text: &str) -> bool {
        self.find_plain(text).is_some()
    }

    fn find_plain(&self, text: &str) -> Option<usize> {
        self.finder.find(text.as_bytes())
    }

    /// The part of an ASCII label that decides the score, and in `sight` all that the matcher can
    /// tell of it: two labels with the same sight have the same score. None where the word's
    /// characters do not follow one another in the label.
    ///
    /// The matcher takes no note of what comes before the character that precedes the first
    /// possible match, nor of what follows the last one. In between, of a character that is none
    /// of the word's it knows only the class.
    pub fn seen_in<'l>(&self, label: &'l str, sight: &mut Vec<u8>) -> Option<&'l str> {
        let (bytes, word) = (label.as_bytes(), self.text.as_bytes());
        let (first, last) = (*word.first()?, *word.last()?);
        let start = memchr2(first, self.other_case(first), bytes)?;
        let end = memrchr2(last, self.other_case(last), bytes)? + 1;
        let mut missing = word.iter().peekable();
        for &byte in bytes.get(start..end)? {
            missing.next_if(|&&next| next == self.fold(byte));
        }
        if missing.peek().is_some() {
            return None;
        }
        let from = start.saturating_sub(1);
        sight.clear();
        sight.extend(bytes[from..end].iter().map(|&byte| self.sight(byte)));
        label.get(from..end)
    }

    /// What else is taken for this byte of the word; the byte itself where nothing is.
    fn other_case(&self, byte: u8) -> u8 {
        match self.case {
            Case::Counts => byte,
            Case::Ignored => byte.to_ascii_uppercase(),
        }
    }

    fn fold(&self, byte: u8) -> u8 {
        match self.case {
            Case::Counts => byte,
            Case::Ignored => byte.to_ascii_lowercase(),
        }
    }

    /// The byte itself where the word has it, else a byte beyond ASCII for its class.
    fn sight(&self, byte: u8) -> u8 {
        if self.takes[usize::from(byte >> 6) & 1] >> (byte & 63) & 1 == 1 {
            byte
        } else {
            CLASSES[usize::from(byte) & 127]
        }
    }
}

/// What the matcher makes of the character after one of these: it favours the beginning of a word
/// and of a part of one. A digit is to it as a lower-case letter.
const CLASSES: [u8; 128] = {
    let mut classes = [0x80; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = match byte {
            0 | b' ' | b'/' | b'\\' | b'|' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => 0x81,
            b'!'..=b'\'' | b'*'..=b'.' | b':'..=b'@' | b'^'..=b'`' | b'~' => 0x82,
            b'A'..=b'Z' => 0x83,
            _ => 0x80,
        };
        byte += 1;
    }
    classes
};

#[cfg(test)]
mod tests {
    use super::*;

    fn seen<'l>(word: &str, label: &'l str) -> Option<(&'l str, Vec<u8>)> {
        let mut sight = Vec::new();
        let part = Word::new(word).seen_in(label, &mut sight)?;
        Some((part, sight))
    }

    #[test]
    fn the_matcher_is_shown_what_decides_the_score() {
        let part = |word, label| seen(word, label).map(|(part, _)| part);
        assert_eq!(part("deal", "Connector0001 List Deal Fields"), Some(" Deal Fiel"));
        assert_eq!(part("conn", "Connector"), Some("Conn"));
        assert_eq!(part("deal", "Lead"), None);
        assert_eq!(part("Deal", "List deals"), None);
    }

    #[test]
    fn labels_look_alike_where_only_the_class_of_a_character_counts() {
        let sight = |label| seen("deal", label).map(|(_, sight)| sight);
        assert_eq!(sight("Connector0001 List Deals"), sight("Konnektor0002 Get (Deals)"));
        for other in ["List_Deals", "ListDeals", "List deals", "List DeAls", "List De4als", "Deals"]
        {
            assert_ne!(sight("List Deals"), sight(other), "{other}");
        }
        assert_eq!(sight("De1als"), sight("Dexals"));
        assert_ne!(sight("De1als"), sight("DeXals"));
        assert_ne!(sight("De-als"), sight("Dexals"));
        assert_ne!(sight("De-als"), sight("De als"));

        let of_digits = |label| seen("a1b", label).map(|(_, sight)| sight);
        assert_ne!(of_digits("a1 2b"), of_digits("a2 1b"));
    }
}
