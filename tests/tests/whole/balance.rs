//! The examples of the real pages, tried on the library that the pages give.

use std::ffi::OsString;
use std::process::ExitCode;

use graphwright_tests::real_documentation;

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn the_real_examples_pass() {
    let folder = real_documentation::checkout("2021-07");
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
