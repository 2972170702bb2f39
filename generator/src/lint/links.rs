//! Relative links to pages that do not exist.

use std::collections::BTreeMap;

use crate::report::{Code, NameKind, Report};
use crate::source::{FileId, Location, Sources, follow};

/// The files that links can have as targets, by path in lower case.
pub(super) struct Targets {
    paths: BTreeMap<String, FileId>,
    /// The files by name in lower case.
    by_name: BTreeMap<String, Vec<FileId>>,
}

impl Targets {
    pub(super) fn new(sources: &Sources) -> Self {
        let mut targets = Self {
            paths: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        for (file, source) in sources.iter() {
            let path = source.path.to_ascii_lowercase();
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            targets.by_name.entry(name).or_default().push(file);
            targets.paths.insert(path, file);
        }
        targets
    }

    /// Returns the only page of the same version with the same file name, or with the same path except for slashes.
    fn obvious(&self, from: &str, target: &str, sources: &Sources) -> Option<String> {
        let version = from.split('/').next()?;
        let name = target.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
        let mut candidates = self.by_name.get(&name)?.iter().filter(|file| {
            let source = sources.get(**file);
            source.is_page() && source.path.split('/').next() == Some(version)
        });
        let only = candidates.next().filter(|_| candidates.next().is_none())?;
        Some(relative(from, &sources.get(*only).path))
    }
}

/// Returns the path of a file relative to the folder of another.
pub(super) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = &from[..from.len() - 1];
    let common = folders
        .iter()
        .zip(&to)
        .take_while(|(left, right)| left == right)
        .count();
    let mut parts = vec![".."; folders.len() - common];
    parts.extend(&to[common..]);
    parts.join("/")
}

/// The maximum length of a link in bytes; longer ones are not checked.
const MAX_LINK: usize = 2000;

/// Reports the relative links of a page to pages of `api` and `resources` that do not exist.
pub(super) fn check_links(file: FileId, sources: &Sources, targets: &Targets, report: &mut Report) {
    let source = sources.get(file);
    if !source.is_page() {
        return;
    }
    let bytes = source.text.as_bytes();
    let mut places = LinePlaces::new(&source.text);
    for at in memchr::memmem::find_iter(bytes, b"](") {
        let start = at + "](".len();
        // A limit, so that the time does not depend on where the next delimiter is.
        let mut next = bytes[start..].iter().take(MAX_LINK);
        let Some(end) = next.position(|byte| matches!(byte, b')' | b'\n' | b' ' | b'"')) else {
            continue;
        };
        let link = &source.text[start..start + end];
        let target = link.split(['#', '?']).next().unwrap_or(link);
        let is_relative =
            target.ends_with(".md") && !target.starts_with('/') && !target.contains("://");
        if !is_relative {
            continue;
        }
        let Some((path, _)) = follow(&source.path, target) else {
            continue;
        };
        let mut folders = path.rsplit('/').skip(1);
        let is_page = matches!(folders.next(), Some("api" | "resources"))
            && matches!(folders.next(), Some("v1.0" | "beta"));
        // A version that is not part of the input cannot be checked.
        let version = path.split('/').next().unwrap_or_default();
        if !is_page || targets.paths.contains_key(&path) || !targets.has_version(version) {
            continue;
        }
        let message = format!("the link leads to `{path}`, which does not exist");
        let location = places.location(file, start);
        let width = target.chars().count();
        report.push(
            Code::BrokenLink,
            location,
            width,
            message,
            "the published page has a broken link",
        );
        report.set_unknown_name(target, NameKind::File);
        if let Some(obvious) = targets.obvious(&source.path, target, sources) {
            report.suggest(target, obvious);
        }
    }
}

impl Targets {
    fn has_version(&self, version: &str) -> bool {
        let start = format!("{version}/");
        self.paths
            .range(start.clone()..)
            .next()
            .is_some_and(|(path, _)| path.starts_with(&start))
    }
}

/// Finds the locations of ascending byte offsets.
struct LinePlaces<'t> {
    text: &'t str,
    offset: usize,
    line: u32,
    column: u32,
}

impl<'t> LinePlaces<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            offset: 0,
            line: 1,
            column: 1,
        }
    }

    fn location(&mut self, file: FileId, offset: usize) -> Location {
        let passed = &self.text[self.offset..offset];
        self.line += memchr::memchr_iter(b'\n', passed.as_bytes()).count() as u32;
        let (before, rest) = match passed.rfind('\n') {
            Some(newline) => (1, &passed[newline + 1..]),
            None => (self.column, passed),
        };
        self.column = before + rest.chars().count() as u32;
        self.offset = offset;
        Location {
            file,
            line: self.line,
            column: self.column,
        }
    }
}
