//! `report`: writes a static site about the documentation.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use generator::emit::File;
use graphwright_report::{Site, State};

use crate::arguments::ReportArguments;
use crate::docs::{LOCK, Lock};
use crate::output::folder_lock::FolderLock;
use crate::output::{self, interrupts, record::Record};
use crate::terminal::out;
use crate::{Outcome, generate, project};

pub(crate) fn run(arguments: &ReportArguments) -> Result<Outcome> {
    interrupts::handle()?;
    let choices = arguments.docs.choices()?;
    project::reject_output_in_docs(&arguments.out, &choices.folder)?;
    let (docs, analysis) = generate::analyze(&arguments.docs)?;
    let has_errors = generate::print_errors(&analysis, &docs);
    let label = label(&choices.folder);
    let files: Vec<File> = generate::threads(choices.jobs)?.install(|| {
        let site = Site::new(State::new(label, docs.sources, analysis));
        let files = site.render_all().into_iter().map(|file| File {
            path: file.path,
            text: file.text,
        });
        let files = files.collect();
        // Dropping the model takes time, and the process exits soon.
        std::mem::forget(site);
        files
    });
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

/// Returns the name of a state on the site: the revision of pulled documentation, or else the name of the folder.
fn label(folder: &Path) -> String {
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
