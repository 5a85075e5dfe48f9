use super::key::{self, Meaning};
use super::node::Node;
use super::remark;

/// Keys that say with `false` that what stands beside them is not granted.
const IN_FORCE: &str = "accepted access active allow allowed approval approved assigned authorised authorized \
    authenticated available checked confirmed connected consent consented current enabled given granted \
    installed issued obtained permitted selected signedoff signoff ticked valid";

/// Keys that say so with `false` alone.
const IN_FORCE_OR_FALSE: &str = "complete completed deployed done live passed released reviewed state \
    status successful token tokens value";

/// Of these, those that are said of parts of a program too.
const SWITCHES: &str = "access active available checked current enabled selected ticked valid";

/// Words of keys that say with anything else that something is asked for, or not granted.
const ASKED: &str = "needed notgranted optional requested required submitted";

/// Words of keys that say so with `true`.
const TO_BE_DONE: &str = "needed needs planned reauth reconnect required requires wanted wishlist";

/// Words of keys such as `is_active`, `token_status` and `revoked_at` that change nothing about their
/// meaning.
const BESIDE_FLAGS: &str = "are at by date grant had has is must on since time timestamp token was \
    when x";

/// Keys of objects that speak of the scopes beside them.
const OF_TOKENS: &str = "access app application approval attributes authorisation authorization client \
    connection consent credentials data flags grant info install installation integration meta metadata \
    oauth oauth2 payload result review session state status token";

/// Words beside them in names such as `scope_details`.
const BESIDE_TOKENS: &str = "detail details request scope scopes";

/// Keys whose number is a status of HTTP.
const STATUS: &str =
    "code httpcode httpstatus httpstatuscode responsecode responsestatus status statuscode";

/// Keys whose text is one of few words.
const STATE: &str = "action approval category code command consent event eventname eventtype kind level op \
    operation outcome phase result review severity stage state status statustext title topic type";

/// Those whose plural is a list of them.
const SAID_IN_LISTS: &str = "approval comment consent flag note reason remark state status warning";

/// Those of them that say whether it is granted, so that any word but one of success objects.
const OUTCOME: &str = "approval consent decision effect outcome permission result status \
    userconsent verdict";

/// Keys whose text tells people what happened.
const MESSAGE: &str = "detail details message msg reason";

/// The last words of keys whose text is a remark.
const REMARK: &str = "comment comments description explanation hint info note notes problem readme remark \
    remarks summary";

/// The last words of keys whose text is not one of few words.
const FREE: &str = "code label name secret title token";

/// Those who grant.
const GRANTORS: &str = "admin customer merchant owner tenant user";

/// The words that a message of success consists of.
const SUCCESS: &str = "a accept accepted access account active all allow allowed app application \
    approved authenticated authorised authorized been complete completed connected consented \
    created current done enabled exchange exchanged fetched for generated given good granted has \
    have healthy here in installed is issued linked live ok on online public published ready refreshed \
    retrieved returned running success successful successfully succeeded synced the to token tokens true use user \
    valid verified was welcome were with yes you your";

/// What an entry of an object says of the scopes that stand beside it.
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
        words.retain(|word| !key::is_among(BESIDE_FLAGS, word));
        let entry = Entry { name, key: words.concat(), words, value };
        if entry.names_an_error() {
            if entry.is_handler() || value.is_no() { Self::Fine } else { Self::Failure }
        } else if entry.reports_a_failure() {
            Self::Failure
        } else if entry.tells_of_a_failure() {
            Self::FailureHere
        } else if entry.is_flag_against() || entry.is_state_against() || entry.is_text_against() {
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
            || self.is(STATE) && !self.is("level") && self.text_is(says_failure)
    }

    fn tells_of_a_failure(&self) -> bool {
        self.is_error_of_token() && !self.is_handler()
            || self.is("name") && self.text_is(names_error)
            || self.is(MESSAGE) && self.text_is(|text| !says_success(text))
    }

    fn is_flag_against(&self) -> bool {
        let has_expired = self.is("expiresin") && self.number().is_some_and(|left| left <= 0.0);
        has_expired
            || if self.value.is_no() { self.denies_a_grant() } else { self.affirms_an_end() }
    }

    /// `active: null` and `admin_approved: false`, but neither `last_approved: null` nor
    /// `requires_approval: false`.
    fn denies_a_grant(&self) -> bool {
        let words = key::words(self.name);
        let before = words.split_last().map_or(&[][..], |(_, before)| before).join("_");
        let is_switch = key::is_among(SWITCHES, self.last()) && !may_be_about_grants(&before);
        let is_compound = key::is_among(IN_FORCE, self.last()) && !self.any(objects) && !is_switch;
        let is_flag = is_compound
            || self.is(IN_FORCE_OR_FALSE)
            || self.words.is_empty()
            || self.is_about_granting();
        self.is(IN_FORCE) || self.value.says_no() && is_flag
    }

    /// `is_revoked: true`, `on_hold_since: 2026-05-01` and `missing: ["*"]`, but neither
    /// `signed_off: true` nor `review: passed`.
    fn affirms_an_end(&self) -> bool {
        if self.is(IN_FORCE) || self.is(STATE) {
            return false;
        }
        let is_plain = matches!(self.value, Node::Text(_) | Node::Number(_));
        let is_end = !self.words.is_empty() && self.words.iter().all(|word| key::contradicts(word));
        is_end
            || self.is(ASKED)
            || self.value.says_yes() && self.any(objects) && may_be_about_grants(self.name)
            || self.number() == Some(1.0) && self.any(key::ends)
            || is_plain && key::contradicts(self.last_without_reason())
    }

    fn is_state_against(&self) -> bool {
        self.is(STATE) && self.text_is(denies)
            || key::is_among("state status", self.last()) && self.text_is(doubts_briefly)
            || self.is_outcome() && self.text_is(|text| !says_success(text))
            || (self.is(OUTCOME) || self.key == "state") && self.value.any_text(&denies)
            || !self.is_free() && self.is(IN_FORCE) && self.text_is(remark::doubts)
            || !self.is_free() && self.text_is(is_not_in_force) && !self.is_setting()
    }

    fn is_text_against(&self) -> bool {
        let speaks_of_grants =
            |text: &str| key::words(text).iter().any(|word| remark::speaks_of_grants(word));
        let is_remark = self.key.is_empty() || key::is_among(REMARK, self.last());
        is_remark && self.text_is(remark::doubts)
            || self.is("warning warnings")
                && self.text_is(|text| remark::doubts(text) && speaks_of_grants(text))
            || self.is("heading label name title") && self.text_is(denies_scopes)
            || (!self.is_free() || self.is("label name title"))
                && self.text_is(|text| {
                    remark::denies_a_grant(text) || !self.is_setting() && remark::only_denies(text)
                })
    }

    fn is(&self, keys: &str) -> bool {
        key::is_among(keys, &self.key)
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

    /// The last word of `user_revoked` and `revoked_reason`.
    fn last_without_reason(&self) -> &str {
        match &self.words[..] {
            [.., word, last] if last == "reason" => word,
            words => words.last().map_or("", String::as_str),
        }
    }

    /// A number, or the one that a text such as `403 Forbidden` begins with.
    fn number(&self) -> Option<f64> {
        match self.value {
            Node::Number(number) => Some(*number),
            Node::Text(text) => text.split_whitespace().next()?.parse().ok(),
            Node::Null | Node::Bool(_) | Node::List(_) | Node::Map(_) => None,
        }
    }

    /// Returns `true` for keys such as `access_token`, whose text has words by chance.
    fn is_free(&self) -> bool {
        key::words(self.name).last().is_some_and(|last| key::is_among(FREE, last))
    }

    /// A setting such as `cache: disabled` says nothing of the scopes.
    fn is_setting(&self) -> bool {
        let is_off = matches!(self.value.text(), Some("disabled" | "off"));
        is_off && !is_of_token(self.name) || key::is_among("policy restart", self.last())
    }

    /// Returns `true` for `granted_by_user`, but not for `accepted_tos`.
    fn is_about_granting(&self) -> bool {
        let (granting, mut others): (Vec<_>, Vec<_>) =
            self.words.iter().partition(|word| key::is_among(IN_FORCE, word));
        others.retain(|word| !key::is_among(OF_TOKENS, word) && !key::is_among(GRANTORS, word));
        !granting.is_empty() && others.is_empty()
    }

    /// Returns `true` for `last_error` and `oauth_error`, but not for `sync_error`.
    fn is_error_of_token(&self) -> bool {
        let is_of_token =
            |word: &String| is_of_token(word) || key::is_among("auth last login refresh", word);
        let says = matches!(self.value, Node::Text(_) | Node::Map(_))
            && !self.value.is_no()
            && !self.value.says_yes();
        says && self.words.split_last().is_some_and(|(last, before)| {
            matches!(&**last, "error" | "errors") && before.iter().all(is_of_token)
        })
    }

    /// Returns `true` for `status` and for compounds about a grant, such as `approval_status`.
    fn is_outcome(&self) -> bool {
        let is_compound = self.words.split_last().is_some_and(|(last, before)| {
            key::is_among(OUTCOME, last)
                && before.iter().all(|word| {
                    is_of_token(word) || last == "consent" && key::is_among(GRANTORS, word)
                })
        });
        self.is(OUTCOME) || is_compound
    }
}

/// Returns `true` for a key whose object speaks of the scopes beside it, such as `scope_approval`.
pub fn is_of_token(name: &str) -> bool {
    let is_known =
        |word: &str| key::is_among(OF_TOKENS, word) || key::is_among(BESIDE_TOKENS, word);
    let words = key::words(name);
    !words.is_empty() && words.iter().all(|word| is_known(word) || is_known(&key::singular(word)))
}

/// Returns `true` if an entry surely speaks of the end of a grant, whatever object holds it.
pub fn ends_a_grant(name: &str, value: &Node) -> bool {
    let is_end = key::words(name).iter().any(|word| key::ends_a_grant(word));
    let text = value.text();
    !text.is_some_and(is_address)
        && (is_end && !value.is_no() || text.is_some_and(remark::denies_a_grant))
}

/// The name of one item of a list, if the items say something of the scopes, as those of `statuses` and
/// `notes` do.
pub fn name_of_items(list: &str) -> Option<String> {
    let last = key::words(list).pop()?;
    key::is_among(SAID_IN_LISTS, &key::singular(&last)).then(|| key::singular(list))
}

/// Returns `true` for a variable of a token that is not set.
pub fn is_unset(name: &str, value: &Node) -> bool {
    value.text() == Some("") && name.to_ascii_lowercase().ends_with("token")
}

/// Addresses have words by chance.
fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// Returns `true` if a name may speak of grants: it has a word of them, or none of anything else. Others
/// name parts of a program, as `SMTP_ENABLED` and `registration_disabled` do.
pub fn may_be_about_grants(name: &str) -> bool {
    let lists = [
        IN_FORCE,
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
    let is_known = |word: &String| {
        key::denies(word)
            || key::may_hold(word)
            || lists.into_iter().any(|list| key::is_among(list, word))
    };
    let is_of_grants = |word: &String| {
        remark::speaks_of_grants(word)
            || key::ends_a_grant(word)
            || key::is_among("oauth scope scopes token", word)
    };
    let words = key::words(name);
    words.iter().all(is_known) || words.iter().any(is_of_grants)
}

/// Returns `true` if a variable is a message that denies nothing, and not a part of a response.
pub fn is_plain_message(name: &str, value: &Node) -> bool {
    let denies = |text: &str| key::words(text).iter().any(|word| key::denies(word));
    key::is_among(MESSAGE, &name.to_ascii_lowercase()) && !value.any_text(&denies)
}

/// Returns `true` if a few words cast doubt on a grant. A longer text may be random.
pub fn doubts_briefly(text: &str) -> bool {
    key::words(text).len() <= remark::BRIEF && denies(text)
}

fn denies(text: &str) -> bool {
    let denies = key::words(text).iter().any(|word| key::denies(word));
    (denies || remark::doubts(text)) && !says_success(text)
}

/// `Missing scopes`, as a heading.
fn denies_scopes(heading: &str) -> bool {
    let is_scope = |word: &String| matches!(&**word, "scope" | "scopes");
    key::words(heading).iter().any(is_scope) && remark::doubts(heading)
}

/// Returns `true` if a text has one word that says that something is not in force, and none that counts
/// beside it, such as `on hold`.
fn is_not_in_force(text: &str) -> bool {
    let mut words = key::words(text);
    words.retain(|word| !key::is_among(BESIDE_FLAGS, word));
    matches!(&words[..], [word] if key::contradicts(word) && !key::negates(word))
}

/// `deauthorized` and `required` say with `true` that something is over, or still to be done.
fn objects(word: &str) -> bool {
    key::contradicts(word) || key::is_among(TO_BE_DONE, word)
}

fn says_failure(state: &str) -> bool {
    let fails = "bad denied error errors exception fail* fatal forbid* insufficient unauthor*";
    key::words(state).iter().any(|word| key::is_among(fails, word))
}

/// `ForbiddenError`, but not `Error Tracker`.
fn names_error(name: &str) -> bool {
    let last = key::words(name).pop();
    last.is_some_and(|last| matches!(&*last, "error" | "exception" | "fault"))
}

/// Returns `true` if a message has only words of success, in any order, and numbers. Any other message
/// may object.
fn says_success(message: &str) -> bool {
    key::words(message).iter().all(|word| key::is_among(SUCCESS, word) || key::is_number(word))
}
