//! The base type of each structured type, as a graph: base chains and common bases.

use crate::model::StructuredTypeId;

/// The base types, indexed by id.
#[derive(Clone, Debug, Default)]
pub(crate) struct BaseGraph {
    bases: Vec<Option<StructuredTypeId>>,
}

impl BaseGraph {
    /// Creates a graph from the base type of each type.
    pub(crate) fn new(bases: Vec<Option<StructuredTypeId>>) -> Self {
        Self { bases }
    }

    /// Returns the number of types.
    pub(crate) fn len(&self) -> usize {
        self.bases.len()
    }

    /// Returns all types with their base types.
    pub(crate) fn iter(
        &self,
    ) -> impl Iterator<Item = (StructuredTypeId, Option<StructuredTypeId>)> + '_ {
        let bases = self.bases.iter().enumerate();
        bases.map(|(place, base)| (StructuredTypeId(place as u32), *base))
    }

    /// Returns the base type of a type.
    pub(crate) fn base(&self, id: StructuredTypeId) -> Option<StructuredTypeId> {
        self.bases[id.0 as usize]
    }

    /// Returns the type and its base types, the nearest first.
    pub(crate) fn chain(
        &self,
        id: StructuredTypeId,
    ) -> impl Iterator<Item = StructuredTypeId> + '_ {
        // The limit ends the chain while cycles have not been removed yet.
        std::iter::successors(Some(id), |current| self.base(*current)).take(self.len() + 1)
    }

    /// Whether a type is `ancestor` or inherits from it.
    pub(crate) fn is_or_inherits(&self, id: StructuredTypeId, ancestor: StructuredTypeId) -> bool {
        self.chain(id).any(|current| current == ancestor)
    }

    /// Returns the nearest type that all of the types are or inherit from.
    pub(crate) fn common_base(&self, ids: &[StructuredTypeId]) -> Option<StructuredTypeId> {
        let (first, rest) = ids.split_first()?;
        self.chain(*first)
            .find(|ancestor| rest.iter().all(|id| self.is_or_inherits(*id, *ancestor)))
    }

    /// Sets or removes the base type of a type.
    pub(super) fn set_base(&mut self, id: StructuredTypeId, base: Option<StructuredTypeId>) {
        self.bases[id.0 as usize] = base;
    }
}
