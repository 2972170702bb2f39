//! Rules for every file of the project.

use crate::tree;

const FOLDERS: [&str; 11] = [
    "examples/src",
    "examples/tests",
    "generator/src",
    "runtime/src",
    "serve/src",
    "serve/tests",
    "cli/src",
    "pages/src",
    "report/src",
    "xtask/src",
    "tests/tests",
];

#[test]
fn modules_have_documentation() {
    for folder in FOLDERS {
        for file in tree::rust_files(folder) {
            let is_test_module = file.path.contains("/tests/") || file.path.ends_with("/tests.rs");
            let starts_well = file.text.starts_with("//! ");
            assert!(
                is_test_module || starts_well,
                "{}: the first line should be a `//!` comment",
                file.path
            );
        }
    }
}

#[test]
fn no_placeholders_remain() {
    // Split, so that this file does not contain them.
    let barred = [
        ["#[ig", "nore"].concat(),
        ["to", "do!("].concat(),
        ["unimple", "mented!("].concat(),
        ["FIX", "ME"].concat(),
    ];
    for folder in FOLDERS {
        for file in tree::rust_files(folder) {
            for word in &barred {
                assert!(
                    !file.text.contains(word.as_str()),
                    "{} contains `{word}`",
                    file.path
                );
            }
        }
    }
}
