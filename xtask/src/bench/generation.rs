//! What generating costs, next to what cannot be saved: reading the files, a markdown parser over them, and `syn` and
//! `prettyplease` over the same output. Each is done in a process of its own, on as many threads.

use std::ffi::OsString;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use generator::emit::ManifestSettings;
use generator::{Progress, Selection, Settings};
use proc_macro2::TokenStream;
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;

use super::scratch::succeed;
use super::usage;
use graphwright_cli::arguments::DocsArguments;

use crate::arguments::{BenchPart, BenchPartArguments};
use graphwright_pages as pages;

/// Medians of all rounds, in CPU seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Generation {
    /// Pages to the text of all files.
    pub(crate) generate: f64,
    /// Reading the pages.
    pub(crate) read: f64,
    /// A markdown parser over them.
    pub(crate) markdown: f64,
    /// Text to tokens; no part of the floor, as a generator has tokens from the start.
    pub(crate) tokens: f64,
    /// Tokens to syntax trees, and those to text.
    pub(crate) print: f64,
    /// The most memory that generating had, in bytes.
    pub(crate) peak: u64,
}

impl Generation {
    /// What cannot be saved.
    pub(crate) fn floor(&self) -> f64 {
        self.read + self.markdown + self.print
    }
}

/// Does both in turns, each round in fresh processes.
pub(crate) fn measure(docs: &DocsArguments, output: &Path, rounds: usize) -> Result<Generation> {
    let mut generated = Vec::new();
    let mut floors = Vec::new();
    for _ in 0..rounds {
        eprintln!("measuring the generator");
        generated.push(part(docs, "generate", output)?);
        floors.push(part(docs, "floor", output)?);
    }
    let median_of =
        |runs: &[Vec<f64>], place: usize| median(runs.iter().map(|run| run[place]).collect());
    Ok(Generation {
        generate: median_of(&generated, 0),
        peak: median_of(&generated, 1) as u64,
        read: median_of(&floors, 0),
        markdown: median_of(&floors, 1),
        tokens: median_of(&floors, 2),
        print: median_of(&floors, 3),
    })
}

/// The middle one of some figures.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

fn part(docs: &DocsArguments, name: &str, output: &Path) -> Result<Vec<f64>> {
    let program = std::env::current_exe().context("this program's file is gone")?;
    let versions = docs.api.versions();
    let version = versions.first().expect("every choice has a version");
    let words: [OsString; 9] = [
        "bench-part".into(),
        name.into(),
        output.into(),
        "--docs".into(),
        docs.docs.clone().into(),
        "--api".into(),
        version.name().into(),
        "--jobs".into(),
        docs.jobs.to_string().into(),
    ];
    let printed = succeed(Command::new(program).args(words))?;
    let figures: Result<Vec<f64>, _> = printed.split_whitespace().map(str::parse).collect();
    figures.with_context(|| format!("{name}: printed {printed:?}"))
}

/// Does one part and prints its figures, in the order in which [`measure`] reads them.
pub(crate) fn run_part(arguments: &BenchPartArguments) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.docs.jobs)
        .build()
        .context("threads cannot be started; try --jobs 1")?;
    let figures = pool.install(|| match arguments.part {
        BenchPart::Generate => generate(&arguments.docs),
        BenchPart::Floor => floor(&arguments.docs, &arguments.output),
    })?;
    for figure in figures {
        println!("{figure}");
    }
    Ok(())
}

fn generate(docs: &DocsArguments) -> Result<Vec<f64>> {
    let settings = Settings {
        selection: Selection::default(),
        corrections: &graphwright_pages::corrections(),
        manifest: ManifestSettings::Standalone {
            runtime_path: "runtime".to_owned(),
        },
    };
    let docs = pages::read(&docs.docs, &docs.api.versions())?;
    let generated = generator::generate(&docs.sources, &settings, &Silent);
    // All that this process has used until here, its start included.
    let (cpu, peak) = usage::current_process()?;
    black_box(generated);
    Ok(vec![cpu, peak as f64])
}

fn floor(docs: &DocsArguments, output: &Path) -> Result<Vec<f64>> {
    let texts = texts(output)?;
    let (read, docs) = cpu(|| pages::read(&docs.docs, &docs.api.versions()))?;
    let docs = docs?;
    let sources: Vec<_> = docs
        .sources
        .iter()
        .map(|(_, source)| source.text.as_str())
        .collect();
    let (markdown, _) = cpu(|| {
        let events = |text: &&str| Parser::new_ext(text, Options::ENABLE_TABLES).count();
        black_box(sources.par_iter().map(events).sum::<usize>())
    })?;
    let (tokens, _) = cpu(|| texts.par_iter().for_each(|text| drop(black_box(lex(text)))))?;
    let (print, _) = cpu(|| {
        texts.par_iter().for_each(|text| {
            let tree = syn::parse2(lex(text)).expect("the generator writes Rust");
            black_box(prettyplease::unparse(&tree));
        });
    })?;
    Ok(vec![read, markdown, tokens, print - tokens])
}

fn lex(text: &str) -> TokenStream {
    text.parse().expect("the generator writes Rust")
}

/// CPU seconds of all threads while some work is done.
fn cpu<T>(work: impl FnOnce() -> T) -> Result<(f64, T)> {
    let (before, _) = usage::current_process()?;
    let result = work();
    let (after, _) = usage::current_process()?;
    Ok((after - before, result))
}

/// The Rust files of a crate.
fn texts(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.join("src"), folder.join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)
            .with_context(|| format!("{}: cannot be listed", folder.display()))?
        {
            let path = entry.context("a folder cannot be listed")?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                texts.push(
                    fs::read_to_string(&path)
                        .with_context(|| format!("{}: cannot be read", path.display()))?,
                );
            }
        }
    }
    Ok(texts)
}

/// Tells nobody.
struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}
