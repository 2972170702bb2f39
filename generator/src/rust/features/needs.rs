//! The areas that need each item.

use std::collections::BTreeMap;

use super::Needed;
use crate::rust::names::Ident;

/// The areas that need each type and each builder.
pub(super) struct Needs {
    pub(super) types: BTreeMap<Ident, Needed>,
    pub(super) builders: BTreeMap<Ident, Needed>,
    /// The base struct of each enum over derived types.
    pub(super) bases: BTreeMap<Ident, Ident>,
}

impl Needs {
    /// The areas that need a generated type.
    pub(super) fn of_type(&self, ident: &Ident) -> &Needed {
        self.find_type(ident)
            .expect("the closure covers every generated type")
    }

    /// The areas that need a type, or the enum over its derived types; none if no such type is generated.
    pub(super) fn find_type(&self, ident: &Ident) -> Option<&Needed> {
        self.types.get(self.bases.get(ident).unwrap_or(ident))
    }

    /// The areas that need a builder.
    pub(super) fn of_builder(&self, ident: &Ident) -> &Needed {
        self.builders
            .get(ident)
            .expect("the closure covers every builder")
    }

    /// Counts the types that an area needs, its own included.
    pub(super) fn count_types(&self, area: usize) -> usize {
        self.types
            .values()
            .filter(|needed| needed.contains(&area))
            .count()
    }
}
