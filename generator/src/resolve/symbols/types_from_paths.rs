//! In: request lines and the names of all types. Out: the types that no page defines, but that stand in paths: behind
//! `/identity` there are collections, so there is an entity that leads to them.
//!
//! Such a type is called as a heading, the title of a page or the name of a file calls it, else as the path does.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{
    Docs, HttpMethod, Property, PropertyKind, QualifiedName, StructuredType, StructuredTypeId,
    Type, TypeRef,
};
use crate::report::{Code, Report};
use crate::resolve::names::{self, Folded};
use crate::resolve::operation_pages::says_create;
use crate::resolve::pages::{MAIN_NAMESPACE, Page, is_identifier};
use crate::resolve::symbols::definitions::StructuredDefinition;
use crate::source::{At, Location};

/// The names that corrections give to what stands at paths, by path in lower case.
pub(crate) type NamedPaths = BTreeMap<String, String>;

/// What request lines tell about a path of one or two names.
struct Stretch<'a> {
    /// The last name, as it is spelled.
    segment: &'a str,
    /// Whether it can be read itself, or a key follows: then it has a type of its own.
    is_something: bool,
    /// The names that follow, in lower case.
    behind: BTreeSet<String>,
    /// Pages about what stands directly behind it.
    pages: Vec<&'a Page<'a>>,
    /// Whether some requests show that there are many instances behind it.
    has_collections: bool,
    at: Location,
}

/// Finds all types that only paths show, and adds their definitions. A type with a page that is called after the root of such
/// a path, as `auditLogRoot` is after `/auditLogs`, is noted to stand there.
pub(crate) fn find<'a>(
    pages: &'a [Page<'a>],
    structured: &mut Vec<StructuredDefinition<'a>>,
    named_paths: &NamedPaths,
    report: &mut Report,
) {
    // The spelled paths of the types found, by path in lower case.
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for (path, stretch) in stretches(pages) {
        let Some(spelled) = spelled_path(&path, stretch.segment, &paths) else {
            continue;
        };
        if stretch.is_something || stretch.behind.is_empty() {
            continue;
        }
        let at = At::new(spelled.clone(), stretch.at);
        if let Some(known) = called_after(stretch.segment, structured) {
            known.path = Some(at);
            paths.insert(path, spelled);
            continue;
        }
        let corrected = named_paths.get(&path).cloned();
        let Some(name) = corrected.or_else(|| name_of(&stretch, pages, structured)) else {
            continue;
        };
        report.push(
            Code::TypeFromPath,
            stretch.at,
            0,
            format!("no page defines the type of what stands at `/{spelled}`"),
            format!("an entity type `{name}` was made of what paths show"),
        );
        let name = QualifiedName {
            namespace: namespace(&stretch),
            name,
        };
        structured.push(StructuredDefinition {
            name,
            parts: Vec::new(),
            path: Some(at),
        });
        paths.insert(path, spelled);
    }
}

/// The type with a page that is called after the segment where it stands.
fn called_after<'d, 'a>(
    segment: &str,
    structured: &'d mut [StructuredDefinition<'a>],
) -> Option<&'d mut StructuredDefinition<'a>> {
    let stems = [segment.to_owned(), names::singular(segment)];
    let names: Vec<String> = stems
        .iter()
        .flat_map(|stem| ["Root", "Container"].map(|end| format!("{stem}{end}")))
        .collect();
    let mut types = structured.iter_mut();
    types.find(|own| {
        names
            .iter()
            .any(|name| own.name.name.eq_ignore_ascii_case(name))
    })
}

/// The name of a type that only a path shows; none if it may be a type that has a page.
fn name_of(
    stretch: &Stretch,
    pages: &[Page],
    structured: &[StructuredDefinition],
) -> Option<String> {
    let known: BTreeSet<Folded> = structured
        .iter()
        .map(|definition| Folded::of(&definition.name.name))
        .collect();
    let stated = stated_name(stretch, pages, &known);
    if stated.is_some() {
        return stated;
    }
    let singular = names::singular(stretch.segment);
    let is_known = [stretch.segment, singular.as_str()]
        .iter()
        .any(|name| known.contains(&Folded::of(name)));
    // What only has actions behind it may be any type; a page would have to say so.
    if is_known || !stretch.has_collections || is_held(stretch, structured) {
        return None;
    }
    let name = name_after(stretch.segment);
    (!known.contains(&Folded::of(&name))).then_some(name)
}

/// A path with its capitals; none if what stands before its last name is no type of this kind.
fn spelled_path(path: &str, segment: &str, found: &BTreeMap<String, String>) -> Option<String> {
    let Some((parent, _)) = path.rsplit_once('/') else {
        return Some(segment.to_owned());
    };
    let parent = found.get(parent)?;
    Some(format!("{parent}/{segment}"))
}

/// All paths of one or two names at the start of request lines, in lower case; without what is known to be something.
fn stretches<'a>(pages: &'a [Page<'a>]) -> BTreeMap<String, Stretch<'a>> {
    let lines = || {
        pages.iter().flat_map(|page| {
            let operation = page.facts.operation.iter();
            let lines = operation.flat_map(|operation| &operation.request_lines);
            lines.map(move |line| (page, line))
        })
    };
    let is_something = |(_, line): (_, &'a RequestLineFact)| match line.segments.as_slice() {
        [
            SegmentFact::Name(_),
            SegmentFact::Name(_) | SegmentFact::Call { .. },
            ..,
        ] => None,
        [SegmentFact::Name(name), ..] => Some(Folded::of(name.as_str())),
        _ => None,
    };
    // Nearly all lines start with a root that is something; they need no second look.
    let known: BTreeSet<Folded> = lines().filter_map(is_something).collect();
    let mut stretches = BTreeMap::new();
    for (page, line) in lines() {
        let mut path = String::new();
        for (place, segment) in line.segments.iter().take(2).enumerate() {
            let SegmentFact::Name(name) = segment else {
                break;
            };
            if !is_identifier(name) || (place == 0 && known.contains(&Folded::of(name))) {
                break;
            }
            path.push_str(&name.to_lowercase());
            note(&mut stretches, &path, name, (page, line, place));
            path.push('/');
        }
    }
    stretches
}

fn note<'a>(
    stretches: &mut BTreeMap<String, Stretch<'a>>,
    path: &str,
    segment: &'a str,
    (page, line, place): (&'a Page<'a>, &'a RequestLineFact, usize),
) {
    let stretch = stretches.entry(path.to_owned()).or_insert_with(|| Stretch {
        segment,
        is_something: false,
        behind: BTreeSet::new(),
        pages: Vec::new(),
        has_collections: false,
        at: line.at,
    });
    match &line.segments[place + 1..] {
        [SegmentFact::Name(name), rest @ ..] => {
            stretch.behind.insert(name.to_lowercase());
            // What follows one of these and leads further is one, too, even if its lines have samples for keys.
            stretch.has_collections |=
                leads_to_many(page, line, place + 1) || (place == 1 && !rest.is_empty());
            if rest.is_empty() {
                stretch.pages.push(page);
            }
        }
        [SegmentFact::Call { .. }] => stretch.pages.push(page),
        _ => stretch.is_something = true,
    }
}

/// Whether a line shows many instances at one of the next two names: a key follows, or they are listed or created there.
fn leads_to_many(page: &Page, line: &RequestLineFact, place: usize) -> bool {
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
            let calls = operation.says_action || operation.says_function;
            match line.method {
                HttpMethod::Get => lists && !calls,
                HttpMethod::Post => !calls && (lists || says_create(page)),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether one type with a page, of a name like that of the segment, has what paths lead to behind it.
fn is_held(stretch: &Stretch, structured: &[StructuredDefinition]) -> bool {
    let singular = names::singular(stretch.segment).to_lowercase();
    let alike = structured
        .iter()
        .filter(|definition| definition.name.name.to_lowercase().contains(&singular));
    let scores = alike.map(|definition| {
        let rows = definition.parts.iter().flat_map(|part| {
            let tables = [&part.facts.properties, &part.facts.relationships];
            tables.into_iter().flatten()
        });
        let names = rows.map(|row| row.name.value.trim().to_lowercase());
        names.filter(|name| stretch.behind.contains(name)).count()
    });
    let mut scores: Vec<usize> = scores.filter(|score| *score > 0).collect();
    scores.sort_unstable();
    match scores.as_slice() {
        [] => false,
        [.., before, best] => before < best,
        [_] => true,
    }
}

/// The name that some page uses, in its heading or title, else in its file name.
fn stated_name(stretch: &Stretch, pages: &[Page], known: &BTreeSet<Folded>) -> Option<String> {
    let is_free = |name: &str| is_identifier(name) && !known.contains(&Folded::of(name));
    name_in_titles(stretch, pages, is_free).or_else(|| name_in_files(stretch, is_free))
}

/// The name in the heading of an overview (`identityProtectionRoot resource type`) or in the title of a call
/// (`cloudCommunications: getPresencesByUserId`).
fn name_in_titles(
    stretch: &Stretch,
    pages: &[Page],
    is_free: impl Fn(&str) -> bool,
) -> Option<String> {
    let segment = stretch.segment;
    let starts = |name: &str| names::starts_with(name, segment);
    // `identityProtectionRoot` is about `/identityProtection`, not about `/identity`.
    let is_near = |name: &str| {
        let rest = &name[segment.len()..];
        rest.chars().filter(|letter| letter.is_uppercase()).count() == 1
    };
    let headings = pages.iter().filter_map(|page| {
        let title = page.facts.title.as_ref()?;
        title.value.trim().strip_suffix(" resource type")
    });
    let calls = stretch.pages.iter().filter_map(|page| {
        let title = page.facts.title.as_ref()?;
        title.value.split_once(':').map(|(name, _)| name.trim())
    });
    let mut headings = headings.filter(|name| starts(name) && is_near(name) && is_free(name));
    let mut calls =
        calls.filter(|name| is_free(name) && (starts(name) || names::ends_with(name, segment)));
    let name = headings.next().or_else(|| calls.next())?;
    Some(name.to_owned())
}

/// The name in the names of files about what stands directly behind: `identitycontainer-list-b2xuserflows.md`. Where the path
/// has a plural, files may have the singular.
fn name_in_files(stretch: &Stretch, is_free: impl Fn(&str) -> bool) -> Option<String> {
    let segment = stretch.segment;
    let words = stretch.pages.iter().filter_map(|page| first_word(page));
    let words: Vec<&str> = words.filter(|word| is_free(word)).collect();
    let mut longer = words.iter().filter(|word| {
        names::starts_with(word, segment) && (stretch.has_collections || word.len() > segment.len())
    });
    if let Some(word) = longer.next() {
        return Some(spelled(word, segment));
    }
    let singular = names::singular(segment);
    let mut words = words.iter();
    let is_singular = words.any(|word| word.eq_ignore_ascii_case(&singular));
    (is_singular && singular != segment).then_some(singular)
}

/// The first word of a file name: `identitycontainer`, or the second one, behind that of a namespace.
fn first_word<'p>(page: &'p Page) -> Option<&'p str> {
    let namespace = names::bare(&page.namespace);
    let mut words = page.stem().split('-');
    words.find(|word| !word.eq_ignore_ascii_case(namespace))
}

/// A word in lower case that starts with a segment, with the segment's capitals: `identitycontainer` is `identityContainer`.
fn spelled(word: &str, segment: &str) -> String {
    let rest = &word[segment.len()..];
    let mut name = segment.to_owned();
    let mut letters = rest.chars();
    name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
    name.extend(letters);
    name
}

/// The name of a type that is known by its path only: the segment's own, or where that is a plural, that of a root.
fn name_after(segment: &str) -> String {
    let singular = names::singular(segment);
    match singular == segment {
        true => singular,
        false => format!("{singular}Root"),
    }
}

/// The namespace that all pages about what stands directly behind a path have.
fn namespace(stretch: &Stretch) -> String {
    let mut namespaces = stretch.pages.iter().map(|page| page.namespace.as_str());
    let first = namespaces.next().unwrap_or(MAIN_NAMESPACE);
    let is_common = namespaces.all(|namespace| namespace == first);
    if is_common { first } else { MAIN_NAMESPACE }.to_owned()
}

/// The types that only paths show, by path in lower case.
pub(crate) fn by_path(definitions: &[StructuredDefinition]) -> BTreeMap<String, StructuredTypeId> {
    let places = definitions.iter().enumerate();
    let found = places.filter_map(|(place, definition)| {
        let path = definition.path.as_ref()?;
        Some((path.value.to_lowercase(), StructuredTypeId(place as u32)))
    });
    found.collect()
}

/// Lets types that only paths show lead to those behind them.
pub(crate) fn connect(types: &mut [StructuredType], definitions: &[StructuredDefinition]) {
    let ids = by_path(definitions);
    for definition in definitions {
        let Some(path) = &definition.path else {
            continue;
        };
        let Some((parent, name)) = path.value.rsplit_once('/') else {
            continue;
        };
        let target = ids.get(&path.value.to_lowercase());
        if let (Some(parent), Some(target)) = (ids.get(&parent.to_lowercase()), target) {
            let link = link(name, *target, path.at);
            types[parent.0 as usize].properties.push(link);
        }
    }
}

fn link(name: &str, target: StructuredTypeId, origin: Location) -> Property {
    Property {
        name: name.to_owned(),
        kind: PropertyKind::Navigation,
        ty: TypeRef {
            ty: Type::Structured(target),
            collection: false,
        },
        docs: Docs::default(),
        read_only: false,
        required: false,
        nullable: None,
        default: None,
        listed_values: Vec::new(),
        origin,
    }
}
