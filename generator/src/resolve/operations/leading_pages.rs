//! Decides which page leads where several describe one operation.
//!
//! The page about a type of the path leads. Pages about a base or derived type, copies of a page for another workload
//! (`intune-devices-user-list` beside `user-list`), and pages about a special use (extended properties) follow.

use std::collections::BTreeMap;

use crate::model::StructuredTypeId;
use crate::resolve::operations::build::DraftPage;
use crate::resolve::pages::Page;
use crate::resolve::paths::walk::TypedPath;
use crate::resolve::type_phrases::TypeResolver;

/// The rank of a page among those of an operation. Pages of the lowest rank lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PageRank {
    relation: Relation,
    /// Whether the request line of the page has a query: it describes a special use.
    has_query: bool,
    /// Whether another page has the same type in its name, with nothing before it.
    is_copy: bool,
}

/// How the type that a page is about relates to the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Relation {
    /// The path leads to the type or passes it.
    OnPath,
    /// A base of a type on the path, or derived from the type that the path leads to.
    Related,
    /// Another type, or none that pages define.
    Other,
}

/// Returns the rank of each page of an operation.
pub(crate) fn rank_pages(
    pages: &[DraftPage],
    typed: &TypedPath,
    types: &TypeResolver,
) -> Vec<PageRank> {
    let subjects: Vec<Option<PageSubject>> = pages
        .iter()
        .map(|page| page_subject(page.contribution.operation.page, types))
        .collect();
    // Several pages of one operation have few subjects between them.
    let mut relations: BTreeMap<StructuredTypeId, Relation> = BTreeMap::new();
    let mut shortest: BTreeMap<StructuredTypeId, usize> = BTreeMap::new();
    for subject in subjects.iter().flatten() {
        relations
            .entry(subject.ty)
            .or_insert_with(|| relation(subject.ty, typed, types));
        let prefix = shortest.entry(subject.ty).or_insert(subject.prefix);
        *prefix = subject.prefix.min(*prefix);
    }
    let ranked = pages.iter().zip(&subjects);
    ranked
        .map(|(page, subject)| PageRank {
            relation: subject
                .as_ref()
                .map_or(Relation::Other, |subject| relations[&subject.ty]),
            has_query: page.contribution.line.query.is_some(),
            is_copy: subject
                .as_ref()
                .is_some_and(|subject| subject.prefix > 0 && shortest[&subject.ty] == 0),
        })
        .collect()
}

/// The type in the file name of a page.
struct PageSubject {
    ty: StructuredTypeId,
    /// The number of words before the type.
    prefix: usize,
}

/// Returns the first word of the file name that is a type: `user` of `user-list-messages` and of `intune-devices-user-list`.
fn page_subject(page: &Page, types: &TypeResolver) -> Option<PageSubject> {
    let words: Vec<&str> = page.stem().split('-').take(8).collect();
    let before_verb = match words.as_slice() {
        [] | [_] => words.as_slice(),
        [names @ .., _] => names,
    };
    before_verb.iter().enumerate().find_map(|(prefix, word)| {
        let lookup = types.symbols.look_up_text(word, page);
        lookup
            .resolved
            .structured()
            .map(|ty| PageSubject { ty, prefix })
    })
}

fn relation(ty: StructuredTypeId, typed: &TypedPath, types: &TypeResolver) -> Relation {
    let on_path = || typed.types.iter().copied().flatten();
    let is_end_derived = || {
        on_path()
            .last()
            .is_some_and(|end| types.bases.is_or_inherits(ty, end))
    };
    if on_path().any(|passed| passed == ty) {
        Relation::OnPath
    } else if is_end_derived() || on_path().any(|passed| types.bases.is_or_inherits(passed, ty)) {
        Relation::Related
    } else {
        Relation::Other
    }
}
