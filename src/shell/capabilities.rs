use crate::view::{Depth, Glyphs};

/// Returns `true` inside GNU screen: `STY` is set or, where ssh or `sudo` has dropped it, `TERM` says so.
pub fn in_screen(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("STY").is_some() || variable("TERM").is_some_and(|term| term.starts_with("screen."))
}

/// How many colours the terminal has, from what the environment says of it.
pub fn depth(variable: impl Fn(&str) -> Option<String>) -> Depth {
    let term = variable("TERM").unwrap_or_default();
    let colours = variable("COLORTERM").unwrap_or_default();
    let promises_all =
        matches!(colours.as_str(), "truecolor" | "24bit") || term.ends_with("-direct");
    if cfg!(windows) || (promises_all && !in_screen(variable)) {
        Depth::True
    } else if promises_all || !colours.is_empty() || term.contains("256color") || is_modern(&term) {
        Depth::TwoHundredFiftySix
    } else {
        Depth::Sixteen
    }
}

/// Terminals whose name does not say how many colours they have, and that have at least 256. Over
/// ssh the name is all that is left.
fn is_modern(term: &str) -> bool {
    ["kitty", "alacritty", "foot", "wezterm", "ghostty"].iter().any(|name| term.contains(name))
}

/// Which characters the terminal can show, from the locale and its name.
///
/// Without any locale programs are in that of the C language, which has only ASCII.
pub fn glyphs(variable: impl Fn(&str) -> Option<String>) -> Glyphs {
    let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set).unwrap_or_default();
    let locale = locale.to_lowercase();
    let unicode = cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8");
    match (unicode, variable("TERM").as_deref()) {
        (false, _) => Glyphs::Ascii,
        (true, Some("linux")) => Glyphs::Console,
        (true, _) => Glyphs::Unicode,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn variables<'a>(set: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |asked| set.iter().find(|(name, _)| *name == asked).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn colours_are_as_many_as_the_environment_promises() {
        for (set, expected) in [
            (&[("TERM", "xterm")][..], Depth::Sixteen),
            (&[("TERM", "linux")], Depth::Sixteen),
            (&[("TERM", "xterm-256color")], Depth::TwoHundredFiftySix),
            (&[("TERM", "xterm-kitty")], Depth::TwoHundredFiftySix),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True),
            (
                &[("TERM", "screen"), ("COLORTERM", "truecolor"), ("STY", "1.x")],
                Depth::TwoHundredFiftySix,
            ),
            (
                &[("TERM", "screen.xterm-256color"), ("COLORTERM", "truecolor")],
                Depth::TwoHundredFiftySix,
            ),
            (&[], Depth::Sixteen),
        ] {
            assert_eq!(depth(variables(set)), expected, "{set:?}");
        }
    }

    #[test]
    fn the_first_locale_that_is_set_decides() {
        for (set, expected) in [
            (&[("LANG", "en_US.UTF-8")][..], Glyphs::Unicode),
            (&[("LANG", "de_DE.utf8"), ("LC_ALL", "")], Glyphs::Unicode),
            (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")], Glyphs::Ascii),
            (&[("LANG", "en_US.UTF-8"), ("LC_CTYPE", "de_DE.ISO-8859-1")], Glyphs::Ascii),
            (&[("LANG", "C"), ("LC_CTYPE", "C.UTF-8")], Glyphs::Unicode),
            (&[("LANG", "C.UTF-8"), ("TERM", "linux")], Glyphs::Console),
            (&[], Glyphs::Ascii),
        ] {
            assert_eq!(glyphs(variables(set)), expected, "{set:?}");
        }
    }
}
