//! Makes a collection of a navigation property that its table describes as a single instance, where requests show many: a key
//! follows its name, or it is listed.

use std::collections::BTreeSet;

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{HttpMethod, Property, PropertyKind, StructuredTypeId, Type};
use crate::report::{Code, Report};
use crate::resolve::inheritance::final_bases::FinalBases;
use crate::resolve::names::{FoldedName, NameText, ends_with};
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::paths::walk::{PathWalker, instance};
use crate::resolve::types::draft::TypeDrafts;

/// A property, as its type and its index there.
pub(crate) type PropertyPlace = (StructuredTypeId, usize);

/// Returns the single navigation properties that requests show to be collections.
pub(crate) fn find_collections(
    types: &TypeDrafts,
    bases: &FinalBases,
    operations: &[OperationPage],
    walker: &PathWalker,
) -> BTreeSet<PropertyPlace> {
    let single: BTreeSet<FoldedName> = types
        .iter()
        .flat_map(|(_, ty)| &ty.properties)
        .filter(|property| is_single(property))
        .map(|property| FoldedName::borrowed(property.name.as_str()))
        .collect();
    let mut collections = BTreeSet::new();
    for operation in operations {
        for line in &operation.facts.request_lines {
            for (place, segment) in line.segments.iter().enumerate().skip(1) {
                let SegmentFact::Name(name) = segment else {
                    continue;
                };
                if !single.contains(&name.as_str() as &dyn NameText) {
                    continue;
                }
                let Some(sign) = collection_sign(operation, line, place) else {
                    continue;
                };
                let before = walker.walk(&line.segments[..place], operation);
                let owner = instance(before.end.as_ref());
                let property = owner.and_then(|owner| find_single(owner, name, types, bases));
                // A page may call a single instance a collection by mistake, but a key follows collections only.
                collections.extend(property.filter(|(owner, place)| {
                    let property = &types.get(*owner).properties[*place];
                    sign == CollectionSign::Key || is_plural(property, types)
                }));
            }
        }
    }
    collections
}

/// Makes a navigation property a collection.
pub(crate) fn make_collection(property: &mut Property, report: &mut Report) {
    property.ty.collection = true;
    report.push(
        Code::CollectionFromPath,
        property.origin,
        property.name.chars().count(),
        format!(
            "`{}` is described as a single instance, but paths show a collection",
            property.name
        ),
        "it is generated as a collection",
    );
    report.set_subject(&property.name);
}

fn is_single(property: &Property) -> bool {
    property.kind == PropertyKind::Navigation && !property.ty.collection
}

/// Returns the single navigation property with a name, of a type or of one of its base types.
fn find_single(
    owner: StructuredTypeId,
    name: &str,
    types: &TypeDrafts,
    bases: &FinalBases,
) -> Option<PropertyPlace> {
    bases.chain(owner).find_map(|id| {
        let mut properties = types.get(id).properties.iter();
        let place = properties
            .position(|property| is_single(property) && property.name.eq_ignore_ascii_case(name))?;
        Some((id, place))
    })
}

/// How a request line shows that a name is a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CollectionSign {
    /// A key follows.
    Key,
    /// A GET request returns a collection.
    List,
}

fn collection_sign(
    operation: &OperationPage,
    line: &RequestLineFact,
    place: usize,
) -> Option<CollectionSign> {
    match line.segments.get(place + 1) {
        Some(SegmentFact::Key(_) | SegmentFact::AlternateKey(_)) => Some(CollectionSign::Key),
        Some(_) => None,
        None => {
            let content = operation.content.as_ref();
            let lists = content.is_some_and(|content| content.collection);
            (line.method == HttpMethod::Get && lists).then_some(CollectionSign::List)
        }
    }
}

/// Whether a name is a plural, and not the end of the type's name, as `analytics` is of `itemAnalytics`.
fn is_plural(property: &Property, types: &TypeDrafts) -> bool {
    let ends_type_name = match property.ty.ty {
        Type::Structured(id) => ends_with(&types.get(id).name.name, &property.name),
        _ => false,
    };
    property.name.ends_with('s') && !ends_type_name
}
