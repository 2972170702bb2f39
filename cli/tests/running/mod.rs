//! The command line, run to its good end.

use std::process::{Command, Output};

/// What a run that must come to a good end printed.
pub(crate) fn succeeded(command: &mut Command) -> Output {
    let output = command.output().expect("the command line starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
