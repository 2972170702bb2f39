//! Types as JSON Schema.

use serde_json::{Map, Value, json};

use crate::export::TakenNames;
use crate::model::{Api, EnumType, Primitive, Property, StructuredTypeId, Type, TypeRef};

/// The property that tells the type of an instance.
const TYPE_PROPERTY: &str = "@odata.type";

/// The number of generations of derived types that a discriminator lists. The documentation has five; the limit keeps the size of
/// the document proportional to the number of types.
const LISTED_GENERATIONS: usize = 16;

/// The schemas of an API, with the names of their components.
pub(super) struct Schemas<'a> {
    pub(super) api: &'a Api,
    /// The component names of structured types, by id.
    structured_types: Vec<String>,
    /// The components of each type that has derived types, by its id.
    unions: Vec<Option<Union>>,
    /// The component names of enums, by id.
    enums: Vec<String>,
    /// The types that inherit directly from a type, by its id.
    derived: Vec<Vec<StructuredTypeId>>,
}

/// The component names of a base type's unions.
struct Union {
    /// Any of the derived types.
    derived: String,
    /// The type or any of the derived types.
    any: String,
}

/// Returns a reference to a component.
pub(super) fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": reference_uri(kind, name) })
}

fn reference_uri(kind: &str, name: &str) -> String {
    format!("#/components/{kind}/{name}")
}

impl<'a> Schemas<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut taken = TakenNames::default();
        let mut component = |name: String| {
            let is_allowed =
                |character: char| character.is_ascii_alphanumeric() || ".-_".contains(character);
            taken.take(name.replace(|character| !is_allowed(character), "_"))
        };
        let structured_types: Vec<String> = api
            .structured_types
            .iter()
            .map(|ty| component(ty.name.full()))
            .collect();
        let enums = api
            .enums
            .iter()
            .map(|ty| component(ty.name.full()))
            .collect();
        let mut derived = vec![Vec::new(); structured_types.len()];
        for (index, ty) in api.structured_types.iter().enumerate() {
            if let Some(base) = ty.base {
                derived[base.0 as usize].push(StructuredTypeId(index as u32));
            }
        }
        let mut union = |name: &String| Union {
            derived: component(format!("{name}.derived")),
            any: component(format!("{name}.any")),
        };
        let unions = structured_types
            .iter()
            .zip(&derived)
            .map(|(name, derived)| (!derived.is_empty()).then(|| union(name)))
            .collect();
        Self {
            api,
            structured_types,
            unions,
            enums,
            derived,
        }
    }

    /// Returns the schemas of all types, by component name.
    pub(super) fn to_json(&self) -> Value {
        let enums = self
            .enums
            .iter()
            .zip(&self.api.enums)
            .map(|(name, ty)| (name, enum_type(ty)));
        let structured_types = self
            .structured_types
            .iter()
            .enumerate()
            .map(|(index, name)| (name, self.structured_type(StructuredTypeId(index as u32))));
        let unions = self.unions.iter().enumerate();
        let unions = unions.filter_map(|(index, union)| {
            let id = StructuredTypeId(index as u32);
            Some(self.union(id, union.as_ref()?))
        });
        let mut schemas: Vec<(&String, Value)> = enums
            .chain(structured_types)
            .chain(unions.flatten())
            .collect();
        schemas.sort_by_key(|(name, _)| *name);
        let schemas = schemas
            .into_iter()
            .map(|(name, schema)| (name.clone(), schema));
        Value::Object(schemas.collect())
    }

    /// Returns the schema of a value of a type, which is not null.
    pub(super) fn value(&self, ty: &TypeRef) -> Value {
        let one = match &ty.ty {
            Type::Primitive(primitive) => self::primitive(*primitive),
            Type::Enum(id) => reference("schemas", &self.enums[id.0 as usize]),
            Type::Structured(id) => reference("schemas", self.polymorphic(*id)),
            Type::Undefined(_) => json!({}),
        };
        if ty.collection {
            json!({ "type": "array", "items": one })
        } else {
            one
        }
    }

    /// Returns the schema of the body of an action: an object with the parameters.
    pub(super) fn action_parameters(&self, parameters: &[Property]) -> Value {
        let properties: Map<String, Value> = parameters
            .iter()
            .map(|parameter| {
                let is_nullable = parameter.nullable.unwrap_or(!parameter.required);
                (
                    parameter.name.clone(),
                    self.property(parameter, is_nullable),
                )
            })
            .collect();
        let mut object = object_schema(properties);
        let required: Vec<&str> = parameters
            .iter()
            .filter(|parameter| parameter.required)
            .map(|parameter| parameter.name.as_str())
            .collect();
        if !required.is_empty() {
            object.insert("required".into(), required.into());
        }
        Value::Object(object)
    }

    /// Returns the schema of a property, with its description and annotations.
    fn property(&self, property: &Property, is_nullable: bool) -> Value {
        let value = self.value(&property.ty);
        let value = if is_nullable { nullable(value) } else { value };
        let Value::Object(mut object) = value else {
            unreachable!("every schema is made as an object")
        };
        if !property.docs.description.is_empty() {
            object.insert(
                "description".into(),
                property.docs.description.clone().into(),
            );
        }
        if property.read_only {
            object.insert("readOnly".into(), true.into());
        }
        if property.docs.deprecated.is_some() {
            object.insert("deprecated".into(), true.into());
        }
        Value::Object(object)
    }

    fn structured_type(&self, id: StructuredTypeId) -> Value {
        let ty = self.api.structured_type(id);
        let is_base = !self.derived(id).is_empty();
        let mut properties: Map<String, Value> = Map::new();
        if is_base {
            properties.insert(TYPE_PROPERTY.into(), json!({ "type": "string" }));
        }
        for property in &ty.properties {
            let is_nullable = property
                .nullable
                .unwrap_or_else(|| !ty.key.contains(&property.name));
            properties.insert(property.name.clone(), self.property(property, is_nullable));
        }
        let own = object_schema(properties);
        let mut object = match ty.base {
            Some(base) => {
                let base = reference("schemas", &self.structured_types[base.0 as usize]);
                Map::from_iter([("allOf".to_owned(), json!([base, own]))])
            }
            None => own,
        };
        if is_base {
            object.insert("discriminator".into(), self.discriminator(id));
        }
        object.insert("title".into(), ty.name.name.clone().into());
        if !ty.docs.description.is_empty() {
            object.insert("description".into(), ty.docs.description.clone().into());
        }
        if ty.docs.deprecated.is_some() {
            object.insert("deprecated".into(), true.into());
        }
        if let Some(page) = ty.pages.first() {
            object.insert("externalDocs".into(), json!({ "url": page.url }));
        }
        Value::Object(object)
    }

    /// Returns the schemas of the unions of a base type. Every reference to a base type is one to a union, so that tools that ignore
    /// the mapping of a discriminator find the derived types as well. The type itself is an alternative of its own, because its
    /// instances usually lack `@odata.type`.
    fn union<'s>(&'s self, id: StructuredTypeId, union: &'s Union) -> [(&'s String, Value); 2] {
        let name = &self.api.structured_type(id).name.name;
        let alternatives: Vec<Value> = self
            .listed_derived_types(id)
            .map(|(_, component)| reference("schemas", component))
            .collect();
        let derived = json!({
            "anyOf": alternatives,
            "discriminator": self.discriminator(id),
            "title": format!("Derived types of {name}"),
        });
        let any = json!({
            "anyOf": [
                reference("schemas", &union.derived),
                reference("schemas", &self.structured_types[id.0 as usize]),
            ],
            "title": format!("{name} or a derived type"),
        });
        [(&union.derived, derived), (&union.any, any)]
    }

    /// Returns the discriminator of a base type: it maps the type names in JSON to the schemas of the derived types.
    fn discriminator(&self, id: StructuredTypeId) -> Value {
        let mapping: Map<String, Value> = self
            .listed_derived_types(id)
            .map(|(id, component)| {
                let name = format!("#{}", self.api.structured_type(id).name.full());
                (name, reference_uri("schemas", component).into())
            })
            .collect();
        json!({ "propertyName": TYPE_PROPERTY, "mapping": mapping })
    }

    /// Returns the types derived from a type, directly or indirectly, with their components. In the last generation, the component
    /// includes the types derived from it.
    fn listed_derived_types(
        &self,
        id: StructuredTypeId,
    ) -> impl Iterator<Item = (StructuredTypeId, &str)> {
        let mut listed = Vec::new();
        let mut generation = self.derived(id).to_vec();
        for number in 1..=LISTED_GENERATIONS {
            let is_last = number == LISTED_GENERATIONS;
            for id in &generation {
                let component = match is_last {
                    true => self.polymorphic(*id),
                    false => self.structured_types[id.0 as usize].as_str(),
                };
                listed.push((*id, component));
            }
            generation = generation
                .iter()
                .flat_map(|id| self.derived(*id))
                .copied()
                .collect();
        }
        listed.into_iter()
    }

    /// Returns the component of values of a type or a type derived from it.
    fn polymorphic(&self, id: StructuredTypeId) -> &str {
        let index = id.0 as usize;
        match &self.unions[index] {
            Some(union) => &union.any,
            None => &self.structured_types[index],
        }
    }

    fn derived(&self, id: StructuredTypeId) -> &[StructuredTypeId] {
        &self.derived[id.0 as usize]
    }
}

fn object_schema(properties: Map<String, Value>) -> Map<String, Value> {
    Map::from_iter([
        ("type".to_owned(), "object".into()),
        ("properties".to_owned(), properties.into()),
    ])
}

/// Returns the schema that accepts null as well.
fn nullable(schema: Value) -> Value {
    match schema {
        Value::Object(object) if object.is_empty() => Value::Object(object),
        Value::Object(mut object) if object.contains_key("type") => {
            let ty = object["type"].take();
            object["type"] = json!([ty, "null"]);
            Value::Object(object)
        }
        other => json!({ "anyOf": [other, { "type": "null" }] }),
    }
}

/// Undocumented members are valid, so the schema is either a documented member or any other string.
fn enum_type(ty: &EnumType) -> Value {
    let members: Vec<&str> = ty
        .members
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    let mut object = if members.is_empty() {
        Map::from_iter([("type".to_owned(), "string".into())])
    } else {
        let alternatives = json!([{ "type": "string", "enum": members }, { "type": "string" }]);
        Map::from_iter([("anyOf".to_owned(), alternatives)])
    };
    object.insert("title".into(), ty.name.name.clone().into());
    if !ty.docs.description.is_empty() {
        object.insert("description".into(), ty.docs.description.clone().into());
    }
    if ty.docs.deprecated.is_some() {
        object.insert("deprecated".into(), true.into());
    }
    object.insert("x-graph-flags".into(), ty.is_flags.into());
    Value::Object(object)
}

fn primitive(primitive: Primitive) -> Value {
    let (ty, format) = match primitive {
        Primitive::Untyped => return json!({}),
        Primitive::Boolean => return json!({ "type": "boolean" }),
        Primitive::String => return json!({ "type": "string" }),
        Primitive::Byte => ("integer", "uint8"),
        Primitive::Int16 => ("integer", "int16"),
        Primitive::Int32 => ("integer", "int32"),
        Primitive::Int64 => ("integer", "int64"),
        Primitive::Single => ("number", "float"),
        Primitive::Double => ("number", "double"),
        Primitive::Decimal => ("number", "decimal"),
        Primitive::DateTimeOffset => ("string", "date-time"),
        Primitive::Date => ("string", "date"),
        Primitive::TimeOfDay => ("string", "time"),
        Primitive::Duration => ("string", "duration"),
        Primitive::Guid => ("string", "uuid"),
        Primitive::Binary | Primitive::Stream => ("string", "base64url"),
    };
    json!({ "type": ty, "format": format })
}
