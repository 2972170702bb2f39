//! `bench`: measures the CPU time and memory of the generated library and of the generator, and prints tables.
//!
//! Baselines are measured in the same run: the same types with serde derive, an empty crate with the same dependencies,
//! `serde_json::Value`, and a plain markdown parser over the same pages. All crates are created and built below the target
//! folder.

mod codec;
mod compile;
mod crates;
mod derive;
mod generation;
mod readers;
mod sample;
pub(crate) mod scratch;
pub(crate) mod slice;
mod table;
pub(crate) mod usage;

use std::process::Command as Process;

use anyhow::{Context, Result, bail};
use generator::model::ApiVersion;

use graphwright_cli::arguments::{ApiChoice, DocsArguments};

use crate::arguments::{BenchArguments, BenchPartArguments};
use graphwright_cli::{Outcome, generate};

use compile::Plan;
use scratch::Scratch;

/// Runs the benchmark. A debug build of this program runs a release build instead, as the generator itself is measured.
pub(crate) fn run(arguments: &BenchArguments) -> Result<Outcome> {
    if cfg!(debug_assertions) {
        return run_release_build();
    }
    let version = version(arguments.api)?;
    let read = DocsArguments {
        docs: Some(arguments.docs.clone()),
        api: Some(arguments.api),
        jobs: arguments.jobs,
        ..DocsArguments::default()
    };
    let scratch = Scratch::new()?;
    let (docs, analysis) = generate::analyze(&read)?;
    let api = analysis.model.apis.first().with_context(|| {
        format!(
            "{}: no types or operations of that API version found",
            arguments.docs.display()
        )
    })?;
    print!("{}", table::introduction(version));
    for slice in arguments.slice.slices().iter().copied() {
        let library = slice.library(api, &docs.sources)?;
        let crates = crates::write(&scratch, slice.name(), &library)?;
        let plan = if arguments.quick {
            Plan::quick()
        } else {
            Plan::full()
        };
        let rows = compile::measure(&scratch, &crates, &plan)?;
        print!("{}", table::compile(slice, &library, &rows));
    }
    let codec = codec::measure(&scratch, api, &docs.sources, arguments.quick)?;
    print!("{}", table::codec(&codec));
    let rounds = if arguments.quick { 1 } else { 7 };
    let generation = generation::measure(&read, rounds)?;
    print!("{}", table::generation(&generation));
    Ok(Outcome::Clean)
}

/// Runs one part of the generation benchmark in this process and prints its cost.
pub(crate) fn run_part(arguments: &BenchPartArguments) -> Result<Outcome> {
    generation::run_part(arguments)?;
    Ok(Outcome::Clean)
}

fn version(choice: ApiChoice) -> Result<ApiVersion> {
    match choice {
        ApiChoice::V1_0 => Ok(ApiVersion::V1_0),
        ApiChoice::Beta => Ok(ApiVersion::Beta),
        ApiChoice::All => {
            bail!("the benchmark measures a single API version; use --api v1.0 or --api beta")
        }
    }
}

fn run_release_build() -> Result<Outcome> {
    let status = Process::new(scratch::cargo())
        .args(["run", "--release", "--quiet", "--package", "xtask", "--"])
        .args(std::env::args_os().skip(1))
        .status()
        .context("cannot run cargo")?;
    Ok(if status.success() {
        Outcome::Clean
    } else {
        Outcome::Faulty
    })
}
