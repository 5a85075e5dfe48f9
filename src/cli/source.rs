//! Reading a catalog from where `--catalog` points: a file, or stdin for `-`.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;

use crate::domain::{Catalog, CatalogFault, Growth, Task, Wait};
use crate::error::{Error, Source};

/// More than this many bytes are not read: five times the text of a million actions.
pub const LARGEST_CATALOG: u64 = 512 << 20;

/// The text of a catalog, and what it was read from.
#[derive(Debug)]
pub struct CatalogText {
    pub bytes: Vec<u8>,
    /// The file's name without its folder, which tells the form; empty for stdin.
    pub name: String,
    pub source: Source,
}

/// The catalog at `path`, in any of its forms, without a reference.
///
/// # Errors
/// It cannot be read, is larger than [`LARGEST_CATALOG`], or is no catalog.
pub fn catalog(path: &Path) -> Result<Catalog, Error> {
    let CatalogText { bytes, name, source } = read(path)?;
    Catalog::read(bytes, &name).map_err(|error| Error::Catalog { source: Some(source), error })
}

/// The same, telling how far it has come; none where `watch` has stopped it.
pub fn growing_catalog(
    path: &Path,
    watch: impl FnMut(Growth) -> ControlFlow<()>,
) -> Result<Option<Catalog>, Error> {
    let CatalogText { bytes, name, source } = read(path)?;
    match Catalog::read_growing(bytes, &name, &beside, watch) {
        Ok(catalog) => Ok(Some(catalog)),
        Err(error) if error.fault == CatalogFault::Stopped => Ok(None),
        Err(error) => Err(Error::Catalog { source: Some(source), error }),
    }
}

/// Does a task on a thread of its own. Where there can be none, nothing comes of it.
fn beside(task: Task) -> Wait {
    match thread::Builder::new().name("reader".into()).spawn(task) {
        Ok(thread) => Box::new(|| thread.join().ok().flatten()),
        Err(_) => Box::new(|| None),
    }
}

/// Reads the file at `path`, or stdin for `-`. A file that is too large is refused before anything
/// of it is read; a pipe as soon as it has given too much.
pub fn read(path: &Path) -> Result<CatalogText, Error> {
    if path == Path::new("-") {
        let source = Source::Stdin;
        let bytes = read_at_most(io::stdin().lock(), 0, LARGEST_CATALOG, &source)?;
        return Ok(CatalogText { bytes, name: String::new(), source });
    }
    read_file(path, LARGEST_CATALOG)
}

fn read_file(path: &Path, limit: u64) -> Result<CatalogText, Error> {
    let source = Source::File(PathBuf::from(path));
    let open = || {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            // Some systems open a directory and fail only when it is read.
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        Ok((file, metadata.len()))
    };
    let (file, length) = match open() {
        Ok(opened) => opened,
        Err(error) => return Err(Error::Unreadable { source, error }),
    };
    if length > limit {
        return Err(Error::TooLarge { source, limit });
    }
    let bytes = match read_by_two(&file, length) {
        Some(bytes) => bytes,
        None => read_at_most(file, length, limit, &source)?,
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(CatalogText { bytes, name, source })
}

/// Reads a large file with two threads: most of the time goes into memory that is touched for the
/// first time. None where the file is small or cannot be read so, or has another length by now.
#[cfg(unix)]
fn read_by_two(file: &File, length: u64) -> Option<Vec<u8>> {
    use std::os::unix::fs::FileExt;

    const LARGE: u64 = 8 << 20;

    if length < LARGE {
        return None;
    }
    let length = usize::try_from(length).ok()?;
    let middle = length / 2;
    let mut bytes = vec![0; length];
    let (first, rest) = bytes.split_at_mut(middle);
    let read = thread::scope(|scope| {
        let beside = || file.read_exact_at(rest, middle as u64);
        let beside = thread::Builder::new().spawn_scoped(scope, beside).ok()?;
        let read = file.read_exact_at(first, 0);
        beside.join().is_ok_and(|read| read.is_ok()).then_some(read.ok()?)
    });
    let ends = file.read_at(&mut [0], length as u64).is_ok_and(|more| more == 0);
    (read.is_some() && ends).then_some(bytes)
}

#[cfg(not(unix))]
fn read_by_two(_: &File, _: u64) -> Option<Vec<u8>> {
    None
}

/// `expected` bytes are made room for at once; it is only a guess, and 0 where there is none.
fn read_at_most(
    input: impl Read,
    expected: u64,
    limit: u64,
    source: &Source,
) -> Result<Vec<u8>, Error> {
    let room = usize::try_from(expected.min(limit)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(room.saturating_add(1));
    match input.take(limit + 1).read_to_end(&mut bytes) {
        Err(error) => Err(Error::Unreadable { source: source.clone(), error }),
        Ok(read) if read as u64 > limit => Err(Error::TooLarge { source: source.clone(), limit }),
        Ok(_) => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_that_does_not_end_is_given_up() {
        let refused = read_at_most(io::repeat(b'['), 0, 1 << 20, &Source::Stdin);
        assert!(matches!(refused, Err(Error::TooLarge { limit: 1_048_576, .. })));
    }

    #[test]
    fn exactly_as_much_as_is_allowed_is_read() {
        let read = |limit| read_at_most(&b"[{}]"[..], 9, limit, &Source::Stdin).map(|b| b.len());
        assert!(matches!(read(4), Ok(4)));
        assert!(matches!(read(3), Err(Error::TooLarge { .. })));
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("big.json");
        // A sparse file: it has the length and takes no room.
        File::create(&path).and_then(|file| file.set_len(2 << 30)).expect("a file");
        assert!(matches!(read(&path), Err(Error::TooLarge { limit: LARGEST_CATALOG, .. })));
    }

    #[test]
    #[cfg(unix)]
    fn two_threads_read_what_one_does() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("big.json");
        let text: Vec<u8> = (0..1 << 20).flat_map(|n: u64| n.to_le_bytes()).chain([7]).collect();
        std::fs::write(&path, &text).expect("a file");
        let file = File::open(&path).expect("it is there");
        assert!(read_by_two(&file, text.len() as u64) == Some(text.clone()));
        assert_eq!(read_by_two(&file, text.len() as u64 - 1), None, "it has grown");
        assert_eq!(read_by_two(&file, text.len() as u64 + 1), None, "it has shrunk");
        assert!(read(&path).expect("it is read").bytes == text);
    }

    #[test]
    fn a_directory_and_a_file_that_is_not_there_are_unreadable() {
        for path in ["src", "src/no-such-catalog.json"] {
            assert!(matches!(read(Path::new(path)), Err(Error::Unreadable { .. })), "{path}");
        }
    }

    #[test]
    fn the_name_is_that_of_the_file_alone() {
        let text = read(Path::new("assets/catalog.json")).expect("it is there");
        assert_eq!(text.name, "catalog.json");
        assert!(text.bytes.starts_with(b"{"));
    }
}
