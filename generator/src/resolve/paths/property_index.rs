//! Finds the property that a name in a path denotes, on the type before it.

use std::collections::BTreeMap;

use crate::model::{Property, StructuredTypeId, TypeRef};
use crate::resolve::inheritance::final_bases::FinalBases;
use crate::resolve::names::{FoldedName, NameText};
use crate::resolve::types::draft::TypeDrafts;

/// The parts of a property that paths need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathProperty {
    pub(crate) name: String,
    pub(crate) ty: TypeRef,
}

impl From<&Property> for PathProperty {
    fn from(property: &Property) -> Self {
        Self {
            name: property.name.clone(),
            ty: property.ty.clone(),
        }
    }
}

/// The properties of all types by name.
pub(crate) struct PropertyIndex<'a> {
    properties: Vec<BTreeMap<FoldedName<'static>, PathProperty>>,
    derived_types: Vec<Vec<StructuredTypeId>>,
    bases: &'a FinalBases,
}

impl<'a> PropertyIndex<'a> {
    /// Indexes the properties.
    pub(crate) fn new(types: &TypeDrafts, bases: &'a FinalBases) -> Self {
        let properties = types.iter().map(|(_, ty)| {
            let properties = ty.properties.iter();
            properties
                .map(|property| {
                    let name = FoldedName::owned(property.name.as_str());
                    (name, PathProperty::from(property))
                })
                .collect()
        });
        let mut derived_types = vec![Vec::new(); bases.len()];
        for (id, base) in bases.iter() {
            if let Some(base) = base {
                derived_types[base.0 as usize].push(id);
            }
        }
        Self {
            properties: properties.collect(),
            derived_types,
            bases,
        }
    }

    /// Adds or replaces a property of a type.
    pub(crate) fn insert(&mut self, owner: StructuredTypeId, property: PathProperty) {
        let name = FoldedName::owned(property.name.as_str());
        self.properties[owner.0 as usize].insert(name, property);
    }

    /// Returns the property with a name: of the type, of a base type, or, as pages omit casts, of a derived type.
    pub(crate) fn find(&self, owner: StructuredTypeId, name: &str) -> Option<&PathProperty> {
        let name = &name as &dyn NameText;
        let inherited = self
            .bases
            .chain(owner)
            .find_map(|id| self.properties[id.0 as usize].get(name));
        inherited.or_else(|| self.find_in_derived(owner, name, 0))
    }

    fn find_in_derived(
        &self,
        owner: StructuredTypeId,
        name: &dyn NameText,
        depth: usize,
    ) -> Option<&PathProperty> {
        // No real inheritance is deeper. The second limit excludes the root entity type, from which most types derive.
        const MAX_DEPTH: usize = 6;
        const MAX_DERIVED: usize = 120;
        let derived = &self.derived_types[owner.0 as usize];
        if depth > MAX_DEPTH || derived.len() > MAX_DERIVED {
            return None;
        }
        derived.iter().find_map(|id| {
            let property = self.properties[id.0 as usize].get(name);
            property.or_else(|| self.find_in_derived(*id, name, depth + 1))
        })
    }
}
