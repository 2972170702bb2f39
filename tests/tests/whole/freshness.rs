//! What `cargo xtask gen` writes is what stands in `generated`.

use crate::tree;
use std::ffi::OsString;
use std::process::ExitCode;

#[test]
fn generated_is_what_the_pages_give() {
    let root = tree::root();
    let words: [OsString; 7] = [
        "xtask".into(),
        "gen".into(),
        "--check".into(),
        "--docs".into(),
        root.join("docs-input").into(),
        "--out".into(),
        root.join("generated").into(),
    ];
    // The command has named every file that is not as it should be.
    assert_eq!(
        xtask::run(words),
        ExitCode::SUCCESS,
        "run `cargo xtask gen` and look at what it changes"
    );
}
