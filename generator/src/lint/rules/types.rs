//! Rows of property tables: the spelling of names and types.

use std::collections::BTreeSet;

use super::Page;
use crate::facts::{PropertyFact, TypeName};
use crate::model::Primitive;
use crate::path::strip_namespace;
use crate::report::{Code, Report};

pub(super) fn check(page: &Page<'_>, report: &mut Report) {
    let of_types = page
        .facts
        .resources
        .iter()
        .flat_map(|ty| ty.properties.iter().chain(&ty.relationships));
    let operation = page.facts.operation.iter();
    let of_bodies = operation.flat_map(|operation| &operation.request_body.properties);
    for row in of_types.chain(of_bodies) {
        check_name(page, row, report);
        for name in &row.type_phrase.value.names {
            check_type(page, row, name, report);
        }
        check_values(page, row, report);
    }
}

/// Reports names in backticks or bold.
fn check_name(page: &Page<'_>, row: &PropertyFact, report: &mut Report) {
    let name = &row.name.value;
    let line = page.line(row.name.at);
    let cell = line.trim_start().trim_start_matches('|').split('|').next();
    let cell = cell.unwrap_or_default().trim();
    let inner = cell.trim_matches(['`', '*']);
    if inner == name && inner.len() < cell.len() {
        let message = format!("the name is written as {cell}; other tables write {name}");
        let width = cell.chars().count();
        let action = "the name is used without the formatting";
        report.push(Code::FormattedName, row.name.at, width, message, action);
        report.suggest(cell, name);
    }
}

fn check_type(page: &Page<'_>, row: &PropertyFact, name: &TypeName, report: &mut Report) {
    let at = row.type_phrase.at;
    let text = name.text.as_str();
    if let Some(primitive) = Primitive::from_documented_name(text) {
        let usual = format!("{primitive:?}");
        let differs = name.target.is_none() && text != usual && text.eq_ignore_ascii_case(&usual);
        if differs && usual != "Untyped" {
            let message = format!("the type is written `{text}`; other tables write `{usual}`");
            let action = "the type is used";
            report.push(Code::PrimitiveCase, at, text.len(), message, action);
            report.suggest(text, usual);
        }
        return;
    }
    let short = strip_namespace(text);
    let Some(spellings) = page.types.and_then(|types| types.spellings(short)) else {
        return;
    };
    if name.target.is_none() {
        let message = format!("the type `{text}` has a page, but the cell does not link it");
        let width = text.chars().count();
        report.push(Code::UnlinkedType, at, width, message, "the type is used");
        return;
    }
    let spelling = spellings.iter().next().filter(|_| spellings.len() == 1);
    if let Some(spelling) = spelling.filter(|spelling| **spelling != short) {
        let message = format!("the link text is `{text}`, but the type is spelled `{spelling}`");
        let width = text.chars().count();
        report.push(Code::TypeCase, at, width, message, "the type is used");
        report.suggest(
            format!("[{text}]"),
            format!("[{}]", text.replace(short, spelling)),
        );
    }
}

/// The number of values that no two unrelated enums share.
const MANY_VALUES: usize = 5;

/// Returns the words of a name in lower case, without those that many enums have in common.
fn subject_words(name: &str) -> impl Iterator<Item = String> {
    let is_start = |letter: char| letter.is_ascii_uppercase();
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if is_start(letter) || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        let last = words.last_mut().expect("the list starts with a word");
        last.extend(
            letter
                .to_lowercase()
                .filter(|letter| letter.is_alphanumeric()),
        );
    }
    let common = [
        "type", "status", "state", "kind", "level", "mode", "resource",
    ];
    words
        .into_iter()
        .filter(move |word| word.len() > 2 && !common.contains(&word.as_str()))
}

/// Reports strings with the values of an enum.
fn check_values(page: &Page<'_>, row: &PropertyFact, report: &mut Report) {
    let phrase = &row.type_phrase.value;
    let is_text =
        |name: &TypeName| Primitive::from_documented_name(&name.text) == Some(Primitive::String);
    if row.values.len() < 2 || !phrase.names.iter().all(is_text) || phrase.names.is_empty() {
        return;
    }
    let Some(ty) = page.types.and_then(|types| types.enum_of(&row.values)) else {
        return;
    };
    // Enums of other subjects may have a few common words as members.
    let owner = page.facts.title.as_ref();
    let owner = owner.map_or("", |title| title.value.as_str());
    let subject = subject_words(&row.name.value).chain(subject_words(owner));
    let is_related = || {
        let words: BTreeSet<String> = subject_words(&ty.name.name).collect();
        subject.into_iter().any(|word| words.contains(&word))
    };
    if row.values.len() < MANY_VALUES && !is_related() {
        return;
    }
    let message = format!(
        "the type is `{}`, but the values are those of the enum `{}`",
        phrase.written, ty.name.name
    );
    let width = phrase.written.chars().count();
    let action = "the property is generated as text";
    report.push(
        Code::EnumAsString,
        row.type_phrase.at,
        width,
        message,
        action,
    );
}
