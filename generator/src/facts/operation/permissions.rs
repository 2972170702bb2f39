//! Permission tables: the permissions that each kind of account needs.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::facts::page::context::{Places, Reading};
use crate::facts::page::table_columns::Header;
use crate::facts::{NoMeaning, Outcome};
use crate::markdown::{Row, Table, Text};
use crate::model::Account;
use crate::report::Code;
use crate::source::At;

/// A row of a permission table.
#[derive(Clone, Debug, PartialEq)]
pub struct PermissionFact {
    /// The kind of account.
    pub account: Account,
    /// The first cell as plain text.
    pub label: At<String>,
    /// What limits the row: a group inside the main label (`Policy Set`), a column's words (`acting on self`), the supported
    /// resource, or the heading above the table where there are several tables.
    pub condition: Option<ConditionFact>,
    /// The permissions of the row.
    pub grant: GrantFact,
}

/// What limits a row of a permission table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionFact {
    /// The words of the page as plain text.
    pub text: String,
    /// The names of the pages that the words link to, without folder and extension, in lower case.
    pub targets: Vec<String>,
}

impl ConditionFact {
    fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            targets: Vec::new(),
        }
    }

    /// Reads the condition in a cell.
    fn of_cell(reading: &Reading<'_, '_>, cell: &Text<'_>) -> Self {
        let targets = cell.raw.split("](").skip(1).filter_map(|rest| {
            let target = rest.split([')', '#', '?']).next()?.trim();
            let name = target.rsplit('/').next()?.strip_suffix(".md")?;
            Some(name.to_ascii_lowercase())
        });
        Self {
            text: reading.plain(&cell.raw).trim().to_owned(),
            targets: targets.collect(),
        }
    }
}

/// Reads the account type in a label.
fn account_of(label: &str) -> Option<Account> {
    let label = label.to_ascii_lowercase();
    let label = label.trim_start_matches(['*', ' ', '-']);
    if label.starts_with("delegated") {
        let personal = label.contains("personal") && !label.contains("work or school");
        return Some(if personal {
            Account::DelegatedPersonal
        } else {
            Account::DelegatedWork
        });
    }
    (label.starts_with("application") || label.starts_with("app-only"))
        .then_some(Account::Application)
}
/// The content of a permission cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantFact {
    /// `Not supported.` and its spellings.
    NotSupported,
    /// Alternative sets of permissions.
    AnyOf(PermissionSetsFact),
    /// Text that names no permission (`None`, a sentence); empty for an empty cell.
    Words(String),
}

/// Alternative sets of permissions; `A and B` is one set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PermissionSetsFact {
    /// The sets, the least privileged first regardless of the order of the table.
    pub sets: Vec<Vec<At<String>>>,
    /// The number of sets at the start of the list that the page calls least privileged.
    pub least: usize,
    /// The sets that a resource grants by its own consent, not a tenant.
    pub resource_specific: Vec<Vec<At<String>>>,
}

/// The sections that describe permissions.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::facts) struct PermissionSection<'t> {
    /// The heading above a table, if the page has several tables.
    pub(in crate::facts) heading: Option<&'t str>,
    /// Whether the page states that permissions marked with `*` use resource-specific consent.
    pub(in crate::facts) marks_resource_consent: bool,
}

/// What a column states about the order of the permissions in its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Least,
    Higher,
    LeastToMost,
    MostToLeast,
    Unordered,
}

impl Column {
    fn of(words: &str) -> Self {
        if words.starts_with("least privileged") {
            Self::Least
        } else if words.starts_with("higher") {
            Self::Higher
        } else if words.contains("most to least") {
            Self::MostToLeast
        } else if words.contains("least to most") {
            Self::LeastToMost
        } else {
            Self::Unordered
        }
    }
}

/// Parses a table with one row per kind of account.
pub(in crate::facts) fn table(
    reading: &mut Reading<'_, '_>,
    table: &Table<'_>,
    header: &Header,
    section: PermissionSection<'_>,
) -> Vec<PermissionFact> {
    let mut facts = Vec::new();
    let mut account = None;
    for (index, row) in table.rows.iter().enumerate() {
        let label = reading.plain_at(&row.cells[0]);
        let of_row = account_of(&label.value);
        account = of_row.or(account);
        let Some(account) = account else {
            unread(reading, row, &label.value);
            continue;
        };
        let is_heading = row.is_group || row.cells[1..].iter().all(|cell| cell.raw.is_empty());
        let next_is_part = table
            .rows
            .get(index + 1)
            .is_some_and(|next| account_of(&reading.plain(&next.cells[0].raw)).is_none());
        if is_heading && (next_is_part || of_row.is_none()) {
            reading
                .ledger
                .record_outcome(row.matter, Outcome::NoMeaning(NoMeaning::GroupRow));
            continue;
        }
        let part = of_row
            .is_none()
            .then(|| ConditionFact::new(label.value.trim_matches(['*', ' '])));
        for (words, grant) in grants(reading, row, header, section) {
            let words = words.or_else(|| section.heading.map(str::to_owned));
            let condition = part.clone().or_else(|| words.map(ConditionFact::new));
            facts.push(PermissionFact {
                account,
                label: label.clone(),
                condition,
                grant,
            });
        }
        reading.fact(row);
    }
    facts
}

/// Parses a table with one column per kind of account.
pub(in crate::facts) fn matrix(
    reading: &mut Reading<'_, '_>,
    table: &Table<'_>,
    header: &Header,
    section: PermissionSection<'_>,
) -> Vec<PermissionFact> {
    let mut facts = Vec::new();
    for row in &table.rows {
        let condition = ConditionFact::of_cell(reading, &row.cells[0]);
        let label = reading.plain_at(&row.cells[0]);
        for (column, words) in header.words.iter().enumerate().skip(1) {
            let (Some(account), Some(cell)) = (account_of(words), row.cells.get(column)) else {
                continue;
            };
            let grant = grant(reading, cell, Column::Unordered, section);
            facts.push(PermissionFact {
                account,
                label: label.clone(),
                condition: Some(condition.clone()),
                grant,
            });
        }
        reading.fact(row);
    }
    facts
}

fn unread(reading: &mut Reading<'_, '_>, row: &Row<'_>, label: &str) {
    let message = format!("unknown kind of account `{label}`");
    let width = row.cells[0].raw.chars().count();
    reading.problem(
        Code::UnreadPermissionRow,
        row.at,
        width,
        message,
        "the row is ignored",
    );
    reading
        .ledger
        .record_outcome(row.matter, Outcome::Problem(Code::UnreadPermissionRow));
}

/// The grants of a row with the words of their columns. Least and higher privileged permissions are one grant.
fn grants(
    reading: &mut Reading<'_, '_>,
    row: &Row<'_>,
    header: &Header,
    section: PermissionSection<'_>,
) -> Vec<(Option<String>, GrantFact)> {
    let mut grants: Vec<(Option<String>, GrantFact)> = Vec::new();
    for (index, words) in header.words.iter().enumerate().skip(1) {
        let Some(cell) = row.cells.get(index) else {
            continue;
        };
        let column = Column::of(words);
        let parts = conditional_parts(cell);
        if parts.len() > 1 {
            for (condition, part) in parts {
                let condition = reading.plain(condition).into_owned();
                grants.push((Some(condition), grant(reading, &part, column, section)));
            }
            continue;
        }
        let grant = grant(reading, cell, column, section);
        match grants.last_mut() {
            Some((_, before)) if column == Column::Higher => add_higher(before, grant),
            _ => grants.push((column_condition(words), grant)),
        }
    }
    grants
}

/// The parts of `For **a** resource: X, Y <br/> For **b** resource: Z`, with what limits them.
fn conditional_parts<'t>(cell: &'t Text<'_>) -> Vec<(&'t str, Text<'t>)> {
    let mut starts: Vec<usize> = cell.raw.match_indices("For ").map(|(at, _)| at).collect();
    starts.push(cell.raw.len());
    let part = |pair: &[usize]| {
        let text = &cell.raw[pair[0]..pair[1]];
        let (condition, rest) = text.split_once(':')?;
        let offset = pair[0] + condition.len() + 1;
        Some((condition, Text::borrowed(rest, cell.location_of(offset))))
    };
    starts.windows(2).filter_map(part).collect()
}

/// Adds the permissions of the column of higher privileged ones. If the other column has none, the page calls no permission
/// least privileged, and lists these by name.
fn add_higher(least: &mut GrantFact, higher: GrantFact) {
    let GrantFact::AnyOf(mut higher) = higher else {
        return;
    };
    let GrantFact::AnyOf(known) = least else {
        higher.sets.sort_by_key(|set| {
            set.iter()
                .map(|name| Privilege::of(&name.value).level())
                .max()
        });
        *least = GrantFact::AnyOf(higher);
        return;
    };
    let mut names: BTreeSet<Vec<String>> = known.sets.iter().map(|set| set_names(set)).collect();
    let added = higher
        .sets
        .into_iter()
        .filter(|set| names.insert(set_names(set)));
    known.sets.extend(added);
    known.resource_specific.extend(higher.resource_specific);
}

fn set_names(set: &[At<String>]) -> Vec<String> {
    set.iter().map(|name| name.value.clone()).collect()
}

/// `permissions acting on self (from …)` limits its grants to `acting on self`.
fn column_condition(words: &str) -> Option<String> {
    let rest = words
        .strip_prefix("permissions ")
        .or_else(|| words.strip_prefix("permission "))?;
    let condition = rest.split(" (").next()?.trim();
    (!condition.is_empty() && !condition.starts_with('(')).then(|| condition.to_owned())
}

/// Parses a cell.
fn grant(
    reading: &mut Reading<'_, '_>,
    cell: &Text<'_>,
    column: Column,
    section: PermissionSection<'_>,
) -> GrantFact {
    let plain = reading.plain(&cell.raw).into_owned();
    let lower = plain.to_ascii_lowercase();
    if ["not supported", "not available", "not applicable"]
        .iter()
        .any(|words| lower.starts_with(words))
    {
        return GrantFact::NotSupported;
    }
    let mut sets: Vec<NamedSet> = Vec::new();
    let mut leftover = false;
    let mut places = Places::new(cell);
    for part in plain.split([',', ';']) {
        // `A, B or C` and `A, B, and C` list alternatives; only `A and B` requires both.
        let part = part.trim();
        let part = part
            .strip_prefix("and ")
            .or_else(|| part.strip_prefix("or "))
            .unwrap_or(part);
        for alternative in part.split(" or ") {
            let mut set = NamedSet::default();
            for word in alternative.split_whitespace() {
                let name = word.trim_matches(['.', '*', ':', '`', '(', ')']);
                if is_permission(name) {
                    let marks = word.bytes().filter(|byte| *byte == b'*').count();
                    set.is_resource_specific |=
                        is_resource_specific(name, marks == 1 && section.marks_resource_consent);
                    set.names.push(At::new(name.to_owned(), places.of(name)));
                } else if !name.is_empty() && name != "and" && name != "+" {
                    leftover = true;
                }
            }
            if !set.names.is_empty() {
                sets.push(set);
            }
        }
    }
    if sets.is_empty() {
        return GrantFact::Words(plain);
    }
    if leftover {
        split_sets(&mut sets, &lower);
        reading.problem(
            Code::WordsAmongPermissions,
            cell.at,
            cell.raw.chars().count(),
            "the cell contains text besides names of permissions",
            "the names are used",
        );
    }
    if is_ambiguous(&sets, column) {
        join_sets(&mut sets);
        reading.problem(
            Code::AmbiguousPermissions,
            cell.at,
            cell.raw.chars().count(),
            "`A, B and C` can mean all three permissions or `A`, else `B` with `C`",
            "all of them are required together",
        );
    }
    if reverses(&sets, column) {
        reading.problem(
            Code::PermissionOrder,
            cell.at,
            cell.raw.chars().count(),
            "the permissions are listed in the opposite order of what the header states",
            "the order follows from the names",
        );
        if let Some(reversed) = reversed_list(&cell.raw) {
            reading.report.suggest(cell.raw.trim(), reversed);
        }
    }
    order_sets(&mut sets, column);
    GrantFact::AnyOf(to_fact(sets, column))
}

/// Permissions that are needed together.
#[derive(Default)]
struct NamedSet {
    names: Vec<At<String>>,
    is_resource_specific: bool,
}

/// Whether a team, chat or user grants a permission by its own consent: its name ends with their kind, or the page marks it.
fn is_resource_specific(name: &str, is_marked: bool) -> bool {
    is_marked
        || [".Group", ".Chat"]
            .iter()
            .any(|scope| name.ends_with(scope))
}

/// Whether the cell is of the form `A, B and C` in a column that does not separate alternatives by commas alone.
fn is_ambiguous(sets: &[NamedSet], column: Column) -> bool {
    let is_list = !matches!(column, Column::Least | Column::Higher);
    let Some((last, before)) = sets.split_last() else {
        return false;
    };
    is_list
        && !before.is_empty()
        && last.names.len() > 1
        && before.iter().all(|set| set.names.len() == 1)
}

fn join_sets(sets: &mut Vec<NamedSet>) {
    let is_resource_specific = sets.iter().any(|set| set.is_resource_specific);
    let mut names: Vec<At<String>> = Vec::new();
    let mut seen = BTreeSet::new();
    for name in std::mem::take(sets).into_iter().flat_map(|set| set.names) {
        if seen.insert(name.value.clone()) {
            names.push(name);
        }
    }
    sets.push(NamedSet {
        names,
        is_resource_specific,
    });
}

/// Whether the names show that a cell is ordered against the header: neighbors that can be compared all are.
fn reverses(sets: &[NamedSet], column: Column) -> bool {
    let against = match column {
        Column::LeastToMost => Ordering::Greater,
        Column::MostToLeast => Ordering::Less,
        Column::Least | Column::Higher | Column::Unordered => return false,
    };
    let mut compared = sets.windows(2).filter_map(|pair| match pair {
        [left, right] => compare(left, right),
        _ => None,
    });
    let first = compared.next();
    first == Some(against) && compared.all(|next| next == against)
}

/// Returns a cell that consists only of names between commas, in the opposite order.
fn reversed_list(raw: &str) -> Option<String> {
    let (list, end) = match raw.trim().strip_suffix('.') {
        Some(list) => (list, "."),
        None => (raw.trim(), ""),
    };
    let names: Vec<&str> = list.split(',').map(str::trim).collect();
    let is_list = names.iter().all(|name| is_permission(name));
    let reversed: Vec<&str> = names.into_iter().rev().collect();
    is_list.then(|| format!("{}{end}", reversed.join(", ")))
}

fn compare(left: &NamedSet, right: &NamedSet) -> Option<Ordering> {
    match (left.names.as_slice(), right.names.as_slice()) {
        ([left], [right]) => Privilege::of(&left.value).compare(&Privilege::of(&right.value)),
        _ => None,
    }
}

/// Puts the least privileged set first.
fn order_sets(sets: &mut [NamedSet], column: Column) {
    let is_descending = column == Column::MostToLeast;
    if is_descending != reverses(sets, column) {
        sets.reverse();
    }
}

fn to_fact(sets: Vec<NamedSet>, column: Column) -> PermissionSetsFact {
    let mut fact = PermissionSetsFact::default();
    for set in sets {
        if set.is_resource_specific {
            fact.resource_specific.push(set.names);
        } else {
            fact.sets.push(set.names);
        }
    }
    fact.least = match column {
        Column::Least => fact.sets.len(),
        Column::LeastToMost | Column::MostToLeast => fact.sets.len().min(1),
        Column::Higher | Column::Unordered => 0,
    };
    fact
}

/// The privilege that the name of a permission states: `Mail`, `Read`, `All`.
#[derive(Debug, PartialEq, Eq)]
struct Privilege<'n> {
    resource: &'n str,
    verb: u8,
    scope: &'n str,
}

impl<'n> Privilege<'n> {
    fn of(name: &'n str) -> Self {
        let (resource, rest) = name.split_once('.').unwrap_or((name, ""));
        let (verb, scope) = rest.split_once('.').unwrap_or((rest, ""));
        Self {
            resource,
            verb: match verb {
                "ReadBasic" => 0,
                "Read" => 1,
                "ReadWriteBasic" => 2,
                "ReadWrite" => 3,
                "FullControl" => 4,
                _ => 5,
            },
            scope,
        }
    }

    /// An order of the privileges of any resources, for lists that state none.
    fn level(&self) -> (u8, bool) {
        (self.verb, self.scope == "All")
    }

    /// Compares two privileges over one resource; `None` if neither includes the other.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        let is_comparable = self.resource == other.resource && self.verb <= 4 && other.verb <= 4;
        let scope = match (self.scope, other.scope) {
            (scope, same) if scope == same => Ordering::Equal,
            ("All", _) => Ordering::Greater,
            (_, "All") => Ordering::Less,
            _ => return None,
        };
        match (self.verb.cmp(&other.verb), scope) {
            _ if !is_comparable => None,
            (verb, Ordering::Equal) => Some(verb),
            (Ordering::Equal, scope) => Some(scope),
            (verb, scope) => (verb == scope).then_some(verb),
        }
    }
}

/// If there are words between the names and none of them is `and`, each name is an alternative.
fn split_sets(sets: &mut Vec<NamedSet>, lower: &str) {
    if !lower.contains(" and ") {
        *sets = std::mem::take(sets)
            .into_iter()
            .flat_map(|set| {
                let is_resource_specific = set.is_resource_specific;
                set.names.into_iter().map(move |name| NamedSet {
                    names: vec![name],
                    is_resource_specific,
                })
            })
            .collect();
    }
}

fn is_permission(word: &str) -> bool {
    const WITHOUT_DOT: [&str; 5] = [
        "openid",
        "email",
        "profile",
        "offline_access",
        "full_access_as_user",
    ];
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let has_parts = word.split('.').count() > 1 && word.split('.').all(|part| !part.is_empty());
    WITHOUT_DOT.contains(&word)
        || (has_parts
            && word.bytes().all(is_name)
            && word.starts_with(|first: char| first.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests;
