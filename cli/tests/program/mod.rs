//! Runs the program `graphwright`.

use std::path::Path;
use std::process::{Command, Output};

/// The exit code and the output of a run.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_graphwright"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the command line starts");
    let text = |bytes| String::from_utf8(bytes).expect("the command line prints UTF-8");
    Run {
        code: status.code(),
        out: text(stdout),
        err: text(stderr),
    }
}
