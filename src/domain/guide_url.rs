use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use thiserror::Error;

use super::{Catalog, Page, Selection, UnknownName, sanitize, start_of};

/// Everything but the characters that RFC 3986 never asks to be encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a text was not taken as a guide URL, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GuideUrlError {
    #[error("The catalog names no guide page, so no link can be read; name action ids.")]
    NoPage,
    /// It links to a different page than the catalog's, which has this address.
    #[error("This is no link to the guide, whose page is {}.", sanitize(.0))]
    OtherPage(String),
    /// It links to the page but carries no selection in this parameter.
    #[error(
        "The link carries no action; it needs the parameter `{}`, as in the link that `pdscopes url` prints.",
        sanitize(.0)
    )]
    NoSelection(String),
    /// It carries more than one selection in this parameter, and they cannot both be meant.
    #[error("The link has the parameter `{}` more than once; leave only one.", sanitize(.0))]
    RepeatedSelection(String),
    /// Links with different selections stand in one text.
    #[error("The text has different links to the guide; give only one.")]
    SeveralLinks,
    /// Other words follow it, which may be ids.
    #[error("Other words follow the link; give the link alone, and further ids as arguments.")]
    Rest,
    /// Programs that shorten a link end it so.
    #[error("The link ends in dots, so it may be cut off; give the whole link.")]
    CutOff,
    /// A mail program or a terminal has wrapped it.
    #[error("White space breaks an id of the link in two; join them.")]
    Broken,
    #[error("The link ends in `*`, which stands for no action there; name each action.")]
    Pattern,
    #[error(transparent)]
    UnknownAction(UnknownName),
}

/// Ends as soon as it has more than `enough` bytes: within the address, or behind an action.
fn write(catalog: &Catalog, page: &Page, selection: &Selection, enough: usize) -> String {
    let start_of = |text| start_of(text, enough.saturating_add(char::MAX.len_utf8()));
    if selection.is_empty() {
        return start_of(&page.address).to_owned();
    }
    let (address, fragment) = page.address.split_once('#').unwrap_or((&page.address, ""));
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut url = start_of(path).to_owned();
    let mut sign = '?';
    // The selection that the address may carry itself is left out.
    let others = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !pair.is_empty() && form_urlencoded::parse(name.as_bytes()).all(|n| n.0 != page.parameter)
    });
    for pair in others {
        if url.len() > enough {
            return url;
        }
        url.push(sign);
        url.push_str(start_of(pair));
        sign = '&';
    }
    for (place, action) in selection.iter().enumerate() {
        if url.len() > enough {
            return url;
        }
        if place == 0 {
            url.push(sign);
            url.extend(utf8_percent_encode(&page.parameter, ENCODED));
            url.push('=');
        } else {
            url.push(',');
        }
        url.extend(utf8_percent_encode(start_of(catalog.action(action).id()), ENCODED));
    }
    if !fragment.is_empty() {
        url.push('#');
        url.push_str(fragment);
    } else if url.ends_with('.') {
        // A full stop behind a URL is not a part of it.
        url.truncate(url.len() - '.'.len_utf8());
        url.extend(utf8_percent_encode(".", NON_ALPHANUMERIC));
    }
    url
}

impl Catalog {
    /// The link to the guide that carries a selection. `None` if the catalog names no page.
    pub fn guide_url(&self, selection: &Selection) -> Option<String> {
        self.guide_url_start(selection, usize::MAX)
    }

    /// More than `enough` bytes of that link from its beginning, or all of it: a million actions make
    /// tens of megabytes, of which a screen shows a few lines.
    pub fn guide_url_start(&self, selection: &Selection, enough: usize) -> Option<String> {
        self.page().map(|page| write(self, page, selection, enough))
    }

    /// The selection that a guide URL carries. Other parameters and the fragment are passed over;
    /// so are the scheme and a closing slash, which browsers hide or add.
    ///
    /// # Errors
    /// It leads elsewhere than to the guide of this catalog, carries no selection or two, or names an
    /// action that the catalog does not have: nothing is selected by halves.
    pub fn selection_of_url(&self, url: &str) -> Result<Selection, GuideUrlError> {
        let known = |id: &String| self.find(id).ok_or_else(|| UnknownName::of_action(self, id));
        let (ids, rest) = self.ids_of_url(url)?;
        let is_link = |word: &str| self.page().is_some_and(|page| leads_to(page, word));
        if !rest
            .split(ends_url)
            .all(|word| word.trim_matches(is_around).is_empty() || is_link(word))
        {
            return Err(GuideUrlError::Rest);
        }
        ids.iter().map(known).collect::<Result<_, _>>().map_err(GuideUrlError::UnknownAction)
    }

    /// The ids in the guide URL of a text, at least one, whether or not the catalog has them, and what
    /// follows the URL. Prose before it, and characters around it such as `<` and `>` or a full stop, are
    /// ignored. Lines are joined if the catalog has all ids of the URL then, and not before.
    ///
    /// # Errors
    /// No link leads to the guide of this catalog, or it carries no selection, or two, or another link has
    /// another one. It is cut off, ends in a wildcard, or is broken within an id.
    pub fn ids_of_url<'t>(&self, text: &'t str) -> Result<(Vec<String>, &'t str), GuideUrlError> {
        let is_known = |id: &str| self.find(id).is_some();
        let found = self.ids_of_unbroken_url(text);
        let is_whole = |(ids, rest): &(Vec<String>, &str)| {
            ids.iter().all(|id| is_known(id)) && words_behind_url(rest).all(is_known)
        };
        if text.trim().contains('\n') && !found.as_ref().is_ok_and(is_whole) {
            let joined: String = text.lines().map(str::trim).collect();
            let joined = self.ids_of_unbroken_url(&joined).ok().filter(is_whole);
            if let Some((ids, "")) = joined {
                return Ok((ids, ""));
            }
        }
        let (ids, rest) = found?;
        let begins_id =
            |start: &str| self.indices().any(|action| self.action(action).id().starts_with(start));
        let is_broken = |next: &str| {
            !is_known(next) && ids.last().is_some_and(|last| begins_id(&format!("{last}{next}")))
        };
        if words_behind_url(rest).next().is_some_and(is_broken) {
            return Err(GuideUrlError::Broken);
        }
        Ok((ids, rest))
    }

    fn ids_of_unbroken_url<'t>(
        &self,
        text: &'t str,
    ) -> Result<(Vec<String>, &'t str), GuideUrlError> {
        let page = self.page().ok_or(GuideUrlError::NoPage)?;
        let links = |text: &'t str| text.split(ends_url).filter(|word| leads_to(page, word));
        let first = links(text).next();
        let first = first.ok_or_else(|| GuideUrlError::OtherPage(page.address.clone()))?;
        // The text of a link in Markdown, unless that is the link.
        let titled = first.split_once("](").filter(|(title, _)| !title.contains("://"));
        let titled = titled.map_or(first, |(_, url)| url);
        let marks = titled.find(char::is_alphanumeric).unwrap_or_default();
        let (url, rest) = split_list(&text[offset_in(text, titled) + marks..]);
        let mut selections = selections(page, url);
        let ids = selections.next().filter(|ids| !ids.is_empty());
        let ids = ids.ok_or_else(|| GuideUrlError::NoSelection(page.parameter.clone()))?;
        if selections.next().is_some() {
            return Err(GuideUrlError::RepeatedSelection(page.parameter.clone()));
        }
        let mut others = links(rest).flat_map(|link| self::selections(page, link));
        if ids.iter().any(|id| id.contains("://")) || others.any(|other| other != ids) {
            return Err(GuideUrlError::SeveralLinks);
        }
        if url.ends_with('…') || url.ends_with("..") || rest.starts_with('…') {
            return Err(GuideUrlError::CutOff);
        }
        // Two around the link make it bold.
        let behind = &url[url.trim_end_matches(is_around).len()..];
        if behind.contains('*') && !titled[..marks].contains('*') {
            return Err(GuideUrlError::Pattern);
        }
        Ok((ids, rest))
    }
}

/// Returns `true` for a URL of a page, which may have other characters around it.
fn leads_to(page: &Page, word: &str) -> bool {
    page_of(split(word.trim_matches(is_around)).0) == page_of(split(&page.address).0)
}

/// The ids in each selection that a URL carries.
fn selections(page: &Page, url: &str) -> impl Iterator<Item = Vec<String>> {
    let parameters = form_urlencoded::parse(split(url.trim_matches(is_around)).1.as_bytes());
    // `&` stands so in the source of a page.
    let is_one = |name: &str| name.strip_prefix("amp;").unwrap_or(name) == page.parameter;
    parameters.filter(move |(name, _)| is_one(name)).map(|(_, value)| {
        let ids = value.split(',').map(str::trim).filter(|id| !id.is_empty());
        ids.map(str::to_owned).collect()
    })
}

/// Characters that end a URL wherever they stand: in an id they are encoded.
const ENDS: &str = "\"<>`{}|“”«»";

fn ends_url(c: char) -> bool {
    c.is_whitespace() || ENDS.contains(c)
}

/// The words of what follows a guide URL, which may be ids.
pub fn words_behind_url(rest: &str) -> impl Iterator<Item = &str> {
    rest.split(|c: char| c.is_whitespace() || ",;".contains(c)).filter(|word| !word.is_empty())
}

fn is_around(c: char) -> bool {
    c.is_whitespace() || ENDS.contains(c) || "()[]'.,;:!?*…".contains(c)
}

/// The beginning of a text up to white space that has no comma beside it, as between ids, or to what ends a
/// URL, and the rest.
fn split_list(text: &str) -> (&str, &str) {
    let start = text.len() - text.trim_start_matches(is_around).len();
    // In Markdown, the text of a link ends so.
    let ends = [text[start..].find(|c| ENDS.contains(c)), text[start..].find("](")];
    let length = ends.into_iter().flatten().min().unwrap_or(text.len() - start);
    let mut end = 0;
    for word in text[..start + length].split_whitespace() {
        if end > 0 && !text[..end].ends_with(',') && !word.starts_with(',') {
            break;
        }
        end = offset_in(text, word) + word.len();
    }
    text.split_at(end)
}

/// The byte of a text at which a piece of it begins.
fn offset_in(text: &str, piece: &str) -> usize {
    piece.as_ptr() as usize - text.as_ptr() as usize
}

/// The address and the query, without the fragment.
fn split(url: &str) -> (&str, &str) {
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    url.split_once('?').unwrap_or((url, ""))
}

/// Host and path in the one form in which two addresses of the same page are equal.
fn page_of(address: &str) -> (String, &str) {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    (host.to_lowercase(), path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const PAGE: &str =
        "https://docs.stackone.com/connectors/pipedrive/guides/connector-profile/oauth-2-0";

    fn read(url: &str) -> Result<Vec<String>, GuideUrlError> {
        let catalog = Catalog::pipedrive();
        let selection = catalog.selection_of_url(url)?;
        let id = |action| catalog.action(action).id().to_owned();
        Ok(selection.iter().map(id).collect())
    }

    #[test]
    fn a_written_url_reads_back_as_the_same_selection() {
        let catalog = Catalog::pipedrive();
        let every_third: Selection = catalog.indices().step_by(3).collect();
        let url = catalog.guide_url(&every_third).expect("a page");
        assert_eq!(catalog.selection_of_url(&url), Ok(every_third));
    }

    #[test]
    fn the_start_of_a_url_is_as_long_as_asked_for() {
        let catalog = Catalog::pipedrive();
        let all: Selection = catalog.indices().collect();
        let whole = catalog.guide_url(&all).expect("a page");
        let of_two = catalog.guide_url(&catalog.indices().take(2).collect()).expect("a page");
        for enough in [0, 100, of_two.len(), 1000, whole.len(), usize::MAX] {
            let start = catalog.guide_url_start(&all, enough).expect("a page");
            assert!(whole.starts_with(&start));
            assert!(start.len() > enough || start == whole, "{enough}");
            assert!(start.len() <= enough.saturating_add(100), "{enough}");
        }
    }

    #[test]
    fn what_browsers_and_chat_programs_do_to_a_link_does_not_matter() {
        let expected = Ok(vec!["pipedrive_list_users".to_owned(), "pipedrive_add_user".to_owned()]);
        let ids = "pipedrive_add_user,pipedrive_list_users";
        for url in [
            format!("{PAGE}?actions={ids}"),
            format!("{PAGE}/?utm_source=x&actions={}#step-3", ids.replace(',', "%2C")),
            format!("{PAGE}?utm_source=x&amp;actions={ids}&amp;x=1"),
            format!("  {}?actions={ids},\n", PAGE.replace("https://docs", "DOCS")),
            format!("{PAGE}?actions={}", ids.replace(',', ",+")),
            format!("{PAGE}?actions={}", ids.replace(',', " ,\n")),
            format!("Which ones? See #12: {PAGE}?actions={ids}"),
            format!("(https://example.com/x says {PAGE}?actions={ids} )."),
            format!("Take “{PAGE}?actions={ids}”!"),
            format!("Take **{PAGE}?actions={ids}**:"),
            format!("[{PAGE}?actions={ids}]({PAGE}?actions={ids})"),
            format!("{PAGE}?actions={ids}\n{PAGE}?actions={ids}"),
            format!("{PAGE}?actions={ids} {PAGE}"),
            format!("See [the guide]({PAGE}?actions={ids})."),
            format!("[guide]({PAGE}?actions={ids})"),
            format!("{PAGE}?actions={ids}\n").replace("add_user", "add_\n  user"),
            format!("See\n{PAGE}?actions={ids}").replace("connectors", "conn\nectors"),
        ] {
            assert_eq!(read(&url), expected, "{url}");
        }
    }

    /// It is joined only where the ids tell that it is broken.
    #[test]
    fn a_link_that_is_wrapped_within_an_id_is_joined() {
        let url = format!("{PAGE}?actions=pipedrive_add_deal\n_field,pipedrive_list_\r\n  users");
        let joined = ["pipedrive_add_deal_field", "pipedrive_list_users"].map(str::to_owned);
        assert_eq!(
            read(&url).map(|ids| ids.into_iter().collect::<HashSet<_>>()),
            Ok(joined.into())
        );
        let text = r#"[{"id": "a", "label": "A", "scopes": []}, {"id": "b", "label": "B", "scopes": []},
            {"id": "ab", "label": "C", "scopes": []}]"#;
        let page = Page { address: "https://e.com".into(), parameter: "x".into() };
        let catalog = Catalog::parse(text).and_then(|catalog| catalog.with_page(page));
        let catalog = catalog.expect("it keeps the rules");
        assert_eq!(catalog.ids_of_url("https://e.com?x=a\nb"), Ok((vec!["a".into()], "\nb")));
    }

    #[test]
    fn a_link_that_was_shortened_is_refused() {
        for end in ["…", "...", "..", ",…"] {
            let url = format!("{PAGE}?actions=pipedrive_list_users,pipedrive_add_user{end}");
            assert_eq!(read(&url), Err(GuideUrlError::CutOff), "{url}");
        }
    }

    #[test]
    fn a_link_that_carries_no_selection_of_this_page_is_refused() {
        let other_page = || GuideUrlError::OtherPage(PAGE.to_owned());
        let no_selection = || GuideUrlError::NoSelection("actions".to_owned());
        let repeated = || GuideUrlError::RepeatedSelection("actions".to_owned());
        let several = || GuideUrlError::SeveralLinks;
        for (url, error) in [
            ("".to_owned(), other_page()),
            ("https://example.com/?actions=a".to_owned(), other_page()),
            (format!("{PAGE}-x?actions=a"), other_page()),
            (PAGE.to_owned(), no_selection()),
            (format!("{PAGE}?action=x"), no_selection()),
            (format!("{PAGE}?actions=,"), no_selection()),
            (format!("{PAGE}?actions=pipedrive_add_user&actions=x"), repeated()),
            (format!("{PAGE}?actions=pipedrive_add_user\n{PAGE}?actions=x"), several()),
            (format!("<{PAGE}?actions=pipedrive_add_user>,<{PAGE}?actions=x>"), several()),
            (
                format!("{PAGE}?actions=pipedrive_add_user pipedrive_list_users"),
                GuideUrlError::Rest,
            ),
            (format!("{PAGE}?actions=pipedrive_add_deal _field"), GuideUrlError::Broken),
            (format!("{PAGE}?actions=pipedrive_add_deal _fi eld"), GuideUrlError::Broken),
            (format!("{PAGE}?actions=pipedrive_add_deal\n_field and more"), GuideUrlError::Broken),
            (format!("{PAGE}?actions=pipedrive_add_deal*"), GuideUrlError::Pattern),
            (format!("{PAGE}?actions=pipedrive_list_*."), GuideUrlError::Pattern),
        ] {
            assert_eq!(read(&url), Err(error), "{url}");
        }
    }

    #[test]
    fn whatever_the_address_of_the_page_has_the_url_reads_back() {
        for (address, url) in [
            ("https://e.com/#/guide", "https://e.com/?actions=x_a#/guide"),
            ("https://e.com/g?actions=foo", "https://e.com/g?actions=x_a"),
            ("https://e.com/g?a=1&actions=&b=2#c", "https://e.com/g?a=1&b=2&actions=x_a#c"),
        ] {
            let text = r#"[{"id": "x_a", "label": "A", "scopes": []}]"#;
            let page = Page { address: address.into(), parameter: "actions".into() };
            let catalog = Catalog::parse(text).and_then(|catalog| catalog.with_page(page));
            let catalog = catalog.expect("it keeps the rules");
            let all: Selection = catalog.indices().collect();
            assert_eq!(catalog.guide_url(&all).as_deref(), Some(url));
            assert_eq!(catalog.selection_of_url(url), Ok(all));
            assert_eq!(catalog.guide_url(&Selection::new()).as_deref(), Some(address));
        }
    }

    #[test]
    fn a_full_stop_at_the_end_of_an_id_is_no_full_stop_behind_the_url() {
        let text = r#"[{"id": "x_b.", "label": "A", "scopes": []}, {"id": "x_b", "label": "B", "scopes": []}]"#;
        let page = Page { address: "https://e.com".into(), parameter: "a".into() };
        let catalog = Catalog::parse(text).and_then(|catalog| catalog.with_page(page));
        let catalog = catalog.expect("it keeps the rules");
        let stopped: Selection = catalog.find("x_b.").into_iter().collect();
        let url = catalog.guide_url(&stopped).expect("a page");
        assert_eq!(catalog.selection_of_url(&format!("See {url}.")), Ok(stopped));
    }

    #[test]
    fn the_start_of_any_address_is_the_start_of_the_url() {
        let text = r#"[{"id": "x_a", "label": "A", "scopes": []}]"#;
        for address in [
            "https://e.com/guide",
            "https://e.com/guide?a=1&actions=x_b.x_c.x_d&b=2&actions=&c=3#f",
            "https://e.com/?actions=a_long_selection",
            "https://e.com/#/guide?actions=x",
        ] {
            let page = Page { address: address.into(), parameter: "actions".into() };
            let catalog = Catalog::parse(text).and_then(|catalog| catalog.with_page(page));
            let catalog = catalog.expect("it keeps the rules");
            for selection in [Selection::new(), catalog.indices().collect()] {
                let whole = catalog.guide_url(&selection).expect("a page");
                for enough in 0..whole.len() + 2 {
                    let start = catalog.guide_url_start(&selection, enough).expect("a page");
                    assert!(whole.starts_with(&start), "{enough}: {start}");
                    assert!(start.len() > enough || start == whole, "{enough}: {start}");
                }
            }
        }
    }

    #[test]
    fn an_unknown_or_broken_id_is_named() {
        for (id, named) in
            [("pipedrive_ad_user", "pipedrive_ad_user"), ("%ff%1b", "\u{fffd}\u{1b}")]
        {
            let Err(GuideUrlError::UnknownAction(unknown)) = read(&format!("{PAGE}?actions={id}"))
            else {
                panic!("{id} was taken");
            };
            assert_eq!(unknown.name, named);
        }
    }
}
