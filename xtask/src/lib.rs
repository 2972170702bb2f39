//! The developers' command line: all commands of Graphwright, the bench, and the trial of the documented examples.

mod arguments;
mod bench;
mod examples;

use std::ffi::OsString;
use std::process::ExitCode;

use graphwright_cli::Outcome;

use crate::arguments::{Arguments, Command};

/// Runs one command line, the program's name first. The exit code is 0 without errors, 1 if something is wrong with what was
/// read or written, 2 if the command line itself is wrong.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(code) = bench::usage::stand_in(&arguments) {
        return code;
    }
    match graphwright_cli::parse::<Arguments>(arguments) {
        Ok(arguments) => graphwright_cli::exit_code(execute(&arguments.command)),
        Err(code) => code,
    }
}

fn execute(command: &Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Product(command) => graphwright_cli::execute(command),
        Command::Examples(arguments) => examples::run(arguments),
        Command::Bench(arguments) => bench::run(arguments),
        Command::BenchPart(arguments) => bench::run_part(arguments),
    }
}
