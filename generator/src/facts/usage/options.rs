//! Lists of query options: `$filter (eq, ne), $search, and $orderby`.

use super::words::Cursor;
use crate::model::{QueryOption, QuerySupport};

/// The operators and functions of `$filter`, as they are written in a URL.
const OPERATORS: [&str; 14] = [
    "eq",
    "ne",
    "not",
    "ge",
    "le",
    "gt",
    "lt",
    "in",
    "has",
    "startsWith",
    "endsWith",
    "contains",
    "any",
    "all",
];

/// Takes a list of options, each marked as supported or not. Returns `None` if the next word is no option. Parentheses that
/// contain anything but operators of `$filter` end the list.
pub(super) fn take_options(cursor: &mut Cursor<'_>, supported: bool) -> Option<QuerySupport> {
    let mut support = QuerySupport::default();
    loop {
        let mut next = cursor.clone();
        if !support.options.is_empty() {
            while next.take_any(&[",", "and", "or"]) {}
        }
        next.take_any(&["the", "a"]);
        let Some(option) = next.peek().and_then(parse_option) else {
            break;
        };
        next.next();
        *cursor = next.clone();
        if option == QueryOption::Filter
            && next.take("(")
            && let Some(operators) = take_operators(&mut next)
        {
            support.filter_operators = operators;
            *cursor = next;
        }
        support.options.insert(option, supported);
    }
    (!support.options.is_empty()).then_some(support)
}

/// Parses the name of an option, which may be part of an example: `$count=true`.
fn parse_option(word: &str) -> Option<QueryOption> {
    let (name, _) = word.split_once('=').unwrap_or((word, ""));
    QueryOption::parse(name)
}

/// Takes operators up to the closing parenthesis.
fn take_operators(cursor: &mut Cursor<'_>) -> Option<Vec<&'static str>> {
    let mut operators: Vec<&'static str> = Vec::new();
    loop {
        if cursor.take(")") {
            return (!operators.is_empty()).then_some(operators);
        }
        if cursor.take_any(&[",", "and", "or", "only", "operator", "operators"]) {
            continue;
        }
        let operator = take_operator(cursor)?;
        let includes_null = operator == "eq" && cursor.take("including on null values");
        for operator in [Some(operator), includes_null.then_some("eq null")] {
            operators.extend(operator.filter(|operator| !operators.contains(operator)));
        }
    }
}

fn take_operator(cursor: &mut Cursor<'_>) -> Option<&'static str> {
    const COUNTING: [&str; 3] = [
        "counting empty collections",
        "when counting empty collections",
        "for counting empty collections",
    ];
    if cursor.take_any(&COUNTING) {
        return Some("$count eq");
    }
    if cursor.take("/$count") {
        let operator = cursor.next().filter(|word| matches!(*word, "eq" | "ne"));
        let _number: u32 = cursor.next()?.parse().ok()?;
        return operator.map(|_| "$count eq");
    }
    let word = cursor.next()?;
    let mut known = OPERATORS.into_iter();
    let operator = known.find(|operator| operator.eq_ignore_ascii_case(word))?;
    if operator == "eq" && cursor.take_any(&COUNTING) {
        return Some("$count eq");
    }
    let is_null = cursor.take_any(&["on null values", "for null values", "on null", "null"]);
    match (operator, is_null) {
        ("eq", true) => Some("eq null"),
        (_, true) => None,
        (_, false) => Some(operator),
    }
}
