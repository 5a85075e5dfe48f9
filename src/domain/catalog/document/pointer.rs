use std::fmt;

use percent_encoding::percent_decode_str;

/// A path in a document, as a JSON pointer has it: `/paths/~1tasks/get/security/0`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointer(pub Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Key(String),
    Item(usize),
}

impl Pointer {
    pub fn of<'k>(keys: impl IntoIterator<Item = &'k str>) -> Self {
        Self(keys.into_iter().map(|key| Step::Key(key.to_owned())).collect())
    }

    /// The path of an entry of this one's map.
    pub fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    /// The path of an item of this one's list.
    pub fn item(&self, item: usize) -> Self {
        self.with(Step::Item(item))
    }

    /// The path of what this one's value stands in. `None` for the whole document.
    pub fn parent(&self) -> Option<Self> {
        let (_, before) = self.0.split_last()?;
        Some(Self(before.to_vec()))
    }

    fn with(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| match step {
            Step::Key(key) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Item(item) => write!(f, "/{item}"),
        })
    }
}

/// The keys of a reference within its document, such as `#/paths/~1a`. `None` if it leads out of the
/// document.
pub fn local_keys(reference: &str) -> Option<Vec<String>> {
    let pointer = reference.strip_prefix('#')?;
    let pointer = percent_decode_str(pointer).decode_utf8().ok()?;
    let keys = pointer.strip_prefix('/')?.split('/');
    Some(keys.map(|key| key.replace("~1", "/").replace("~0", "~")).collect())
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
