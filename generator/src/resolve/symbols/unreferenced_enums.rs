//! Decides which enum sections define an enum, for enums that no type cell refers to.
//!
//! Such an enum may be the type of a property whose type cell says String, list the values of a String property, or repeat
//! another enum. An enum that is referred to is dropped if all rows of its type list other values.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{PageKind, PropertyFact};
use crate::model::QualifiedName;
use crate::report::{Code, Report};
use crate::resolve::names::{FoldedName, ends_with, is_identifier, unqualified};
use crate::resolve::symbols::definitions::{
    EnumDefinition, EnumPart, StringRowEnums, StructuredDefinition,
};
use crate::source::Location;

/// The enum sections of a version by what they define.
pub(crate) struct ClassifiedEnums<'a> {
    /// The enums, sorted by name.
    pub(crate) enums: Vec<EnumDefinition<'a>>,
    /// Sections that list the values of a String property.
    pub(crate) value_lists: Vec<EnumDefinition<'a>>,
    pub(crate) string_row_enums: StringRowEnums,
}

/// Classifies the enum sections.
pub(crate) fn classify_enums<'a>(
    enums: Vec<EnumDefinition<'a>>,
    referenced: &BTreeSet<FoldedName>,
    structured: &[StructuredDefinition],
    report: &mut Report,
) -> ClassifiedEnums<'a> {
    let mut rows = property_rows(structured);
    let (mut referenced_enums, unreferenced): (Vec<_>, Vec<_>) = enums
        .into_iter()
        .partition(|definition| referenced.contains(&FoldedName::borrowed(&definition.name.name)));
    let rows_with_values = rows_with_values(&rows);
    referenced_enums.retain(|definition| {
        let is_contradicted = is_contradicted(definition, &rows_with_values);
        if is_contradicted {
            report_dropped(definition, Code::EnumContradicted, report);
        }
        !is_contradicted
    });
    rows.retain(|(_, row)| is_string(row));
    let mut classified = ClassifiedEnums {
        enums: Vec::new(),
        value_lists: Vec::new(),
        string_row_enums: StringRowEnums::new(),
    };
    for definition in unreferenced {
        match find_use(&definition, &rows, &referenced_enums) {
            EnumUse::TypeOfRows(locations) => {
                let rows = locations.into_iter();
                let rows = rows.map(|at| (at, definition.name.clone()));
                classified.string_row_enums.extend(rows);
                classified.enums.push(definition);
            }
            EnumUse::Unknown => classified.enums.push(definition),
            EnumUse::ValueList => {
                report_dropped(&definition, Code::ValuesOfString, report);
                classified.value_lists.push(definition);
            }
            EnumUse::Repetition => report_dropped(&definition, Code::EnumTwice, report),
        }
    }
    classified.enums.append(&mut referenced_enums);
    classified
        .enums
        .sort_by(|left, right| left.name.cmp(&right.name));
    classified
}

/// The use of an enum that no type cell refers to.
enum EnumUse {
    /// It is the type of these rows, whose type cells say String.
    TypeOfRows(Vec<Location>),
    /// It lists the values of a String property.
    ValueList,
    /// It repeats the members of another enum.
    Repetition,
    Unknown,
}

fn find_use(
    definition: &EnumDefinition,
    string_rows: &[OwnedRow],
    referenced_enums: &[EnumDefinition],
) -> EnumUse {
    let name = &definition.name;
    let members = member_names(definition);
    let is_type_of = |(owner, row): &&OwnedRow| {
        owner.namespace == name.namespace
            && is_named_after(&name.name, &owner.name, &row.name.value)
            && lists_only(row, &members)
    };
    let rows: Vec<Location> = string_rows
        .iter()
        .filter(is_type_of)
        .map(|(_, row)| row.name.at)
        .collect();
    let has_name = |(_, row): &OwnedRow| row.name.value.eq_ignore_ascii_case(&name.name);
    if !rows.is_empty() {
        EnumUse::TypeOfRows(rows)
    } else if !has_enum_page(definition) && string_rows.iter().any(has_name) {
        EnumUse::ValueList
    } else if referenced_enums
        .iter()
        .any(|other| is_repetition(&name.name, &members, other))
    {
        EnumUse::Repetition
    } else {
        EnumUse::Unknown
    }
}

/// Whether a page about enums defines the enum. It exists even if a String property has its name.
fn has_enum_page(definition: &EnumDefinition) -> bool {
    let mut parts = definition.parts.iter();
    parts.any(|part| part.page.facts.kind == PageKind::Enum)
}

/// The row of a property, with the name of the type that has it.
type OwnedRow<'d> = (&'d QualifiedName, &'d PropertyFact);

fn property_rows<'d>(structured: &'d [StructuredDefinition]) -> Vec<OwnedRow<'d>> {
    let rows = structured.iter().flat_map(|definition| {
        let rows = definition
            .parts
            .iter()
            .flat_map(|part| &part.facts.properties);
        rows.map(move |row| (&definition.name, row))
    });
    rows.collect()
}

/// Returns the rows that list values, by the single type that they name.
fn rows_with_values<'d>(rows: &[OwnedRow<'d>]) -> BTreeMap<FoldedName<'d>, Vec<&'d PropertyFact>> {
    let mut by_type: BTreeMap<FoldedName, Vec<&PropertyFact>> = BTreeMap::new();
    for (_, row) in rows.iter().filter(|(_, row)| row.values.len() > 1) {
        if let [name] = row.type_phrase.value.names.as_slice() {
            let name = FoldedName::borrowed(unqualified(name.text.trim()));
            by_type.entry(name).or_default().push(row);
        }
    }
    by_type
}

/// Whether all rows that have the enum as type and list values list none of its members. This is considered only for enums on a
/// page with several enums, where members may have been attributed to the wrong one.
fn is_contradicted(
    definition: &EnumDefinition,
    rows_with_values: &BTreeMap<FoldedName, Vec<&PropertyFact>>,
) -> bool {
    let shares_page = |part: &EnumPart| part.page.facts.enums.len() > 1;
    let Some(rows) = rows_with_values.get(&FoldedName::borrowed(&definition.name.name)) else {
        return false;
    };
    if !definition.parts.iter().all(shares_page) {
        return false;
    }
    let members = member_names(definition);
    let is_unknown =
        |value: &String| is_identifier(value) && !members.contains(&value.to_lowercase());
    rows.iter().all(|row| row.values.iter().all(is_unknown))
}

/// Whether the type cell of a row says `String`.
pub(crate) fn is_string(row: &PropertyFact) -> bool {
    let names = &row.type_phrase.value.names;
    names.len() == 1 && names[0].text.trim().eq_ignore_ascii_case("string")
}

/// Returns the names of the members in lower case.
fn member_names(definition: &EnumDefinition) -> BTreeSet<String> {
    let facts = definition.parts.iter().flat_map(|part| &part.facts.members);
    facts
        .map(|member| member.name.value.trim().to_lowercase())
        .collect()
}

/// Whether a row lists several values, all of them members.
fn lists_only(row: &PropertyFact, members: &BTreeSet<String>) -> bool {
    let mut values = row.values.iter();
    row.values.len() > 1 && values.all(|value| members.contains(&value.to_lowercase()))
}

/// Whether an enum is named after a property and its type: `plannerPreviewType` is the type of `previewType` of `plannerTask`.
fn is_named_after(name: &str, owner: &str, property: &str) -> bool {
    ends_with(name, property) && first_word(name).eq_ignore_ascii_case(first_word(owner))
}

/// Returns the part of a name before its first inner capital.
fn first_word(name: &str) -> &str {
    let mut letters = name.char_indices().skip(1);
    let end = letters.find(|(_, letter)| letter.is_uppercase());
    &name[..end.map_or(name.len(), |(end, _)| end)]
}

/// Whether another enum has all members, and its name ends with this one, is its singular, or is the same in another namespace.
fn is_repetition(name: &str, members: &BTreeSet<String>, other: &EnumDefinition) -> bool {
    let (name, other_name) = (name.to_lowercase(), other.name.name.to_lowercase());
    let is_similar = other_name.ends_with(&name) || name.strip_suffix('s') == Some(&other_name);
    is_similar && {
        let other_members = member_names(other);
        let mut members = members.iter().filter(|name| *name != "unknownfuturevalue");
        members.all(|member| other_members.contains(member))
    }
}

fn report_dropped(definition: &EnumDefinition, code: Code, report: &mut Report) {
    for part in &definition.parts {
        let name = &part.facts.name;
        let text = name.value.trim();
        let message = match code {
            Code::EnumTwice => {
                format!("no type cell refers to `{text}`, and another enum has all its members")
            }
            Code::EnumContradicted => {
                format!("the properties of the type `{text}` list other values than this section")
            }
            _ => format!("no type cell refers to `{text}`, and a String property has this name"),
        };
        report.push(
            code,
            name.at,
            name.value.chars().count(),
            message,
            "no enum is generated for it",
        );
        report.set_subject(text);
    }
}
