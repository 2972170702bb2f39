//! What stands around each page: the pages that its operations and types have to do with, found by a run over everything.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finder::Finder;
use crate::Generated;
use crate::report::{Code, Problem};
use crate::source::{FileId, Sources, TextHash, hash_of};

/// What a run over all pages knows of the surroundings of each. It holds for as long as nothing changes but what only the
/// pages' own operations show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surroundings {
    /// The pages, sorted by path.
    pages: Vec<Around>,
    /// The pages that define a type and one that is derived from it, by its name without the namespace, in lower case.
    types: BTreeMap<String, Vec<u32>>,
}

/// What stands around one page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Around {
    path: String,
    /// Other pages by their places: those that describe its operations or types, too, and those that tell what these lead to.
    near: Vec<u32>,
    /// Tells apart what was found odd about the page.
    oddities: Oddities,
}

/// Tells apart what is odd about a page, wherever that is seen.
pub(super) type Oddities = Option<TextHash>;

impl Surroundings {
    /// What a run over everything found.
    pub fn of(generated: &Generated, sources: &Sources) -> Self {
        let understood = &generated.understood;
        let files: Vec<FileId> = understood.pages.iter().map(|page| page.file).collect();
        let places: BTreeMap<FileId, u32> = files.iter().copied().zip(0..).collect();
        let mut near = vec![Vec::new(); files.len()];
        let mut types: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for api in &understood.model.apis {
            let mut finder = Finder::new(api, &places, &mut near);
            finder.add_operations();
            finder.add_types(&mut types);
        }
        let mut problems = understood.report.problems();
        let pages = files.iter().zip(near).map(|(file, mut near)| {
            near.sort_unstable();
            near.dedup();
            // Both are in the order of files.
            let start = problems.partition_point(|problem| problem.at.file < *file);
            let end = problems.partition_point(|problem| problem.at.file <= *file);
            let own = &problems[start..end];
            problems = &problems[end..];
            Around {
                path: sources.get(*file).path.clone(),
                near,
                oddities: oddities(own),
            }
        });
        Self {
            pages: pages.collect(),
            types,
        }
    }

    /// All of it as bytes, for another process.
    pub fn bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("surroundings have no shape that cannot be written")
    }

    /// What [`bytes`](Self::bytes) wrote; none if it is something else.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    fn place(&self, path: &str) -> Option<usize> {
        let place = self
            .pages
            .binary_search_by(|around| around.path.as_str().cmp(path));
        place.ok()
    }

    /// The pages around one, by their paths.
    pub(super) fn near(&self, path: &str) -> Option<impl Iterator<Item = &str>> {
        let near = &self.pages[self.place(path)?].near;
        Some(near.iter().filter_map(|place| self.path(*place)))
    }

    /// The pages that define a type and one that is derived from it, by its name without the namespace.
    pub(super) fn defining(&self, name: &str) -> impl Iterator<Item = &str> {
        let pages = self.types.get(&name.to_lowercase());
        let pages = pages.into_iter().flatten();
        pages.filter_map(|place| self.path(*place))
    }

    /// The pages that define types whose names end with one, or are it in the singular.
    pub(super) fn called_alike(&self, name: &str) -> impl Iterator<Item = &str> {
        let name = name.trim().to_lowercase();
        let types = self.types.iter().filter(move |(other, _)| {
            other.ends_with(&name) || name.strip_suffix('s') == Some(other)
        });
        let pages = types.flat_map(|(_, pages)| pages);
        pages.filter_map(|place| self.path(*place))
    }

    /// The path of a page whose path in lower case is known.
    pub(super) fn path_of(&self, lower: &str) -> Option<&str> {
        let place = self.place(lower);
        let place = place.or_else(|| {
            let mut pages = self.pages.iter();
            pages.position(|around| around.path.eq_ignore_ascii_case(lower))
        });
        Some(self.pages[place?].path.as_str())
    }

    fn path(&self, place: u32) -> Option<&str> {
        let around = self.pages.get(place as usize)?;
        Some(around.path.as_str())
    }

    pub(super) fn oddities(&self, path: &str) -> Option<Oddities> {
        Some(self.pages[self.place(path)?].oddities)
    }

    pub(super) fn set_oddities(&mut self, path: &str, oddities: Oddities) {
        if let Some(place) = self.place(path) {
            self.pages[place].oddities = oddities;
        }
    }
}

/// Whether something is said where it is seen first, which may be on another page where not all are looked at.
pub(super) fn is_told_once(code: Code) -> bool {
    matches!(
        code,
        Code::NavigationFromPath
            | Code::MethodWithoutOperation
            | Code::UnknownSegment
            | Code::TypeFromPath
    )
}

/// Tells apart what is odd about a page; none if nothing is.
pub(super) fn oddities<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> Oddities {
    let problems = problems.into_iter();
    let mut text = String::new();
    for problem in problems.filter(|problem| !is_told_once(problem.code)) {
        for part in [problem.code.id(), &problem.message, &problem.action] {
            text.push_str(part);
            text.push('\n');
        }
    }
    (!text.is_empty()).then(|| hash_of(text.as_bytes()))
}
