//! Facts of the model as sentences of doc comments.

use std::cell::OnceCell;

use crate::model::{self, PageLink, Property, StructuredType};

use super::{Docs, code, page_link, prose, usage};

/// Sentences on a structured type.
pub(crate) fn structured(ty: &StructuredType) -> Vec<String> {
    let mut sentences = Vec::new();
    if ty.is_abstract {
        sentences.push("Abstract type: every instance is of a derived type.".to_owned());
    }
    if ty.is_open {
        sentences.push(
            "Open type: instances can have further properties, which `additional_properties` holds."
                .to_owned(),
        );
    }
    sentences
}

/// Sentences on a property. Those that its description already states are left out.
pub(crate) fn property(property: &Property) -> Vec<String> {
    let description = OnceCell::new();
    let says = |words: &str| {
        let description = description.get_or_init(|| property.docs.description.to_lowercase());
        description.contains(words)
    };
    let mut sentences = Vec::new();
    if property.read_only && !says("read-only") {
        sentences.push("Read-only.".to_owned());
    }
    if property.required && !says("required") {
        sentences.push("Required on create.".to_owned());
    }
    if property.nullable == Some(true) && !says("null") {
        sentences.push("Can be null.".to_owned());
    }
    let default = property.default.as_deref().map(code).unwrap_or_default();
    if !default.is_empty() && !says("default") {
        sentences.push(format!("Default: {default}."));
    }
    if !property.listed_values.is_empty() && !says("values") {
        let values: Vec<String> = property
            .listed_values
            .iter()
            .map(|value| code(value))
            .collect();
        sentences.push(format!("Possible values: {}.", values.join(", ")));
    }
    sentences.extend(usage::property_sentence(&property.usage));
    sentences
}

/// The reason in a `deprecated` attribute, with a default if no page states one. It is escaped, because rustdoc renders it as
/// markdown.
pub(crate) fn deprecated(docs: &model::Docs) -> Option<String> {
    let reason = prose(docs.deprecated.as_deref()?).join(" ");
    Some(if reason.is_empty() {
        "documented as deprecated".to_owned()
    } else {
        reason
    })
}

/// Adds links to the pages of an item.
pub(crate) fn add_pages(docs: &mut Docs, pages: &[PageLink]) {
    let mut links: Vec<String> = Vec::new();
    for page in pages {
        let title = super::prose(&page.title).join(" ");
        let title = if title.is_empty() || title.contains('<') {
            "Documentation"
        } else {
            title.as_str()
        };
        links.extend(page_link(title, &page.url).filter(|link| !links.contains(link)));
    }
    match links.as_slice() {
        [] => {}
        [link] => docs.paragraph(format!("Page: {link}.")),
        links => docs.paragraph(format!("Pages: {}.", links.join(", "))),
    }
}
