//! Structured types, enum types and the references between them.

use super::{Callout, Docs, Origin, PageLink, PropertyUsage};

/// The qualified name of a type: `microsoft.graph.callRecords` and `session`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QualifiedName {
    /// The namespace, without a trailing dot.
    pub namespace: String,
    /// The name within the namespace.
    pub name: String,
}

impl QualifiedName {
    /// Returns the namespace and name joined by a dot, as in `@odata.type` after the `#`.
    pub fn full(&self) -> String {
        format!("{}.{}", self.namespace, self.name)
    }
}

/// Identifies an entity or complex type of an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StructuredTypeId(pub u32);

/// Identifies an enum type of an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EnumId(pub u32);

/// An entity or complex type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructuredType {
    /// The qualified name.
    pub name: QualifiedName,
    /// Entity or complex type.
    pub kind: StructuredKind,
    /// The type it inherits from. Following the bases never leads back to the type: `resolve` removes a base from each cycle.
    pub base: Option<StructuredTypeId>,
    /// Whether the type is abstract: only derived types have instances.
    pub is_abstract: bool,
    /// Whether the type is open: instances may have undocumented properties.
    pub is_open: bool,
    /// The names of the key properties that this type declares itself.
    pub key: Vec<String>,
    /// The properties that the type declares itself, in the order of the page.
    pub properties: Vec<Property>,
    /// The inherited properties that the pages of this type describe in other words than those of the base type.
    pub redescribed: Vec<RedescribedProperty>,
    /// The callouts of its pages, except those about examples.
    pub callouts: Vec<Callout>,
    /// The documentation.
    pub docs: Docs,
    /// The pages that define it, the page of its own name first. Empty for `microsoft.graph.entity`, which no page defines.
    pub pages: Vec<PageLink>,
    /// The heading or annotation that defines it; `None` for types that no page defines.
    pub origin: Option<Origin>,
    /// The workload of its pages (`ms.prod`, `ms.subservice`), in lower case.
    pub workload: Option<String>,
}

/// The description of an inherited property by a derived type, such as the form of its `id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedescribedProperty {
    /// The name of the property.
    pub name: String,
    /// The description.
    pub description: String,
    /// What the row states about its use.
    pub usage: PropertyUsage,
    /// The row.
    pub origin: Origin,
}

/// The kind of a structured type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StructuredKind {
    /// An entity type: it has a key, and instances have paths.
    Entity,
    /// A complex type: its instances are values of properties.
    Complex,
}

/// A structural or navigation property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The name in JSON.
    pub name: String,
    /// Structural or navigation.
    pub kind: PropertyKind,
    /// Its type.
    pub ty: TypeRef,
    /// The documentation.
    pub docs: Docs,
    /// Whether a page states that the service sets it.
    pub read_only: bool,
    /// Whether a page states that it is required on creation.
    pub required: bool,
    /// Whether a page states that it can or cannot be null; `None` if no page does.
    pub nullable: Option<bool>,
    /// The default value as the page writes it.
    pub default: Option<String>,
    /// The values that a page lists for a property whose type is not an enum.
    pub listed_values: Vec<String>,
    /// How it is used in requests.
    pub usage: PropertyUsage,
    /// The row that states it, or the request line for a property that only paths show.
    pub origin: Origin,
}

/// The kind of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PropertyKind {
    /// A structural property: part of the instance.
    Structural,
    /// A navigation property: refers to other instances, and is absent unless expanded.
    Navigation,
}

/// The type of a value or collection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeRef {
    /// The type of each value.
    pub ty: Type,
    /// Whether it is a collection.
    pub collection: bool,
}

impl TypeRef {
    /// Whether it is a single `Edm.String`.
    pub fn is_text(&self) -> bool {
        !self.collection && self.ty == Type::Primitive(Primitive::String)
    }
}

/// The type of a single value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// A primitive type of OData.
    Primitive(Primitive),
    /// An enum type.
    Enum(EnumId),
    /// An entity or complex type.
    Structured(StructuredTypeId),
    /// A type that no page defines, by the name on the pages: any JSON value.
    Undefined(String),
}

/// The primitive types of OData that the pages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Primitive {
    /// `Edm.String`
    String,
    /// `Edm.Boolean`
    Boolean,
    /// `Edm.Byte`
    Byte,
    /// `Edm.Int16`
    Int16,
    /// `Edm.Int32`
    Int32,
    /// `Edm.Int64`
    Int64,
    /// `Edm.Single`
    Single,
    /// `Edm.Double`
    Double,
    /// `Edm.Decimal`
    Decimal,
    /// `Edm.DateTimeOffset`
    DateTimeOffset,
    /// `Edm.Date`
    Date,
    /// `Edm.TimeOfDay`
    TimeOfDay,
    /// `Edm.Duration`
    Duration,
    /// `Edm.Guid`
    Guid,
    /// `Edm.Binary`
    Binary,
    /// `Edm.Stream`: binary content with a path of its own.
    Stream,
    /// `Edm.Untyped`: any JSON value.
    Untyped,
}

impl Primitive {
    /// The longest name below.
    const LONGEST_NAME: usize = "edm.microsoft.graph.json".len();

    /// The primitive type that a name in the documentation stands for, with or without `Edm.` and in any case.
    pub fn from_documented_name(name: &str) -> Option<Self> {
        let name = name.trim();
        // Lower case is written to the stack: this runs for every word of a response section.
        let mut buffer = [0; Self::LONGEST_NAME];
        let lower = buffer.get_mut(..name.len())?;
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        let name = std::str::from_utf8(lower).ok()?;
        Some(match name.strip_prefix("edm.").unwrap_or(name).trim() {
            "string" | "url" => Self::String,
            "boolean" | "bool" => Self::Boolean,
            "byte" => Self::Byte,
            "int16" => Self::Int16,
            "int32" | "int" | "integer" => Self::Int32,
            "int64" | "long" => Self::Int64,
            "single" | "float" => Self::Single,
            "double" | "number" | "numeric" => Self::Double,
            "decimal" => Self::Decimal,
            "datetimeoffset" | "datetime" | "timestamp" => Self::DateTimeOffset,
            "date" => Self::Date,
            "timeofday" => Self::TimeOfDay,
            "duration" => Self::Duration,
            "guid" => Self::Guid,
            "binary" => Self::Binary,
            "stream" => Self::Stream,
            "json"
            | "microsoft.graph.json"
            | "object"
            | "untyped"
            | "untyped json object"
            | "json object" => Self::Untyped,
            _ => return None,
        })
    }
}

/// An enum type. The service may return members that no page lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumType {
    /// The qualified name.
    pub name: QualifiedName,
    /// Whether it is a flags enum: a value may combine several members, separated by commas.
    pub is_flags: bool,
    /// The members in the order of the page.
    pub members: Vec<Member>,
    /// The documentation.
    pub docs: Docs,
    /// The pages that define it.
    pub pages: Vec<PageLink>,
    /// The heading that defines it.
    pub origin: Origin,
    /// The workload of its pages, in lower case.
    pub workload: Option<String>,
}

/// A member of an enum type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name in JSON.
    pub name: String,
    /// The numeric value, if a page states one.
    pub value: Option<i64>,
    /// Whether the service returns it only to requests with `Prefer: include-unknown-enum-members`; other responses contain
    /// `unknownFutureValue` in its place.
    pub requires_prefer: bool,
    /// The documentation.
    pub docs: Docs,
    /// The row that states it.
    pub origin: Origin,
}
