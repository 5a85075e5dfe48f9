use clap::ValueEnum;

/// The forms of an answer that is a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Text,
    /// One JSON document (assets/schema/output.json)
    Json,
    /// Tab-separated values without a header
    Tsv,
    /// A Markdown table
    Markdown,
}

/// The forms of an answer that is one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LineFormat {
    /// The line itself
    Text,
    /// One JSON document (assets/schema/output.json)
    Json,
}
