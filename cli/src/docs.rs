//! `docs pull`: the pages of one revision of the documentation, from its git repository into a folder with a lock file.

mod git;
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
use crate::output::claim::Claim;

use git::Repository;
pub(crate) use lock::{Lock, NAME as LOCK};

/// Where the documentation is published.
pub(crate) const PUBLIC: &str = "https://github.com/microsoftgraph/microsoft-graph-docs-contrib";

pub(crate) fn run(command: &DocsCommand) -> Result<Outcome> {
    let DocsAction::Pull(arguments) = &command.action;
    let lock = pull(arguments)?;
    println!("source    {}", lock.source);
    println!("commit    {} ({})", lock.commit, lock.revision);
    println!(
        "pages     {} in {}",
        lock.pages.len(),
        arguments.into.display()
    );
    Ok(Outcome::Clean)
}

/// Lists the pages of some versions in a documentation folder. A folder whose pull is incomplete is an error.
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

/// Fetches the pages. A pull that was interrupted is taken up where it ended.
pub(crate) fn pull(arguments: &PullArguments) -> Result<Lock> {
    let folder = &arguments.into;
    git::validate(&arguments.rev)?;
    let interrupted = prepare(folder)?;
    let _claim = Claim::take(folder)?;
    let mut lock = Lock::started(&arguments.source, &arguments.rev);
    // The pages that may be there already are kept, for git to change only what it must; but they count no more.
    lock.write(folder)?;
    let repository = Repository::open(folder, &arguments.source, interrupted)?;
    lock.commit = repository.fetch(&arguments.rev)?;
    repository.check_out(&lock.commit)?;
    lock.pages = lock::hashes(&graphwright_pages::read(folder, &ApiVersion::ALL)?.sources);
    lock.complete = true;
    lock.write(folder)?;
    Ok(lock)
}

/// Refuses a folder that holds anything but an earlier pull. Says whether that was interrupted.
fn prepare(folder: &Path) -> Result<bool> {
    fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    if folder.join(LOCK).is_file() {
        // Only a file of ours is replaced.
        return Ok(!Lock::read(&folder.join(LOCK))?.complete);
    }
    let mut entries =
        fs::read_dir(folder).with_context(|| format!("{}: cannot be listed", folder.display()))?;
    if entries.next().is_some() {
        bail!(
            "{}: is neither empty nor from an earlier pull; give --into another folder",
            folder.display()
        );
    }
    Ok(false)
}
