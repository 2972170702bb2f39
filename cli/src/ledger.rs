//! `ledger`: accounts for every item of the pages, by kind and status.

use std::collections::BTreeMap;

use anyhow::Result;
use generator::Analysis;
use generator::ledger::{Entry, Status};
use generator::source::FileId;
use serde_json::{Value, json};

use crate::arguments::{Format, LedgerArguments};
use crate::{Outcome, generate, terminal};
use graphwright_pages::Docs;

/// The number of entries by kind and status.
type Balance = BTreeMap<(&'static str, String), usize>;

pub(crate) fn run(arguments: &LedgerArguments) -> Result<Outcome> {
    let (docs, analysis) = generate::analyze(&arguments.docs)?;
    match arguments.format {
        Format::Text => terminal::print(&to_text(&docs, &analysis)),
        Format::Json => terminal::print_json(&to_json(&docs, &analysis)),
    }
    let has_errors = generate::print_errors(&analysis, &docs);
    Ok(if unaccounted(&analysis) == 0 && !has_errors {
        Outcome::Clean
    } else {
        Outcome::Faulty
    })
}

fn unaccounted(analysis: &Analysis) -> usize {
    let entries = analysis.ledger.iter();
    entries
        .filter(|entry| entry.status == Status::Unaccounted)
        .count()
}

fn balance<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Balance {
    let mut balance = Balance::new();
    for entry in entries {
        *balance
            .entry((entry.kind.name(), class(entry.status)))
            .or_default() += 1;
    }
    balance
}

fn class(status: Status) -> String {
    match status {
        Status::InModel => "reached the model".to_owned(),
        Status::Problem(code) => format!("problem {}: {}", code.id(), code.title()),
        Status::NoMeaning(class) => format!("no meaning: {}", class.name()),
        Status::Unaccounted => "unaccounted".to_owned(),
    }
}

fn to_text(docs: &Docs, analysis: &Analysis) -> String {
    let mut lines = Vec::new();
    let balance = balance(&analysis.ledger);
    let mut kind = "";
    for ((entry_kind, class), count) in &balance {
        if *entry_kind != kind {
            let total: usize = balance
                .iter()
                .filter(|((other, _), _)| other == entry_kind)
                .map(|(_, count)| count)
                .sum();
            lines.push(format!("{total:>7}  {entry_kind}"));
            kind = entry_kind;
        }
        lines.push(format!("{count:>7}    {class}"));
    }
    let is_unaccounted = |entry: &&Entry| entry.status == Status::Unaccounted;
    for entry in analysis.ledger.iter().filter(is_unaccounted) {
        let path = docs.path(entry.at.file);
        lines.push(format!(
            "{path}:{}:{}: {} unaccounted",
            entry.at.line,
            entry.at.column,
            entry.kind.name()
        ));
    }
    lines.push(format!("unaccounted: {}", unaccounted(analysis)));
    lines.join("\n") + "\n"
}

fn to_json(docs: &Docs, analysis: &Analysis) -> Value {
    let rows = |balance: Balance| -> Value {
        let rows = balance
            .into_iter()
            .map(|((kind, class), count)| json!({ "kind": kind, "class": class, "count": count }));
        rows.collect()
    };
    let pages = by_page(analysis).into_iter().map(|(page, entries)| {
        let unaccounted = entries.iter().filter(|entry| entry.status == Status::Unaccounted);
        let unaccounted: Vec<Value> = unaccounted
            .map(|entry| json!({ "kind": entry.kind.name(), "line": entry.at.line, "column": entry.at.column }))
            .collect();
        json!({ "page": docs.path(page), "balance": rows(balance(entries)), "unaccounted": unaccounted })
    });
    json!({
        "balance": rows(balance(&analysis.ledger)),
        "pages": pages.collect::<Vec<Value>>(),
        "unaccounted": unaccounted(analysis),
    })
}

/// Returns the entries of each page with entries, in page order.
fn by_page(analysis: &Analysis) -> Vec<(FileId, &[Entry])> {
    let pages = analysis
        .ledger
        .chunk_by(|left, right| left.page == right.page);
    pages.map(|entries| (entries[0].page, entries)).collect()
}
