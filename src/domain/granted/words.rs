use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use percent_encoding::percent_decode_str;

use super::{GrantedFault, Meaning, Result, is_among, key, refuse_if};
use crate::domain::catalog::MICROSOFT_GRAPH;
use crate::domain::input::INVISIBLE;
use crate::domain::nearest::is_as_long;
use crate::domain::secret::begins_as_token;
use crate::domain::{ActionIndex, Catalog, ScopeIndex, ScopeList, Separator, nearest_name};

/// The most bytes in a name. A longer one is a mistake in the input.
const LONGEST_NAME: usize = 1000;

/// The most characters of a word that is repeated in an error.
const LONGEST_PLAIN: usize = 24;

/// The most letters of a plain word that is kept as a new scope. A longer one may be a secret.
const LONGEST_NEW: usize = 16;

/// Longer runs with a digit or with capitals in disorder are more likely a secret than a part of a
/// scope. The longest run of a UUID has so many characters.
const LONGEST_RUN: usize = 12;

/// No part of a known scope has so many characters.
const LONGEST_PART: usize = 40;

/// The long name of a permission of Microsoft Graph begins with this.
const OF_GRAPH: &str = "https://graph.microsoft.com/";

/// The scope of OpenID Connect without which the others are none.
pub const OPENID: &str = "openid";

/// The others that are plain words.
const BESIDE_OPENID: &str = "email profile address phone";

/// The characters between the parts of a scope.
const MARKS: &str = ":._/-";

const QUOTES: [char; 9] = ['"', '\'', '`', '“', '”', '‘', '’', '«', '»'];

/// Providers, and the names under which their apps are authorized or called.
const HOUSES: [(&str, &str); 9] = [
    ("bitbucket", "atlassian"),
    ("hubspot", "hubapi"),
    ("instagram", "facebook"),
    ("jira", "atlassian"),
    ("microsoft", "microsoftonline"),
    ("quickbooks", "intuit"),
    ("shopify", "myshopify"),
    ("trello", "atlassian"),
    ("zoho", "zohoapis"),
];

/// The words that can name a scope: the scopes of a catalog, and their names in the provider's
/// form.
#[derive(Clone)]
pub struct Lexicon<'c> {
    pub catalog: &'c Catalog,
    /// The words of the connector's keys and its name.
    pub own: Vec<String>,
    /// Shared with the lexicon of each variable, like the names in the provider's form.
    scopes: Rc<HashMap<&'c str, ScopeIndex>>,
    /// The names in lower case, made when they are first asked for.
    lower_case: OnceCell<HashSet<String>>,
    /// Known providers whose names are in scopes of the catalog, found when they are first asked for.
    pub providers_in_scopes: OnceCell<Vec<&'static str>>,
    /// Whether the text names the connector somewhere. Other names in it may then be those of other things.
    pub is_named: bool,
    /// Whether the text has the scope `openid`.
    pub has_openid: bool,
    /// `None` if two scopes have the same name.
    form_names: Rc<HashMap<&'c str, Option<&'c str>>>,
}

/// Whether words that the catalog does not know are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    Refused,
    /// Those that can hardly be anything but scopes.
    Kept,
}

/// Names of scopes that a text states.
pub type Names = BTreeSet<String>;

/// The first byte of a word that is not a scope, and the error about it.
pub type Stray = (usize, GrantedFault);

impl<'c> Lexicon<'c> {
    pub fn of(catalog: &'c Catalog) -> Self {
        let mut form_names = HashMap::new();
        for scope in catalog.all_scopes() {
            if let Some(name) = catalog.form_name(scope) {
                let scope = Some(catalog.scope(scope));
                form_names.entry(name).and_modify(|known| *known = None).or_insert(scope);
            }
        }
        let connector = catalog.connector();
        let names = connector.keys().chain([connector.name.as_str()]);
        // `HubSpot` is one word, and `SlackOAuth` are two.
        let own =
            names.flat_map(|name| [key::words(name), key::words(&name.to_lowercase())].concat());
        let mut own: Vec<_> = own.collect();
        let houses = HOUSES.iter().filter(|(provider, _)| own.iter().any(|word| word == provider));
        let houses: Vec<_> = houses.map(|&(_, house)| house.to_owned()).collect();
        own.extend(houses);
        let scopes = catalog.scope_indices();
        Self {
            catalog,
            own,
            scopes: scopes.into(),
            lower_case: OnceCell::new(),
            providers_in_scopes: OnceCell::new(),
            is_named: false,
            has_openid: false,
            form_names: form_names.into(),
        }
    }

    /// The meaning of a key in JSON, YAML or a URL. Unless it is a variable, the name of scopes has to mean
    /// surely those of an app.
    pub fn meaning(&self, key: &str) -> Meaning {
        match Meaning::of(key) {
            Meaning::Granted if !key::is_of_environment(key) && !self.is_of_app(key) => {
                Meaning::NotGranted
            }
            meaning => meaning,
        }
    }

    /// Returns `true` if the name of some scopes has before `scopes` only words that surely mean those of an
    /// app, or the connector's.
    pub fn is_of_app(&self, name: &str) -> bool {
        let is_plain = |word: &String| {
            is_among(key::OF_AN_APP, word) || is_among("scope scopes", word) || self.owns(word)
        };
        let words = key::words(name);
        name.starts_with(char::is_alphanumeric) && words.iter().rev().skip(1).all(is_plain)
    }

    /// Returns `true` if a name around scopes surely means an app, or what holds its scopes. Any other may
    /// say in its own words that they are not granted, as `on_hold` and `before` do.
    pub fn holds(&self, name: &str) -> bool {
        let holds = |word: &str| {
            let is_known = [word, &key::singular(word)]
                .iter()
                .any(|word| key::may_hold(word) || is_among(key::CONTAINERS, word));
            is_known || self.owns(word) || key::is_number(word)
        };
        name.starts_with(char::is_alphanumeric) && key::all_words(name, holds)
    }

    /// Returns `true` if a key names scopes that are not in force, so that none of them is granted. It may
    /// name those that are asked for or offered.
    pub fn speaks_against(&self, key: &str) -> bool {
        let is_open = |word: &str| is_among(key::OFFERED, word) || is_among(key::OF_SCOPES, word);
        let words = key::words(key);
        let is_to_come =
            |pair: &[String]| pair[0] == "to" && is_among("add ask enable grant request", &pair[1]);
        matches!(&words[..], [first, _, ..] if is_among("ask to", first))
            || words.windows(2).any(is_to_come)
            || key::ends_in(key, "delta diff")
                && key::any_word(key, |word| is_among("scope scopes", word))
            || key::any_word(key, key::contradicts)
            || key::ends_in(key, "scope scopes")
                && !key::any_word(key, is_open)
                && self.meaning(key) != Meaning::Granted
    }

    /// Whether a catalog of Microsoft Graph is about what apps may do for themselves, and not for their users.
    /// `None` for any other catalog.
    pub fn is_of_graph_apps(&self) -> Option<bool> {
        let connector = self.catalog.connector();
        let method = connector.method.as_deref().filter(|_| connector.name == MICROSOFT_GRAPH);
        method.map(|method| method == "Application")
    }

    /// Whether a word is one of the connector's.
    pub fn owns(&self, word: &str) -> bool {
        self.own.iter().any(|own| own == word)
    }

    /// Whether a name has one of the connector's words in it.
    pub fn owns_part(&self, name: &str) -> bool {
        key::any_word(name, |word| self.owns(word))
    }

    /// A name without the connector's words, and without those of switches beside them, such as `status` of
    /// `pipedrive_status` and `enabled` of `FEATURE_PIPEDRIVE_ENABLED`.
    pub fn without_own(&self, name: &str) -> String {
        let mut words = key::words(name);
        let count = words.len();
        words.retain(|word| !self.owns(word));
        if words.len() == count {
            return name.to_owned();
        }
        words.retain(|word| !is_among("feature flag toggle use", word));
        words.join("_")
    }

    /// The same lexicon, with the words of a variable that states scopes among the connector's.
    pub fn with_own(&self, variable: &str) -> Self {
        let mut words = key::words(variable);
        words.retain(|word| !is_among("scope scopes", word));
        let own = [self.own.clone(), words].concat();
        Self { own, ..self.clone() }
    }

    /// The scopes of these names. Those that the catalog does not know are kept apart.
    pub fn list(&self, names: &Names) -> ScopeList {
        ScopeList::of(&self.scopes, names.iter().map(String::as_str))
    }

    pub fn is_scope(&self, word: &str) -> bool {
        self.scopes_of(word).is_some() || self.is_of_openid(word)
    }

    /// The scope that has this name in the provider's form, which is matched letter by letter.
    pub fn scope_of_form_name(&self, text: &str) -> Option<&'c str> {
        *self.form_names.get(unquoted(text))?
    }

    /// Returns `true` if a text has such a name in it.
    pub fn has_form_name(&self, text: &str) -> bool {
        self.form_names.keys().any(|name| text.contains(name))
    }

    /// Returns `true` if a text has all of such a name before its colon, as `Deals: Full acess` has.
    pub fn is_nearly_form_name(&self, text: &str) -> bool {
        let before = unquoted(text).split_once(": ").map(|(before, _)| before);
        before.is_some_and(|before| {
            let mut names = self.form_names.keys().filter_map(|name| name.split_once(": "));
            names.any(|(own, _)| own == before)
        })
    }

    /// Every word of a text as a scope. Words end at white space or a separator; quotes
    /// around them are passed over. A line that begins with a semicolon may be a comment.
    pub fn names(&self, text: &str, unknown: Unknown) -> Result<Names, Stray> {
        let ends = |c: char| Separator::is_one(c) && c != ' ';
        if text.lines().any(|line| line.trim_start().starts_with(';')) {
            return Err((0, GrantedFault::Semicolon));
        }
        let mut names = Names::new();
        let mut offset = 0;
        for piece in text.split_inclusive(ends) {
            let inner = piece.strip_suffix(ends).unwrap_or(piece);
            let form_name = self.scope_of_form_name(inner.trim());
            names.extend(form_name.map(str::to_owned));
            let mut start = offset;
            for word in inner.split_inclusive(char::is_whitespace).filter(|_| form_name.is_none()) {
                let found = self.word(word.trim_end(), unknown);
                names.extend(found.map_err(|fault| (start, fault))?);
                start += word.len();
            }
            offset += piece.len();
        }
        Ok(names)
    }

    /// Every word of the text under a key as a scope. Without a blank it is no prose, so words between commas are
    /// like the entries of a list.
    ///
    /// # Errors
    /// A word is none, or there is no word.
    pub fn stated(&self, text: &str, unknown: Unknown, key: &str) -> Result<Names> {
        let is_list = !text.trim().contains(char::is_whitespace);
        let read =
            |piece| if is_list { self.item(piece, unknown) } else { self.names(piece, unknown) };
        let mut names = Names::new();
        for piece in text.split(|c| is_list && c == ',') {
            names.extend(read(piece).map_err(|(_, fault)| fault.under(key))?);
        }
        refuse_if(names.is_empty(), GrantedFault::Empty.under(key))?;
        Ok(names)
    }

    /// One entry of a list. A single plain word in it is no prose, so it may be a new scope too.
    pub fn item(&self, text: &str, unknown: Unknown) -> Result<Names, Stray> {
        let is_plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic());
        let may_be_new = is_plain && text.len() <= LONGEST_NEW && self.is_new(text);
        // `not` may be about the scopes behind it.
        if unknown == Unknown::Kept && may_be_new && !key::denies(&text.to_lowercase()) {
            return Ok([text.to_owned()].into());
        }
        self.names(text, unknown)
    }

    fn word(&self, word: &str, unknown: Unknown) -> Result<Vec<String>, GrantedFault> {
        let bare = unquoted(word);
        match self.scopes_of(bare) {
            _ if word.is_empty() => Ok(Vec::new()),
            Some(scopes) => Ok(scopes),
            None if unknown == Unknown::Kept && is_surely_a_scope(bare) && self.is_new(bare) => {
                Ok(vec![bare.to_owned()])
            }
            None if self.is_of_openid(bare) && self.is_new(bare) => Ok(vec![bare.to_owned()]),
            None if self.is_scope(bare.trim_matches(is_unseen)) => Err(GrantedFault::Invisible),
            None => Err(self.not_a_scope(if bare.is_empty() { word } else { bare })),
        }
    }

    /// Returns `true` for scopes that no catalog knows, and that many apps have. Words such as `email` are of prose,
    /// unless `openid` stands in the text.
    fn is_of_openid(&self, word: &str) -> bool {
        word == OPENID
            || word == "offline_access"
            || self.has_openid && is_among(BESIDE_OPENID, word)
    }

    /// The scopes in a word, and those that no catalog knows.
    pub fn all_scopes_of(&self, word: &str) -> Vec<String> {
        let of_openid = || self.is_of_openid(word).then(|| vec![word.to_owned()]);
        self.scopes_of(word).or_else(of_openid).unwrap_or_default()
    }

    /// The scopes in a word: the word itself, or the scopes that it holds in URL encoding.
    pub fn scopes_of(&self, word: &str) -> Option<Vec<String>> {
        let short = word.strip_prefix(OF_GRAPH).filter(|name| is_of_graph(name));
        let mut names = [Some(word), short].into_iter().flatten();
        if let Some(known) = names.find(|name| self.scopes.contains_key(name)) {
            return Some(vec![known.to_owned()]);
        }
        // A `+` before a word marks what a comparison adds.
        if word.starts_with('+') || !word.contains(['%', '+']) {
            return None;
        }
        let spaced = word.replace('+', " ");
        let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
        let parts: Vec<_> =
            decoded.split(Separator::ends_name).filter(|part| !part.is_empty()).collect();
        let all_known =
            !parts.is_empty() && parts.iter().all(|part| self.scopes.contains_key(part));
        all_known.then(|| parts.into_iter().map(str::to_owned).collect())
    }

    fn not_a_scope(&self, word: &str) -> GrantedFault {
        let length = word.chars().count();
        let nearest = (length <= LONGEST_NAME).then(|| self.nearest(word)).flatten();
        let is_harmless = |c: char| c.is_ascii_alphabetic() || MARKS.contains(c);
        let is_alike = nearest.is_some_and(|scope| is_as_long(word, scope));
        let is_shown = is_alike && length <= LONGEST_PLAIN && word.chars().all(is_harmless);
        GrantedFault::NotAScope {
            word: is_shown.then(|| word.to_owned()),
            length,
            nearest: nearest.map(str::to_owned),
        }
    }

    /// Returns `true` if the word is no scope, not even in other letters.
    fn is_new(&self, word: &str) -> bool {
        let lower_case = |scope: &&str| scope.to_ascii_lowercase();
        let known = self.lower_case.get_or_init(|| self.scopes.keys().map(lower_case).collect());
        !known.contains(&lower_case(&word))
    }

    /// The scope that was meant, as far as can be guessed: the one in other letters, the one that
    /// actions on such things need (`persons:full`), or the one that is spelt most like it.
    fn nearest(&self, word: &str) -> Option<&'c str> {
        let names = || self.catalog.all_scopes().map(|scope| self.catalog.scope(scope));
        names()
            .find(|name| name.eq_ignore_ascii_case(word) || name.rsplit('/').next() == Some(word))
            .or_else(|| self.scope_for_resource(word))
            .or_else(|| nearest_name(word, names()))
    }

    fn scope_for_resource(&self, word: &str) -> Option<&'c str> {
        let word = word.to_ascii_lowercase();
        let (resource, level) = word.split_once(':')?;
        let singular = resource.strip_suffix('s').unwrap_or(resource);
        let is_about = |action: &ActionIndex| {
            let id = self.catalog.action(*action).id();
            id.split('_').any(|part| part.strip_suffix('s').unwrap_or(part) == singular)
        };
        let fits = |scope: &&str| scope.split_once(':').is_some_and(|(_, own)| own == level);
        let actions = self.catalog.indices().filter(is_about);
        let scopes = actions.flat_map(|action| self.catalog.action(action).scope_names());
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for scope in scopes.filter(fits) {
            *counts.entry(scope).or_default() += 1;
        }
        // Of two that are needed equally often, the alphabetically first, so that the result is
        // always the same.
        counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(scope, _)| scope)
    }
}

/// Returns `true` for a character without a width, also for one that joins letters.
fn is_unseen(c: char) -> bool {
    INVISIBLE.contains(&c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0f}')
}

/// Without quotes at either end.
pub fn unquoted(text: &str) -> &str {
    text.trim_matches(QUOTES)
}

/// Returns `true` for names such as `Mail.Read`, as all permissions of Microsoft Graph have. Another API's scope
/// may be called `admin`.
pub fn is_of_graph(name: &str) -> bool {
    name.contains('.') && name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Returns `true` if an unknown word looks like a scope: it has the characters of RFC 6749, and
/// inside it one that words of prose do not have. A long or mixed run with digits in it, or several
/// runs with digits, may be a secret.
fn is_surely_a_scope(word: &str) -> bool {
    let is_mark = |c: char| MARKS.contains(c);
    // A mail address, or a name and password before a host, is no scope.
    let allowed = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '@' | '=' | '%');
    let scheme = word.split_once("://").map_or("https", |(scheme, _)| scheme);
    let has_digit = |run: &&str| run.contains(|c: char| c.is_ascii_digit());
    let is_mixed = |run: &str| {
        run.contains(|c: char| c.is_ascii_lowercase())
            && run.contains(|c: char| c.is_ascii_uppercase())
    };
    // Names such as `ReadWriteAll` have a capital where a word begins.
    let is_disordered = |run: &str| {
        is_mixed(run) && run.chars().filter(char::is_ascii_uppercase).count() * 3 > run.len()
    };
    let may_be_secret = |run: &str| {
        has_digit(&run) && (run.len() > LONGEST_RUN || run.len() > 5 && is_mixed(run))
            || run.len() > LONGEST_RUN && is_disordered(run)
            || run.len() > LONGEST_PART
    };
    let is_uuid =
        |text: &str| text.len() >= 32 && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    // Microsoft's begin with the id of an application.
    let named = word.strip_prefix("api://").unwrap_or(word).split_once('/');
    let own = named.filter(|(id, _)| is_uuid(id)).map_or(word, |(_, own)| own);
    let digits = own.split(is_mark).filter(has_digit).count();
    let begins = word.starts_with(|c: char| c.is_ascii_alphanumeric());
    let ends = word.ends_with(|c: char| c.is_ascii_alphanumeric() || "/*".contains(c));
    word.len() <= LONGEST_NAME
        && !begins_as_token(word)
        && word.chars().all(allowed)
        && is_among("api http https", scheme)
        && !is_uuid(word)
        && digits <= 1
        && !own.split(is_mark).any(may_be_secret)
        && (word == OPENID
            || is_among(BESIDE_OPENID, word)
            || word.contains(is_mark) && begins && ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_only_words_that_surely_mean_an_app() {
        let catalog = Catalog::pipedrive();
        let lexicon = Lexicon::of(&catalog);
        for name in "scope scp granted granted_scopes OAuth2Scopes X-OAuth-Scopes pipedrive_scopes \
                     botScopes"
            .split(' ')
        {
            assert_eq!(lexicon.meaning(name), Meaning::Granted, "{name}");
        }
        for name in "out_of_scope fehlende_scopes acme_scopes todo_scopes default_scopes _scopes \
                     //scopes -scopes extra.scopes exclude_scopes nonGrantedScopes"
            .split(' ')
        {
            assert_eq!(lexicon.meaning(name), Meaning::NotGranted, "{name}");
        }
        assert_eq!(lexicon.meaning("These are the scopes"), Meaning::NotGranted);
    }
}
