use super::words::{Lexicon, Names, Unknown};
use super::{GrantedError, GrantedFault, Where};
use crate::domain::{Position, Separator};

/// How an item of a list is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    None,
    /// `-`, `*`, or a number.
    Bullet,
    Plus,
}

/// A line of a list without its marks.
struct Item<'t> {
    mark: Mark,
    /// Whether its check box is ticked. `None` if it has none.
    ticked: Option<bool>,
    text: &'t str,
}

/// Reads a list for people: scopes, one or several a line, with list marks and comments. Each word
/// outside of a comment is a scope that the catalog knows, or the text is refused.
pub fn read(lexicon: &Lexicon, text: &str) -> Result<Names, GrantedError> {
    let mut names = Names::new();
    let mut ticked = None;
    for (nth, line) in text.split('\n').enumerate() {
        let content = without_comment(line).trim_end();
        let item = Item::of(content);
        if item.text.is_empty() || content.trim_start().starts_with("```") {
            continue;
        }
        // A comment in some files, a separator in others.
        if item.text.starts_with(';') {
            let word = Some(";".to_owned());
            let fault = GrantedFault::NotAScope { word, length: 1, nearest: None };
            return Err(fault.at(Where::At(Position { line: nth + 1, column: 1 })));
        }
        let start = content.len() - item.text.len();
        let found = lexicon.names(item.text, Unknown::Refused);
        names.extend(found.map_err(|stray| stray.in_line(nth + 1, line, start))?);
        let fault = match item.mark {
            Mark::Plus => Some(GrantedFault::Additions),
            _ if ticked.is_some_and(|before| item.ticked.is_some_and(|now| now != before)) => {
                Some(GrantedFault::MixedBoxes)
            }
            Mark::None | Mark::Bullet => None,
        };
        if let Some(fault) = fault {
            return Err(fault.at(Where::At(Position { line: nth + 1, column: 1 })));
        }
        ticked = ticked.or(item.ticked);
    }
    if names.is_empty() {
        return Err(GrantedFault::Empty.into());
    }
    Ok(names)
}

/// A comment begins with `#` or `//` where a word could begin, and ends with the line.
pub fn without_comment(line: &str) -> &str {
    let mut begins_word = true;
    for (place, c) in line.char_indices() {
        let rest = &line[place..];
        if begins_word && (c == '#' || rest.starts_with("//")) {
            return &line[..place];
        }
        begins_word = c.is_whitespace() || Separator::is_one(c);
    }
    line
}

impl<'t> Item<'t> {
    /// `line` has no white space at its end.
    fn of(line: &'t str) -> Self {
        let line = line.trim_start();
        let (mark, rest) = match line.split_once(char::is_whitespace) {
            Some(("-" | "*" | "•", rest)) => (Mark::Bullet, rest.trim_start()),
            Some(("+", rest)) => (Mark::Plus, rest.trim_start()),
            Some((number, rest)) if is_number(number) => (Mark::Bullet, rest.trim_start()),
            _ => (Mark::None, line),
        };
        let (ticked, text) = match rest.get(..3) {
            Some("[ ]") => (Some(false), &rest[3..]),
            Some("[x]" | "[X]") => (Some(true), &rest[3..]),
            _ => (None, rest),
        };
        Self { mark, ticked, text: text.trim_start() }
    }
}

/// `1.` or `2)`.
fn is_number(word: &str) -> bool {
    let digits = word.strip_suffix(['.', ')']);
    digits.is_some_and(|d| !d.is_empty() && d.bytes().all(|byte| byte.is_ascii_digit()))
}
