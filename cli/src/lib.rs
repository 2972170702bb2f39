//! Graphwright's command line. Reads pages from disk, runs the generator and writes the generated files; the generator
//! itself performs no I/O.

mod areas;
pub mod arguments;
mod config;
mod diff;
mod docs;
mod explain;
mod export;
mod facts;
pub mod help;
mod init;
pub mod generate;
mod ledger;
mod lint;
mod lsp;
pub mod output;
mod patterns;
mod permissions;
mod problems;
pub mod project;
mod progress;
mod rendering;
mod report;
mod serve;
mod summary;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Args, Parser};

use crate::arguments::Command;
pub use crate::config::DocsChoices;
pub use crate::project::Installation;

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
#[command(name = "graphwright", bin_name = "graphwright", version = VERSION)]
struct Arguments {
    #[command(flatten)]
    colors: Colors,
    #[command(subcommand)]
    command: Command,
}

/// When output has colors.
#[derive(Args, Debug)]
pub struct Colors {
    /// When to use colors; `auto` follows the terminal, `NO_COLOR` and `CLICOLOR_FORCE`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: clap::ColorChoice,
}

/// The version of the program, with the commit that it was built from.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), env!("COMMIT"));

/// Runs a command line, whose first argument is the program's name. The exit code is 0 on success, 1 if the input or the
/// output is in error, 2 if the command line is invalid.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match parse::<Arguments>(arguments) {
        Ok(arguments) => {
            arguments.colors.apply();
            exit_code(execute(&arguments.command, &Installation::Installed))
        }
        Err(code) => code,
    }
}

/// Parses a command line. Prints help texts and usage errors.
///
/// # Errors
/// Returns the exit code if help was requested or the command line is invalid.
pub fn parse<A: Parser>(arguments: impl IntoIterator<Item = OsString>) -> Result<A, ExitCode> {
    let command = help::with_groups(A::command());
    let matches = command.try_get_matches_from(arguments);
    matches
        .and_then(|matches| A::from_arg_matches(&matches))
        .map_err(|error| {
            // A failure to print, for example to a closed pipe, does not change the exit code.
            let _ = error.print();
            if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            }
        })
}

impl Colors {
    /// Applies the choice to all output of the process.
    pub fn apply(&self) {
        terminal::set_colors(self.color);
    }
}

/// Prints the error of a failed command and returns the exit code.
pub fn exit_code(outcome: anyhow::Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Faulty) => ExitCode::FAILURE,
        Err(error) => {
            terminal::err!("error: {error:#}\n");
            ExitCode::FAILURE
        }
    }
}

/// Executes a command.
///
/// # Errors
/// Returns the error that stopped the command; its message names the file or the argument at fault.
pub fn execute(command: &Command, installation: &Installation) -> anyhow::Result<Outcome> {
    match command {
        Command::Gen(arguments) => generate::run(arguments, installation),
        Command::Init(arguments) => init::run(arguments),
        Command::Completions { shell } => help::print_completions(*shell),
        Command::Man => help::print_man_page(),
        Command::Areas(arguments) => areas::run(arguments),
        Command::Facts(arguments) => facts::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Problems(arguments) => problems::run(arguments),
        Command::Lint(arguments) => lint::run(arguments),
        Command::Lsp(arguments) => lsp::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Ledger(arguments) => ledger::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Permissions(arguments) => permissions::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Docs(arguments) => docs::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
    }
}
