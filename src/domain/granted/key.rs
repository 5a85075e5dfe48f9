/// The meaning of a key, variable or parameter, according to its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Its value states the granted scopes.
    Granted,
    /// It speaks of scopes, but not of granted ones.
    OtherScopes,
    Nothing,
}

/// Scopes that are asked for, offered or refused are not granted.
const OTHERS: &str = "accepted available declined denied disallowed excluded forbidden insufficient invalid \
    minimum missing needed no not optional possible rejected removed requested required \
    revoked sensitive supported unknown unused ungranted without drop remove restricted";

impl Meaning {
    /// `scope`, `scp`, `granted_scopes`, `GrantedScopes`, `PIPEDRIVE_SCOPES`, but not
    /// `missing_scopes`.
    pub fn of(name: &str) -> Self {
        let words = words(name);
        let is_scope = |word: &String| word == "scope" || word == "scopes";
        let is_other = |word: &String| OTHERS.split(' ').any(|other| other == word);
        match words.last().map(String::as_str) {
            Some("scp" | "granted") if words.len() == 1 => Self::Granted,
            Some("scope" | "scopes") if !words.iter().any(is_other) => Self::Granted,
            // `missing_scopes`, `scopes_supported`
            Some("scp" | "granted") => Self::Nothing,
            _ if words.iter().any(is_scope) => Self::OtherScopes,
            _ => Self::Nothing,
        }
    }
}

/// The words of a name in lower case, whatever separates them: `_`, `-`, `.` or a capital.
fn words(name: &str) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_ends_in_scope_states_scopes_unless_it_says_that_they_are_not_granted() {
        for name in [
            "scope",
            "Scopes",
            "scp",
            "granted",
            "granted_scopes",
            "grantedScopes",
            "X-OAuth-Scopes",
        ] {
            assert_eq!(Meaning::of(name), Meaning::Granted, "{name}");
        }
        for name in
            ["missing_scopes", "optionalScopes", "X-Accepted-OAuth-Scopes", "scopes_supported"]
        {
            assert_eq!(Meaning::of(name), Meaning::OtherScopes, "{name}");
        }
        for name in ["", "microscope", "telescopes", "access_token", "granted_at"] {
            assert_eq!(Meaning::of(name), Meaning::Nothing, "{name}");
        }
    }
}
