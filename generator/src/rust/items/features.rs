//! Cargo features: one for each area, and with which of them an item is there.

use super::{Docs, Ident};

/// A feature of the output crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name: `v1_0-outlook`.
    pub name: String,
    /// The area that it brings.
    pub area: Ident,
    /// How many types come with it: those of the area, and those that these and the area's requests hold.
    pub types: usize,
}

/// With which features an item is there: with any of these, or always if there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// The names of the features, sorted.
    pub features: Vec<String>,
}

impl When {
    /// Whether no feature is needed.
    pub fn is_always(&self) -> bool {
        self.features.is_empty()
    }
}

impl Feature {
    /// What the area's documentation says about it.
    pub(crate) fn sentence(&self) -> String {
        let name = crate::rust::docs::code(&self.name);
        format!("Enabled by the feature {name}.")
    }

    /// Adds that to the documentation of the area.
    pub(crate) fn describe(&self, docs: &mut Docs) {
        docs.paragraph(self.sentence());
    }
}
