//! Graphwright's command line. It reads pages from disk, calls the generator, and writes what comes out; the generator
//! itself touches no disk.

pub mod arguments;
mod choices;
mod diff;
mod docs;
mod explain;
mod export;
mod facts;
pub mod generate;
mod ledger;
pub mod output;
mod permissions;
mod problems;
pub mod project;
mod progress;
mod rendering;
mod serve;
mod summary;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Command;

/// The result of a command that ran to its end; it decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No errors.
    Clean,
    /// Problems of level error, or files that differ from what they should be. Each has been printed.
    Faulty,
}

/// Reads Microsoft Graph's documentation pages and writes a typed Rust client library.
#[derive(Debug, Parser)]
#[command(name = "graphwright", bin_name = "graphwright", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Runs one command line, the program's name first. The exit code is 0 without errors, 1 if something is wrong with what was
/// read or written, 2 if the command line itself is wrong.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match parse::<Arguments>(arguments) {
        Ok(arguments) => exit_code(execute(&arguments.command)),
        Err(code) => code,
    }
}

/// Parses a command line. Help texts and errors are printed.
///
/// # Errors
/// The exit code, if there is nothing to execute.
pub fn parse<A: Parser>(arguments: impl IntoIterator<Item = OsString>) -> Result<A, ExitCode> {
    A::try_parse_from(arguments).map_err(|error| {
        // A closed terminal is no reason to fail differently.
        let _ = error.print();
        if error.use_stderr() {
            ExitCode::from(2)
        } else {
            ExitCode::SUCCESS
        }
    })
}

/// Prints the error of a command, if there is one, and returns the exit code.
pub fn exit_code(outcome: anyhow::Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Faulty) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Executes a command.
///
/// # Errors
/// Everything that keeps the command from its end, with the file or the argument that is the reason.
pub fn execute(command: &Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Gen(arguments) => generate::run(arguments),
        Command::Facts(arguments) => facts::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Problems(arguments) => problems::run(arguments),
        Command::Ledger(arguments) => ledger::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Permissions(arguments) => permissions::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Docs(arguments) => docs::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
    }
}
