//! In: the entity types. Out: the type that a name in a path must lead to, told by the names behind it: what stands at
//! `/auditLogs` is the type with `auditLog` in its name that has the properties which paths go on with.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{StructuredKind, StructuredType, StructuredTypeId};
use crate::resolve::names;

/// Entity types by the names of their own properties.
pub(crate) struct Containers {
    by_property: BTreeMap<String, Vec<StructuredTypeId>>,
    names: Vec<String>,
}

impl Containers {
    /// Indexes the entity types.
    pub(crate) fn new(types: &[StructuredType]) -> Self {
        let mut by_property: BTreeMap<String, Vec<StructuredTypeId>> = BTreeMap::new();
        for (place, ty) in types.iter().enumerate() {
            if ty.kind != StructuredKind::Entity {
                continue;
            }
            for property in &ty.properties {
                let name = property.name.to_lowercase();
                let id = StructuredTypeId(place as u32);
                by_property.entry(name).or_default().push(id);
            }
        }
        let names = types.iter().map(|ty| ty.name.name.to_lowercase()).collect();
        Self { by_property, names }
    }

    /// The type at a name. None if no type fits, or two fit as well.
    pub(crate) fn find(&self, name: &str, behind: &BTreeSet<String>) -> Option<StructuredTypeId> {
        let stem = names::singular(&name.to_lowercase());
        let mut scores: BTreeMap<StructuredTypeId, usize> = BTreeMap::new();
        for id in behind.iter().filter_map(|next| self.by_property.get(next)) {
            for id in id {
                if self.names[id.0 as usize].contains(&stem) {
                    *scores.entry(*id).or_default() += 1;
                }
            }
        }
        let best = scores.values().max().copied()?;
        let mut fitting = scores.iter().filter(|(_, score)| **score == best);
        let (id, _) = fitting.next()?;
        fitting.next().is_none().then_some(*id)
    }
}
