//! A frame of the screen as SVG.

use std::fmt::Write;

use crate::stage::Stage;

/// A cell's size in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const MARGIN: f32 = 16.0;

/// The size of the terminal.
#[derive(Clone, Copy, Debug)]
pub enum Size {
    Wide,
    /// That of most remote sessions.
    Small,
}

impl Size {
    /// Columns and rows.
    const fn cells(self) -> (u16, u16) {
        match self {
            Self::Wide => (112, 30),
            Self::Small => (80, 24),
        }
    }
}

/// Every picture.
pub const ALL: [(Size, Background); 4] = [
    (Size::Wide, Background::Dark),
    (Size::Wide, Background::Light),
    (Size::Small, Background::Dark),
    (Size::Small, Background::Light),
];

/// Where a picture is kept, from the project's root.
pub const fn file(size: Size, background: Background) -> &'static str {
    match (size, background) {
        (Size::Wide, Background::Dark) => "assets/screen-dark.svg",
        (Size::Wide, Background::Light) => "assets/screen-light.svg",
        (Size::Small, Background::Dark) => "assets/screen-80x24-dark.svg",
        (Size::Small, Background::Light) => "assets/screen-80x24-light.svg",
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Background {
    Dark,
    Light,
}

impl Background {
    fn page(self) -> &'static str {
        match self {
            Self::Dark => "#16181d",
            Self::Light => "#fbfbf8",
        }
    }

    /// The terminal's colours, as terminals with such a background commonly have them.
    fn ink(self, color: vt100::Color) -> &'static str {
        match (self, color) {
            (Self::Dark, vt100::Color::Idx(1)) => "#f2777a",
            (Self::Light, vt100::Color::Idx(1)) => "#b3261e",
            (Self::Dark, vt100::Color::Idx(2)) => "#8fc97c",
            (Self::Light, vt100::Color::Idx(2)) => "#2e7d32",
            (Self::Dark, vt100::Color::Idx(5)) => "#d787d7",
            (Self::Light, vt100::Color::Idx(5)) => "#8f2f8f",
            (Self::Dark, _) => "#d6d8de",
            (Self::Light, _) => "#24262b",
        }
    }
}

/// The screen in the middle of a search, with some actions ticked.
pub fn draw(size: Size, background: Background) -> String {
    let (columns, rows) = size.cells();
    let mut stage = Stage::new(columns, rows);
    stage.press("list users<Tab><Ctrl-U>list deals<Tab><Ctrl-U>deal fi<Tab><Down><Tab><Ctrl-T>");
    let width = f32::from(columns) * CELL.0 + 2.0 * MARGIN;
    let height = f32::from(rows) * CELL.1 + 2.0 * MARGIN;
    let page = background.page();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"14\">\n<title>pdscopes: actions selected on the left, their scopes on the right</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{page}\"/>\n"
    );
    stage.each_row(|row, cells| {
        for run in runs(cells) {
            text(&mut svg, row, &run, background);
        }
    });
    svg.push_str("</svg>\n");
    svg
}

/// Neighbouring cells that look alike.
struct Run<'a> {
    column: u16,
    columns: u16,
    text: String,
    cell: &'a vt100::Cell,
}

fn runs(cells: &[vt100::Cell]) -> Vec<Run<'_>> {
    let look = |cell: &vt100::Cell| (cell.fgcolor(), cell.bold(), cell.dim(), cell.underline());
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (column, cell) in (0..).zip(cells) {
        let symbol = if cell.has_contents() { cell.contents() } else { " " };
        match runs.last_mut() {
            Some(run) if look(run.cell) == look(cell) => {
                run.columns += 1;
                run.text.push_str(symbol);
            }
            _ => runs.push(Run { column, columns: 1, text: symbol.to_owned(), cell }),
        }
    }
    runs.retain(|run| !run.text.trim().is_empty());
    runs
}

fn text(svg: &mut String, row: u16, run: &Run<'_>, background: Background) {
    let x = MARGIN + f32::from(run.column) * CELL.0;
    let y = MARGIN + (f32::from(row) + 0.75) * CELL.1;
    let length = f32::from(run.columns) * CELL.0;
    let ink = background.ink(run.cell.fgcolor());
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\" xml:space=\"preserve\" fill=\"{ink}\"{}{}{}>{}</text>",
        if run.cell.bold() { " font-weight=\"bold\"" } else { "" },
        if run.cell.dim() { " opacity=\"0.6\"" } else { "" },
        if run.cell.underline() { " text-decoration=\"underline\"" } else { "" },
        run.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
    );
}
