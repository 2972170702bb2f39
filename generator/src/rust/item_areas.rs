//! The areas of all types and operations, for selections.

use crate::model::{Api, Areas, EnumId, StructuredTypeId};
use crate::report::Report;
use crate::source::Sources;

use super::builders;
use super::names::Ident;
use super::type_names::name_types;

/// The areas of all items, by the names of their modules.
pub fn areas_of(api: &Api, sources: &Sources) -> Areas {
    let mut type_names = name_types(api, sources, &mut Report::new());
    let types = (0..api.structured_types.len()).map(|index| StructuredTypeId(index as u32));
    let enums = (0..api.enums.len()).map(|index| EnumId(index as u32));
    Areas {
        structured_types: types
            .map(|id| type_names.struct_place(id).0.to_string())
            .collect(),
        enums: enums
            .map(|id| type_names.enum_place(id).0.to_string())
            .collect(),
        operations: builders::operation_areas(api, &mut type_names)
            .iter()
            .map(Ident::to_string)
            .collect(),
    }
}
