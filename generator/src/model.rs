//! The API that all pages together describe: types, enums and operations, linked by ids. The model contains neither markdown nor
//! Rust.

mod operation;
mod path;
mod permissions;
mod retirement;
mod selection;
mod types;
mod usage;
pub mod view;
pub mod request_path;
#[cfg(test)]
pub(crate) mod sample;

pub use operation::{
    Body, Content, Example, ExampleJson, ExampleMessage, HttpMethod, Operation, OperationId,
    OperationKind, Parameter, ParameterPlace, ResponseContent,
};
pub use path::{FunctionParameter, KeyParameter, KeyProperty, Path, Segment};
pub use permissions::{Account, Condition, ConditionalGrant, Grant, PermissionSets, Permissions};
pub use selection::{Areas, ItemNames, Matches, Selection};
pub use types::{
    EnumId, EnumType, Member, Primitive, Property, PropertyKind, QualifiedName,
    RedescribedProperty, StructuredKind, StructuredType, StructuredTypeId, Type, TypeRef,
};
pub use usage::{
    Callout, Cloud, OperationUsage, PageSize, PropertyUsage, QueryOption, QuerySupport, Returned,
};

use crate::source::{FileId, Location};

/// A version of the service. Each version has its own model; nothing in one refers to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApiVersion {
    /// `v1.0`
    V1_0,
    /// `beta`
    Beta,
}

impl ApiVersion {
    /// All versions, in the order in which they are generated.
    pub const ALL: [Self; 2] = [Self::V1_0, Self::Beta];

    /// The version as it is spelled in URLs and folder names.
    pub fn name(self) -> &'static str {
        match self {
            Self::V1_0 => "v1.0",
            Self::Beta => "beta",
        }
    }

    /// Parses a version as it is spelled in URLs and folder names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.name() == text)
    }
}

/// All versions that the pages describe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// One API per version that has pages, in the order of [`ApiVersion::ALL`].
    pub apis: Vec<Api>,
}

/// One version of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    /// The version.
    pub version: ApiVersion,
    /// Entity and complex types, sorted by qualified name; a [`StructuredTypeId`] is an index into this list.
    pub structured_types: Vec<StructuredType>,
    /// Enum types, sorted by qualified name; an [`EnumId`] is an index into this list.
    pub enums: Vec<EnumType>,
    /// Operations, sorted by path and method; an [`OperationId`] is an index into this list.
    pub operations: Vec<Operation>,
    /// Entity sets and singletons, sorted by name.
    pub roots: Vec<Root>,
}

/// The first segment of a path: an entity set (`users`) or a singleton (`me`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The name.
    pub name: String,
    /// The type of the singleton, or of the entities in the set; `None` if no page shows it.
    pub ty: Option<TypeRef>,
    /// The first request line that shows it.
    pub origin: Origin,
}

impl Api {
    /// Returns the type with this id.
    pub fn structured_type(&self, id: StructuredTypeId) -> &StructuredType {
        &self.structured_types[id.0 as usize]
    }

    /// Returns the entity or complex type with a qualified name.
    pub fn find_structured_type(&self, name: &QualifiedName) -> Option<StructuredTypeId> {
        let place = self
            .structured_types
            .binary_search_by(|ty| ty.name.cmp(name))
            .ok()?;
        Some(StructuredTypeId(place as u32))
    }

    /// Returns the enum with this id.
    pub fn enum_type(&self, id: EnumId) -> &EnumType {
        &self.enums[id.0 as usize]
    }

    /// Returns the operation with this id.
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }

    /// Returns a type and the types it inherits from, nearest first. Ends, because [`StructuredType::base`] forms no cycle.
    pub fn ancestors(&self, id: StructuredTypeId) -> impl Iterator<Item = StructuredTypeId> {
        std::iter::successors(Some(id), |id| self.structured_type(*id).base)
    }

    /// Returns whether a type is `ancestor` or inherits from it, directly or indirectly.
    pub fn is_or_inherits(&self, id: StructuredTypeId, ancestor: StructuredTypeId) -> bool {
        self.ancestors(id).any(|id| id == ancestor)
    }

    /// Returns the property that instances of a type have under a JSON name: its own or the nearest inherited one.
    pub fn find_property(&self, id: StructuredTypeId, name: &str) -> Option<&Property> {
        self.ancestors(id)
            .flat_map(|id| &self.structured_type(id).properties)
            .find(|property| property.name == name)
    }
}

/// The documentation of an item, as the pages state it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The description, as plain text in which code spans are kept and links are reduced to their text.
    pub description: String,
    /// The reason of the deprecation, if the item is deprecated; empty if the page states none.
    pub deprecated: Option<String>,
}

impl Docs {
    /// Returns the date from which the item stops working, in ISO 8601, if the reason of the deprecation names one. The day may be
    /// missing.
    pub fn retirement_date(&self) -> Option<String> {
        retirement::parse_retirement_date(self.deprecated.as_deref()?)
    }
}

/// A page that defines or describes an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    /// The file.
    pub file: FileId,
    /// The title of the page.
    pub title: String,
    /// The https URL of the published page.
    pub url: String,
}

/// The place that an item comes from: the row, heading, annotation or request line that states it.
pub type Origin = Location;
