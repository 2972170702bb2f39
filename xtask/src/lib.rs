//! The developers' command line: all commands of Graphwright, the benchmark, the check of documented examples, and
//! programs of the official SDKs.

mod arguments;
mod bench;
mod conformance;
mod examples;
mod lint_recall;
mod package;
mod picture;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use graphwright_cli::{Installation, Outcome};

use crate::arguments::{Arguments, Command};

/// Runs a command line, whose first argument is the program's name. The exit code is 0 on success, 1 if the input or the
/// output is in error, 2 if the command line is invalid.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(code) = bench::usage::run_rustc(&arguments) {
        return code;
    }
    match graphwright_cli::parse::<Arguments>(arguments) {
        Ok(arguments) => {
            arguments.colors.apply();
            graphwright_cli::exit_code(execute(&arguments.command))
        }
        Err(code) => code,
    }
}

/// Returns the clone of the project that this program was built from.
fn installation() -> Installation {
    Installation::Clone(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
}

fn execute(command: &Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Product(command) => graphwright_cli::execute(command, &installation()),
        Command::Examples(arguments) => examples::run(arguments),
        Command::Conformance(arguments) => conformance::run(arguments),
        Command::Bench(arguments) => bench::run(arguments),
        Command::LintRecall(arguments) => lint_recall::run(arguments),
        Command::Package => package::run(),
        Command::Picture => picture::run(),
        Command::BenchPart(arguments) => bench::run_part(arguments),
    }
}
