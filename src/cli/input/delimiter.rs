use std::str::FromStr;

use crate::domain::Separator;

/// The text between two scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delimiter {
    Separator(Separator),
    /// Text of the user's own, which holds something that no name of a scope is made of alone.
    Text(String),
}

impl FromStr for Delimiter {
    type Err = String;

    /// A separator's name or character, or any text. Text that would grow together with the
    /// scopes is refused: it is a slip in a name.
    fn from_str(text: &str) -> Result<Self, String> {
        let is_char = |separator: &Separator| text.chars().eq([separator.char()]);
        let by_char = || Separator::ALL.into_iter().find(is_char);
        if let Some(separator) = Separator::named(text).or_else(by_char) {
            return Ok(Self::Separator(separator));
        }
        if text.chars().all(char::is_alphanumeric) {
            return Err(
                "no separator has this name, and text of letters and digits alone would run into the scopes"
                    .into(),
            );
        }
        Ok(Self::Text(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_separator_has_its_name_and_its_character() {
        for separator in Separator::ALL {
            let delimiter = Ok(Delimiter::Separator(separator));
            assert_eq!(separator.name().parse(), delimiter);
            assert_eq!(separator.name().to_lowercase().parse(), delimiter);
            assert_eq!(separator.char().to_string().parse(), delimiter);
        }
    }

    #[test]
    fn other_text_is_taken_unless_it_would_run_into_the_scopes() {
        assert_eq!(", ".parse(), Ok(Delimiter::Text(", ".into())));
        assert_eq!("%20".parse(), Ok(Delimiter::Text("%20".into())));
        for slip in ["", "newlin", "x", "20"] {
            assert!(slip.parse::<Delimiter>().is_err(), "{slip}");
        }
    }
}
