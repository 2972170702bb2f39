//! Entity types that no page defines, but that request lines show: since collections follow `/identity`, the path leads to an
//! entity type with navigation properties to them.
//!
//! Such a type is named by a heading, the title of a page or the name of a file, else after the path.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{HttpMethod, QualifiedName, StructuredTypeId};
use crate::report::{Code, Report};
use crate::resolve::names::{
    FoldedName, MAIN_NAMESPACE, capitals, ends_with, is_identifier, singular, starts_with,
    unqualified,
};
use crate::resolve::normalise::corrections::PathTypeNames;
use crate::resolve::pages::Page;
use crate::resolve::symbols::definitions::{Definitions, StructuredDefinition};
use crate::source::{At, Location};

/// What request lines show about a path of one or two names.
struct PathPrefix<'a> {
    /// The last name, in its spelling.
    segment: &'a str,
    /// Whether some request reads the path itself, or a key follows it: then another page defines its type.
    is_addressed: bool,
    /// The names that follow, in lower case.
    following: BTreeSet<String>,
    /// The pages with a request line that ends one name after the path.
    pages: Vec<&'a Page<'a>>,
    /// Whether some request shows that a collection follows.
    has_collections: bool,
    at: Location,
}

/// Adds the definitions of all types that only paths show. A type with a page that is named after such a path, as `auditLogRoot`
/// is after `/auditLogs`, gets the path instead.
pub(crate) fn add_types_from_paths<'a>(
    pages: &'a [Page<'a>],
    structured: &mut Vec<StructuredDefinition<'a>>,
    path_type_names: &PathTypeNames,
    report: &mut Report,
) {
    // The spelling of each path with a type, by the path in lower case.
    let mut typed_paths: BTreeMap<String, String> = BTreeMap::new();
    for (path, prefix) in path_prefixes(pages) {
        let Some(spelling) = spell_path(&path, prefix.segment, &typed_paths) else {
            continue;
        };
        if prefix.is_addressed || prefix.following.is_empty() {
            continue;
        }
        let at = At::new(spelling.clone(), prefix.at);
        if let Some(definition) = find_root_named_after(prefix.segment, structured) {
            definition.path = Some(at);
            typed_paths.insert(path, spelling);
            continue;
        }
        let corrected = path_type_names.get(&path).cloned();
        let Some(name) = corrected.or_else(|| choose_name(&prefix, pages, structured)) else {
            continue;
        };
        report.push(
            Code::TypeFromPath,
            prefix.at,
            0,
            format!("no page defines the type at the path `/{spelling}`"),
            format!("an entity type `{name}` is generated from the request lines"),
        );
        let name = QualifiedName {
            namespace: common_namespace(&prefix),
            name,
        };
        structured.push(StructuredDefinition {
            name,
            parts: Vec::new(),
            path: Some(at),
        });
        typed_paths.insert(path, spelling);
    }
}

/// Returns the types with a path, by the path in lower case.
pub(crate) fn types_by_path(definitions: &Definitions) -> BTreeMap<String, StructuredTypeId> {
    let types = definitions.structured_with_ids();
    types
        .filter_map(|(id, definition)| {
            let path = definition.path.as_ref()?;
            Some((path.value.to_lowercase(), id))
        })
        .collect()
}

/// Returns the type with a page that is named after a segment: `auditLogRoot` for `auditLogs`.
fn find_root_named_after<'d, 'a>(
    segment: &str,
    structured: &'d mut [StructuredDefinition<'a>],
) -> Option<&'d mut StructuredDefinition<'a>> {
    let stems = [segment.to_owned(), singular(segment)];
    let names: Vec<String> = stems
        .iter()
        .flat_map(|stem| ["Root", "Container"].map(|end| format!("{stem}{end}")))
        .collect();
    structured.iter_mut().find(|definition| {
        names
            .iter()
            .any(|name| definition.name.name.eq_ignore_ascii_case(name))
    })
}

/// Chooses the name of a type that only a path shows; `None` if a page may define the type.
fn choose_name(
    prefix: &PathPrefix,
    pages: &[Page],
    structured: &[StructuredDefinition],
) -> Option<String> {
    let defined: BTreeSet<FoldedName> = structured
        .iter()
        .map(|definition| FoldedName::borrowed(&definition.name.name))
        .collect();
    let stated = stated_name(prefix, pages, &defined);
    if stated.is_some() {
        return stated;
    }
    let singular = singular(prefix.segment);
    let is_defined = [prefix.segment, singular.as_str()]
        .iter()
        .any(|name| defined.contains(&FoldedName::borrowed(name)));
    // If only actions follow, the path may lead to any type.
    if is_defined || !prefix.has_collections || has_defined_owner(prefix, structured) {
        return None;
    }
    let name = name_after_segment(prefix.segment);
    (!defined.contains(&FoldedName::borrowed(&name))).then_some(name)
}

/// Returns a path in its spelling; `None` if the path before its last name has no type of this kind.
fn spell_path(path: &str, segment: &str, typed_paths: &BTreeMap<String, String>) -> Option<String> {
    let Some((parent, _)) = path.rsplit_once('/') else {
        return Some(segment.to_owned());
    };
    let parent = typed_paths.get(parent)?;
    Some(format!("{parent}/{segment}"))
}

/// Returns all paths of one or two names at the start of request lines, in lower case, except those with a root that is
/// addressed itself.
fn path_prefixes<'a>(pages: &'a [Page<'a>]) -> BTreeMap<String, PathPrefix<'a>> {
    let lines = || {
        pages.iter().flat_map(|page| {
            let operation = page.facts.operation.iter();
            let lines = operation.flat_map(|operation| &operation.request_lines);
            lines.map(move |line| (page, line))
        })
    };
    let addressed_root = |(_, line): (_, &'a RequestLineFact)| match line.segments.as_slice() {
        [
            SegmentFact::Name(_),
            SegmentFact::Name(_) | SegmentFact::Call { .. },
            ..,
        ] => None,
        [SegmentFact::Name(name), ..] => Some(FoldedName::borrowed(name.as_str())),
        _ => None,
    };
    // Nearly all lines start with an addressed root, and are skipped early.
    let addressed: BTreeSet<FoldedName> = lines().filter_map(addressed_root).collect();
    let mut prefixes = BTreeMap::new();
    for (page, line) in lines() {
        let mut path = String::new();
        for (place, segment) in line.segments.iter().take(2).enumerate() {
            let SegmentFact::Name(name) = segment else {
                break;
            };
            if !is_identifier(name)
                || (place == 0 && addressed.contains(&FoldedName::borrowed(name)))
            {
                break;
            }
            path.push_str(&name.to_lowercase());
            let prefix = prefixes.entry(path.clone()).or_insert_with(|| PathPrefix {
                segment: name,
                is_addressed: false,
                following: BTreeSet::new(),
                pages: Vec::new(),
                has_collections: false,
                at: line.at,
            });
            prefix.add_line(page, line, place);
            path.push('/');
        }
    }
    prefixes
}

impl<'a> PathPrefix<'a> {
    /// Adds what a request line shows; `place` is the index of the prefix's last segment.
    fn add_line(&mut self, page: &'a Page<'a>, line: &RequestLineFact, place: usize) {
        match &line.segments[place + 1..] {
            [SegmentFact::Name(name), rest @ ..] => {
                self.following.insert(name.to_lowercase());
                // A path of three names that goes on leads through a type of this kind, even if a line has a sample value
                // where a key belongs.
                self.has_collections |=
                    shows_collection(page, line, place + 1) || (place == 1 && !rest.is_empty());
                if rest.is_empty() {
                    self.pages.push(page);
                }
            }
            [SegmentFact::Call { .. }] => self.pages.push(page),
            _ => self.is_addressed = true,
        }
    }
}

/// Whether a line shows a collection at one of the next two names: a key follows, or instances are listed or created there.
fn shows_collection(page: &Page, line: &RequestLineFact, place: usize) -> bool {
    let names = line.segments[place..]
        .iter()
        .take(2)
        .take_while(|segment| matches!(segment, SegmentFact::Name(_)))
        .count();
    match (line.segments.get(place + names), &page.facts.operation) {
        (Some(SegmentFact::Key(_)), _) => true,
        (None, Some(operation)) => {
            let content = operation.response.content.as_ref();
            let lists = content.is_some_and(|content| content.value.collection);
            let is_call = operation.says_action || operation.says_function;
            match line.method {
                HttpMethod::Get => lists && !is_call,
                HttpMethod::Post => !is_call && (lists || page.has_create_title()),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether exactly one type with a page, whose name contains the segment's, has most of the properties that follow the path.
fn has_defined_owner(prefix: &PathPrefix, structured: &[StructuredDefinition]) -> bool {
    let singular = singular(prefix.segment).to_lowercase();
    let similar = structured
        .iter()
        .filter(|definition| definition.name.name.to_lowercase().contains(&singular));
    let scores = similar.map(|definition| {
        let rows = definition.parts.iter().flat_map(|part| {
            let tables = [&part.facts.properties, &part.facts.relationships];
            tables.into_iter().flatten()
        });
        let names = rows.map(|row| row.name.value.trim().to_lowercase());
        names.filter(|name| prefix.following.contains(name)).count()
    });
    let mut scores: Vec<usize> = scores.filter(|score| *score > 0).collect();
    scores.sort_unstable();
    match scores.as_slice() {
        [] => false,
        [.., second, best] => second < best,
        [_] => true,
    }
}

/// Returns the name that some page uses in its heading or title, else in its file name.
fn stated_name(
    prefix: &PathPrefix,
    pages: &[Page],
    defined: &BTreeSet<FoldedName>,
) -> Option<String> {
    let is_free =
        |name: &str| is_identifier(name) && !defined.contains(&FoldedName::borrowed(name));
    name_in_titles(prefix, pages, is_free).or_else(|| name_in_file_names(prefix, is_free))
}

/// Returns the name in the heading of an overview (`identityProtectionRoot resource type`) or in the title of a call
/// (`cloudCommunications: getPresencesByUserId`).
fn name_in_titles(
    prefix: &PathPrefix,
    pages: &[Page],
    is_free: impl Fn(&str) -> bool,
) -> Option<String> {
    let segment = prefix.segment;
    let has_start = |name: &str| starts_with(name, segment);
    // `identityProtectionRoot` belongs to `/identityProtection`, not to `/identity`.
    let adds_one_word = |name: &str| capitals(&name[segment.len()..]) == 1;
    let headings = pages.iter().filter_map(|page| {
        let title = page.facts.title.as_ref()?;
        title.value.trim().strip_suffix(" resource type")
    });
    let calls = prefix.pages.iter().filter_map(|page| {
        let title = page.facts.title.as_ref()?;
        title.value.split_once(':').map(|(name, _)| name.trim())
    });
    let mut headings =
        headings.filter(|name| has_start(name) && adds_one_word(name) && is_free(name));
    let mut calls =
        calls.filter(|name| is_free(name) && (has_start(name) || ends_with(name, segment)));
    let name = headings.next().or_else(|| calls.next())?;
    Some(name.to_owned())
}

/// Returns the name in the file names of pages about what follows: `identitycontainer-list-b2xuserflows.md`. File names may have
/// the singular of the segment.
fn name_in_file_names(prefix: &PathPrefix, is_free: impl Fn(&str) -> bool) -> Option<String> {
    let segment = prefix.segment;
    let words: Vec<&str> = prefix
        .pages
        .iter()
        .filter_map(|page| first_file_word(page))
        .filter(|word| is_free(word))
        .collect();
    let mut longer = words.iter().filter(|word| {
        starts_with(word, segment) && (prefix.has_collections || word.len() > segment.len())
    });
    if let Some(word) = longer.next() {
        return Some(capitalise_like(word, segment));
    }
    let singular = singular(segment);
    let has_singular = words
        .iter()
        .any(|word| word.eq_ignore_ascii_case(&singular));
    (has_singular && singular != segment).then_some(singular)
}

/// Returns the first word of a file name that is not the namespace: `identitycontainer`.
fn first_file_word<'p>(page: &'p Page) -> Option<&'p str> {
    let namespace = unqualified(&page.namespace);
    let mut words = page.stem().split('-');
    words.find(|word| !word.eq_ignore_ascii_case(namespace))
}

/// Gives a lower-cased word that starts with a segment the capitals of the segment: `identitycontainer` becomes
/// `identityContainer`.
fn capitalise_like(word: &str, segment: &str) -> String {
    let rest = &word[segment.len()..];
    let mut name = segment.to_owned();
    let mut letters = rest.chars();
    name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
    name.extend(letters);
    name
}

/// Returns the name of a type after its segment: the segment itself, or for a plural the singular with `Root`.
fn name_after_segment(segment: &str) -> String {
    let singular = singular(segment);
    match singular == segment {
        true => singular,
        false => format!("{singular}Root"),
    }
}

/// Returns the namespace of the pages about what follows, if they have the same one, else the main namespace.
fn common_namespace(prefix: &PathPrefix) -> String {
    let mut namespaces = prefix.pages.iter().map(|page| page.namespace.as_str());
    let first = namespaces.next().unwrap_or(MAIN_NAMESPACE);
    let is_common = namespaces.all(|namespace| namespace == first);
    if is_common { first } else { MAIN_NAMESPACE }.to_owned()
}
