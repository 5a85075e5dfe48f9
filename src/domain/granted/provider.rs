//! Whose scopes a text states, as far as keys, variables, sections and addresses name a provider.

use percent_encoding::percent_decode_str;

use super::{Lexicon, Meaning, Names, Node, any_word, is_among, is_yes, key, remark};
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

/// Microsoft's names, and those of its services.
const OF_MICROSOFT: &str = "microsoft microsoftonline office365 outlook";

/// The names of Microsoft Graph in tokens for it.
pub const GRAPH: &str = "https://graph.microsoft.com https://graph.microsoft.com/ \
    00000003-0000-0000-c000-000000000000 https://graph.microsoft.us https://dod-graph.microsoft.us \
    https://microsoftgraph.chinacloudapi.cn";

/// Keys for a provider.
const OF_PROVIDERS: &str = "connector integration provider vendor";

/// Keys for a provider, or for something else.
const MAYBE_OF_PROVIDERS: &str = "adapter api apiname app application azp client credential crm function idp platform \
    product service source system tool toolkit";

/// The last words of keys for an address at a provider.
const OF_ADDRESSES: &str =
    "aud audience authority base domain endpoint host iss issuer server uri url";

/// Words before them.
const BEFORE_ADDRESSES: &str =
    "access api auth authorisation authorization authorize instance oauth oauth2 refresh token";

/// Words of keys for the name of something.
const OF_NAMES: &str = "code display id key kind label name slug title type";

/// Words that may stand beside a provider's name, or in a key for a provider. Their plurals may, too.
const BESIDE: &str = "access account active api app auth client config connection connector credential crm current default \
    enabled identity integration oauth oauth2 only primary private prod production scope selected setting token x";

/// The fewest digits of an id that are no name.
const SHORTEST_RANDOM: usize = 8;

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

/// A document without objects for others, where one for the catalog's connector in the same object or list states
/// scopes. An object is for others if its name is another provider's, or if it states scopes and its name does not say
/// that an app has them. What speaks of the connector stays.
pub fn without_others(lexicon: &Lexicon, node: Node) -> Node {
    let is_own = |text: &str| lexicon.owns_part(text);
    let states = |node: &Node| node.any_entry(&|key, _| lexicon.meaning(key) == Meaning::Granted);
    let speaks_of_own =
        |node: &Node| node.any_entry(&|key, _| is_own(key)) || node.any_text(&is_own);
    match node {
        Node::Map(mut entries) => {
            if entries.iter().any(|(key, value)| is_own(key) && states(value)) {
                entries.retain(|(key, value)| {
                    let is_of_other = lexicon.meaning(key) == Meaning::Other && !lexicon.holds(key);
                    value.is_scalar()
                        || speaks_of_own(value)
                        || !(is_of_other && (states(value) || names_another(lexicon, key)))
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
                items.retain(|item| {
                    speaks_of_own(item) || !names(item, &|name| names_another(lexicon, name))
                });
            }
            Node::List(items.into_iter().map(|item| without_others(lexicon, item)).collect())
        }
        value => value,
    }
}

/// Returns `true` if an entry names another provider than the catalog does.
pub fn is_another(lexicon: &Lexicon, key: &str, value: &Node) -> bool {
    // `integration_id: 8f9c1a52` is one of many of the same provider.
    let is_random = |name: &str| {
        let digits = name.replace('-', "");
        key::ends_in(key, "id")
            && digits.len() >= SHORTEST_RANDOM
            && digits.contains(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_hexdigit())
    };
    names_provider(key) && any_name(value, &|name| is_of_another(lexicon, name) && !is_random(name))
        || may_name_provider(key) && any_name(value, &|name| is_known_elsewhere(lexicon, key, name))
}

/// Returns `true` for names such as `pipedrive-old` and `Pipedrive (planned)`, and for `disabled_providers` with the
/// connector's.
pub fn is_out_of_force(lexicon: &Lexicon, key: &str, value: &Node) -> bool {
    let is_own = |name: &str| lexicon.owns_part(name);
    let is_out = |name: &str| {
        let mut words = key::words(name);
        words.retain(|word| {
            let is_beside = is_beside_names(word) || key::is_trial(word);
            !lexicon.owns(word) && !is_beside && !key::is_number(word)
        });
        is_own(name) && !words.is_empty() && words.iter().all(|word| remark::denies(word))
    };
    let lists_those_out =
        key::all_words(key, |word| key::contradicts(word) || is_of_provider(word));
    may_name_provider(key) && value.text().is_some_and(is_out)
        || lists_those_out
            && any_word(key, is_of_provider)
            && any_word(key, key::contradicts)
            && value.any_text(&is_own)
}

/// Returns `true` if a name, or the host of an address, under a key is that of another known provider.
fn is_known_elsewhere(lexicon: &Lexicon, key: &str, name: &str) -> bool {
    if key == "aud" && is_among(GRAPH, name) {
        // A catalog of some of its scopes may have a name without that of their provider.
        return lexicon.own.iter().any(|word| is_provider(word) && !is_among(OF_MICROSOFT, word));
    }
    match name.split_once("://") {
        Some((_, address)) => is_host_of_another(lexicon, address),
        None => {
            !lexicon.is_named && is_name_of_another(lexicon, name)
                || key::ends_in(key, OF_ADDRESSES) && is_host_of_another(lexicon, name)
        }
    }
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

/// Returns `true` if a text is nothing but the name of another known provider, as `HubSpot` and `Scopes of the Slack
/// app` are. `for Slack` may be what a scope is for.
pub fn is_name_of_another(lexicon: &Lexicon, text: &str) -> bool {
    let is_of_app = any_word(text, |word| is_among("app scopes token", word));
    let is_beside = |word: &str| {
        is_provider(word)
            || is_beside_names(word)
            || is_among(ANY_PROVIDER, word)
            || is_of_app && (is_among("for of our the", word) || key::is_number(word))
    };
    let is_whole = |text: &str| key::all_words(text, is_beside);
    (is_whole(text) || is_whole(&text.to_lowercase())) && names_another(lexicon, text)
}

/// Returns `true` for a word that may stand beside the name of a provider.
fn is_beside_names(word: &str) -> bool {
    [word, &key::singular(word)].iter().any(|word| is_among(BESIDE, word))
}

fn is_provider(word: &str) -> bool {
    is_among(PROVIDERS, word)
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
    let is_beside = |word: &str| is_among(OF_NAMES, word) || is_beside_names(word);
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
    let is_address = |word: &str| is_among(OF_ADDRESSES, word) || is_among(BEFORE_ADDRESSES, word);
    key::all_words(key, is_name)
        || key::ends_in(key, OF_ADDRESSES) && key::all_words(key, is_address)
}

/// Returns `true` if a text, one of a list, or a name in an object is so.
fn any_name(value: &Node, is_so: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Node::Map(entries) => entries.iter().any(|(key, value)| {
            key::all_words(key, |word| is_among(OF_NAMES, word)) && any_name(value, is_so)
        }),
        Node::List(items) => items.iter().any(|item| any_name(item, is_so)),
        // A switch such as `INTEGRATION_ENABLED` names nobody.
        value => value.text().is_some_and(|text| !is_yes(text) && is_so(text)),
    }
}
