use super::key::all_words;
use super::{Meaning, Node, any_word, is_among, key, remark};

/// Keys that say with `false` that what stands beside them is not granted.
const IN_FORCE: &str = "accepted access activated active agreed allow allowed approval approved assigned authenticated \
    authorised authorized available checked confirmed connected consent consented current effective \
    enable enabled given granted inforce installed inuse issued linked obtained permit permitted ready \
    selected signedoff signoff ticked usable valid";

/// Keys that say so with `false` alone.
const IN_FORCE_OR_FALSE: &str = "applied complete completed deployed done exists healthy live passed present released reviewed state \
    status successful token tokens value verified";

/// Of these, those that are said of parts of a program too.
const SWITCHES: &str = "access active available checked current enabled selected ticked valid";

/// Words of keys that say with anything else that something is asked for, or not granted.
const ASKED: &str = "needed notgranted optional requested required softdeleted submitted \
    tombstone trashed";

/// Words of keys that say so with `true`.
const TO_BE_DONE: &str = "login needed needs planned reapproval reauth reauthenticate reauthentication reauthorisation \
    reauthorise reauthorization reauthorize reconnect reconnection reconsent reinstall reinstallation \
    relink relogin required requires wanted wishlist";

/// Words of keys that say so with a time.
const NEEDED: &str = "needed needs required requires";

/// Keys that say with `true` that nothing is granted yet, or at all, and states that say so.
const THOUGHT_OF: &str =
    "example hypothetical preview proposal proposed sample simulated simulation template";

/// Words of keys such as `is_active`, `token_status` and `revoked_at` that change nothing about their
/// meaning.
const BESIDE_FLAGS: &str =
    "are at by date for grant had has is must on since time timestamp token was when x";

/// Keys of objects that speak of the scopes beside them.
const OF_TOKENS: &str = "access account app application approval attributes authorisation authorization client \
    connection consent credentials data flags grant info install installation integration lifecycle meta metadata oauth \
    oauth2 payload result review session state status subscription token";

/// Words beside them in names such as `scope_details`.
const BESIDE_TOKENS: &str = "detail details request scope scopes";

/// Keys of answers that only begin an authorization.
const OF_REQUESTS: &str =
    "consentchallenge devicecode loginchallenge requesturi usercode verificationuri";

/// Keys whose number is a status of HTTP.
const STATUS: &str =
    "code http httpcode httpstatus httpstatuscode responsecode responsestatus status statuscode";

/// Keys whose text is one of few words.
const STATE: &str = "action approval category code command consent event eventname eventtype kind level op operation \
    outcome phase result review severity stage state status statustext title topic type";

/// Those whose plural is a list of them.
const SAID_IN_LISTS: &str = "approval comment consent flag note reason remark state status warning";

/// States of a connection that is not there yet, or no more. The `state` of a request is random.
const UNCONNECTED: &str =
    "destroyed down incomplete initiated invited locked offline processing scheduled unknown";

/// Those of them that say whether it is granted, so that any word but one of success objects.
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

/// An entry, and its words without those that change nothing about its meaning.
struct Entry<'n> {
    name: &'n str,
    words: Vec<String>,
    /// The words as one.
    key: String,
    value: &'n Node,
}

impl Claim {
    pub fn of(name: &str, value: &Node) -> Self {
        let mut words = key::words(name);
        words.retain(|word| !is_among(BESIDE_FLAGS, word));
        let entry = Entry { name, key: words.concat(), words, value };
        if entry.names_an_error() {
            if entry.is_handler() || value.is_no() { Self::Fine } else { Self::Failure }
        } else if entry.reports_a_failure() {
            Self::Failure
        } else if entry.tells_of_a_failure() {
            Self::FailureHere
        } else if entry.is_flag_against() || entry.is_text_against() {
            Self::NotInForce
        } else {
            Self::Fine
        }
    }
}

impl Entry<'_> {
    fn names_an_error(&self) -> bool {
        match key::is_of_environment(self.name) {
            true => key::is_error(self.name),
            false => Meaning::of(&self.words.join("_")) == Meaning::Failure,
        }
    }

    /// `ON_ERROR` says what is done then.
    fn is_handler(&self) -> bool {
        let words = key::words(self.name);
        let handles = |pair: &[String]| pair[0] == "on" && pair[1].starts_with("err");
        words.windows(2).any(handles) || words.first().is_some_and(|first| first == "on")
    }

    fn reports_a_failure(&self) -> bool {
        let is_error = |code: f64| (400.0..600.0).contains(&code);
        self.is(STATUS) && self.number().is_some_and(is_error)
            || self.is("success ok succeeded") && self.value.is_no()
            || (self.is(STATE) && !self.is("level") || self.is_state())
                && self.text_is(says_failure)
    }

    fn tells_of_a_failure(&self) -> bool {
        self.is_error_of_token() && !self.is_handler()
            || self.is("name") && self.text_is(|name| key::ends_in(name, "error exception fault"))
            || self.is(MESSAGE) && self.text_is(|text| !says_success(text))
    }

    fn is_flag_against(&self) -> bool {
        let has_expired = self.is("expiresin") && self.number().is_some_and(|left| left <= 0.0);
        has_expired
            || self.is(OF_REQUESTS) && !self.value.is_no()
            || if self.value.is_no() { self.denies_a_grant() } else { self.affirms_an_end() }
    }

    /// `active: null` and `admin_approved: false`, but neither `last_approved: null` nor
    /// `requires_approval: false`.
    fn denies_a_grant(&self) -> bool {
        let words = key::words(self.name);
        let before = words.split_last().map_or(&[][..], |(_, before)| before).join("_");
        let is_switch = is_among(SWITCHES, self.last()) && !may_be_about_grants(&before);
        let is_compound = is_among(IN_FORCE, self.last()) && !self.any(objects) && !is_switch;
        let is_flag = is_compound
            || self.is(IN_FORCE_OR_FALSE)
            || self.words.is_empty()
            || self.is(OUTCOME)
            || self.is_about_granting();
        self.is(IN_FORCE) || self.value.says_no() && is_flag
    }

    /// `is_revoked: true`, `on_hold_since: 2026-05-01` and `missing: ["*"]`, but neither
    /// `signed_off: true` nor `review: passed`.
    fn affirms_an_end(&self) -> bool {
        if self.is(IN_FORCE) || self.is(STATE) {
            return false;
        }
        // The last word of `user_revoked` and `revoked_reason`.
        let last = match &self.words[..] {
            [.., word, last] if last == "reason" => word,
            _ => self.last(),
        };
        let is_plain = matches!(self.value, Node::Text(_) | Node::Number(_));
        !self.words.is_empty() && self.words.iter().all(|word| key::contradicts(word))
            || self.is(ASKED)
            || self.value.says_yes() && self.is(THOUGHT_OF)
            || self.value.says_yes() && self.any(objects) && may_be_about_grants(self.name)
            || self.number() == Some(1.0) && self.any(|word| is_among(key::ENDING, word))
            || is_plain && key::contradicts(last)
            || is_plain && self.is_timed() && self.any(|word| is_among(NEEDED, word))
    }

    /// Returns `true` for keys such as `reauth_required_at`, whose value is not when something was done.
    fn is_timed(&self) -> bool {
        key::ends_in(self.name, "at date since time timestamp")
    }

    /// Returns `true` if its text denies a grant, in the way of texts with such a name.
    fn is_text_against(&self) -> bool {
        let warns_of_denial =
            |text: &str| remark::denies(text) && any_word(text, remark::speaks_of_grants);
        let denies_scopes = |heading: &str| {
            remark::denies(heading) && any_word(heading, |word| is_among("scope scopes", word))
        };
        let is_off = |text: &str| {
            let is_setting = matches!(text, "disabled" | "off") && !is_of_token(self.name)
                || is_among("policy restart", self.last());
            !is_setting && is_not_in_force(text) && !self.is_free()
        };
        let is_remark = self.key.is_empty() || is_among(REMARK, self.last());
        let is_named = self.is("label name title");
        let is_unconnected = |text: &str| is_among(UNCONNECTED, &text.to_lowercase());
        let is_thought_of = |text: &str| is_among(THOUGHT_OF, &key::words(text).concat());
        self.is(STATE) && self.text_is(|text| denies(text) || is_thought_of(text))
            || is_among("state status", self.last()) && self.text_is(denies_briefly)
            || (self.is("state status") || self.is_state()) && self.text_is(is_unconnected)
            || self.is_outcome() && self.text_is(|text| !says_success(text))
            || (self.is(OUTCOME) || self.key == "state") && self.value.any_text(&denies)
            || (is_remark || self.is(IN_FORCE) && !self.is_free()) && self.text_is(remark::denies)
            || self.is("warning warnings") && self.text_is(warns_of_denial)
            || (is_named || self.is("heading")) && self.text_is(denies_scopes)
            || (is_named || !self.is_free())
                && self.text_is(|text| is_off(text) || remark::denies_a_grant(text))
    }

    fn is(&self, keys: &str) -> bool {
        is_among(keys, &self.key)
    }

    fn any(&self, is_so: impl Fn(&str) -> bool) -> bool {
        self.words.iter().any(|word| is_so(word))
    }

    fn text_is(&self, is_so: impl Fn(&str) -> bool) -> bool {
        self.value.text().is_some_and(|text| !is_address(text) && is_so(text))
    }

    fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// A number, or the one that a text such as `403 Forbidden` begins with.
    fn number(&self) -> Option<f64> {
        match self.value {
            Node::Number(number) => Some(*number),
            value => value.text()?.split_whitespace().next()?.parse().ok(),
        }
    }

    /// Returns `true` for keys such as `access_token`, whose text has words by chance.
    fn is_free(&self) -> bool {
        key::ends_in(self.name, FREE)
    }

    /// Returns `true` for `granted_by_user`, but not for `accepted_tos`.
    fn is_about_granting(&self) -> bool {
        let is_beside = |word: &str| is_among(OF_TOKENS, word) || is_among(GRANTORS, word);
        let grants = |word: &str| is_among(IN_FORCE, word);
        self.any(grants) && !self.any(|word| !grants(word) && !is_beside(word))
    }

    /// Returns `true` for `last_error` and `oauth_error`, but not for `sync_error`.
    fn is_error_of_token(&self) -> bool {
        let says = matches!(self.value, Node::Text(_) | Node::Map(_));
        let is_of_token =
            |word: &str| is_of_token(word) || is_among("auth last login refresh", word);
        says && !self.value.is_no()
            && !self.value.says_yes()
            && self.is_compound("error errors", is_of_token)
    }

    /// Returns `true` for `health` and for compounds about a grant or an account, such as `auth_status`.
    fn is_state(&self) -> bool {
        self.is_compound("health state status", |word| {
            is_of_token(word) || is_among("account auth credential", word)
        })
    }

    /// Returns `true` for `status` and for compounds about a grant, such as `approval_status`.
    fn is_outcome(&self) -> bool {
        let grants = |word: &str| self.last() == "consent" && is_among(GRANTORS, word);
        self.is(OUTCOME) || self.is_compound(OUTCOME, |word| is_of_token(word) || grants(word))
    }

    /// Returns `true` if the last word is one of these, and all before it are so.
    fn is_compound(&self, last: &str, are_so: impl Fn(&str) -> bool) -> bool {
        is_among(last, self.last()) && self.words.iter().rev().skip(1).all(|word| are_so(word))
    }
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
    // `on_uninstall` says what is done then.
    let is_end = words.first().is_none_or(|first| first != "on")
        && words.iter().any(|word| is_among(key::ENDING_A_GRANT, word));
    let text = value.text();
    !text.is_some_and(is_address)
        && (is_end && !value.is_no() || text.is_some_and(remark::denies_a_grant))
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

/// Returns `true` if a name may speak of grants: it has a word of them, or none of anything else. Others
/// name parts of a program, as `SMTP_ENABLED` and `registration_disabled` do.
pub fn may_be_about_grants(name: &str) -> bool {
    let lists = [
        IN_FORCE,
        IN_FORCE_OR_FALSE,
        ASKED,
        TO_BE_DONE,
        BESIDE_FLAGS,
        OF_TOKENS,
        STATE,
        OUTCOME,
        MESSAGE,
        REMARK,
        GRANTORS,
    ];
    let is_known = |word: &str| {
        key::denies(word) || key::may_hold(word) || lists.iter().any(|list| is_among(list, word))
    };
    let is_of_grants = |word: &str| {
        remark::speaks_of_grants(word)
            || is_among(key::ENDING_A_GRANT, word)
            || is_among("oauth scope scopes token", word)
    };
    all_words(name, is_known) || any_word(name, is_of_grants)
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

/// Returns `true` if a text has one word that says that something is not in force, and none that counts
/// beside it, such as `on hold`.
fn is_not_in_force(text: &str) -> bool {
    let mut words = key::words(text);
    words.retain(|word| !is_among(BESIDE_FLAGS, word));
    matches!(&words[..], [word] if key::contradicts(word) && !key::is_negation(word))
}

/// `deauthorized` and `required` say with `true` that something is over, or still to be done.
fn objects(word: &str) -> bool {
    key::contradicts(word) || is_among(TO_BE_DONE, word)
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
