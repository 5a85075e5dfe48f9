//! A saved guide page: MDX, Markdown or HTML with a panel whose attribute carries the actions.

use hashbrown::HashMap;

use super::builder::{Builder, IsWanted, Stop};
use super::html::{Attribute, Piece, Pieces, Tag};
use super::panels::Panels;
use super::sections::{Sections, plain, scope_names};
use super::token::check_token;
use super::{CatalogFault, Connector, json};

/// Pieces of a page after which to ask whether it is still wanted.
const STEP: usize = 1024;

/// Attributes with scopes, by how much their order says: those of the list on the page, those that the list is
/// made from, those of the steps.
const SCOPES: [&str; 3] =
    ["data-guide-display-scope", "data-guide-display-scopes-list", "data-guide-scopes"];

/// The contents of a page, beside the actions themselves.
#[derive(Debug, Default)]
pub(super) struct SavedPage<'t> {
    title: Title<'t>,
    /// Where the page lives, as it says itself.
    address: Option<String>,
    pub panels: Panels,
    /// Scopes with their places on the page, by the attributes of [`SCOPES`].
    scopes: [Vec<(String, usize)>; 3],
    sections: Sections,
    /// Where the value of an attribute begins within which the page ends.
    unclosed: Option<usize>,
    /// The first attribute that only a script could read, and where it begins.
    expression: Option<(&'t str, usize)>,
    /// Whether its text has what the panel shows before its script has run.
    says_loading: bool,
}

/// The names of the page, from the strongest to the weakest.
#[derive(Debug, Default)]
struct Title<'t> {
    front_matter: Option<String>,
    heading: Option<String>,
    tab: Option<String>,
    /// The element whose text comes next, `h1` or `title`.
    open: Option<&'t str>,
}

impl<'t> SavedPage<'t> {
    /// Ends early if nobody wants the page any more.
    pub fn scan(page: &'t str, is_wanted: IsWanted) -> Result<Self, Stop> {
        let mut saved = Self::default();
        saved.title.front_matter = front_matter_title(page);
        for (nth, piece) in Pieces::of(page).enumerate() {
            if nth.is_multiple_of(STEP) && !is_wanted() {
                return Err(Stop);
            }
            saved.sections.take(&piece);
            match piece {
                Piece::Open(tag) => saved.open(&tag),
                Piece::Text(text) => {
                    saved.title.text(text);
                    saved.says_loading |= text.contains("Loading actions");
                }
                Piece::Close(_) => saved.title.open = None,
            }
        }
        Ok(saved)
    }

    /// Takes in the panels, whose texts are the builder's source, in their order on the page.
    pub fn read(&self, builder: &mut Builder) -> Result<(), Stop> {
        let Panels { source, ranges, .. } = &self.panels;
        builder.open_list = true;
        builder.known = Some(HashMap::new());
        for (attribute, scopes) in SCOPES.iter().zip(&self.scopes) {
            for (name, offset) in scopes {
                let checked = check_token(name, || (*attribute).to_owned());
                if builder.check(self.panels.on_page(*offset), checked) {
                    builder.list_scope(name);
                }
            }
        }
        for range in ranges {
            json::read_list(builder, &source[range.clone()])?;
        }
        if let Some((name, offset)) = self.expression {
            let reason =
                "it is an expression, which only a script can read; write its value in quotes";
            let (field, reason) = (name.to_owned(), reason.to_owned());
            builder.report(self.panels.on_page(offset), CatalogFault::Malformed { field, reason });
        } else if let Some(offset) = self.unclosed {
            builder.report(self.panels.on_page(offset), CatalogFault::Unclosed);
        } else if ranges.is_empty() {
            builder.report(self.panels.on_page(0), self.without_panel());
        }
        let key = builder.actions.common_key().map(str::to_owned);
        builder.connector = self.connector(key);
        builder.guide = self.sections.guide().map(|guide| (0, guide));
        Ok(())
    }

    /// The fault of a page without a panel.
    fn without_panel(&self) -> CatalogFault {
        let title = self.title.get().unwrap_or_default();
        if self.says_loading {
            CatalogFault::SavedAsText
        } else if self.sections.guide().is_some() || hub_title(title).is_some() {
            CatalogFault::GuideWithoutPanel
        } else {
            CatalogFault::NoPanel
        }
    }

    fn open(&mut self, tag: &Tag<'t>) {
        self.title.open = match tag.name {
            "h1" | "title" => Some(tag.name),
            _ => self.title.open,
        };
        for &attribute in &tag.attributes {
            let Attribute { name, offset, closed, is_expression, .. } = attribute;
            match &*name.to_ascii_lowercase() {
                "data-guide-actions-json" | "data-guide-scopes" if !closed => {
                    self.unclosed.get_or_insert(offset);
                }
                "data-guide-actions-json" | "data-guide-scopes" if is_expression => {
                    self.expression.get_or_insert((name, offset));
                }
                _ if is_expression && closed => {}
                "data-guide-actions-json" => self.panels.push(attribute),
                _ => self.add_scopes(attribute),
            }
        }
        let address = match tag.name {
            "link" if has(tag, "rel", "canonical") => tag.attribute("href"),
            "meta" if has(tag, "property", "og:url") => tag.attribute("content"),
            _ => None,
        };
        self.address = self.address.take().or(address.map(|address| plain(address.value)));
    }

    fn add_scopes(&mut self, Attribute { name, value, offset, .. }: Attribute) {
        let Some(tier) = SCOPES.iter().position(|&attribute| attribute == name) else { return };
        let list = htmlize::unescape_attribute(value);
        self.scopes[tier].extend(scope_names(&list).map(|name| (name.to_owned(), offset)));
    }

    /// The connector by title and address; `key` is the beginning of the ids. An address that is another
    /// connector's does not count.
    fn connector(&self, key: Option<String>) -> Option<Connector> {
        let begins_with =
            |long: &str, short: &str| format!("{long}_").starts_with(&format!("{short}_"));
        let fits = |own: &String| {
            key.as_ref().is_none_or(|key| begins_with(key, own) || begins_with(own, key))
        };
        let key = self.key_of_address().filter(fits).or_else(|| key.clone());
        let title = self.title.get().unwrap_or_default();
        let (name, method) = match hub_title(title) {
            Some((name, method)) => (Some(name), Some(method)),
            None => {
                let (before, method) = split_method(title);
                let named = key.as_deref().and_then(|key| named_like(key, title));
                let before = before.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
                (named.or(Some(before).filter(|_| method.is_some())), method)
            }
        };
        let name =
            name.filter(|name| !name.is_empty()).map(str::to_owned).or_else(|| key.clone())?;
        let method = method.map(str::to_owned);
        Some(Connector { key, name, method, ..Connector::default() })
    }

    fn key_of_address(&self) -> Option<String> {
        let (_, rest) = self.address.as_deref()?.split_once("/connectors/")?;
        let key = rest.split(['/', '?', '#']).next()?.replace('-', "_");
        check_token(&key, String::new).is_ok().then_some(key)
    }
}

impl Title<'_> {
    fn text(&mut self, text: &str) {
        let marked = || text.lines().find_map(|line| line.strip_prefix("# "));
        let text_of = |text: &str| Some(plain(text)).filter(|text| !text.is_empty());
        match self.open {
            Some("h1") if self.heading.is_none() => self.heading = text_of(text),
            Some("title") if self.tab.is_none() => self.tab = text_of(text),
            _ if self.heading.is_none() => self.heading = marked().and_then(text_of),
            _ => {}
        }
    }

    fn get(&self) -> Option<&str> {
        self.front_matter.as_deref().or(self.heading.as_deref()).or(self.tab.as_deref())
    }
}

fn has(tag: &Tag, attribute: &str, value: &str) -> bool {
    tag.attribute(attribute).is_some_and(|found| found.value == value)
}

/// `title:` in the lines between two `---` at the top of the page.
fn front_matter_title(page: &str) -> Option<String> {
    let mut lines = page.lines();
    if lines.next()?.trim_end() != "---" {
        return None;
    }
    let head = lines.take_while(|line| line.trim_end() != "---");
    let title = head.filter_map(|line| line.strip_prefix("title:")).next()?.trim();
    let title = title.trim_matches(['"', '\'']).trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// The name and the way of authorization in the title of a guide of StackOne's Hub:
/// `Connect Ashby with Public API – StackOne Hub`.
fn hub_title(title: &str) -> Option<(&str, &str)> {
    let title = title.rsplit_once(" StackOne Hub").map_or(title, |(title, _)| title);
    let title = title.trim_end_matches(|c: char| c.is_whitespace() || "–—-|".contains(c));
    let (name, method) = title.strip_prefix("Connect ")?.split_once(" with ")?;
    let (name, method) = (name.trim(), method.trim());
    (!name.is_empty() && !method.is_empty()).then_some((name, method))
}

/// The text before the way of authorization in a title, and that way in the title's words.
fn split_method(title: &str) -> (&str, Option<&str>) {
    let lower = title.to_ascii_lowercase();
    let methods = ["oauth 2.0", "oauth2", "oauth", "api key", "api token", "basic auth"];
    let found = methods.iter().find_map(|method| Some((lower.find(method)?, method.len())));
    let Some((start, length)) = found else { return (title, None) };
    let end = start + length;
    // `OAuth 2.0 (Bot Token)`.
    let kind = title[end..].strip_prefix(' ').and_then(in_brackets);
    let end = kind.map_or(end, |kind| end + ' '.len_utf8() + kind.len());
    (&title[..start], Some(&title[start..end]))
}

/// The brackets that a text begins with and their contents, in which other brackets may stand. `None`
/// if they are not closed.
fn in_brackets(text: &str) -> Option<&str> {
    let mut open = 0_usize;
    let close = text.char_indices().find(|(_, c)| {
        match c {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
        open == 0
    });
    close.filter(|&(at, _)| at > 0).map(|(at, _)| &text[..=at])
}

/// The words at the beginning of a title that spell a key: `Google Drive` for `google_drive`.
fn named_like<'t>(key: &str, title: &'t str) -> Option<&'t str> {
    let mut letters = key.chars().filter(|c| c.is_alphanumeric()).peekable();
    letters.peek()?;
    for (at, c) in title.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let letter = letters.next()?;
        if !c.to_lowercase().eq(letter.to_lowercase()) {
            return None;
        }
        if letters.peek().is_none() {
            let end = at + c.len_utf8();
            let whole = !title[end..].starts_with(char::is_alphanumeric);
            return whole.then_some(&title[..end]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Catalog;

    fn scan(page: &str) -> SavedPage<'_> {
        SavedPage::scan(page, &|| true).expect("it is wanted")
    }

    #[test]
    fn the_title_tells_the_name_and_the_way_of_authorization() {
        for (title, key, name, method) in [
            (
                "# Pipedrive OAuth 2.0 connector profile",
                "pipedrive",
                "Pipedrive",
                Some("OAuth 2.0"),
            ),
            ("---\ntitle: \"Google Drive\"\n---\n# X", "google_drive", "Google Drive", None),
            ("<h1>Drive: OAuth 2.0</h1>", "gdrive", "Drive", Some("OAuth 2.0")),
            ("<title>HubSpot API key guide</title>", "hubspot", "HubSpot", Some("API key")),
            ("Nothing of the kind", "x_y", "x_y", None),
            (
                "<title>Connect Ashby with Public API – StackOne Hub</title>",
                "ashby",
                "Ashby",
                Some("Public API"),
            ),
            (
                "# Slack OAuth 2.0 (Bot Token) guide",
                "slack",
                "Slack",
                Some("OAuth 2.0 (Bot Token)"),
            ),
            ("# Slack OAuth 2.0 (Bot", "slack", "Slack", Some("OAuth 2.0")),
            (
                "# Slack OAuth 2.0 (Bot (v2) Token) guide (new)",
                "slack",
                "Slack",
                Some("OAuth 2.0 (Bot (v2) Token)"),
            ),
            ("# OAuth 2.0 for Slack", "slack", "slack", Some("OAuth 2.0")),
            ("# Slack OAuth 2.0 guide", "slack", "Slack", Some("OAuth 2.0")),
        ] {
            let connector = scan(title).connector(Some(key.into())).expect(title);
            let found = (&*connector.name, connector.method.as_deref());
            assert_eq!(found, (name, method), "{title}");
        }
    }

    #[test]
    fn a_page_without_a_panel_is_told_as_what_it_is() {
        let fault = |page: &str| Catalog::read(page.into(), "x.html").expect_err(page).fault;
        assert_eq!(fault("# Something"), CatalogFault::NoPanel);
        let hub = "<title>Connect Ashby with Public API – StackOne Hub</title>";
        assert_eq!(fault(hub), CatalogFault::GuideWithoutPanel);
        assert_eq!(fault("<div data-guide-step>a</div>"), CatalogFault::GuideWithoutPanel);
        assert_eq!(fault("# X\n\nLoading actions…\n"), CatalogFault::SavedAsText);
    }

    #[test]
    fn the_first_title_of_each_kind_counts() {
        for (page, title) in [
            ("<h1>A</h1><h1>B</h1>", "A"),
            ("<h1>A</h1>\n# B", "A"),
            ("# A\n<h1>B</h1>", "A"),
            ("<title>A</title><title>B</title>", "A"),
            ("<title>A</title><h1>B</h1>", "B"),
        ] {
            assert_eq!(scan(page).title.get(), Some(title), "{page}");
        }
    }

    #[test]
    fn the_order_of_scopes_is_that_of_the_items_then_of_the_list_then_of_the_steps() {
        let page = r#"<a data-guide-actions-json='[{"id":"x_a","label":"A","scopes":["d","c","b","a"]}]'>
            <p data-guide-scopes="c"><ul data-guide-display-scopes-list="b, a"><li data-guide-display-scope="a">"#;
        let catalog = Catalog::read(page.into(), "page.md").expect("a page with a panel");
        assert_eq!(catalog.scopes(), ["a", "b", "c", "d"]);
        let page = page.replace("data-guide-actions-json", "DATA-Guide-Actions-JSON");
        assert!(Catalog::read(page.into(), "page.html").is_ok(), "HTML knows no case of names");
        let link = r#"<link REL="canonical" HREF="https://x.com/connectors/right/x">"#;
        assert_eq!(scan(link).key_of_address().as_deref(), Some("right"));
    }

    #[test]
    fn a_stray_quote_hides_no_panel() {
        let panel =
            r#"<p data-guide-actions-json='[{"id":"x_a","label":"A","scopes":["s"]}]'></p>"#;
        let doctype = "<!DOCTYPE html>";
        for before in [r#"<a href="x"">docs</a>"#, "<p don't>", "5<x it's</p>", "n<max, it's. "] {
            for page in [format!("{before}{panel}"), format!("{doctype}{before}{panel}\"'")] {
                assert_eq!(scan(&page).panels.ranges.len(), 1, "{page}");
            }
        }
    }

    #[test]
    fn only_what_says_where_the_page_stands_tells_its_address() {
        let key = |head: &str| scan(head).key_of_address();
        let other = r#"<link rel="icon" href="https://x.com/connectors/wrong/x">
            <meta property="og:image" content="https://x.com/connectors/wrong/x">"#;
        assert_eq!(key(other), None);
        let right = r#"<meta property="og:url" content="https://x.com/connectors/right/x">"#;
        assert_eq!(key(&format!("{other}{right}")).as_deref(), Some("right"));
    }

    #[test]
    fn the_address_tells_the_key() {
        let page = r#"<link rel="canonical" href="https://docs.example.com/connectors/google-drive/guides/x" />"#;
        let connector = scan(page).connector(Some("google".into())).expect("a key");
        assert_eq!(connector.key.as_deref(), Some("google_drive"));
        let connector = scan(page).connector(Some("pipedrive".into())).expect("a key");
        assert_eq!(connector.key.as_deref(), Some("pipedrive"), "the ids say otherwise");
    }
}
