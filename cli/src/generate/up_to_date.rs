//! The state file of the last successful run: a digest of its arguments and of the stamps of all files that it read and wrote,
//! and its output. While the digest is the same, another run would write nothing and print the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use generator::report::Code;

use crate::config::Choices;
use crate::project::Installation;
use crate::summary::Counts;
use crate::{output, project};
use graphwright_pages::Listing;
use graphwright_pages::stamp::{self, Stamp, TICK};

/// The format of the state file and the program that wrote it.
const HEAD: &str = concat!("graphwright note 4 ", env!("PROGRAM"), "\n");

/// The state file of an output folder.
#[derive(Debug)]
pub(super) struct LastRun {
    file: PathBuf,
    /// Everything that determines the output, except the contents of files.
    arguments: String,
}

/// The output of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RunSummary {
    /// The problems printed in full.
    pub(super) problems: String,
    /// The counts of pages and of items of the model.
    pub(super) text: String,
    /// The number of problems by code.
    pub(super) counts: Counts,
    /// The number of generated files.
    pub(super) files: usize,
}

impl LastRun {
    /// Returns the state file for the arguments, or `None` if the dependencies of the output cannot be determined.
    pub(super) fn new(choices: &Choices, installation: &Installation) -> Option<Self> {
        let here = std::env::current_dir().ok()?;
        let manifest = installation.manifest_settings_of(choices).ok()?;
        // Corrections are short; their stamps would need the same care as those of pages.
        let corrections = choices.docs.corrections.iter().map(fs::read_to_string);
        let corrections = corrections.collect::<Result<Vec<String>, _>>().ok()?;
        Some(Self {
            file: state_path(&choices.out)?,
            arguments: format!("{here:?} {choices:?} {manifest:?} {corrections:?}"),
        })
    }

    /// Returns the summary of the last run if another run with these pages would write nothing.
    pub(super) fn up_to_date(&self, pages: &Listing, out: &Path) -> Option<RunSummary> {
        let text = fs::read_to_string(&self.file).ok()?;
        let (body, checksum) = text.split_at_checked(text.len().checked_sub(64)?)?;
        if checksum != hash(body) {
            return None;
        }
        let (states, summary) = body.strip_prefix(HEAD)?.split_once('\n')?;
        let (read, written) = states.split_once(' ')?;
        let now = SystemTime::now();
        let is_current = read == pages.digest(now)? && written == self.digest(out, now)?;
        RunSummary::parse(summary).filter(|_| is_current)
    }

    /// Saves the summary of a successful run, unless a file changed too recently for its stamp to be reliable.
    pub(super) fn save(
        &self,
        pages: Option<String>,
        out: &Path,
        summary: &RunSummary,
        has_written: bool,
    ) {
        if has_written {
            // A concurrent change to a file could get the same time as the write of this run.
            std::thread::sleep(TICK * 2);
        }
        let written = self.digest(out, SystemTime::now());
        match pages.zip(written) {
            Some((read, written)) => {
                let body = format!("{HEAD}{read} {written}\n{}", summary.to_text());
                let checksum = hash(&body);
                // Without a state file the next run only takes longer.
                let _ = output::write_file(&self.file, body + &checksum);
            }
            None => self.discard(),
        }
    }

    /// Removes the state file.
    pub(super) fn discard(&self) {
        let _ = fs::remove_file(&self.file);
    }

    /// Returns a digest of the arguments and of the stamps of all files in the output folder.
    fn digest(&self, out: &Path, now: SystemTime) -> Option<String> {
        let stamps = output_stamps(out, now)?;
        Some(hash(&format!("{}\n{stamps}", self.arguments)))
    }
}

impl RunSummary {
    fn to_text(&self) -> String {
        let Self {
            problems,
            text,
            counts,
            files,
        } = self;
        let counts: String = counts
            .iter()
            .map(|(code, count)| format!(" {}={count}", code.id()))
            .collect();
        let lengths = format!("{files} {} {}", problems.len(), text.len());
        format!("{lengths}{counts}\n{problems}{text}")
    }

    fn parse(text: &str) -> Option<Self> {
        let (numbers, rest) = text.split_once('\n')?;
        let mut words = numbers.split(' ');
        let mut numbers = words.by_ref().take(3).map(str::parse::<usize>);
        let files = numbers.next()?.ok()?;
        let (problems, text) = rest.split_at_checked(numbers.next()?.ok()?)?;
        let is_complete = numbers.next()?.ok()? == text.len();
        let counts = words.map(|word| {
            let (id, count) = word.split_once('=')?;
            let code = Code::ALL.iter().find(|code| code.id() == id)?;
            Some((*code, count.parse().ok()?))
        });
        let counts = counts.collect::<Option<_>>()?;
        is_complete.then(|| Self {
            problems: problems.to_owned(),
            text: text.to_owned(),
            counts,
            files,
        })
    }
}

/// Returns the path of the state file of an output folder.
fn state_path(folder: &Path) -> Option<PathBuf> {
    let name = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = blake3::hash(name.to_string_lossy().as_bytes()).to_hex();
    let file = format!("{}.state", &name[..16]);
    Some(project::cache_folder()?.join("gen").join(file))
}

/// Returns a digest of the stamps of the files in an output folder that `gen` compares, or `None` if a run was interrupted or a
/// file changed too recently for its stamp to be reliable.
fn output_stamps(out: &Path, now: SystemTime) -> Option<String> {
    if output::is_unfinished(out) {
        return None;
    }
    let mut files = Vec::new();
    let mut folders = vec![(out.to_owned(), true)];
    while let Some((folder, is_top)) = folders.pop() {
        for entry in fs::read_dir(&folder).ok()? {
            let entry = entry.ok()?;
            let name = entry.file_name();
            let is_folder = entry.file_type().ok()?.is_dir();
            let is_compared = if is_folder {
                !is_top || name == "src" || name == "tests"
            } else {
                name != "Cargo.lock"
            };
            match (is_compared, is_folder) {
                (true, true) => folders.push((entry.path(), false)),
                (true, false) => {
                    let stamp = Stamp::new(&fs::metadata(entry.path()).ok()?);
                    files.push((entry.path(), stamp));
                }
                (false, _) => {}
            }
        }
    }
    let files = files.iter().map(|(path, stamp)| (path.as_os_str(), *stamp));
    stamp::digest(files.collect(), now)
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn summary_round_trips() {
        let summary = RunSummary {
            problems: "warning: a\n\n".to_owned(),
            text: "pages 7\n".to_owned(),
            counts: BTreeMap::from([(Code::UnclosedFence, 2), (Code::UnclosedComment, 1)]),
            files: 3,
        };
        assert_eq!(RunSummary::parse(&summary.to_text()), Some(summary.clone()));
        assert_eq!(RunSummary::parse(&summary.to_text().replace('7', "")), None);
    }
}
