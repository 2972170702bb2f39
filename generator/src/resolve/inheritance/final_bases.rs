//! The base types of the model: those that pages state, and the root entity type for all other entity types.

use std::ops::Deref;

use crate::model::{StructuredKind, StructuredTypeId};
use crate::resolve::inheritance::base_graph::BaseGraph;
use crate::resolve::inheritance::stated_bases::StatedBases;

/// The final base types, without cycles.
#[derive(Clone, Debug)]
pub(crate) struct FinalBases(BaseGraph);

impl FinalBases {
    /// Gives entity types without a stated base the root entity type as base, unless they declare a key.
    pub(crate) fn new(
        stated: &StatedBases,
        kinds: &[StructuredKind],
        keys: &[Option<String>],
        root: Option<StructuredTypeId>,
    ) -> Self {
        let bases = stated.iter().zip(kinds).zip(keys);
        let bases = bases.map(|(((id, base), kind), key)| {
            let inherits_root = base.is_none()
                && Some(id) != root
                && key.is_none()
                && *kind == StructuredKind::Entity;
            if inherits_root { root } else { base }
        });
        Self(BaseGraph::new(bases.collect()))
    }
}

impl Deref for FinalBases {
    type Target = BaseGraph;

    fn deref(&self) -> &BaseGraph {
        &self.0
    }
}
