//! The developers' commands and their arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use graphwright_cli::arguments::{ApiChoice, DocsArguments, Format};

use crate::bench::slice::SliceChoice;

/// Generate a typed Rust client library from Microsoft Graph's documentation pages, and measure it
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) colors: graphwright_cli::Colors,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Product(graphwright_cli::arguments::Command),
    /// Check the generated library against all examples of the pages and report the outcome of each
    Examples(ExamplesArguments),
    /// Run programs of the official Python and JavaScript SDKs against the local server; installs the SDKs below `target`
    Conformance(ConformanceArguments),
    /// Measure the cost of the library and the generator, compared with serde derive and other baselines
    Bench(BenchArguments),
    /// Measure how many lines that later commits of the documentation change the linter names before
    LintRecall(LintRecallArguments),
    /// Draw a run of the command line for the README
    Picture,
    /// Pack the crates as they are published, and build a program from the packages alone
    Package,
    /// Run one part of the benchmark in a separate process
    #[command(hide = true)]
    BenchPart(BenchPartArguments),
}

#[derive(Args, Debug)]
pub(crate) struct ExamplesArguments {
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
    /// Output format; JSON includes every request and response
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// Fail if a smaller share of the requests to this API with valid JSON pass
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub(crate) min_requests: f64,
    /// Fail if a smaller share of the responses with valid JSON pass
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub(crate) min_responses: f64,
}

#[derive(Args, Debug)]
pub(crate) struct LintRecallArguments {
    /// The repository of the documentation: a git URL, a local folder or a git bundle
    #[arg(long, value_name = "URL-OR-PATH")]
    pub(crate) source: String,
    /// The revisions in order; can be repeated [default: all tags by name]
    #[arg(long, value_name = "REV")]
    pub(crate) rev: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct ConformanceArguments {
    /// Documentation folder, with the pages of users, groups and drives
    #[arg(long, value_name = "DIR")]
    pub(crate) docs: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct BenchArguments {
    /// Documentation folder
    #[arg(long, value_name = "DIR", default_value = "docs-input")]
    pub(crate) docs: PathBuf,
    /// API version to measure
    #[arg(long, value_name = "VERSION", default_value = "v1.0")]
    pub(crate) api: ApiChoice,
    /// Number of threads of the generator; 0 uses one per processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
    /// The slice of the API to build
    #[arg(long, value_name = "SLICE", default_value = "all")]
    pub(crate) slice: SliceChoice,
    /// Build each crate once and skip release builds
    #[arg(long)]
    pub(crate) quick: bool,
}

#[derive(Args, Debug)]
pub(crate) struct BenchPartArguments {
    /// The part to run
    pub(crate) part: BenchPart,
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
}

/// A part of the benchmark that runs in a separate process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BenchPart {
    /// Read the pages and generate the library.
    Generate,
    /// Read and parse the pages with a plain markdown parser.
    Baseline,
}
