//! A run that follows another gives the same bytes as one that stands alone: over nine dates of the documentation, forward
//! and backward. Between two dates lies a state with the pages of the one and the texts of the other, so that there are steps
//! at which files come and go, and steps at which they only change.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use generator::emit::{Anew, File, ManifestSettings, Rendered};
use generator::source::{Source, Sources};
use generator::{Memory, News, Record, Selection, Settings};

use crate::documentation::{self, Silent};

const DATES: [&str; 9] = [
    "2020-01", "2020-07", "2020-10", "2021-01", "2021-03", "2021-04", "2021-05", "2021-06",
    "2021-07",
];

/// What the pages' names start with that are walked over. All pages are when `GRAPHWRIGHT_WALK` is set, which takes minutes.
const WALKED: [&str; 7] = ["plan", "todo", "channel", "chat", "team", "group", "drive"];

/// The files of earlier runs, with what they were rendered from.
#[derive(Default)]
pub(crate) struct Earlier {
    files: Mutex<BTreeMap<String, (Vec<u8>, String)>>,
    taken: AtomicUsize,
}

impl Earlier {
    fn known(&self) -> MutexGuard<'_, BTreeMap<String, (Vec<u8>, String)>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rendered for Earlier {
    fn find(&self, path: &str, items: &[u8]) -> Option<String> {
        let files = self.known();
        let (from, text) = files.get(path)?;
        (from == items).then(|| {
            self.taken.fetch_add(1, Ordering::Relaxed);
            text.clone()
        })
    }

    fn keep(&self, path: &str, items: &[u8], text: &str) {
        let known = (items.to_owned(), text.to_owned());
        self.known().insert(path.to_owned(), known);
    }
}

/// Everything that a run says: the files, and the problems.
#[derive(PartialEq)]
pub(crate) struct Output {
    files: Vec<File>,
    problems: Vec<String>,
}

pub(crate) fn output(sources: &Sources, rendered: &dyn Rendered, memory: &mut Memory) -> Output {
    told(sources, rendered, memory).0
}

/// Runs, and gives what is to be written down for other processes, too.
fn told(sources: &Sources, rendered: &dyn Rendered, memory: &mut Memory) -> (Output, News) {
    let settings = Settings {
        selection: Selection::default(),
        manifest: ManifestSettings::Workspace,
    };
    let mut generated = generator::generate_with(sources, &settings, &Silent, rendered, memory);
    let problems = generated.understood.report.problems().iter();
    let problems = problems.map(|problem| format!("{problem:?}")).collect();
    let files = std::mem::take(&mut generated.files);
    let news = memory.news(&generated);
    memory.keep(generated);
    (Output { files, problems }, news)
}

/// What processes that follow each other write down.
#[derive(Default)]
pub(crate) struct Written {
    records: Vec<Record>,
}

impl Written {
    /// Runs in a process of its own, that is to say with nothing but what was written down.
    pub(crate) fn output(&mut self, sources: &Sources, rendered: &dyn Rendered) -> Output {
        let mut memory = Memory::default();
        let mut log = Vec::new();
        let places = self.records.iter().map(|record| {
            let start = log.len();
            log.extend([record.head.as_slice(), &record.said].concat());
            start..log.len()
        });
        let places: Vec<_> = places.collect();
        memory.take_over(log, &places);
        let (output, news) = told(sources, rendered, &mut memory);
        if news.is_everything {
            self.records.clear();
        }
        self.records.extend(news.records);
        output
    }
}

/// The pages of a date that are walked over.
fn pages(date: &str) -> Option<Sources> {
    let sources = documentation::real_sources(date)?;
    let all = std::env::var_os("GRAPHWRIGHT_WALK").is_some();
    let is_walked = |source: &Source| {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        all || !source.is_page() || WALKED.iter().any(|start| name.starts_with(start))
    };
    let files = sources.iter().map(|(_, source)| source.clone());
    Some(Sources::new(files.filter(is_walked).collect()))
}

/// The files of one date with the texts of another, as far as it has them.
fn between(files: &Sources, texts: &Sources) -> Sources {
    let text = |source: &Source| match texts.find(&source.path) {
        Some(file) => texts.get(file).clone(),
        None => source.clone(),
    };
    Sources::new(files.iter().map(|(_, source)| text(source)).collect())
}

/// The states of a walk from the first date to the last.
fn states() -> Option<Vec<Sources>> {
    let dates: Vec<Sources> = DATES.into_iter().map(pages).collect::<Option<_>>()?;
    let pairs = dates.iter().zip(&dates[1..]);
    let mut states: Vec<Sources> = pairs
        .flat_map(|(date, next)| [date.clone(), between(date, next)])
        .collect();
    states.extend(dates.last().cloned());
    Some(states)
}

#[track_caller]
pub(crate) fn same(cold: &Output, warm: &Output, state: usize) {
    assert_eq!(cold.files.len(), warm.files.len(), "state {state}");
    for (left, right) in cold.files.iter().zip(&warm.files) {
        assert_eq!(left.path, right.path, "state {state}");
        assert!(left.text == right.text, "state {state}: {}", left.path);
    }
    let same = cold.problems == warm.problems;
    assert!(same, "state {state}: the problems differ");
}

#[test]
fn nine_dates_forward_and_backward() {
    let Some(states) = states() else {
        return;
    };
    let cold: Vec<Output> = states
        .iter()
        .map(|sources| output(sources, &Anew, &mut Memory::default()))
        .collect();
    let (earlier, mut memory) = (Earlier::default(), Memory::kept());
    let mut written = Written::default();
    let there = 0..states.len();
    let back = there.clone().rev().skip(1);
    let mut files = 0;
    for state in there.chain(back) {
        let warm = output(&states[state], &earlier, &mut memory);
        same(&cold[state], &warm, state);
        let apart = written.output(&states[state], &earlier);
        same(&cold[state], &apart, state);
        files += warm.files.len() + apart.files.len();
    }
    let taken = earlier.taken.load(Ordering::Relaxed);
    println!("{taken} of {files} files were taken over");
    assert!(taken * 2 > files, "{taken} of {files}");
}
