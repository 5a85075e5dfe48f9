/// What all ids begin with: the connector's key, if nothing else tells it. `None` if they share no
/// beginning. A single id is taken to begin with one of its words.
pub(super) fn common_key<'a>(mut ids: impl ExactSizeIterator<Item = &'a str>) -> Option<&'a str> {
    let is_single = ids.len() == 1;
    let first = ids.next()?;
    let prefix = ids.fold(up_to_underscore(first, first.len()), |prefix, id| {
        let shared = || prefix.bytes().zip(id.bytes()).take_while(|(a, b)| a == b).count();
        if id.starts_with(prefix) { prefix } else { up_to_underscore(prefix, shared()) }
    });
    let key = prefix.strip_suffix('_')?;
    let key = if is_single { key.split('_').next()? } else { key };
    // StackOne's unified actions of one connector.
    let key = key.strip_suffix("_unified").unwrap_or(key);
    (!key.is_empty()).then_some(key)
}

/// The text up to the last `_` within its first `bytes`.
fn up_to_underscore(text: &str, bytes: usize) -> &str {
    let last = text.as_bytes()[..bytes].iter().rposition(|&byte| byte == b'_');
    &text[..last.map_or(0, |last| last + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_what_all_ids_begin_with_up_to_an_underscore() {
        for (ids, key) in [
            (&["x_list_a", "x_get_b"][..], Some("x")),
            (&["google_drive_list_files", "google_drive_get_file"], Some("google_drive")),
            (
                &["google_drive_list_a", "google_drive_list_b", "google_drive_c"],
                Some("google_drive"),
            ),
            (&["x_list_a"], Some("x")),
            (&["x_unified_list_a", "x_unified_get_b"], Some("x")),
            (&["pipe_a", "piper_a"], None),
            (&["slack_a", "pipedrive_a"], None),
            (&["ä_a", "å_a"], None),
            (&["a", "b"], None),
            (&["_a", "_b"], None),
            (&[], None),
        ] {
            assert_eq!(common_key(ids.iter().copied()), key, "{ids:?}");
        }
    }
}
