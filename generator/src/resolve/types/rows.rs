//! In: the tables and JSON representations of all structured types. Out: rows with names and types, not yet sorted out.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::PropertyFact;
use crate::model::{Primitive, StructuredTypeId, Type, TypeRef};
use crate::report::{Code, Report};
use crate::resolve::pages::{Page, is_identifier};
use crate::resolve::symbols::definitions::{
    Definitions, EnumPart, EnumsOfRows, ResourcePart, StructuredDefinition,
};
use crate::resolve::symbols::symbol_table::{Definition, Meaning};
use crate::resolve::type_phrases::Scope;
use crate::resolve::types::json_representation;
use crate::resolve::types::structured;
use crate::source::Location;

/// One thing that a page lists as a member of a type.
pub(crate) struct Row<'a> {
    pub(crate) name: String,
    pub(crate) ty: TypeRef,
    pub(crate) source: RowSource,
    /// The table row; none for a key of the JSON representation.
    pub(crate) fact: Option<&'a PropertyFact>,
    pub(crate) origin: Location,
    /// The type that the row says it is inherited from.
    pub(crate) inherited_from: Option<StructuredTypeId>,
    /// Values that a section of the page lists for it.
    pub(crate) listed: Vec<String>,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowSource {
    Property,
    Relationship,
    Representation,
}

/// What is said elsewhere about properties that are called String.
struct Strings<'d, 'a> {
    /// Sections that list values, by lower-cased name.
    lists: BTreeMap<String, Vec<EnumPart<'a>>>,
    /// The enums of some rows.
    enums: &'d EnumsOfRows,
}

/// What one type has on its pages.
#[derive(Default)]
pub(crate) struct TypeRows<'a> {
    pub(crate) rows: Vec<Row<'a>>,
    /// Whether a JSON representation has keys that are data: then anything may stand in the type.
    pub(crate) has_free_keys: bool,
}

/// Reads the rows of all types, by id.
pub(crate) fn read<'a>(
    definitions: &Definitions<'a>,
    scope: &Scope,
    report: &mut Report,
) -> Vec<TypeRows<'a>> {
    let mut strings = Strings {
        lists: BTreeMap::new(),
        enums: &definitions.enums_of_rows,
    };
    for part in &definitions.value_lists {
        let name = part.facts.name.value.trim().to_lowercase();
        strings.lists.entry(name).or_default().push(*part);
    }
    definitions
        .structured
        .iter()
        .map(|definition| rows_of(definition, scope, &strings, report))
        .collect()
}

fn rows_of<'a>(
    definition: &StructuredDefinition<'a>,
    scope: &Scope,
    strings: &Strings,
    report: &mut Report,
) -> TypeRows<'a> {
    let mut found = TypeRows::default();
    for part in &definition.parts {
        let properties = part
            .facts
            .properties
            .iter()
            .map(|fact| (fact, RowSource::Property));
        let relationships = part
            .facts
            .relationships
            .iter()
            .map(|fact| (fact, RowSource::Relationship));
        for (fact, source) in properties.chain(relationships) {
            if let Some(name) = property_name(fact, report) {
                let row = table_row(name, fact, source, part.page, scope, strings, report);
                found.rows.push(row);
            }
        }
    }
    // The tables of all pages come first: they are what counts.
    let listed: BTreeSet<String> = found
        .rows
        .iter()
        .map(|row| row.name.to_lowercase())
        .collect();
    for part in &definition.parts {
        add_representation(part, &listed, scope, &mut found, report);
    }
    found
}

fn add_representation<'a>(
    part: &ResourcePart<'a>,
    listed: &BTreeSet<String>,
    scope: &Scope,
    found: &mut TypeRows<'a>,
    report: &mut Report,
) {
    let Some(text) = &part.facts.representation else {
        return;
    };
    let keys = json_representation::read(text, scope, part.page);
    found.has_free_keys |= keys.has_free_keys;
    let is_open = keys.has_free_keys || structured::says_open(part.facts);
    for (name, ty) in keys.properties {
        if listed.contains(&name.to_lowercase()) {
            take_spelling(name, found, report);
            continue;
        }
        if is_open {
            report.push(
                Code::SampleKey,
                text.at,
                0,
                format!("the type is open, and only its JSON representation has `{name}`"),
                "the key was read as part of the sample",
            );
            continue;
        }
        if matches!(ty.ty, Type::Undefined(_)) {
            report.push(
                Code::RepresentationValue,
                text.at,
                0,
                format!("the value of `{name}` in the JSON representation tells no type"),
                "any JSON value is allowed in its place",
            );
        }
        found.rows.push(Row {
            name,
            ty,
            source: RowSource::Representation,
            fact: None,
            origin: text.at,
            inherited_from: None,
            listed: Vec::new(),
        });
    }
}

/// Spells a listed property as the JSON representation does: that is how the service writes it.
fn take_spelling(name: String, found: &mut TypeRows, report: &mut Report) {
    let is_meant =
        |row: &&mut Row| row.source == RowSource::Property && row.name.eq_ignore_ascii_case(&name);
    let mut rows = found.rows.iter_mut().filter(is_meant);
    let row = rows.find(|row| row.name != name);
    let Some(row) = row else { return };
    report.push(
        Code::JsonSpelling,
        row.origin,
        row.name.chars().count(),
        format!("the JSON representation spells `{}` as `{name}`", row.name),
        "the spelling of the JSON representation was taken",
    );
    row.name = name;
}

fn table_row<'a>(
    name: String,
    fact: &'a PropertyFact,
    source: RowSource,
    page: &Page,
    scope: &Scope,
    strings: &Strings,
    report: &mut Report,
) -> Row<'a> {
    let (ty, listed) = match enum_of(fact, strings, scope) {
        Some(ty) => (ty, fact.values.clone()),
        None => listed_values(fact, page, strings).unwrap_or_else(|| {
            let ty = scope.type_ref(&fact.type_phrase, page, report);
            (ty, fact.values.clone())
        }),
    };
    let inherited_from = fact.inherited_from.as_ref().and_then(|inherited| {
        match scope
            .index
            .meaning(inherited, fact.description.at, page, report)
        {
            Meaning::Defined(Definition::Structured(id)) => Some(id),
            _ => None,
        }
    });
    Row {
        name,
        ty,
        source,
        fact: Some(fact),
        origin: fact.name.at,
        inherited_from,
        listed,
    }
}

/// The enum that is about a row which is called a String.
fn enum_of(fact: &PropertyFact, strings: &Strings, scope: &Scope) -> Option<TypeRef> {
    let name = strings.enums.get(&fact.name.at)?;
    match scope.index.by_full_name(&name.full())? {
        Definition::Enum(id) => Some(TypeRef {
            ty: Type::Enum(id),
            collection: fact.type_phrase.value.collection,
        }),
        Definition::Structured(_) => None,
    }
}

/// The type and values of a row that a section of the same page lists values for: such a property is a String.
fn listed_values(
    fact: &PropertyFact,
    page: &Page,
    strings: &Strings,
) -> Option<(TypeRef, Vec<String>)> {
    let [name] = fact.type_phrase.value.names.as_slice() else {
        return None;
    };
    let type_name = name.text.trim().to_lowercase();
    let of_type = strings
        .lists
        .get(&type_name)
        .and_then(|parts| parts.first().copied());
    let of_name = || {
        let parts = strings.lists.get(&fact.name.value.trim().to_lowercase())?;
        let own = parts
            .iter()
            .find(|part| part.page.facts.file == page.facts.file);
        own.copied().filter(|_| type_name == "string")
    };
    let part = of_type.or_else(of_name)?;
    let values = part.facts.members.iter();
    let values = values
        .map(|member| member.name.value.clone())
        .filter(|value| value != "null");
    let ty = TypeRef {
        ty: Type::Primitive(Primitive::String),
        collection: fact.type_phrase.value.collection,
    };
    Some((ty, values.collect()))
}

/// The name of a property; none for rows that describe annotations, paths or groups of rows.
fn property_name(fact: &PropertyFact, report: &mut Report) -> Option<String> {
    let name = fact.name.value.trim();
    if is_identifier(name) {
        return Some(name.to_owned());
    }
    report.push(
        Code::NotAProperty,
        fact.name.at,
        name.chars().count(),
        format!("`{name}` cannot be the name of a property"),
        "the row was left out of the type",
    );
    None
}
