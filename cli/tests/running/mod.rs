//! Runs the command line.

use std::process::{Command, Output};

/// Runs a command that must succeed and returns its output.
pub(crate) fn succeeded(command: &mut Command) -> Output {
    let output = command.output().expect("the command line starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
