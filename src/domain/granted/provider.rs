//! Whose scopes a text states, as far as keys, variables, sections and addresses name a provider.

use percent_encoding::percent_decode_str;

use super::words::unquoted;
use super::{Entries, Lexicon, Meaning, Names, Node, any_word, data, is_among, is_yes, key};
use crate::domain::{Catalog, Separator};

/// Protocols, and services that keep tokens of any provider.
const ANY_PROVIDER: &str = "ad auth auth0 aws azure clerk cognito custom default entra gcp generic keycloak nango none \
    oauth oauth2 oidc okta openid stackone supabase workos";

/// Providers whose names hardly mean anything else beside scopes.
const PROVIDERS: &str = "activecampaign aircall airtable amocrm asana atlassian attio bamboohr bigcommerce bitbucket \
    bitrix bitrix24 calendly clickup discord docusign dropbox ebay facebook figma freshdesk freshsales freshworks \
    github gitlab gmail gohighlevel google googleapis gorgias gusto hibob hubapi hubspot insightly instagram intercom \
    intuit jira klaviyo kommo lemlist linear linkedin mailchimp marketo microsoft microsoftonline monday myshopify netsuite \
    notion odoo office365 outlook pandadoc pardot paypal personio pipedrive quickbooks reddit ringcentral salesforce \
    salesloft sendgrid servicenow shopify slack smartsheet snowflake spotify stripe sugarcrm teamleader tiktok trello \
    twilio twitch twitter typeform vtiger webex webflow woocommerce workday wrike xero yahoo youtube zendesk zoho zohoapis \
    zoom";

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

/// Microsoft's names, and those of its services.
const OF_MICROSOFT: &str = "microsoft microsoftonline office365 outlook";

/// Keys for a provider.
const OF_PROVIDERS: &str = "connector integration provider vendor";

/// Words beside them.
const BESIDE: &str =
    "active app auth config current default enabled identity oauth oauth2 primary selected x";

/// Words of keys whose value is the provider in use, if it is the name of one.
const CHOOSING: &str = "active crm current default enabled primary selected use";

/// Keys for a provider, or for something else.
const MAYBE_OF_PROVIDERS: &str = "adapter api apiname app application azp client credential crm function idp piece platform \
    product service source system tool toolkit";

/// Words of keys for the name of something.
const OF_NAMES: &str = "code display id key kind label name slug title type";

/// The last words of keys for an address at a provider.
const OF_ADDRESSES: &str = "aud audience base domain endpoint host iss issuer uri url";

/// The last words of keys whose address may as well be one of the app's own, which names no provider.
const OF_ANY_ADDRESS: &str = "authority resource server";

/// Words before them.
const BEFORE_ADDRESSES: &str = "access api auth authorisation authorization authorize base instance oauth oauth2 refresh token";

/// The fewest digits of an id that are no name.
const SHORTEST_RANDOM: usize = 8;

/// The most bytes of a name.
const LONGEST_NAME: usize = 60;

/// Words of keys for what an app has to do with besides the provider.
const ELSEWHERE: &str = "callback destination dest redirect target webhook webhooks";

/// Words beside the name of a provider in another name of it.
const BESIDE_NAMES: &str = "access account api app at by client config connector credentials crm dev given granted \
    integration oauth of only our private prod production public sandbox scopes settings staging token tokens";

/// Words beside it in the name of what works with a provider, such as `slack-notifier`.
const AT_WORK: &str = "bot connection deployment export exporter import importer job jobs listener notification \
    notifications notifier pipeline poller service sync syncer worker";

/// How a text names the connector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    #[default]
    None,
    /// In the name of an entry, such as `PIPEDRIVE_TOKEN`.
    InKey,
    /// As a heading or a section, as an address, or as the value of an entry for a provider.
    Outright,
}

/// Returns `true` if a text speaks of Microsoft Graph's delegated permissions and the catalog is about those of
/// applications, or the other way round.
pub fn is_of_other_access(lexicon: &Lexicon, text: &str) -> bool {
    match lexicon.is_of_graph_apps() {
        // `DelegatedPermissionGrant.Read.All` is a permission of applications too.
        Some(true) => text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word.eq_ignore_ascii_case("delegated")),
        Some(false) => {
            key::words(text).windows(2).any(|pair| pair == ["application", "permissions"])
        }
        None => false,
    }
}

/// A document without its objects for other providers, where one for the catalog's in the same object or list states
/// scopes. What speaks of the catalog's stays.
pub fn without_others(lexicon: &Lexicon, node: Node) -> Node {
    let is_own = |text: &str| lexicon.owns_part(text);
    let states = |node: &Node| node.any_entry(&|key, _| lexicon.meaning(key) == Meaning::Granted);
    let is_of_another = |name: &str| is_name_of_another(lexicon, name);
    let speaks_of_own =
        |node: &Node| node.any_entry(&|key, _| is_own(key)) || node.any_text(&is_own);
    match node {
        Node::Map(mut entries) => {
            if entries.iter().any(|(key, value)| is_own(key) && states(value)) {
                entries.retain(|(key, value)| {
                    value.is_scalar() || is_own(key) || speaks_of_own(value) || !is_of_another(key)
                });
            }
            let within = |(key, value)| (key, without_others(lexicon, value));
            Node::Map(entries.into_iter().map(within).collect())
        }
        Node::List(mut items) => {
            let names = |item: &Node, is_so: &dyn Fn(&str) -> bool| {
                let names = |(key, value): &(String, Node)| {
                    (key == "name" || names_provider(key)) && value.text().is_some_and(is_so)
                };
                item.entries().is_some_and(|entries| entries.iter().any(names))
            };
            if items.iter().any(|item| names(item, &is_own) && states(item)) {
                items.retain(|item| speaks_of_own(item) || !names(item, &is_of_another));
            }
            Node::List(items.into_iter().map(|item| without_others(lexicon, item)).collect())
        }
        value => value,
    }
}

/// Returns `true` for names such as `pipedrive-old` and `Pipedrive (planned)`, and for `disabled_providers` with the
/// connector's. A name with other words may say what an app does.
pub fn is_out_of_force(lexicon: &Lexicon, key: &str, value: &Node) -> bool {
    let states = "deprecated disabled draft inactive legacy old pending planned removed requested retired revoked";
    let is_state = |word: &str| is_among(states, word);
    let is_beside = |word: &str| lexicon.owns(word) || is_among(BESIDE_NAMES, word);
    let is_plain = |name: &str| {
        lexicon.owns_part(name) && key::all_words(name, |word| is_beside(word) || is_state(word))
    };
    let lists_those_out = any_word(key, is_state)
        && any_word(key, is_of_provider)
        && key::all_words(key, |word| is_state(word) || is_of_provider(word));
    let is_out = |name: &str| is_plain(name) && any_word(name, is_state);
    may_name_provider(key) && value.text().is_some_and(is_out)
        || lists_those_out && value.any_text(&is_plain)
}

/// The other name of a provider, if it has one.
pub fn house_of(word: &str) -> Option<&'static str> {
    HOUSES.iter().find(|(provider, _)| *provider == word).map(|&(_, house)| house)
}

/// Returns `true` if an entry names another provider than the catalog does.
pub fn is_another(lexicon: &Lexicon, key: &str, value: &Node) -> bool {
    // `integration_id: 8f9c1a52` is one of many of the same provider.
    let is_random = |name: &str| {
        let digits = name.replace('-', "");
        any_word(key, |word| is_among("connector integration", word))
            && key::ends_in(key, "id")
            && digits.len() >= SHORTEST_RANDOM
            && digits.contains(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_hexdigit())
    };
    names_provider(key) && any_name(value, &|name| is_of_another(lexicon, name) && !is_random(name))
        || key::all_words(key, |word| is_among(CHOOSING, word))
            && any_name(value, &|name| is_name_of_another(lexicon, name))
            && !any_name(value, &|name| lexicon.owns_part(name))
        || lexicon.naming == Naming::None
            && may_name_provider(key)
            && any_name(value, &|name| is_known_elsewhere(lexicon, key, name))
}

/// The same of a section such as `[[providers]]`, by one of its own names.
pub fn is_section_of_another(lexicon: &Lexicon, section: &str, entries: &Entries) -> bool {
    names_provider(section) && has_name(entries, &|name| is_of_another(lexicon, name))
}

/// Returns `true` for the name of another connector in a document of this program. One without a key is known
/// by its name alone.
pub fn is_other_connector(lexicon: &Lexicon, name: &str) -> bool {
    let connector = lexicon.catalog.connector();
    match connector.keys().next() {
        Some(_) => is_of_another(lexicon, name),
        None => name != connector.name,
    }
}

/// Returns `true` if the name of a provider is surely another's. If the catalog has no key, only known
/// providers have such names.
pub fn is_of_another(lexicon: &Lexicon, name: &str) -> bool {
    let is_generic = |word: &str| is_among(ANY_PROVIDER, word) || key::is_number(word);
    match lexicon.catalog.connector().keys().next() {
        None => names_another(lexicon, name),
        Some(_) if key::all_words(name, is_generic) => false,
        Some(_) => any_word(name, key::is_negation) || !lexicon.owns_part(name),
    }
}

/// Returns `true` if a text has the name of a known provider, and none of the connector's words. If a catalog
/// has no key, its name has to be that of a provider: that of one part of an API tells of none.
pub fn names_another(lexicon: &Lexicon, text: &str) -> bool {
    let connector = lexicon.catalog.connector();
    // Google's APIs have names of their own, and its name in their scopes.
    let in_scopes =
        lexicon.providers_in_scopes.get_or_init(|| providers_in_scopes(lexicon.catalog));
    let is_in_scopes = |word: &str| in_scopes.contains(&word);
    // `HubSpot` is one word, and `slackOAuth2` are two.
    let any_form = |text: &str, is_so: &dyn Fn(&str) -> bool| {
        any_word(text, is_so) || any_word(&text.to_lowercase(), is_so)
    };
    let is_known = || connector.keys().next().is_some() || any_form(&connector.name, &is_provider);
    any_form(text, &|word| is_provider(word) && !is_in_scopes(word))
        && !any_form(text, &|word| lexicon.owns(word))
        && is_known()
}

fn providers_in_scopes(catalog: &Catalog) -> Vec<&'static str> {
    let scopes = catalog.all_scopes().map(|scope| catalog.scope(scope).to_ascii_lowercase());
    let scopes: Vec<_> = scopes.collect();
    let is_in_one = |name: &&str| scopes.iter().any(|scope| scope.contains(name));
    PROVIDERS.split_whitespace().filter(is_in_one).collect()
}

/// Returns `true` if a text is nothing but the name of another known provider, as `HubSpot` and `slackOAuth2Api`
/// are, or says that something is not the connector's.
pub fn is_name_of_another(lexicon: &Lexicon, text: &str) -> bool {
    // `the HubSpot integration` and `for Slack` may be what a scope is for.
    let is_of_app = any_word(text, |word| is_among("app scopes token", word));
    let is_beside = |word: &str| {
        is_provider(word)
            || is_among("for the", word) && is_of_app
            || is_among(BESIDE_NAMES, word)
            || is_among(AT_WORK, word) && !text.contains(' ')
            || is_among(ANY_PROVIDER, word)
            || key::is_number(word) && is_of_app
    };
    if text.len() > LONGEST_NAME {
        return false;
    }
    let is_whole =
        key::all_words(text, is_beside) || key::all_words(&text.to_lowercase(), is_beside);
    is_whole && names_another(lexicon, text) || excludes_own(lexicon, text)
}

/// Returns `true` for `not Pipedrive` and `HubSpot, not for Pipedrive`.
fn excludes_own(lexicon: &Lexicon, text: &str) -> bool {
    let words = key::words(text);
    let Some((last, before)) = words.split_last() else { return false };
    let before = before.strip_suffix(&["for".to_owned()]).unwrap_or(before);
    lexicon.owns(last) && before.last().is_some_and(|word| key::is_negation(word))
}

fn is_provider(word: &str) -> bool {
    is_among(PROVIDERS, word)
}

/// How a text names the connector as the one whose scopes it states.
pub fn naming(lexicon: &Lexicon, text: &str) -> Naming {
    let is_plain = |text: &str| {
        lexicon.owns_part(text)
            && key::all_words(text, |word| lexicon.owns(word) || is_among(BESIDE_NAMES, word))
    };
    // `BambooHR` is one word.
    let is_name = |text: &str| is_plain(text) || is_plain(&text.to_lowercase());
    let is_at = |address: &str| {
        let host = address.split(['/', '?', '"']).next().unwrap_or_default();
        host.contains('.') && lexicon.owns_part(host)
    };
    // A heading is over what follows it.
    let last = text.to_ascii_lowercase().rfind("scope").unwrap_or(text.len());
    let mut offset = 0;
    let entries = text.split_inclusive(['\n', ',', '{', '}']).map(|entry| {
        let is_before = offset < last;
        offset += entry.len();
        let entry = entry.trim_end_matches(['\n', ',', '{', '}']).trim();
        let (content, comment) = entry.split_once(" # ").unwrap_or((entry, ""));
        let heading = content.trim_start_matches(['#', '/', '[', ' ']);
        if is_name(comment) || heading.len() < content.len() {
            let is_over = is_before && is_name(heading.trim_end_matches(']'));
            return if is_name(comment) || is_over { Naming::Outright } else { Naming::None };
        }
        let (name, value) = content.split_once([':', '=']).unwrap_or((content, ""));
        let (name, value) = (unquoted(name.trim()), unquoted(value.trim()));
        let address = value.split_once("//").map_or(value, |(_, address)| address);
        // Apps are called back, and send what they read, to addresses of any host.
        let is_elsewhere = any_word(name, |word| is_among(ELSEWHERE, word));
        let is_of_address = is_among("http https", name) || key::ends_in(name, OF_ADDRESSES);
        if is_of_address && !is_elsewhere && is_at(address)
            || may_name_provider(name) && is_name(value)
        {
            Naming::Outright
        } else if lexicon.owns_part(name) {
            Naming::InKey
        } else {
            Naming::None
        }
    });
    entries.max().unwrap_or_default()
}

/// `_bamboo_hr_`.
fn joined(words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().fold("_".to_owned(), |words, word| words + &word + "_")
}

/// Returns `true` if a text names some of the connectors that a catalog was merged from, and a connector that
/// it does not name has a scope of the same name.
pub fn is_of_some(lexicon: &Lexicon, text: &str, names: &Names) -> bool {
    let (catalog, connector) = (lexicon.catalog, lexicon.catalog.connector());
    if connector.merged.is_empty() {
        return false;
    }
    let words = text.split(Separator::ends_name).filter(|word| !names.contains(*word));
    let words = joined(words.flat_map(key::words));
    let is_named = |key: &str| words.contains(&joined(key::words(key)));
    if !connector.merged.iter().any(|key| is_named(key)) {
        return false;
    }
    let mut actions = catalog.indices().map(|index| catalog.action(index));
    actions.any(|action| {
        connector.key_of(action.id()).is_some_and(|key| !is_named(key))
            && action.scope_names().any(|scope| names.contains(scope))
    })
}

/// Returns `true` if a name, or the host of an address, under a key is that of another known provider.
fn is_known_elsewhere(lexicon: &Lexicon, key: &str, name: &str) -> bool {
    if key == "aud" && is_among(data::GRAPH, name) {
        // A catalog of some of its scopes may have a name without that of their provider.
        let connector = lexicon.catalog.connector();
        let is_other = |word: &str| is_provider(word) && !is_among(OF_MICROSOFT, word);
        let mut names = connector.keys().chain([&*connector.name]);
        return names.any(|name| any_word(&name.to_lowercase(), is_other));
    }
    match name.split_once("://") {
        Some((_, address)) => is_host_of_another(lexicon, address),
        None => {
            is_name_of_another(lexicon, name)
                || ends_in_address(key) && is_host_of_another(lexicon, name)
        }
    }
}

/// Returns `true` if an address without its scheme is at another known provider. Subdomains have any name.
pub fn is_host_of_another(lexicon: &Lexicon, address: &str) -> bool {
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    let host = percent_decode_str(host).decode_utf8_lossy();
    // The domain of `hubspot.com` and of `zoho.co.uk`.
    let host = host.split(':').next().unwrap_or_default();
    let mut labels = host.trim_end_matches('.').rsplit('.');
    let is_of_country = labels.next().is_some_and(|last| last.len() == 2);
    let domain = labels.find(|label| !(is_of_country && is_among("ac co com net org", label)));
    domain.is_some_and(|domain| names_another(lexicon, domain))
}

/// Returns `true` for keys such as `provider`, `integrations` and `oauth_connector_key`.
fn names_provider(key: &str) -> bool {
    let is_beside = |word: &str| is_among(OF_NAMES, word) || is_among(BESIDE, word);
    any_word(key, is_of_provider)
        && key::all_words(key, |word| is_of_provider(word) || is_beside(word))
}

fn is_of_provider(word: &str) -> bool {
    is_among(OF_PROVIDERS, &key::singular(word))
}

/// Returns `true` for keys such as `service`, `type`, `app_id` and `token_url`.
fn may_name_provider(key: &str) -> bool {
    let lists = [OF_NAMES, MAYBE_OF_PROVIDERS, OF_PROVIDERS];
    let is_name = |word: &str| lists.iter().any(|list| is_among(list, word));
    let is_address = |word: &str| ends_in_address(word) || is_among(BEFORE_ADDRESSES, word);
    key::all_words(key, is_name) || ends_in_address(key) && key::all_words(key, is_address)
}

fn ends_in_address(key: &str) -> bool {
    key::ends_in(key, OF_ADDRESSES) || key::ends_in(key, OF_ANY_ADDRESS)
}

/// Returns `true` if a text, one of a list, or a name in an object is so.
fn any_name(value: &Node, is_so: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Node::Map(entries) => has_name(entries, is_so),
        Node::List(items) => items.iter().any(|item| any_name(item, is_so)),
        // A switch such as `INTEGRATION_ENABLED` names nobody.
        value => value.text().is_some_and(|text| !is_yes(text) && is_so(text)),
    }
}

fn has_name(entries: &Entries, is_so: &dyn Fn(&str) -> bool) -> bool {
    entries.iter().any(|(key, value)| {
        key::all_words(key, |word| is_among(OF_NAMES, word)) && any_name(value, is_so)
    })
}
