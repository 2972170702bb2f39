//! Infers the type of a name in a path from the names that follow it: the type at `/auditLogs` is the one with `auditLog` in its
//! name that has the properties with which paths continue.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{StructuredKind, StructuredTypeId};
use crate::resolve::names::singular;
use crate::resolve::types::draft::TypeDrafts;

/// The entity types, by the names of their own properties.
pub(crate) struct TypeInference {
    by_property: BTreeMap<String, Vec<StructuredTypeId>>,
    /// The names of all types in lower case, by id.
    names: Vec<String>,
}

impl TypeInference {
    /// Indexes the entity types.
    pub(crate) fn new(types: &TypeDrafts) -> Self {
        let mut by_property: BTreeMap<String, Vec<StructuredTypeId>> = BTreeMap::new();
        for (id, ty) in types.iter() {
            if ty.kind != StructuredKind::Entity {
                continue;
            }
            for property in &ty.properties {
                let name = property.name.to_lowercase();
                by_property.entry(name).or_default().push(id);
            }
        }
        let names = types
            .iter()
            .map(|(_, ty)| ty.name.name.to_lowercase())
            .collect();
        Self { by_property, names }
    }

    /// Infers the type at a name. `following` are the lower-cased names after it. Returns `None` if no type fits, or several fit
    /// equally well.
    pub(crate) fn infer(
        &self,
        name: &str,
        following: &BTreeSet<String>,
    ) -> Option<StructuredTypeId> {
        let stem = singular(&name.to_lowercase());
        let mut scores: BTreeMap<StructuredTypeId, usize> = BTreeMap::new();
        let candidates = following
            .iter()
            .filter_map(|next| self.by_property.get(next))
            .flatten();
        for id in candidates {
            if self.names[id.0 as usize].contains(&stem) {
                *scores.entry(*id).or_default() += 1;
            }
        }
        let best = scores.values().max().copied()?;
        let mut fitting = scores.iter().filter(|(_, score)| **score == best);
        let (id, _) = fitting.next()?;
        fitting.next().is_none().then_some(*id)
    }
}
