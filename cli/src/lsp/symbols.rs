//! The outline of a page, and the types and operations by name.

use generator::markdown;
use generator::model::Api;
use generator::source::{FileId, Location};
use lsp_types::{Range, SymbolKind};
use serde_json::{Value, json};

use super::definition::locate;
use super::positions::{Encoding, Lines};
use super::snapshot::{Snapshot, TypeId, types};
use crate::terminal::printable_line;

/// The maximum number of symbols in an answer.
const MAX_SYMBOLS: usize = 300;

/// A heading with the headings below it.
struct Heading {
    name: String,
    kind: SymbolKind,
    level: u8,
    /// The line, counted from 1.
    at: Location,
    children: Vec<Heading>,
}

/// Returns the headings of a page as `DocumentSymbol`s, or as a list of `SymbolInformation` for clients without hierarchy.
pub(super) fn outline(
    snapshot: &Snapshot,
    encoding: Encoding,
    file: FileId,
    is_hierarchical: bool,
) -> Value {
    let (page, _) = markdown::parse(&snapshot.docs.sources, file);
    let lines = snapshot.lines(file, encoding);
    let api = snapshot.api(file);
    let headings = page.sections.iter().filter_map(|section| {
        let heading = section.heading.as_ref()?;
        let name = markdown::plain(&heading.raw, &page.link_definitions);
        let name = printable_line(name.trim());
        let is_shown = heading.at.file == file && !name.is_empty();
        is_shown.then(|| Heading {
            name,
            kind: api.map_or(SymbolKind::STRING, |api| kind_of(api, heading.at)),
            level: section.level,
            at: heading.at,
            children: Vec::new(),
        })
    });
    let headings: Vec<Heading> = headings.collect();
    if !is_hierarchical {
        let uri = snapshot.uri(file);
        let symbols = headings.iter().map(|heading| {
            let range = lines.range(lines.span(heading.at, 0));
            let location = json!({ "uri": uri, "range": range });
            json!({ "name": heading.name, "kind": heading.kind, "location": location })
        });
        return symbols.collect();
    }
    let end = snapshot.docs.sources.get(file).text.len();
    let roots = nest(headings);
    roots
        .iter()
        .zip(ends(&roots, &lines, end))
        .map(|(heading, end)| to_symbol(heading, &lines, end))
        .collect()
}

fn kind_of(api: &Api, at: Location) -> SymbolKind {
    let ty = types(api).find(|ty| {
        let origin = ty.origin(api);
        origin.is_some_and(|origin| origin.file == at.file && origin.line == at.line)
    });
    ty.map_or(SymbolKind::STRING, kind)
}

fn kind(ty: TypeId) -> SymbolKind {
    match ty {
        TypeId::Structured(_) => SymbolKind::CLASS,
        TypeId::Enum(_) => SymbolKind::ENUM,
    }
}

/// Puts each heading below the last one of a higher level.
fn nest(headings: Vec<Heading>) -> Vec<Heading> {
    let mut roots: Vec<Heading> = Vec::new();
    for heading in headings {
        let mut siblings = &mut roots;
        while siblings
            .last()
            .is_some_and(|last| last.level < heading.level)
        {
            let last = siblings.last_mut();
            siblings = &mut last.expect("the list is not empty").children;
        }
        siblings.push(heading);
    }
    roots
}

/// Returns the offset at which each heading's section ends: at the next heading, or at the end of the section around them.
fn ends(headings: &[Heading], lines: &Lines<'_>, end: usize) -> Vec<usize> {
    let starts = headings.iter().skip(1);
    starts
        .map(|heading| line_start(heading, lines))
        .chain([end])
        .collect()
}

fn line_start(heading: &Heading, lines: &Lines<'_>) -> usize {
    lines.offset_of(Location {
        column: 1,
        ..heading.at
    })
}

fn to_symbol(heading: &Heading, lines: &Lines<'_>, end: usize) -> Value {
    let selection: Range = lines.range(lines.span(heading.at, 0));
    let range = lines.range(line_start(heading, lines)..end);
    let children: Vec<Value> = heading
        .children
        .iter()
        .zip(ends(&heading.children, lines, end))
        .map(|(child, end)| to_symbol(child, lines, end))
        .collect();
    json!({
        "name": heading.name,
        "kind": heading.kind,
        "range": range,
        "selectionRange": selection,
        "children": children,
    })
}

/// Returns the types and operations whose names contain a text, in any case.
pub(super) fn search(snapshot: &Snapshot, encoding: Encoding, query: &str) -> Value {
    let query = query.trim().to_lowercase();
    let mut symbols = Vec::new();
    for api in &snapshot.analysis.model.apis {
        let named = types(api).map(|ty| {
            let name = ty.name(api).full();
            (name, kind(ty), ty.origin(api))
        });
        let requests = api.operations.iter().map(|operation| {
            let name = format!("{} {}", operation.method.name(), operation.path.template());
            (name, SymbolKind::METHOD, Some(operation.origin))
        });
        let matching = named
            .chain(requests)
            .filter(|(name, ..)| name.to_lowercase().contains(&query));
        for (name, kind, origin) in matching {
            let Some(location) = origin.and_then(|origin| locate(snapshot, encoding, origin))
            else {
                continue;
            };
            symbols.push(json!({
                "name": printable_line(&name),
                "kind": kind,
                "location": location,
                "containerName": api.version.name(),
            }));
            if symbols.len() == MAX_SYMBOLS {
                return symbols.into();
            }
        }
    }
    symbols.into()
}
