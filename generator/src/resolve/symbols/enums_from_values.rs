//! Enums that no page defines: a type cell names an unknown type, and the description of the row lists its values.

use std::collections::BTreeMap;

use crate::facts::PropertyFact;
use crate::model::QualifiedName;
use crate::report::{Code, NameKind, Report};
use crate::resolve::names::{is_identifier, qualify};
use crate::resolve::pages::Page;
use crate::resolve::symbols::definitions::EnumDefinition;
use crate::resolve::symbols::symbol_table::{ResolvedName, SymbolTable};

/// Returns the enums that rows with listed values define.
pub(crate) fn find_enums_from_values<'a>(
    pages: &'a [Page<'a>],
    symbols: &SymbolTable,
    report: &mut Report,
) -> Vec<EnumDefinition<'a>> {
    let mut enums: BTreeMap<String, EnumDefinition> = BTreeMap::new();
    for page in pages {
        let rows = page
            .facts
            .resources
            .iter()
            .flat_map(|resource| &resource.properties);
        for row in rows.filter(|row| row.values.len() > 1) {
            let Some(name) = undefined_enum_name(row, page, symbols) else {
                continue;
            };
            let key = name.full().to_lowercase();
            let definition = enums.entry(key).or_insert_with(|| {
                report.push(
                    Code::EnumFromList,
                    row.type_phrase.at,
                    row.type_phrase.value.width,
                    format!(
                        "no page defines the type `{}`, but this row lists values",
                        name.name
                    ),
                    "an enum with the listed values is generated",
                );
                report.set_unknown_name(&name.name, NameKind::Type);
                EnumDefinition {
                    name,
                    parts: Vec::new(),
                    listed_by: Vec::new(),
                }
            });
            definition.listed_by.push((page, row));
        }
    }
    enums.into_values().collect()
}

/// Returns the name of the undefined type in the type cell of a row, if all listed values can be enum members.
fn undefined_enum_name(
    row: &PropertyFact,
    page: &Page,
    symbols: &SymbolTable,
) -> Option<QualifiedName> {
    let [name] = row.type_phrase.value.names.as_slice() else {
        return None;
    };
    match symbols.look_up(name, page).resolved {
        ResolvedName::Undefined(text) => {
            let qualified = qualify(&text, &page.namespace);
            let are_members = row.values.iter().all(|value| is_identifier(value));
            (are_members && is_identifier(&qualified.name)).then_some(qualified)
        }
        ResolvedName::Primitive(_) | ResolvedName::Symbol(_) => None,
    }
}
