//! Permission tables: the permissions that each kind of account needs.

use crate::facts::page::context::{Places, Reading};
use crate::facts::page::table_columns::Header;
use crate::facts::{NoMeaning, Outcome};
use crate::markdown::{Row, Table, Text};
use crate::report::Code;
use crate::source::At;

/// A row of a permission table.
#[derive(Clone, Debug, PartialEq)]
pub struct PermissionFact {
    /// The kind of account.
    pub account: Account,
    /// The first cell as plain text.
    pub label: At<String>,
    /// What limits the row: a group inside the main label (`Policy Set`), a column's words (`acting on self`), or the
    /// heading above the table where there are several tables.
    pub condition: Option<String>,
    /// The permissions of the row.
    pub grant: GrantFact,
}

/// A kind of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Delegated, with a work or school account.
    DelegatedWork,
    /// Delegated, with a personal Microsoft account.
    DelegatedPersonal,
    /// An application without a user.
    Application,
}

impl Account {
    /// Returns the name of the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::DelegatedWork => "delegated work",
            Self::DelegatedPersonal => "delegated personal",
            Self::Application => "application",
        }
    }

    fn of(label: &str) -> Option<Self> {
        let label = label.to_ascii_lowercase();
        let label = label.trim_start_matches(['*', ' ', '-']);
        if label.starts_with("delegated") {
            let personal = label.contains("personal") && !label.contains("work or school");
            return Some(if personal {
                Self::DelegatedPersonal
            } else {
                Self::DelegatedWork
            });
        }
        (label.starts_with("application") || label.starts_with("app-only"))
            .then_some(Self::Application)
    }
}

/// The content of a permission cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantFact {
    /// `Not supported.` and its spellings.
    NotSupported,
    /// Alternative sets of permissions, the least privileged first regardless of the order of the table; `A and B` is one set.
    AnyOf(Vec<Vec<At<String>>>),
    /// Text that names no permission (`None`, a sentence); empty for an empty cell.
    Words(String),
}

/// Parses a table with one row per kind of account.
pub(in crate::facts) fn table(
    reading: &mut Reading<'_, '_>,
    table: &Table<'_>,
    header: &Header,
    heading: Option<&str>,
) -> Vec<PermissionFact> {
    let mut facts = Vec::new();
    let mut account = None;
    for (index, row) in table.rows.iter().enumerate() {
        let label = reading.plain_at(&row.cells[0]);
        let of_row = Account::of(&label.value);
        account = of_row.or(account);
        let Some(account) = account else {
            unread(reading, row, &label.value);
            continue;
        };
        let is_heading = row.is_group || row.cells[1..].iter().all(|cell| cell.raw.is_empty());
        let next_is_part = table
            .rows
            .get(index + 1)
            .is_some_and(|next| Account::of(&reading.plain(&next.cells[0].raw)).is_none());
        if is_heading && (next_is_part || of_row.is_none()) {
            reading
                .ledger
                .record_outcome(row.matter, Outcome::NoMeaning(NoMeaning::GroupRow));
            continue;
        }
        let part = of_row
            .is_none()
            .then(|| label.value.trim_matches(['*', ' ']).to_owned());
        for (words, grant) in grants(reading, row, header) {
            let condition = part.clone().or(words).or(heading.map(str::to_owned));
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
) -> Vec<PermissionFact> {
    let mut facts = Vec::new();
    for row in &table.rows {
        let label = reading.plain_at(&row.cells[0]);
        for (column, words) in header.words.iter().enumerate().skip(1) {
            let (Some(account), Some(cell)) = (Account::of(words), row.cells.get(column)) else {
                continue;
            };
            let grant = grant(reading, cell);
            facts.push(PermissionFact {
                account,
                label: label.clone(),
                condition: Some(label.value.clone()),
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
) -> Vec<(Option<String>, GrantFact)> {
    let mut grants: Vec<(Option<String>, GrantFact)> = Vec::new();
    for (column, words) in header.words.iter().enumerate().skip(1) {
        let Some(cell) = row.cells.get(column) else {
            continue;
        };
        let parts = conditional_parts(cell);
        if parts.len() > 1 {
            for (condition, part) in parts {
                let condition = reading.plain(condition).into_owned();
                grants.push((Some(condition), grant(reading, &part)));
            }
            continue;
        }
        let mut grant = grant(reading, cell);
        if words.contains("most to least")
            && let GrantFact::AnyOf(sets) = &mut grant
        {
            sets.reverse();
        }
        let is_higher = words.starts_with("higher");
        match grants.last_mut() {
            Some((_, before)) if is_higher => add_higher(before, grant),
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

fn add_higher(least: &mut GrantFact, higher: GrantFact) {
    match (least, higher) {
        (GrantFact::AnyOf(sets), GrantFact::AnyOf(more)) => {
            for set in more {
                let same = |known: &Vec<At<String>>| {
                    known.len() == set.len()
                        && known
                            .iter()
                            .zip(&set)
                            .all(|(left, right)| left.value == right.value)
                };
                if !sets.iter().any(same) {
                    sets.push(set);
                }
            }
        }
        (least @ GrantFact::Words(_), higher @ GrantFact::AnyOf(_)) => *least = higher,
        _ => {}
    }
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
pub(in crate::facts) fn grant(reading: &mut Reading<'_, '_>, cell: &Text<'_>) -> GrantFact {
    let plain = reading.plain(&cell.raw).into_owned();
    let lower = plain.to_ascii_lowercase();
    if lower.starts_with("not supported")
        || lower.starts_with("not available")
        || lower.starts_with("not applicable")
    {
        return GrantFact::NotSupported;
    }
    let mut sets: Vec<Vec<At<String>>> = Vec::new();
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
            let mut set = Vec::new();
            for name in alternative
                .split(" and ")
                .flat_map(|words| words.split(" + "))
            {
                for word in name.split_whitespace() {
                    let word = word.trim_matches(['.', '*', ':', '`', '(', ')']);
                    if is_permission(word) {
                        set.push(At::new(word.to_owned(), places.of(word)));
                    } else if !word.is_empty() {
                        leftover = true;
                    }
                }
            }
            if !set.is_empty() {
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
    GrantFact::AnyOf(sets)
}

/// If there are words between the names and none of them is `and`, each name is an alternative.
fn split_sets(sets: &mut Vec<Vec<At<String>>>, lower: &str) {
    if !lower.contains(" and ") {
        *sets = std::mem::take(sets)
            .into_iter()
            .flatten()
            .map(|name| vec![name])
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
