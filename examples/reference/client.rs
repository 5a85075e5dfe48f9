//! What the client says of each call. Its files are generated, one statement a line, so that a call
//! is its path, then its method, then the scopes that its token may have.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where a client keeps its versions: as it is published, and in its repository.
const PLACES: [&str; 2] = ["dist/versions", "src/versions"];

pub type Scopes = BTreeSet<String>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    pub version: String,
    pub method: String,
    /// With `{}` for each parameter, whose names differ between versions of the client.
    pub path: String,
}

impl Call {
    pub fn new(version: &str, method: &str, path: &str) -> Self {
        let mut shape = String::new();
        let mut within = false;
        for c in path.chars() {
            match c {
                '{' => {
                    within = true;
                    shape.push_str("{}");
                }
                '}' => within = false,
                _ if within => {}
                _ => shape.push(c),
            }
        }
        Self { version: version.to_owned(), method: method.to_owned(), path: shape }
    }
}

#[derive(Debug)]
pub struct Client {
    /// As its package says, or `?`.
    pub version: String,
    pub calls: BTreeMap<Call, Accepted>,
}

/// What the client says of one call.
#[derive(Debug)]
pub struct Accepted {
    /// With the client's own names of the parameters.
    pub path: String,
    /// Any one of these will do. Never empty.
    pub scopes: Scopes,
}

impl Client {
    /// # Errors
    /// A sentence: there is no client in the directory, a file cannot be read, or the client
    /// contradicts itself.
    pub fn read(directory: &Path) -> Result<Self, String> {
        let place = PLACES.iter().map(|place| directory.join(place)).find(|place| place.is_dir());
        let place = place.ok_or_else(|| {
            format!("{} has neither {}.", directory.display(), PLACES.join(" nor "))
        })?;
        let mut calls = BTreeMap::new();
        for version in entries(&place)? {
            let name = name(&version);
            for file in entries(&version.join("api"))? {
                if is_api(&self::name(&file)) {
                    let text =
                        fs::read_to_string(&file).map_err(|error| unreadable(&file, error))?;
                    add(&mut calls, &name, &text)
                        .map_err(|reason| format!("{}: {reason}", file.display()))?;
                }
            }
        }
        if calls.is_empty() {
            return Err(format!("No call is found below {}.", place.display()));
        }
        Ok(Self { version: version_of(directory), calls })
    }
}

fn is_api(name: &str) -> bool {
    name.ends_with("-api.js") || name.ends_with("-api.ts")
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn entries(directory: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error| unreadable(directory, error);
    let entries = fs::read_dir(directory).map_err(failed)?;
    let paths: Result<Vec<_>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(failed)?;
    paths.sort();
    Ok(paths)
}

fn unreadable(path: &Path, error: std::io::Error) -> String {
    format!("{} cannot be read: {error}", path.display())
}

fn version_of(directory: &Path) -> String {
    let package = fs::read_to_string(directory.join("package.json")).unwrap_or_default();
    let package: serde_json::Value = serde_json::from_str(&package).unwrap_or_default();
    package["version"].as_str().unwrap_or("?").to_owned()
}

/// Adds the calls of one file. A call without scopes, and one that two files give different scopes,
/// are errors: then the client is written otherwise than this knows.
fn add(calls: &mut BTreeMap<Call, Accepted>, version: &str, text: &str) -> Result<(), String> {
    let mut path = None;
    let mut open: Option<(Call, &str)> = None;
    for line in text.lines() {
        if let Some(found) = between(line, "localVarPath = `", "`") {
            without_scopes(open.take().map(|(call, _)| call))?;
            path = Some(found);
        } else if let Some(method) = between(line, "method: '", "'") {
            open = path.take().map(|path| (Call::new(version, method, path), path));
        } else if let Some(list) = scope_list(line)
            && let Some((call, path)) = open.take()
        {
            // What stands between quotes is every second piece.
            let scopes: Scopes = list.split('"').skip(1).step_by(2).map(str::to_owned).collect();
            if scopes.is_empty() {
                return without_scopes(Some(call));
            }
            let known = calls.get(&call);
            if known.is_some_and(|known| known.scopes != scopes) {
                return Err(format!("{} {} has two lists of scopes.", call.method, call.path));
            }
            calls.insert(call, Accepted { path: path.to_owned(), scopes });
        }
    }
    without_scopes(open.map(|(call, _)| call))
}

fn without_scopes(call: Option<Call>) -> Result<(), String> {
    call.map_or(Ok(()), |call| Err(format!("{} {} has no scopes.", call.method, call.path)))
}

fn scope_list(line: &str) -> Option<&str> {
    line.contains("setOAuthToObject").then(|| between(line, "[", "]"))?
}

fn between<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(before)?;
    rest.split_once(after).map(|(within, _)| within)
}
