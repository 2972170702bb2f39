//! The history of the real documentation, where it is at hand.

use std::path::{Path, PathBuf};

/// The bundle beside the project; none, with a word about it, where it is not at hand.
pub(crate) fn bundle() -> Option<PathBuf> {
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/graph-docs.bundle");
    if bundle.is_file() {
        return Some(bundle);
    }
    println!("skipped: there is no bundle at {}", bundle.display());
    None
}
