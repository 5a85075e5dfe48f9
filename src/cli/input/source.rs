//! Reading what arguments point to: a file, or stdin for `-`, and never more than a limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::domain::{Catalog, CatalogFault, DescriptionOptions, Findings, ReadOptions};
use crate::error::{Error, Source};

/// The most bytes of a catalog: five times the text of a million actions.
pub const LARGEST_CATALOG: u64 = 512 << 20;

/// Bytes that are read at once: often enough to show progress, and to stop, and few enough to stay in a
/// processor's cache until they are copied.
const PIECE: usize = 1 << 16;

/// Called with the bytes that have come, of so many if their number is known. Returns whether to
/// read on.
pub type Progress<'a> = &'a mut dyn FnMut(u64, Option<u64>) -> bool;

/// The catalog at `path`, in any of its forms, without a reference.
///
/// # Errors
/// It cannot be read, is larger than [`LARGEST_CATALOG`], or is no catalog.
pub fn catalog(path: &Path, description: &DescriptionOptions) -> Result<Catalog, Error> {
    catalog_while(path, description, &mut |_, _| true, &|| true)
}

/// The same for a catalog that may become unwanted while it is read; then the error is
/// [`CatalogFault::Stopped`].
pub fn catalog_while(
    path: &Path,
    description: &DescriptionOptions,
    progress: Progress,
    is_wanted: &dyn Fn() -> bool,
) -> Result<Catalog, Error> {
    let (bytes, source) = catalog_text(path, progress)?;
    let description = description.clone();
    let options = ReadOptions { description, partial: &|name| partial(path, name) };
    Catalog::read_while(bytes, &name_of(path), &options, is_wanted)
        .map_err(|error| Error::Catalog { source: Some(source), error })
}

/// The findings about the catalog at `path`, and its source.
///
/// # Errors
/// It cannot be read, or is larger than [`LARGEST_CATALOG`].
pub fn examine(path: &Path, description: &DescriptionOptions) -> Result<(Source, Findings), Error> {
    let (bytes, source) = catalog_text(path, &mut |_, _| true)?;
    let description = description.clone();
    let options = ReadOptions { description, partial: &|name| partial(path, name) };
    Ok((source, Catalog::examine_with(bytes, &name_of(path), &options)))
}

/// The file of this name beside the one at `path`. `None` if there is none that can be read, if it is a
/// pipe or a device, and for stdin.
fn partial(path: &Path, name: &str) -> Option<Vec<u8>> {
    let beside = path.parent()?.join(name);
    if path == Path::new("-") || !beside.is_file() {
        return None;
    }
    read_file(&beside, LARGEST_CATALOG, &mut |_, _| true).ok()
}

/// The file's name without its folder. It helps to detect the format; stdin has none.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn catalog_text(path: &Path, progress: Progress) -> Result<(Vec<u8>, Source), Error> {
    if path == Path::new("-") {
        Ok((read_stdin(LARGEST_CATALOG, progress)?, Source::Stdin))
    } else {
        Ok((read_file(path, LARGEST_CATALOG, progress)?, Source::File(path.to_owned())))
    }
}

/// Whether stdin is a pipe, or a file with something in it. Returns `false` where the system does not say.
pub fn stdin_is_input() -> bool {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        use std::os::unix::fs::FileTypeExt;

        let stdin = io::stdin().as_fd().try_clone_to_owned().map(File::from);
        let metadata = stdin.and_then(|stdin| stdin.metadata());
        metadata.is_ok_and(|metadata| metadata.file_type().is_fifo() || metadata.len() > 0)
    }
    #[cfg(not(unix))]
    false
}

/// The bytes of stdin, at most `limit`. A pipe that gives more is refused as soon as it does.
pub fn read_stdin(limit: u64, progress: Progress) -> Result<Vec<u8>, Error> {
    read_at_most(io::stdin().lock(), None, limit, &Source::Stdin, progress)
}

/// The bytes of a file. One of more than `limit` is refused before it is read.
pub fn read_file(path: &Path, limit: u64, progress: Progress) -> Result<Vec<u8>, Error> {
    let source = Source::File(path.to_owned());
    let open = || {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            // Some systems open a directory and fail only when it is read.
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        Ok((file, metadata.is_file().then_some(metadata.len())))
    };
    match open() {
        Ok((_, Some(length))) if length > limit => Err(Error::TooLarge { source, limit }),
        Ok((file, length)) => read_at_most(file, length, limit, &source, progress),
        Err(error) => Err(Error::Unreadable { source, error }),
    }
}

/// `total` is only a guess, for which room is made at once.
fn read_at_most(
    mut input: impl Read,
    total: Option<u64>,
    limit: u64,
    source: &Source,
    progress: Progress,
) -> Result<Vec<u8>, Error> {
    let room = usize::try_from(total.unwrap_or(0).min(limit)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(room);
    let mut piece = vec![0; PIECE];
    loop {
        let read = match input.read(&mut piece) {
            Ok(0) => return Ok(bytes),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Error::Unreadable { source: source.clone(), error }),
        };
        bytes.extend_from_slice(&piece[..read]);
        if bytes.len() as u64 > limit {
            return Err(Error::TooLarge { source: source.clone(), limit });
        }
        if !progress(bytes.len() as u64, total) {
            let error = CatalogFault::Stopped.into();
            return Err(Error::Catalog { source: Some(source.clone()), error });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_that_does_not_end_is_given_up() {
        let refused =
            read_at_most(io::repeat(b'['), None, 1 << 20, &Source::Stdin, &mut |_, _| true);
        assert!(matches!(refused, Err(Error::TooLarge { limit: 1_048_576, .. })));
    }

    #[test]
    fn exactly_as_much_as_is_allowed_is_read() {
        let read = |limit| {
            let progress = &mut |_, total| total == Some(9);
            let read = read_at_most(&b"[{}]"[..], Some(9), limit, &Source::Stdin, progress);
            read.map(|bytes| bytes.len())
        };
        assert!(matches!(read(4), Ok(4)));
        assert!(matches!(read(3), Err(Error::TooLarge { .. })));
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("big.json");
        // A sparse file: it has the length and takes no room.
        File::create(&path).and_then(|file| file.set_len(2 << 30)).expect("a file");
        assert!(matches!(
            catalog(&path, &DescriptionOptions::default()),
            Err(Error::TooLarge { limit: LARGEST_CATALOG, .. })
        ));
    }

    #[test]
    fn progress_is_reported_as_bytes_come_and_ends_the_reading() {
        struct Slow(&'static [u8]);

        impl Read for Slow {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let end = self.0.len().min(3);
                self.0.read(&mut into[..end])
            }
        }

        let read = |stop_at| {
            let mut reports = Vec::new();
            let mut progress = |bytes, total| {
                reports.push((bytes, total));
                bytes < stop_at
            };
            let read = read_at_most(Slow(b"[1, 2, 3]"), None, 99, &Source::Stdin, &mut progress);
            (read.ok(), reports)
        };
        let steps = [(3, None), (6, None), (9, None)];
        assert_eq!(read(99), (Some(b"[1, 2, 3]".to_vec()), steps.to_vec()));
        assert_eq!(read(6), (None, steps[..2].to_vec()));
    }

    #[test]
    fn a_directory_and_a_file_that_is_not_there_are_unreadable() {
        for path in ["src", "src/no-such-catalog.json"] {
            let refused = read_file(Path::new(path), LARGEST_CATALOG, &mut |_, _| true);
            assert!(matches!(refused, Err(Error::Unreadable { .. })), "{path}");
        }
    }

    #[test]
    fn the_name_is_that_of_the_file_alone() {
        assert_eq!(name_of(Path::new("assets/catalog.json")), "catalog.json");
    }
}
