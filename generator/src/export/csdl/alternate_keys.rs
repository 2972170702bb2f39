//! The annotation `Org.OData.Core.V1.AlternateKeys`: the alternate keys of each entity type, as paths use them.

use std::collections::{BTreeMap, BTreeSet};

use super::identifiers::identifier;
use super::xml::Element;
use crate::model::{Api, StructuredTypeId};

/// The alternate keys of each type: the names of their properties.
pub(super) struct AlternateKeys<'m>(BTreeMap<StructuredTypeId, BTreeSet<Vec<&'m str>>>);

impl<'m> AlternateKeys<'m> {
    /// Collects the keys in the paths of all operations. Properties that the type does not declare are left out with their key.
    pub(super) fn collect(api: &'m Api) -> Self {
        let mut keys: BTreeMap<_, BTreeSet<Vec<&str>>> = BTreeMap::new();
        for properties in api
            .operations
            .iter()
            .flat_map(|operation| operation.path.alternate_keys())
        {
            let Some(of) = properties.first().and_then(|property| property.key.of) else {
                continue;
            };
            let is_declared = |name: &str| api.find_property(of, name).is_some();
            if properties
                .iter()
                .all(|property| is_declared(&property.name))
            {
                let mut names: Vec<&str> = properties
                    .iter()
                    .map(|property| property.name.as_str())
                    .collect();
                names.sort_unstable();
                keys.entry(of).or_default().insert(names);
            }
        }
        Self(keys)
    }

    /// Returns the annotation of a type.
    pub(super) fn annotation(&self, id: StructuredTypeId) -> Option<Element> {
        let keys = self.0.get(&id)?;
        let records = keys.iter().map(|names| {
            let references = names.iter().map(|name| {
                record("Org.OData.Core.V1.PropertyRef").with_children([
                    value("Alias").with("String", identifier(name)),
                    value("Name").with("PropertyPath", identifier(name)),
                ])
            });
            let references = Element::new("Collection").with_children(references);
            record("Org.OData.Core.V1.AlternateKey")
                .with_children([value("Key").with_children([references])])
        });
        let records = Element::new("Collection").with_children(records);
        Some(
            Element::new("Annotation")
                .with("Term", "Org.OData.Core.V1.AlternateKeys")
                .with_children([records]),
        )
    }
}

fn record(ty: &str) -> Element {
    Element::new("Record").with("Type", ty)
}

fn value(property: &str) -> Element {
    Element::new("PropertyValue").with("Property", property)
}
