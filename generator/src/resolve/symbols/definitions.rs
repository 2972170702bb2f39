//! Definitions of types and enums, each with every page that defines it.

use std::collections::BTreeMap;

use crate::facts::{EnumFacts, PropertyFact, ResourceFacts};
use crate::model::QualifiedName;
use crate::resolve::pages::Page;
use crate::source::{At, Location};

/// Every definition of one version.
pub(crate) struct Definitions<'a> {
    pub(crate) structured: Vec<StructuredDefinition<'a>>,
    pub(crate) enums: Vec<EnumDefinition<'a>>,
    /// Enum sections that no type cell refers to: they list values of String properties.
    pub(crate) value_lists: Vec<EnumPart<'a>>,
    /// Rows that are called String, and the enums that are about them.
    pub(crate) enums_of_rows: EnumsOfRows,
}

/// One entity or complex type.
pub(crate) struct StructuredDefinition<'a> {
    pub(crate) name: QualifiedName,
    /// The places that define it, first the page that has its name. None for the root entity type, which has no page, and
    /// for types that only paths show.
    pub(crate) parts: Vec<ResourcePart<'a>>,
    /// The path it stands at, for a type that no page defines, or that is called after its path.
    pub(crate) path: Option<At<String>>,
}

/// One page's share in a type.
#[derive(Clone, Copy)]
pub(crate) struct ResourcePart<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) facts: &'a ResourceFacts,
}

/// One enum type.
pub(crate) struct EnumDefinition<'a> {
    pub(crate) name: QualifiedName,
    pub(crate) parts: Vec<EnumPart<'a>>,
    /// The row whose list of values is all there is, for an enum that no page defines.
    pub(crate) listed_by: Option<(&'a Page<'a>, &'a PropertyFact)>,
}

/// One page's share in an enum.
#[derive(Clone, Copy)]
pub(crate) struct EnumPart<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) facts: &'a EnumFacts,
}

/// The enums of rows that only call them String, by the place of the row's name.
pub(crate) type EnumsOfRows = BTreeMap<Location, QualifiedName>;
