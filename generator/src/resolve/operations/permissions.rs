//! In: the permission rows of the pages of an operation. Out: what it asks of each kind of account.

use crate::facts::{Account, GrantFact, PermissionFact};
use crate::model::{Grant, Permissions};
use crate::report::{Code, Report};

/// Unites the rows of all pages. Where several rows are about one kind of account, any of their permissions may be asked for.
pub(crate) fn unite<'a>(
    rows: impl IntoIterator<Item = &'a PermissionFact>,
    report: &mut Report,
) -> Permissions {
    let mut permissions = Permissions::default();
    for row in rows {
        let grant = match row.account {
            Account::DelegatedWork => &mut permissions.delegated_work,
            Account::DelegatedPersonal => &mut permissions.delegated_personal,
            Account::Application => &mut permissions.application,
        };
        add(grant, row, report);
    }
    permissions
}

fn add(grant: &mut Grant, row: &PermissionFact, report: &mut Report) {
    match &row.grant {
        GrantFact::NotSupported => {
            if *grant == Grant::Unstated {
                *grant = Grant::NotSupported;
            }
        }
        GrantFact::AnyOf(sets) => {
            let mut known = match std::mem::take(grant) {
                Grant::AnyOf(known) => known,
                Grant::Unstated | Grant::NotSupported => Vec::new(),
            };
            for set in sets.iter().filter(|set| !set.is_empty()) {
                let is_same = |known: &Vec<String>| {
                    let names = set.iter().map(|name| &name.value);
                    known.iter().eq(names)
                };
                if !known.iter().any(is_same) {
                    known.push(set.iter().map(|name| name.value.clone()).collect());
                }
            }
            if !known.is_empty() {
                *grant = Grant::AnyOf(known);
            }
        }
        GrantFact::Words(words) => {
            if !words.trim().is_empty() {
                report.push(
                    Code::PermissionWords,
                    row.label.at,
                    0,
                    format!("`{}` names no permission", words.trim()),
                    "the row says nothing about permissions in the result",
                );
            }
        }
    }
}
