//! Collects the definitions of types and enums from all pages of a version, sorted by qualified name. This fixes their ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{PageKind, ResourceFacts, TypePhrase};
use crate::model::QualifiedName;
use crate::report::{Code, Report};
use crate::resolve::names::{FoldedName, MAIN_NAMESPACE, is_identifier, qualify, unqualified};
use crate::resolve::normalise::corrections::PathTypeNames;
use crate::resolve::pages::Page;
use crate::resolve::symbols::definitions::{
    Definitions, EnumDefinition, EnumPart, ResourcePart, StructuredDefinition,
};
use crate::resolve::symbols::enums_from_values::find_enums_from_values;
use crate::resolve::symbols::symbol_table::SymbolTable;
use crate::resolve::symbols::types_from_paths::add_types_from_paths;
use crate::resolve::symbols::unreferenced_enums::{classify_enums, is_string};
use crate::source::At;

/// Collects and indexes all definitions.
pub(crate) fn collect_definitions<'a>(
    pages: &'a [Page<'a>],
    path_type_names: &PathTypeNames,
    report: &mut Report,
) -> (Definitions<'a>, SymbolTable) {
    let mut structured = collect_structured(pages, report);
    add_types_from_paths(pages, &mut structured, path_type_names, report);
    structured.sort_by(|left, right| left.name.cmp(&right.name));
    let referenced = referenced_names(pages);
    let (enums, mut value_lists) = collect_enums(pages, &structured, &referenced, report);
    let enums = classify_enums(enums, &referenced, &structured, report);
    let string_lists = enums.value_lists.into_iter();
    value_lists.extend(string_lists.flat_map(|definition| definition.parts));
    let mut definitions = Definitions {
        structured,
        enums: enums.enums,
        value_lists,
        string_row_enums: enums.string_row_enums,
    };
    let symbols = SymbolTable::new(&definitions);
    let from_values = find_enums_from_values(pages, &symbols, report);
    if from_values.is_empty() {
        return (definitions, symbols);
    }
    definitions.enums.extend(from_values);
    sort_enums(&mut definitions.enums);
    let symbols = SymbolTable::new(&definitions);
    (definitions, symbols)
}

fn sort_enums(enums: &mut [EnumDefinition]) {
    enums.sort_by(|left, right| left.name.cmp(&right.name));
}

fn collect_structured<'a>(
    pages: &'a [Page<'a>],
    report: &mut Report,
) -> Vec<StructuredDefinition<'a>> {
    let mut by_name: BTreeMap<String, StructuredDefinition> = BTreeMap::new();
    for page in pages {
        for facts in &page.facts.resources {
            if is_empty(facts) {
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
            if has_more_capitals(&name.name, &entry.name.name) {
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
            .sort_by_key(|part| file_name_rank(part.page.stem(), name));
    }
    definitions.sort_by(|left, right| left.name.cmp(&right.name));
    definitions
}

/// Whether a page has the heading of a type, but neither an annotation, a table nor a JSON representation.
fn is_empty(facts: &ResourceFacts) -> bool {
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
        format!("this page describes nothing of the type `{name}` but its name"),
        "no type is generated for it",
    );
}

/// Returns the name of a type: the annotation's, else the heading's. An annotation without capitals gets those of the heading.
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
            format!("`{heading}` is not a valid type name"),
            "the definition is ignored",
        );
        return None;
    }
    if heading.eq_ignore_ascii_case(&name.name) && has_more_capitals(heading, &name.name) {
        name.name = heading.to_owned();
    }
    Some(name)
}

/// Whether a spelling has capitals inside, where the other one has none at all.
fn has_more_capitals(new: &str, old: &str) -> bool {
    new.starts_with(char::is_lowercase)
        && new.contains(char::is_uppercase)
        && !old.contains(char::is_uppercase)
}

/// Ranks how well a file name fits the name of a type; less is better.
fn file_name_rank(stem: &str, name: &str) -> u8 {
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

/// Returns the enums, and the sections that list values without defining an enum.
fn collect_enums<'a>(
    pages: &'a [Page<'a>],
    structured: &[StructuredDefinition],
    referenced: &BTreeSet<FoldedName>,
    report: &mut Report,
) -> (Vec<EnumDefinition<'a>>, Vec<EnumPart<'a>>) {
    let structured_names: BTreeSet<String> = structured
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
        let key = name.full().to_lowercase();
        if !is_identifier(&name.name) || structured_names.contains(&key) {
            report_invalid_enum_name(part, report);
            value_lists.push(part);
            continue;
        }
        if is_value_list(part, referenced) {
            report_value_list(part, report);
            value_lists.push(part);
            continue;
        }
        by_name
            .entry(key)
            .or_insert_with(|| EnumDefinition {
                name,
                parts: Vec::new(),
                listed_by: Vec::new(),
            })
            .parts
            .push(part);
    }
    let mut enums: Vec<EnumDefinition> = by_name.into_values().collect();
    sort_enums(&mut enums);
    (enums, value_lists)
}

fn report_invalid_enum_name(part: EnumPart, report: &mut Report) {
    let name = part.facts.name.value.trim();
    report.push(
        Code::InvalidTypeName,
        part.facts.name.at,
        name.chars().count(),
        format!("`{name}` is not a valid enum name, or names a structured type"),
        "no enum is generated; the values are listed in the documentation",
    );
}

fn report_value_list(part: EnumPart, report: &mut Report) {
    let name = part.facts.name.value.trim();
    report.push(
        Code::ValuesOfString,
        part.facts.name.at,
        name.chars().count(),
        format!("`{name}` lists the values of a String property"),
        "no enum is generated; the values are listed with the property",
    );
}

/// Whether a section on a page about something else defines no enum: no type cell refers to it, it lists `null`, which cannot
/// be a member, or a String property of the page has its name.
fn is_value_list(part: EnumPart, referenced: &BTreeSet<FoldedName>) -> bool {
    if part.page.facts.kind == PageKind::Enum {
        return false;
    }
    let name = part.facts.name.value.trim();
    let resources = part.page.facts.resources.iter();
    let mut properties = resources.flat_map(|resource| &resource.properties);
    part.facts.lists_null
        || !referenced.contains(&FoldedName::borrowed(name))
        || properties.any(|row| row.name.value.eq_ignore_ascii_case(name) && is_string(row))
}

/// Returns every unqualified name in a type cell.
fn referenced_names<'a>(pages: &'a [Page]) -> BTreeSet<FoldedName<'a>> {
    let names = pages
        .iter()
        .flat_map(type_cells)
        .flat_map(|phrase| &phrase.value.names);
    names
        .map(|name| FoldedName::borrowed(unqualified(&name.text).trim()))
        .collect()
}

/// Returns the type cells of all tables of a page.
fn type_cells<'a>(page: &'a Page<'a>) -> impl Iterator<Item = &'a At<TypePhrase>> {
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
