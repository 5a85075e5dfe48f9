use std::iter;

use tui_input::{Input, InputRequest};

/// One change of the query or of the caret in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    GoToPrevChar,
    GoToNextChar,
    GoToPrevWord,
    GoToNextWord,
    GoToStart,
    GoToEnd,
    DeletePrevChar,
    DeleteNextChar,
    DeletePrevWord,
    /// Back to white space, whatever `:` and `_` are between.
    DeleteToSpace,
    DeleteFromStart,
    DeleteTillEnd,
}

/// A line of text with a caret, such as the query.
#[derive(Clone, Debug, Default)]
pub struct Query {
    input: Input,
}

impl Query {
    pub fn new(text: &str) -> Self {
        let mut query = Self::default();
        query.insert(text);
        query
    }

    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Returns the number of characters before the caret.
    pub fn caret(&self) -> usize {
        self.input.cursor()
    }

    /// The text before the caret, and the text behind it.
    pub fn around_caret(&self) -> (&str, &str) {
        let caret = self.text().char_indices().nth(self.caret());
        self.text().split_at(caret.map_or(self.text().len(), |(at, _)| at))
    }

    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    pub fn clear(&mut self) {
        self.input.reset();
    }

    /// Returns whether the text changed, and not only the caret.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let (text, caret) = (self.text().to_owned(), self.caret());
        let (before, behind) = self.around_caret();
        let start_of = |is_between: fn(&char) -> bool| {
            caret - length_of_word(before.chars().rev(), is_between)
        };
        match edit {
            Edit::GoToPrevChar => self.handle(InputRequest::GoToPrevChar),
            Edit::GoToNextChar => self.handle(InputRequest::GoToNextChar),
            Edit::GoToStart => self.handle(InputRequest::GoToStart),
            Edit::GoToEnd => self.handle(InputRequest::GoToEnd),
            Edit::DeletePrevChar => self.handle(InputRequest::DeletePrevChar),
            Edit::DeleteNextChar => self.handle(InputRequest::DeleteNextChar),
            Edit::DeleteFromStart => self.handle(InputRequest::DeleteFromStart),
            Edit::DeleteTillEnd => self.handle(InputRequest::DeleteTillEnd),
            Edit::GoToPrevWord => self.set_caret(start_of(ends_word)),
            Edit::GoToNextWord => {
                self.set_caret(caret + length_of_word(behind.chars(), ends_word));
            }
            Edit::DeletePrevWord => self.delete_back_to(start_of(ends_word)),
            Edit::DeleteToSpace => self.delete_back_to(start_of(|c| c.is_whitespace())),
        }
        // The library calls it a change when nothing was there to delete.
        self.text() != text
    }

    /// Inserts `text` at the caret, on one line: line breaks and tabs become spaces, other control
    /// characters are left out.
    pub fn insert(&mut self, text: &str) {
        let spaced = text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
        let pasted = spaced.replace(char::is_control, "");
        let caret = self.caret() + pasted.chars().count();
        let (before, after) = self.around_caret();
        self.input = Input::new(format!("{before}{pasted}{after}")).with_cursor(caret);
    }

    pub fn set_caret(&mut self, characters: usize) {
        self.handle(InputRequest::SetCursor(characters));
    }

    fn delete_back_to(&mut self, start: usize) {
        let (before, behind) = self.around_caret();
        let kept: String = before.chars().take(start).collect();
        self.input = Input::new(kept + behind).with_cursor(start);
    }

    fn handle(&mut self, request: InputRequest) {
        self.input.handle(request);
    }
}

/// As readline has words; the library takes `:`, `.` and `_` for letters, and a gap for a part of the word before it.
fn ends_word(c: &char) -> bool {
    c.is_whitespace() || c.is_ascii_punctuation()
}

/// The number of characters up to the end of the first word.
fn length_of_word(characters: impl Iterator<Item = char>, is_between: fn(&char) -> bool) -> usize {
    let mut rest = characters.peekable();
    let gap = iter::from_fn(|| rest.next_if(is_between)).count();
    gap + rest.take_while(|c| !is_between(c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_lands_at_the_caret_on_one_line() {
        let mut query = Query::new("ab");
        query.edit(Edit::GoToPrevChar);
        query.insert("x\r\ny\nz\u{1b}[31m\u{7}");
        assert_eq!((query.text(), query.caret()), ("ax y z[31mb", 10));
    }

    #[test]
    fn the_next_word_is_gone_to_by_its_end() {
        let mut query = Query::new("deal fields:read e\u{301}té");
        query.edit(Edit::GoToStart);
        let carets = [4, 11, 16, 21, 21].map(|_| {
            assert!(!query.edit(Edit::GoToNextWord), "the text is the same");
            query.caret()
        });
        assert_eq!(carets, [4, 11, 16, 21, 21]);
    }

    #[test]
    fn the_word_before_the_caret_is_gone_to_and_deleted_by_its_beginning() {
        let mut query = Query::new("deal fields:read e\u{301}té");
        let carets = [17, 12, 5, 0, 0].map(|_| {
            assert!(!query.edit(Edit::GoToPrevWord), "the text is the same");
            query.caret()
        });
        assert_eq!(carets, [17, 12, 5, 0, 0]);
        assert!(!query.edit(Edit::DeletePrevWord), "nothing is left of the caret");
        query.edit(Edit::GoToEnd);
        let texts = ["deal fields:read ", "deal fields:", "deal ", ""].map(|_| {
            assert!(query.edit(Edit::DeletePrevWord));
            query.text().to_owned()
        });
        assert_eq!(texts, ["deal fields:read ", "deal fields:", "deal ", ""]);
    }

    #[test]
    fn a_scope_is_deleted_whole_up_to_the_space_before_it() {
        let mut query = Query::new("deal fields:read a_b  ");
        let texts = ["deal fields:read ", "deal ", ""].map(|_| {
            assert!(query.edit(Edit::DeleteToSpace));
            query.text().to_owned()
        });
        assert_eq!(texts, ["deal fields:read ", "deal ", ""]);
    }

    #[test]
    fn editing_steps_over_whole_characters_as_a_reader_sees_them() {
        let mut query = Query::new("a👩\u{200d}🔧");
        assert!(query.edit(Edit::DeletePrevChar));
        assert_eq!(query.text(), "a");
        assert!(!query.edit(Edit::GoToPrevChar), "the caret moved, the text did not");
        assert!(!query.edit(Edit::DeletePrevChar), "nothing is left of the caret");
        query.edit(Edit::GoToEnd);
        assert!(!query.edit(Edit::DeleteTillEnd), "nothing is right of the caret");
    }
}
