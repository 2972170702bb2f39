//! Graphwright's command line. It reads pages from disk, calls the generator, and writes what comes out; the generator
//! itself touches no disk.

mod arguments;
mod bench;
mod examples;
mod choices;
mod diff;
mod docs;
mod explain;
mod export;
mod facts;
mod generate;
mod ledger;
mod output;
mod pages;
mod permissions;
mod problems;
mod project;
mod progress;
mod rendering;
mod serve;
mod stamp;
mod summary;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};

/// What a command found: decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Clean,
    /// Problems of level error, or files that are not as they should be. Each has been named.
    Faulty,
}

/// Runs one command line, the program's name first, and prints what it has to say. The exit code is 0 when all is well, 1 when
/// something is wrong with what was read or written, 2 when the command line itself is wrong.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(code) = bench::usage::stand_in(&arguments) {
        return code;
    }
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed terminal is no reason to fail differently.
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match dispatch(&arguments.command) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Faulty) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Gen(arguments) => generate::run(arguments),
        Command::Facts(arguments) => facts::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Problems(arguments) => problems::run(arguments),
        Command::Ledger(arguments) => ledger::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Examples(arguments) => examples::run(arguments),
        Command::Permissions(arguments) => permissions::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Bench(arguments) => bench::run(arguments),
        Command::Docs(arguments) => docs::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::BenchPart(arguments) => bench::run_part(arguments),
    }
}
