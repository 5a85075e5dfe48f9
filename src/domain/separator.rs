/// The one character between two scopes of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Separator {
    #[default]
    Space,
    Comma,
    Semicolon,
    Pipe,
    Newline,
}

impl Separator {
    /// In the order of the page's list, which is also the order of [`Separator::next`].
    pub const ALL: [Self; 5] =
        [Self::Space, Self::Comma, Self::Semicolon, Self::Pipe, Self::Newline];

    /// All names, as a sentence lists them.
    pub const NAMES: &str = "space, comma, semicolon, pipe and newline";

    const fn name_and_char(self) -> (&'static str, char) {
        match self {
            Self::Space => ("Space", ' '),
            Self::Comma => ("Comma", ','),
            Self::Semicolon => ("Semicolon", ';'),
            Self::Pipe => ("Pipe", '|'),
            Self::Newline => ("Newline", '\n'),
        }
    }

    pub const fn name(self) -> &'static str {
        self.name_and_char().0
    }

    /// The separator of this name, in upper or lower case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(name))
    }

    pub const fn char(self) -> char {
        self.name_and_char().1
    }

    /// Returns `true` if one of the separators is this character.
    pub fn is_one(c: char) -> bool {
        Self::ALL.iter().any(|separator| separator.char() == c)
    }

    /// Returns `true` if a name in a list ends at this character.
    pub fn ends_name(c: char) -> bool {
        c.is_whitespace() || Self::is_one(c)
    }

    pub const fn next(self) -> Self {
        self.step(1)
    }

    pub const fn previous(self) -> Self {
        self.step(Self::ALL.len() - 1)
    }

    const fn step(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_walks_all_five_and_comes_round_and_previous_walks_back() {
        let mut separator = Separator::default();
        for expected in [',', ';', '|', '\n', ' '] {
            let before = separator;
            separator = separator.next();
            assert_eq!(separator.char(), expected);
            assert_eq!(separator.previous(), before);
        }
    }
}
