//! The note of a run that left nothing to do: what it was asked for, the stamps of all that it read and of all that it leaves,
//! and what it said. As long as all of that is the same, another run would do nothing and say the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use generator::report::Code;

use crate::choices::Choices;
use crate::output::cache;
use crate::pages::Index;
use crate::stamp::{Stamp, Stamps, TICK};
use crate::summary::Counts;
use crate::{output, project};

/// Says which form the note has, and which program wrote it.
const HEAD: &str = concat!("graphwright note 3 ", env!("PROGRAM"), "\n");

/// Where the note of an output folder is, and what it has to say to hold.
#[derive(Debug)]
pub(super) struct Note {
    file: PathBuf,
    /// What is asked for.
    question: String,
}

/// What a run said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// About problems.
    pub(super) problems: String,
    /// At its end, before it tells of files.
    pub(super) summary: String,
    /// Of problems by their codes.
    pub(super) counts: Counts,
    /// How many files there are.
    pub(super) files: usize,
}

impl Note {
    /// The note for what is asked for; none where it is not known how the output finds its dependencies.
    pub(super) fn new(choices: &Choices) -> Option<Self> {
        let here = std::env::current_dir().ok()?;
        let manifest = project::manifest_settings(&choices.out).ok()?;
        Some(Self {
            file: cache::place(&choices.out).with_extension("note"),
            question: format!("{here:?} {choices:?} {manifest:?}"),
        })
    }

    /// What is known of another run.
    pub(super) fn recall(&self, choices: &Choices, index: &mut Index) -> Option<Recalled> {
        let text = fs::read_to_string(&self.file).ok()?;
        let (body, seal) = text.split_at_checked(text.len().checked_sub(64)?)?;
        if seal != hash(body) {
            return None;
        }
        let (states, said) = body.strip_prefix(HEAD)?.split_once('\n')?;
        let (read, left) = states.split_once(' ')?;
        let now = SystemTime::now();
        if left != self.left(&choices.out, now)? {
            return None;
        }
        let said = Said::parse(said)?;
        let docs = &choices.docs;
        let stamps = index.look(&docs.docs, &docs.api.versions(), now);
        if stamps.is_some_and(|stamps| read == stamps.word()) {
            return Some(Recalled::Nothing(said));
        }
        let stamps = fs::read(self.stamps_file()).ok();
        let stamps = stamps.and_then(|bytes| Stamps::of_bytes(bytes, read));
        Some(Recalled::Pages(said, stamps.unwrap_or_default()))
    }

    /// Writes down what a run said that left everything as it should be, unless something was touched just now.
    pub(super) fn keep(&self, read: Option<Stamps>, out: &Path, said: &Said, has_written: bool) {
        if has_written {
            // What was written just now is not to be taken for what someone else writes at this moment.
            std::thread::sleep(TICK * 2);
        }
        let left = self.left(out, SystemTime::now());
        match read.zip(left) {
            Some((read, left)) => {
                let body = format!("{HEAD}{} {left}\n{}", read.word(), said.text());
                let seal = hash(&body);
                // A note that cannot be written saves no time and does no harm.
                let _ = output::write_file(&self.stamps_file(), read.bytes());
                let _ = output::write_file(&self.file, &(body + &seal));
            }
            None => self.drop(),
        }
    }

    /// There is something to do.
    pub(super) fn drop(&self) {
        let _ = fs::remove_file(&self.file);
    }

    /// Where the stamps are that the note has a word for.
    fn stamps_file(&self) -> PathBuf {
        self.file.with_extension("stamps")
    }

    /// What is asked for, and the stamps of all that the last run left.
    fn left(&self, out: &Path, now: SystemTime) -> Option<String> {
        let left = left(out, now)?;
        Some(hash(&format!("{}\n{left}", self.question)))
    }
}

/// What is known of a run that is to come.
#[derive(Debug)]
pub(super) enum Recalled {
    /// There is nothing to do, and this is to be said.
    Nothing(Said),
    /// The pages may have changed, and nothing else. This was said of them as they were, and this their stamps were.
    Pages(Said, Stamps),
}

impl Said {
    /// Counts problems that came and went; tells whether there were as many as went.
    pub(super) fn count(&mut self, changes: &BTreeMap<Code, isize>) -> bool {
        changes.iter().all(|(code, change)| {
            let known = self.counts.remove(code).unwrap_or_default();
            let now = known.checked_add_signed(*change);
            self.counts
                .extend(now.filter(|now| *now > 0).map(|now| (*code, now)));
            now.is_some()
        })
    }

    fn text(&self) -> String {
        let Self {
            problems,
            summary,
            counts,
            files,
        } = self;
        let counts: String = counts
            .iter()
            .map(|(code, count)| format!(" {}={count}", code.id()))
            .collect();
        let lengths = format!("{files} {} {}", problems.len(), summary.len());
        format!("{lengths}{counts}\n{problems}{summary}")
    }

    fn parse(text: &str) -> Option<Self> {
        let (numbers, rest) = text.split_once('\n')?;
        let mut words = numbers.split(' ');
        let mut numbers = words.by_ref().take(3).map(str::parse::<usize>);
        let files = numbers.next()?.ok()?;
        let (problems, summary) = rest.split_at_checked(numbers.next()?.ok()?)?;
        let is_whole = numbers.next()?.ok()? == summary.len();
        let counts = words.map(|word| {
            let (id, count) = word.split_once('=')?;
            let code = Code::ALL.iter().find(|code| code.id() == id)?;
            Some((*code, count.parse().ok()?))
        });
        let counts = counts.collect::<Option<_>>()?;
        is_whole.then(|| Self {
            problems: problems.to_owned(),
            summary: summary.to_owned(),
            counts,
            files,
        })
    }
}

/// The stamps of everything in an output folder that a run looks at; none if it broke off or something was touched just now.
fn left(out: &Path, now: SystemTime) -> Option<String> {
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
            let is_looked_at = if is_folder {
                !is_top || name == "src" || name == "tests"
            } else {
                name != "Cargo.lock"
            };
            match (is_looked_at, is_folder) {
                (true, true) => folders.push((entry.path(), false)),
                (true, false) => {
                    let stamp = Stamp::of(&fs::metadata(entry.path()).ok()?, now)?;
                    files.push((entry.path(), stamp));
                }
                (false, _) => {}
            }
        }
    }
    files.sort_by(|(left, _), (right, _)| left.as_os_str().cmp(right.as_os_str()));
    let mut stamps = Stamps::default();
    for (path, stamp) in files {
        stamp.add_to(path.as_os_str(), &mut stamps);
    }
    Some(stamps.word())
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_said_again() {
        let said = Said {
            problems: "warning: a\n\n".to_owned(),
            summary: "pages 7\n".to_owned(),
            counts: BTreeMap::from([(Code::UnclosedFence, 2), (Code::UnclosedComment, 1)]),
            files: 3,
        };
        assert_eq!(Said::parse(&said.text()), Some(said.clone()));
        assert_eq!(Said::parse(&said.text().replace('7', "")), None);
    }
}
