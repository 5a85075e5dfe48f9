use std::ffi::OsString;
use std::path::PathBuf;

/// The path of the user's own settings. Returns `None` if no directory for them is known.
///
/// A relative `XDG_CONFIG_HOME` does not count: it would mean another file in every directory.
pub fn own(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let directory =
        |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        directory("APPDATA")?
    } else {
        directory("XDG_CONFIG_HOME").or_else(|| Some(directory("HOME")?.join(".config")))?
    };
    Some(base.join("pdscopes").join("config.toml"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_first_absolute_directory_counts() {
        for (set, expected) in [
            (&[("XDG_CONFIG_HOME", "/x"), ("HOME", "/h")][..], Some("/x/pdscopes/config.toml")),
            (&[("XDG_CONFIG_HOME", "x"), ("HOME", "/h")], Some("/h/.config/pdscopes/config.toml")),
            (&[("XDG_CONFIG_HOME", ""), ("HOME", "")], None),
            (&[], None),
        ] {
            let variable = |asked: &str| {
                set.iter().find(|(name, _)| *name == asked).map(|(_, value)| value.into())
            };
            assert_eq!(own(variable), expected.map(PathBuf::from), "{set:?}");
        }
    }
}
