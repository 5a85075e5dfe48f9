//! The screen in memory: keys go in, and frames go nowhere.

use std::io;
use std::sync::Arc;

use pdscopes::app::{Key, LoadedCatalog, Message, Model, Start, update};
use pdscopes::domain::Catalog;
use pdscopes::view::{Glyphs, Screen, Size, Theme};

const SIZE: Size = Size { width: 120, height: 40 };

/// A screen that nobody looks at.
pub struct Desk {
    model: Model,
    screen: Screen,
}

impl Desk {
    pub fn of(catalog: &Arc<Catalog>) -> Self {
        let mut model = Model::new(Start::default());
        let catalog = catalog.clone();
        let loaded = LoadedCatalog { catalog, ..LoadedCatalog::default() };
        update(&mut model, Message::Loaded(loaded));
        let screen = Screen::new(SIZE, Theme::TERMINAL, Glyphs::Unicode);
        let mut desk = Self { model, screen };
        desk.draw();
        desk
    }

    pub fn press(&mut self, key: Key) {
        let message = self.model.keymap.resolve(key, self.model.focus());
        update(&mut self.model, message.expect("the key means something"));
        self.draw();
    }

    fn draw(&mut self) {
        let scene = self.screen.lay_out(&self.model);
        update(&mut self.model, Message::Measured(scene.extents.clone()));
        self.screen.draw(&self.model, scene, &mut io::sink()).expect("in memory");
    }
}
