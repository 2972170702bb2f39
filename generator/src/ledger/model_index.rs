//! The items of an API indexed by the pages that define them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Api, EnumType, Example, Operation, StructuredType, StructuredTypeId, Type, TypeRef,
};
use crate::source::{FileId, Location};

/// The types, enums, operations and examples of an API by page.
pub(super) struct ModelIndex<'a> {
    api: &'a Api,
    types: BTreeMap<FileId, Vec<StructuredTypeId>>,
    enums: BTreeMap<FileId, Vec<&'a EnumType>>,
    operations: BTreeMap<FileId, Vec<&'a Operation>>,
    derived: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>>,
    /// The locations of the requests and responses of all examples.
    examples: BTreeSet<Location>,
}

impl<'a> ModelIndex<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut types: BTreeMap<FileId, Vec<StructuredTypeId>> = BTreeMap::new();
        let mut derived: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>> = BTreeMap::new();
        for (place, ty) in api.structured_types.iter().enumerate() {
            let id = StructuredTypeId(place as u32);
            if let Some(base) = ty.base {
                derived.entry(base).or_default().push(id);
            }
            for page in &ty.pages {
                types.entry(page.file).or_default().push(id);
            }
        }
        let mut enums: BTreeMap<FileId, Vec<&EnumType>> = BTreeMap::new();
        for ty in &api.enums {
            for page in &ty.pages {
                enums.entry(page.file).or_default().push(ty);
            }
        }
        let mut operations: BTreeMap<FileId, Vec<&Operation>> = BTreeMap::new();
        for operation in &api.operations {
            for page in &operation.pages {
                operations.entry(page.file).or_default().push(operation);
            }
        }
        let examples = api
            .operations
            .iter()
            .flat_map(|operation| &operation.examples);
        Self {
            examples: examples.flat_map(message_locations).collect(),
            api,
            types,
            enums,
            operations,
            derived,
        }
    }

    /// Returns whether an operation has an example whose request or response starts at a location.
    pub(super) fn is_example(&self, message: Location) -> bool {
        self.examples.contains(&message)
    }

    /// Returns the operations that a page describes.
    pub(super) fn operations(&self, page: FileId) -> &[&'a Operation] {
        self.operations.get(&page).map_or(&[], Vec::as_slice)
    }

    /// Returns the type that a page defines under one of two names.
    pub(super) fn find_type(
        &self,
        page: FileId,
        names: [Option<&str>; 2],
    ) -> Option<StructuredTypeId> {
        let of_page = self.types.get(&page)?;
        let named = names.into_iter().flatten().find_map(|name| {
            let local_name = local_name(name);
            let mut fitting = of_page.iter().filter(|id| {
                self.structured_type(**id)
                    .name
                    .name
                    .eq_ignore_ascii_case(local_name)
            });
            fitting.next()
        });
        // A correction may have renamed the only type of the page.
        named
            .or_else(|| of_page.first().filter(|_| of_page.len() == 1))
            .copied()
    }

    /// Returns the enum that a page defines under a name.
    pub(super) fn find_enum(&self, page: FileId, name: &str) -> Option<&'a EnumType> {
        let of_page = self.enums.get(&page)?;
        let named = of_page
            .iter()
            .find(|ty| ty.name.name.eq_ignore_ascii_case(local_name(name)));
        named.copied()
    }

    /// Returns the callouts of the operations and types that a page describes.
    pub(super) fn callouts(&self, page: FileId) -> BTreeSet<&'a str> {
        let of_operations = self
            .operations(page)
            .iter()
            .flat_map(|operation| &operation.usage.callouts);
        let types = self.types.get(&page).into_iter().flatten();
        let of_types = types.flat_map(|id| &self.structured_type(*id).callouts);
        of_operations
            .chain(of_types)
            .map(|callout| callout.text.as_str())
            .collect()
    }

    fn structured_type(&self, id: StructuredTypeId) -> &'a StructuredType {
        self.api.structured_type(id)
    }

    /// Returns whether a type with a name inherits from another type.
    pub(super) fn inherits(&self, name: &str, base: StructuredTypeId) -> bool {
        let types = self.api.structured_types.iter().enumerate();
        types
            .filter(|(_, ty)| ty.name.name.eq_ignore_ascii_case(local_name(name)))
            .any(|(place, _)| {
                self.api
                    .is_or_inherits(StructuredTypeId(place as u32), base)
            })
    }

    /// Returns whether a type declares or inherits a property, ignoring case.
    pub(super) fn has_property(&self, id: StructuredTypeId, name: &str) -> bool {
        self.api
            .ancestors(id)
            .flat_map(|id| &self.structured_type(id).properties)
            .any(|property| property.name.eq_ignore_ascii_case(name))
    }

    /// Returns whether an instance can have a property: of the type, an ancestor or a derived type, or any if the type is open.
    pub(super) fn may_have_property(&self, ty: &TypeRef, name: &str) -> bool {
        let Type::Structured(id) = ty.ty else {
            return false;
        };
        self.has_property(id, name)
            || self.structured_type(id).is_open
            || self.derived_type_has_property(id, name, 0)
    }

    /// Returns whether a derived type declares a property.
    fn derived_type_has_property(&self, id: StructuredTypeId, name: &str, depth: usize) -> bool {
        // The depth is limited, because every entity type is derived from the root entity type.
        let derived = self.derived.get(&id).filter(|_| depth < 8);
        derived.into_iter().flatten().any(|below| {
            let mut own = self.structured_type(*below).properties.iter();
            own.any(|property| property.name.eq_ignore_ascii_case(name))
                || self.derived_type_has_property(*below, name, depth + 1)
        })
    }

    /// Returns whether a property of a type that the page defines lists a value.
    pub(super) fn lists_value(&self, page: FileId, value: &str) -> bool {
        let of_page = self.types.get(&page).into_iter().flatten();
        of_page
            .flat_map(|id| &self.structured_type(*id).properties)
            .any(|property| property.listed_values.iter().any(|listed| listed == value))
    }
}

/// Returns a name without its namespace.
pub(super) fn local_name(name: &str) -> &str {
    let name = name.trim();
    name.rsplit('.').next().unwrap_or(name)
}

/// Returns the locations of the request and the response of an example.
fn message_locations(example: &Example) -> impl Iterator<Item = Location> {
    let response = example.response.as_ref().map(|response| response.at);
    [Some(example.request.at), response].into_iter().flatten()
}
