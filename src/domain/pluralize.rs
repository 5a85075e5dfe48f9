/// `1 scope`, `2 scopes`.
pub fn pluralize(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// `1 action lists`, `2 actions list`: the subject of a sentence and its verb.
pub(super) fn counted(count: usize, noun: &str, [one, several]: [&str; 2]) -> String {
    format!("{} {}", pluralize(count, noun), if count == 1 { one } else { several })
}

/// ` and 3 more`, for what a list leaves out. Empty if that is nothing.
pub fn and_more(left_out: usize) -> String {
    if left_out == 0 { String::new() } else { format!(" and {left_out} more") }
}
