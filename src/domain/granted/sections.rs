//! Sections of one text for several providers, as settings have them.

use std::collections::HashSet;

use super::lines::{parts, section, without_comment};
use super::words::unquoted;
use super::{Lexicon, key, provider};

/// The beginning of a section: `[name]`, or `name:` so many columns from the margin.
#[derive(PartialEq, Eq, Hash)]
enum Level {
    Ini,
    Yaml(usize),
}

/// A text for its remarks: the sections for other known providers and their headings are blank, where a section for
/// the catalog's is as deep. One that says something of the catalog's stays.
pub fn without_those_of_others(lexicon: &Lexicon, text: &str) -> String {
    let mut lines: Vec<_> = text.lines().collect();
    let begun: Vec<_> = lines.iter().map(|line| begun(line)).collect();
    let is_own = |name: &str| lexicon.owns_part(name);
    let own = begun.iter().flatten().filter(|(_, name)| is_own(name)).map(|(level, _)| level);
    let own: HashSet<_> = own.collect();
    let is_of_another = |(level, name): &&(Level, &str)| {
        own.contains(level) && provider::is_name_of_another(lexicon, name)
    };
    let mut at = 0;
    while at < lines.len() {
        let Some((level, _)) = begun[at].as_ref().filter(is_of_another) else {
            at += 1;
            continue;
        };
        let section = at..at + 1 + level.body(&lines[at + 1..]);
        if !lines[section.clone()].iter().any(|line| key::any_word(line, is_own)) {
            let heading = at.checked_sub(1).filter(|&above| {
                let (content, comment) = parts(lexicon, lines[above].trim());
                content.is_empty() && provider::is_name_of_another(lexicon, comment)
            });
            lines[heading.unwrap_or(at)..section.end].fill("");
        }
        at = section.end;
    }
    lines.join("\n")
}

fn begun(line: &str) -> Option<(Level, &str)> {
    let content = without_comment(line).trim_end();
    if let Some(name) = section(content.trim_start()) {
        return Some((Level::Ini, name));
    }
    // An item of a list ends with the next, which is as deep.
    let name = content.trim_start().strip_suffix(':').filter(|name| !name.starts_with('-'))?;
    Some((Level::Yaml(indent(content)), unquoted(name)))
}

impl Level {
    /// How many lines belong to a section. Comments before what ends it do not.
    fn body(&self, lines: &[&str]) -> usize {
        let end = lines.iter().position(|line| self.ends(line)).unwrap_or(lines.len());
        let is_before_next = |line: &&&str| is_comment(line) && !self.is_deeper(line);
        end - lines[..end].iter().rev().take_while(is_before_next).count()
    }

    fn ends(&self, line: &str) -> bool {
        // The items of a list may be as deep as its key.
        let is_item = line.trim_start().starts_with('-') && line.trim() != "---";
        !is_comment(line)
            && match self {
                Self::Ini => section(line.trim()).is_some(),
                Self::Yaml(depth) => !(self.is_deeper(line) || is_item && indent(line) == *depth),
            }
    }

    fn is_deeper(&self, line: &str) -> bool {
        matches!(self, Self::Yaml(depth) if indent(line) > *depth)
    }
}

/// Returns `true` for a comment or a blank line, neither of which ends a section.
fn is_comment(line: &str) -> bool {
    without_comment(line).trim().is_empty() || line.trim_start().starts_with(';')
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
