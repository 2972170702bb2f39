//! The history of the real documentation.

use std::path::{Path, PathBuf};

/// The bundle of the real documentation beside the project, for tests that run when `GRAPHWRIGHT_DOCS` is set; none, with a
/// word about it, where it is not.
///
/// # Panics
/// Where the variable is set and the bundle is absent.
pub(crate) fn bundle() -> Option<PathBuf> {
    if std::env::var_os("GRAPHWRIGHT_DOCS").is_none() {
        println!("skipped: GRAPHWRIGHT_DOCS is not set");
        return None;
    }
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/graph-docs.bundle");
    assert!(bundle.is_file(), "{}: no such file", bundle.display());
    Some(bundle)
}
