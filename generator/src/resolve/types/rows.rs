//! The rows of each structured type: its table rows and the keys of its JSON representation, with resolved types.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::PropertyFact;
use crate::model::{Primitive, StructuredTypeId, Type, TypeRef};
use crate::report::{Code, Report};
use crate::resolve::names::is_identifier;
use crate::resolve::pages::Page;
use crate::resolve::symbols::definitions::{
    Definitions, EnumPart, ResourcePart, StringRowEnums, StructuredDefinition,
};
use crate::resolve::symbols::symbol_table::Symbol;
use crate::resolve::type_phrases::TypeResolver;
use crate::resolve::types::json_representation::parse_json_representation;
use crate::source::{FileId, Location};

/// One property as a page lists it.
pub(crate) struct Row<'a> {
    pub(crate) name: String,
    pub(crate) ty: TypeRef,
    pub(crate) source: RowSource,
    /// The table row; `None` for a key of the JSON representation.
    pub(crate) fact: Option<&'a PropertyFact>,
    pub(crate) origin: Location,
    /// The type that the row is inherited from, if it says so.
    pub(crate) inherited_from: Option<StructuredTypeId>,
    /// The values that the row or a section of the page lists.
    pub(crate) listed_values: Vec<String>,
    /// Whether the tables of the same page list another property whose name differs by letter case only.
    pub(crate) has_case_variant: bool,
}

impl Row<'_> {
    /// Whether the row means a property with the given name. Letter case counts only where the page of the row lists several
    /// spellings as properties of their own.
    pub(crate) fn matches(&self, name: &str) -> bool {
        match self.has_case_variant {
            true => self.name == name,
            false => self.name.eq_ignore_ascii_case(name),
        }
    }

    /// Returns the property that the row means: the one with the exact name, else the only one that matches.
    pub(crate) fn find_property<T>(
        &self,
        properties: impl Iterator<Item = T>,
        name: impl Fn(&T) -> &str,
    ) -> Option<T> {
        let mut only = None;
        let mut is_ambiguous = false;
        for property in properties {
            if name(&property) == self.name {
                return Some(property);
            }
            if self.matches(name(&property)) {
                is_ambiguous |= only.is_some();
                only = Some(property);
            }
        }
        only.filter(|_| !is_ambiguous)
    }
}

/// The part of the page that has a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowSource {
    Property,
    Relationship,
    JsonRepresentation,
}

/// All rows of one type.
#[derive(Default)]
pub(crate) struct TypeRows<'a> {
    pub(crate) rows: Vec<Row<'a>>,
    /// Whether the JSON representation has keys that are data, which makes the type open.
    pub(crate) has_data_keys: bool,
}

/// Resolves the rows of all types, by id.
pub(crate) fn resolve_rows<'a>(
    definitions: &Definitions<'a>,
    types: &TypeResolver,
    report: &mut Report,
) -> Vec<TypeRows<'a>> {
    let mut value_lists: BTreeMap<String, Vec<EnumPart>> = BTreeMap::new();
    for part in &definitions.value_lists {
        let name = part.facts.name.value.trim().to_lowercase();
        value_lists.entry(name).or_default().push(*part);
    }
    let resolver = RowResolver {
        types,
        value_lists,
        string_row_enums: &definitions.string_row_enums,
    };
    definitions
        .structured
        .iter()
        .map(|definition| resolver.resolve(definition, report))
        .collect()
}

struct RowResolver<'d, 'a> {
    types: &'d TypeResolver<'d>,
    /// Sections that list values of String properties, by lower-cased name.
    value_lists: BTreeMap<String, Vec<EnumPart<'a>>>,
    string_row_enums: &'d StringRowEnums,
}

impl RowResolver<'_, '_> {
    fn resolve<'a>(
        &self,
        definition: &StructuredDefinition<'a>,
        report: &mut Report,
    ) -> TypeRows<'a> {
        let mut type_rows = TypeRows::default();
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
                    let row = self.resolve_table_row(name, fact, source, part.page, report);
                    type_rows.rows.push(row);
                }
            }
        }
        mark_case_variants(&mut type_rows.rows);
        // The tables of all pages precede the JSON representations, which only add what the tables lack.
        for part in &definition.parts {
            self.add_json_keys(part, &mut type_rows, report);
        }
        type_rows
    }

    fn add_json_keys<'a>(
        &self,
        part: &ResourcePart<'a>,
        type_rows: &mut TypeRows<'a>,
        report: &mut Report,
    ) {
        let Some(text) = &part.facts.representation else {
            return;
        };
        let keys = parse_json_representation(text, self.types.symbols, part.page);
        type_rows.has_data_keys |= keys.has_data_keys;
        let is_open = keys.has_data_keys || part.is_open();
        for (name, ty) in keys.properties {
            let mut rows = type_rows.rows.iter();
            if rows.any(|row| row.source != RowSource::JsonRepresentation && row.matches(&name)) {
                use_json_spelling(name, type_rows, report);
                continue;
            }
            if is_open {
                report.push(
                    Code::SampleKey,
                    text.at,
                    0,
                    format!("the type is open, and `{name}` is only in its JSON representation"),
                    "the key is taken for sample data and ignored",
                );
                continue;
            }
            if matches!(ty.ty, Type::Undefined(_)) {
                report.push(
                    Code::RepresentationValue,
                    text.at,
                    0,
                    format!("the value of `{name}` in the JSON representation shows no type"),
                    "the property is generated as any JSON value",
                );
            }
            type_rows.rows.push(Row {
                name,
                ty,
                source: RowSource::JsonRepresentation,
                fact: None,
                origin: text.at,
                inherited_from: None,
                listed_values: Vec::new(),
                has_case_variant: false,
            });
        }
    }

    fn resolve_table_row<'a>(
        &self,
        name: String,
        fact: &'a PropertyFact,
        source: RowSource,
        page: &Page,
        report: &mut Report,
    ) -> Row<'a> {
        let (ty, listed_values) = match self.enum_of_string_row(fact) {
            Some(ty) => (ty, fact.values.clone()),
            None => self.string_with_values(fact, page).unwrap_or_else(|| {
                let phrase = &fact.type_phrase;
                let ty = self.types.resolve_and_report(phrase, page, report);
                (ty, fact.values.clone())
            }),
        };
        let inherited_from = fact.inherited_from.as_ref().and_then(|inherited| {
            let symbols = self.types.symbols;
            let lookup = symbols.look_up(inherited, page);
            symbols.report_conflict(&lookup, inherited, fact.description.at, report);
            lookup.resolved.structured()
        });
        Row {
            name,
            ty,
            source,
            fact: Some(fact),
            origin: fact.name.at,
            inherited_from,
            listed_values,
            has_case_variant: false,
        }
    }

    /// Returns the enum of a row whose type cell says String.
    fn enum_of_string_row(&self, fact: &PropertyFact) -> Option<TypeRef> {
        let name = self.string_row_enums.get(&fact.name.at)?;
        match self.types.symbols.find_qualified(&name.full())? {
            Symbol::Enum(id) => Some(TypeRef {
                ty: Type::Enum(id),
                collection: fact.type_phrase.value.collection,
            }),
            Symbol::Structured(_) => None,
        }
    }

    /// Returns the String type and the values of a row for which a section lists the values.
    fn string_with_values(
        &self,
        fact: &PropertyFact,
        page: &Page,
    ) -> Option<(TypeRef, Vec<String>)> {
        let [name] = fact.type_phrase.value.names.as_slice() else {
            return None;
        };
        let type_name = name.text.trim().to_lowercase();
        let section_of_type = self
            .value_lists
            .get(&type_name)
            .and_then(|parts| parts.first());
        let section_of_property = || {
            let property_name = fact.name.value.trim().to_lowercase();
            let parts = self.value_lists.get(&property_name)?;
            let on_page = parts
                .iter()
                .find(|part| part.page.facts.file == page.facts.file);
            on_page.filter(|_| type_name == "string")
        };
        let part = section_of_type.or_else(section_of_property)?;
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
}

/// Marks the rows whose page lists another row with a name that differs by letter case only.
fn mark_case_variants(rows: &mut [Row]) {
    let mut spellings: BTreeMap<(FileId, String), BTreeSet<String>> = BTreeMap::new();
    let key = |row: &Row| (row.origin.file, row.name.to_ascii_lowercase());
    for row in &*rows {
        spellings
            .entry(key(row))
            .or_default()
            .insert(row.name.clone());
    }
    for row in rows {
        row.has_case_variant = spellings[&key(row)].len() > 1;
    }
}

/// Spells a listed property as the JSON representation does, which is the spelling of the service.
fn use_json_spelling(name: String, type_rows: &mut TypeRows, report: &mut Report) {
    let row = type_rows
        .rows
        .iter_mut()
        .find(|row| row.source == RowSource::Property && row.matches(&name) && row.name != name);
    let Some(row) = row else { return };
    report.push(
        Code::JsonSpelling,
        row.origin,
        row.name.chars().count(),
        format!("the JSON representation spells `{}` as `{name}`", row.name),
        "the spelling of the JSON representation is used",
    );
    report.suggest(&row.name, &name);
    row.name = name;
}

/// Returns the name of a property; `None` for rows that describe annotations, paths or groups of rows.
fn property_name(fact: &PropertyFact, report: &mut Report) -> Option<String> {
    let name = fact.name.value.trim();
    if is_identifier(name) {
        return Some(name.to_owned());
    }
    report.push(
        Code::NotAProperty,
        fact.name.at,
        name.chars().count(),
        format!("`{name}` is not a valid property name"),
        "the row is ignored",
    );
    None
}
