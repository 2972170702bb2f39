//! Which areas need which items.

use std::collections::BTreeMap;

use super::Needed;
use crate::rust::names::Ident;

/// For every type and every builder, the areas that need it.
pub(super) struct Settled {
    pub(super) types: BTreeMap<Ident, Needed>,
    pub(super) builders: BTreeMap<Ident, Needed>,
    /// The structs that enums over a base type stand with.
    pub(super) bases: BTreeMap<Ident, Ident>,
}

impl Settled {
    /// Who needs a type that is there.
    pub(super) fn ty(&self, ident: &Ident) -> &Needed {
        self.find(ident)
            .expect("each type has been seen before it is asked for")
    }

    /// Who needs a type, or the enum over it and what derives from it.
    pub(super) fn find(&self, ident: &Ident) -> Option<&Needed> {
        self.types.get(self.bases.get(ident).unwrap_or(ident))
    }

    /// Who needs a builder.
    pub(super) fn builder(&self, ident: &Ident) -> &Needed {
        self.builders
            .get(ident)
            .expect("each builder has been seen before it is asked for")
    }

    /// How many types an area needs, its own included.
    pub(super) fn types_needed_by(&self, area: usize) -> usize {
        self.types
            .values()
            .filter(|needed| needed.contains(&area))
            .count()
    }
}
