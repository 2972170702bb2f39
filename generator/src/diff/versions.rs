//! Compares two versions of the API as the documentation states them: what only one has, and what differs.

use std::collections::BTreeMap;

use super::ItemKind;
use super::compare::format_permissions;
use crate::model::{
    Api, Body, Docs, EnumId, EnumType, HttpMethod, Operation, OperationId, Property, PropertyKind,
    QualifiedName, ResponseContent, StructuredKind, StructuredType, StructuredTypeId, view,
};

/// A difference between two versions of the API in one aspect of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disparity {
    /// The kind of item: type, property, member or operation.
    pub item: ItemKind,
    /// The documented name.
    pub name: String,
    /// The aspect that differs.
    pub aspect: Aspect,
    /// The item in the first version; none if only the second one has it.
    pub left: Option<Stated>,
    /// The item in the second version; none if only the first one has it.
    pub right: Option<Stated>,
}

/// An item of one version with the value of the aspect that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The item.
    pub place: Place,
    /// The value of the aspect.
    pub shown: String,
}

/// Identifies an item of an [`Api`]. Properties and members are identified by their indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An entity or complex type.
    Structured(StructuredTypeId),
    /// A property, with the type that declares it.
    Property(StructuredTypeId, usize),
    /// An enum type.
    Enum(EnumId),
    /// A member of an enum type.
    Member(EnumId, usize),
    /// An operation.
    Operation(OperationId),
}

/// An aspect of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Whether the version has the item.
    Presence,
    /// The kind of a type, property or operation.
    Kind,
    /// The base type.
    BaseType,
    /// The type of a property.
    Type,
    /// Whether a property can be null.
    Nullable,
    /// Whether a property is read-only.
    ReadOnly,
    /// Whether a property is required.
    Required,
    /// The numeric value of a member.
    Value,
    /// The body of a request.
    Body,
    /// The body of a response.
    Response,
    /// The permissions of an operation.
    Permissions,
    /// Whether the item is deprecated.
    Deprecation,
}

impl Aspect {
    /// Returns the aspect as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Kind => "kind",
            Self::BaseType => "base type",
            Self::Type => "type",
            Self::Nullable => "nullable",
            Self::ReadOnly => "read-only",
            Self::Required => "required",
            Self::Value => "value",
            Self::Body => "request body",
            Self::Response => "response",
            Self::Permissions => "permissions",
            Self::Deprecation => "deprecation",
        }
    }
}

/// Compares two versions. The disparities are sorted by kind of item, name and aspect. The properties, members and aspects of an item
/// that only one version has are omitted.
pub fn compare_versions(left: &Api, right: &Api) -> Vec<Disparity> {
    let mut comparison = Comparison {
        left,
        right,
        disparities: Vec::new(),
    };
    comparison.compare_types();
    comparison.compare_operations();
    let mut disparities = comparison.disparities;
    disparities.sort_by(|left, right| {
        (left.item, &left.name, left.aspect).cmp(&(right.item, &right.name, right.aspect))
    });
    disparities
}

/// Pairs the values of two maps with equal keys.
fn pair<K: Ord, V: Copy>(
    left: BTreeMap<K, V>,
    right: BTreeMap<K, V>,
) -> impl Iterator<Item = (K, [Option<V>; 2])> {
    let mut pairs: BTreeMap<K, [Option<V>; 2]> = BTreeMap::new();
    for (key, value) in left {
        pairs.entry(key).or_default()[0] = Some(value);
    }
    for (key, value) in right {
        pairs.entry(key).or_default()[1] = Some(value);
    }
    pairs.into_iter()
}

#[derive(Clone, Copy)]
enum AnyType<'a> {
    Structured(StructuredTypeId, &'a StructuredType),
    Enum(EnumId, &'a EnumType),
}

impl AnyType<'_> {
    fn place(self) -> Place {
        match self {
            Self::Structured(id, _) => Place::Structured(id),
            Self::Enum(id, _) => Place::Enum(id),
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Structured(_, ty) => match (ty.kind, ty.is_open) {
                (StructuredKind::Entity, true) => "open entity type",
                (StructuredKind::Entity, false) => "entity type",
                (StructuredKind::Complex, true) => "open complex type",
                (StructuredKind::Complex, false) => "complex type",
            },
            Self::Enum(_, ty) if ty.is_flags => "flags enum type",
            Self::Enum(..) => "enum type",
        }
    }

    fn docs(&self) -> &Docs {
        match self {
            Self::Structured(_, ty) => &ty.docs,
            Self::Enum(_, ty) => &ty.docs,
        }
    }
}

fn types_by_name(api: &Api) -> BTreeMap<&QualifiedName, AnyType<'_>> {
    let structured = api.structured_types.iter().zip(0..).map(|(ty, id)| {
        let id = StructuredTypeId(id);
        (&ty.name, AnyType::Structured(id, ty))
    });
    let enums = api.enums.iter().zip(0..);
    let enums = enums.map(|(ty, id)| (&ty.name, AnyType::Enum(EnumId(id), ty)));
    structured.chain(enums).collect()
}

fn operations_by_request(api: &Api) -> BTreeMap<(String, HttpMethod), (OperationId, &Operation)> {
    let operations = api.operations.iter().zip(0..);
    operations
        .map(|(operation, id)| {
            let request = (operation.path.normalised(), operation.method);
            (request, (OperationId(id), operation))
        })
        .collect()
}

/// Returns the properties of a type by name, with the types that declare them; the nearest declaration applies.
fn properties_by_name(
    api: &Api,
    id: StructuredTypeId,
) -> BTreeMap<&str, (StructuredTypeId, usize, &Property)> {
    let mut properties = BTreeMap::new();
    for ancestor in api.ancestors(id) {
        let declared = api.structured_type(ancestor).properties.iter();
        for (index, property) in declared.enumerate() {
            let name = property.name.as_str();
            properties
                .entry(name)
                .or_insert((ancestor, index, property));
        }
    }
    properties
}

struct Comparison<'a> {
    left: &'a Api,
    right: &'a Api,
    disparities: Vec<Disparity>,
}

/// An item that both versions have.
#[derive(Clone)]
struct Both {
    item: ItemKind,
    name: String,
    places: [Place; 2],
}

impl<'a> Comparison<'a> {
    fn push_missing(&mut self, item: ItemKind, name: String, places: [Option<Place>; 2]) {
        let shown = String::new();
        let [left, right] = places.map(|place| {
            place.map(|place| Stated {
                place,
                shown: shown.clone(),
            })
        });
        self.disparities.push(Disparity {
            item,
            name,
            aspect: Aspect::Presence,
            left,
            right,
        });
    }

    fn compare_aspect(&mut self, both: &Both, aspect: Aspect, values: [String; 2]) {
        let [left, right] = values;
        if left == right {
            return;
        }
        let stated = |place, shown| Some(Stated { place, shown });
        self.disparities.push(Disparity {
            item: both.item,
            name: both.name.clone(),
            aspect,
            left: stated(both.places[0], left),
            right: stated(both.places[1], right),
        });
    }

    fn compare_deprecation(&mut self, both: &Both, docs: [&Docs; 2]) {
        let shown = docs.map(|docs| yes_or_no(docs.deprecated.is_some()));
        self.compare_aspect(both, Aspect::Deprecation, shown);
    }

    fn compare_types(&mut self) {
        for (name, types) in pair(types_by_name(self.left), types_by_name(self.right)) {
            let [Some(left), Some(right)] = types else {
                let places = types.map(|ty| ty.map(AnyType::place));
                self.push_missing(ItemKind::Type, name.full(), places);
                continue;
            };
            let both = Both {
                item: ItemKind::Type,
                name: name.full(),
                places: [left.place(), right.place()],
            };
            let kinds = [left, right].map(|ty| ty.kind().to_owned());
            self.compare_aspect(&both, Aspect::Kind, kinds);
            self.compare_deprecation(&both, [left.docs(), right.docs()]);
            match (left, right) {
                (AnyType::Structured(left, _), AnyType::Structured(right, _)) => {
                    let base = |api: &Api, id| {
                        let base = api.structured_type(id).base;
                        base.map_or("none".to_owned(), |id| api.structured_type(id).name.full())
                    };
                    let bases = [base(self.left, left), base(self.right, right)];
                    self.compare_aspect(&both, Aspect::BaseType, bases);
                    self.compare_properties(&both.name, [left, right]);
                }
                (AnyType::Enum(left, left_type), AnyType::Enum(right, right_type)) => {
                    let enums = [(left, left_type), (right, right_type)];
                    self.compare_members(&both.name, enums);
                }
                (AnyType::Structured(..), AnyType::Enum(..))
                | (AnyType::Enum(..), AnyType::Structured(..)) => {}
            }
        }
    }

    /// Compares the properties that a type declares in either version. A property that one version declares and the other inherits is
    /// present in both.
    fn compare_properties(&mut self, owner: &str, ids: [StructuredTypeId; 2]) {
        let [left, right] = ids;
        let properties = pair(
            properties_by_name(self.left, left),
            properties_by_name(self.right, right),
        );
        for (name, sides) in properties {
            let is_declared = sides
                .iter()
                .zip(ids)
                .any(|(side, id)| side.is_some_and(|(declaring, ..)| declaring == id));
            if !is_declared {
                continue;
            }
            let name = format!("{owner}.{name}");
            let places = sides.map(|side| side.map(|(id, index, _)| Place::Property(id, index)));
            let ([Some(left), Some(right)], [Some(left_place), Some(right_place)]) =
                (sides, places)
            else {
                self.push_missing(ItemKind::Property, name, places);
                continue;
            };
            let both = Both {
                item: ItemKind::Property,
                name,
                places: [left_place, right_place],
            };
            self.compare_property(&both, [left.2, right.2]);
        }
    }

    fn compare_property(&mut self, both: &Both, properties: [&Property; 2]) {
        let kinds = properties.map(|property| match property.kind {
            PropertyKind::Structural => "structural property".to_owned(),
            PropertyKind::Navigation => "navigation property".to_owned(),
        });
        self.compare_aspect(both, Aspect::Kind, kinds);
        let [left, right] = properties;
        let types = [
            view::type_text(self.left, &left.ty),
            view::type_text(self.right, &right.ty),
        ];
        self.compare_aspect(both, Aspect::Type, types);
        let nullable = properties.map(|property| match property.nullable {
            Some(nullable) => yes_or_no(nullable),
            None => "not stated".to_owned(),
        });
        self.compare_aspect(both, Aspect::Nullable, nullable);
        let read_only = properties.map(|property| yes_or_no(property.read_only));
        self.compare_aspect(both, Aspect::ReadOnly, read_only);
        let required = properties.map(|property| yes_or_no(property.required));
        self.compare_aspect(both, Aspect::Required, required);
        self.compare_deprecation(both, properties.map(|property| &property.docs));
    }

    fn compare_members(&mut self, owner: &str, enums: [(EnumId, &'a EnumType); 2]) {
        let [left, right] = enums.map(|(id, ty)| {
            let members = ty.members.iter().enumerate();
            let members = members
                .map(|(index, member)| (member.name.as_str(), (Place::Member(id, index), member)));
            members.collect::<BTreeMap<_, _>>()
        });
        for (name, members) in pair(left, right) {
            let name = format!("{owner}.{name}");
            let [Some((left_place, left)), Some((right_place, right))] = members else {
                let places = members.map(|member| member.map(|(place, _)| place));
                self.push_missing(ItemKind::Member, name, places);
                continue;
            };
            let both = Both {
                item: ItemKind::Member,
                name,
                places: [left_place, right_place],
            };
            let values = [left.value, right.value];
            let values = values.map(|value| match value {
                Some(value) => value.to_string(),
                None => "not stated".to_owned(),
            });
            self.compare_aspect(&both, Aspect::Value, values);
            self.compare_deprecation(&both, [&left.docs, &right.docs]);
        }
    }

    fn compare_operations(&mut self) {
        let operations = pair(
            operations_by_request(self.left),
            operations_by_request(self.right),
        );
        for ((path, method), sides) in operations {
            let name = format!("{} {path}", method.name());
            let [Some(left), Some(right)] = sides else {
                let places = sides.map(|side| side.map(|(id, _)| Place::Operation(id)));
                self.push_missing(ItemKind::Operation, name, places);
                continue;
            };
            let both = Both {
                item: ItemKind::Operation,
                name,
                places: [Place::Operation(left.0), Place::Operation(right.0)],
            };
            let (left, right) = (left.1, right.1);
            let kinds = [left, right].map(|operation| {
                let kind = format!("{:?}", operation.kind);
                kind.to_lowercase()
            });
            self.compare_aspect(&both, Aspect::Kind, kinds);
            let bodies = [body(self.left, left), body(self.right, right)];
            self.compare_aspect(&both, Aspect::Body, bodies);
            let responses = [response(self.left, left), response(self.right, right)];
            self.compare_aspect(&both, Aspect::Response, responses);
            let permissions = [left, right]
                .map(|operation| format_permissions(&operation.permissions))
                .map(|permissions| match permissions.is_empty() {
                    true => "not stated".to_owned(),
                    false => permissions,
                });
            self.compare_aspect(&both, Aspect::Permissions, permissions);
            self.compare_deprecation(&both, [&left.docs, &right.docs]);
        }
    }
}

fn yes_or_no(value: bool) -> String {
    match value {
        true => "yes".to_owned(),
        false => "no".to_owned(),
    }
}

fn body(api: &Api, operation: &Operation) -> String {
    match &operation.body {
        Body::None => "none".to_owned(),
        Body::Value(ty) => view::type_text(api, ty),
        Body::Parameters(parameters) => {
            let parameters = parameters.iter().map(|parameter| {
                format!(
                    "{}: {}",
                    parameter.name,
                    view::type_text(api, &parameter.ty)
                )
            });
            parameters.collect::<Vec<String>>().join(", ")
        }
        Body::Reference(Some(ty)) => format!("reference to {}", view::type_text(api, ty)),
        Body::Reference(None) => "reference".to_owned(),
        Body::Stream => "binary content".to_owned(),
        Body::Undefined => "not stated".to_owned(),
    }
}

fn response(api: &Api, operation: &Operation) -> String {
    match &operation.response {
        ResponseContent::None => "none".to_owned(),
        ResponseContent::Value(ty) => view::type_text(api, ty),
        ResponseContent::Stream => "binary content".to_owned(),
        ResponseContent::Undefined => "not stated".to_owned(),
    }
}
