//! Collects the types of a version with their constructors, properties, enum members and derived types.

use std::collections::BTreeMap;

use crate::model::{Api, EnumType, StructuredTypeId, view};
use crate::rust::{AnyEnum, Enum, Struct, Version};

use super::super::ItemKind;
use super::super::items::{Item, Items, Key};
use super::signatures;

/// Adds every structured type and every enum.
pub(super) fn add_types(api: &Api, version: &Version, items: &mut Items) {
    let enums: BTreeMap<String, &EnumType> =
        api.enums.iter().map(|ty| (ty.name.full(), ty)).collect();
    for area in &version.areas {
        for module in &area.modules {
            let path = format!("{}::{}::{}", version.ident, area.ident, module.ident);
            for item in &module.structs {
                let name = item.name.as_ref();
                if let Some(id) = name.and_then(|name| api.find_structured_type(name)) {
                    let adder = Adder { api, items };
                    adder.structure(&path, item, id);
                }
            }
            for item in &module.enums {
                if let Some(ty) = enums.get(&item.name.full()) {
                    let adder = Adder { api, items };
                    adder.enumeration(&path, item, ty);
                }
            }
        }
    }
}

struct Adder<'a> {
    api: &'a Api,
    items: &'a mut Items,
}

impl Adder<'_> {
    fn structure(self, module: &str, item: &Struct, id: StructuredTypeId) {
        let ty = self.api.structured_type(id);
        let owner = ty.name.full();
        let version = self.api.version;
        let any = item.any.as_ref();
        self.items.insert(
            Key::new(version, ItemKind::Type, &owner, ""),
            Item {
                path: item.ident.to_string(),
                module: module.to_owned(),
                signature: "struct".to_owned(),
                description: ty.docs.description.clone(),
                deprecated: ty.docs.deprecated.clone(),
                place: ty.origin,
                when: item.when.clone(),
                ..Item::default()
            },
        );
        if let Some(signature) = signatures::constructor(&item.fields) {
            self.items.insert(
                Key::new(version, ItemKind::Constructor, &owner, ""),
                Item {
                    path: format!("{}::new", item.ident),
                    signature,
                    place: ty.origin,
                    ..Item::default()
                },
            );
        }
        if let Some(any) = any {
            derivations(self.api, &owner, any, self.items);
        }
        self.fields(&owner, item, id);
    }

    fn fields(self, owner: &str, item: &Struct, id: StructuredTypeId) {
        // The nearest declaration applies.
        let mut declared = BTreeMap::new();
        for ancestor in self.api.ancestors(id) {
            let at = self.api.structured_type(ancestor);
            for property in &at.properties {
                declared
                    .entry(property.name.as_str())
                    .or_insert((at, property));
            }
        }
        for field in &item.fields {
            let found = declared.get(field.wire.as_str());
            let (declared_by, property) = match found {
                Some((at, property)) => (Some(at.name.full()), Some(property)),
                None => (None, None),
            };
            let docs = property.map(|property| &property.docs);
            self.items.insert(
                Key::new(self.api.version, ItemKind::Property, owner, &field.wire),
                Item {
                    path: format!("{}.{}", item.ident, field.ident),
                    signature: signatures::value(&field.ty),
                    documented: property
                        .map(|property| view::type_text(self.api, &property.ty))
                        .unwrap_or_default(),
                    description: docs
                        .map(|docs| docs.description.clone())
                        .unwrap_or_default(),
                    deprecated: docs.and_then(|docs| docs.deprecated.clone()),
                    place: property.map(|property| property.origin),
                    declared_by: declared_by.filter(|name| name != owner),
                    when: field.when.clone(),
                    ..Item::default()
                },
            );
        }
    }

    fn enumeration(self, module: &str, item: &Enum, ty: &EnumType) {
        let owner = ty.name.full();
        let version = self.api.version;
        self.items.insert(
            Key::new(version, ItemKind::Type, &owner, ""),
            Item {
                path: item.ident.to_string(),
                module: module.to_owned(),
                signature: "enum".to_owned(),
                description: ty.docs.description.clone(),
                deprecated: ty.docs.deprecated.clone(),
                place: Some(ty.origin),
                when: item.when.clone(),
                ..Item::default()
            },
        );
        for variant in &item.variants {
            let member = ty.members.iter().find(|member| member.name == variant.wire);
            self.items.insert(
                Key::new(version, ItemKind::Member, &owner, &variant.wire),
                Item {
                    path: format!("{}::{}", item.ident, variant.ident),
                    description: member
                        .map(|member| member.docs.description.clone())
                        .unwrap_or_default(),
                    deprecated: member.and_then(|member| member.docs.deprecated.clone()),
                    place: member.map(|member| member.origin),
                    ..Item::default()
                },
            );
        }
    }
}

/// Adds the variants of the enum over a base type, except the first, which is the base type itself.
fn derivations(api: &Api, owner: &str, any: &AnyEnum, items: &mut Items) {
    for variant in any.variants.iter().skip(1) {
        let ty = api
            .structured_types
            .iter()
            .find(|ty| ty.name.full() == variant.name);
        items.insert(
            Key::new(api.version, ItemKind::Derivation, owner, &variant.name),
            Item {
                path: format!("{}::{}", any.ident, variant.ident),
                place: ty.and_then(|ty| ty.origin),
                ..Item::default()
            },
        );
    }
}
