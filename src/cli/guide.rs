use std::io;

use clap::ValueEnum;

use crate::domain::Document;

/// How the guide is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Text,
    Markdown,
}

/// Prints the guide as it stands for a selection.
pub fn write(out: &mut impl io::Write, guide: &Document, format: Format) -> io::Result<()> {
    let text = match format {
        Format::Text => guide.text(),
        Format::Markdown => guide.markdown(),
    };
    out.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Catalog, Mode, Selection};

    #[test]
    fn both_formats_say_the_same_steps() {
        let catalog = Catalog::pipedrive();
        let guide = Document::of(&catalog, &Selection::new(), Mode::Guide).expect("a guide");
        for (format, begins) in [
            (Format::Text, "Pipedrive, OAuth 2.0\n"),
            (Format::Markdown, "# Pipedrive, OAuth 2.0\n"),
        ] {
            let mut out = Vec::new();
            write(&mut out, &guide, format).expect("memory takes everything");
            let text = String::from_utf8(out).expect("text");
            assert!(text.starts_with(begins), "{format:?}");
            for step in
                ["1.1 Open", "1.2 Create", "1.3 Configure", "1.4 Copy", "2.1 Go", "2.2 Create"]
            {
                assert!(text.contains(step), "{format:?}: {step}");
            }
        }
    }
}
