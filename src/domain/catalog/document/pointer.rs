use std::fmt;

use percent_encoding::percent_decode_str;

/// A path in a document, as a JSON pointer has it: `/paths/~1tasks/get/security/0`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointer(String);

impl Pointer {
    pub fn of<'k>(keys: impl IntoIterator<Item = &'k str>) -> Self {
        keys.into_iter().fold(Self::default(), |path, key| path.key(key))
    }

    /// The path of an entry of this one's map.
    pub fn key(&self, key: &str) -> Self {
        Self(format!("{self}/{}", key.replace('~', "~0").replace('/', "~1")))
    }

    /// The path of an item of this one's list.
    pub fn item(&self, item: usize) -> Self {
        Self(format!("{self}/{item}"))
    }

    /// The keys on the way, and the numbers of items.
    pub fn steps(&self) -> Vec<String> {
        let steps = self.0.split('/').skip(1);
        steps.map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The keys of a reference within its document, such as `#/paths/~1a`. `None` if it leads out of the
/// document.
pub fn local_keys(reference: &str) -> Option<Vec<String>> {
    let pointer = percent_decode_str(reference.strip_prefix('#')?).decode_utf8().ok()?;
    pointer.starts_with('/').then(|| Pointer(pointer.into_owned()).steps())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_and_tildes_in_keys_are_escaped_and_read_back() {
        let pointer = Pointer::of(["paths", "/a~b"]).key("get").item(2);
        assert_eq!(pointer.to_string(), "/paths/~1a~0b/get/2");
        assert_eq!(local_keys("#/paths/~1a~0b"), Some(vec!["paths".into(), "/a~b".into()]));
        assert_eq!(local_keys("#/paths/~1%7Bid%7D"), Some(vec!["paths".into(), "/{id}".into()]));
        assert_eq!(local_keys("other.yaml#/paths"), None);
        assert_eq!(local_keys("#anchor"), None);
    }
}
