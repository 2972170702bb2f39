//! In: the pages of one version. Out: which types and enums there are, each with every page that defines it, sorted by
//! qualified name. From here on their ids are fixed.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{PageKind, ResourceFacts, TypePhrase};
use crate::model::QualifiedName;
use crate::report::{Code, Report};
use crate::resolve::names::{self, Folded};
use crate::resolve::pages::{MAIN_NAMESPACE, Page, is_identifier, qualify};
use crate::resolve::symbols::definitions::{
    Definitions, EnumDefinition, EnumPart, ResourcePart, StructuredDefinition,
};
use crate::resolve::symbols::types_from_paths::{self, NamedPaths};
use crate::resolve::symbols::unreferenced_enums;
use crate::source::At;

/// Gathers all definitions.
pub(crate) fn gather<'a>(
    pages: &'a [Page<'a>],
    named_paths: &NamedPaths,
    report: &mut Report,
) -> Definitions<'a> {
    let mut structured = structured(pages, report);
    types_from_paths::find(pages, &mut structured, named_paths, report);
    structured.sort_by(|left, right| left.name.cmp(&right.name));
    let used = used_names(pages);
    let (mut enums, mut value_lists) = enums(pages, &structured, &used, report);
    let (lists, enums_of_rows) =
        unreferenced_enums::sort_out(&mut enums, &used, &structured, report);
    value_lists.extend(lists.into_iter().flat_map(|definition| definition.parts));
    Definitions {
        structured,
        enums,
        value_lists,
        enums_of_rows,
    }
}

fn structured<'a>(pages: &'a [Page<'a>], report: &mut Report) -> Vec<StructuredDefinition<'a>> {
    let mut by_name: BTreeMap<String, StructuredDefinition> = BTreeMap::new();
    for page in pages {
        for facts in &page.facts.resources {
            if defines_nothing(facts) {
                report_empty(facts, report);
                continue;
            }
            let Some(name) = structured_name(page, facts, report) else {
                continue;
            };
            let entry = by_name
                .entry(name.full().to_lowercase())
                .or_insert_with(|| StructuredDefinition {
                    name: name.clone(),
                    parts: Vec::new(),
                    path: None,
                });
            if is_better_spelling(&name.name, &entry.name.name) {
                entry.name.name = name.name;
            }
            entry.parts.push(ResourcePart { page, facts });
        }
    }
    let entity = QualifiedName {
        namespace: MAIN_NAMESPACE.to_owned(),
        name: "entity".to_owned(),
    };
    if !pages.is_empty() {
        by_name
            .entry(entity.full())
            .or_insert_with(|| StructuredDefinition {
                name: entity,
                parts: Vec::new(),
                path: None,
            });
    }
    let mut definitions: Vec<StructuredDefinition> = by_name.into_values().collect();
    for definition in &mut definitions {
        let name = &definition.name.name;
        definition
            .parts
            .sort_by_key(|part| closeness(part.page.stem(), name));
    }
    definitions.sort_by(|left, right| left.name.cmp(&right.name));
    definitions
}

/// Whether a page has the heading of a type, and nothing else of one.
fn defines_nothing(facts: &ResourceFacts) -> bool {
    facts.annotation.is_none()
        && facts.representation.is_none()
        && facts.properties.is_empty()
        && facts.relationships.is_empty()
}

fn report_empty(facts: &ResourceFacts, report: &mut Report) {
    let name = facts.name.value.trim();
    report.push(
        Code::EmptyDefinition,
        facts.name.at,
        name.chars().count(),
        format!("nothing on this page describes a type `{name}`"),
        "no type was made of it",
    );
}

/// The name of a type: the annotation wins over the heading, and takes the heading's capitals where it has none.
fn structured_name(
    page: &Page,
    facts: &ResourceFacts,
    report: &mut Report,
) -> Option<QualifiedName> {
    let annotated = facts
        .annotation
        .as_ref()
        .and_then(|annotation| annotation.type_name.as_deref())
        .map(|name| qualify(name, &page.namespace))
        .filter(|name| is_identifier(&name.name));
    let heading = facts.name.value.trim();
    let mut name = annotated.unwrap_or_else(|| qualify(heading, &page.namespace));
    if !is_identifier(&name.name) {
        report.push(
            Code::InvalidTypeName,
            facts.name.at,
            heading.chars().count(),
            format!("`{heading}` cannot be the name of a type"),
            "the definition was left out",
        );
        return None;
    }
    if heading.eq_ignore_ascii_case(&name.name) && is_better_spelling(heading, &name.name) {
        name.name = heading.to_owned();
    }
    Some(name)
}

/// Whether a spelling has capitals inside where the other has none at all.
fn is_better_spelling(new: &str, old: &str) -> bool {
    new.starts_with(char::is_lowercase)
        && new.contains(char::is_uppercase)
        && !old.contains(char::is_uppercase)
}

/// How well a file name fits the name of a type; smaller is better.
fn closeness(stem: &str, name: &str) -> u8 {
    let (stem, name) = (stem.to_lowercase(), name.to_lowercase());
    if stem == name {
        0
    } else if stem
        .strip_suffix(&name)
        .is_some_and(|rest| rest.ends_with('-'))
    {
        1
    } else {
        2
    }
}

type Enums<'a> = (Vec<EnumDefinition<'a>>, Vec<EnumPart<'a>>);

fn enums<'a>(
    pages: &'a [Page<'a>],
    structured: &[StructuredDefinition],
    used: &BTreeSet<Folded>,
    report: &mut Report,
) -> Enums<'a> {
    let taken: BTreeSet<String> = structured
        .iter()
        .map(|definition| definition.name.full().to_lowercase())
        .collect();
    let mut by_name: BTreeMap<String, EnumDefinition> = BTreeMap::new();
    let mut value_lists = Vec::new();
    let parts = pages.iter().flat_map(|page| {
        let enums = page.facts.enums.iter();
        enums.map(move |facts| EnumPart { page, facts })
    });
    for part in parts {
        let name = qualify(&part.facts.name.value, &part.page.namespace);
        let is_name = is_identifier(&name.name) && !taken.contains(&name.full().to_lowercase());
        if !is_name || is_value_list(part, used) {
            report_value_list(part, is_name, report);
            value_lists.push(part);
            continue;
        }
        by_name
            .entry(name.full().to_lowercase())
            .or_insert_with(|| EnumDefinition {
                name,
                parts: Vec::new(),
                listed_by: None,
            })
            .parts
            .push(part);
    }
    let mut enums: Vec<EnumDefinition> = by_name.into_values().collect();
    enums.sort_by(|left, right| left.name.cmp(&right.name));
    (enums, value_lists)
}

fn report_value_list(part: EnumPart, is_name: bool, report: &mut Report) {
    let name = part.facts.name.value.trim();
    let (code, message, action) = if is_name {
        (
            Code::ValuesOfString,
            format!("`{name}` lists the values of a String property"),
            "no enum was made; the values stand with the property",
        )
    } else {
        (
            Code::InvalidTypeName,
            format!("`{name}` cannot be the name of an enum here"),
            "its values are kept as a list only",
        )
    };
    let width = name.chars().count();
    report.push(code, part.facts.name.at, width, message, action);
}

/// A section that defines no enum: it stands on a page about something else, and either no type cell names it, or it lists
/// `null`, which no enum has as a member, or the page has a property of its name that is a String.
fn is_value_list(part: EnumPart, used: &BTreeSet<Folded>) -> bool {
    if part.page.facts.kind == PageKind::Enum {
        return false;
    }
    let name = part.facts.name.value.trim();
    let properties = part.page.facts.resources.iter();
    let mut properties = properties.flat_map(|resource| &resource.properties);
    part.facts.lists_null
        || !used.contains(&Folded::of(name))
        || properties.any(|row| {
            row.name.value.eq_ignore_ascii_case(name) && unreferenced_enums::is_string(row)
        })
}

/// Every name that some type cell uses, without namespace.
fn used_names<'a>(pages: &'a [Page]) -> BTreeSet<Folded<'a>> {
    let mut used = BTreeSet::new();
    for phrase in pages.iter().flat_map(phrases) {
        for name in &phrase.value.names {
            used.insert(Folded::of(names::bare(&name.text).trim()));
        }
    }
    used
}

/// The type cells of the tables of a page.
fn phrases<'a>(page: &'a Page<'a>) -> impl Iterator<Item = &'a At<TypePhrase>> {
    let resource_rows = page
        .facts
        .resources
        .iter()
        .flat_map(|resource| resource.properties.iter().chain(&resource.relationships));
    let operation_rows = page.facts.operation.iter().flat_map(|operation| {
        let url_rows = operation.url_parameters.iter().map(|row| &row.row);
        url_rows.chain(&operation.request_body.properties)
    });
    resource_rows
        .chain(operation_rows)
        .map(|row| &row.type_phrase)
}
