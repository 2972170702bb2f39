//! Where the item that a place denotes is defined.

use generator::markdown;
use generator::model::Api;
use generator::source::{FileId, Location};
use lsp_types::{self as lsp, Range};

use super::positions::Encoding;
use super::snapshot::{Snapshot, TypeId};
use super::subject::{Found, Subject};

/// Returns the place that defines a subject.
pub(super) fn find_definition(
    snapshot: &Snapshot,
    encoding: Encoding,
    found: &Found<'_>,
) -> Option<lsp::Location> {
    let at = match (&found.subject, found.api) {
        (Subject::Type(ty), Some(api)) => type_origin(api, *ty)?,
        (Subject::Property(_, property), _) => property.origin,
        (Subject::Member(id, index), Some(api)) => api.enum_type(*id).members[*index].origin,
        (Subject::File(file, anchor), _) => heading(snapshot, *file, anchor.as_deref()),
        (Subject::Permission(_) | Subject::Rule(_), _) => return None,
        (Subject::Type(_) | Subject::Member(..), None) => return None,
    };
    locate(snapshot, encoding, at)
}

/// Returns a place as the client addresses it: the rest of its line.
pub(super) fn locate(
    snapshot: &Snapshot,
    encoding: Encoding,
    at: Location,
) -> Option<lsp::Location> {
    let lines = snapshot.lines(at.file, encoding);
    let range: Range = lines.range(lines.span(at, 0));
    let uri = snapshot.uri(at.file).parse().ok()?;
    Some(lsp::Location { uri, range })
}

/// Returns the heading or annotation that defines a type, or else the start of its page.
fn type_origin(api: &Api, ty: TypeId) -> Option<Location> {
    ty.origin(api)
        .or_else(|| ty.pages(api).first().map(|page| start(page.file)))
}

/// Returns the heading that an anchor denotes, or else the start of the page.
fn heading(snapshot: &Snapshot, file: FileId, anchor: Option<&str>) -> Location {
    let (page, _) = markdown::parse(&snapshot.docs.sources, file);
    let mut headings = page.sections.iter().filter_map(|section| {
        let heading = section.heading.as_ref()?;
        let words = markdown::plain(&heading.raw, &page.link_definitions);
        (Some(slug(&words).as_str()) == anchor && heading.at.file == file).then_some(heading.at)
    });
    headings.next().unwrap_or(start(file))
}

fn start(file: FileId) -> Location {
    Location {
        file,
        line: 1,
        column: 1,
    }
}

/// Returns the anchor of a heading.
fn slug(heading: &str) -> String {
    let letters = heading.trim().chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        letter => letter.is_alphanumeric().then_some(letter),
    });
    letters.flat_map(char::to_lowercase).collect()
}
