//! Draws the README's pictures from a real frame of the screen: `cargo run --example screenshot`.

mod picture;
#[path = "../../tests/suite/stage.rs"]
mod stage;

use std::fs;
use std::io;
use std::path::Path;

use picture::{ALL, draw, file};

fn main() -> io::Result<()> {
    for (size, background) in ALL {
        let file = file(size, background);
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(file), draw(size, background))?;
        println!("{file}");
    }
    Ok(())
}
