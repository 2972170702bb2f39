//! Definitions of types and enums, each with every page that defines it.

use std::collections::BTreeMap;

use super::pages::Page;
use crate::facts::{EnumFacts, PropertyFact, ResourceFacts};
use crate::model::QualifiedName;
use crate::source::{At, Location};

/// Every definition of one version.
pub(super) struct Definitions<'a> {
    pub(super) structured: Vec<StructuredDefinition<'a>>,
    pub(super) enums: Vec<EnumDefinition<'a>>,
    /// Enum sections that no type cell refers to: they list values of String properties.
    pub(super) value_lists: Vec<EnumPart<'a>>,
    /// Rows that are called String, and the enums that are about them.
    pub(super) enums_of_rows: EnumsOfRows,
}

/// One entity or complex type.
pub(super) struct StructuredDefinition<'a> {
    pub(super) name: QualifiedName,
    /// The places that define it, first the page that has its name. None for the root entity type, which has no page, and
    /// for types that only paths show.
    pub(super) parts: Vec<ResourcePart<'a>>,
    /// The path it stands at, for a type that no page defines, or that is called after its path.
    pub(super) path: Option<At<String>>,
}

/// One page's share in a type.
#[derive(Clone, Copy)]
pub(super) struct ResourcePart<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) facts: &'a ResourceFacts,
}

/// One enum type.
pub(super) struct EnumDefinition<'a> {
    pub(super) name: QualifiedName,
    pub(super) parts: Vec<EnumPart<'a>>,
    /// The row whose list of values is all there is, for an enum that no page defines.
    pub(super) listed_by: Option<(&'a Page<'a>, &'a PropertyFact)>,
}

/// One page's share in an enum.
#[derive(Clone, Copy)]
pub(super) struct EnumPart<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) facts: &'a EnumFacts,
}

/// The enums of rows that only call them String, by the place of the row's name.
pub(super) type EnumsOfRows = BTreeMap<Location, QualifiedName>;
