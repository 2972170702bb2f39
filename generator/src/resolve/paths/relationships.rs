//! In: navigation properties and request lines. Out: the properties as requests show them: one under the name that paths have,
//! and a collection where keys follow, whatever a row of a table says.

use std::collections::BTreeSet;

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{
    HttpMethod, Property, PropertyKind, StructuredType, StructuredTypeId, Type, TypeRef,
};
use crate::report::{Code, Report};
use crate::resolve::names::{self, Folded, Name};
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::paths::property_index::PathMember;
use crate::resolve::paths::walk::Walker;

/// All names in request lines.
pub(crate) struct PathNames<'a>(BTreeSet<Folded<'a>>);

impl<'a> PathNames<'a> {
    /// Gathers them.
    pub(crate) fn new(operations: &[OperationPage<'a>]) -> Self {
        let lines = operations
            .iter()
            .flat_map(|operation| &operation.facts.request_lines);
        let names = lines.flat_map(|line| &line.segments);
        let names = names.filter_map(|segment| match segment {
            SegmentFact::Name(name) => Some(Folded::of(name.as_str())),
            _ => None,
        });
        Self(names.collect())
    }

    /// The relationship of a type that a path shows under another name: it leads to the same type, no path has its name, and
    /// the two names differ little.
    pub(crate) fn misnamed<'t>(
        &self,
        ty: &'t mut StructuredType,
        shown: &Property,
    ) -> Option<&'t mut Property> {
        let mut properties = ty.properties.iter_mut();
        properties.find(|property| {
            property.kind == PropertyKind::Navigation
                && property.ty.ty == shown.ty.ty
                && !self.0.contains(&property.name.as_str() as &dyn Name)
                && is_alike(&property.name.to_lowercase(), &shown.name.to_lowercase())
        })
    }
}

/// Gives a relationship the name and the type that paths show.
pub(crate) fn rename(misnamed: &mut Property, shown: Property, report: &mut Report) {
    report.push(
        Code::RelationshipMisnamed,
        misnamed.origin,
        misnamed.name.chars().count(),
        format!(
            "no path has `{}`, but some have `{}`",
            misnamed.name, shown.name
        ),
        "the name in the paths was taken",
    );
    misnamed.name = shown.name;
    misnamed.ty = shown.ty;
}

/// Whether one name has the other inside, or they differ in one letter.
fn is_alike(left: &str, right: &str) -> bool {
    let (short, long) = match left.len() <= right.len() {
        true => (left, right),
        false => (right, left),
    };
    let same = short.bytes().zip(long.bytes());
    let same = same.take_while(|(left, right)| left == right).count();
    let rest = short.bytes().rev().zip(long.bytes().rev());
    let rest = rest.take_while(|(left, right)| left == right).count();
    long.contains(short) || (long.len() - short.len() <= 1 && same + rest >= short.len())
}

/// The navigation properties that are called one instance, but that a key follows in a path, or that are listed; each with the
/// type that has it and its place there.
pub(crate) fn collections(
    types: &[StructuredType],
    operations: &[OperationPage],
    walker: &Walker,
) -> BTreeSet<(StructuredTypeId, usize)> {
    let single: BTreeSet<Folded> = types
        .iter()
        .flat_map(|ty| &ty.properties)
        .filter(|property| is_single(property))
        .map(|property| Folded::of(property.name.as_str()))
        .collect();
    let mut found = BTreeSet::new();
    for operation in operations {
        for line in &operation.facts.request_lines {
            for (place, segment) in line.segments.iter().enumerate().skip(1) {
                let SegmentFact::Name(name) = segment else {
                    continue;
                };
                let sign = sign_of_many(operation, line, place);
                let Some(sign) = sign.filter(|_| single.contains(&name.as_str() as &dyn Name))
                else {
                    continue;
                };
                let rows = &operation.facts.url_parameters;
                let before = walker.walk(&line.segments[..place], rows, operation.page);
                let owner = before.end.as_ref().and_then(instance);
                let property = owner.and_then(|owner| property_of(owner, name, types, walker));
                // What is read may be called a collection by mistake; a key is none.
                found.extend(property.filter(|(owner, place)| {
                    let property = &types[owner.0 as usize].properties[*place];
                    sign == Sign::Key || is_plural(property, types)
                }));
            }
        }
    }
    found
}

fn is_single(property: &Property) -> bool {
    property.kind == PropertyKind::Navigation && !property.ty.collection
}

/// The single navigation property with a name, of a type or of one of its bases.
fn property_of(
    owner: StructuredTypeId,
    name: &str,
    types: &[StructuredType],
    walker: &Walker,
) -> Option<(StructuredTypeId, usize)> {
    walker.scope.bases.chain(owner).find_map(|id| {
        let mut properties = types[id.0 as usize].properties.iter();
        let place =
            properties.position(|own| is_single(own) && own.name.eq_ignore_ascii_case(name))?;
        Some((id, place))
    })
}

/// How a line shows that there are many instances at a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A key follows.
    Key,
    /// All of them are read.
    List,
}

fn sign_of_many(operation: &OperationPage, line: &RequestLineFact, place: usize) -> Option<Sign> {
    match line.segments.get(place + 1) {
        Some(SegmentFact::Key(_)) => Some(Sign::Key),
        Some(_) => None,
        None => {
            let content = operation.content.as_ref();
            let lists = content.is_some_and(|content| content.collection);
            (line.method == HttpMethod::Get && lists).then_some(Sign::List)
        }
    }
}

/// Whether a name is a plural, and not just that of the type, as `analytics` of `itemAnalytics` is.
fn is_plural(property: &Property, types: &[StructuredType]) -> bool {
    let of_type = match property.ty.ty {
        Type::Structured(id) => names::ends_with(&types[id.0 as usize].name.name, &property.name),
        _ => false,
    };
    property.name.ends_with('s') && !of_type
}

fn instance(ty: &TypeRef) -> Option<StructuredTypeId> {
    match ty.ty {
        Type::Structured(id) if !ty.collection => Some(id),
        _ => None,
    }
}

/// Makes a collection of a navigation property.
pub(crate) fn make_collection(property: &mut Property, report: &mut Report) -> PathMember {
    property.ty.collection = true;
    report.push(
        Code::CollectionFromPath,
        property.origin,
        property.name.chars().count(),
        format!(
            "`{}` is called one instance, but paths lead to many",
            property.name
        ),
        "it was made a collection",
    );
    PathMember {
        name: property.name.clone(),
        ty: property.ty.clone(),
    }
}
