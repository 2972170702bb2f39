//! Structured types to structs: properties with the inherited ones, and the enum over what derives from a type.

use std::collections::BTreeMap;

use crate::memo::Same;
use crate::model::{Api, QualifiedName, StructuredType, StructuredTypeId};
use crate::report::Report;

use super::docs::{self, Docs, facts};
use super::fields::{Declared, fields};
use super::items::{AnyEnum, AnyVariant, Element, Struct, When};
use super::registry::Registry;
use super::values::is_stream;

/// All that the struct of a structured type is made of.
#[derive(Debug, Hash)]
pub(crate) struct Given<'a> {
    registry: Same<'a, Registry>,
    id: StructuredTypeId,
    ty: &'a StructuredType,
    /// The type, and those that it inherits from: the nearest first.
    chain: Vec<(StructuredTypeId, &'a StructuredType)>,
    /// The type and those derived from it, if there is an enum over them.
    family: Vec<(StructuredTypeId, &'a QualifiedName)>,
}

impl<'a> Given<'a> {
    /// Looks up what belongs to a type.
    pub(crate) fn new(api: &'a Api, registry: &'a Registry, id: StructuredTypeId) -> Self {
        Self {
            registry: Same(registry),
            id,
            ty: api.structured_type(id),
            chain: api
                .ancestors(id)
                .map(|id| (id, api.structured_type(id)))
                .collect(),
            family: family(api, registry, id),
        }
    }
}

/// A type and all that are derived from it, by name, if there is an enum over them.
fn family<'a>(
    api: &'a Api,
    registry: &Registry,
    base: StructuredTypeId,
) -> Vec<(StructuredTypeId, &'a QualifiedName)> {
    if !matches!(registry.struct_element(base), Element::Any(_)) {
        return Vec::new();
    }
    let ids = (0..api.structured_types.len())
        .filter_map(|index| u32::try_from(index).ok())
        .map(StructuredTypeId);
    let derived = ids.filter(|id| *id != base && api.is_or_inherits(*id, base));
    let family = std::iter::once(base).chain(derived);
    family
        .map(|id| (id, &api.structured_type(id).name))
        .collect()
}

/// The struct of a structured type.
pub(crate) fn structure(given: &Given<'_>) -> (Struct, Report) {
    let Given {
        registry: Same(registry),
        id,
        ty,
        ..
    } = given;
    let (id, mut report) = (*id, Report::new());
    let properties = flattened(given);
    let mut struct_docs = Docs::describe(&ty.docs, || {
        format!("The {} type.", docs::code(&ty.name.full()))
    });
    for fact in facts::structured(ty) {
        struct_docs.paragraph(fact);
    }
    if let Some(base) = ty.base {
        struct_docs.paragraph(format!("Inherits from `{}`.", registry.struct_ident(base)));
    }
    for stream in properties
        .iter()
        .filter(|declared| is_stream(&declared.property.ty))
    {
        let name = docs::code(&stream.property.name);
        struct_docs.paragraph(format!("The bytes of {name} are no part of the JSON; they are read and written at a path of their own."));
    }
    facts::add_pages(&mut struct_docs, &ty.pages);
    let item = Struct {
        ident: registry.struct_ident(id).clone(),
        name: Some(ty.name.clone()),
        docs: struct_docs,
        deprecated: facts::deprecated(&ty.docs),
        fields: fields(registry, &properties, Some(id), &mut report),
        any: any_enum(given),
        when: When::default(),
    };
    (item, report)
}

/// Inherited properties, the farthest base's first, then own ones. One that is declared again keeps its place.
fn flattened<'a>(given: &Given<'a>) -> Vec<Declared<'a>> {
    let mut flat: Vec<Declared<'_>> = Vec::new();
    let mut places = BTreeMap::new();
    for (owner, ty) in given.chain.iter().rev() {
        for property in &ty.properties {
            let declared = Declared {
                owner: Some(*owner),
                pages: &ty.pages,
                property,
            };
            let place = *places.entry(property.name.as_str()).or_insert(flat.len());
            match flat.get_mut(place) {
                Some(earlier) => *earlier = declared,
                None => flat.push(declared),
            }
        }
    }
    flat
}

fn any_enum(given: &Given<'_>) -> Option<AnyEnum> {
    let Same(registry) = given.registry;
    let Element::Any(ident) = registry.struct_element(given.id) else {
        return None;
    };
    let base_ident = registry.struct_ident(given.id);
    let mut any_docs = Docs::starting(format!(
        "A [`{base_ident}`], or a value of any type derived from it; `@odata.type` tells which."
    ));
    any_docs.paragraph(format!("A value of a type that is not listed here is read as a `{base_ident}` and keeps all it has."));
    let variants = given.family.iter().map(|(id, name)| AnyVariant {
        ident: registry.struct_ident(*id).clone(),
        name: name.full(),
        docs: Docs::starting(format!("{}.", docs::code(&name.full()))),
    });
    let variants = variants.collect();
    Some(AnyEnum {
        ident,
        docs: any_docs,
        variants,
    })
}
