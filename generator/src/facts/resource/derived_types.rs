//! The derived types that the page of a base type names: in a section, in a list, or in a sentence.

use crate::facts::page::context::Reading;
use crate::facts::page::headings::Meaning;
use crate::facts::page::outline::{Outline, Part};
use crate::facts::{Outcome, TypeName};
use crate::markdown::{Block, Text, first_link, links, plain};
use crate::source::At;

/// Words that announce a list of derived types.
const ANNOUNCING: [&str; 2] = ["derived types", "derive from"];

/// Words after which a sentence names derived types.
const BEFORE: [&str; 5] = [
    "derived types are",
    "derived types include",
    "is the base type for",
    "is the base class for",
    "is inherited by",
];

/// Words before which a sentence names derived types.
const BEHIND: [&str; 4] = [
    "inherit from this",
    "subclasses of this",
    "derive from this",
    "are derived from this",
];

/// The types that the page names as derived from its own.
pub(in crate::facts) fn extract_derived_types(
    reading: &mut Reading<'_, '_>,
    outline: &Outline<'_, '_>,
) -> Vec<At<TypeName>> {
    let mut derived = Vec::new();
    for part in &outline.parts {
        match part.meaning {
            Meaning::DerivedTypes => section(reading, part, &mut derived),
            Meaning::Intro => intro(reading, part, &mut derived),
            _ => {}
        }
    }
    derived
}

/// A section of derived types: the first link of each row or item.
fn section(reading: &mut Reading<'_, '_>, part: &Part<'_, '_>, derived: &mut Vec<At<TypeName>>) {
    for block in &part.section.blocks {
        match block {
            Block::Table(table) => {
                for row in &table.rows {
                    if let Some(name) = row.cells.first().and_then(|cell| first(reading, cell)) {
                        derived.push(name);
                        reading.ledger.record_outcome(row.matter, Outcome::Fact);
                    }
                }
            }
            Block::List(items) => {
                derived.extend(items.iter().filter_map(|item| first(reading, item)))
            }
            _ => {}
        }
    }
}

/// Sentences, and the lists that they announce.
fn intro(reading: &Reading<'_, '_>, part: &Part<'_, '_>, derived: &mut Vec<At<TypeName>>) {
    let mut announced = false;
    for block in &part.section.blocks {
        match block {
            Block::Paragraph(text) => {
                sentences(reading, text, derived);
                let last = last_sentence(text);
                announced = last.trim_end().ends_with(':')
                    && ANNOUNCING.iter().any(|words| last.contains(words));
            }
            Block::List(items) if announced => {
                derived.extend(items.iter().filter_map(|item| first(reading, item)));
                announced = false;
            }
            _ => announced = false,
        }
    }
}

/// The last sentence of a paragraph, in lower case and without emphasis.
fn last_sentence(text: &Text<'_>) -> String {
    let start = text.raw.rfind(". ").map_or(0, |end| end + 2);
    let sentence = text.raw[start..].to_ascii_lowercase();
    sentence.replace(['*', '_'], "")
}

/// The types that the sentences of a paragraph name.
fn sentences(reading: &Reading<'_, '_>, text: &Text<'_>, derived: &mut Vec<At<TypeName>>) {
    if !["eriv", "nherit", "base ", "subclass"]
        .iter()
        .any(|stem| text.raw.contains(stem))
    {
        return;
    }
    let mut start = 0;
    for sentence in text.raw.split_inclusive(". ") {
        let before = BEFORE.iter().filter_map(|words| sentence.find(words));
        let behind = BEHIND.iter().filter_map(|words| sentence.find(words));
        let named = match (before.min(), behind.min()) {
            (_, Some(until)) => 0..until,
            (Some(from), None) => from..sentence.len(),
            (None, None) => 0..0,
        };
        derived.extend(all(reading, text, start + named.start, start + named.end));
        start += sentence.len();
    }
}

/// Every type linked to within a part of a text.
fn all(reading: &Reading<'_, '_>, text: &Text<'_>, from: usize, until: usize) -> Vec<At<TypeName>> {
    let definitions = &reading.page.link_definitions;
    let found =
        links(&text.raw[from..until], definitions).filter(|link| leads_to_type(link.target));
    found
        .map(|link| {
            At::new(
                type_name(reading, link.text, link.target),
                text.location_of(from + link.start),
            )
        })
        .collect()
}

/// The first link of a text, if it leads to a type.
fn first(reading: &Reading<'_, '_>, text: &Text<'_>) -> Option<At<TypeName>> {
    let link = first_link(&text.raw, &reading.page.link_definitions)?;
    leads_to_type(link.target).then(|| {
        At::new(
            type_name(reading, link.text, link.target),
            text.location_of(link.start),
        )
    })
}

fn type_name(reading: &Reading<'_, '_>, text: &str, target: &str) -> TypeName {
    let text = plain(text, &reading.page.link_definitions);
    TypeName {
        text: text.trim_matches(['`', '*', ' ']).to_owned(),
        target: Some(target.to_owned()),
    }
}

/// Whether a link leads to a page that may define a type.
fn leads_to_type(target: &str) -> bool {
    let file = target.split('#').next().unwrap_or(target);
    file.ends_with(".md") && !file.contains("/api/") && !file.contains("/concepts/")
}
