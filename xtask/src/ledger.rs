//! `ledger`: what became of everything that the pages hold.

use std::collections::BTreeMap;

use anyhow::Result;
use generator::Understood;
use generator::facts::{LedgerEntry, Outcome as Fate};
use serde_json::{Value, json};

use crate::arguments::{Format, LedgerArguments};
use crate::pages::Docs;
use crate::{Outcome, generate};

/// How often each fate befell each kind of matter.
type Balance = BTreeMap<(&'static str, String), usize>;

pub(crate) fn run(arguments: &LedgerArguments) -> Result<Outcome> {
    let (docs, understood) = generate::understand(&arguments.docs)?;
    match arguments.format {
        Format::Text => print!("{}", text(&docs, &understood)),
        Format::Json => println!("{:#}", json(&docs, &understood)),
    }
    Ok(if unaccounted(&understood) == 0 {
        Outcome::Clean
    } else {
        Outcome::Faulty
    })
}

fn entries(understood: &Understood) -> impl Iterator<Item = &LedgerEntry> {
    understood.pages.iter().flat_map(|page| &page.ledger)
}

fn unaccounted(understood: &Understood) -> usize {
    entries(understood)
        .filter(|entry| entry.outcome == Fate::Unaccounted)
        .count()
}

fn balance<'a>(entries: impl Iterator<Item = &'a LedgerEntry>) -> Balance {
    let mut balance = Balance::new();
    for entry in entries {
        *balance
            .entry((entry.kind.name(), class(entry.outcome)))
            .or_default() += 1;
    }
    balance
}

fn class(fate: Fate) -> String {
    match fate {
        Fate::Fact => "became a fact".to_owned(),
        Fate::Problem(code) => format!("problem {}: {}", code.id(), code.title()),
        Fate::NoMeaning(class) => format!("no meaning: {}", class.name()),
        Fate::Unaccounted => "unaccounted".to_owned(),
    }
}

fn text(docs: &Docs, understood: &Understood) -> String {
    let mut lines = Vec::new();
    let balance = balance(entries(understood));
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
    for entry in entries(understood).filter(|entry| entry.outcome == Fate::Unaccounted) {
        let path = docs.path(entry.at.file);
        lines.push(format!(
            "{path}:{}:{}: {} unaccounted",
            entry.at.line,
            entry.at.column,
            entry.kind.name()
        ));
    }
    lines.push(format!("unaccounted: {}", unaccounted(understood)));
    lines.join("\n") + "\n"
}

fn json(docs: &Docs, understood: &Understood) -> Value {
    let rows = |balance: Balance| -> Value {
        let rows = balance
            .into_iter()
            .map(|((kind, class), count)| json!({ "kind": kind, "class": class, "count": count }));
        rows.collect()
    };
    let pages = understood
        .pages
        .iter()
        .filter(|page| !page.ledger.is_empty());
    let pages = pages.map(|page| {
        let lost = page.ledger.iter().filter(|entry| entry.outcome == Fate::Unaccounted);
        let lost: Vec<Value> = lost
            .map(|entry| json!({ "kind": entry.kind.name(), "line": entry.at.line, "column": entry.at.column }))
            .collect();
        json!({ "page": docs.path(page.file), "balance": rows(balance(page.ledger.iter())), "unaccounted": lost })
    });
    json!({
        "balance": rows(balance(entries(understood))),
        "pages": pages.collect::<Vec<Value>>(),
        "unaccounted": unaccounted(understood),
    })
}
