/// What all ids begin with, as far as they have come: the connector's key, where nothing else
/// tells it.
#[derive(Debug, Default)]
pub(super) struct CommonKey {
    /// With the `_` that ends it; none before the first id.
    prefix: Option<String>,
    ids: usize,
}

impl CommonKey {
    pub fn add(&mut self, id: &str) {
        self.ids += 1;
        match &mut self.prefix {
            None => self.prefix = Some(up_to_last_underscore(id).to_owned()),
            Some(prefix) if id.starts_with(prefix.as_str()) => {}
            Some(prefix) => {
                let pairs = prefix.bytes().zip(id.bytes());
                let common = pairs.take_while(|(a, b)| a == b).count();
                let last = prefix.as_bytes()[..common].iter().rposition(|&byte| byte == b'_');
                prefix.truncate(last.map_or(0, |last| last + 1));
            }
        }
    }

    /// `None` if the ids share no beginning. A single id is taken to begin with one word of it.
    pub fn get(&self) -> Option<&str> {
        let key = self.prefix.as_deref()?.strip_suffix('_')?;
        let key = if self.ids == 1 { key.split('_').next()? } else { key };
        // StackOne's unified actions of one connector.
        let key = key.strip_suffix("_unified").unwrap_or(key);
        (!key.is_empty()).then_some(key)
    }
}

fn up_to_last_underscore(text: &str) -> &str {
    &text[..text.rfind('_').map_or(0, |last| last + 1)]
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
            let mut common = CommonKey::default();
            ids.iter().for_each(|id| common.add(id));
            assert_eq!(common.get(), key, "{ids:?}");
        }
    }
}
