//! Measures the generation of the library. The baseline is the work that no generator can avoid: reading the pages and parsing
//! them with a plain markdown parser, in a separate process with the same number of threads.

use std::ffi::OsString;
use std::hint::black_box;
use std::process::Command;

use anyhow::{Context, Result};
use generator::emit::ManifestSettings;
use generator::{Progress, Selection, Settings};
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;

use super::scratch::succeed;
use super::usage;
use graphwright_cli::DocsChoices;
use graphwright_cli::arguments::DocsArguments;

use crate::arguments::{BenchPart, BenchPartArguments};
use graphwright_pages as pages;

/// Medians of all rounds, in CPU seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Generation {
    /// Generating the text of all files from the pages.
    pub(crate) generate: f64,
    /// Reading the pages.
    pub(crate) read: f64,
    /// Parsing the pages as markdown.
    pub(crate) markdown: f64,
    /// The peak memory of generating, in bytes.
    pub(crate) peak: u64,
}

impl Generation {
    /// Returns the CPU seconds of the baseline.
    pub(crate) fn baseline(&self) -> f64 {
        self.read + self.markdown
    }
}

/// Measures the generator and the baseline in turns, each in a new process.
pub(crate) fn measure(docs: &DocsArguments, rounds: usize) -> Result<Generation> {
    let mut generated = Vec::new();
    let mut baselines = Vec::new();
    for _ in 0..rounds {
        eprintln!("measuring the generator");
        generated.push(part(docs, "generate")?);
        baselines.push(part(docs, "baseline")?);
    }
    let median_of =
        |runs: &[Vec<f64>], index: usize| median(runs.iter().map(|run| run[index]).collect());
    Ok(Generation {
        generate: median_of(&generated, 0),
        peak: median_of(&generated, 1) as u64,
        read: median_of(&baselines, 0),
        markdown: median_of(&baselines, 1),
    })
}

/// Returns the median.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

fn part(docs: &DocsArguments, name: &str) -> Result<Vec<f64>> {
    let program =
        std::env::current_exe().context("the path of this program cannot be determined")?;
    let choices = docs.choices()?;
    let version = choices
        .versions
        .first()
        .expect("every choice has an API version");
    let arguments: [OsString; 8] = [
        "bench-part".into(),
        name.into(),
        "--docs".into(),
        choices.folder.into(),
        "--api".into(),
        version.name().into(),
        "--jobs".into(),
        docs.jobs.to_string().into(),
    ];
    let printed = succeed(Command::new(program).args(arguments))?;
    let figures: Result<Vec<f64>, _> = printed.split_whitespace().map(str::parse).collect();
    figures.with_context(|| format!("{name}: expected numbers, found {printed:?}"))
}

/// Runs one part and prints its figures, in the order in which [`measure`] reads them.
pub(crate) fn run_part(arguments: &BenchPartArguments) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.docs.jobs)
        .build()
        .context("cannot start threads; try --jobs 1")?;
    let choices = arguments.docs.choices()?;
    let figures = pool.install(|| match arguments.part {
        BenchPart::Generate => generate(&choices),
        BenchPart::Baseline => baseline(&choices),
    })?;
    for figure in figures {
        println!("{figure}");
    }
    Ok(())
}

fn generate(docs: &DocsChoices) -> Result<Vec<f64>> {
    let settings = Settings {
        selection: Selection::default(),
        corrections: &graphwright_pages::corrections(),
        manifest: ManifestSettings::Workspace,
    };
    let docs = pages::read(&docs.folder, &docs.versions)?;
    let generated = generator::generate(&docs.sources, &settings, &Silent);
    // Includes the start of the process.
    let (cpu, peak) = usage::current_process()?;
    black_box(generated);
    Ok(vec![cpu, peak as f64])
}

fn baseline(docs: &DocsChoices) -> Result<Vec<f64>> {
    let (read, docs) = cpu(|| pages::read(&docs.folder, &docs.versions))?;
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
    Ok(vec![read, markdown])
}

/// Returns the CPU seconds of all threads during some work, and its result.
fn cpu<T>(work: impl FnOnce() -> T) -> Result<(f64, T)> {
    let (before, _) = usage::current_process()?;
    let result = work();
    let (after, _) = usage::current_process()?;
    Ok((after - before, result))
}

/// Reports no progress.
struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}
