//! `report`: writes a static site about the documentation.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use generator::emit::File;
use generator::model::ApiVersion;
use graphwright_report::{Numbers, Site, State};

use crate::arguments::ReportArguments;
use crate::docs::{LOCK, Lock};
use crate::lint::Levels;
use crate::output::folder_lock::FolderLock;
use crate::output::{self, interrupts, record::Record};
use crate::terminal::out;
use crate::{Outcome, diff, generate, project};

pub(crate) fn run(arguments: &ReportArguments) -> Result<Outcome> {
    interrupts::handle()?;
    let choices = arguments.docs.choices()?;
    project::reject_output_in_docs(&arguments.out, &choices.folder)?;
    for from in arguments.from.iter().map(Path::new) {
        if from.is_dir() {
            project::reject_output_in_docs(&arguments.out, from)?;
        }
    }
    let levels = Levels::read(arguments.docs.config.as_deref())?;
    let (docs, analysis) = generate::analyze(&arguments.docs)?;
    let has_errors = generate::print_errors(&analysis, &docs);
    let label = label(&choices.folder);
    let site = generate::threads(choices.jobs)?.install(|| -> Result<Site> {
        let (older, before) = read_earlier(arguments, &choices.versions, &label, &levels)?;
        let state = State::with_rules(label, docs.sources, analysis, |code| levels.shows(code));
        Ok(match before {
            Some(before) => Site::with_history(state, before, older),
            None => Site::new(state),
        })
    })?;
    let files: Vec<File> = generate::threads(choices.jobs)?.install(|| {
        let files = site.render_all().into_iter().map(|file| File {
            path: file.path,
            text: file.text,
        });
        files.collect()
    });
    // Dropping the model takes time, and the process exits soon.
    std::mem::forget(site);
    let record = Record::of_files(&files);
    let files = output::with_record(files, &record);
    fs::create_dir_all(&arguments.out)
        .with_context(|| format!("{}: cannot be created", arguments.out.display()))?;
    let _folder_lock = FolderLock::acquire(&arguments.out)?;
    let difference = output::compare(&arguments.out, &files)?;
    output::write(&arguments.out, &files, &difference)?;
    out!(
        "report    {} files written, {} removed, {} unchanged; open {}\n",
        difference.missing.len() + difference.stale.len(),
        difference.orphans.len(),
        difference.unchanged,
        arguments.out.join("index.html").display()
    );
    Ok(if has_errors {
        Outcome::Faulty
    } else {
        Outcome::Clean
    })
}

/// Reads the earlier states, except for the last one their numbers only. Frees each state before the next one is read.
fn read_earlier(
    arguments: &ReportArguments,
    versions: &[ApiVersion],
    newest: &str,
    levels: &Levels,
) -> Result<(Vec<Numbers>, Option<State>)> {
    let mut older = Vec::new();
    let Some((last, others)) = arguments.from.split_last() else {
        return Ok((older, None));
    };
    for name in others {
        let state = diff::state::State::find(name, &arguments.source, versions)?;
        let analysis = state.analyze();
        let numbers = Numbers::new(earlier_label(name, newest), &state.docs.sources, &analysis);
        older.push(numbers);
    }
    let state = diff::state::State::find(last, &arguments.source, versions)?;
    let analysis = state.analyze();
    let label = earlier_label(last, newest);
    let before = State::with_rules(label, state.docs.sources, analysis, |code| {
        levels.shows(code)
    });
    Ok((older, Some(before)))
}

/// Returns the name of an earlier state on the site; the argument itself if it is no folder or if the names of both states were equal.
fn earlier_label(argument: &str, newest: &str) -> String {
    let path = Path::new(argument);
    let folder = match path.is_file() && path.file_name().is_some_and(|name| name == LOCK) {
        true => path.parent().unwrap_or(path),
        false => path,
    };
    let label = match folder.is_dir() {
        true => label(folder),
        false => argument.to_owned(),
    };
    match label == newest {
        true => argument.to_owned(),
        false => label,
    }
}

/// Returns the name of a state on the site: the revision of pulled documentation, or else the name of the folder.
pub(crate) fn label(folder: &Path) -> String {
    if let Ok(lock) = Lock::read(&folder.join(LOCK)) {
        let commit: String = lock.commit.chars().take(10).collect();
        return match lock.revision == lock.commit {
            true => commit,
            false => format!("{} ({commit})", lock.revision),
        };
    }
    let folder = project::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = folder.file_name();
    name.map_or_else(
        || "documentation".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}
