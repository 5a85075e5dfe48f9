use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::UnreadableForm;
use super::description::Format;
use super::document::{Language, Text, visit_keys};
use super::stackone::StackOneForm;

/// The forms in which a catalog comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Our own format, or a bare array of actions.
    Json,
    /// A saved guide page.
    Page,
    StackOne(StackOneForm),
    Description(Format),
    Unreadable(UnreadableForm),
}

/// The keys by which other forms name themselves.
const OTHER_KEYS: [(&str, &str); 10] = [
    ("asyncapi", "an AsyncAPI document"),
    ("arazzo", "an Arazzo document"),
    ("overlay", "an OpenAPI overlay"),
    ("openrpc", "an OpenRPC document"),
    ("smithy", "a Smithy model"),
    ("swaggerVersion", "a Swagger 1 document"),
    ("log", "a HAR archive"),
    ("_type", "an Insomnia export"),
    ("_postman_variable_scope", "a Postman environment"),
    ("requests", "a Postman collection of version 1"),
];

/// The beginnings of other forms.
const OTHER_STARTS: [(&str, &str); 4] = [
    ("#%RAML", "a RAML document"),
    ("FORMAT: 1A", "an API Blueprint"),
    ("type: collection.insomnia.rest", "an Insomnia export"),
    ("syntax = \"proto", "a Protocol Buffers schema"),
];

/// Namespaces at the beginning of XML of other forms.
const OTHER_XML: [(&str, &str); 3] = [
    ("wadl.dev.java.net", "a WADL document"),
    ("schemas.xmlsoap.org/wsdl", "a WSDL document"),
    ("docs.oasis-open.org/odata", "an OData schema"),
];

impl Form {
    /// Goes by what stands in the text, and by the extension of the file's name where that could be
    /// several forms.
    pub fn of(name: &str, text: &str) -> Self {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let start = text.trim_start();
        if ["From: <Saved by", "MIME-Version:"].iter().any(|head| start.starts_with(head)) {
            return Self::Unreadable(UnreadableForm::Mhtml);
        }
        let tags = if start.starts_with('<') { 3 } else { 0 };
        let xml: String = start.split_inclusive('>').take(tags).collect();
        let named = other(&OTHER_STARTS, |beginning| start.starts_with(beginning))
            .or_else(|| other(&OTHER_XML, |namespace| xml.contains(namespace)));
        if let Some(form) = named {
            return form;
        }
        let is_json = begins_json(start);
        match extension.as_deref() {
            // An expression of MDX begins like an object.
            Some("md" | "mdx" | "html" | "htm") => match is_json.then(|| of_json(start)) {
                Some(form @ (Self::Description(_) | Self::StackOne(_))) => form,
                Some(Self::Json) if serde_json::from_str::<IgnoredAny>(start).is_ok() => Self::Json,
                _ => Self::Page,
            },
            Some("yaml" | "yml") => of_yaml(start)
                .or_else(|| of_values(text))
                .or_else(|| is_json.then(|| of_json(start)))
                .unwrap_or(Self::Unreadable(UnreadableForm::Yaml)),
            Some("graphql" | "graphqls" | "gql") => Self::Unreadable(UnreadableForm::GraphQl),
            Some("stone") => Self::Unreadable(UnreadableForm::Stone),
            _ if is_json => of_json(start),
            extension => of_lines(start).unwrap_or(match extension {
                Some("json") => Self::Json,
                _ => Self::Page,
            }),
        }
    }
}

/// Returns `true` for a text that begins like JSON, and not like an expression of MDX or a link of Markdown.
fn begins_json(start: &str) -> bool {
    let is_link = |array: &str| {
        array.trim_start().starts_with(|first: char| first.is_alphabetic() || first == '!')
    };
    match start.strip_prefix('[') {
        Some(array) => !is_link(array),
        None => start.starts_with('{') && !start.starts_with("{/*"),
    }
}

/// A form that cannot be read, by the sign that a text has of it.
fn other(signs: &[(&str, &'static str)], has: impl Fn(&str) -> bool) -> Option<Form> {
    let named = signs.iter().find(|(sign, _)| has(sign));
    named.map(|&(_, name)| Form::Unreadable(UnreadableForm::Other(name)))
}

/// By the first key of an object that one form alone has. What is neither JSON nor YAML is for the
/// reader of our own format to refuse.
fn of_json(text: &str) -> Form {
    let mut form = None;
    // Reading ends with an error as soon as the form is known.
    let keys = Keys { form: &mut form, language: Language::Json };
    let read = serde_json::Deserializer::from_str(text).deserialize_map(keys);
    form.or_else(|| if read.is_ok() { None } else { of_values(text) }).unwrap_or(Form::Json)
}

/// A text that is no JSON.
fn of_lines(text: &str) -> Option<Form> {
    let mut lines = significant_lines(text);
    let first = lines.next()?;
    let word = first.split_whitespace().next().unwrap_or_default();
    let declares = |line: &str| {
        line.ends_with('{') && (line.starts_with("type ") || line.starts_with("schema"))
    };
    match word {
        "namespace" if first.split_whitespace().count() == 2 => {
            Some(Form::Unreadable(UnreadableForm::Stone))
        }
        "type" | "schema" | "directive" | "scalar" | "enum" | "interface" | "input" | "union"
        | "extend" | "\"\"\"" => {
            let is_schema = declares(first) || lines.any(declares);
            is_schema.then_some(Form::Unreadable(UnreadableForm::GraphQl))
        }
        // Between two of these stands the front matter of a page.
        "---" if lines.any(|line| line == "---") => None,
        _ => of_yaml(text),
    }
}

/// YAML by its keys, however they are written.
fn of_values(text: &str) -> Option<Form> {
    let mut form = None;
    visit_keys(text, Keys { form: &mut form, language: Language::Yaml });
    form
}

/// By the keys at the left edge.
fn of_yaml(text: &str) -> Option<Form> {
    let mut lines = significant_lines(text)
        .filter(|line| !line.starts_with(['%', '-']) || line.starts_with("- "));
    let first = lines.next()?;
    if first.starts_with("- actionId:") {
        return Some(Form::Unreadable(UnreadableForm::StackOnePartial));
    }
    entry(first)?;
    std::iter::once(first).chain(lines).find_map(|line| {
        let (key, value) = entry(line)?;
        match key {
            "openapi" if value.starts_with('3') => Some(OPENAPI),
            "swagger" if value.starts_with('2') => Some(OPENAPI),
            "StackOne" => Some(Form::StackOne(StackOneForm::Connector)),
            _ if value.starts_with(|c: char| c.is_ascii_digit()) => {
                other(&OTHER_KEYS, |other| other == key)
            }
            _ => None,
        }
    })
}

const OPENAPI: Form = Form::Description(Format::OpenApi(Language::Yaml));

/// The lines at the left edge that are no comments.
fn significant_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with([' ', '\t', '#']))
        .map(str::trim_end)
}

/// The key and the value of a line of YAML, without their quotes.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = value.is_empty() || value.starts_with([' ', '\t']);
    (is_key && !key.contains(['<', '{'])).then(|| (unquoted(key), unquoted(value)))
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}

/// Looks at the keys of an object until one of them tells the form.
struct Keys<'a> {
    form: &'a mut Option<Form>,
    language: Language,
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Text(key)) = map.next_key()? {
            let form = match &*key {
                "kind" if self.language == Language::Json => map
                    .next_value::<Option<Text>>()?
                    .filter(|Text(kind)| kind.starts_with("discovery#"))
                    .map(|_| Form::Description(Format::Discovery)),
                "info" if self.language == Language::Json => map
                    .next_value::<Info>()?
                    .schema
                    .filter(|schema| schema.contains("getpostman.com"))
                    .map(|_| Form::Unreadable(UnreadableForm::Postman)),
                "data" if self.language == Language::Json => match map.next_value::<&RawValue>() {
                    Ok(data) if !data.get().starts_with('[') => {
                        let data = serde_json::from_str::<GraphQlData>(data.get());
                        let schema = data.ok().and_then(|data| data.schema);
                        schema.map(|_| Form::Unreadable(UnreadableForm::GraphQl))
                    }
                    // The reader of an answer says where it is cut off.
                    Ok(_) | Err(_) => Some(Form::StackOne(StackOneForm::Answer)),
                },
                key => {
                    let form = of_key(key, self.language);
                    if form.is_none() {
                        map.next_value::<IgnoredAny>()?;
                    }
                    form
                }
            };
            if form.is_some() {
                *self.form = form;
                return Err(A::Error::custom("the form is known"));
            }
        }
        Ok(())
    }
}

/// The form that has this key, if no other has it.
fn of_key(key: &str, language: Language) -> Option<Form> {
    Some(match key {
        "openapi" | "swagger" | "paths" | "components" | "securityDefinitions" => {
            Form::Description(Format::OpenApi(language))
        }
        "StackOne" => Form::StackOne(StackOneForm::Connector),
        // The others come as JSON alone.
        _ if language == Language::Yaml => return None,
        "connector" | "scopes" | "actions" | "page" | "guide" => Form::Json,
        "discoveryVersion" | "resources" => Form::Description(Format::Discovery),
        "permissions" => Form::Description(Format::Graph),
        "__schema" => Form::Unreadable(UnreadableForm::GraphQl),
        "item" => Form::Unreadable(UnreadableForm::Postman),
        key => return other(&OTHER_KEYS, |other| other == key),
    })
}

/// The `info` of a description, or of a Postman collection.
#[derive(Deserialize)]
struct Info {
    schema: Option<String>,
}

/// The answer to a question about a GraphQL schema.
#[derive(Deserialize)]
struct GraphQlData {
    #[serde(rename = "__schema")]
    schema: Option<IgnoredAny>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPENAPI_JSON: Form = Form::Description(Format::OpenApi(Language::Json));
    const DISCOVERY: Form = Form::Description(Format::Discovery);
    const GRAPH: Form = Form::Description(Format::Graph);

    fn unreadable(form: UnreadableForm) -> Form {
        Form::Unreadable(form)
    }

    #[test]
    fn text_and_name_tell_the_form() {
        for (name, text, form) in [
            ("a.json", "<p>", Form::Json),
            ("a.MDX", "[a link](x)", Form::Page),
            ("a.md", "{", Form::Page),
            ("a.md", "[{\"id\": \"x\"}]", Form::Json),
            ("a.html", "{\"actions\": []}\n", Form::Json),
            ("", "[Back](/home)\n\n# A title", Form::Page),
            ("", "[![a picture](x)](y)\n", Form::Page),
            ("a.html", "[", Form::Page),
            ("a.htm", "[", Form::Page),
            ("a.txt", " \n[", Form::Json),
            ("", "{", Form::Json),
            ("", "{/* a comment of MDX */}", Form::Page),
            ("", "# A title", Form::Page),
            ("json", "<p>", Form::Page),
            ("", r#"{"connector": {}, "openapi": 3}"#, Form::Json),
            ("", r#"{"a": 1,, "openapi": 3}"#, Form::Json),
            ("", "{connector: {}, actions: []}", Form::Json),
        ] {
            assert_eq!(Form::of(name, text), form, "{name:?} with {text:?}");
        }
    }

    #[test]
    fn a_description_is_told_by_what_it_says_of_itself() {
        for (name, text, form) in [
            ("", r#"{"info": {"title": "x"}, "openapi": "3.0.0"}"#, OPENAPI_JSON),
            ("a.txt", r#"{"swagger": "2.0"}"#, OPENAPI_JSON),
            ("a.json", "openapi: 3.0.1\n", OPENAPI),
            ("", "# hello\n---\ninfo:\n  title: x\nopenapi: '3.1.0'\n", OPENAPI),
            ("a.yaml", "swagger: \"2.0\"\n", OPENAPI),
            ("a.yaml", "{\"openapi\": \"3.0.0\"}", OPENAPI),
            ("a.yaml", "{openapi: 3.0.0, paths: {}}", OPENAPI),
            ("", "{info: {title: x},\n openapi: 3.0.0}", OPENAPI),
            ("a.json", "{'swagger': '2.0'}", OPENAPI),
            ("a.yml", "%YAML 1.2\n--- {openapi: 3.0.0}", OPENAPI),
            ("a.yml", "  info: {}\n  openapi: 3.0.0\n", OPENAPI),
            ("a.yaml", "? openapi\n: 3.0.0\n", OPENAPI),
            ("", "{actions: [], StackOne: 1.0.0}", Form::StackOne(StackOneForm::Connector)),
            ("", r#"{"kind": "discovery#restDescription"}"#, DISCOVERY),
            ("", r#"{"id": "drive:v3", "discoveryVersion": "v1"}"#, DISCOVERY),
            ("", r#"{"permissions": {}}"#, GRAPH),
            ("a.yaml", r#"{"permissions": {}}"#, GRAPH),
            ("a.yml", "[]", Form::Json),
            ("", r#"{"next": null, "data": []}"#, Form::StackOne(StackOneForm::Answer)),
            ("", r#"{"next": null, "data": [{"key""#, Form::StackOne(StackOneForm::Answer)),
            ("", "StackOne: 1.0.0\ninfo:\n", Form::StackOne(StackOneForm::Connector)),
            ("a.yml", "# c\nStackOne: 1.0.0\n", Form::StackOne(StackOneForm::Connector)),
        ] {
            assert_eq!(Form::of(name, text), form, "{name:?} with {text:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_by_its_name() {
        use UnreadableForm::{GraphQl, Mhtml, Other, Postman, StackOnePartial, Stone, Yaml};

        const ASYNC: UnreadableForm = Other("an AsyncAPI document");
        const WADL: &str =
            "<?xml version=\"1.0\"?>\n<application xmlns=\"http://wadl.dev.java.net/2009/02\">";
        let postman = r#"{"info": {"schema": "https://schema.getpostman.com/x.json"}}"#;
        for (name, text, form) in [
            ("a.json", postman, Postman),
            ("", r#"{"item": []}"#, Postman),
            ("", r#"{"data": {"__schema": {}}}"#, GraphQl),
            ("", "# c\ntype Query {\n  a: Int\n}\n", GraphQl),
            ("a.graphql", "", GraphQl),
            ("", "# c\nnamespace files\n\nroute a(A, B, C)\n", Stone),
            ("a.stone", "import common", Stone),
            ("a.yaml", "- actionId: a\n", StackOnePartial),
            ("a.yaml", "a: b\n", Yaml),
            ("a.yaml", "log: {level: info}\n", Yaml),
            ("a.yaml", "", Yaml),
            ("a.json", r#"{"info": {"title": "x"}, "asyncapi": "2.6.0"}"#, ASYNC),
            ("a.yaml", "asyncapi: 2.6.0\ninfo:\n", ASYNC),
            ("a.yaml", "#%RAML 1.0\ntitle: x\n", Other("a RAML document")),
            ("", "#%RAML 1.0\ntitle: x\n", Other("a RAML document")),
            ("a.har", r#"{"log": {"entries": []}}"#, Other("a HAR archive")),
            ("a.json", r#"{"swaggerVersion": "1.2"}"#, Other("a Swagger 1 document")),
            ("a.json", r#"{"_type": "export", "resources": []}"#, Other("an Insomnia export")),
            ("a.xml", WADL, Other("a WADL document")),
            ("a.mhtml", "From: <Saved by Blink>\nSubject: x\n", Mhtml),
            ("a.html", "MIME-Version: 1.0\n", Mhtml),
        ] {
            assert_eq!(Form::of(name, text), unreadable(form), "{name:?} with {text:?}");
        }
    }

    #[test]
    fn pages_that_look_like_yaml_are_pages() {
        for text in [
            "---\ntitle: x\nopenapi: 3.0\n---\n\n# Page\n",
            "---\ntitle: x\n---\n",
            "Note: see below.\n\n```yaml\nopenapi: 2\n```\n",
            "type your name here\n",
        ] {
            assert_eq!(Form::of("", text), Form::Page, "{text:?}");
        }
    }
}
