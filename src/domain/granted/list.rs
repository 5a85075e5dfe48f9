use super::lines::without_comment;
use super::words::unquoted;
use super::{GrantedFault, Lexicon, Meaning, Names, Result, Unknown, Where, refuse_if, remark};
use crate::domain::Position;
use crate::domain::input::LINE_BREAKS;

/// Reads a list for people: scopes, one or several a line, with list marks and comments. Each word
/// outside of a comment is a scope that the catalog knows, or the text is refused.
pub fn read(lexicon: &Lexicon, text: &str) -> Result<Names> {
    let mut names = Names::new();
    let mut first = None;
    // Below `Granted scopes:` the provider's names and lines without a hyphen are a list, and anything else is YAML.
    let mut lines = text.lines().map(|line| split_mark(line.trim()));
    let is_list = lines.clone().all(|(mark, _)| mark != "-")
        || lines.any(|(_, line)| lexicon.scope_of_form_name(line).is_some());
    for (before, line) in text.split(LINE_BREAKS).enumerate() {
        let refuse = |is_so, fault: GrantedFault| refuse_if(is_so, fault.on_line(before));
        refuse(begins_patch(line.trim()), GrantedFault::Comparison)?;
        let content = without_comment(line).trim_end();
        // The heading of a file with one column, or of names.
        let heading = unquoted(content).to_ascii_lowercase();
        let heads_names = |name| is_list && lexicon.meaning(name) == Meaning::Granted;
        let is_heading = ["scope", "scopes"].contains(&&*heading)
            || heading.strip_suffix(':').is_some_and(heads_names);
        if before == 0 && is_heading && !lexicon.is_scope(content) {
            continue;
        }
        let (mark, item) = split_mark(content.trim_start());
        let (its_box, item) = split_box(item);
        // ``Scopes: `deals:read` `` is no YAML.
        let quoted = item.split_once(": ").filter(|(_, rest)| before == 0 && rest.starts_with('`'));
        let item = match quoted {
            Some((key, rest)) if lexicon.meaning(key) == Meaning::Granted => rest,
            _ => item,
        };
        if item.is_empty() {
            continue;
        }
        if let Some(info) = fence(lexicon, item) {
            refuse(remark::denies(info), GrantedFault::Denied)?;
            continue;
        }
        let (first_mark, first_box) = *first.get_or_insert((mark, its_box));
        // In a comparison, one kind of line has a mark and the other has none.
        let is_compared = content.trim_start().starts_with('+')
            || its_box == first_box && (mark == "-") != (first_mark == "-");
        refuse(is_compared, GrantedFault::Comparison)?;
        refuse(its_box != first_box, GrantedFault::MixedBoxes)?;
        refuse(item.starts_with(';'), GrantedFault::Semicolon)?;
        let start = content.len() - item.len();
        let found = lexicon.names(item, Unknown::Refused);
        names.extend(found.map_err(|(offset, fault)| {
            let column = line[..start + offset].chars().count() + 1;
            fault.at(Where::At(Position { line: before + 1, column }))
        })?);
    }
    refuse_if(names.is_empty(), GrantedFault::Empty)?;
    Ok(names)
}

/// What stands behind the fence of a code block. `None` for scopes between three back quotes, as chats write them.
pub fn fence<'t>(lexicon: &Lexicon, item: &'t str) -> Option<&'t str> {
    let info = item.strip_prefix("```")?;
    let is_scope = lexicon.names(info, Unknown::Refused).is_ok_and(|names| !names.is_empty());
    (!is_scope && !info.contains("```")).then_some(info)
}

/// Returns `true` for the fence of a code block with a patch, such as ` ```diff`.
pub fn begins_patch(line: &str) -> bool {
    let info = line.trim_start_matches(['`', '~']);
    let language = info.trim_start().split(char::is_whitespace).next().unwrap_or_default();
    let language = language.to_ascii_lowercase();
    line.len() >= info.len() + 3 && (language.ends_with("diff") || language.ends_with("patch"))
}

/// The mark of an item (`-`, `*`, `+`, `1.`, `2)` or a bullet), empty if it has none, and the item.
pub fn split_mark(line: &str) -> (&str, &str) {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match line.split_once(char::is_whitespace) {
        Some((mark, item))
            if ["-", "–", "*", "+", "•", "◦", "▪", "‣", "·"].contains(&mark)
                || mark.strip_suffix(['.', ')']).is_some_and(is_digits) =>
        {
            (mark, item.trim_start())
        }
        _ => ("", line),
    }
}

/// Boxes and ticks before an item, and what each stands for.
const BOXES: [(&str, char); 8] = [
    ("[ ]", ' '),
    ("[x]", 'x'),
    ("[X]", 'x'),
    ("☐", ' '),
    ("☑", 'x'),
    ("✅", 'x'),
    ("✔", 'x'),
    ("✓", 'x'),
];

/// The box of an item, ` ` or `x`, and the item without it.
pub fn split_box(item: &str) -> (Option<char>, &str) {
    let boxed = |(its_box, mark)| {
        let item = item.strip_prefix(its_box)?;
        // A variation selector asks for a picture of the sign before it.
        Some((Some(mark), item.trim_start_matches('\u{fe0f}').trim_start()))
    };
    BOXES.into_iter().find_map(boxed).unwrap_or((None, item))
}
