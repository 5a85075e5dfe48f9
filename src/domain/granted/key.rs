pub use crate::domain::name_words::{
    all_words, any_word, ends_in, is_among, is_number, singular, words,
};

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

/// Words that say that something is asked for, offered or allowed. The same may be granted too.
pub const OFFERED: &str = "accepted allow allowable allowed applied* asked* available* candidat* desired* exampl* \
    expect* grantable* mandatory* necessary* need* option* permitted* planned* possible* propos* \
    recommend* requ* sampl* sensitiv* submitted* suggest* support* upcoming* want* wish*";

/// Words that deny, whatever they stand beside: what they speak of is not granted.
const NEGATIONS: &str = "aint arent cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt neither never \
    no nobody non none nope nor not nothing shouldnt wasnt werent without wont wouldnt";

/// Words for what is not in force: not yet, no more, or not at all.
const NOT_IN_FORCE: &str = "absent await* backlog backup bad banned blacklist* closed dead declin* decommissioned deferred \
    denied denies deny denylist deprecat* detached disab* disallow* discarded dormant draft drop dropped \
    dummy earlier ended except excepting expired fail* fake forbid* former formerly frozen future gap \
    gone hold inactiv* inreview insufficient invalid lack* lapsed later legacy lost minus missing mock \
    mocked nonexistent nongranted notapproved notgranted obsolete off offboarded old onhold out outdated \
    outstanding parked past paused pend pending placeholder postponed prev previous previously prior \
    prohibit* purged queued refus* reject* remaining retired retracted review shelved skip spare stale \
    stopped stripped supersed* suspend* tbd todo unmet void voided wait* withdrawn withheld";

/// Verbs that end a grant, or say what an app does with its records.
pub const ENDING: &str = "archiv* block* cancel* deactivat* deauth* delet* destroy* disconnect* exclu* \
    ignor* invalidat* remov* restrict* revoc* revok* terminat* uninstall* unlink*";

/// Words that surely speak of the end of a grant, and not of a record.
pub const ENDING_A_GRANT: &str = "deauth* declined denied disconnected invalidated notgranted \
    rejected revoc* revok* uninstall* unlinked";

/// Words such as `unlocked` that deny nothing.
const NOT_DENYING: &str = "unattended unchanged undefined unencrypted unified united unlicensed unlimited \
    unlisted unlocked unmanaged unmetered untitled";

/// Words that say so of scopes.
pub const OF_SCOPES: &str = "add additional adds all any ask askfor catalog ceiling competitor considered default delta diff \
    documented every excess excessive extra fallback fixture forthcoming gaps guide hypothetical ideal \
    include initial intended known last lexical max maximum maybe min minimal minimum missed new nice \
    nonprod orig original other potential preferred provisional redundant risk roadmap selectable \
    superfluous superset surplus target tbc temp template temporary their tobe unnecessary upgrade valid \
    wishlist";

/// Words that surely say so of scopes.
const NOT_OF_SCOPES: &str = "before error errors phase skipped unknown";

/// The last words of names such as `faultstring` and `failure_reason`.
const OF_ERRORS: &str = "code description detail details message msg reason text type uri";

/// The last words of settings such as `exceptionLogging` and `error_page`.
const OF_LOGS: &str =
    "callback handler handling level log logger logging page redirect reporting tracking url";

/// Words that name whose scopes they are, or say that they hold.
pub const OF_AN_APP: &str = "access account active api app application approved assigned associated auth authed \
    authorised authorized bot client consented current effective enabled existing given grant granted \
    has hub installed integration issued live my oauth oauth2 our own present prod production \
    team tenant token user workspace x";

/// Words that name what holds the scopes of an app: a response, a record, or settings. Their plurals do
/// so too.
const HOLDERS: &str = "attribute authentication authorisation authorization body claim company \
    config configuration definition connection container content context credential crm customer data detail \
    document entry env environment header identity info install installation \
    instance introspection item job json jwt main meta metadata node object org organisation \
    organization page param parameter payload permission profile project property props provider query \
    raw record registration response result scope secret security server service session \
    setting site source spec spring stack string system tool value var variable web";

/// Words that name such a thing where scopes stand in it, and parts of a program elsewhere.
pub const CONTAINERS: &str = "connector manifest marketplace output row set sync task vault";

/// Environments that nobody depends on: what an app has there, it may lack in production.
const TRIALS: &str = "alpha beta canary demo dev development local localhost nonprd nonprod pilot playground preprod \
    preview qa sandbox staging stg test tests trial tst uat";

/// Longer names are not repeated in full.
const LONGEST_SHOWN: usize = 100;

impl Meaning {
    /// `scope`, `scp`, `granted_scopes`, `GrantedScopes` and `ACME_SCOPES` state what is granted, but
    /// `missing_scopes` and `scopes_by_user` do not.
    pub fn of(name: &str) -> Self {
        let words = words(name);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let is_scope = |word: &&str| matches!(*word, "scope" | "scopes");
        match words[..] {
            // Settings of what becomes of errors.
            ["error" | "errors" | "exception", .., last] if is_among(OF_LOGS, last) => Self::Other,
            [first, ..] if first.starts_with("error") => Self::Failure,
            ["err" | "fault" | "exception" | "failure", ref rest @ ..]
                if rest.last().is_none_or(|last| is_among(OF_ERRORS, last)) =>
            {
                Self::Failure
            }
            _ if words.iter().any(|word| denies(word)) => Self::NotGranted,
            ["add" | "extra" | "new"] | ["to", _, ..] => Self::NotGranted,
            // They say what they need.
            ["actions" | "endpoints" | "methods" | "operations" | "paths"] => Self::NotGranted,
            ["scp" | "granted"] | ["scope" | "scopes", "granted"] => Self::Granted,
            [ref before @ .., "scope" | "scopes"] => {
                // `NEXT_PUBLIC_SCOPES` is a name of Next.js.
                let is_open = |word: &&str| {
                    is_among(OF_SCOPES, word) || is_among(NOT_OF_SCOPES, word) || is_trial(word)
                };
                let is_open = before.iter().any(is_open) || before.last() == Some(&"next");
                if is_open { Self::NotGranted } else { Self::Granted }
            }
            _ if words.iter().any(is_scope) => Self::NotGranted,
            _ => Self::Other,
        }
    }
}

/// Returns `true` for the name of an environment for trials, such as `staging` and `dev1`.
pub fn is_trial(word: &str) -> bool {
    is_among(TRIALS, word.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// Returns `true` for names such as `SMTP_ENABLED`.
pub fn is_of_environment(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_uppercase()) && !name.contains(|c: char| c.is_lowercase())
}

/// Returns `true` for a word of an app, or of what holds its scopes.
pub fn may_hold(word: &str) -> bool {
    is_among(OF_AN_APP, word) || is_among(HOLDERS, word)
}

/// Returns `true` for the names that error responses have, but not for `ERROR_LOG`.
pub fn is_error(name: &str) -> bool {
    let names = "error errors error_code error_description error_message error_reason error_uri";
    let mut words = words(name);
    words.retain(|word| word != "last");
    is_among(names, &words.join("_"))
}

/// Returns `true` if a word, in lower case, says that something is not granted.
pub fn denies(word: &str) -> bool {
    is_among(OFFERED, word) || contradicts(word)
}

/// Returns `true` if a word, in lower case, says that something is surely not granted, and not only that
/// it is asked for or offered.
pub fn contradicts(word: &str) -> bool {
    [NEGATIONS, NOT_IN_FORCE, ENDING].iter().any(|list| is_among(list, word)) || undoes(word)
}

/// `ungranted` and `unavailable`, but not `unread`, `underlined` and `unrestricted`.
fn undoes(word: &str) -> bool {
    let ends = ["able", "ed", "en"].into_iter().any(|end| word.ends_with(end));
    let rest = word.strip_prefix("un").filter(|rest| ends && !rest.starts_with("der"));
    rest.is_some_and(|rest| !is_among(NOT_DENYING, word) && !contradicts(rest))
}

/// Returns `true` for words such as `not` and `without`.
pub fn is_negation(word: &str) -> bool {
    is_among(NEGATIONS, word)
}

/// The part of a name that errors repeat: the characters of names, so that nothing in it steers a terminal.
pub fn shown(name: &str) -> String {
    let is_name = |c: &char| c.is_ascii_alphanumeric() || "_-. ".contains(*c);
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
