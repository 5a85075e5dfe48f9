use std::io::{self, Write};

use serde::ser::{Error, Serialize, Serializer};
use serde_json::value::to_raw_value;

use super::sanitize::is_hidden;

/// JSON with nothing in it that steers a terminal or stays unseen: such characters are written as
/// escapes, and read back they are the same.
pub(super) fn inert(json: &str) -> String {
    let mut inert = String::with_capacity(json.len());
    for c in json.chars() {
        // Line ends between values stay; within a text they are escaped already.
        if c >= '\u{7f}' && is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                inert.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            inert.push(c);
        }
    }
    inert
}

/// Writes `value` as JSON for people: indented, with a newline at the end.
pub fn write_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", inert(&json))
}

/// Writes `value` on one line of indented JSON.
pub(super) fn on_a_line<S: Serializer>(
    value: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    to_raw_value(value).map_err(S::Error::custom)?.serialize(serializer)
}

/// Writes each item on a line of its own.
pub(super) fn each_on_a_line<T: Serialize, S: Serializer>(
    items: impl AsRef<[T]>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let lines = items.as_ref().iter().map(to_raw_value).collect::<Result<Vec<_>, _>>();
    lines.map_err(S::Error::custom)?.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sanitize;
    use proptest::prelude::*;

    #[test]
    fn what_steers_a_terminal_is_escaped() {
        assert_eq!(
            inert("\"a\u{7f}\u{9b}\u{202e}é\u{e0041}\""),
            r#""a\u007f\u009b\u202eé\udb40\udc41""#
        );
    }

    proptest! {
        #[test]
        fn any_text_is_harmless_and_reads_back_the_same(text in any::<String>()) {
            let mut out = Vec::new();
            write_json(&mut out, &text).expect("a vector takes everything");
            let json = String::from_utf8(out).expect("UTF-8");
            prop_assert_eq!(sanitize(json.trim_end_matches('\n')), json.trim_end_matches('\n'));
            prop_assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
        }
    }
}
