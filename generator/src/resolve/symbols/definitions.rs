//! The definitions of types and enums, each with every page that contributes to it.

use std::collections::BTreeMap;

use crate::facts::{EnumFacts, PropertyFact, ResourceFacts};
use crate::model::{QualifiedName, StructuredTypeId};
use crate::resolve::pages::Page;
use crate::source::{At, Location};

/// Every definition of one version. The index of a definition in its list is its id.
pub(crate) struct Definitions<'a> {
    pub(crate) structured: Vec<StructuredDefinition<'a>>,
    pub(crate) enums: Vec<EnumDefinition<'a>>,
    /// Enum sections that define no enum: they list the values of String properties.
    pub(crate) value_lists: Vec<EnumPart<'a>>,
    pub(crate) string_row_enums: StringRowEnums,
}

impl<'a> Definitions<'a> {
    /// Returns the structured types with their ids.
    pub(crate) fn structured_with_ids(
        &self,
    ) -> impl Iterator<Item = (StructuredTypeId, &StructuredDefinition<'a>)> {
        let definitions = self.structured.iter().enumerate();
        definitions.map(|(place, definition)| (StructuredTypeId(place as u32), definition))
    }
}

/// The enums of rows whose type cell says String, by the location of the row's name.
pub(crate) type StringRowEnums = BTreeMap<Location, QualifiedName>;

/// One entity type or complex type.
pub(crate) struct StructuredDefinition<'a> {
    pub(crate) name: QualifiedName,
    /// The parts that define the type; the page with the type's name comes first. Empty for the root entity type, which has no
    /// page, and for types that only paths show.
    pub(crate) parts: Vec<ResourcePart<'a>>,
    /// The path that leads to the type, if no page defines it or it is named after the path.
    pub(crate) path: Option<At<String>>,
}

/// The part of a type's definition that one page contributes.
#[derive(Clone, Copy)]
pub(crate) struct ResourcePart<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) facts: &'a ResourceFacts,
}

impl ResourcePart<'_> {
    /// Whether the annotation or a sentence says that the type is open.
    pub(crate) fn is_open(&self) -> bool {
        let annotated = self
            .facts
            .annotation
            .as_ref()
            .and_then(|annotation| annotation.open_type);
        annotated == Some(true) || self.facts.is_open.is_some()
    }

    /// Whether the annotation or a sentence says that the type is abstract.
    pub(crate) fn is_abstract(&self) -> bool {
        let annotated = self
            .facts
            .annotation
            .as_ref()
            .and_then(|annotation| annotation.is_abstract);
        annotated == Some(true) || self.facts.is_abstract.is_some()
    }
}

/// One enum type.
pub(crate) struct EnumDefinition<'a> {
    pub(crate) name: QualifiedName,
    pub(crate) parts: Vec<EnumPart<'a>>,
    /// The rows that list the values of an enum that no page defines.
    pub(crate) listed_by: Vec<(&'a Page<'a>, &'a PropertyFact)>,
}

/// The part of an enum's definition that one page contributes.
#[derive(Clone, Copy)]
pub(crate) struct EnumPart<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) facts: &'a EnumFacts,
}
