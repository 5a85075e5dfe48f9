//! The state of the screen, without the screen: a [`Model`] that says all there is to know, and
//! [`update`], the only thing that changes it. No widget, no terminal, no input or output.

mod bindings;
mod command;
mod cursor;
mod explanation;
mod finding;
mod focus;
mod guide_pane;
mod history;
mod key;
mod keymap;
mod loading;
mod message;
mod model;
mod notice;
mod query;
mod rebinding;
mod scroll;
mod update;
mod upkeep;

pub use bindings::{BINDINGS, Binding, HINTS};
pub use command::{AfterToggle, Command, Motion};
pub use cursor::ListCursor;
pub use explanation::Explanation;
pub use finding::{Finding, SearchResult};
pub use focus::{Focus, Pane, Tab};
pub use guide_pane::{Anchor, GuidePane};
pub use key::{Code, Key, SEQUENCE_STARTS};
pub use keymap::{Keymap, Row};
pub use loading::{LoadedCatalog, Loading};
pub use message::{Effect, Ending, Extent, Extents, Job, Message, Over, Subject, Target};
pub use model::{BackStep, Granting, Listing, Model, Overlay, PendingArgs, Start};
pub use notice::{Notice, Tone};
pub use query::{Edit, Query};
pub use rebinding::{Rebinding, RebindingError};
pub use scroll::Scroll;
pub use update::update;
