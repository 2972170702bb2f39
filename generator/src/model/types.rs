//! Structured types, enum types and the references between them.

use super::{Docs, Origin, PageLink};

/// The full name of a type: `microsoft.graph.callRecords` and `session`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QualifiedName {
    /// The namespace, without a dot at the end.
    pub namespace: String,
    /// The name in it.
    pub name: String,
}

impl QualifiedName {
    /// Both parts with a dot between them, as `@odata.type` has it after the `#`.
    pub fn full(&self) -> String {
        format!("{}.{}", self.namespace, self.name)
    }
}

/// Stands for an entity or complex type of one [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StructuredTypeId(pub u32);

/// Stands for an enum type of one [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EnumId(pub u32);

/// An entity or complex type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructuredType {
    /// Its full name.
    pub name: QualifiedName,
    /// Entity or complex.
    pub kind: StructuredKind,
    /// The type it inherits from. Following the bases never leads back to the type: `resolve` removes a base from each cycle.
    pub base: Option<StructuredTypeId>,
    /// Whether only derived types have instances.
    pub is_abstract: bool,
    /// Whether instances may hold properties that no page lists.
    pub is_open: bool,
    /// Names of the key properties that this type itself declares.
    pub key: Vec<String>,
    /// Own properties in the order of the page, without the inherited ones.
    pub properties: Vec<Property>,
    /// What the page says in words.
    pub docs: Docs,
    /// The pages that define it, first the one that has its name. Empty for `microsoft.graph.entity`, which has none.
    pub pages: Vec<PageLink>,
    /// The heading or annotation that defines it; none for types that no page defines.
    pub origin: Option<Origin>,
    /// The workload its pages name (`ms.prod`, `ms.subservice`), in lower case.
    pub workload: Option<String>,
}

/// Which sort of structured type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StructuredKind {
    /// Has a key and stands at paths.
    Entity,
    /// A value inside others.
    Complex,
}

/// A property, structural or navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The name in JSON.
    pub name: String,
    /// Structural or navigation.
    pub kind: PropertyKind,
    /// Its type.
    pub ty: TypeRef,
    /// What the page says in words.
    pub docs: Docs,
    /// Whether a page says that the service sets it.
    pub read_only: bool,
    /// Whether a page says that creating needs it.
    pub required: bool,
    /// Whether a page says that it can or cannot be null; none if no page says.
    pub nullable: Option<bool>,
    /// The default value as the page writes it.
    pub default: Option<String>,
    /// Values that a page lists for a property whose type is no enum.
    pub listed_values: Vec<String>,
    /// The row that states it; for a property known from request paths only, the request line.
    pub origin: Origin,
}

/// Which sort of property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PropertyKind {
    /// Part of the instance.
    Structural,
    /// A link to other instances: left out unless expanded.
    Navigation,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeRef {
    /// What each value is.
    pub ty: Type,
    /// Whether there are any number of values.
    pub collection: bool,
}

impl TypeRef {
    /// Whether it is OData's `Edm.String`.
    pub fn is_text(&self) -> bool {
        !self.collection && self.ty == Type::Primitive(Primitive::String)
    }
}

/// What one value is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// One of OData's primitive types.
    Primitive(Primitive),
    /// An enum type.
    Enum(EnumId),
    /// An entity or complex type.
    Structured(StructuredTypeId),
    /// A type that no page defines, by the name the pages use. Any JSON value.
    Undefined(String),
}

/// OData's primitive types, as far as the pages use them.
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
    /// `Edm.Stream`: bytes at a path of their own.
    Stream,
    /// `Edm.Untyped`: any JSON value.
    Untyped,
}

/// An enum type. Values that no page lists are legal: the service adds some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumType {
    /// Its full name.
    pub name: QualifiedName,
    /// Whether a value may be several members, joined by commas.
    pub is_flags: bool,
    /// The members in the order of the page.
    pub members: Vec<Member>,
    /// What the page says in words.
    pub docs: Docs,
    /// The pages that define it.
    pub pages: Vec<PageLink>,
    /// The heading that defines it.
    pub origin: Origin,
    /// The workload its pages name, in lower case.
    pub workload: Option<String>,
}

/// A member of an enum type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name in JSON.
    pub name: String,
    /// The number behind it, where a page states one.
    pub value: Option<i64>,
    /// What the page says in words.
    pub docs: Docs,
    /// The row that states it.
    pub origin: Origin,
}
