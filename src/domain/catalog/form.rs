/// The forms in which a catalog comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Our own format, or a bare array of actions.
    Json,
    /// A saved guide page.
    Page,
}

impl Form {
    /// Goes by the extension of the file's name, or else by the first character of the text.
    pub fn of(name: &str, text: &str) -> Self {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let text = text.trim_start();
        match extension.as_deref() {
            Some("json") => Self::Json,
            Some("md" | "mdx" | "html" | "htm") => Self::Page,
            _ if text.starts_with('[') => Self::Json,
            _ if text.starts_with('{') && !text.starts_with("{/*") => Self::Json,
            _ => Self::Page,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_the_form_before_the_first_character_does() {
        for (name, text, form) in [
            ("a.json", "<p>", Form::Json),
            ("a.MDX", "[a link](x)", Form::Page),
            ("a.md", "{", Form::Page),
            ("a.html", "[", Form::Page),
            ("a.htm", "[", Form::Page),
            ("a.txt", " \n[", Form::Json),
            ("", "{", Form::Json),
            ("", "{/* a comment of MDX */}", Form::Page),
            ("", "# A title", Form::Page),
            ("json", "<p>", Form::Page),
        ] {
            assert_eq!(Form::of(name, text), form, "{name:?} with {text:?}");
        }
    }
}
