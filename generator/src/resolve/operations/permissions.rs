//! Merges the permission rows of all pages of an operation: the permissions it requires of each kind of account.

use crate::facts::{Account, GrantFact, PermissionFact};
use crate::model::{Grant, Permissions};
use crate::report::{Code, Report};

/// Merges the rows. If several rows are about one kind of account, any of their permissions is sufficient.
pub(crate) fn merge_permissions<'a>(
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
        add_row(grant, row, report);
    }
    permissions
}

fn add_row(grant: &mut Grant, row: &PermissionFact, report: &mut Report) {
    match &row.grant {
        GrantFact::NotSupported => {
            if *grant == Grant::Unstated {
                *grant = Grant::NotSupported;
            }
        }
        GrantFact::AnyOf(sets) => {
            let mut merged = match std::mem::take(grant) {
                Grant::AnyOf(merged) => merged,
                Grant::Unstated | Grant::NotSupported => Vec::new(),
            };
            for set in sets.iter().filter(|set| !set.is_empty()) {
                let is_same = |existing: &Vec<String>| {
                    let names = set.iter().map(|name| &name.value);
                    existing.iter().eq(names)
                };
                if !merged.iter().any(is_same) {
                    merged.push(set.iter().map(|name| name.value.clone()).collect());
                }
            }
            if !merged.is_empty() {
                *grant = Grant::AnyOf(merged);
            }
        }
        GrantFact::Words(words) => {
            if !words.trim().is_empty() {
                report.push(
                    Code::PermissionWords,
                    row.label.at,
                    0,
                    format!("`{}` is not the name of a permission", words.trim()),
                    "the row is ignored",
                );
            }
        }
    }
}
