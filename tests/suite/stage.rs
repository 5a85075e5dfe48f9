//! The real loop on a terminal in memory: keys and clicks go in, the screen and the copies come
//! out.
#![allow(dead_code, reason = "the pictures of the README need only some of it")]

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::num::NonZero;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use pdscopes::app::{Key, LoadedCatalog, Message, Model, Start, update};
use pdscopes::domain::{Catalog, CopyOutcome, CopyRoute};
use pdscopes::shell::clipboard::{Copier, Delivery};
use pdscopes::shell::{Device, Ending, Event, EventLoop};
use pdscopes::view::{Glyphs, Position, Screen, Size, Theme};

/// However slow the machine is, events that happen at once are drawn at once.
const WITHOUT_END: Duration = Duration::from_secs(1 << 20);

pub struct Stage {
    event_loop: EventLoop<Terminal>,
    events: Receiver<Event>,
    sender: Sender<Event>,
    terminal: Terminal,
    size: Size,
    copies: Rc<RefCell<Vec<String>>>,
    ending: Option<Ending>,
}

pub const CLICK: MouseEventKind = MouseEventKind::Down(MouseButton::Left);

pub fn mouse(kind: MouseEventKind, Position { x: column, y: row }: Position) -> Event {
    Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
}

impl Stage {
    pub fn new(columns: u16, rows: u16) -> Self {
        Self::with(columns, rows, Start::default(), CopyOutcome::Confirmed(CopyRoute::X11))
    }

    pub fn with(columns: u16, rows: u16, start: Start, outcome: CopyOutcome) -> Self {
        let catalog = Catalog::embedded().expect("the embedded catalog is valid");
        Self::on(catalog, (columns, rows), start, outcome)
    }

    pub fn on(
        catalog: Catalog,
        (columns, rows): (u16, u16),
        start: Start,
        outcome: CopyOutcome,
    ) -> Self {
        let catalog = Arc::new(catalog);
        let (sender, events) = channel();
        let terminal = Terminal::new(columns, rows);
        let copies = Rc::<RefCell<Vec<String>>>::default();
        let copier = Recorder { copies: copies.clone(), outcome };
        let size = Size { width: columns, height: rows };
        let mut model = Model::new(start);
        let loaded = LoadedCatalog { catalog, ..LoadedCatalog::default() };
        let first = update(&mut model, Message::Loaded(loaded));
        assert!(first.is_none(), "so small a catalog is searched at once");
        let event_loop = EventLoop {
            model,
            screen: Screen::new(size, Theme::TERMINAL, Glyphs::Unicode),
            device: terminal.clone(),
            copier: Box::new(copier),
            frame: WITHOUT_END,
            burst_pause: WITHOUT_END,
            burst: None,
            loader: None,
            reports: sender.clone().into(),
            copying: 0,
            failed_copy: None,
        };
        let mut stage = Self { event_loop, events, sender, terminal, size, copies, ending: None };
        stage.happen([]);
        stage
    }

    /// Begins anew with a catalog that is still to come.
    pub fn load(&mut self, start: Start) -> &mut Self {
        self.event_loop.model = Model::new(start);
        self.happen([])
    }

    /// The same moment in another look, drawn anew.
    pub fn look(&mut self, theme: Theme, glyphs: Glyphs) -> &mut Self {
        self.event_loop.screen = Screen::new(self.size, theme, glyphs);
        self.terminal.written.borrow_mut().clear();
        self.redraw()
    }

    /// Draws everything anew on an empty terminal.
    pub fn redraw(&mut self) -> &mut Self {
        let size = self.size;
        *self.terminal.parser.borrow_mut() =
            vt100::Parser::new(cells(size.height), cells(size.width), 0);
        self.event_loop.screen.resize(size);
        self.happen([])
    }

    /// Presses keys: characters as they are, others by name, as in `deal<Tab><Ctrl-Y>`.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let keys = keys_of(keys);
        self.happen(keys.into_iter().map(Event::Key))
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.happen([Event::Paste(text.into())])
    }

    /// Text that comes at once, unmarked, and the keys that come with it.
    pub fn burst(&mut self, text: &str, then: &str) -> &mut Self {
        self.happen([Event::Burst { text: text.into(), then: keys_of(then) }])
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.size = Size { width: columns, height: rows };
        self.terminal.set_size(columns, rows);
        self.happen([Event::Resized(self.size)])
    }

    /// Clicks on the first place where the screen says `text`.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let position = self.find(text);
        self.happen([mouse(CLICK, position)])
    }

    /// Turns the wheel one notch down over the first place where the screen says `text`.
    pub fn wheel_down(&mut self, text: &str) -> &mut Self {
        let position = self.find(text);
        self.happen([mouse(MouseEventKind::ScrollDown, position)])
    }

    /// Lets all of these happen at once, and whatever comes of them; then the screen is drawn.
    pub fn happen(&mut self, events: impl IntoIterator<Item = Event>) -> &mut Self {
        let ended = self.ending.is_some();
        assert!(!ended, "the screen has been left already");
        for event in events {
            self.send(event);
        }
        // The first turn takes the events, the second what came of copies.
        for _ in 0..2 {
            self.send(Event::InputEnded);
            let ending = self.event_loop.run(&mut self.events).expect("the terminal in memory");
            if ending != Ending::Hangup {
                self.ending = Some(ending);
                return self;
            }
        }
        self.event_loop
            .run(&mut {
                // draws once more
                let (sender, events) = channel();
                sender.send(Event::InputEnded).expect("the receiver is here");
                events
            })
            .expect("the terminal in memory");
        self
    }

    /// Waits for what goes on beside the loop, and lets it happen.
    pub fn happen_next(&mut self) -> &mut Self {
        let event = self.events.recv().expect("the loop keeps a sender");
        self.happen([event])
    }

    /// Lets one thing happen, and draws it only with the next.
    pub fn happen_soon(&mut self, event: Event) -> &mut Self {
        if let Event::Resized(size) = event {
            self.size = size;
            self.terminal.set_size(size.width, size.height);
        }
        self.send(event);
        self.send(Event::InputEnded);
        let ending = self.event_loop.run(&mut self.events).expect("the terminal in memory");
        self.ending = (ending != Ending::Hangup).then_some(ending);
        self
    }

    /// Suspends the program, and again after each time, until something is drawn.
    pub fn suspend_until_drawn(&mut self, event: Event) -> &mut Self {
        self.event_loop.frame = Duration::ZERO;
        *self.terminal.suspends_again.borrow_mut() = Some(self.sender.clone());
        self.send(event);
        self.send(Event::Suspend);
        self.event_loop.run(&mut self.events).expect("the terminal in memory");
        self
    }

    fn send(&self, event: Event) {
        self.sender.send(event).expect("the loop keeps the receiver");
    }

    pub fn model(&self) -> &Model {
        &self.event_loop.model
    }

    pub fn screen(&self) -> String {
        let parser = self.terminal.parser.borrow();
        let (_, columns) = parser.screen().size();
        let lines: Vec<_> =
            parser.screen().rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect();
        lines.join("\n")
    }

    /// The whole line, as a selection would take it, that begins on the row that begins so.
    #[track_caller]
    pub fn line_at(&self, beginning: &str) -> String {
        let first = self.screen().lines().position(|line| line.starts_with(beginning));
        let first = first.unwrap_or_else(|| panic!("no row begins with {beginning}"));
        let parser = self.terminal.parser.borrow();
        let (_, columns) = parser.screen().size();
        let mut line = String::new();
        for (row, text) in (0..).zip(parser.screen().rows(0, columns.get())).skip(first) {
            line.push_str(&text);
            if !parser.screen().row_wrapped(row) {
                break;
            }
        }
        line
    }

    /// Every row of the screen with its cells, from the top.
    pub fn each_row(&self, mut see: impl FnMut(u16, &[vt100::Cell])) {
        let parser = self.terminal.parser.borrow();
        let (rows, columns) = parser.screen().size();
        for row in 0..rows.get() {
            let cells: Vec<_> = (0..columns.get())
                .filter_map(|column| parser.screen().cell(row, column).cloned())
                .collect();
            see(row, &cells);
        }
    }

    /// Every cell as it is seen: of a blank, only what is drawn behind it.
    pub fn seen(&self) -> Vec<String> {
        let mut seen = Vec::new();
        self.each_row(|row, cells| {
            seen.extend(cells.iter().enumerate().map(|(column, cell)| {
                let blank = cell.contents().trim().is_empty();
                let looks = (cell.fgcolor(), cell.bold(), cell.dim(), cell.italic());
                let looks = (!blank).then_some((cell.contents(), looks));
                let behind = (cell.bgcolor(), cell.underline(), cell.inverse());
                format!("{row},{column}: {looks:?} on {behind:?}")
            }));
        });
        seen
    }

    /// Asserts what a person must be able to read.
    #[track_caller]
    pub fn shows(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "{text:?} is not on the screen:\n{screen}");
        self
    }

    #[track_caller]
    pub fn hides(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is on the screen:\n{screen}");
        self
    }

    /// All that has been written to the terminal.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.terminal.written.borrow()).into_owned()
    }

    pub fn copies(&self) -> Vec<String> {
        self.copies.borrow().clone()
    }

    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    pub fn takes_clicks(&self) -> bool {
        self.terminal.takes_clicks.get()
    }

    pub fn suspensions(&self) -> usize {
        self.terminal.suspensions.get()
    }

    /// Where the terminal's own cursor is, if it is shown, as column and row.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let parser = self.terminal.parser.borrow();
        let (row, column) = parser.screen().cursor_position();
        (!parser.screen().hide_cursor()).then_some((column, row))
    }

    /// The first place where the screen says `text`.
    #[track_caller]
    pub fn find(&self, text: &str) -> Position {
        let screen = self.screen();
        for (y, line) in (0..).zip(screen.lines()) {
            if let Some(at) = line.find(text) {
                let column = line[..at].chars().count();
                return Position::new(u16::try_from(column).expect("a column"), y);
            }
        }
        panic!("{text:?} is not on the screen:\n{screen}");
    }
}

pub fn keys_of(mut keys: &str) -> Vec<Key> {
    let mut pressed = Vec::new();
    while let Some(first) = keys.chars().next() {
        let named = keys.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((name, rest)) = named {
            pressed.push(name.parse().unwrap_or_else(|()| panic!("<{name}> is no key")));
            keys = rest;
        } else {
            pressed.push(Key::char(first));
            keys = &keys[first.len_utf8()..];
        }
    }
    pressed
}

/// The emulator has no terminal without a cell.
fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap_or(NonZero::<u16>::MIN)
}

/// What the loop writes to, read back by a terminal emulator.
#[derive(Clone)]
struct Terminal {
    parser: Rc<RefCell<vt100::Parser>>,
    written: Rc<RefCell<Vec<u8>>>,
    takes_clicks: Rc<Cell<bool>>,
    suspensions: Rc<Cell<usize>>,
    suspends_again: Rc<RefCell<Option<Sender<Event>>>>,
}

impl Terminal {
    fn new(columns: u16, rows: u16) -> Self {
        Self {
            parser: Rc::new(RefCell::new(vt100::Parser::new(cells(rows), cells(columns), 0))),
            written: Rc::default(),
            takes_clicks: Rc::new(Cell::new(true)),
            suspensions: Rc::default(),
            suspends_again: Rc::default(),
        }
    }
}

impl Terminal {
    fn set_size(&self, columns: u16, rows: u16) {
        self.parser.borrow_mut().screen_mut().set_size(cells(rows), cells(columns));
    }
}

impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The emulator does not print what stands for a character that cannot be shown.
        let text = String::from_utf8_lossy(bytes).replace('\u{fffd}', "?");
        self.parser.borrow_mut().process(text.as_bytes());
        self.written.borrow_mut().extend_from_slice(bytes);
        if let Some(events) = self.suspends_again.borrow_mut().take() {
            events.send(Event::InputEnded).expect("the loop keeps the receiver");
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Device for Terminal {
    fn suspend(&mut self) -> io::Result<Result<(), String>> {
        self.suspensions.set(self.suspensions.get() + 1);
        if let Some(events) = &*self.suspends_again.borrow() {
            events.send(Event::Suspend).expect("the loop keeps the receiver");
        }
        Ok(Ok(()))
    }

    fn resume(&mut self) -> io::Result<Option<Size>> {
        let (rows, columns) = self.parser.borrow().screen().size();
        Ok(Some(Size { width: columns.get(), height: rows.get() }))
    }

    fn is_held(&self) -> bool {
        true
    }

    fn is_stuck(&self) -> bool {
        false
    }

    fn take_clicks(&mut self, taken: bool) -> io::Result<()> {
        self.takes_clicks.set(taken);
        Ok(())
    }
}

/// A clipboard that keeps what is copied and always answers alike.
pub struct Recorder {
    pub copies: Rc<RefCell<Vec<String>>>,
    pub outcome: CopyOutcome,
}

impl Copier for Recorder {
    fn copy(&mut self, text: String, report: Box<dyn FnOnce(Delivery) + Send>) {
        self.copies.borrow_mut().push(text);
        report(Delivery { terminal: Vec::new(), outcome: self.outcome.clone() });
    }
}
