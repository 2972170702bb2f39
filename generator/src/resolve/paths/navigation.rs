//! In: request lines. Out: navigation properties that no table lists, but that paths lead over.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{
    Docs, Property, PropertyKind, StructuredKind, StructuredType, StructuredTypeId, Type, TypeRef,
};
use crate::report::{Code, Report};
use crate::resolve::inheritance::stated_bases::Bases;
use crate::resolve::names;
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::pages::is_identifier;
use crate::resolve::paths::callables::Callables;
use crate::resolve::paths::property_index::{Members, PathMember};
use crate::resolve::paths::relationships::{self, PathNames};
use crate::resolve::paths::root_inference::Containers;
use crate::resolve::paths::roots::{self, Roots};
use crate::resolve::paths::walk::{Missing, Walker};
use crate::resolve::type_phrases::Scope;
use crate::source::Location;

/// What request lines tell about one name on one type.
struct Shown {
    name: String,
    rank: u8,
    types: Vec<StructuredTypeId>,
    collection: bool,
    at: Location,
}

/// Properties to come, by the type that has them and the lower-cased name.
type Found = BTreeMap<(StructuredTypeId, String), Shown>;

/// A request line whose path is not explained to its end.
type Unexplained<'o> = (&'o OperationPage<'o>, &'o RequestLineFact);

/// Adds the navigation properties that paths show, to the types and to the index of members.
pub(crate) fn add_from_paths(
    types: &mut [StructuredType],
    members: &mut Members,
    operations: &[OperationPage],
    scope: &Scope,
    (callables, roots, containers): (&Callables, &Roots, &Containers),
    report: &mut Report,
) {
    let mut lines: Vec<Unexplained> = operations
        .iter()
        .flat_map(|operation| {
            let lines = operation.facts.request_lines.iter();
            lines.map(move |line| (operation, line))
        })
        .collect();
    let path_names = PathNames::new(operations);
    // A property found opens the way to others behind it; no path is deeper than this.
    for _ in 0..6 {
        let walker = Walker {
            scope,
            members,
            callables,
            roots,
        };
        let found = found(&mut lines, &walker, types, containers);
        if found.is_empty() {
            break;
        }
        for ((owner, _), shown) in found {
            let member = add(owner, &shown, types, (scope.bases, &path_names), report);
            members.add(owner, member);
        }
    }
    let walker = Walker {
        scope,
        members,
        callables,
        roots,
    };
    let missing = look(&mut lines, &walker);
    for (owner, place) in relationships::collections(types, operations, &walker) {
        let property = &mut types[owner.0 as usize].properties[place];
        let member = relationships::make_collection(property, report);
        members.add(owner, member);
    }
    report_unknown(&lines, &missing, types, report);
}

/// What the lines show that are not explained yet. Explained ones are dropped.
fn found(
    lines: &mut Vec<Unexplained>,
    walker: &Walker,
    types: &[StructuredType],
    containers: &Containers,
) -> Found {
    let missing = look(lines, walker);
    let mut found = Found::new();
    for ((operation, line), missing) in lines.iter().zip(missing) {
        note(&mut found, operation, line, missing, types);
    }
    if found.is_empty() {
        look_behind(&mut found, lines, walker, containers);
    }
    found
}

/// Adds a property to a type, or gives one that the type has the right name.
fn add(
    owner: StructuredTypeId,
    shown: &Shown,
    types: &mut [StructuredType],
    (bases, path_names): (&Bases, &PathNames),
    report: &mut Report,
) -> PathMember {
    let property = property(shown, types, bases);
    let member = PathMember {
        name: property.name.clone(),
        ty: property.ty.clone(),
    };
    match path_names.misnamed(&mut types[owner.0 as usize], &property) {
        Some(misnamed) => relationships::rename(misnamed, property, report),
        None => {
            report_added(&property, owner, types, report);
            types[owner.0 as usize].properties.push(property);
        }
    }
    member
}

/// Where no line shows the type at a name, the names behind it may.
fn look_behind(found: &mut Found, lines: &[Unexplained], walker: &Walker, containers: &Containers) {
    let mut behind: BTreeMap<(StructuredTypeId, String), (Missing, Location, BTreeSet<String>)> =
        BTreeMap::new();
    for (operation, line) in lines {
        let rows = &operation.facts.url_parameters;
        let walked = walker.walk(&line.segments, rows, operation.page);
        let Some(missing) = walked.missing else {
            continue;
        };
        let Some(SegmentFact::Name(next)) = line.segments.get(missing.place + 1) else {
            continue;
        };
        let key = (missing.owner, missing.name.to_lowercase());
        let entry = behind
            .entry(key)
            .or_insert_with(|| (missing, line.at, BTreeSet::new()));
        entry.2.insert(next.to_lowercase());
    }
    for (key, (missing, at, names)) in behind {
        let Some(id) = containers.find(&missing.name, &names) else {
            continue;
        };
        let shown = Shown {
            name: missing.name,
            rank: u8::MAX,
            types: vec![id],
            collection: false,
            at,
        };
        found.insert(key, shown);
    }
}

/// Walks some request lines; keeps those that are not explained, and gives back what is missing in each.
fn look(lines: &mut Vec<Unexplained>, walker: &Walker) -> Vec<Missing> {
    let mut all_missing = Vec::new();
    lines.retain(|(operation, line)| {
        let rows = &operation.facts.url_parameters;
        let walked = walker.walk(&line.segments, rows, operation.page);
        let is_missing = walked.missing.is_some();
        all_missing.extend(walked.missing);
        is_missing
    });
    all_missing
}

/// Reports the first path over each name that nothing explains.
fn report_unknown(
    lines: &[Unexplained],
    missing: &[Missing],
    types: &[StructuredType],
    report: &mut Report,
) {
    let mut seen = BTreeSet::new();
    for ((_, line), missing) in lines.iter().zip(missing) {
        if seen.insert((missing.owner, missing.name.to_lowercase())) {
            report.push(
                Code::UnknownSegment,
                line.at,
                0,
                format!(
                    "`{}` in this path is no property of `{}`, and no page calls it",
                    missing.name,
                    types[missing.owner.0 as usize].name.full()
                ),
                "the path is typed up to there",
            );
        }
    }
}

fn note(
    found: &mut Found,
    operation: &OperationPage,
    line: &RequestLineFact,
    missing: Missing,
    types: &[StructuredType],
) {
    if operation.facts.says_function || operation.facts.says_action {
        return;
    }
    let rest = &line.segments[missing.place + 1..];
    let Some((rank, ty)) = roots::shown(operation, line.method, rest) else {
        return;
    };
    let Type::Structured(id) = ty.ty else {
        return;
    };
    let is_entity = types[id.0 as usize].kind == StructuredKind::Entity;
    if !is_entity || !is_identifier(&missing.name) {
        return;
    }
    let name = missing.name.clone();
    let shown = found
        .entry((missing.owner, missing.name.to_lowercase()))
        .or_insert_with(|| Shown {
            name: missing.name.clone(),
            rank,
            types: Vec::new(),
            collection: ty.collection,
            at: line.at,
        });
    if capitals(&name) > capitals(&shown.name) {
        shown.name = name;
    }
    if rank < shown.rank {
        shown.rank = rank;
        shown.types.clear();
        shown.collection = ty.collection;
        shown.at = line.at;
    }
    if rank == shown.rank {
        shown.types.push(id);
    }
}

/// How many capitals a name has; of two spellings, the one with more tells more.
fn capitals(name: &str) -> usize {
    name.chars().filter(|letter| letter.is_uppercase()).count()
}

fn property(shown: &Shown, types: &[StructuredType], bases: &Bases) -> Property {
    let id = bases.common(&shown.types).unwrap_or_else(|| {
        *shown
            .types
            .first()
            .expect("a line that shows the type was noted")
    });
    Property {
        name: shown.name.clone(),
        kind: PropertyKind::Navigation,
        ty: TypeRef {
            ty: Type::Structured(id),
            // A name that is the plural of the type's says so itself.
            collection: shown.collection
                || (shown.name.ends_with('s')
                    && names::ends_with(
                        &types[id.0 as usize].name.name,
                        &names::singular(&shown.name),
                    )),
        },
        docs: Docs::default(),
        read_only: false,
        required: false,
        nullable: None,
        default: None,
        listed_values: Vec::new(),
        origin: shown.at,
    }
}

fn report_added(
    property: &Property,
    owner: StructuredTypeId,
    types: &[StructuredType],
    report: &mut Report,
) {
    let target = match property.ty.ty {
        Type::Structured(id) => types[id.0 as usize].name.full(),
        _ => String::new(),
    };
    report.push(
        Code::NavigationFromPath,
        property.origin,
        0,
        format!(
            "`{}` of `{}` is in this path, but in no table",
            property.name,
            types[owner.0 as usize].name.full()
        ),
        format!("it became a navigation property to `{target}`"),
    );
}
