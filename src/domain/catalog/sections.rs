use std::mem::discriminant;

use super::html::{Piece, Tag};
use crate::domain::guide::{Guide, GuideSection, GuideStep, Span, is_web_address};

/// Builds the guide from a page's pieces: its steps, with what is to be done and the scopes they
/// are about.
#[derive(Debug, Default)]
pub(super) struct Sections {
    sections: Vec<GuideSection>,
    /// The elements that are open: a section, a step, something that is not part of the text.
    section: Option<OpenElement>,
    step: Option<OpenElement>,
    aside: Option<OpenElement>,
    /// The title of a step where it is an element of its own, as in pages that browsers have saved.
    title: Option<OpenElement>,
    heading: bool,
    /// The title of the step that comes next.
    step_title: Option<String>,
    line: Vec<Span>,
    /// The kind of the text; plain if nothing says another one.
    style: Option<fn(String) -> Span>,
    link: Option<String>,
    /// Whether lines of the page are lines of the text.
    is_preformatted: bool,
}

/// An open element. Others of its name may be inside of it.
#[derive(Debug)]
struct OpenElement {
    name: String,
    inside: usize,
}

/// Elements that make no line of their own.
const INLINE: [&str; 11] =
    ["a", "b", "strong", "code", "em", "i", "img", "span", "kbd", "u", "wbr"];
/// Attributes of elements that the page shows in its own way, or that are no text.
const ASIDE: [&str; 5] = [
    "data-guide-actions-badge",
    "data-guide-display-scope",
    "data-guide-display-scopes",
    "data-guide-scope-selector",
    "hidden",
];

impl Sections {
    pub fn take(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Open(tag) => self.open(tag),
            Piece::Close(name) => self.close(name),
        }
    }

    /// The guide, or `None` if the page has no step.
    pub fn guide(&self) -> Option<Guide> {
        let mut sections = self.sections.clone();
        sections.retain(|section| !section.steps.is_empty());
        for section in sections.iter_mut().filter(|section| section.title.is_empty()) {
            section.title = "Steps".into();
        }
        (!sections.is_empty()).then_some(Guide { sections })
    }

    fn open(&mut self, tag: &Tag) {
        let element =
            || (!tag.is_void()).then(|| OpenElement { name: tag.name.to_owned(), inside: 0 });
        if let Some(aside) = &mut self.aside {
            return aside.hold(tag);
        }
        let part = tag.attribute("data-component-part").map(|part| part.value);
        let is_aside = ASIDE.iter().any(|name| tag.attribute(name).is_some());
        if is_aside || part == Some("step-number") {
            self.aside = element();
            return;
        }
        let around = [&mut self.section, &mut self.step, &mut self.title];
        around.into_iter().flatten().for_each(|element| element.hold(tag));
        if part == Some("step-title") {
            self.end_line();
            self.title = element();
        }
        if tag.attribute("data-guide-section").is_some() {
            self.section = element();
            self.sections.push(GuideSection::default());
        }
        if tag.name == "Step" {
            self.step_title = tag.attribute("title").map(|title| plain(title.value));
        }
        if tag.attribute("data-guide-step").is_some() {
            self.end_line();
            self.begin_step(tag, element());
        }
        if is_heading(tag.name) {
            self.end_line();
            self.heading = true;
        }
        match tag.name {
            "strong" | "b" => self.style = Some(Span::Strong),
            "code" | "kbd" => self.style = Some(Span::Literal),
            "a" => self.link = tag.attribute("href").map(|link| plain(link.value)),
            name if INLINE.contains(&name) => {}
            _ => self.end_line(),
        }
        self.is_preformatted |= tag.name == "pre";
    }

    fn close(&mut self, name: &str) {
        if OpenElement::close(&mut self.aside, name) || self.aside.is_some() {
            return;
        }
        if OpenElement::close(&mut self.title, name) {
            let title = tidy(std::mem::take(&mut self.line));
            self.step_title = Some(title.iter().map(Span::text).collect());
        }
        match name {
            "strong" | "b" | "code" | "kbd" => self.style = None,
            "a" => self.end_link(),
            name if INLINE.contains(&name) => {}
            _ => self.end_line(),
        }
        if is_heading(name) {
            self.heading = false;
        }
        if name == "pre" {
            self.is_preformatted = false;
        }
        if name == "Step" {
            self.step_title = None;
        }
        if OpenElement::close(&mut self.step, name) {
            self.end_line();
        }
        OpenElement::close(&mut self.section, name);
    }

    fn begin_step(&mut self, tag: &Tag, element: Option<OpenElement>) {
        if self.sections.is_empty() {
            self.sections.push(GuideSection::default());
        }
        let scopes = tag.attribute("data-guide-scopes").map_or("", |scopes| scopes.value);
        let title = self.step_title.take();
        if let Some(section) = self.sections.last_mut() {
            let number = section.steps.len() + 1;
            section.steps.push(GuideStep {
                title: title.filter(|t| !t.is_empty()).unwrap_or_else(|| format!("Step {number}")),
                scopes: scope_names(&plain(scopes)).map(Into::into).collect(),
                ..GuideStep::default()
            });
        }
        // What follows a step within another one is still a part of the outer one.
        self.step = self.step.take().or(element);
    }

    fn text(&mut self, text: &str) {
        let open = [&self.section, &self.step, &self.title];
        let counts = self.heading || open.into_iter().any(Option::is_some);
        if self.aside.is_some() || !counts {
            return;
        }
        let mut lines = text.split('\n').peekable();
        self.say(lines.next().unwrap_or_default());
        while let Some(line) = lines.next() {
            let item = without_list_mark(line);
            // An empty line ends a paragraph, unless it only leads to the next tag.
            let is_blank = line.trim().is_empty() && lines.peek().is_some();
            if item.is_some() || is_blank || self.is_preformatted {
                self.end_line();
            } else {
                self.say(" ");
            }
            self.say(item.unwrap_or(line));
        }
    }

    fn say(&mut self, text: &str) {
        let text = htmlize::unescape(text).into_owned();
        // Markdown between tags: what stands between back quotes is to be read letter by letter.
        let pieces = between_back_quotes(&text);
        match self.style {
            None if pieces.len() > 1 && pieces.len() % 2 == 1 => {
                for (nth, piece) in pieces.into_iter().enumerate() {
                    self.push(if nth % 2 == 0 { Span::Text(piece) } else { Span::Literal(piece) });
                }
            }
            style => self.push(style.unwrap_or(Span::Text)(text.replace("\\`", "`"))),
        }
    }

    fn push(&mut self, span: Span) {
        match self.line.last_mut() {
            _ if span.text().is_empty() => {}
            Some(last) if discriminant(last) == discriminant(&span) => {
                last.text_mut().push_str(span.text());
            }
            _ => self.line.push(span),
        }
    }

    fn end_link(&mut self) {
        let Some(link) = self.link.take().filter(|link| is_web_address(link)) else { return };
        if self.line.last().is_none_or(|last| last.text().trim() != link) {
            self.line.push(Span::Text(" ".into()));
        } else {
            self.line.pop();
        }
        self.line.push(Span::Link(link));
    }

    fn end_line(&mut self) {
        let line = tidy(std::mem::take(&mut self.line));
        let Some(section) = self.sections.last_mut().filter(|_| !line.is_empty()) else { return };
        let is_within = self.step.is_some();
        match section.steps.last_mut() {
            Some(step) if is_within => step.lines.push(line.into()),
            _ if self.heading && section.title.is_empty() => {
                section.title = line.iter().map(Span::text).collect();
            }
            _ if self.heading || self.section.is_none() => {}
            None => section.opening.push(line.into()),
            Some(_) => section.closing.push(line.into()),
        }
    }
}

impl OpenElement {
    /// Counts a tag of the same name, whose end is not that of this element.
    fn hold(&mut self, tag: &Tag) {
        self.inside += usize::from(!tag.is_void() && self.name == tag.name);
    }

    /// Takes in the end of a tag of this name. Returns whether it ends the element.
    fn close(element: &mut Option<Self>, name: &str) -> bool {
        let Some(open) = element.as_mut().filter(|open| open.name == name) else { return false };
        if open.inside > 0 {
            open.inside -= 1;
            return false;
        }
        *element = None;
        true
    }
}

/// The pieces of a text between its back quotes, of which `\``, an escaped one, is none.
fn between_back_quotes(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split('`') {
        match pieces.last_mut() {
            Some(last) if last.ends_with('\\') => {
                last.pop();
                last.extend(["`", piece]);
            }
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces
}

/// The scopes of an attribute, which separates them with commas.
pub(super) fn scope_names(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// The text of an attribute.
pub(super) fn plain(value: &str) -> String {
    let text = htmlize::unescape_attribute(value);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_heading(name: &str) -> bool {
    ["h1", "h2", "h3", "h4"].contains(&name)
}

/// The text behind a mark such as `- ` or `1. ` in Markdown.
fn without_list_mark(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if rest.len() < line.len() {
        rest.strip_prefix(['.', ')'])?
    } else {
        line.strip_prefix(['-', '*', '+'])?
    };
    rest.strip_prefix(' ')
}

/// White space as a browser shows it; nothing where nothing is left.
fn tidy(line: Vec<Span>) -> Vec<Span> {
    let mut tidied: Vec<Span> = Vec::new();
    let mut after_space = true;
    for mut span in line {
        let text = span.text_mut();
        text.retain(|c| {
            // The link of a heading to itself is a blank without width.
            if c == '\u{200b}' {
                return false;
            }
            let is_more_space = after_space && c.is_whitespace();
            after_space = c.is_whitespace();
            !is_more_space
        });
        *text = text.replace(char::is_whitespace, " ");
        if !text.is_empty() {
            tidied.push(span);
        }
    }
    while let Some(Span::Text(last)) = tidied.last_mut() {
        last.truncate(last.trim_end().len());
        if !last.is_empty() {
            break;
        }
        tidied.pop();
    }
    if tidied.iter().all(|span| span.text().trim().is_empty()) { Vec::new() } else { tidied }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guide::GuideLine;
    use crate::domain::{Catalog, GuideSection};

    /// A page's only section.
    fn section(page: &str) -> GuideSection {
        let page = format!("<a data-guide-actions-json='[]' />{page}");
        let catalog = Catalog::read(page.into(), "page.html").expect("a page with a panel");
        match &catalog.guide().expect("it has a step").sections[..] {
            [section] => section.clone(),
            sections => panic!("{} sections", sections.len()),
        }
    }

    /// The lines of a page's only step.
    fn lines(page: &str) -> Vec<String> {
        let [step] = &section(page).steps[..] else { panic!("one step") };
        step.lines.iter().map(|line| line.iter().map(Span::text).collect()).collect()
    }

    #[test]
    fn what_can_hold_nothing_ends_where_it_begins() {
        let step = "<div data-guide-step><p>A</p><input hidden><div /><br>B</div>C";
        assert_eq!(lines(step), ["A", "B"]);
        assert_eq!(lines("<p data-guide-step>A<b hidden>no<b>no</b>no</b><br />B</p>"), ["A", "B"]);
    }

    #[test]
    fn nothing_of_a_step_around_another_one_is_lost_and_a_title_ends_with_its_element() {
        let nested = "<div data-guide-step>A<div data-guide-step>B</div>C</div>D";
        let of = |step: &GuideStep| -> Vec<String> {
            step.lines.iter().map(|line| line.iter().map(Span::text).collect()).collect()
        };
        let steps: Vec<_> = section(nested).steps.iter().map(of).collect();
        assert_eq!(steps, [vec!["A"], vec!["B", "C"]]);
        let titled = "<Step title='T'><p>no</p></Step><p data-guide-step>A</p>";
        assert_eq!(section(titled).steps[0].title, "Step 1");
    }

    #[test]
    fn only_what_stands_in_a_line_of_its_own_begins_one() {
        let step = "<div data-guide-step>A <em>b</em> <span>c</span><p>D</p>E</div>";
        assert_eq!(lines(step), ["A b c", "D", "E"]);
    }

    #[test]
    fn a_step_ends_with_its_own_tag_and_not_with_one_of_the_same_name_inside() {
        let step = "<div data-guide-step>A<div>B<div>C</div></div><p>D</p></div><p>no</p>";
        assert_eq!(lines(step), ["A", "B", "C", "D"]);
        let hidden = "<p data-guide-step>A<i hidden>no<i>no</i><p>no</p>no</i> B</p>";
        assert_eq!(lines(hidden), ["A B"]);
    }

    #[test]
    fn empty_lines_and_list_marks_begin_a_line() {
        let step = "<div data-guide-step>A\nB\n\nC\n- D\n* E\n+ F\n12. G\n2) H\n3 I\n-J\n</div>";
        assert_eq!(lines(step), ["A B", "C", "D", "E", "F", "G", "H 3 I -J"]);
    }

    #[test]
    fn lines_of_code_stay_lines_and_a_place_for_a_break_breaks_none() {
        let step = "<div data-guide-step>Run <pre><code>export A=1\nrm x</code></pre>\
            <code>https://api.x<wbr>.com/cb</code>\n end</div>";
        assert_eq!(lines(step), ["Run", "export A=1", "rm x", "https://api.x.com/cb end"]);
    }

    #[test]
    fn a_step_ends_although_something_within_it_is_left_out() {
        let step = "<div data-guide-step><div hidden>no<div>no</div></div><p>A</p></div>";
        let page = format!("<div data-guide-section><h2>One</h2>{step}<p>B</p></div><p>no</p>");
        assert_eq!(lines(&page), ["A"]);
        assert_eq!(section(&page).closing.len(), 1);
    }

    /// As Mintlify renders them.
    #[test]
    fn a_saved_page_keeps_the_titles_of_sections_and_steps() {
        let step = |number: usize, title: &str| {
            format!(
                r#"<div class="step"><div data-component-part="step-number"><div>{number}</div></div><div>
                <p data-component-part="step-title">{title}</p><div data-component-part="step-content">
                <div data-guide-step><p>Sign in.</p></div></div></div></div>"#
            )
        };
        let heading = "<h2><div><a href='#w'>&#8203;<div></div></a></div><span>Writing</span></h2>";
        let steps = [step(1, "Open the <b>hub</b>"), step(2, "Save")].concat();
        let section = section(&format!("<section data-guide-section>{heading}{steps}</section>"));
        let titles: Vec<_> = section.steps.iter().map(|step| &*step.title).collect();
        assert_eq!((&*section.title, titles), ("Writing", vec!["Open the hub", "Save"]));
        assert!(section.opening.is_empty() && section.closing.is_empty(), "{section:?}");
        assert_eq!(self::section(&step(1, "Alone")).steps[0].title, "Alone");
    }

    #[test]
    fn a_heading_within_a_step_is_a_line_and_the_first_one_outside_names_the_section() {
        let page = "<div data-guide-section>none<h2>One</h2><h2>Two</h2>\
                    <div data-guide-step><h3>A</h3>B</div><div data-guide-step>C</div></div>";
        let section = section(page);
        let steps: Vec<_> =
            section.steps.iter().map(|step| (&*step.title, step.lines.len())).collect();
        assert_eq!((&*section.title, steps), ("One", vec![("Step 1", 2), ("Step 2", 1)]));
    }
    #[test]
    fn warnings_and_what_stands_before_the_first_step_are_kept() {
        let page = "<section data-guide-section><h2>One</h2><p>Sign in.</p>\n<Warning>\n  Mind it.\n</Warning>\n\
                    <Steps><Step title=\"A\"><div data-guide-step><Warning><p>Not <b>twice</b>.</p></Warning>B\
                    </div></Step></Steps><Note>Last.</Note></section>";
        let section = section(page);
        let texts = |lines: &[GuideLine]| -> Vec<String> {
            lines.iter().map(|line| line.iter().map(Span::text).collect()).collect()
        };
        assert_eq!(section.title, "One");
        assert_eq!(texts(&section.opening), ["Sign in.", "Mind it."]);
        assert_eq!(texts(&section.steps[0].lines), ["Not twice.", "B"]);
        assert_eq!(texts(&section.closing), ["Last."]);
    }

    #[test]
    fn back_quotes_mark_what_is_literal_unless_they_are_escaped_or_alone() {
        for (item, expected) in [
            ("Type `a b` now", &["Type ", "`a b`", " now"][..]),
            (r"Type \`a b\` now", &["Type `a b` now"]),
            (r"Type \`a\` or `b`", &["Type `a` or ", "`b`"]),
            ("It is ` alone", &["It is ` alone"]),
            ("<code>a</code> and `b`", &["`a`", " and ", "`b`"]),
        ] {
            let section = section(&format!("<ul data-guide-step><li>{item}</li></ul>"));
            let [line] = &section.steps[0].lines[..] else { panic!("one line") };
            let spans: Vec<_> = line
                .iter()
                .map(|span| match span {
                    Span::Literal(text) => format!("`{text}`"),
                    span => span.text().to_owned(),
                })
                .collect();
            assert_eq!(spans, expected, "{item}");
        }
    }
}
