use tui_input::{Input, InputRequest};

/// What is typed in the search box, with its caret.
#[derive(Clone, Debug, Default)]
pub struct Query {
    input: Input,
}

/// One change of the query or of the caret in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    Left,
    Right,
    WordLeft,
    WordRight,
    Start,
    End,
    DeleteBack,
    DeleteForward,
    DeleteWordBack,
    DeleteToStart,
    DeleteToEnd,
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

    /// How many characters stand before the caret.
    pub fn caret(&self) -> usize {
        self.input.cursor()
    }

    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    pub fn clear(&mut self) {
        self.input.reset();
    }

    /// Whether the text changed, and not only the caret.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let request = match edit {
            Edit::Left => InputRequest::GoToPrevChar,
            Edit::Right => InputRequest::GoToNextChar,
            Edit::WordLeft => InputRequest::GoToPrevWord,
            Edit::WordRight => InputRequest::GoToNextWord,
            Edit::Start => InputRequest::GoToStart,
            Edit::End => InputRequest::GoToEnd,
            Edit::DeleteBack => InputRequest::DeletePrevChar,
            Edit::DeleteForward => InputRequest::DeleteNextChar,
            Edit::DeleteWordBack => InputRequest::DeletePrevWord,
            Edit::DeleteToStart => InputRequest::DeleteFromStart,
            Edit::DeleteToEnd => InputRequest::DeleteTillEnd,
        };
        self.input.handle(request).is_some_and(|changed| changed.value)
    }

    /// Puts `text` in at the caret, in one piece: line breaks and tabs become spaces, other
    /// control characters are left out.
    pub fn insert(&mut self, text: &str) {
        let pasted: String = text
            .replace("\r\n", " ")
            .chars()
            .filter_map(|c| match c {
                '\n' | '\r' | '\t' => Some(' '),
                c if c.is_control() => None,
                c => Some(c),
            })
            .collect();
        let caret = self.caret() + pasted.chars().count();
        let mut whole: String = self.text().chars().take(self.caret()).collect();
        whole.push_str(&pasted);
        whole.extend(self.text().chars().skip(self.caret()));
        self.input = Input::new(whole).with_cursor(caret);
    }

    pub fn set_caret(&mut self, characters: usize) {
        self.input.handle(InputRequest::SetCursor(characters));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_lands_at_the_caret_on_one_line() {
        let mut query = Query::new("ab");
        query.edit(Edit::Left);
        query.insert("x\r\ny\nz\u{1b}[31m\u{7}");
        assert_eq!((query.text(), query.caret()), ("ax y z[31mb", 10));
    }

    #[test]
    fn editing_steps_over_whole_characters_as_a_reader_sees_them() {
        let mut query = Query::new("a👩\u{200d}🔧");
        assert!(query.edit(Edit::DeleteBack));
        assert_eq!(query.text(), "a");
        assert!(!query.edit(Edit::Left), "the caret moved, the text did not");
        assert!(!query.edit(Edit::DeleteBack), "nothing is left of the caret");
    }
}
