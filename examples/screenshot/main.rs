//! Draws the README's pictures from a real frame of the screen: `cargo run --example screenshot`.

mod picture;
#[path = "../../tests/suite/stage.rs"]
mod stage;

use std::fs;
use std::io;
use std::path::Path;

use picture::{Background, draw};

fn main() -> io::Result<()> {
    for background in Background::ALL {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(background.file());
        fs::write(&path, draw(background))?;
        println!("{}", background.file());
    }
    Ok(())
}
