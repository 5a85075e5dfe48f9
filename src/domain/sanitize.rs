use std::borrow::Cow;

/// Text that came from outside, made safe to show: whatever would steer the terminal, change the
/// direction of writing or stay unseen is replaced, one character for one.
///
/// Control characters become their pictures (`␛` for escape), the rest becomes `�`. A joiner or a
/// variation selector stays, because emoji are spelt with them.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    let is_plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if is_plain || text.chars().all(|c| picture(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(picture).collect())
    }
}

/// A text from outside, made safe to show and short enough for a sentence.
pub fn excerpt(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        None => sanitize(text),
        Some((end, _)) => Cow::Owned(format!("{}...", sanitize(&text[..end]))),
    }
}

/// The first `bytes` bytes of a text, or fewer so that no character is cut.
pub fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Returns `true` if a character is shown as something else.
pub(super) fn is_hidden(c: char) -> bool {
    picture(c) != c
}

fn picture(c: char) -> char {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' // C1 controls, which some terminals obey
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        // Letters without a shape, which fill syllables.
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
        | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        // Unseen though not given to anything yet, but for the selectors among them.
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}' => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_text_is_left_as_it_is() {
        for text in ["List Deals", "Angebot übernehmen", "取引", "👩\u{200d}🔧", "e\u{301}"]
        {
            assert!(matches!(sanitize(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn what_would_steer_the_terminal_is_shown_as_a_picture() {
        assert_eq!(sanitize("\u{1b}[31m\r\n\u{7f}"), "␛[31m␍␊␡");
        assert_eq!(sanitize("a\u{9b}2J\u{202e}b\u{200b}"), "a�2J�b�");
        assert_eq!(sanitize("\u{e08fe}c"), "�c");
        for unseen in
            "\u{34f}\u{115f}\u{1160}\u{17b4}\u{3164}\u{ffa0}\u{fff3}\u{1bca1}\u{1d173}".chars()
        {
            assert_eq!(sanitize(&format!("a{unseen}b")), "a�b", "{unseen:?}");
        }
    }
}
