//! `gen`: generates a crate from pages.

mod up_to_date;
mod watch;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Instant, SystemTime};

use anyhow::{Context, Result};
use generator::report::Level;
use generator::{Analysis, Generated, Selection, Settings};
use graphwright_pages::{Docs, Listing};

use crate::Outcome;
use crate::arguments::{DocsArguments, GenArguments};
use crate::config::{self, Choices, DocsChoices};
use crate::docs;
use crate::output::folder_lock::FolderLock;
use crate::output::interrupts;
use crate::output::record::{self, Record};
use crate::output::{self, Difference};
use crate::progress::Counter;
use crate::project::Installation;
use crate::terminal::{self, err, out};
use crate::{diff, patterns, project, rendering, summary};
use up_to_date::{LastRun, RunSummary};

/// The number of problems printed in full; the others are only counted.
const SHOWN_PROBLEMS: usize = 3;

pub(crate) fn run(arguments: &GenArguments, installation: &Installation) -> Result<Outcome> {
    interrupts::handle()?;
    if arguments.watch {
        let choices = config::choices(arguments)?;
        return watch::watch(&choices.docs.folder, || {
            run_once(arguments, installation).map(|(outcome, _)| outcome)
        });
    }
    let (outcome, generated) = run_once(arguments, installation)?;
    // Dropping the model takes time, and the process exits anyway.
    std::mem::forget(generated);
    Ok(outcome)
}

/// Generates once, unless the output is up to date.
fn run_once(
    arguments: &GenArguments,
    installation: &Installation,
) -> Result<(Outcome, Option<Generated>)> {
    let started = Instant::now();
    let choices = config::choices(arguments)?;
    project::reject_output_in_docs(&choices.out, &choices.docs.folder)?;
    // Another run may be writing to the folder.
    let folder_lock = choices
        .out
        .is_dir()
        .then(|| FolderLock::acquire(&choices.out));
    let folder_lock = folder_lock.transpose()?;
    let pages = docs::list(&choices.docs.folder, &choices.docs.versions)?;
    let last_run = LastRun::new(&choices, installation)
        .filter(|_| !arguments.cold && arguments.since.is_none());
    if let Some(last_run) = &last_run {
        if let Some(summary) = last_run.up_to_date(&pages, &choices.out) {
            repeat(&summary, arguments, started);
            return Ok((Outcome::Clean, None));
        }
        last_run.discard();
    }
    let digest = pages.digest(SystemTime::now());
    let result = generate_and_write(
        arguments,
        &choices,
        installation,
        pages,
        folder_lock,
        started,
    )?;
    if let Some(last_run) = last_run
        && result.outcome == Outcome::Clean
    {
        last_run.save(digest, &choices.out, &result.summary, result.has_written);
    }
    Ok((result.outcome, Some(result.generated)))
}

/// Prints the summary of the last run.
fn repeat(summary: &RunSummary, arguments: &GenArguments, started: Instant) {
    terminal::print_error_styled(&summary.problems);
    let unchanged = Difference {
        unchanged: summary.files,
        ..Difference::default()
    };
    let elapsed = started.elapsed();
    let result_lines =
        summary::result_lines(&summary.counts, &unchanged, !arguments.check, elapsed);
    out!("{}{result_lines}", summary.text);
}

/// The result of a run that generated.
struct GenerationResult {
    generated: Generated,
    outcome: Outcome,
    summary: RunSummary,
    has_written: bool,
}

/// Generates and writes the files that differ.
fn generate_and_write(
    arguments: &GenArguments,
    choices: &Choices,
    installation: &Installation,
    pages: Listing,
    folder_lock: Option<FolderLock>,
    started: Instant,
) -> Result<GenerationResult> {
    let include = patterns::globs(&choices.include, "--include")?;
    let exclude = patterns::globs(&choices.exclude, "--exclude")?;
    let included = |name: &str| include.is_match(name);
    let excluded = |name: &str| exclude.is_match(name);
    let settings = Settings {
        selection: Selection {
            include: (!choices.include.is_empty()).then_some(&included),
            exclude: (!choices.exclude.is_empty()).then_some(&excluded),
        },
        corrections: &choices.docs.read_corrections()?,
        manifest: installation.manifest_settings_of(choices)?,
    };
    let (docs, mut generated) = on_threads(choices.docs.jobs, pages, |docs, counter| {
        generator::generate(&docs.sources, &settings, counter)
    })?;
    for (option, patterns) in [
        ("--include", &choices.include),
        ("--exclude", &choices.exclude),
    ] {
        patterns::require_matches(
            option,
            patterns,
            &generated.analysis.model.apis,
            &docs.sources,
        )?;
    }
    let record = Record::new(&docs.sources, &generated.files);
    generated.files = output::with_record(generated.files, &record);
    let _folder_lock = match folder_lock {
        Some(folder_lock) => Some(folder_lock),
        None => lock_output(&choices.out, arguments.check)?,
    };
    let unfinished = output::is_unfinished(&choices.out);
    let difference = output::compare(&choices.out, &generated.files)?;
    let problems = shown_problems(&generated, &docs);
    terminal::print_error_styled(&problems);
    let faulty = generated.analysis.report.count(Level::Error) > 0;
    let outcome = if arguments.check {
        show_difference(choices, &difference, &generated, &record);
        if unfinished {
            err!(
                "error: {}: a run was interrupted while it wrote to this folder; run `gen` again\n",
                choices.out.display()
            );
        }
        if difference.is_empty() && !faulty && !unfinished {
            Outcome::Clean
        } else {
            Outcome::Faulty
        }
    } else if faulty {
        err!("error: no files were written because of the errors above\n");
        Outcome::Faulty
    } else {
        if unfinished {
            err!(
                "{}: a run was interrupted while it wrote to this folder; the files are repaired\n",
                choices.out.display()
            );
        }
        output::write(&choices.out, &generated.files, &difference)?;
        if let (Some(since), Some(file)) = (&arguments.since, &arguments.changelog) {
            let versions = &choices.docs.versions;
            let changes = diff::since(
                since,
                versions,
                &docs.sources,
                &generated,
                settings.selection,
            )?;
            diff::changelog::write(file, &changes)?;
        }
        Outcome::Clean
    };
    let written = !arguments.check && !faulty;
    let summary = RunSummary {
        problems,
        text: summary::model_lines(&generated),
        counts: summary::counts(&generated.analysis.report),
        files: generated.files.len(),
    };
    let result_lines =
        summary::result_lines(&summary.counts, &difference, written, started.elapsed());
    out!("{}{result_lines}", summary.text);
    Ok(GenerationResult {
        generated,
        outcome,
        summary,
        has_written: written && !difference.is_empty(),
    })
}

/// Reads the pages and generates the library, on `jobs` threads.
///
/// # Errors
/// The pages cannot be read, or the threads cannot be started.
pub fn generate(choices: &DocsChoices, settings: &Settings<'_>) -> Result<(Docs, Generated)> {
    let pages = docs::list(&choices.folder, &choices.versions)?;
    on_threads(choices.jobs, pages, |docs, counter| {
        generator::generate(&docs.sources, settings, counter)
    })
}

/// Reads the pages and builds the model, on `jobs` threads.
///
/// # Errors
/// The pages cannot be read, or the threads cannot be started.
pub fn analyze(arguments: &DocsArguments) -> Result<(Docs, Analysis)> {
    let choices = arguments.choices()?;
    let corrections = choices.read_corrections()?;
    let pages = docs::list(&choices.folder, &choices.versions)?;
    on_threads(choices.jobs, pages, |docs, counter| {
        generator::analyze(&docs.sources, &corrections, counter)
    })
}

/// Prints the problems of level error to standard error. Returns whether there are any.
pub(crate) fn print_errors(analysis: &Analysis, docs: &Docs) -> bool {
    let problems = analysis.report.problems().iter();
    let mut errors = problems
        .filter(|problem| problem.code.level() == Level::Error)
        .peekable();
    let has_errors = errors.peek().is_some();
    for error in errors {
        terminal::print_error_styled(&format!("{}\n\n", rendering::to_text(error, docs)));
    }
    has_errors
}

pub(crate) fn on_threads<T: Send>(
    jobs: usize,
    pages: Listing,
    work: impl FnOnce(&Docs, &Counter) -> T + Send,
) -> Result<(Docs, T)> {
    threads(jobs)?.install(|| {
        let docs = pages.read()?;
        let counter = Counter::new(
            docs.sources
                .iter()
                .filter(|(_, source)| source.is_page())
                .count(),
        );
        let result = work(&docs, &counter);
        counter.clear();
        Ok((docs, result))
    })
}

/// Creates a pool of `jobs` threads; 0 uses one per processor.
pub(crate) fn threads(jobs: usize) -> Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .build()
        .context("cannot start threads; try --jobs 1")
}

fn shown_problems(generated: &Generated, docs: &Docs) -> String {
    let mut shown = String::new();
    let problems = generated.analysis.report.problems();
    // Errors are printed first, as they stop the run.
    let (errors, others): (Vec<_>, Vec<_>) = problems
        .iter()
        .partition(|problem| problem.code.level() == Level::Error);
    let warnings = others
        .iter()
        .filter(|problem| problem.code.level() == Level::Warning);
    for problem in errors.iter().chain(warnings).take(SHOWN_PROBLEMS) {
        shown.push_str(&rendering::to_text(problem, docs));
        shown.push_str("\n\n");
    }
    let rest = (problems.len() - generated.analysis.report.count(Level::Note))
        .saturating_sub(SHOWN_PROBLEMS);
    if rest > 0 {
        let more = format!("{rest} more warnings; `graphwright problems` lists all\n\n");
        shown.push_str(&more);
    }
    shown
}

/// Prints a line for each file that is out of date, with the pages that changed.
fn show_difference(
    choices: &Choices,
    difference: &Difference,
    generated: &Generated,
    record: &Record,
) {
    let earlier = Record::read(&choices.out).ok().flatten();
    // Without an earlier record, the changed pages are unknown.
    let changed = earlier.map_or_else(BTreeSet::new, |earlier| record.changed_since(&earlier));
    let kinds = [
        ("stale", &difference.stale),
        ("missing", &difference.missing),
        ("orphan", &difference.orphans),
    ];
    for (kind, paths) in kinds {
        for path in paths {
            let place = choices.out.join(path);
            let before = fs::read_to_string(&place).unwrap_or_default();
            let file = generated.files.iter().find(|file| file.path == *path);
            let after = file.map_or("", |file| file.text.as_str());
            let reason = record::reason(&changed, &before, after);
            err!(
                "error: {kind}: {}, {reason}; run `gen` to update it\n",
                place.display()
            );
        }
    }
}

/// Locks the output folder, and creates it if it does not exist. A check does not create the folder.
fn lock_output(folder: &Path, is_check: bool) -> Result<Option<FolderLock>> {
    if !folder.is_dir() {
        if is_check {
            return Ok(None);
        }
        fs::create_dir_all(folder)
            .with_context(|| format!("{}: cannot be created", folder.display()))?;
    }
    FolderLock::acquire(folder).map(Some)
}
