//! Annotations with terms of the vocabulary `Org.OData.Core.V1`.

use super::xml::Element;
use crate::model::Docs;

/// Returns the reference to the vocabulary.
pub(super) fn vocabulary() -> Element {
    let include = Element::new("edmx:Include").with("Namespace", "Org.OData.Core.V1");
    Element::new("edmx:Reference")
        .with(
            "Uri",
            "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml",
        )
        .with_children([include])
}

/// Returns the description of an item, if there is one.
pub(super) fn description(docs: &Docs) -> Option<Element> {
    let text = &docs.description;
    (!text.is_empty())
        .then(|| annotation("Org.OData.Core.V1.Description").with("String", text.as_str()))
}

/// Returns the statement that clients cannot set a property.
pub(super) fn computed(is_navigation: bool) -> Element {
    if is_navigation {
        annotation("Org.OData.Core.V1.Permissions")
            .with("EnumMember", "Org.OData.Core.V1.Permission/Read")
    } else {
        annotation("Org.OData.Core.V1.Computed").with("Bool", "true")
    }
}

/// Returns the revision that deprecates an item, if it is deprecated.
pub(super) fn deprecation(docs: &Docs) -> Option<Element> {
    let reason = docs.deprecated.as_deref()?;
    let reason = if reason.is_empty() {
        "Deprecated."
    } else {
        reason
    };
    let kind = Element::new("PropertyValue")
        .with("Property", "Kind")
        .with("EnumMember", "Org.OData.Core.V1.RevisionKind/Deprecated");
    let reason = Element::new("PropertyValue")
        .with("Property", "Description")
        .with("String", reason);
    let revision = Element::new("Record").with_children([kind, reason]);
    let revisions = Element::new("Collection").with_children([revision]);
    Some(annotation("Org.OData.Core.V1.Revisions").with_children([revisions]))
}

fn annotation(term: &str) -> Element {
    Element::new("Annotation").with("Term", term)
}
