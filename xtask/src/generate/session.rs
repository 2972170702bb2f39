//! What a process that generates again and again keeps from one time to the next: pages, what they said, and the files that it
//! wrote, each with what tells that nobody touched it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use generator::emit::{File, Rendered};
use generator::{Generated, Memory};

use crate::output::cache::Cache;
use crate::output::log::Log;
use crate::pages::Index;
use crate::stamp::Stamp;

/// What is kept.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) index: Index,
    pub(super) memory: Memory,
    pub(super) shelf: Shelf,
    log: Option<Log>,
}

impl Session {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self {
            index: Index::default(),
            memory: Memory::kept(),
            shelf: Shelf::default(),
            log: None,
        }
    }

    /// Makes ready for a run. The first one may take over what an earlier process wrote.
    pub(super) fn begin(&mut self, folder: &Path, may_take_over: bool) {
        self.shelf.forget_lent();
        if self.shelf.is_empty() {
            self.shelf.cache = Some(Cache::open(folder));
        }
        if may_take_over && self.log.is_none() {
            self.log = Some(Log::open(folder, &mut self.memory));
        }
    }

    /// Takes back what a run gave; its files are in the folder now.
    pub(super) fn keep(&mut self, mut generated: Generated, folder: &Path) {
        self.shelf
            .put_back(std::mem::take(&mut generated.files), folder);
        if let Some(log) = &mut self.log {
            log.add(&self.memory.news(&generated));
        }
        self.memory.keep(generated);
        if let Some(cache) = self.shelf.cache.take() {
            cache.close();
        }
    }
}

/// The files of the output, as they were last written.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    files: Mutex<BTreeMap<String, Copy>>,
    /// The cache of earlier processes, before anything is known here.
    cache: Option<Cache>,
}

#[derive(Debug, Default)]
struct Copy {
    items: Vec<u8>,
    text: String,
    /// Whether this run has the text, which is not changed.
    is_lent: bool,
    stamp: Option<Stamp>,
}

impl Shelf {
    /// Whether a file of the folder is just this, as far as can be told without reading it.
    pub(super) fn has(&self, folder: &Path, file: &File) -> bool {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let known = files.get(&file.path);
        let same = known.filter(|copy| copy.is_lent || copy.text == file.text);
        same.and_then(|copy| copy.stamp).is_some_and(|stamp| {
            let found = fs::metadata(folder.join(&file.path));
            found.is_ok_and(|found| Stamp::unsettled(&found) == stamp)
        })
    }

    fn is_empty(&mut self) -> bool {
        let files = self.files.get_mut();
        files.unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// What a run that broke off was lent is not there any more.
    fn forget_lent(&mut self) {
        let known = self.files.get_mut().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, copy| !copy.is_lent);
    }

    fn put_back(&mut self, files: Vec<File>, folder: &Path) {
        let known = self.files.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut earlier = std::mem::take(known);
        for file in files {
            let mut copy = earlier.remove(&file.path).unwrap_or_default();
            let is_same = copy.is_lent || copy.text == file.text;
            if !is_same || copy.stamp.is_none() {
                copy.stamp = stamp(&folder.join(&file.path), &file.text);
            }
            copy.is_lent = false;
            copy.text = file.text;
            known.insert(file.path, copy);
        }
    }
}

impl Rendered for Shelf {
    fn find(&self, path: &str, items: &[u8]) -> Option<String> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(copy) = files.get_mut(path) {
            let is_same = !copy.is_lent && copy.items == items;
            return is_same.then(|| {
                copy.is_lent = true;
                std::mem::take(&mut copy.text)
            });
        }
        let text = self.cache.as_ref()?.find(path, items)?;
        files.insert(path.to_owned(), Copy::of(items));
        Some(text)
    }

    fn keep(&self, path: &str, items: &[u8], text: &str) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), Copy::of(items));
        if let Some(cache) = &self.cache {
            cache.keep(path, items, text);
        }
    }
}

impl Copy {
    fn of(items: &[u8]) -> Self {
        Self {
            items: items.to_owned(),
            ..Self::default()
        }
    }
}

/// The stamp of a file that holds a text. It is taken before the file is read: what is changed then gets another.
fn stamp(path: &Path, text: &str) -> Option<Stamp> {
    let stamp = Stamp::of(&fs::metadata(path).ok()?, SystemTime::now())?;
    (fs::read(path).ok()? == text.as_bytes()).then_some(stamp)
}
