//! What api pages state about use: query options, page sizes and throttling.

use super::{OperationFacts, QueryTextFact};
use crate::facts::cells::property::PropertyFact;
use crate::facts::page::context::Reading;
use crate::facts::page::headings::Meaning;
use crate::facts::page::outline::Part;
use crate::facts::page::table_columns::{Header, Role};
use crate::facts::usage::operation::{QueryText, parse_query_item, parse_query_paragraph};
use crate::facts::usage::page_size::{Subject, parse_page_size, throttling_sentences};
use crate::facts::{LedgerKind, NoMeaning, Outcome, UrlPlace};
use crate::markdown::{Block, Table, Text};
use crate::model::{QueryOption, QuerySupport};
use crate::source::At;

/// Extracts what a block of text states.
pub(super) fn extract_usage(
    reading: &mut Reading<'_, '_>,
    part: &Part<'_, '_>,
    block: &Block<'_>,
    facts: &mut OperationFacts,
) {
    let is_query = part.meaning == Meaning::UrlParameters(UrlPlace::Query);
    if part.meaning == Meaning::Example || part.meaning == Meaning::SeeAlso {
        return;
    }
    match block {
        Block::Paragraph(text) if is_query => {
            query_text(reading, text, parse_query_paragraph, facts);
        }
        Block::List(items) if is_query => {
            for item in items {
                query_text(reading, item, parse_query_item, facts);
            }
        }
        Block::Callout(callout) => {
            if is_query {
                query_text(reading, &callout.text, parse_query_paragraph, facts);
            }
            numbers(reading, &callout.text, facts);
        }
        Block::Paragraph(text) if part.meaning == Meaning::Intro => numbers(reading, text, facts),
        _ => {}
    }
}

/// Extracts the option that a row of a table of query parameters describes.
pub(super) fn extract_option_row(row: &PropertyFact, facts: &mut OperationFacts) {
    let Some(option) = QueryOption::parse(&row.name.value) else {
        return;
    };
    if option == QueryOption::Top {
        let size = parse_page_size(&row.description.value, Subject::Top);
        facts.page_size.merge(size);
    }
    let mut support = QuerySupport::default();
    support.options.insert(option, true);
    facts.query_texts.push(QueryTextFact {
        at: row.name.at,
        support,
        notes: Vec::new(),
    });
}

/// Whether a table of the section on query parameters explains options, instead of listing parameters: it has a column for an
/// option, or columns without names of parameters.
pub(super) fn is_option_table(part: &Part<'_, '_>, header: &Header, role: Role) -> bool {
    let is_explanation = matches!(
        role,
        Role::Unknown | Role::NoMeaning(NoMeaning::Explanation)
    );
    part.meaning == Meaning::UrlParameters(UrlPlace::Query)
        && (is_explanation || header.any_starts_with("$"))
}

/// Extracts the rows of a table that explains options, each as a note.
pub(super) fn extract_option_table(
    reading: &mut Reading<'_, '_>,
    table: &Table<'_>,
    facts: &mut OperationFacts,
) {
    for row in &table.rows {
        let cells = table.header.iter().zip(&row.cells);
        let words = cells.filter_map(|(header, cell)| {
            let cell = reading.plain(&cell.raw);
            (!cell.is_empty()).then(|| format!("{}: {cell}", reading.plain(&header.raw)))
        });
        let note = words.collect::<Vec<String>>().join("; ");
        reading.fact(row);
        facts.query_texts.push(QueryTextFact {
            at: row.at,
            support: QuerySupport::default(),
            notes: vec![note],
        });
    }
}

fn query_text(
    reading: &mut Reading<'_, '_>,
    text: &Text<'_>,
    parse: impl Fn(&str) -> QueryText,
    facts: &mut OperationFacts,
) {
    let plain = reading.plain_at(text);
    let subject = match plain.value.trim_start_matches('`').starts_with("$top") {
        true => Subject::Top,
        false => Subject::Other,
    };
    facts
        .page_size
        .merge(parse_page_size(&plain.value, subject));
    let found = parse(&plain.value);
    if found.is_empty() {
        return;
    }
    reading
        .ledger
        .add(LedgerKind::QueryText, text.at, Outcome::Fact);
    facts.query_texts.push(QueryTextFact {
        at: text.at,
        support: found.support,
        notes: found.notes,
    });
}

/// Extracts page sizes and throttling.
fn numbers(reading: &Reading<'_, '_>, text: &Text<'_>, facts: &mut OperationFacts) {
    let plain = reading.plain(&text.raw);
    facts
        .page_size
        .merge(parse_page_size(&plain, Subject::Other));
    let sentences = throttling_sentences(&plain);
    facts
        .throttling
        .extend(sentences.map(|sentence| At::new(sentence.to_owned(), text.at)));
}
