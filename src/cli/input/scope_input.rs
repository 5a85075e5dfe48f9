use std::io::ErrorKind;
use std::path::Path;

use crate::cli::input::context::{Context, LARGEST_INPUT};
use crate::cli::input::source::read_file;
use crate::cli::output::note;
use crate::domain::{Catalog, Form, Granted, GrantedFault, InputError, ScopeList, excerpt};
use crate::error::{Error, Source};

/// The scopes of an argument: `-` reads stdin, the name of a file reads the file, and any other
/// text states the scopes itself.
///
/// Text that can be read as scopes is never read as a file name. A note on stderr names every form
/// except a plain list, because the user may have meant another one.
pub fn scopes_of(argument: &str, flag: Source, context: &mut Context) -> Result<ScopeList, Error> {
    let catalog = context.catalog;
    if argument == "-" {
        return from_outside(&context.read_stdin()?, Source::Stdin, catalog);
    }
    let path = Path::new(argument);
    let may_be_there =
        || path.try_exists().unwrap_or_else(|e| e.kind() == ErrorKind::PermissionDenied);
    match Granted::read(catalog, argument.as_bytes()) {
        Ok(granted) => {
            if path.is_file() {
                let file = excerpt(argument);
                note(format!(
                    "{flag}: `{file}` is a scope; for the file of that name, write `./{file}`."
                ));
            }
            Ok(noted(granted, &flag))
        }
        Err(_) if !argument.is_empty() && may_be_there() => {
            let bytes = read_file(path, LARGEST_INPUT, &mut |_, _| true)?;
            from_outside(&bytes, Source::File(path.to_owned()), catalog)
        }
        Err(_) if looks_like_a_path(argument) => Err(Error::NoScopes(flag)),
        Err(error) => Err(Error::Granted { source: flag, error }),
    }
}

/// An empty file or stdin is an error: the program that wrote it probably failed.
fn from_outside(bytes: &[u8], source: Source, catalog: &Catalog) -> Result<ScopeList, Error> {
    let read = match Granted::is_blank(bytes) {
        true => Err(GrantedFault::Input(InputError::Empty).into()),
        false => Granted::read(catalog, bytes),
    };
    match read {
        Ok(granted) => Ok(noted(granted, &source)),
        Err(error) => Err(Error::Granted { source, error }),
    }
}

fn noted(granted: Granted, source: &Source) -> ScopeList {
    if granted.form != Form::List {
        note(format!("{source}: Read as {}.", granted.form));
    }
    granted.scopes
}

fn looks_like_a_path(text: &str) -> bool {
    let ends = [".txt", ".json", ".list", ".csv", ".tsv", ".env", ".yaml", ".yml", ".toml", ".md"];
    // JSON and addresses may have a path in them, and so may several words, but at their end.
    let is_name =
        !text.contains(['\n', '\r']) && !text.contains("://") && !text.starts_with(['{', '[']);
    let has_slash = !text.contains(char::is_whitespace) && text.contains(['/', '\\']);
    is_name && (has_slash || ends.iter().any(|ending| text.ends_with(ending)))
}
