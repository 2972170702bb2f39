//! Structured types to structs with own and inherited properties, and to enums over derived types.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::{Api, QualifiedName, StructuredTypeId};
use crate::report::Report;

use super::docs::{self, Docs, facts, usage};
use super::fields::{Declared, fields};
use super::items::{AnyEnum, AnyVariant, Element, Struct, When};
use super::type_names::TypeNames;
use super::values::is_stream;

/// The type and all types derived from it.
fn family(
    api: &Api,
    base: StructuredTypeId,
) -> impl Iterator<Item = (StructuredTypeId, &QualifiedName)> {
    let ids = (0..api.structured_types.len())
        .filter_map(|index| u32::try_from(index).ok())
        .map(StructuredTypeId);
    let derived = ids.filter(move |id| *id != base && api.is_or_inherits(*id, base));
    let family = std::iter::once(base).chain(derived);
    family.map(|id| (id, &api.structured_type(id).name))
}

/// The struct of a structured type.
pub(crate) fn structure(
    api: &Api,
    type_names: &TypeNames,
    id: StructuredTypeId,
    report: &mut Report,
) -> Struct {
    let ty = api.structured_type(id);
    let properties = flattened(api, id);
    let mut struct_docs = Docs::describe(&ty.docs.description, || {
        format!("The {} type.", docs::code(&ty.name.full()))
    });
    for fact in facts::structured(ty) {
        struct_docs.paragraph(fact);
    }
    if let Some(base) = ty.base {
        struct_docs.paragraph(format!(
            "Inherits from `{}`.",
            type_names.struct_ident(base)
        ));
    }
    for stream in properties
        .iter()
        .filter(|declared| is_stream(&declared.property.ty))
    {
        let name = docs::code(&stream.property.name);
        struct_docs.paragraph(format!(
            "The content of {name} is not part of the JSON; requests of its own read and write it."
        ));
    }
    for callout in usage::callouts(&ty.callouts) {
        struct_docs.paragraph(callout);
    }
    facts::add_pages(&mut struct_docs, &ty.pages);
    Struct {
        ident: type_names.struct_ident(id).clone(),
        name: Some(ty.name.clone()),
        docs: struct_docs,
        deprecated: facts::deprecated(&ty.docs),
        fields: fields(type_names, &properties, Some(id), report),
        any: any_enum(api, type_names, id),
        when: When::default(),
    }
}

/// All properties, those of the most distant base type first. A redeclared property keeps its place. The description of the
/// nearest type counts.
fn flattened(api: &Api, id: StructuredTypeId) -> Vec<Declared<'_>> {
    let chain: Vec<StructuredTypeId> = api.ancestors(id).collect();
    let mut flat: Vec<Declared<'_>> = Vec::new();
    let mut places = BTreeMap::new();
    for owner in chain.into_iter().rev() {
        let ty = api.structured_type(owner);
        for property in &ty.properties {
            let declared = Declared {
                owner: Some(owner),
                property: Cow::Borrowed(property),
            };
            let place = *places.entry(property.name.as_str()).or_insert(flat.len());
            match flat.get_mut(place) {
                Some(earlier) => *earlier = declared,
                None => flat.push(declared),
            }
        }
        for redescribed in &ty.redescribed {
            if let Some(place) = places.get(redescribed.name.as_str()) {
                let declared = &mut flat[*place];
                let property = declared.property.to_mut();
                property
                    .docs
                    .description
                    .clone_from(&redescribed.description);
                property.usage = redescribed.usage.clone();
            }
        }
    }
    flat
}

fn any_enum(api: &Api, type_names: &TypeNames, id: StructuredTypeId) -> Option<AnyEnum> {
    let Element::Any(ident) = type_names.struct_element(id) else {
        return None;
    };
    let base_ident = type_names.struct_ident(id);
    let mut any_docs = Docs::starting(format!(
        "A [`{base_ident}`] or one of its derived types, selected by `@odata.type`."
    ));
    any_docs.paragraph(format!(
        "A value of an unlisted type is decoded as `{base_ident}`; its other properties are kept."
    ));
    let variants = family(api, id).map(|(id, name)| AnyVariant {
        ident: type_names.struct_ident(id).clone(),
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
