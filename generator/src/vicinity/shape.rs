//! What the rest of the output depends on: which types and operations there are, and how they lead to each other.

use std::collections::BTreeSet;

use crate::model::{
    Api, EnumType, PropertyKind, QualifiedName, StructuredKind, StructuredType, StructuredTypeId,
    Type, TypeRef,
};
use crate::source::FileId;

/// All of a version but what is inside of its types and operations.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shape {
    types: Vec<OfType>,
    enums: Vec<OfEnum>,
    operations: usize,
}

#[derive(Debug, PartialEq, Eq)]
struct OfType {
    name: QualifiedName,
    is_entity: bool,
    base: Option<StructuredTypeId>,
    is_abstract: bool,
    is_open: bool,
    key: Vec<String>,
    pages: Vec<FileId>,
    workload: Option<String>,
    is_deprecated: bool,
    /// What it leads to, and by which names.
    leads_to: BTreeSet<(String, PropertyKind, TypeRef)>,
    /// What has to be given to make one.
    required: Vec<(String, TypeRef)>,
}

#[derive(Debug, PartialEq, Eq)]
struct OfEnum {
    name: QualifiedName,
    is_flags: bool,
    pages: Vec<FileId>,
    workload: Option<String>,
    is_deprecated: bool,
    /// The members, where none of the pages that changed lists them in a section of their own.
    members: Vec<(String, Option<i64>)>,
}

impl Shape {
    /// The shape of a version, if some enums are free to have other members.
    pub(super) fn of(api: &Api, free: &BTreeSet<(FileId, String)>) -> Self {
        let is_free = |ty: &EnumType| {
            let name = ty.name.name.to_lowercase();
            let mut pages = ty.pages.iter();
            pages.any(|page| free.contains(&(page.file, name.clone())))
        };
        let members = |ty: &EnumType| {
            let members = ty.members.iter().filter(|_| !is_free(ty));
            members
                .map(|member| (member.name.clone(), member.value))
                .collect()
        };
        let enums = api.enums.iter().map(|ty| OfEnum {
            members: members(ty),
            name: ty.name.clone(),
            is_flags: ty.is_flags,
            pages: ty.pages.iter().map(|page| page.file).collect(),
            workload: ty.workload.clone(),
            is_deprecated: ty.docs.deprecated.is_some(),
        });
        Self {
            types: api.structured_types.iter().map(of_type).collect(),
            enums: enums.collect(),
            operations: api.operations.len(),
        }
    }
}

fn of_type(ty: &StructuredType) -> OfType {
    let properties = ty.properties.iter();
    let leads_to = properties.clone();
    let leads_to = leads_to.filter(|property| !is_primitive(&property.ty));
    let required = properties.filter(|property| property.required);
    OfType {
        name: ty.name.clone(),
        is_entity: ty.kind == StructuredKind::Entity,
        base: ty.base,
        is_abstract: ty.is_abstract,
        is_open: ty.is_open,
        key: ty.key.clone(),
        pages: ty.pages.iter().map(|page| page.file).collect(),
        workload: ty.workload.clone(),
        is_deprecated: ty.docs.deprecated.is_some(),
        leads_to: leads_to
            .map(|property| (property.name.clone(), property.kind, property.ty.clone()))
            .collect(),
        required: required
            .map(|property| (property.name.clone(), property.ty.clone()))
            .collect(),
    }
}

fn is_primitive(ty: &TypeRef) -> bool {
    matches!(ty.ty, Type::Primitive(_))
}
