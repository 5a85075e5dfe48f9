use clap::ValueEnum;

/// The forms of an answer that is a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people
    #[default]
    Text,
    /// One document, see assets/schema/output.json
    Json,
    /// Tab-separated values, without a heading
    Tsv,
    /// A table in Markdown
    Markdown,
}

/// The forms of an answer that is one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LineFormat {
    /// The line itself
    #[default]
    Text,
    /// One document, see assets/schema/output.json
    Json,
}
