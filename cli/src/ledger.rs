//! `ledger`: what became of everything that the pages hold.

use std::collections::BTreeMap;

use anyhow::Result;
use generator::Analysis;
use generator::ledger::{Entry, Status};
use generator::source::FileId;
use serde_json::{Value, json};

use crate::arguments::{Format, LedgerArguments};
use crate::{Outcome, generate};
use graphwright_pages::Docs;

/// How often many entries of each kind have each status.
type Balance = BTreeMap<(&'static str, String), usize>;

pub(crate) fn run(arguments: &LedgerArguments) -> Result<Outcome> {
    let (docs, analysis) = generate::analyze(&arguments.docs)?;
    match arguments.format {
        Format::Text => print!("{}", text(&docs, &analysis)),
        Format::Json => println!("{:#}", json(&docs, &analysis)),
    }
    Ok(if unaccounted(&analysis) == 0 {
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

fn text(docs: &Docs, analysis: &Analysis) -> String {
    let mut lines = Vec::new();
    let balance = balance(&analysis.ledger);
    let mut kind = "";
    for ((own, class), count) in &balance {
        if *own != kind {
            let total: usize = balance
                .iter()
                .filter(|((other, _), _)| other == own)
                .map(|(_, count)| count)
                .sum();
            lines.push(format!("{total:>7}  {own}"));
            kind = own;
        }
        lines.push(format!("{count:>7}    {class}"));
    }
    let lost = analysis.ledger.iter();
    for entry in lost.filter(|entry| entry.status == Status::Unaccounted) {
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

fn json(docs: &Docs, analysis: &Analysis) -> Value {
    let rows = |balance: Balance| -> Value {
        let rows = balance
            .into_iter()
            .map(|((kind, class), count)| json!({ "kind": kind, "class": class, "count": count }));
        rows.collect()
    };
    let pages = by_page(analysis).into_iter().map(|(page, entries)| {
        let lost = entries.iter().filter(|entry| entry.status == Status::Unaccounted);
        let lost: Vec<Value> = lost
            .map(|entry| json!({ "kind": entry.kind.name(), "line": entry.at.line, "column": entry.at.column }))
            .collect();
        json!({ "page": docs.path(page), "balance": rows(balance(entries)), "unaccounted": lost })
    });
    json!({
        "balance": rows(balance(&analysis.ledger)),
        "pages": pages.collect::<Vec<Value>>(),
        "unaccounted": unaccounted(analysis),
    })
}

/// The entries of each page that has any, in the order of pages.
fn by_page(analysis: &Analysis) -> Vec<(FileId, &[Entry])> {
    let pages = analysis
        .ledger
        .chunk_by(|left, right| left.page == right.page);
    pages.map(|entries| (entries[0].page, entries)).collect()
}
