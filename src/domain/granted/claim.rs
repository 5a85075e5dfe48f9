use super::key::all_words;
use super::{Meaning, Node, any_word, is_among, key, remark};

/// Keys that say with `false` that what stands beside them is not granted.
const IN_FORCE: &str = "accepted access activated active agreed allow allowed approved assigned authenticated authorised \
    authorized available checked confirmed connected consented current effective enable enabled given \
    granted inforce installed inuse issued linked obtained permit permitted ready selected signedoff \
    signoff ticked usable valid";

/// Keys that say so with `false` alone.
const IN_FORCE_OR_FALSE: &str = "applied complete completed deployed done exists healthy live livemode passed present prod production released reviewed \
    successful token tokens value verified";

/// Words of keys that say with anything else that something is asked for, or not granted.
const ASKED: &str = "needed optional requested required softdeleted submitted tombstone trashed";

/// Words of keys that say so with `true`.
const TO_BE_DONE: &str = "login needed needs planned reapproval reauth reauthenticate reauthentication reauthorisation \
    reauthorise reauthorization reauthorize reconnect reconnection reconsent reinstall reinstallation \
    relink relogin required requires wanted wishlist";

/// Keys that say with `true` that nothing is granted yet, at all, or in production, and states that say so.
const THOUGHT_OF: &str = "demo example hypothetical preview proposal proposed sample sandbox simulated simulation staging \
    template test testaccount testing testmode";

/// Words of keys such as `is_active`, `token_status` and `revoked_at` that change nothing about their
/// meaning.
const BESIDE_FLAGS: &str =
    "are at by date for grant had has is must on since time timestamp token was when x";

/// Keys of objects that speak of the scopes beside them.
const OF_TOKENS: &str = "access account app application approval attributes authorisation authorization client \
    connection consent credentials data flags grant info install installation integration lifecycle meta metadata oauth \
    oauth2 payload result review session state status subscription token";

/// Words that change nothing in keys such as `last_login_error`.
const BESIDE_STATES: &str = "auth last login refresh";

/// Words of such keys that speak of scopes, such as `scope_details`.
const BESIDE_TOKENS: &str = "detail details request scope scopes";

/// Keys of answers that only begin an authorization.
const OF_REQUESTS: &str = "consentchallenge devicecode loginchallenge requesturi usercode";

/// Keys whose number is a status of HTTP.
const STATUS: &str =
    "code http httpcode httpstatus httpstatuscode responsecode responsestatus statuscode";

/// Keys whose text is one of few words.
const STATE: &str = "action category command env environment event eventname eventtype kind level op operation phase review severity \
    stage statustext title topic type";

/// Those whose plural is a list of them.
const SAID_IN_LISTS: &str = "approval comment consent flag note reason remark state status warning";

/// States of a connection that is not there yet, or no more. The `state` of a request is random.
const UNCONNECTED: &str =
    "incomplete initiated inprogress invited locked offline processing scheduled unknown";

/// Keys that say whether it is granted, so that any word but one of success objects.
const OUTCOME: &str = "answer approval consent decision effect outcome permission result status userconsent \
    verdict";

/// Keys whose text tells people what happened.
pub const MESSAGE: &str = "detail details message msg reason";

/// The last words of keys whose text is a remark.
const REMARK: &str = "comment comments description explanation hint info note notes problem purpose readme \
    remark remarks subject summary task ticket";

/// The last words of keys whose text is not one of few words.
const FREE: &str = "code label name secret title token";

/// Those who grant.
const GRANTORS: &str = "admin customer merchant owner tenant user";

/// A state has no more words.
const BRIEF: usize = 3;

/// The words that a message of success consists of.
const SUCCESS: &str = "a accept accepted access account active all allow allowed app application approved authenticated \
    authorised authorization authorized available back been code complete completed connected consented \
    created current done enabled exchange exchanged fetched for generated given good got granted has \
    have healthy here in initial install installed integration is issued linked live ok on online \
    public published ready refreshed retrieved returned running succeeded success successful \
    successfully synced the to token tokens true use user valid verified was welcome were with yes \
    you your";

/// The claim of an entry of an object about the scopes beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nothing against them.
    Fine,
    /// Its response, of which it may be any part, is about a failure.
    Failure,
    /// Its object is about a failure.
    FailureHere,
    /// They are not in force.
    NotInForce,
}

/// What a key speaks of, by those of its words that count.
enum Subject {
    /// `error_description`.
    Error,
    /// `expires_in`.
    Expiry,
    /// `http_status`.
    Code,
    /// `success`.
    Success,
    /// `is_active` and `granted_by_user`.
    Force,
    /// The same, if it is `false`, and not if it is empty: `deployed` and `verified`.
    Flag,
    /// `approval_status`: anything but a word of success is against it.
    Outcome,
    /// `kind`.
    State,
    /// `revoked_at` and `missing`.
    End,
    /// `reauth_required`.
    Task,
    /// `message`: what happened.
    Message,
    /// `note`.
    Remark,
    Other,
}

impl Subject {
    fn of(name: &str) -> Self {
        let mut words = key::words(name);
        // What `missing_scopes` means depends on the scopes.
        if is_handler(&words) || key::ends_in(name, "scope scopes") {
            return Self::Other;
        }
        let is_remark = words.last().is_none_or(|last| is_among(REMARK, last));
        words.retain(|word| !is_among(BESIDE_FLAGS, word));
        let whole = words.concat();
        // What it is about: `status` of `user_auth_status`, and `granted` of `granted_by_user`.
        let beside = [OF_TOKENS, BESIDE_TOKENS, GRANTORS, BESIDE_STATES];
        let is_beside = |word: &String| beside.iter().any(|list| is_among(list, word));
        let mut core: Vec<_> = words.iter().filter(|word| !is_beside(word)).cloned().collect();
        if core.is_empty() {
            core.extend(words.pop());
        } else if core.len() > 1 && core.ends_with(&["reason".to_owned()]) {
            core.pop();
        }
        let joined = core.concat();
        let are = |is_so: &dyn Fn(&str) -> bool| core.iter().all(|word| is_so(word));
        let ends_a_grant = words.iter().any(|word| is_among(key::ENDING_A_GRANT, word));
        let is_error = match key::is_of_environment(name) {
            true => key::is_error(name),
            false => Meaning::of(&core.join("_")) == Meaning::Failure,
        };
        let subjects = [
            (is_error, Self::Error),
            (is_remark, Self::Remark),
            (whole == "expiresin", Self::Expiry),
            (whole.is_empty(), Self::Flag),
            (is_among(OUTCOME, &joined), Self::Outcome),
            (is_among(STATUS, &whole), Self::Code),
            (is_among("success ok succeeded", &joined), Self::Success),
            (
                is_among(STATE, &whole)
                    || is_of_environment(name)
                    || is_among("health state", &joined),
                Self::State,
            ),
            (is_among(IN_FORCE, &joined) || are(&|word| is_among(IN_FORCE, word)), Self::Force),
            (is_among(IN_FORCE_OR_FALSE, &joined), Self::Flag),
            (is_among(MESSAGE, &whole), Self::Message),
            (are(&key::contradicts) || is_among(ASKED, &joined), Self::End),
            (is_among(OF_REQUESTS, &whole) || ends_a_grant, Self::End),
            (
                are(&|word| {
                    key::contradicts(word) || is_among(TO_BE_DONE, word) || is_among(IN_FORCE, word)
                }),
                Self::Task,
            ),
            (is_among(THOUGHT_OF, &whole), Self::Task),
        ];
        subjects.into_iter().find(|(is_so, _)| *is_so).map_or(Self::Other, |(_, subject)| subject)
    }
}

impl Claim {
    pub fn of(name: &str, value: &Node) -> Self {
        let text = value.text().filter(|text| !is_address(text));
        let text_is = |is_so: &dyn Fn(&str) -> bool| text.is_some_and(is_so);
        let number = number(value);
        let is_error = || number.is_some_and(|code| (400.0..600.0).contains(&code));
        let is_free = key::ends_in(name, FREE);
        let plain = &*key::words(name).concat();
        let is_against = match Subject::of(name) {
            Subject::Error if !value.is_no() => return Self::Failure,
            Subject::Success if value.is_no() || text_is(&denies) => return Self::Failure,
            Subject::Code | Subject::Outcome if is_error() => return Self::Failure,
            Subject::Code | Subject::Outcome | Subject::State
                if plain != "level" && text_is(&says_failure) =>
            {
                return Self::Failure;
            }
            Subject::Message if text_is(&|text| !says_success(text)) => return Self::FailureHere,
            Subject::Other if plain == "name" && text_is(&names_error) => return Self::FailureHere,
            Subject::Error | Subject::Success | Subject::Message => false,
            Subject::Outcome => {
                value.says_no()
                    || value.is_no() && key::ends_in(name, "approval consent")
                    || text_is(&|text| !says_success(text))
                    || value.any_text(&denies)
            }
            // The `state` of a request is random.
            Subject::State if key::ends_in(name, "state") => {
                value.says_no() || text_is(&|text| denies_briefly(text) || is_unconnected(text))
            }
            Subject::Code | Subject::State => {
                value.says_no() || text_is(&|text| denies(text) || is_unconnected(text))
            }
            Subject::Force => {
                let denies =
                    |text: &str| says_failure(text) || is_unconnected(text) || remark::denies(text);
                value.is_no() || !is_free && text_is(&denies)
            }
            Subject::Flag => value.says_no() || text_is(&denies_briefly),
            Subject::Expiry => number.is_some_and(|left| left <= 0.0) || text_is(&denies_briefly),
            Subject::End => !value.is_no() && value.text().is_none_or(|text| !is_address(text)),
            Subject::Task => {
                let is_timed = key::ends_in(name, "at date since time timestamp")
                    && !plain.starts_with("last");
                value.says_yes() || !value.is_no() && (is_timed || text_is(&denies_briefly))
            }
            // A description may say *not* of anything.
            Subject::Remark if key::ends_in(name, "description") => {
                text_is(&remark::denies_in_description)
            }
            Subject::Remark => value.says_no() || text_is(&remark::denies),
            Subject::Other => {
                text_is(&|text| {
                    is_among("heading label name title", plain)
                        && (denies_scopes(text) || is_not_in_force(text))
                        || key::ends_in(name, "state status") && denies_briefly(text)
                        || !is_free && remark::denies_a_grant(text)
                        || (!is_free || is_of_token(name) && text.chars().all(char::is_alphabetic))
                            && is_off(name, text)
                }) || value.says_yes()
                    && key::ends_in(name, "scope scopes")
                    && any_word(name, key::contradicts)
                    || ends_in_denial(name)
                        && matches!(value, Node::Text(_) | Node::Number(_))
                        && !value.is_no()
            }
        };
        if is_against { Self::NotInForce } else { Self::Fine }
    }
}

/// Returns `true` for `environment_name` and `appEnv`, but not for `NODE_ENV`, which says how a program runs.
fn is_of_environment(name: &str) -> bool {
    !key::is_of_environment(name)
        && any_word(name, |word| is_among("env environment", word))
        && !key::ends_in(name, "id url")
}

/// Returns `true` for `email_revoked`, but not for variables, which switch parts of a program off.
fn ends_in_denial(name: &str) -> bool {
    !key::is_of_environment(name)
        && key::words(name).last().is_some_and(|last| key::contradicts(last))
}

fn names_error(text: &str) -> bool {
    key::ends_in(text, "error exception fault")
}

/// Returns `true` for `Missing scopes`.
fn denies_scopes(heading: &str) -> bool {
    let words = key::words(heading);
    // `Check scopes` is the name of a job.
    let is_of_job = words.first().is_some_and(|first| is_among("check verify", first))
        || words.last().is_some_and(|last| last == "check");
    !is_of_job && remark::denies(heading) && words.iter().any(|word| is_among("scope scopes", word))
        || remark::denies_a_grant(heading)
}

/// Returns `true` for a word such as `parked`, unless it is a setting.
fn is_off(name: &str, text: &str) -> bool {
    let is_setting = matches!(text, "disable" | "disabled" | "off") && !is_of_token(name)
        || key::ends_in(name, "policy restart");
    !is_setting && is_not_in_force(text)
}

/// A number, or the one that a text such as `403 Forbidden` begins with.
fn number(value: &Node) -> Option<f64> {
    match value {
        Node::Number(number) => Some(*number),
        value => value.text()?.split_whitespace().next()?.parse().ok(),
    }
}

fn is_unconnected(text: &str) -> bool {
    let text = key::words(text).concat();
    is_among(UNCONNECTED, &text) || is_among(THOUGHT_OF, &text)
}

/// Returns `true` for a key whose object speaks of the scopes beside it, such as `scope_approval`.
pub fn is_of_token(name: &str) -> bool {
    let is_known = |word: &str| is_among(OF_TOKENS, word) || is_among(BESIDE_TOKENS, word);
    let is_of_token = |word: &str| is_known(word) || is_known(&key::singular(word));
    name.contains(char::is_alphanumeric) && all_words(name, is_of_token)
}

/// Returns `true` if an entry surely speaks of the end of a grant, whatever object holds it.
pub fn ends_a_grant(name: &str, value: &Node) -> bool {
    let words = key::words(name);
    let is_end =
        !is_handler(&words) && words.iter().any(|word| is_among(key::ENDING_A_GRANT, word));
    let text = value.text();
    !text.is_some_and(is_address)
        && (is_end && !value.is_no() || text.is_some_and(remark::denies_a_grant))
}

/// Returns `true` for `on_uninstall`, which says what is done then, but not for `on_hold`.
fn is_handler(words: &[String]) -> bool {
    let is_event = |next: &str| {
        let ends = [key::ENDING, key::ENDING_A_GRANT].iter().any(|list| is_among(list, next));
        ends || next.starts_with("err")
    };
    matches!(words, [on, next, ..] if on == "on" && is_event(next))
}

/// The name of one item of a list, if the items say something of the scopes, as those of `statuses` and
/// `notes` do.
pub fn name_of_items(list: &str) -> Option<String> {
    let last = key::words(list).pop()?;
    is_among(SAID_IN_LISTS, &key::singular(&last)).then(|| key::singular(list))
}

/// Returns `true` for a variable of a token that is not set.
pub fn is_unset(name: &str, value: &Node) -> bool {
    value.text() == Some("") && name.to_ascii_lowercase().ends_with("token")
}

/// Addresses have words by chance.
pub fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// Returns `true` if a few words cast doubt on a grant. A longer text may be random.
pub fn denies_briefly(text: &str) -> bool {
    key::words(text).len() <= BRIEF && denies(text)
}

fn denies(text: &str) -> bool {
    // `Available` tells of success; only in a key it means what is offered.
    let denies = |word: &str| key::denies(word) && word != "available";
    (any_word(text, denies) || remark::denies(text)) && !says_success(text)
}

/// Returns `true` for `parked`, `on hold` and `not_granted`: words that say that something is not in force, and at most
/// that it is about a grant.
fn is_not_in_force(text: &str) -> bool {
    let mut words = key::words(text);
    words.retain(|word| !is_among(BESIDE_FLAGS, word));
    let is_negation = matches!(&words[..], [only] if key::is_negation(only));
    let speaks = |word: &String| key::contradicts(word) || remark::speaks_of_grants(word);
    !is_negation && words.iter().any(|word| key::contradicts(word)) && words.iter().all(speaks)
}

fn says_failure(state: &str) -> bool {
    let fails = "aborted bad broken denied error errored errors exception fail* fatal forbid* insufficient unauthor* unhealthy";
    any_word(state, |word| is_among(fails, word))
}

/// Returns `true` if a message has only words of success, in any order, and numbers, and no mark against
/// them. Any other message may object.
fn says_success(message: &str) -> bool {
    // A request alone may wait for an answer.
    let succeeds = any_word(message, |word| is_among("succe*", word));
    let is_of_success = |word: &str| {
        is_among(SUCCESS, word) || key::is_number(word) || succeeds && word == "request"
    };
    all_words(message, is_of_success) && !remark::has_strike(message)
}
