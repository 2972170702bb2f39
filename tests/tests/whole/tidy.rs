//! What every file of the project keeps to.

use crate::tree;
const FOLDERS: [&str; 9] = [
    "examples/src",
    "examples/tests",
    "generator/src",
    "runtime/src",
    "serve/src",
    "serve/tests",
    "cli/src",
    "xtask/src",
    "tests/tests",
];

/// A file that grows past this asks to be split.
const MOST_LINES: usize = 400;

#[test]
fn files_are_short() {
    for folder in FOLDERS {
        for file in tree::rust_files(folder) {
            let lines = file.text.lines().count();
            assert!(
                lines <= MOST_LINES,
                "{} has {lines} lines; split it",
                file.path
            );
        }
    }
}

#[test]
fn modules_say_what_they_are() {
    for folder in FOLDERS {
        for file in tree::rust_files(folder) {
            let is_test_module = file.path.contains("/tests/") || file.path.ends_with("/tests.rs");
            let starts_well = file.text.starts_with("//! ");
            assert!(
                is_test_module || starts_well,
                "{} does not say what it is: its first line is no `//!`",
                file.path
            );
        }
    }
}

#[test]
fn nothing_is_put_off() {
    // Taken apart, so that this file does not hold what it looks for.
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
                    "{} holds `{word}`",
                    file.path
                );
            }
        }
    }
}
