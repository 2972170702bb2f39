//! The commands of the developers and their arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use graphwright_cli::arguments::{ApiChoice, DocsArguments, Format};

use crate::bench::slice::SliceChoice;

/// Reads Microsoft Graph's documentation pages and writes a typed Rust client library.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Product(graphwright_cli::arguments::Command),
    /// Try every example of the pages on the generated library, and tell what became of each
    Examples(ExamplesArguments),
    /// Measure what the library and the generator cost, next to serde derive and other yardsticks
    Bench(BenchArguments),
    /// One part of the bench, in a process of its own
    #[command(hide = true)]
    BenchPart(BenchPartArguments),
}

#[derive(Args, Debug)]
pub(crate) struct ExamplesArguments {
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
    /// How to print the balance; in JSON every request and response is told
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// Fail if fewer of the requests to the API whose JSON can be read pass
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub(crate) min_requests: f64,
    /// Fail if fewer of the responses whose JSON can be read pass
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub(crate) min_responses: f64,
}

#[derive(Args, Debug)]
pub(crate) struct BenchArguments {
    /// Folder with the documentation
    #[arg(long, value_name = "DIR", default_value = "docs-input")]
    pub(crate) docs: PathBuf,
    /// Version of the API
    #[arg(long, value_name = "VERSION", default_value = "v1.0")]
    pub(crate) api: ApiChoice,
    /// Number of threads of the generator; 0 takes one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
    /// Which part of the API is built
    #[arg(long, value_name = "SLICE", default_value = "all")]
    pub(crate) slice: SliceChoice,
    /// Build each crate once, and no release builds
    #[arg(long)]
    pub(crate) quick: bool,
}

#[derive(Args, Debug)]
pub(crate) struct BenchPartArguments {
    /// What is done
    pub(crate) part: BenchPart,
    /// Folder of the generated crate
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
}

/// A part of the bench that has a process of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BenchPart {
    /// Read the pages and generate.
    Generate,
    /// Do what cannot be saved.
    Floor,
}
