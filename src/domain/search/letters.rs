use super::fold::folded;

/// Which characters a text holds, whatever their case, coarsely: a text that holds another one's
/// characters has all of its bits, so that most texts are ruled out by one comparison.
///
/// Bit 0 tells of characters beyond ASCII (and of two marks that are hardly used), bits 1 to 26 of
/// letters, 27 to 31 of the marks next to them, the upper half of digits and the other marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters(u64);

/// The lower half of an id's [`Letters`]: an id has hardly a character beyond letters and `_`, and
/// half the size is worth more. Bit 0 tells that the id must be folded before it is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct IdLetters(u32);

impl Letters {
    pub fn of(text: &str) -> Self {
        let letters = Self(text.bytes().fold(0, |bits, byte| bits | BITS[usize::from(byte)]));
        if letters.are_ascii() || text.is_ascii() { letters } else { Self::folded(text) }
    }

    fn folded(text: &str) -> Self {
        let bit = |c: char| match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => BITS[usize::from(byte)],
            _ => 1 << (32 + (u32::from(c) & 31)),
        };
        Self(text.chars().fold(BEYOND_ASCII, |bits, c| bits | bit(folded(c))))
    }

    pub fn hold(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether the text is known to be all ASCII.
    pub fn are_ascii(self) -> bool {
        self.0 & BEYOND_ASCII == 0
    }
}

impl IdLetters {
    pub fn of(id: &str) -> Self {
        let bits = id.bytes().fold(0, |bits, byte| bits | ID_BITS[usize::from(byte)]);
        if bits & MUST_BE_FOLDED == 0 || id.is_ascii() {
            Self(bits)
        } else {
            Self(Self::wanted(Letters::of(id)).0 | MUST_BE_FOLDED)
        }
    }

    /// What a word with these letters asks of an id.
    pub fn wanted(word: Letters) -> Self {
        Self(word.0 as u32 & !MUST_BE_FOLDED)
    }

    pub fn hold(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether folding the id would change nothing.
    pub fn are_plain(self) -> bool {
        self.0 & MUST_BE_FOLDED == 0
    }
}

const BEYOND_ASCII: u64 = 1;
const MUST_BE_FOLDED: u32 = 1;

const BITS: [u64; 256] = {
    let mut bits = [BEYOND_ASCII; 256];
    let mut byte = 0;
    while byte < 128 {
        // From `@` on, where upper and lower case are 32 apart, the lower half; before, the upper.
        bits[byte] = 1 << (if byte < 64 { byte | 32 } else { byte & 31 });
        byte += 1;
    }
    bits
};

const ID_BITS: [u32; 256] = {
    let mut bits = [MUST_BE_FOLDED; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        let upper = if byte.is_ascii_uppercase() { MUST_BE_FOLDED } else { 0 };
        bits[byte as usize] = BITS[byte as usize] as u32 & !MUST_BE_FOLDED | upper;
        byte += 1;
    }
    bits
};

#[cfg(test)]
mod tests {
    use super::*;

    const LETTERS_AND_DIGITS: &str =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    fn hold(text: &str, word: &str) -> bool {
        Letters::of(text).hold(Letters::of(word))
    }

    fn id_holds(id: &str, word: &str) -> bool {
        IdLetters::of(id).hold(IdLetters::wanted(Letters::of(word)))
    }

    #[test]
    fn a_character_is_held_by_itself_in_either_case_and_by_no_other() {
        for (held, wanted) in LETTERS_AND_DIGITS
            .chars()
            .flat_map(|held| LETTERS_AND_DIGITS.chars().map(move |wanted| (held, wanted)))
        {
            let same = held.eq_ignore_ascii_case(&wanted);
            let (text, word) = (held.to_string(), wanted.to_string());
            assert_eq!(hold(&text, &word), same, "{word:?} in {text:?}");
            // Digits are not in the half that an id keeps.
            let in_id = same || wanted.is_ascii_digit();
            assert_eq!(id_holds(&text, &word), in_id, "{word:?} in the id {text:?}");
        }
    }

    #[test]
    fn characters_beyond_ascii_are_held_folded() {
        for (text, word, held) in [
            ("\u{e9}t\u{e9}", "\u{c9}", true),
            ("w\u{e0}", "\u{e9}", false),
            ("\u{212a}", "k", true),
            ("k", "\u{212a}", false),
        ] {
            assert_eq!(hold(text, word), held, "{word:?} in {text:?}");
        }
        // The sign for kelvin is a k when folded.
        assert!(id_holds("\u{212a}", "k") && !id_holds("\u{212a}", "j"));
    }

    #[test]
    fn what_need_not_be_folded_is_known() {
        for (text, ascii, plain) in
            [("deal_2", true, true), ("Deal", true, false), ("d\u{e9}al", false, false)]
        {
            assert_eq!(Letters::of(text).are_ascii(), ascii, "{text:?}");
            assert_eq!(IdLetters::of(text).are_plain(), plain, "{text:?}");
        }
        assert!(!Letters::of("\u{e9}").are_ascii() && !IdLetters::of("\u{e9}").are_plain());
    }
}
