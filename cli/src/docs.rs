//! `docs pull`: fetches the pages of one revision from the documentation's git repository and writes a lock file.

mod credentials;
pub(crate) mod git;
mod lock;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use generator::model::ApiVersion;
use graphwright_pages::Listing;

use crate::Outcome;
use crate::arguments::{DocsAction, DocsCommand, PullArguments};
use crate::output::folder_lock::FolderLock;
use crate::terminal::out;

use credentials::Source;
use git::Repository;
pub(crate) use lock::{Lock, NAME as LOCK};

/// The public repository of the documentation.
pub(crate) const PUBLIC: &str = "https://github.com/microsoftgraph/microsoft-graph-docs-contrib";

pub(crate) fn run(command: &DocsCommand) -> Result<Outcome> {
    let DocsAction::Pull(arguments) = &command.action;
    let lock = pull(arguments)?;
    out!("source    {}\n", lock.source);
    out!("commit    {} ({})\n", lock.commit, lock.revision);
    out!(
        "pages     {} in {}\n",
        lock.pages.len(),
        arguments.into.display()
    );
    Ok(Outcome::Clean)
}

/// Lists the pages of the given API versions in a documentation folder. An incomplete pull is an error.
pub(crate) fn list(folder: &Path, versions: &[ApiVersion]) -> Result<Listing> {
    let lock = folder.join(LOCK);
    if lock.is_file() && !Lock::read(&lock)?.complete {
        bail!(
            "{}: the last pull is incomplete; run `docs pull` again",
            folder.display()
        );
    }
    Ok(graphwright_pages::list(folder, versions)?)
}

/// Fetches the pages; resumes a pull that was interrupted.
pub(crate) fn pull(arguments: &PullArguments) -> Result<Lock> {
    let folder = &arguments.into;
    git::validate(&arguments.rev)?;
    let interrupted = prepare(folder)?;
    let _folder_lock = FolderLock::acquire(folder)?;
    let source = Source::new(&arguments.source);
    let mut lock = Lock::new(&source.address, &arguments.rev);
    // Existing pages stay, so that git replaces only those that differ, but the lock marks them as incomplete.
    lock.write(folder)?;
    let repository = Repository::open(folder, source, interrupted)?;
    lock.commit = repository.fetch(&arguments.rev)?;
    repository.check_out(&lock.commit)?;
    lock.pages = lock::hashes(&graphwright_pages::read(folder, &ApiVersion::ALL)?.sources);
    lock.complete = true;
    lock.write(folder)?;
    Ok(lock)
}

/// Creates the folder, and rejects one with other contents than an earlier pull. Returns whether that was interrupted.
fn prepare(folder: &Path) -> Result<bool> {
    fs::create_dir_all(folder)
        .with_context(|| format!("{}: cannot be created", folder.display()))?;
    if folder.join(LOCK).is_file() {
        // Fails if another program wrote the file.
        return Ok(!Lock::read(&folder.join(LOCK))?.complete);
    }
    let mut entries =
        fs::read_dir(folder).with_context(|| format!("{}: cannot be listed", folder.display()))?;
    if entries.next().is_some() {
        bail!(
            "{}: neither empty nor the result of an earlier pull; set --into to another folder",
            folder.display()
        );
    }
    Ok(false)
}
