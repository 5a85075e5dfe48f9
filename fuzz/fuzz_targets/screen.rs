//! Any keys, clicks and sizes leave a model that can be drawn.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use pdscopes::app::{Effect, Focus, Key, Keymap, LoadedCatalog, Message, Model, Pane, Start, update};
use pdscopes::domain::Catalog;
use pdscopes::view::{Glyphs, Position, Screen, Size, Theme};

fuzz_target!(|bytes: &[u8]| {
    let catalog = Arc::new(Catalog::embedded().expect("the embedded catalog is valid"));
    let mut model = Model::new(Start::default());
    let loaded = LoadedCatalog { catalog, ..LoadedCatalog::default() };
    update(&mut model, Message::Loaded(loaded));
    let size = Size { width: 80, height: 24 };
    let mut screen = Screen::new(size, Theme::TERMINAL, Glyphs::Unicode);
    for step in bytes.chunks_exact(3) {
        let message = match *step {
            [0, width, height] => {
                let size = Size { width: u16::from(width) * 2, height: u16::from(height) };
                screen.resize(size);
                None
            }
            [1, x, y] => {
                let position = Position::new(u16::from(x), u16::from(y));
                screen
                    .drawn()
                    .and_then(|scene| scene.target_at(&model, position))
                    .map(Message::Click)
            }
            [2, x, y] => {
                let position = Position::new(u16::from(x), u16::from(y));
                let lines = if x % 2 == 0 { 3 } else { -3 };
                screen.drawn().map(|scene| Message::Wheel { over: scene.pane_at(position), lines })
            }
            [3, ..] => Some(Message::Paste(String::from_utf8_lossy(bytes).into_owned())),
            [4..128, high, low] => {
                let code = u32::from(high) << 8 | u32::from(low);
                char::from_u32(code).and_then(|c| model.keymap.resolve(Key::char(c), model.focus()))
            }
            [_, at, which] => bound(&model.keymap, at, which)
                .and_then(|key| model.keymap.resolve(key, model.focus())),
            _ => None,
        };
        if let Some(message) = message
            && let Some(Effect::Leave(_)) = update(&mut model, message)
        {
            return;
        }
        let scene = screen.lay_out(&model);
        update(&mut model, Message::Measured(scene.extents.clone()));
        screen.draw(&model, scene, &mut Vec::new()).expect("memory takes everything");
        assert_eq!(model.cursor.rows(), model.listed.len());
        assert_eq!(model.scope_cursor.rows(), model.answer.scopes.len());
    }
});

/// A key that means something somewhere.
fn bound(keymap: &Keymap, at: u8, which: u8) -> Option<Key> {
    let focuses = [Focus::Typing, Focus::Granting, Focus::Browsing(Pane::Actions)];
    let row = keymap.rows.get(usize::from(at) % keymap.rows.len())?;
    let keys = row.keys(focuses[usize::from(which) % focuses.len()]);
    keys.get(usize::from(which) % keys.len().max(1)).copied()
}
