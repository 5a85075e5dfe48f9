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

/// How words begin that say that something is asked for, offered or allowed. The same may be granted too.
const OFFERED: &str = "accepted allow applied asked available candidat desired exampl expect \
    grantable mandatory necessary need option permitted planned possible propos recommend requ \
    sampl sensitiv submitted suggest support upcoming want wish";

/// Words that say of a grant that it is not in force, in a text of any length. What an API does with its
/// records is seldom said with them.
const NOT_IN_FORCE: &str = "absent awaiting banned blocked declined deferred denied disabled \
    disallowed dormant dropped excluded expired forbidden frozen hold inactive lacking lacks \
    lapsed missing obsolete parked paused pending postponed prohibited refused rejected removed \
    retired revoked shelved stopped suspended unmet waiting withdrawn withheld";

/// Words that deny, whatever they stand beside: what they speak of is not granted.
const NEGATIONS: &str = "arent cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt neither never \
    no nobody none nor not nothing shouldnt wasnt werent without wont wouldnt";

/// Words that say so of what was once granted.
const EARLIER: &str = "former old previous";

/// Words that say so in a name, or in a few words.
const AGAINST: &str = "backlog backup bad dead denies deny denylist draft drop dummy earlier \
    except excepting fake future gap gone invalid later legacy lost mock non nope off out \
    outstanding past placeholder prior review skip spare stale tbd todo";

/// How other such words begin.
const BEGINNINGS: &str = "await blacklist block declin deprecat disab disallow exclu fail forbid \
    ignor inactiv insufficient lack prohibit refus reject remov restrict suspend wait";

/// How those begin that say that a grant is over.
const OVER: &str = "archiv cancel deactivat deauth delet denied disconnect invalidat revoc revok \
    terminat uninstall unlink";

/// Words such as `unlocked` that deny nothing.
const NOT_DENYING: &str = "unattended unchanged unencrypted unified united unlimited unlisted \
    unlocked unmanaged unmetered untitled";

/// Words that say so of scopes.
const OF_SCOPES: &str = "add additional adds all any ask associated default every extra include \
    ideal initial last max maximum maybe min minimum new nice original roadmap target tbc temp template \
    temporary valid wishlist";

/// The last words of settings such as `exceptionLogging`.
const OF_LOGS: &str = "handler handling level log logger logging reporting tracking";

/// Words that name whose scopes they are, or say that they hold.
const OF_AN_APP: &str = "access account active api app application approved assigned auth authed \
    authorised authorized bot client consented current effective enabled existing given grant granted \
    has hub installed integration issued live my oauth oauth2 our own present prod production staging \
    team tenant token user workspace x";

/// Words that name what holds the scopes of an app: a response, a record, or settings. Their plurals do
/// so too.
const HOLDERS: &str = "attribute authentication authorisation authorization body claim company \
    config configuration definition connection container content context credential crm customer data detail \
    dev development document entry env environment header identity info install installation \
    instance introspection item job json jwt local main meta metadata node object org organisation \
    organization page parameter payload permission profile project property props provider query \
    raw record registration response result sandbox scope secret security server service session \
    setting site source spec spring stack string system test tool value var variable web";

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
            // Settings of what becomes of errors.
            ["error" | "errors" | "exception", .., last] if is_among(OF_LOGS, last) => Self::Other,
            [first, ..] if first.starts_with("error") => Self::Failure,
            ["err" | "fault" | "exception" | "failure", ..] => Self::Failure,
            _ if words.iter().any(|word| denies(word)) => Self::NotGranted,
            ["add" | "extra" | "new"] | ["to", "add"] => Self::NotGranted,
            // They say what they need.
            ["actions" | "endpoints" | "methods" | "operations" | "paths"] => Self::NotGranted,
            ["scp" | "granted"] | ["scope" | "scopes", "granted"] => Self::Granted,
            [ref before @ .., "scope" | "scopes"] => {
                // `NEXT_PUBLIC_SCOPES` is a name of Next.js.
                let is_open = before.iter().any(|word| is_among(OF_SCOPES, word))
                    || before.last() == Some(&"next");
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
        let is_plain = |word: &String| {
            is_among(OF_AN_APP, word) || is_among("scope scopes", word) || own.contains(word)
        };
        let before = words.split_last().map_or(&[][..], |(_, before)| before);
        let is_sure = name.starts_with(char::is_alphanumeric) && before.iter().all(is_plain);
        if meaning == Self::Granted && !is_sure { Self::NotGranted } else { meaning }
    }
}

/// Returns `true` if a name around scopes surely means an app, or what holds its scopes. Any other may
/// say in its own words that they are not granted, as `on_hold` and `before` do.
pub fn holds(name: &str, own: &[String]) -> bool {
    let is_known = |word: &str| is_among(OF_AN_APP, word) || is_among(HOLDERS, word);
    name.starts_with(char::is_alphanumeric)
        && words(name).iter().all(|word| {
            let singular = match word.strip_suffix("ies") {
                Some(stem) => format!("{stem}y"),
                None => word.strip_suffix('s').unwrap_or(word).to_owned(),
            };
            is_known(word) || is_known(&singular) || own.contains(word) || is_number(word)
        })
}

/// Returns `true` if a key names scopes that are not in force, so that none of them is granted. It may
/// name those that are asked for or offered.
pub fn speaks_against(name: &str, own: &[String]) -> bool {
    let words = words(name);
    let is_open = |word: &String| offers(word) || is_among(OF_SCOPES, word);
    let is_of_scopes = words.last().is_some_and(|last| matches!(&**last, "scope" | "scopes"));
    words.iter().any(|word| denies(word) && !offers(word))
        || is_of_scopes
            && !words.iter().any(is_open)
            && Meaning::of_key(name, own) != Meaning::Granted
}

/// Returns `true` if a word, in lower case, says that something is not granted.
pub fn denies(word: &str) -> bool {
    offers(word) || denies_more_than_offers(word)
}

fn denies_more_than_offers(word: &str) -> bool {
    contradicts(word)
        || is_among(AGAINST, word)
        || is_over(word)
        || begins_with_one(BEGINNINGS, word)
}

/// Returns `true` if a word, in lower case, says that something is asked for, offered or allowed.
pub fn offers(word: &str) -> bool {
    begins_with_one(OFFERED, word)
}

/// Returns `true` if a word, in lower case, says that a grant is over, such as `revoked`.
pub fn is_over(word: &str) -> bool {
    begins_with_one(OVER, word)
}

fn begins_with_one(beginnings: &str, word: &str) -> bool {
    beginnings.split_whitespace().any(|start| word.starts_with(start))
}

/// Returns `true` if a word, in lower case, says that something is surely not granted, and not only that
/// it is asked for or offered.
pub fn contradicts(word: &str) -> bool {
    is_not_in_force(word) || negates(word) || is_earlier(word)
}

/// Returns `true` if a word, in lower case, says of a grant that it was one, such as `former`.
pub fn is_earlier(word: &str) -> bool {
    is_among(EARLIER, word)
}

/// Returns `true` if a word, in lower case, says that a grant is not in force, such as `pending`.
pub fn is_not_in_force(word: &str) -> bool {
    is_among(NOT_IN_FORCE, word) || undoes(word)
}

/// Returns `true` if a name says that it ends a grant, or that there is none, as `revoke` and `error` do.
pub fn ends_a_grant(name: &str) -> bool {
    let ends = |word: &String| {
        is_not_in_force(word)
            || is_over(word)
            || begins_with_one(BEGINNINGS, word)
            || is_among("deny detach logout terminate withdraw", word)
    };
    Meaning::of(name) == Meaning::Failure || words(name).iter().any(ends)
}

pub fn negates(word: &str) -> bool {
    is_among(NEGATIONS, word)
}

/// `ungranted` and `unavailable`, but not `unread`, `underlined` and `unrestricted`.
fn undoes(word: &str) -> bool {
    let ends = ["able", "ed", "en"].into_iter().any(|end| word.ends_with(end));
    let rest = word.strip_prefix("un").filter(|rest| ends && !rest.starts_with("der"));
    rest.is_some_and(|rest| !is_among(NOT_DENYING, word) && !denies_more_than_offers(rest))
}

pub fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

pub fn is_among(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|one| one == word)
}

/// The words of a name in lower case, whatever separates them: `_`, `-`, `.` or a capital. An apostrophe
/// is a part of its word.
pub fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in name.chars().filter(|c| !"'’".contains(*c)) {
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
