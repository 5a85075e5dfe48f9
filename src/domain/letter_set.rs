/// The characters of a text, by which a search refuses at once what cannot match.
///
/// Case does not count, and some characters share a place: a text may lack a word although its set
/// contains the word's, but never the other way round.
#[derive(Clone, Copy, Debug, Default)]
pub struct LetterSet(u32);

impl LetterSet {
    pub fn new(text: &str) -> Self {
        Self(text.bytes().fold(0, |set, byte| set | PLACES[usize::from(byte)]))
    }

    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn contains(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }
}

/// The place of each byte. A character beyond ASCII may be a form of any other, so that a text with one
/// contains all.
static PLACES: [u32; 256] = {
    let mut places = [1; 256];
    let mut byte = 0;
    while byte < 256 {
        places[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => 1 << (byte & 31),
            b'0'..=b'9' => 1 << (27 + byte % 5),
            0x80.. => u32::MAX,
            _ => 1,
        };
        byte += 1;
    }
    places
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_contains_what_may_be_in_it() {
        let contains = |text, word| LetterSet::new(text).contains(LetterSet::new(word));
        for (text, word) in [("List Deals", "dEAL"), ("x_7:", "7"), ("Müller", "z9"), ("x", "")] {
            assert!(contains(text, word), "{text} {word}");
        }
        for (text, word) in [("List Deals", "zd"), ("x_7", "8"), ("", "a"), ("Muller", "ü")] {
            assert!(!contains(text, word), "{text} {word}");
        }
    }
}
