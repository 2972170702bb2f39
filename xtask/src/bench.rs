//! `bench`: what the generated library and the generator cost, in CPU seconds and memory. Documentation pages in, a table out.
//!
//! The yardstick is measured in the same run: the same types written with serde derive, an empty crate with the same
//! dependencies, a plain markdown parser over the same pages, `serde_json::Value`. All crates are made and built below
//! the target folder.

mod codec;
mod compile;
mod crates;
mod derive;
mod generation;
mod readers;
mod sample;
mod scratch;
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

/// Runs the bench. The generator itself is measured, so the work is left to an optimised build of this program.
pub(crate) fn run(arguments: &BenchArguments) -> Result<Outcome> {
    if cfg!(debug_assertions) {
        return run_optimised();
    }
    let version = version(arguments.api)?;
    let read = DocsArguments {
        docs: arguments.docs.clone(),
        api: arguments.api,
        jobs: arguments.jobs,
    };
    let scratch = Scratch::new()?;
    let (docs, analysis) = generate::analyze(&read)?;
    let api = analysis.model.apis.first().with_context(|| {
        format!(
            "{}: no page describes anything of that version",
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
    let output = slice::Slice::All.library(api, &docs.sources)?;
    let crates = crates::write(&scratch, slice::Slice::All.name(), &output)?;
    let rounds = if arguments.quick { 1 } else { 7 };
    let generation = generation::measure(&read, &crates.own.folder, rounds)?;
    print!("{}", table::generation(&generation));
    Ok(Outcome::Clean)
}

/// Does one part of the generation's measure, in a process of its own, and prints what it cost.
pub(crate) fn run_part(arguments: &BenchPartArguments) -> Result<Outcome> {
    generation::run_part(arguments)?;
    Ok(Outcome::Clean)
}

fn version(choice: ApiChoice) -> Result<ApiVersion> {
    match choice {
        ApiChoice::V1_0 => Ok(ApiVersion::V1_0),
        ApiChoice::Beta => Ok(ApiVersion::Beta),
        ApiChoice::All => {
            bail!("one version is measured at a time; say --api v1.0 or --api beta")
        }
    }
}

fn run_optimised() -> Result<Outcome> {
    let status = Process::new(scratch::cargo())
        .args(["run", "--release", "--quiet", "--package", "xtask", "--"])
        .args(std::env::args_os().skip(1))
        .status()
        .context("cargo cannot be run")?;
    Ok(if status.success() {
        Outcome::Clean
    } else {
        Outcome::Faulty
    })
}
