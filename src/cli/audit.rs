use std::io;

use clap::ValueEnum;

use crate::domain::Audit;

/// How the audit is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Markdown,
    Json,
}

/// Prints the audit. Whether an action is refused, which is exit code 1, is in its counts.
pub fn write(out: &mut impl io::Write, audit: &Audit, format: Format) -> io::Result<()> {
    match format {
        Format::Table => out.write_all(audit.table().as_bytes()),
        Format::Markdown => out.write_all(audit.markdown().as_bytes()),
        Format::Json => audit.write_json(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Catalog;

    #[test]
    fn each_format_is_written_whole_and_ends_with_a_newline() {
        let catalog = Catalog::pipedrive();
        let audit = Audit::of(&catalog);
        for (format, begins) in
            [(Format::Table, "VERDICT"), (Format::Markdown, "# Pipedrive"), (Format::Json, "{")]
        {
            let mut out = Vec::new();
            write(&mut out, &audit, format).expect("memory takes everything");
            let text = String::from_utf8(out).expect("text");
            assert!(text.starts_with(begins) && text.ends_with('\n'), "{format:?}");
            let rows = text.matches("pipedrive_").count();
            assert_eq!(rows, 121, "{format:?}");
        }
    }

    #[test]
    fn a_closed_pipe_is_told_as_such() {
        struct Closed;
        impl io::Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let catalog = Catalog::pipedrive();
        for format in Format::value_variants() {
            let error = write(&mut Closed, &Audit::of(&catalog), *format).expect_err("closed");
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{format:?}");
        }
    }
}
