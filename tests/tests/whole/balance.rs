//! The examples of the real pages, tried on the library that the pages give.

use std::ffi::OsString;
use std::process::ExitCode;

use crate::documentation;

#[test]
fn the_real_examples_pass() {
    let Some(folder) = documentation::real_folder("2021-07") else {
        return;
    };
    let words: [OsString; 10] = [
        "xtask".into(),
        "examples".into(),
        "--docs".into(),
        folder.into(),
        "--api".into(),
        "v1.0".into(),
        "--min-requests".into(),
        "98".into(),
        "--min-responses".into(),
        "99".into(),
    ];
    // The command has printed the balance, and each failure that is ours.
    assert_eq!(xtask::run(words), ExitCode::SUCCESS);
}
