//! Cargo features: one for each area, and the features that enable an item.

use super::{Docs, Ident};

/// A feature of the output crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name: `v1_0-outlook`.
    pub name: String,
    /// The area that it enables.
    pub area: Ident,
    /// The number of types that it enables: those of the area, and those that these and the area's requests need.
    pub types: usize,
}

/// The features that enable an item: any of them, or none if the item is always enabled.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// The names of the features, sorted.
    pub features: Vec<String>,
}

impl When {
    /// Whether the item is enabled without any feature.
    pub fn is_always(&self) -> bool {
        self.features.is_empty()
    }
}

impl Feature {
    /// The sentence on the feature in the area's documentation.
    pub(crate) fn sentence(&self) -> String {
        let name = crate::rust::docs::code(&self.name);
        format!("Enabled by the feature {name}.")
    }

    /// Adds the sentence to the documentation of the area.
    pub(crate) fn describe(&self, docs: &mut Docs) {
        docs.paragraph(self.sentence());
    }
}
