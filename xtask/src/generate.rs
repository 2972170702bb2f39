//! `gen`: pages in, a crate out.

mod changed;
mod session;
mod settled;
mod watch;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use generator::emit::{Anew, File, Rendered};
use generator::report::Level;
use generator::source::Sources;
use generator::vicinity::Surroundings;
use generator::wording;
use generator::{Generated, Memory, Selection, Settings, Understood};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::Outcome;
use crate::arguments::{DocsArguments, GenArguments};
use crate::choices::{self, Choices};
use crate::output::cache::Cache;
use crate::output::claim::Claim;
use crate::output::log::Log;
use crate::output::quotes::Quotes;
use crate::output::record::{self, Record};
use crate::output::surroundings;
use crate::output::{self, Difference};
use crate::pages::{self, Docs, Index};
use crate::progress::Counter;
use crate::{diff, project, rendering, summary};
use session::Session;
use settled::{Note, Recalled, Said};

/// How many problems are shown in full before the rest is only counted.
const SHOWN_PROBLEMS: usize = 20;

pub(crate) fn run(arguments: &GenArguments) -> Result<Outcome> {
    if arguments.watch {
        let choices = choices::choices(arguments)?;
        let mut session = Session::new();
        watch::watch(&choices.docs.docs, || run_again(arguments, &mut session))
    } else {
        run_once(arguments)
    }
}

/// Generates once, unless it is known that there is nothing to do.
fn run_once(arguments: &GenArguments) -> Result<Outcome> {
    let started = Instant::now();
    let choices = choices::choices(arguments)?;
    // Another run may still be at work there. From now on none changes what this one finds.
    let claim = choices.out.is_dir().then(|| Claim::take(&choices.out));
    let claim = claim.transpose()?;
    let note = Note::new(&choices).filter(|_| !arguments.cold && arguments.since.is_none());
    let (index, memory) = (&mut Index::default(), &mut Memory::default());
    let recalled = note.as_ref();
    let recalled = recalled.and_then(|note| note.recall(&choices, index));
    if let Some(Recalled::Nothing(said)) = &recalled {
        let difference = Difference {
            unchanged: said.files,
            ..Difference::default()
        };
        repeat(said, &difference, arguments, started);
        return Ok(Outcome::Clean);
    }
    if let Some(note) = &note {
        note.drop();
    }
    let mut log = (!arguments.cold).then(|| Log::open(&choices.out, memory));
    if let (Some(note), Some(log), Some(Recalled::Pages(said, stamps)), false) =
        (&note, &mut log, &recalled, arguments.check)
        && let Some((difference, said)) =
            changed::settle(&choices, (said, stamps), index, (memory, log))?
    {
        repeat(&said, &difference, arguments, started);
        let has_written = !difference.is_empty();
        note.keep(index.looked(), &choices.out, &said, has_written);
        return Ok(Outcome::Clean);
    }
    let mut cache = (!arguments.cold).then(|| Cache::open(&choices.out));
    if let (Some(cache), Some(Recalled::Pages(..))) = (&mut cache, &recalled) {
        cache.trust_folder();
    }
    let rendered: &dyn Rendered = match &cache {
        Some(cache) => cache,
        None => &Anew,
    };
    let is_known = |file: &File| {
        let cache = cache.as_ref();
        cache.is_some_and(|cache| cache.is_in_place(&file.path))
    };
    let parts = (rendered, &mut *index, &mut *memory);
    let done = work(arguments, &choices, parts, &is_known, claim)?;
    if done.outcome == Outcome::Clean {
        if log.is_some() && !arguments.check {
            let quoted = wording::quoted(&done.generated.library);
            Quotes::of(&choices.out, &quoted, &done.sources).keep(&done.record);
            let around = Surroundings::of(&done.generated, &done.sources);
            surroundings::keep(&choices.out, &around, &done.record);
        }
        if let Some(note) = &note {
            note.keep(index.stamps(), &choices.out, &done.said, done.has_written);
        }
        if let Some((cache, mut log)) = cache.zip(log).filter(|_| !arguments.check) {
            cache.close();
            log.add(&memory.news(&done.generated));
        }
    }
    // The process ends, and the system takes all of this back at once.
    std::mem::forget(done.generated);
    Ok(done.outcome)
}

/// Says again what the last run said.
fn repeat(said: &Said, difference: &Difference, arguments: &GenArguments, started: Instant) {
    eprint!("{}", said.problems);
    let elapsed = started.elapsed();
    let ending = summary::ending(&said.counts, difference, !arguments.check, elapsed);
    print!("{}{ending}", said.summary);
}

/// Generates in a process that will do so again.
fn run_again(arguments: &GenArguments, session: &mut Session) -> Result<Outcome> {
    let choices = choices::choices(arguments)?;
    if arguments.cold {
        *session = Session::new();
    }
    session.begin(&choices.out, !arguments.cold);
    let Session {
        index,
        memory,
        shelf,
        ..
    } = session;
    let rendered: &dyn Rendered = if arguments.cold { &Anew } else { shelf };
    let is_known = |file: &File| shelf.has(&choices.out, file);
    let parts = (rendered, index, memory);
    let done = work(arguments, &choices, parts, &is_known, None)?;
    session.keep(done.generated, &choices.out);
    Ok(done.outcome)
}

/// What a run did.
struct Done {
    sources: Sources,
    record: File,
    generated: Generated,
    outcome: Outcome,
    said: Said,
    has_written: bool,
}

/// Generates, and writes what is not known to be there.
fn work(
    arguments: &GenArguments,
    choices: &Choices,
    (rendered, index, memory): (&dyn Rendered, &mut Index, &mut Memory),
    is_known: &dyn Fn(&File) -> bool,
    claimed: Option<Claim>,
) -> Result<Done> {
    let started = Instant::now();
    let include = globs(&choices.include, "--include")?;
    let exclude = globs(&choices.exclude, "--exclude")?;
    let included = |name: &str| include.is_match(name);
    let excluded = |name: &str| exclude.is_match(name);
    let settings = Settings {
        selection: Selection {
            include: (!choices.include.is_empty()).then_some(&included),
            exclude: (!choices.exclude.is_empty()).then_some(&excluded),
        },
        manifest: project::manifest_settings(&choices.out)?,
    };
    let (docs, mut generated) = on_threads(&choices.docs, index, |docs, counter| {
        generator::generate_with(&docs.sources, &settings, counter, rendered, memory)
    })?;
    let record = Record::of(&docs.sources);
    let record_file = record.file();
    generated.files.push(record_file.clone());
    let _claim = match claimed {
        Some(claim) => Some(claim),
        None => claim(&choices.out, arguments.check)?,
    };
    let unfinished = output::is_unfinished(&choices.out);
    let difference = output::compare_unknown(&choices.out, &generated.files, is_known)?;
    let problems = shown_problems(&generated, &docs);
    eprint!("{problems}");
    let faulty = generated.understood.report.count(Level::Error) > 0;
    let outcome = if arguments.check {
        show_difference(choices, &difference, &generated, &record);
        if unfinished {
            eprintln!(
                "error: {}: a run broke off while it wrote there; run `cargo xtask gen`",
                choices.out.display()
            );
        }
        if difference.is_empty() && !faulty && !unfinished {
            Outcome::Clean
        } else {
            Outcome::Faulty
        }
    } else if faulty {
        eprintln!("error: nothing was written, because of the errors above");
        Outcome::Faulty
    } else {
        if unfinished {
            eprintln!(
                "{}: a run broke off while it wrote there; what it left is repaired",
                choices.out.display()
            );
        }
        output::write(&choices.out, &generated.files, &difference)?;
        if let (Some(since), Some(file)) = (&arguments.since, &arguments.changelog) {
            let (api, selection) = (choices.docs.api, settings.selection);
            let changes = diff::since(since, api, &docs.sources, &generated, selection)?;
            diff::changelog::write(file, &changes)?;
        }
        Outcome::Clean
    };
    let written = !arguments.check && !faulty;
    let said = Said {
        problems,
        summary: summary::text(&generated),
        counts: summary::counts(&generated.understood.report),
        files: generated.files.len(),
    };
    let ending = summary::ending(&said.counts, &difference, written, started.elapsed());
    print!("{}{ending}", said.summary);
    Ok(Done {
        sources: docs.sources,
        record: record_file,
        generated,
        outcome,
        said,
        has_written: written && !difference.is_empty(),
    })
}

/// Reads the pages and runs the generator over them, on as many threads as asked for.
pub(crate) fn generate(
    arguments: &DocsArguments,
    settings: &Settings<'_>,
) -> Result<(Docs, Generated)> {
    on_threads(arguments, &mut Index::default(), |docs, counter| {
        generator::generate(&docs.sources, settings, counter)
    })
}

/// Reads the pages and builds the model of what they say, on as many threads as asked for.
pub(crate) fn understand(arguments: &DocsArguments) -> Result<(Docs, Understood)> {
    on_threads(arguments, &mut Index::default(), |docs, counter| {
        generator::understand(&docs.sources, counter)
    })
}

fn on_threads<T: Send>(
    arguments: &DocsArguments,
    index: &mut Index,
    work: impl FnOnce(&Docs, &Counter) -> T + Send,
) -> Result<(Docs, T)> {
    threads(arguments.jobs)?.install(|| {
        let docs = pages::read_changed(&arguments.docs, &arguments.api.versions(), index)?;
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

/// As many threads as asked for.
pub(crate) fn threads(jobs: usize) -> Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .build()
        .context("threads cannot be started; try --jobs 1")
}

pub(crate) fn globs(patterns: &[String], option: &str) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        set.add(glob.with_context(|| format!("{option} {pattern}: is no glob"))?);
    }
    set.build()
        .with_context(|| format!("{option}: the globs are too large"))
}

fn shown_problems(generated: &Generated, docs: &Docs) -> String {
    let mut shown = String::new();
    let problems = generated.understood.report.problems();
    // Errors first: they are what stops the run.
    let (errors, others): (Vec<_>, Vec<_>) = problems
        .iter()
        .partition(|problem| problem.code.level() == Level::Error);
    let worth_showing = others
        .iter()
        .filter(|problem| problem.code.level() == Level::Warning);
    for problem in errors.iter().chain(worth_showing).take(SHOWN_PROBLEMS) {
        shown.push_str(&rendering::text(problem, docs));
        shown.push_str("\n\n");
    }
    let rest = (problems.len() - generated.understood.report.count(Level::Note))
        .saturating_sub(SHOWN_PROBLEMS);
    if rest > 0 {
        let more = format!("… and {rest} more; `cargo xtask problems` lists them all\n\n");
        shown.push_str(&more);
    }
    shown
}

/// A line for each file that is not as it should be, with the page that made it so.
fn show_difference(
    choices: &Choices,
    difference: &Difference,
    generated: &Generated,
    record: &Record,
) {
    let earlier = Record::read(&choices.out);
    // Without a record nobody knows what changed.
    let changed = if earlier.is_empty() {
        BTreeSet::new()
    } else {
        record.changed_since(&earlier)
    };
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
            eprintln!(
                "error: {kind}: {}, {reason}; run `cargo xtask gen`",
                place.display()
            );
        }
    }
}

/// Keeps other runs out of the output folder. One that is only looked at need not be there.
fn claim(folder: &Path, only_looks: bool) -> Result<Option<Claim>> {
    if !folder.is_dir() {
        if only_looks {
            return Ok(None);
        }
        fs::create_dir_all(folder)
            .with_context(|| format!("{}: cannot be made", folder.display()))?;
    }
    Claim::take(folder).map(Some)
}
