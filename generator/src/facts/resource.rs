//! Pages that define an entity or complex type.

mod representation;
mod stated_base;
mod derived_types;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::facts::cells::property::{self, Columns, PropertyFact};
use crate::facts::cells::{property_flags, type_phrase};
use crate::facts::page::context::Reading;
use crate::facts::page::headings::{self, Meaning};
use crate::facts::page::outline::{Outline, Part};
use crate::facts::page::table_columns;
use crate::facts::page::table_columns::{Header, Role};
use crate::facts::{NoMeaning, Outcome, ResourceAnnotation, TypeName, TypePhrase, deprecation};
use crate::markdown::{Block, Row, Table, first_link};
use crate::report::Code;
use crate::source::{At, Location};

/// An entity or complex type, as one page defines it.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceFacts {
    /// The name in the heading.
    pub name: At<String>,
    /// The annotation of its JSON representation.
    pub annotation: Option<ResourceAnnotation>,
    /// The base type that a sentence of the page states.
    pub inherits: Option<At<TypeName>>,
    /// Types that the page names as derived from this one.
    pub derived: Vec<At<TypeName>>,
    /// The sentence that states that the type is abstract.
    pub is_abstract: Option<Location>,
    /// The sentence or heading that states that the type is open.
    pub is_open: Option<Location>,
    /// The deprecation that a sentence, heading or callout states, with its reason.
    pub deprecated: Option<At<String>>,
    /// Rows of property tables.
    pub properties: Vec<PropertyFact>,
    /// Rows of tables of instance annotations: names that start with `@`. They are no properties of the type.
    pub instance_annotations: Vec<PropertyFact>,
    /// Rows of relationship tables.
    pub relationships: Vec<PropertyFact>,
    /// Rows of methods tables.
    pub methods: Vec<MethodFact>,
    /// The JSON representation, converted to strict JSON.
    pub representation: Option<At<String>>,
}

/// A row of a methods table.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodFact {
    /// The text of the first cell.
    pub title: At<String>,
    /// The target of its link, as written.
    pub target: Option<String>,
    /// The return type, if the cell names one.
    pub return_type: Option<At<TypePhrase>>,
    /// The description as plain text.
    pub description: String,
}

impl ResourceFacts {
    pub(super) fn new(name: At<String>) -> Self {
        Self {
            name,
            annotation: None,
            inherits: None,
            derived: Vec::new(),
            is_abstract: None,
            is_open: None,
            deprecated: None,
            properties: Vec::new(),
            instance_annotations: Vec::new(),
            relationships: Vec::new(),
            methods: Vec::new(),
            representation: None,
        }
    }
}

/// The name of the type that a heading announces: `message resource type`.
pub(super) fn name_in(heading: &str) -> Option<&str> {
    const ENDINGS: [&str; 8] = [
        " resource type",
        " resouce type",
        " complex type",
        " entity type",
        " resource",
        " facet",
        " type",
        "",
    ];
    let words = heading.split(" (").next().unwrap_or(heading).trim();
    let name = ENDINGS
        .iter()
        .find_map(|ending| words.strip_suffix(ending))?
        .trim();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    (!name.is_empty() && name.bytes().all(is_name)).then_some(name)
}

/// Extracts the types that a page defines, except for enums.
pub(super) fn extract(
    reading: &mut Reading<'_, '_>,
    outline: &Outline<'_, '_>,
    title: &At<String>,
) -> Vec<ResourceFacts> {
    let name = name_in(&title.value).unwrap_or(title.value.split_whitespace().next().unwrap_or(""));
    let mut facts = ResourceFacts::new(At::new(name.to_owned(), title.at));
    let others = representation::extract_representation(reading, outline, &mut facts);
    let representation = facts.representation.clone();
    let keys = Keys {
        representation: representation.as_ref().map(|text| text.value.as_str()),
        read: OnceCell::new(),
    };
    for part in &outline.parts {
        tables(reading, part, &keys, &mut facts);
    }
    let of_type = facts
        .annotation
        .as_ref()
        .and_then(|annotation| annotation.type_name.as_deref());
    let own_name = of_type
        .and_then(|name| name.rsplit('.').next())
        .unwrap_or(name);
    facts.inherits = stated_base::inherits(reading, outline, own_name);
    facts.derived = derived_types::extract_derived_types(reading, outline);
    facts.is_abstract = stated_base::is_abstract(outline);
    facts.is_open = stated_base::is_open(outline);
    facts.deprecated = deprecation::find_page_deprecation(reading, outline);
    let mut resources = vec![facts];
    resources.extend(others);
    resources
}

fn tables(
    reading: &mut Reading<'_, '_>,
    part: &Part<'_, '_>,
    keys: &Keys<'_>,
    facts: &mut ResourceFacts,
) {
    let mut inherited = None;
    for block in &part.section.blocks {
        match block {
            // A sentence above a second table names the type that declares its rows.
            Block::Paragraph(text) => {
                inherited = property_flags::inherited(&text.raw, &reading.page.link_definitions)
                    .filter(|_| text.raw.contains("propert") || text.raw.contains("relationship"));
            }
            Block::Table(table) => {
                let first = facts.properties.len();
                self::table(reading, part, table, keys, facts);
                for row in &mut facts.properties[first..] {
                    row.inherited_from = row.inherited_from.take().or_else(|| inherited.clone());
                }
            }
            _ => {}
        }
    }
}

fn table(
    reading: &mut Reading<'_, '_>,
    part: &Part<'_, '_>,
    table: &Table<'_>,
    keys: &Keys<'_>,
    facts: &mut ResourceFacts,
) {
    if crate::facts::enums::announces(part, table) {
        return;
    }
    let header = Header::new(table);
    match crate::facts::page::table_columns::role(part.meaning, &header) {
        Role::Properties | Role::Parameters => {
            properties(reading, part, table, &header, keys, facts)
        }
        Role::Relationships => {
            let columns = Columns::new(&header);
            let rows = table
                .rows
                .iter()
                .filter_map(|row| property::parse_property_row(reading, &columns, row));
            facts.relationships.extend(rows);
        }
        Role::Methods => methods(reading, table, &header, facts),
        other => table_columns::settle_unread_table(reading, table, &header, other),
    }
}

fn properties(
    reading: &mut Reading<'_, '_>,
    part: &Part<'_, '_>,
    table: &Table<'_>,
    header: &Header,
    keys: &Keys<'_>,
    facts: &mut ResourceFacts,
) {
    let is_about_type = match part.meaning {
        Meaning::Intro | Meaning::InstanceAttributes => true,
        // A heading of its own below that of the properties: about the type, if it shows what is listed.
        Meaning::Properties => part.says_so || facts.properties.is_empty() || !keys.is_known(),
        _ => false,
    };
    let belongs = is_about_type || mostly_in_representation(table, keys);
    if !belongs {
        for row in &table.rows {
            reading
                .ledger
                .record_outcome(row.matter, Outcome::NoMeaning(NoMeaning::Explanation));
        }
        return;
    }
    let columns = Columns::new(header);
    for row in &table.rows {
        let Some(property) = property::parse_property_row(reading, &columns, row) else {
            continue;
        };
        if property.name.value.starts_with('@') {
            facts.instance_annotations.push(property);
        } else {
            facts.properties.push(property);
        }
    }
}

/// Whether most rows of a table below some other heading are keys of the representation: then they are properties.
fn mostly_in_representation(table: &Table<'_>, keys: &Keys<'_>) -> bool {
    let name = |row: &Row<'_>| row.cells[0].raw.trim_matches(['*', '`', ' ']).to_owned();
    let known = table.rows.iter().filter(|row| keys.has(&name(row)));
    known.count() * 2 > table.rows.len()
}

/// The keys of a representation, parsed on first use.
struct Keys<'r> {
    representation: Option<&'r str>,
    read: OnceCell<BTreeSet<String>>,
}

impl Keys<'_> {
    fn is_known(&self) -> bool {
        self.representation.is_some()
    }

    fn has(&self, name: &str) -> bool {
        let read = || match self.representation.map(serde_json::from_str) {
            Some(Ok(serde_json::Value::Object(keys))) => {
                keys.into_iter().map(|(key, _)| key).collect()
            }
            _ => BTreeSet::new(),
        };
        self.read.get_or_init(read).contains(name)
    }
}

fn methods(
    reading: &mut Reading<'_, '_>,
    table: &Table<'_>,
    header: &Header,
    facts: &mut ResourceFacts,
) {
    for row in &table.rows {
        if !table.has_cells {
            let message = "rows of this methods table cannot be split into cells";
            reading.problem(
                Code::FlattenedMethods,
                row.at,
                0,
                message,
                "the row is ignored",
            );
            reading
                .ledger
                .record_outcome(row.matter, Outcome::Problem(Code::FlattenedMethods));
        } else if let Some(method) = method(reading, row, header) {
            facts.methods.push(method);
        }
    }
}

fn method(reading: &mut Reading<'_, '_>, row: &Row<'_>, header: &Header) -> Option<MethodFact> {
    let definitions = &reading.page.link_definitions;
    let link = first_link(&row.cells[0].raw, definitions);
    let target = link
        .map(|link| link.target.to_owned())
        .filter(|target| !target.is_empty());
    if row.is_group && target.is_none() {
        reading
            .ledger
            .record_outcome(row.matter, Outcome::NoMeaning(NoMeaning::GroupRow));
        return None;
    }
    let cell = |column: Option<usize>| column.and_then(|column| row.cells.get(column));
    let returns = header.column(&["return type", "type", "json return type"]);
    let return_type = cell(returns).and_then(|cell| {
        let (phrase, oddity) = type_phrase::parse_type_phrase(&cell.raw, definitions);
        let is_type =
            !phrase.names.is_empty() && !matches!(oddity, Some(type_phrase::Oddity::Unreadable));
        if is_type && phrase.collection {
            property::report_collection_spelling(reading, cell);
        }
        is_type.then(|| At::new(phrase, cell.at))
    });
    let description = cell(header.column(&["description"]))
        .map_or(String::new(), |cell| reading.plain(&cell.raw).into_owned());
    let title = reading.plain_at(&row.cells[0]);
    reading.fact(row);
    Some(MethodFact {
        title,
        target,
        return_type,
        description,
    })
}

/// Whether a heading is one that a resource page may have.
pub(super) fn has_definition(outline: &Outline<'_, '_>) -> bool {
    let sections = [
        Meaning::Properties,
        Meaning::Representation,
        Meaning::Relationships,
    ];
    let own = |part: &Part<'_, '_>| part.says_so && sections.contains(&part.meaning);
    let in_intro = |part: &Part<'_, '_>| {
        part.meaning == Meaning::Intro
            && part.section.blocks.iter().any(|block| match block {
                Block::Table(table) => {
                    let header = Header::new(table);
                    crate::facts::page::table_columns::role(Meaning::Intro, &header)
                        == Role::Properties
                        && header.column(&["type"]).is_some()
                }
                _ => false,
            })
    };
    outline.parts.iter().any(|part| own(part) || in_intro(part))
        && outline
            .parts
            .iter()
            .any(|part| part.section.level == 1 && headings::enum_name(&part.heading).is_none())
}
