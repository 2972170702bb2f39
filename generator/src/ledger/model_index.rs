//! The items of an API indexed by the pages that define them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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
    /// The types that inherit from a type, directly or indirectly, and the type itself are numbered consecutively: this is the
    /// range of each type, by its id.
    ranges: Vec<Range<u32>>,
    /// The properties that types declare, by name in lower case: the first number of each declaring type.
    declared: BTreeSet<(String, u32)>,
    /// The types by name without namespace, in lower case.
    by_name: BTreeMap<String, Vec<StructuredTypeId>>,
    /// The locations of the requests and responses of all examples.
    examples: BTreeSet<Location>,
}

impl<'a> ModelIndex<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut types: BTreeMap<FileId, Vec<StructuredTypeId>> = BTreeMap::new();
        let ranges = number_types(api);
        let mut declared = BTreeSet::new();
        let mut by_name: BTreeMap<String, Vec<StructuredTypeId>> = BTreeMap::new();
        for (place, ty) in api.structured_types.iter().enumerate() {
            let id = StructuredTypeId(place as u32);
            for property in &ty.properties {
                declared.insert((property.name.to_ascii_lowercase(), ranges[place].start));
            }
            let name = ty.name.name.to_ascii_lowercase();
            by_name.entry(name).or_default().push(id);
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
            ranges,
            declared,
            by_name,
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
        let named = self.by_name.get(&local_name(name).to_ascii_lowercase());
        let bases = &self.ranges[base.0 as usize];
        let mut named = named.into_iter().flatten();
        named.any(|id| bases.contains(&self.number(*id)))
    }

    /// Returns whether a type declares or inherits a property, ignoring case.
    pub(super) fn has_property(&self, id: StructuredTypeId, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        let mut ancestors = self.api.ancestors(id);
        ancestors.any(|id| self.declared.contains(&(name.clone(), self.number(id))))
    }

    /// Returns whether an instance can have a property: of the type, an ancestor or a derived type, or any if the type is open.
    pub(super) fn may_have_property(&self, ty: &TypeRef, name: &str) -> bool {
        let Type::Structured(id) = ty.ty else {
            return false;
        };
        self.has_property(id, name)
            || self.structured_type(id).is_open
            || self.derived_type_has_property(id, name)
    }

    /// Returns whether a type or a type derived from it declares a property.
    fn derived_type_has_property(&self, id: StructuredTypeId, name: &str) -> bool {
        let numbers = &self.ranges[id.0 as usize];
        let name = name.to_ascii_lowercase();
        let declaring = (name.clone(), numbers.start)..(name, numbers.end);
        self.declared.range(declaring).next().is_some()
    }

    /// Returns the number of a type in the order in which derived types follow their base type.
    fn number(&self, id: StructuredTypeId) -> u32 {
        self.ranges[id.0 as usize].start
    }

    /// Returns whether a property of a type that the page defines lists a value.
    pub(super) fn lists_value(&self, page: FileId, value: &str) -> bool {
        let of_page = self.types.get(&page).into_iter().flatten();
        of_page
            .flat_map(|id| &self.structured_type(*id).properties)
            .any(|property| property.listed_values.iter().any(|listed| listed == value))
    }
}

/// Numbers the types so that the types derived from a type follow it. Returns the range of each type with its derived types.
fn number_types(api: &Api) -> Vec<Range<u32>> {
    let mut derived: Vec<Vec<usize>> = vec![Vec::new(); api.structured_types.len()];
    let mut pending = Vec::new();
    for (place, ty) in api.structured_types.iter().enumerate() {
        match ty.base {
            Some(base) => derived[base.0 as usize].push(place),
            None => pending.push((place, false)),
        }
    }
    let mut ranges = vec![0..0; api.structured_types.len()];
    let mut next = 0;
    while let Some((place, is_numbered)) = pending.pop() {
        if is_numbered {
            ranges[place].end = next;
            continue;
        }
        ranges[place].start = next;
        next += 1;
        pending.push((place, true));
        pending.extend(derived[place].iter().map(|derived| (*derived, false)));
    }
    ranges
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
