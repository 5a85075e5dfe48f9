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

/// Further words that say that something is asked for, offered or over: it is not granted.
const NOT_GRANTED: &str = "accepted applied available backlog bad denies deny denylist desired drop \
    future gap grantable include invalid legacy mandatory necessary non out outstanding past permitted \
    placeholder planned possible review submitted todo upcoming wished wishlist";

/// How other such words begin.
const BEGINNINGS: &str = "\
    allow await blacklist block candidat declin deprecat disab disallow exampl exclu expect fail forbid \
    ignor inactiv insufficient lack need option prohibit propos recommend refus reject remov requ \
    restrict sampl sensitiv suggest support suspend wait want";

/// How those begin that say that a grant is over.
const OVER: &str = "archiv cancel deactivat deauthor delet denied disconnect invalidat revok";

/// Words that deny, whatever they stand beside: what they speak of is not granted.
const CONTRADICTING: &str = "absent aren blocked cannot declined denied didn disabled disallowed \
    doesn don dropped excluded expired forbidden former hasn haven isn lacking lacks lapsed missing \
    never no none not obsolete old pending previous prohibited refused rejected removed retired \
    revoked suspended wasn withdrawn without won";

/// Words that begin with `un` and deny nothing.
const NOT_DENYING: &str = "under unified union unique unit united units universal unlimited until";

/// Words that say so of scopes, or of the section that they stand in.
const OF_SCOPES: &str = "add additional adds all any ask backup default draft dummy earlier every \
    extra last max maximum min minimum new original prior skip template todo valid";

/// Words that name whose scopes they are, or say that they hold.
const OF_AN_APP: &str = "access account active api app application approved assigned auth authed \
    authorised authorized bot client consented current effective enabled existing given grant granted \
    has hub installed integration issued live my oauth oauth2 our own present prod production staging \
    team tenant token user workspace x";

/// Longer names are not repeated in full.
const LONGEST_SHOWN: usize = 40;

impl Meaning {
    /// `scope`, `scp`, `granted_scopes`, `GrantedScopes` and `ACME_SCOPES` state what is granted, but
    /// `missing_scopes` and `scopes_by_user` do not.
    pub fn of(name: &str) -> Self {
        let words = words(name);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let is_scope = |word: &&str| matches!(*word, "scope" | "scopes");
        match words[..] {
            [first, ..] if first.starts_with("error") => Self::Failure,
            ["err" | "fault" | "exception" | "failure", ..] => Self::Failure,
            _ if words.iter().any(|word| denies(word)) => Self::NotGranted,
            ["add" | "extra" | "new"] | ["to", "add"] => Self::NotGranted,
            // They say what they need.
            ["actions" | "endpoints" | "methods" | "operations" | "paths"] => Self::NotGranted,
            ["scp" | "granted"] => Self::Granted,
            [ref before @ .., "scope" | "scopes"] => {
                let is_open = before.iter().any(|word| is_among(OF_SCOPES, word));
                if is_open { Self::NotGranted } else { Self::Granted }
            }
            _ if words.iter().any(is_scope) => Self::NotGranted,
            _ => Self::Other,
        }
    }

    /// The same of a key in JSON, YAML or a URL. Before `scopes` it has only words that surely mean
    /// those of an app, or the `own` words of its connector.
    pub fn of_key(name: &str, own: &[String]) -> Self {
        let meaning = Self::of(name);
        let words = words(name);
        let is_plain = |word: &String| is_among(OF_AN_APP, word) || own.contains(word);
        let before = words.split_last().map_or(&[][..], |(_, before)| before);
        let is_sure = name.starts_with(char::is_alphanumeric) && before.iter().all(is_plain);
        if meaning == Self::Granted && !is_sure { Self::NotGranted } else { meaning }
    }
}

/// Returns `true` if a word, in lower case, says that something is not granted.
pub fn denies(word: &str) -> bool {
    contradicts(word)
        || is_among(NOT_GRANTED, word)
        || is_over(word)
        || begins_with_one(BEGINNINGS, word)
}

/// Returns `true` if a word, in lower case, says that a grant is over, such as `revoked`.
pub fn is_over(word: &str) -> bool {
    begins_with_one(OVER, word)
}

fn begins_with_one(beginnings: &str, word: &str) -> bool {
    beginnings.split(' ').any(|start| word.starts_with(start))
}

/// Returns `true` if a word, in lower case, says that something is surely not granted, and not only that
/// it is asked for or offered.
pub fn contradicts(word: &str) -> bool {
    is_among(CONTRADICTING, word) || word.starts_with("un") && !is_among(NOT_DENYING, word)
}

pub fn is_among(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|one| one == word)
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

    #[test]
    fn a_key_has_only_words_that_surely_mean_an_app() {
        let own = ["pipedrive".to_owned()];
        for name in "scope scp granted granted_scopes OAuth2Scopes X-OAuth-Scopes pipedrive_scopes \
                     botScopes"
            .split(' ')
        {
            assert_eq!(Meaning::of_key(name, &own), Meaning::Granted, "{name}");
        }
        for name in "out_of_scope fehlende_scopes acme_scopes todo_scopes default_scopes _scopes \
                     //scopes -scopes extra.scopes exclude_scopes nonGrantedScopes"
            .split(' ')
        {
            assert_eq!(Meaning::of_key(name, &own), Meaning::NotGranted, "{name}");
        }
        assert_eq!(Meaning::of_key("These are the scopes", &own), Meaning::NotGranted);
    }
}
