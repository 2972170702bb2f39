//! In: one version of the model. Out: quick answers to what of a page is in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Api, EnumType, Example, Operation, StructuredType, StructuredTypeId, Type, TypeRef,
};
use crate::source::{FileId, Location};

/// The items of the model by the pages that they come from.
pub(super) struct Reached<'a> {
    api: &'a Api,
    types: BTreeMap<FileId, Vec<StructuredTypeId>>,
    enums: BTreeMap<FileId, Vec<&'a EnumType>>,
    operations: BTreeMap<FileId, Vec<&'a Operation>>,
    derived: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>>,
    /// The places of the requests and responses of all examples.
    examples: BTreeSet<Location>,
}

impl<'a> Reached<'a> {
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
            examples: examples.flat_map(places).collect(),
            api,
            types,
            enums,
            operations,
            derived,
        }
    }

    /// Whether an operation has an example with a request or response that stands at a place.
    pub(super) fn is_example(&self, message: Location) -> bool {
        self.examples.contains(&message)
    }

    /// The operations that a page describes.
    pub(super) fn operations(&self, page: FileId) -> &[&'a Operation] {
        self.operations.get(&page).map_or(&[], Vec::as_slice)
    }

    /// The type with one of some names that a page defines.
    pub(super) fn type_of(
        &self,
        page: FileId,
        names: [Option<&str>; 2],
    ) -> Option<StructuredTypeId> {
        let of_page = self.types.get(&page)?;
        let named = names.into_iter().flatten().find_map(|name| {
            let bare = bare(name);
            let mut fitting = of_page
                .iter()
                .filter(|id| self.named(**id).name.name.eq_ignore_ascii_case(bare));
            fitting.next()
        });
        // A correction may have given the only type of the page another name.
        named
            .or_else(|| of_page.first().filter(|_| of_page.len() == 1))
            .copied()
    }

    /// The enum with a name that a page defines.
    pub(super) fn enum_of(&self, page: FileId, name: &str) -> Option<&'a EnumType> {
        let of_page = self.enums.get(&page)?;
        let named = of_page
            .iter()
            .find(|ty| ty.name.name.eq_ignore_ascii_case(bare(name)));
        named.copied()
    }

    fn named(&self, id: StructuredTypeId) -> &'a StructuredType {
        self.api.structured_type(id)
    }

    /// Whether a type with a name inherits from another.
    pub(super) fn inherits(&self, name: &str, base: StructuredTypeId) -> bool {
        let types = self.api.structured_types.iter().enumerate();
        types
            .filter(|(_, ty)| ty.name.name.eq_ignore_ascii_case(bare(name)))
            .any(|(place, _)| {
                self.api
                    .is_or_inherits(StructuredTypeId(place as u32), base)
            })
    }

    /// Whether a type has a property, of its own or inherited.
    pub(super) fn has_property(&self, id: StructuredTypeId, name: &str) -> bool {
        self.api
            .ancestors(id)
            .flat_map(|id| &self.named(id).properties)
            .any(|property| property.name.eq_ignore_ascii_case(name))
    }

    /// Whether an instance of a type may have a property: the type has it, or one that inherits from it, or the type is open.
    pub(super) fn may_have_property(&self, ty: &TypeRef, name: &str) -> bool {
        let Type::Structured(id) = ty.ty else {
            return false;
        };
        self.has_property(id, name) || self.named(id).is_open || self.has_below(id, name, 0)
    }

    /// Whether a type that inherits from another has a property.
    fn has_below(&self, id: StructuredTypeId, name: &str, depth: usize) -> bool {
        // No real chain of types is that deep; what inherits from the root entity type is everything.
        let derived = self.derived.get(&id).filter(|_| depth < 8);
        derived.into_iter().flatten().any(|below| {
            let mut own = self.named(*below).properties.iter();
            own.any(|property| property.name.eq_ignore_ascii_case(name))
                || self.has_below(*below, name, depth + 1)
        })
    }

    /// Whether a property of the types of a page lists a value.
    pub(super) fn lists_value(&self, page: FileId, value: &str) -> bool {
        let of_page = self.types.get(&page).into_iter().flatten();
        of_page
            .flat_map(|id| &self.named(*id).properties)
            .any(|property| property.listed_values.iter().any(|listed| listed == value))
    }
}

/// A name without its namespace.
pub(super) fn bare(name: &str) -> &str {
    let name = name.trim();
    name.rsplit('.').next().unwrap_or(name)
}

/// Where the halves of an example stand.
fn places(example: &Example) -> impl Iterator<Item = Location> {
    let response = example.response.as_ref().map(|response| response.at);
    [Some(example.request.at), response].into_iter().flatten()
}
