//! Painters of a [`Model`](crate::app::Model). They take a model or less, and change nothing. The
//! place of a pane follows from the size of the terminal, and from whether the catalog has a guide page.

mod actions;
mod backend;
mod details;
mod fit;
mod flow;
mod footer;
mod glyphs;
mod guide_screen;
mod guide_url;
mod heading;
mod joined;
mod labels;
mod layout;
mod links;
mod marks;
mod overlay;
mod paint;
mod pen;
mod power;
mod print;
mod scopes;
mod screen;
mod search_box;
mod theme;

pub use glyphs::Glyphs;
pub use paint::{Drawn, Scene};
pub use ratatui::layout::{Position, Size};
pub use screen::Screen;
pub use theme::{Depth, Palette, Theme};

use layout::Layout;
use print::Print;
