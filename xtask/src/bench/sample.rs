//! Synthetic instances of a type, as the service would send them, with a value for each documented property.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use generator::model::{Api, PropertyKind, QualifiedName};
use generator::rust::{Element, Enum, Field, Ident, Primitive, Struct, Value, Version};
use serde_json::{Map, Value as Json, json};

/// The maximum nesting depth of objects.
const DEPTH: usize = 4;

/// Instances of one type.
#[derive(Debug)]
pub(crate) struct Sample {
    /// The struct of the type.
    pub(crate) ident: Ident,
    /// The number of properties of an instance.
    pub(crate) properties: usize,
    /// The instances, as a JSON array.
    pub(crate) json: Json,
}

/// Creates `count` instances, each with an undocumented property and a null value.
pub(crate) fn instances(
    api: &Api,
    version: &Version,
    name: &QualifiedName,
    count: usize,
) -> Result<Sample> {
    let types = Types::new(version);
    let is_named = |item: &&&Struct| item.name.as_ref() == Some(name);
    let ty = types
        .structs
        .values()
        .find(is_named)
        .with_context(|| format!("{}: type not found", name.full()))?;
    let absent = navigation(api, name);
    let fields: Vec<&Field> = ty
        .fields
        .iter()
        .filter(|field| !absent.contains(field.wire.as_str()))
        .collect();
    let instance = |number: usize| {
        let mut object = types.object(&fields, &name.full(), number, 0);
        if let Some(last) = fields.iter().rev().find(|field| is_text(field)) {
            object.insert(last.wire.clone(), Json::Null);
        }
        object.insert(
            "futureProperty".to_owned(),
            json!(format!("not listed {number}")),
        );
        Json::Object(object)
    };
    Ok(Sample {
        ident: ty.ident.clone(),
        properties: fields.len(),
        json: (0..count).map(instance).collect(),
    })
}

/// Returns the navigation properties of a type, which the service omits unless they are requested.
fn navigation<'a>(api: &'a Api, name: &QualifiedName) -> BTreeSet<&'a str> {
    api.find_structured_type(name)
        .into_iter()
        .flat_map(|id| api.ancestors(id))
        .flat_map(|id| &api.structured_type(id).properties)
        .filter(|property| property.kind == PropertyKind::Navigation)
        .map(|property| property.name.as_str())
        .collect()
}

fn is_text(field: &Field) -> bool {
    field.ty == Value::One(Element::Primitive(Primitive::String))
}

/// The types that fields refer to.
struct Types<'a> {
    structs: BTreeMap<&'a Ident, &'a Struct>,
    enums: BTreeMap<&'a Ident, &'a Enum>,
    /// The base type of each enum of a base type and its derived types.
    bases: BTreeMap<&'a Ident, &'a Struct>,
}

impl<'a> Types<'a> {
    fn new(version: &'a Version) -> Self {
        let modules = || version.areas.iter().flat_map(|area| &area.modules);
        let structs = || modules().flat_map(|module| &module.structs);
        let enums = modules().flat_map(|module| &module.enums);
        Self {
            structs: structs().map(|item| (&item.ident, item)).collect(),
            enums: enums.map(|item| (&item.ident, item)).collect(),
            bases: structs()
                .filter_map(|item| Some((&item.any.as_ref()?.ident, item)))
                .collect(),
        }
    }

    fn object(
        &self,
        fields: &[&Field],
        type_name: &str,
        number: usize,
        depth: usize,
    ) -> Map<String, Json> {
        let mut object = Map::new();
        object.insert("@odata.type".to_owned(), json!(format!("#{type_name}")));
        for (place, field) in fields.iter().enumerate() {
            if let Some(value) = self.value(field, number + place, depth) {
                object.insert(field.wire.clone(), value);
            }
        }
        object
    }

    fn value(&self, field: &Field, number: usize, depth: usize) -> Option<Json> {
        match &field.ty {
            Value::One(one) => self.element(one, &field.wire, number, depth),
            Value::Many(each) => {
                let items =
                    (0..2).filter_map(|item| self.element(each, &field.wire, number + item, depth));
                Some(items.collect())
            }
        }
    }

    fn element(&self, element: &Element, wire: &str, number: usize, depth: usize) -> Option<Json> {
        Some(match element {
            Element::Primitive(item) => primitive(*item, wire, number),
            Element::Enum(ident) => json!(self.member(ident, number)),
            Element::Flags(ident) => json!(self.member(ident, number)),
            Element::Struct(ident) => self.nested(self.structs.get(ident)?, number, depth)?,
            Element::Any(ident) => self.nested(self.bases.get(ident)?, number, depth)?,
            Element::AnyEntity | Element::Json => {
                json!({ "id": format!("{number}"), "listed": false })
            }
        })
    }

    fn member(&self, ident: &Ident, number: usize) -> &'a str {
        let variants = self
            .enums
            .get(ident)
            .map(|item| item.variants.as_slice())
            .unwrap_or_default();
        // Any name is valid for an enum without members.
        let variant = variants.get(number % variants.len().max(1));
        variant.map_or("unlisted", |variant| variant.wire.as_str())
    }

    fn nested(&self, ty: &Struct, number: usize, depth: usize) -> Option<Json> {
        let name = ty.name.as_ref()?;
        let fields: Vec<&Field> = ty.fields.iter().collect();
        (depth < DEPTH).then(|| Json::Object(self.object(&fields, &name.full(), number, depth + 1)))
    }
}

fn primitive(primitive: Primitive, wire: &str, number: usize) -> Json {
    match primitive {
        Primitive::String => json!(format!("{wire} of number {number}")),
        Primitive::Boolean => json!(number.is_multiple_of(2)),
        Primitive::Byte => json!(number % 200),
        Primitive::Int16 | Primitive::Int32 => json!(number % 30_000),
        Primitive::Int64 => json!(5_000_000_000_u64 + number as u64),
        Primitive::Single | Primitive::Double => json!(number as f64 + 0.5),
        Primitive::Decimal => json!(number),
        Primitive::DateTimeOffset => json!(format!(
            "2021-07-{:02}T08:{:02}:37.{:07}Z",
            number % 28 + 1,
            number % 60,
            number
        )),
        Primitive::Date => json!(format!("2021-07-{:02}", number % 28 + 1)),
        Primitive::TimeOfDay => json!(format!("08:{:02}:37.0000000", number % 60)),
        Primitive::Duration => json!(format!("P{}DT12H{}M", number % 30 + 1, number % 59 + 1)),
        Primitive::Guid => json!(format!("{:08x}-2b3c-4d5e-8f90-a1b2c3d4e5f6", number)),
        Primitive::Binary => json!("aGFzaCBvZiBhIGRldmljZQ=="),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_match_their_primitive_type() {
        let check = |ty: Primitive, expected: Json| assert_eq!(primitive(ty, "name", 61), expected);
        check(Primitive::String, json!("name of number 61"));
        check(Primitive::Boolean, json!(false));
        check(Primitive::Int64, json!(5_000_000_061_u64));
        check(
            Primitive::DateTimeOffset,
            json!("2021-07-06T08:01:37.0000061Z"),
        );
        check(
            Primitive::Guid,
            json!("0000003d-2b3c-4d5e-8f90-a1b2c3d4e5f6"),
        );
    }
}
