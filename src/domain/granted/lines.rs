use crate::domain::Separator;

/// Lines that are neither blank nor a comment as a whole, without blanks around them.
pub fn significant_lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("//"))
}

/// A comment begins with `#` or `//` where a word could begin, and ends with the line.
pub fn without_comment(line: &str) -> &str {
    let mut begins_word = true;
    for (place, c) in line.char_indices() {
        let rest = &line[place..];
        if begins_word && (c == '#' || rest.starts_with("//")) {
            return &line[..place];
        }
        begins_word = c.is_whitespace() || Separator::is_one(c);
    }
    line
}

/// The name of a section, which stands in `[...]` in INI and TOML, or in `[[...]]` in TOML.
pub fn section(line: &str) -> Option<&str> {
    let inner = |line| str::strip_prefix(line, '[').and_then(|line: &str| line.strip_suffix(']'));
    let name = inner(line).map(|name| inner(name).unwrap_or(name))?;
    let is_name = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    (!name.trim().is_empty() && name.chars().all(is_name)).then_some(name)
}
