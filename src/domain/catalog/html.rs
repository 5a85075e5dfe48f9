//! Tags and texts of a page that need not be valid HTML: what a guide is written in is MDX, where
//! an attribute may hold an expression in braces. Only as much is understood as a guide needs.

use memchr::memmem;

/// A piece of a page, from the first byte to the last.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    Open(Tag<'t>),
    /// The name of the tag that ends here.
    Close(&'t str),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    pub name: &'t str,
    pub attributes: Vec<Attribute<'t>>,
    /// Whether it ends where it begins, as `<br />`.
    pub alone: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    pub name: &'t str,
    /// As it is written, without its quotes, and without the braces around these. Empty where there is
    /// none.
    pub value: &'t str,
    /// The byte of the page at which the value begins.
    pub offset: usize,
    /// Whether the page does not end within its tag.
    pub closed: bool,
    /// Whether the value is an expression, which is with its braces.
    pub is_expression: bool,
}

/// Walks a page once.
pub(super) struct Pieces<'t> {
    text: &'t str,
    at: usize,
    /// Whether back quotes and `~~~` mark code, which has no tags. They mean nothing on a page of HTML.
    is_markdown: bool,
    /// Ends that no longer come, so that the page need not be searched for them again.
    missing: Vec<&'static str>,
    /// The fewest marks of a fence that has no end, so that later ones with as many have none either.
    unclosed: usize,
}

/// The ends of elements whose text has no tags.
const RAW: [&str; 5] = ["</script", "</style", "</textarea", "</xmp", "</iframe"];

/// The most bytes of code within a paragraph.
const LONGEST_CODE: usize = 1 << 12;

impl<'t> Tag<'t> {
    pub fn attribute(&self, name: &str) -> Option<Attribute<'t>> {
        self.attributes.iter().copied().find(|one| one.name.eq_ignore_ascii_case(name))
    }

    /// Returns `true` if nothing can be inside of it.
    pub fn is_void(&self) -> bool {
        const VOID: &str = "area base br col embed hr img input link meta param source track wbr";

        self.alone || VOID.split(' ').any(|name| name == self.name)
    }
}

impl<'t> Pieces<'t> {
    pub fn of(text: &'t str) -> Self {
        let mut first = text.trim_start();
        while let Some((_, rest)) =
            first.strip_prefix("<!--").and_then(|comment| comment.split_once("-->"))
        {
            first = rest.trim_start();
        }
        let is_html = ["<!doctype", "<html", "<?xml"].iter().any(|tag| begins_with(first, tag));
        Self { text, at: 0, is_markdown: !is_html, missing: Vec::new(), unclosed: usize::MAX }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Goes on at the next `end`, in capitals or not. Returns `false` if there is none: then what it would
    /// end hides nothing of the page.
    fn skip_to(&mut self, end: &'static str) -> bool {
        if self.missing.contains(&end) {
            return false;
        }
        let rest = self.rest();
        let mut starts = memchr::memchr_iter(end.as_bytes()[0], rest.as_bytes());
        let found = starts.find(|&at| begins_with(&rest[at..], end));
        match found {
            Some(found) => self.at += found,
            None => self.missing.push(end),
        }
        found.is_some()
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn take_until(&mut self, stop: impl FnMut(char) -> bool) -> &'t str {
        let rest = self.rest();
        let taken = &rest[..rest.find(stop).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    /// The text before a character, behind which it goes on, and whether the page has one.
    fn take_past(&mut self, stop: impl FnMut(char) -> bool) -> (&'t str, bool) {
        let taken = self.take_until(stop);
        let is_there = self.at < self.text.len();
        self.at += usize::from(is_there);
        (taken, is_there)
    }

    /// The end of the comment that begins a text. `None` if no comment does.
    fn comment_end(&self, rest: &str) -> Option<&'static str> {
        let is_of_mdx = self.is_markdown && rest.starts_with("{/*");
        if rest.starts_with("<!--") { Some("-->") } else { is_of_mdx.then_some("*/}") }
    }

    /// Text up to the next tag or comment that is not code. It takes at least one character.
    fn text_piece(&mut self) -> &'t str {
        let rest = self.rest();
        let mut end = 0;
        while let Some(found) = rest[end..].find(['<', '{', '`', '~']) {
            end += found;
            let mark = &rest[end..];
            if mark.starts_with(['`', '~']) && self.is_markdown {
                end += self.code(self.at + end);
            } else if end > 0 && (mark.starts_with('<') || self.comment_end(mark).is_some()) {
                self.at += end;
                return &rest[..end];
            } else {
                end += 1;
            }
        }
        self.at = self.text.len();
        rest
    }

    /// The length of the code whose marks begin here, with those at its end; if it has no end, that of the
    /// marks.
    fn code(&mut self, at: usize) -> usize {
        let code = &self.text[at..];
        let mark = if code.starts_with('~') { '~' } else { '`' };
        let (marks, inner) = code.split_at(code.len() - code.trim_start_matches(mark).len());
        let before = self.text[..at].trim_end_matches([' ', '\t']);
        let begins_line = before.is_empty() || before.ends_with('\n');
        let is_fence = || !inner.lines().next().is_some_and(|line| line.contains('`'));
        let end = if marks.len() >= 3 && begins_line && is_fence() {
            self.end_of_fence(marks, inner)
        } else if mark == '`' {
            let longest = &inner.as_bytes()[..inner.len().min(LONGEST_CODE)];
            let lines = longest.split_inclusive(|&byte| byte == b'\n').enumerate();
            let paragraph =
                lines.take_while(|(nth, line)| *nth == 0 || !line.trim_ascii().is_empty());
            let paragraph: usize = paragraph.map(|(_, line)| line.len()).sum();
            memmem::find(&longest[..paragraph], marks.as_bytes()).map(|end| end + marks.len())
        } else {
            None
        };
        marks.len() + end.unwrap_or(0)
    }

    /// Where a line of marks alone ends the code of a fence.
    fn end_of_fence(&mut self, marks: &str, inner: &str) -> Option<usize> {
        if marks.len() >= self.unclosed {
            return None;
        }
        let mut end = 0;
        for line in inner.split_inclusive('\n') {
            end += line.len();
            let rest = line.trim().strip_prefix(marks);
            if end > line.len()
                && rest.is_some_and(|rest| rest.trim_start_matches(&marks[..1]).is_empty())
            {
                return Some(end);
            }
        }
        self.unclosed = marks.len();
        None
    }

    fn open_tag(&mut self) -> Tag<'t> {
        self.at += 1;
        let name = self.take_until(|c| c.is_whitespace() || matches!(c, '>' | '/' | '{'));
        let mut tag = Tag { name, attributes: Vec::new(), alone: false };
        loop {
            self.skip_space();
            match self.rest().chars().next() {
                None => {
                    tag.attributes.iter_mut().for_each(|attribute| attribute.closed = false);
                    break;
                }
                Some('>') => {
                    self.at += 1;
                    break;
                }
                Some('/') => {
                    self.at += 1;
                    tag.alone = self.rest().starts_with('>');
                }
                Some('{') => drop(self.braces()),
                // A quote in the place of a name begins no text: `<a href="x"">`.
                Some('=' | '"' | '\'') => self.at += 1,
                Some(_) => tag.attributes.push(self.attribute()),
            }
        }
        let end = RAW.into_iter().find(|end| name.eq_ignore_ascii_case(&end[2..]));
        if let Some(end) = end.filter(|_| !tag.alone) {
            self.skip_to(end);
        }
        tag
    }

    fn attribute(&mut self) -> Attribute<'t> {
        let name = self
            .take_until(|c| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '{' | '"' | '\''));
        let before = self.at;
        self.skip_space();
        if !self.rest().starts_with('=') {
            self.at = before;
            return Attribute { name, offset: before, closed: true, ..Attribute::default() };
        }
        self.at += 1;
        self.skip_space();
        let mut is_expression = false;
        let (offset, (value, closed)) = match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => (self.at + 1, self.quoted(quote)),
            Some('{') => {
                let (start, (value, closed)) = (self.at, self.braces());
                let literal = in_quotes(value);
                is_expression = literal.is_none();
                let (before, value) = literal.unwrap_or((0, value));
                (start + before, (value, closed))
            }
            _ => {
                let value = self.take_until(|c| c.is_whitespace() || c == '>');
                (self.at - value.len(), (value, true))
            }
        };
        Attribute { name, value, offset, closed, is_expression }
    }

    /// The text between this quote and the next, and whether there is a next.
    fn quoted(&mut self, quote: char) -> (&'t str, bool) {
        self.at += 1;
        self.take_past(|c| c == quote)
    }

    /// An expression with its braces, and whether they are closed.
    fn braces(&mut self) -> (&'t str, bool) {
        let (start, mut depth) = (self.at, 0_usize);
        // A text in quotes may have braces.
        let inner = self.rest()[1..].trim_start();
        let quote = inner.chars().next().filter(|quote| "\"'`".contains(*quote));
        if let Some(length) = quote.and_then(|quote| inner[1..].find(quote)) {
            depth = 1;
            self.at = self.text.len() - inner.len() + 1 + length;
        }
        let (_, closed) = self.take_past(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        (&self.text[start..self.at], closed)
    }
}

/// The text in an expression such as `{'a'}`, and the bytes before it. `None` for any other expression.
fn in_quotes(expression: &str) -> Option<(usize, &str)> {
    let inner = expression.strip_prefix('{')?.strip_suffix('}')?;
    let literal = inner.trim();
    let text = ['"', '\'', '`'].into_iter().find_map(|quote| {
        let text = literal.strip_prefix(quote)?.strip_suffix(quote)?;
        (!text.contains([quote, '\\', '$'])).then_some(text)
    })?;
    Some((expression.find(literal)? + 1, text))
}

/// Returns `true` if a text begins so, in capitals or not.
fn begins_with(text: &str, beginning: &str) -> bool {
    let first = text.as_bytes().get(..beginning.len());
    first.is_some_and(|first| first.eq_ignore_ascii_case(beginning.as_bytes()))
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            } else if let Some(end) = self.comment_end(rest).filter(|end| self.skip_to(end)) {
                self.at += end.len();
            } else if rest.starts_with("<!") || rest.starts_with("<?") {
                self.take_past(|c| c == '>');
            } else if rest.starts_with("</") {
                self.at += 2;
                let name = self.take_until(|c| c.is_whitespace() || c == '>');
                self.take_past(|c| c == '>');
                return Some(Piece::Close(name));
            } else if rest.starts_with('<') && rest[1..].starts_with(char::is_alphabetic) {
                return Some(Piece::Open(self.open_tag()));
            } else {
                return Some(Piece::Text(self.text_piece()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(page: &str) -> Vec<String> {
        let written = |tag: Tag| {
            let attributes = tag.attributes.iter();
            let attributes: String =
                attributes.map(|a| format!(" {}={}@{}", a.name, a.value, a.offset)).collect();
            format!("{}{attributes}{}", tag.name, if tag.alone { " /" } else { "" })
        };
        let tags = Pieces::of(page).filter_map(|piece| match piece {
            Piece::Open(tag) => Some(written(tag)),
            _ => None,
        });
        tags.collect()
    }

    #[test]
    fn attributes_come_quoted_bare_alone_and_as_expressions() {
        assert_eq!(
            tags(r#"<a b="1>2" c='"' d = e f style={{ g: '>' }} /><br/>"#),
            [r#"a b=1>2@6 c="@14 d=e@21 f=@24 style={{ g: '>' }}@31 /"#, "br /"]
        );
        let page = r#"<a b={"x"} c={ 'y' } d={`z`} e={'a' + b} f={`${z}`} />"#;
        assert_eq!(tags(page), ["a b=x@7 c=y@16 d=z@25 e={'a' + b}@31 f={`${z}`}@43 /"]);
        assert_eq!(tags("<a b={'}'} /><c d={ \"{\" } />"), ["a b=}@7 /", "c d={@21 /"]);
    }

    #[test]
    fn what_is_no_tag_is_text_and_comments_and_scripts_are_nothing() {
        let page = "1 < 2 <!-- <b> --> {/* <c> */} <script>if (a<d) { '<e>' }</script> <f>x</f>";
        assert_eq!(tags(page), ["script", "f"]);
        let texts: String = Pieces::of(page)
            .filter_map(|piece| match piece {
                Piece::Text(text) => Some(text),
                _ => None,
            })
            .collect();
        assert_eq!(texts, "1 < 2    x");
    }

    #[test]
    fn code_on_a_page_of_markdown_hides_nothing() {
        let page = "`<script>` <a> ``<!-- ` ``<b>\n```html\n<c>\n```\n<d> `<e>\n\n` ```<f>";
        assert_eq!(tags(page), ["a", "b", "d", "e", "f"]);
        assert_eq!(tags("<!DOCTYPE html>`<a>`"), ["a"]);
        let in_a_list = "1. Run:\n   ```sh\n   <a>\n   ```\n<b>\n\n```\n<c>\n```\n<d>";
        assert_eq!(tags(in_a_list), ["b", "d"]);
        assert_eq!(tags("~~~html\n<a>\n~~~\n<b>"), ["b"]);
        assert_eq!(tags("````\n```js\n<a>\n```\n<b>\n````\n<c>"), ["c"]);
        assert_eq!(tags("```\n<a>\n```js\n<b>\n```\n<c>"), ["c"]);
        assert_eq!(tags("a ~ b <a> ~~c~~ <b>"), ["a", "b"]);
        for blank in ["\n\n", "\r\n\r\n", "\n \t\n"] {
            assert_eq!(tags(&format!("The ` key.{blank}<a>{blank}The ` key.")), ["a"]);
        }
    }

    #[test]
    fn code_takes_time_in_proportion() {
        for code in ["```x\n", "` ` "] {
            assert_eq!(tags(&format!("{}<a>", code.repeat(200_000))), ["a"], "{code}");
        }
    }

    #[test]
    fn html_has_no_comments_of_mdx_whatever_stands_before_it() {
        let page = "<!-- saved -->\n<!doctype html>{/* ` <a> ` */}<textarea><b></textarea><c>";
        assert_eq!(tags(page), ["a", "textarea", "c"]);
    }

    #[test]
    fn what_has_no_end_hides_nothing() {
        for page in ["<script><a>", "<style></script><a>", "<!-- ><a>", "{/*<a>", "--> <!---><a>"] {
            assert_eq!(tags(page).last().map(String::as_str), Some("a"), "{page}");
        }
    }

    #[test]
    fn a_script_ends_with_its_own_tag_in_either_case() {
        let page = "<SCRIPT>'<a>' </b></é</script><c><Style>{`<d>`}</STYLE ><e>";
        assert_eq!(tags(page), ["SCRIPT", "c", "Style", "e"]);
    }

    #[test]
    fn what_is_said_to_the_reader_of_the_page_is_no_text() {
        let texts = Pieces::of("<!doctype html><?xml?><![CDATA[x]]>text</p >more");
        let texts = texts.map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Open(tag) => panic!("{} is no tag", tag.name),
            Piece::Close(name) => format!("/{name}"),
        });
        assert_eq!(texts.collect::<Vec<_>>(), ["text", "/p", "more"]);
    }

    #[test]
    fn a_page_that_ends_within_a_tag_ends_there() {
        for (page, value) in
            [("<a b=\"c", "c"), ("<a b={c", "{c"), ("<a b=c", "c"), ("<a b=\"c\" ", "c")]
        {
            let Some(Piece::Open(tag)) = Pieces::of(page).next() else {
                panic!("{page} begins with a tag");
            };
            let attribute = tag.attribute("b").expect(page);
            assert_eq!((attribute.value, attribute.closed), (value, false), "{page}");
        }
        for page in ["<", "<a", "<a ", "<a =", "</", "<!--", "{/*", "<script>", "<a \"", "<é"] {
            assert!(Pieces::of(page).count() <= 2, "{page}");
        }
    }
}
