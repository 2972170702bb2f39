//! Enum types, defined by a page or by a section `x values` of another page.

use crate::facts::page::context::{Reading, location_within};
use crate::facts::page::headings::{self, Meaning};
use crate::facts::page::outline::{Outline, Part};
use crate::facts::page::table_columns::Header;
use crate::facts::{LedgerKind, NoMeaning, Outcome, deprecation};
use crate::markdown::{Block, Row, Table};
use crate::report::Code;
use crate::source::{At, Location};

/// An enum type, as one page defines it.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumFacts {
    /// The name in the heading.
    pub name: At<String>,
    /// The sentence that states that values can be combined.
    pub is_flags: Option<Location>,
    /// The description.
    pub description: Option<At<String>>,
    /// Rows of the members table.
    pub members: Vec<MemberFact>,
    /// Whether the table lists `null`, which is not a member.
    pub lists_null: bool,
}

impl EnumFacts {
    fn new(name: At<String>) -> Self {
        Self {
            name,
            is_flags: None,
            description: None,
            members: Vec::new(),
            lists_null: false,
        }
    }
}

/// A row of a members table.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberFact {
    /// The name.
    pub name: At<String>,
    /// The numeric value.
    pub value: Option<At<i64>>,
    /// The description as plain text; empty if there is none.
    pub description: String,
    /// Whether it is deprecated, with the reason if there is one, else empty.
    pub deprecated: Option<String>,
}

/// The name of the enum that a page's heading announces: `hueKind enum type`.
pub(super) fn name_in(heading: &str) -> Option<&str> {
    let words = heading.split(" (").next().unwrap_or(heading).trim();
    let name = words
        .strip_suffix(" enum type")
        .or_else(|| words.strip_suffix(" enumeration type"))?
        .trim();
    (!name.is_empty() && !name.contains(' ')).then_some(name)
}

/// The name of the enum that a section's heading announces.
fn section_name<'s>(part: &'s Part<'_, '_>) -> Option<&'s str> {
    let may = part.section.level > 1 && part.meaning != Meaning::Example && !part.says_so;
    headings::enum_name(&part.heading).filter(|_| may)
}

/// Whether a table lists the members of an enum that the section's heading announces.
pub(super) fn announces(part: &Part<'_, '_>, table: &Table<'_>) -> bool {
    section_name(part).is_some() && lists_members(table)
}

fn lists_members(table: &Table<'_>) -> bool {
    let header = Header::new(table);
    matches!(header.first(), "member" | "value" | "name") && header.column(&["type"]).is_none()
}

fn tables<'s, 'a>(part: &Part<'s, 'a>) -> impl Iterator<Item = &'s Table<'a>> {
    part.section.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

/// Extracts the enums of a page. `page_name` is the name in the heading of an enum page.
pub(super) fn extract(
    reading: &mut Reading<'_, '_>,
    outline: &Outline<'_, '_>,
    page_name: Option<&At<String>>,
) -> Vec<EnumFacts> {
    let mut enums = Vec::new();
    let mut page_enum = page_name.map(|name| EnumFacts::new(name.clone()));
    for part in &outline.parts {
        if section_name(part).is_some() {
            enums.extend(section_enum(reading, part));
        } else if let Some(facts) = &mut page_enum {
            page_part(reading, part, facts);
        }
    }
    if let Some(facts) = page_enum {
        if facts.members.is_empty() {
            let message = format!("no table lists the members of `{}`", facts.name.value);
            let action = "the enum has no members";
            reading.problem(Code::EnumWithoutMembers, facts.name.at, 0, message, action);
        }
        enums.insert(0, facts);
    }
    enums
}

/// The enum that a section defines.
fn section_enum(reading: &mut Reading<'_, '_>, part: &Part<'_, '_>) -> Option<EnumFacts> {
    let name = section_name(part)?;
    let heading = part.section.heading.as_ref()?;
    let at = location_within(heading, name);
    let mut facts = EnumFacts::new(At::new(name.to_owned(), at));
    prose(reading, part, &mut facts);
    let mut found = false;
    for table in tables(part).filter(|table| lists_members(table)) {
        found = true;
        add_members(reading, table, &mut facts);
    }
    settle_section(reading, part, heading.at, found);
    found.then_some(facts)
}

/// A part of a page that defines one enum.
fn page_part(reading: &mut Reading<'_, '_>, part: &Part<'_, '_>, facts: &mut EnumFacts) {
    if part.meaning != Meaning::Members && part.meaning != Meaning::Intro {
        return;
    }
    let mut found = false;
    for table in tables(part).filter(|table| lists_members(table)) {
        found = true;
        add_members(reading, table, facts);
    }
    prose(reading, part, facts);
    let heading = part.section.heading.as_ref();
    if let Some(heading) = heading.filter(|_| part.meaning == Meaning::Members) {
        settle_section(reading, part, heading.at, found);
    }
}

fn settle_section(reading: &mut Reading<'_, '_>, part: &Part<'_, '_>, at: Location, found: bool) {
    let outcome = if found {
        Outcome::Fact
    } else {
        let message = format!(
            "no table lists the members that `{}` announces",
            part.heading
        );
        let width = part.heading.chars().count();
        reading.problem(
            Code::EnumWithoutMembers,
            at,
            width,
            message,
            "the section is treated as prose",
        );
        Outcome::Problem(Code::EnumWithoutMembers)
    };
    reading.ledger.add(LedgerKind::EnumSection, at, outcome);
}

/// The description and flags in the prose of a section.
fn prose(reading: &Reading<'_, '_>, part: &Part<'_, '_>, facts: &mut EnumFacts) {
    for block in &part.section.blocks {
        let text = match block {
            Block::Paragraph(text) => text,
            Block::Callout(callout) => &callout.text,
            _ => continue,
        };
        let lower = text.raw.to_ascii_lowercase();
        if lower.starts_with("namespace:") {
            continue;
        }
        let flags = find_flags_statement(&lower);
        facts.is_flags = facts.is_flags.or(flags.map(|at| text.location_of(at)));
        if facts.description.is_none() && matches!(block, Block::Paragraph(_)) {
            facts.description = Some(reading.plain_at(text));
        }
    }
}

/// Returns the offset of the words that state that the values of an enum can be combined. `lower` is in lower case.
pub(crate) fn find_flags_statement(lower: &str) -> Option<usize> {
    const SAYINGS: [&str; 6] = [
        "flag enum",
        "flags enum",
        "flagged enum",
        "bitmask",
        "bit mask",
        "can be combined",
    ];
    SAYINGS.iter().find_map(|saying| lower.find(saying))
}

/// The columns of a members table.
struct Columns {
    value: Option<usize>,
    description: Option<usize>,
}

impl Columns {
    fn new(table: &Table<'_>, header: &Header) -> Self {
        let is_number = |row: &Row<'_>, column: usize| {
            row.cells
                .get(column)
                .is_some_and(|cell| number(&cell.raw).is_some())
        };
        let numbers = |column: &usize| {
            !table.rows.is_empty() && table.rows.iter().all(|row| is_number(row, *column))
        };
        let named = header.words.iter().skip(1).position(|word| {
            matches!(
                word.as_str(),
                "value" | "int value" | "numeric value" | "integer value"
            )
        });
        // The header of the second column is sometimes wrong; a column of numbers contains the values.
        let value = named
            .map(|index| index + 1)
            .or_else(|| (1..header.words.len()).find(numbers));
        let description = header
            .words
            .iter()
            .skip(1)
            .position(|word| word.starts_with("desc") || word == "meaning");
        Self {
            value,
            description: description.map(|index| index + 1),
        }
    }
}

fn add_members(reading: &mut Reading<'_, '_>, table: &Table<'_>, facts: &mut EnumFacts) {
    let header = Header::new(table);
    let columns = Columns::new(table, &header);
    for row in &table.rows {
        facts.lists_null |= row.cells[0].raw.trim_matches(['`', '*', ' ']) == "null";
        facts.members.extend(member(reading, row, &columns));
    }
}

fn member(reading: &mut Reading<'_, '_>, row: &Row<'_>, columns: &Columns) -> Option<MemberFact> {
    let cell = &row.cells[0];
    let plain = reading.plain(&cell.raw).into_owned();
    let (name, noted) = match plain.to_ascii_lowercase().find("(deprecated)") {
        Some(at) => (plain[..at].to_owned(), true),
        None => (plain, false),
    };
    let name = name.trim_matches(['`', '*', '"', '\'', ' ']).to_owned();
    if name.is_empty() || name == "null" {
        reading
            .ledger
            .record_outcome(row.matter, Outcome::NoMeaning(NoMeaning::EmptyValue));
        return None;
    }
    let text = |column: Option<usize>| column.and_then(|column| row.cells.get(column));
    let mut description = text(columns.description)
        .map_or(String::new(), |cell| reading.plain(&cell.raw).into_owned());
    let value_cell = text(columns.value).filter(|cell| !cell.raw.is_empty());
    let value = value_cell.and_then(|cell| Some(At::new(number(&cell.raw)?, cell.at)));
    if let Some(cell) = value_cell.filter(|_| value.is_none()) {
        let words = reading.plain(&cell.raw).into_owned();
        if description.is_empty() {
            description = words;
        } else {
            let message = format!("the value of `{name}` is not a number");
            let width = cell.raw.chars().count();
            reading.problem(
                Code::MemberValueNotNumber,
                cell.at,
                width,
                message,
                "the member has no value",
            );
        }
    }
    let marked = deprecation::find_deprecation(&description, &description.to_ascii_lowercase());
    reading.fact(row);
    Some(MemberFact {
        name: At::new(name.clone(), location_within(cell, &name)),
        value,
        description,
        deprecated: marked.or(noted.then(String::new)),
    })
}

fn number(raw: &str) -> Option<i64> {
    raw.trim_matches(['`', '*', ' ']).parse().ok()
}
