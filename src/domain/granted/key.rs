/// The meaning of a key, variable, parameter or section, according to its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Its value states the granted scopes.
    Granted,
    /// Nothing in it is granted, whatever it states.
    NotGranted,
    /// It says what went wrong.
    Failure,
    Other,
}

/// Scopes that are asked for, offered or refused are not granted.
const NOT_GRANTED: &str = "\
    absent accepted allow allowed available blocked cancelled declined denied deny deprecated \
    desired disabled disallowed drop dropped example excluded expected expired fail failed \
    forbidden former future grantable inactive include insufficient invalid lack lacking lacks \
    mandatory maximum minimum missing necessary need needed needs never no not obsolete old \
    optional pending permitted planned possible previous proposed recommended refused rejected \
    remove removed requested required restricted revoked sample sensitive suggested supported \
    suspended unapproved unauthorised unauthorized ungranted unknown unused upcoming wanted \
    without";

/// Longer names are not repeated in full.
const LONGEST_SHOWN: usize = 40;

impl Meaning {
    /// `scope`, `scp`, `granted_scopes`, `GrantedScopes` and `PIPEDRIVE_SCOPES` state what is
    /// granted, but `missing_scopes` and `scopes_by_user` do not.
    pub fn of(name: &str) -> Self {
        let words = words(name);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let is_scope = |word: &&str| matches!(*word, "scope" | "scopes");
        match words[..] {
            [first, ..] if first.starts_with("error") => Self::Failure,
            ["fault" | "exception" | "failure", ..] => Self::Failure,
            _ if words.iter().any(|word| NOT_GRANTED.split(' ').any(|not| not == *word)) => {
                Self::NotGranted
            }
            ["scp" | "granted"] | [.., "scope" | "scopes"] => Self::Granted,
            _ if words.iter().any(is_scope) => Self::NotGranted,
            _ => Self::Other,
        }
    }
}

/// The words of a name in lower case, whatever separates them: `_`, `-`, `.` or a capital.
pub fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in name.chars() {
        let begins = !c.is_alphanumeric() || (after_small && c.is_uppercase());
        if begins {
            words.push(String::new());
        }
        after_small = c.is_lowercase() || c.is_numeric();
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What of a name is repeated: the characters of names, so that nothing in it steers a terminal.
pub fn shown(name: &str) -> String {
    let is_name = |c: &char| c.is_ascii_alphanumeric() || "_-.".contains(*c);
    name.chars().filter(is_name).take(LONGEST_SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_ends_in_scope_states_scopes_unless_it_says_that_they_are_not_granted() {
        for (meaning, names) in [
            (
                Meaning::Granted,
                "scope Scopes scp granted granted_scopes grantedScopes X-OAuth-Scopes pd.scope",
            ),
            (
                Meaning::NotGranted,
                "missing missing_scopes missing.scopes optionalScopes X-Accepted-OAuth-Scopes \
                 scopes_supported scope_separator OLD_SCOPES include_granted_scopes not_granted",
            ),
            (Meaning::Failure, "error Errors errorCode error_description fault error_scopes"),
            (Meaning::Other, "microscope telescopes access_token granted_at terror default"),
        ] {
            for name in names.split_whitespace() {
                assert_eq!(Meaning::of(name), meaning, "{name}");
            }
        }
        assert_eq!(Meaning::of(""), Meaning::Other);
    }
}
