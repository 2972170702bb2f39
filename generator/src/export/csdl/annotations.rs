//! Annotations with terms of the vocabularies `Org.OData.Core.V1` and `Org.OData.Capabilities.V1`.

use super::xml::Element;
use crate::model::{Docs, QueryOption, QuerySupport};

/// Returns the references to the vocabularies.
pub(super) fn vocabularies() -> [Element; 2] {
    ["Org.OData.Core.V1", "Org.OData.Capabilities.V1"].map(|namespace| {
        let include = Element::new("edmx:Include").with("Namespace", namespace);
        let folder = "https://oasis-tcs.github.io/odata-vocabularies/vocabularies";
        Element::new("edmx:Reference")
            .with("Uri", format!("{folder}/{namespace}.xml"))
            .with_children([include])
    })
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

/// Returns the statement that clients can set a property on creation only.
pub(super) fn immutable() -> Element {
    annotation("Org.OData.Core.V1.Immutable").with("Bool", "true")
}

/// Returns the statements on the query options that an entity set supports.
pub(super) fn capabilities(support: &QuerySupport) -> Vec<Element> {
    let all = QueryOption::ALL.into_iter();
    let stated = all.filter_map(|option| {
        let supported = support.options.get(&option).copied();
        Some((option, supported.or(support.others)?))
    });
    stated
        .filter_map(|(option, supported)| capability(option, &supported.to_string()))
        .collect()
}

fn capability(option: QueryOption, supported: &str) -> Option<Element> {
    let (term, property) = match option {
        QueryOption::Filter => ("FilterRestrictions", Some("Filterable")),
        QueryOption::Search => ("SearchRestrictions", Some("Searchable")),
        QueryOption::OrderBy => ("SortRestrictions", Some("Sortable")),
        QueryOption::Select => ("SelectSupport", Some("Supported")),
        QueryOption::Expand => ("ExpandRestrictions", Some("Expandable")),
        QueryOption::Count => ("CountRestrictions", Some("Countable")),
        QueryOption::Top => ("TopSupported", None),
        QueryOption::Skip => ("SkipSupported", None),
        QueryOption::SkipToken | QueryOption::Format => return None,
    };
    let element = annotation(&format!("Org.OData.Capabilities.V1.{term}"));
    Some(match property {
        None => element.with("Bool", supported),
        Some(property) => {
            let value = Element::new("PropertyValue")
                .with("Property", property)
                .with("Bool", supported);
            element.with_children([Element::new("Record").with_children([value])])
        }
    })
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
