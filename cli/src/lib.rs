//! Graphwright's command line. Reads pages from disk, runs the generator and writes the generated files; the generator
//! itself performs no I/O.

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

/// The result of a command that completed; determines the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No errors.
    Clean,
    /// Problems of level error, or output files that are out of date. Each has been printed.
    Faulty,
}

/// Generate a typed Rust client library from Microsoft Graph's documentation pages
#[derive(Debug, Parser)]
#[command(name = "graphwright", bin_name = "graphwright", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Runs a command line, whose first argument is the program's name. The exit code is 0 on success, 1 if the input or the
/// output is in error, 2 if the command line is invalid.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match parse::<Arguments>(arguments) {
        Ok(arguments) => exit_code(execute(&arguments.command)),
        Err(code) => code,
    }
}

/// Parses a command line. Prints help texts and usage errors.
///
/// # Errors
/// Returns the exit code if help was requested or the command line is invalid.
pub fn parse<A: Parser>(arguments: impl IntoIterator<Item = OsString>) -> Result<A, ExitCode> {
    A::try_parse_from(arguments).map_err(|error| {
        // A failure to print, for example to a closed pipe, does not change the exit code.
        let _ = error.print();
        if error.use_stderr() {
            ExitCode::from(2)
        } else {
            ExitCode::SUCCESS
        }
    })
}

/// Prints the error of a failed command and returns the exit code.
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
/// Returns the error that stopped the command; its message names the file or the argument at fault.
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
