mod graph;
mod openapi;
mod problems;
mod published;

use std::collections::BTreeSet;

use super::graph::MOST_METHODS;
use super::*;
use crate::domain::CatalogFault;

const JSON: Format = Format::OpenApi(Language::Json);
const YAML: Format = Format::OpenApi(Language::Yaml);

const ASANA: &str = include_str!("../../../../tests/suite/apis/asana.openapi3.trimmed.yaml");
const DRIVE: &str =
    include_str!("../../../../tests/suite/apis/google-drive.v3.discovery.trimmed.json");
const PIPEDRIVE: &str =
    include_str!("../../../../tests/suite/apis/pipedrive-openapi.v1.trimmed.yaml");
const SLACK: &str =
    include_str!("../../../../tests/suite/apis/slack-web-api.swagger2.trimmed.json");

fn read_with(format: Format, text: &str, listed: Option<ListedScopes>) -> Description {
    let options = DescriptionOptions { listed_scopes: listed, ..DescriptionOptions::default() };
    read(format, text, &options).unwrap_or_else(|problems| panic!("{problems:?} in {text}"))
}

/// What each operation accepts, a line each: alternatives with `|`, the scopes of one with `+`.
fn accepted(description: &Description) -> Vec<String> {
    let names = |alternative: &BTreeSet<usize>| {
        let names = alternative.iter().map(|&place| description.scopes.name(place));
        names.collect::<Vec<_>>().join(" + ")
    };
    let line = |call: &Call| {
        let accepts = match &call.access {
            None => "unknown".to_owned(),
            Some(ways) if ways.is_empty() => "not by OAuth".to_owned(),
            Some(ways) if ways.first().is_some_and(BTreeSet::is_empty) => "nothing".to_owned(),
            Some(ways) => ways.iter().map(names).collect::<Vec<_>>().join(" | "),
        };
        format!("{}: {accepts}", call.id)
    };
    description.calls.iter().map(line).collect()
}

fn faults(format: Format, text: &str) -> Vec<(Option<(usize, usize)>, CatalogFault)> {
    let read = read(format, text, &DescriptionOptions::default());
    let problems = read.err().unwrap_or_else(|| panic!("no problem in {text}"));
    let place = |error: &CatalogError| error.place.map(|place| (place.line, place.column));
    problems.into_iter().map(|error| (place(&error), error.fault)).collect()
}

/// An OpenAPI document of these operations, with the schemes `oauth`, `other` (which is OAuth too)
/// and `key`.
fn document(operations: &str) -> String {
    format!(
        r##"{{"openapi": "3.1.0", "paths": {{{operations}}},
          "components": {{"securitySchemes": {{
            "oauth": {{"type": "oauth2", "flows": {{"implicit": {{"scopes": {{"a": "", "b": null}}}}, "x-y": 1}}}},
            "other": {{"$ref": "#/components/securitySchemes/aim"}},
            "aim": {{"type": "openIdConnect"}},
            "key": {{"type": "apiKey"}}}}}}}}"##
    )
}

fn of_security(security: &str) -> String {
    let text = document(&format!(r#""/p": {{"get": {{"security": {security}}}}}"#));
    accepted(&read_with(JSON, &text, None)).join("\n")
}
