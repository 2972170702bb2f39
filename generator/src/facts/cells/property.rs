//! Rows that describe a property, a relationship or a parameter.

use crate::facts::cells::type_phrase::{self, Oddity, Respelling};
use crate::facts::cells::{property_flags, values};
use crate::facts::page::context::{Reading, location_within};
use crate::facts::page::table_columns::{Header, NAME_COLUMNS};
use crate::facts::usage::property::parse_property_usage;
use crate::facts::{NoMeaning, Outcome, TypeName, TypePhrase};
use crate::markdown::{Row, Text};
use crate::model::PropertyUsage;
use crate::report::Code;
use crate::source::At;

/// A row that describes a property, a relationship or a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyFact {
    /// The name, without emphasis and `(deprecated)`.
    pub name: At<String>,
    /// The parsed type cell.
    pub type_phrase: At<TypePhrase>,
    /// The description cell as plain text: links are reduced to their text, code spans keep their ticks.
    pub description: At<String>,
    /// The values that the description lists as possible.
    pub values: Vec<String>,
    /// Whether the description states that it is read-only.
    pub read_only: bool,
    /// Whether the row says that it is required.
    pub required: bool,
    /// Whether the row says that it is optional.
    pub optional: bool,
    /// Whether the description says that it is the key of the entity.
    pub key: bool,
    /// Whether the description says that it can or cannot be null.
    pub nullable: Option<bool>,
    /// The default value that the description states, as written.
    pub default: Option<String>,
    /// The type that the row is inherited from.
    pub inherited_from: Option<TypeName>,
    /// How it is used in requests.
    pub usage: PropertyUsage,
    /// Whether it is deprecated, with the reason if there is one, else empty.
    pub deprecated: Option<String>,
}

/// The columns of the table by meaning.
pub(in crate::facts) struct Columns {
    name: usize,
    type_phrase: Option<usize>,
    description: Option<usize>,
    required: Option<usize>,
    default: Option<usize>,
}

impl Columns {
    pub(in crate::facts) fn new(header: &Header) -> Self {
        let type_phrase = header.column(&["type", "return type"]);
        // Some tables head their types with `Value`; where there is a type column, `Value` is the description.
        let type_phrase =
            type_phrase.or_else(|| header.column(&["value"]).filter(|_| header.words.len() > 2));
        let description = header.column(&["description", "descrition", "value"]);
        Self {
            name: header.column(&NAME_COLUMNS).unwrap_or(0),
            type_phrase,
            description: description.filter(|column| Some(*column) != type_phrase),
            required: header
                .words
                .iter()
                .position(|word| word.starts_with("required") && word != "required parameter"),
            default: header.column(&["default", "default value"]),
        }
    }
}

/// Parses a row, or records why it is not a fact.
pub(in crate::facts) fn parse_property_row(
    reading: &mut Reading<'_, '_>,
    columns: &Columns,
    row: &Row<'_>,
) -> Option<PropertyFact> {
    let empty = Text::borrowed("", row.at);
    let cell = |column: Option<usize>| {
        column
            .and_then(|column| row.cells.get(column))
            .unwrap_or(&empty)
    };
    let name_cell = cell(Some(columns.name));
    if row.is_group && (name_cell.raw.starts_with("**") || name_cell.raw.contains(' ')) {
        reading
            .ledger
            .record_outcome(row.matter, Outcome::NoMeaning(NoMeaning::GroupRow));
        return None;
    }
    let (name, name_deprecated) = name(reading, row, name_cell)?;
    let type_cell = cell(columns.type_phrase);
    let (type_phrase, tail) = type_phrase_of(
        reading,
        type_cell,
        &name.value,
        columns.type_phrase.is_some(),
    );
    let description_cell = cell(columns.description);
    let mut description = reading.plain_at(description_cell);
    if let Some(tail) = tail {
        description.value = format!("{tail} {}", description.value)
            .trim_end()
            .to_owned();
    }
    let lower = description.value.to_ascii_lowercase();
    let marks = property_flags::marks(&description.value, &lower);
    let qualifier = type_phrase.qualifier.as_deref().unwrap_or("");
    let flag = cell(columns.required).raw.trim().to_ascii_lowercase();
    let stated_default = cell(columns.default).raw.trim();
    reading.fact(row);
    Some(PropertyFact {
        usage: parse_property_usage(&description.value),
        values: values::parse_listed_values(&description.value, &lower),
        read_only: marks.read_only || qualifier.eq_ignore_ascii_case("readonly"),
        required: marks.required || matches!(flag.as_str(), "y" | "yes" | "true" | "required"),
        optional: marks.optional || qualifier.eq_ignore_ascii_case("optional"),
        key: marks.key,
        nullable: marks.nullable,
        default: (!stated_default.is_empty())
            .then(|| stated_default.to_owned())
            .or(marks.default),
        inherited_from: property_flags::inherited(
            &description_cell.raw,
            &reading.page.link_definitions,
        ),
        deprecated: marks.deprecated.or(name_deprecated.then(String::new)),
        name,
        type_phrase: At::new(type_phrase, type_cell.at),
        description,
    })
}

/// The name in a cell, and whether the cell says that it is deprecated.
fn name(
    reading: &mut Reading<'_, '_>,
    row: &Row<'_>,
    cell: &Text<'_>,
) -> Option<(At<String>, bool)> {
    let plain = reading.plain(&cell.raw);
    let words = plain.trim_matches(['`', '*', ' ']);
    let lower = words.to_ascii_lowercase();
    // A property may itself be called `deprecated`.
    let note = lower
        .rfind("deprecated")
        .filter(|at| lower[..*at].ends_with(['(', '[', ' ', '*']));
    let deprecated = note.is_some();
    let name = note.map_or(words, |at| {
        words[..at].trim_end_matches(['(', '[', ' ', '*'])
    });
    let name = strip_note(name).trim_matches(['`', '*', '"', '\'']);
    let is_name =
        |character: char| character.is_ascii_alphanumeric() || "_@.$-#".contains(character);
    if !name.is_empty() && name.chars().all(is_name) {
        let at = location_within(cell, name);
        return Some((At::new(name.to_owned(), at), deprecated));
    }
    let code = if name.contains('/') {
        Code::PathAsName
    } else {
        Code::UnreadName
    };
    reading.problem(
        code,
        cell.at,
        cell.raw.chars().count(),
        format!("`{name}` is not the name of a property or parameter"),
        "the row is ignored",
    );
    reading
        .ledger
        .record_outcome(row.matter, Outcome::Problem(code));
    None
}

/// Removes a note in parentheses after a name: `id (optional)`.
fn strip_note(name: &str) -> &str {
    match name.split_once(" (") {
        Some((before, note)) if note.ends_with(')') => before.trim_end(),
        _ => name,
    }
}

/// Reports a collection that is written in an unusual way.
pub(in crate::facts) fn report_collection_spelling(reading: &mut Reading<'_, '_>, cell: &Text<'_>) {
    if let Some(Respelling { found, text }) = type_phrase::respell_collection(&cell.raw) {
        reading.problem(
            Code::CollectionSpelling,
            cell.at,
            cell.raw.chars().count(),
            format!("a collection is written as `{}`", cell.raw.trim()),
            "the type is read as a collection",
        );
        reading.report.set_subject(&found);
        reading.report.suggest(found, text);
    }
}

/// Parses a type cell and reports its problems. Returns a sentence of the cell that belongs to the description.
pub(in crate::facts) fn type_phrase_of(
    reading: &mut Reading<'_, '_>,
    cell: &Text<'_>,
    name: &str,
    has_column: bool,
) -> (TypePhrase, Option<String>) {
    let (phrase, oddity) =
        type_phrase::parse_type_phrase(&cell.raw, &reading.page.link_definitions);
    let width = cell.raw.chars().count();
    if phrase.collection && matches!(oddity, None | Some(Oddity::Tail(_))) {
        report_collection_spelling(reading, cell);
    }
    match oddity {
        None => {}
        Some(Oddity::Tail(tail)) => {
            let message = format!("the type of `{name}` is followed by a sentence");
            reading.problem(
                Code::SentenceInTypeCell,
                cell.at,
                width,
                message,
                "the sentence is appended to the description",
            );
            return (phrase, Some(tail));
        }
        Some(Oddity::UnclosedLink) => {
            let message = format!("the link in the type of `{name}` is not closed");
            reading.problem(
                Code::UnclosedLink,
                cell.at,
                width,
                message,
                "the text of the link is used as the type",
            );
        }
        Some(Oddity::Lead) => {
            let message = format!("the type of `{name}` is written as a sentence");
            reading.problem(
                Code::SentenceInTypeCell,
                cell.at,
                width,
                message,
                "the last word is used as the type",
            );
        }
        Some(Oddity::Unreadable) if has_column => {
            let message = format!("`{}` is not a type; `{name}` has none", phrase.written);
            reading.problem(
                Code::UnreadType,
                cell.at,
                width,
                message,
                "the property has no type",
            );
        }
        Some(Oddity::Unreadable) => {}
    }
    (phrase, None)
}
