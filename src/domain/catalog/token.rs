use super::CatalogFault;
use crate::domain::{Separator, sanitize};

/// A token is copied, joined and sent as it is, so it may hold nothing that would end it early,
/// and nothing that would travel along unseen.
pub(in crate::domain) fn check_token(
    value: &str,
    field: impl Fn() -> String,
) -> Result<(), CatalogFault> {
    refuse_stdin(value, &field)?;
    if value.is_empty() {
        Err(CatalogFault::Empty { field: field() })
    } else if !is_token(value) {
        Err(CatalogFault::Unsafe { field: field(), value: value.to_owned() })
    } else {
        Ok(())
    }
}

/// An operation's id is named on a line of its own, and never stands in a link: white space and
/// separators may be in it, but nothing that is not seen.
pub(super) fn check_operation_id(
    value: &str,
    field: impl Fn() -> String,
) -> Result<(), CatalogFault> {
    if value.trim().is_empty() {
        return Err(CatalogFault::Empty { field: field() });
    }
    let is_unseen = |c: char| has_no_shape(c) || c.is_whitespace() && c != ' ';
    refuse_stdin(value, &field)?;
    if value.trim() != value || value.contains(is_unseen) || sanitize(value) != value {
        return Err(CatalogFault::Unsafe { field: field(), value: value.to_owned() });
    }
    Ok(())
}

/// On the command line, `-` stands for standard input.
fn refuse_stdin(value: &str, field: &impl Fn() -> String) -> Result<(), CatalogFault> {
    let reason = || "`-` stands for standard input; give it another name".to_owned();
    match value {
        "-" => Err(CatalogFault::Malformed { field: field(), reason: reason() }),
        _ => Ok(()),
    }
}

/// Whether a text can be a token.
pub fn is_token(value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !Separator::is_one(byte.into());
    // Without an early end, several bytes are looked at at once.
    !value.is_empty()
        && (value.bytes().fold(true, |all, byte| all & is_plain(byte))
            || !value.contains(Separator::ends_name)
                && !value.contains(has_no_shape)
                && sanitize(value) == value)
}

/// Marks that [`sanitize`] lets through, because they belong to a word or to an emoji.
fn has_no_shape(c: char) -> bool {
    matches!(
        c,
        '\u{200d}' // joiner
        | '\u{2800}' // a blank in Braille
        | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' // selectors
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_of_any_form_are_tokens() {
        for scope in [
            "channels:write.invites",
            "Mail.ReadBasic",
            "https://www.googleapis.com/auth/drive",
            "read/write+all@x#y?z=1&w='\"",
            "лиды:читать",
            "e\u{301}",
        ] {
            assert!(is_token(scope), "{scope}");
        }
    }

    #[test]
    fn what_ends_a_token_early_or_is_not_seen_in_it_is_refused() {
        let checks = [check_token("-", String::new), check_operation_id("-", String::new)];
        assert!(checks.iter().all(Result::is_err));
        for c in " \t\n\r\u{0}\u{1b}\u{7f}\u{85}\u{a0}\u{3000},;|".chars() {
            assert!(!is_token(&format!("a{c}b")), "{c:?}");
        }
        for c in
            "\u{ad}\u{61c}\u{200b}\u{200d}\u{200e}\u{202e}\u{2066}\u{feff}\u{fe0f}\u{e0041}".chars()
        {
            assert!(!is_token(&format!("a{c}b")), "{c:?}");
        }
    }
}
