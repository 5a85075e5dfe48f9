//! What the screen looks like where colours, line drawing or plain widths cannot be counted on.

use pdscopes::app::Start;
use pdscopes::domain::{Catalog, CopyOutcome, CopyRoute};
use pdscopes::view::{Depth, Glyphs, Palette, Theme};
use proptest::prelude::*;

use crate::stage::Stage;

/// Moments that together show every pane, state and mark.
const MOMENTS: [&str; 8] = [
    "",
    "deal fi<Tab><Down><Tab><Ctrl-T>",
    "pipeline<Alt-A><Esc>l",
    "<Alt-A><Alt-M><Alt-+>deals:read admin<Enter>",
    "<Alt-A><Esc>Slj",
    "<F1>",
    "<Alt-A><F2><Down><Down>",
    "zzz<Tab>",
];

/// The parameters of every SGR sequence that was written.
fn styles(written: &str) -> Vec<&str> {
    let sequences = written.split("\u{1b}[").skip(1);
    sequences
        .filter_map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':')?;
            rest[end..].starts_with('m').then(|| &rest[..end])
        })
        .collect()
}

/// 39 and 49 are the terminal's default.
fn is_colour(parameter: &str) -> bool {
    let number = parameter.parse().unwrap_or(0_u8);
    matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107)
}

#[test]
fn the_colourless_theme_writes_no_colour() {
    for moment in MOMENTS {
        let mut stage = Stage::new(120, 40);
        stage.look(Theme::COLOURLESS, Glyphs::Unicode).press(moment);
        let written = stage.written();
        let styles = styles(&written);
        assert!(styles.contains(&"1"), "{moment}: something is bold");
        for style in styles {
            let coloured = style.split([';', ':']).any(is_colour);
            assert!(!coloured, "{moment}: CSI {style} m was written");
        }
    }
}

fn text_of(cells: &[vt100::Cell]) -> String {
    let text = |cell: &vt100::Cell| {
        if cell.has_contents() { cell.contents().to_owned() } else { " ".into() }
    };
    cells.iter().map(text).collect()
}

/// Whether a row of the list differs from its neighbours in more than its words.
fn stands_out(stage: &Stage, wanted: &str) -> bool {
    let mut seen = None;
    stage.each_row(|_, cells| {
        let text = text_of(cells);
        if text.contains(wanted) && seen.is_none() {
            let marked = matches!(cells[0].contents(), "▌" | ">");
            // After the mark and the box.
            seen = Some(marked && cells[6].bold());
        }
    });
    seen.unwrap_or_else(|| panic!("{wanted} is not on the screen"))
}

#[test]
fn without_colour_the_row_of_the_cursor_stands_out_and_ticks_are_seen() {
    for glyphs in [Glyphs::Unicode, Glyphs::Console, Glyphs::Ascii] {
        let mut stage = Stage::new(120, 40);
        stage.look(Theme::COLOURLESS, glyphs).press("<Esc>");
        let rows = ["List Users", "Get User ", "Get Current User"];
        for current in 0..rows.len() {
            for (place, row) in rows.iter().enumerate() {
                assert_eq!(stands_out(&stage, row), place == current, "{row}");
            }
            stage.press("x").shows(&format!("[x] {}", rows[current].trim())).press("j");
        }
        stage.press("s").shows("[Comma]").press("m").shows("[Least privilege]").press("2");
        stage.shows("[2 Guide]");
    }
}

#[test]
fn ascii_is_all_that_is_drawn_where_no_more_is_wanted() {
    for moment in MOMENTS {
        for (columns, rows) in [(120, 40), (80, 24), (30, 8), (10, 3)] {
            let mut stage = Stage::new(columns, rows);
            stage.press(moment).look(Theme::TERMINAL, Glyphs::Ascii);
            assert!(stage.screen().is_ascii(), "{}", stage.screen());
        }
    }
    let mut stage = Stage::new(80, 24);
    stage.press(MOMENTS[1]).look(Theme::TERMINAL, Glyphs::Ascii);
    insta::assert_snapshot!("ascii_80x24", stage.screen());
    let mut stage = Stage::new(120, 40);
    stage.press(MOMENTS[2]).look(Theme::TERMINAL, Glyphs::Ascii);
    insta::assert_snapshot!("ascii_120x40", stage.screen());
}

/// The Linux console shows a box for what is not in its font.
#[test]
fn the_linux_console_gets_only_what_its_font_has() {
    for moment in MOMENTS {
        let mut stage = Stage::new(120, 40);
        stage.press(moment).look(Theme::TERMINAL, Glyphs::Console);
        let strange: Vec<char> =
            stage.screen().chars().filter(|c| !c.is_ascii() && !"─│▌•".contains(*c)).collect();
        assert!(strange.is_empty(), "{moment}: {strange:?}");
    }
}

#[test]
fn a_fixed_theme_leaves_no_cell_to_the_colours_of_the_terminal() {
    for (palette, has_background) in
        [(Palette::DARK, false), (Palette::LIGHT, false), (Palette::HIGH_CONTRAST, true)]
    {
        for moment in MOMENTS {
            let mut stage = Stage::new(120, 40);
            stage.press(moment).look(Theme::of(palette, Depth::True), Glyphs::Unicode);
            stage.each_row(|row, cells| {
                for cell in cells.iter().filter(|cell| !cell.contents().trim().is_empty()) {
                    let open = cell.fgcolor() == vt100::Color::Default || cell.dim();
                    assert!(!open, "{palette:?}, row {row}: {:?} is open", cell.contents());
                    let painted = cell.bgcolor() != vt100::Color::Default;
                    assert_eq!(painted, has_background, "row {row}");
                }
            });
        }
    }
}

/// Letters of any width and direction, marks that take none, and what is spelt with joiners.
fn label() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Z ]{1,8}",
        2 => "[\u{4e00}-\u{4e20}\u{ac00}-\u{ac10}\u{ff21}-\u{ff3a}]{1,6}",
        1 => prop::sample::select(vec![
            "👩\u{200d}🔧", "👨\u{200d}👩\u{200d}👧\u{200d}👦", "👍\u{1f3fd}", "☺\u{fe0f}", "🇩🇪", "1\u{fe0f}\u{20e3}",
            "❤\u{fe0f}\u{200d}🔥", "🏴\u{e0067}\u{e0062}\u{e007f}",
        ]).prop_map(str::to_owned),
        1 => "[a-z][\u{300}-\u{30f}]{1,4}",
        1 => "[\u{300}-\u{30f}\u{200b}\u{200d}\u{feff}\u{ad}\u{fe0f}]{1,3}",
        1 => "[\u{5d0}-\u{5ea}\u{627}-\u{64a}\u{202e}\u{200f}]{1,6}",
        1 => "[\u{915}-\u{939}\u{94d}\u{93f}\u{e01}-\u{e3a}\u{1100}-\u{1112}\u{1161}-\u{1175}]{1,6}",
        1 => any::<String>().prop_map(|text| text.chars().take(6).collect()),
    ];
    prop::collection::vec(piece, 1..6).prop_map(|pieces| format!("a{}", pieces.concat()))
}

fn catalog_of(labels: &[String]) -> Catalog {
    let actions: Vec<_> = labels
        .iter()
        .enumerate()
        .map(|(place, label)| {
            serde_json::json!({"id": format!("x_{place}"), "label": label, "scopes": ["s:read"]})
        })
        .collect();
    let json = serde_json::json!({
        "connector": {"key": "x", "name": labels[0], "method": "OAuth 2.0"},
        "page": {"address": "https://x.example/guide", "parameter": "actions"},
        "scopes": ["s:read"],
        "actions": actions,
    });
    Catalog::parse(&json.to_string()).expect("a catalog")
}

/// Every row keeps the divider in its column, and every action its scopes in theirs.
fn check_columns(stage: &Stage, labels: usize, glyphs: Glyphs) -> Result<(), TestCaseError> {
    let divider_glyph = if glyphs == Glyphs::Ascii { "|" } else { "│" };
    let (mut dividers, mut scopes) = (Vec::new(), Vec::new());
    stage.each_row(|row, cells| {
        if (3..35).contains(&row) {
            dividers.push(cells[60].contents().to_owned());
        }
        if (6..6 + labels).contains(&usize::from(row)) {
            scopes.push(text_of(&cells[53..59]));
        }
    });
    for divider in dividers {
        prop_assert_eq!(divider, divider_glyph, "\n{}", stage.screen());
    }
    for scope in scopes {
        prop_assert_eq!(scope, "s:read", "\n{}", stage.screen());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_label_moves_a_column(labels in prop::collection::vec(label(), 1..12)) {
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let confirmed = CopyOutcome::Confirmed(CopyRoute::X11);
            let catalog = catalog_of(&labels);
            let mut stage = Stage::on(catalog, (120, 40), Start::default(), confirmed);
            stage.look(Theme::TERMINAL, glyphs);
            check_columns(&stage, labels.len(), glyphs)?;
            // What is left of one frame must not show through in the next.
            for keys in ["<Down>", "<Tab>", "a", "<Ctrl-U>", "<Esc>", "lj", "hv", "v"] {
                stage.press(keys);
                let drawn = stage.screen();
                stage.redraw();
                prop_assert_eq!(drawn, stage.screen(), "after {}", keys);
            }
            check_columns(&stage, labels.len(), glyphs)?;
        }
    }
}
