use std::sync::Arc;

use crate::domain::{Catalog, ScopeList, Selection, pluralize};

/// A whole catalog, and what the command line names in it.
#[derive(Clone, Debug, Default)]
pub struct LoadedCatalog {
    pub catalog: Arc<Catalog>,
    /// Selected from the start.
    pub selection: Selection,
    /// The scopes that the app has. `None` if the command line does not say.
    pub granted: Option<ScopeList>,
}

/// The state of the catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loading {
    /// All of it.
    #[default]
    Whole,
    /// Nothing yet. So many bytes have come, of so many if their number is known.
    Reading { bytes: u64, total: Option<u64> },
    /// Nothing, because the user has stopped the reading.
    Stopped,
}

impl Loading {
    pub fn is_reading(self) -> bool {
        matches!(self, Self::Reading { .. })
    }

    /// The bytes that have come, such as `1.2 MB, 30 %`; `None` if nothing is being read.
    pub fn progress(self) -> Option<String> {
        let Self::Reading { bytes, total } = self else { return None };
        let percent = total.filter(|&total| total > 0).map(|total| {
            let percent = u128::from(bytes) * 100 / u128::from(total);
            // A file may grow while it is read.
            format!(", {} %", percent.min(100))
        });
        Some(size(bytes) + &percent.unwrap_or_default())
    }
}

/// In bytes, kB or MB.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => pluralize(usize::try_from(bytes).unwrap_or_default(), "byte"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_bytes_and_in_percent_if_the_size_is_known() {
        let reading = |bytes, total| Loading::Reading { bytes, total }.progress();
        for (bytes, total, progress) in [
            (0, None, "0 bytes"),
            (1, Some(3), "1 byte, 33 %"),
            (999, Some(0), "999 bytes"),
            (1_000, None, "1.0 kB"),
            (999_999, Some(1_000_000), "999.9 kB, 99 %"),
            (1_960_000, Some(1_960_000), "1.9 MB, 100 %"),
            (u64::MAX, Some(1), "18446744073709.5 MB, 100 %"),
        ] {
            assert_eq!(reading(bytes, total).as_deref(), Some(progress));
        }
        assert_eq!([Loading::Whole, Loading::Stopped].map(Loading::progress), [None, None]);
    }
}
