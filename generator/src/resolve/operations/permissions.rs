//! Merges the permission rows of all pages of an operation.
//!
//! The rows of the leading pages are the answer, as far as they have no condition or the path fulfils it. Conditions that the path
//! does not decide are kept with their permissions. Pages that do not lead add conditional permissions only.

use std::collections::BTreeSet;

use crate::facts::{ConditionFact, GrantFact, PermissionFact, PermissionSetsFact};
use crate::model::{
    Account, Condition, ConditionalGrant, Grant, HttpMethod, PermissionSets, Permissions,
};
use crate::report::{Code, NameKind, Report};
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::operations::contribution::Contribution;
use crate::resolve::operations::leading_pages::PageRank;
use crate::resolve::operations::permission_conditions::{
    Applicability, ConditionContext, decide_conditions, decide_person,
};
use crate::resolve::paths::walk::TypedPath;
use crate::resolve::type_phrases::TypeResolver;
use crate::source::{At, Location};

/// The rows that reached an operation.
pub(crate) type UsedRows = BTreeSet<Location>;

/// The pages of an operation in the order of their ranks.
pub(crate) struct PermissionPages<'a> {
    pub(crate) contributions: &'a [Contribution<'a>],
    pub(crate) ranks: &'a [PageRank],
    pub(crate) typed: &'a TypedPath,
    pub(crate) method: HttpMethod,
    pub(crate) types: &'a TypeResolver<'a>,
}

/// Merges the rows. If several rows of leading pages are about one account type, any of their permissions is sufficient.
pub(crate) fn merge_permissions(
    pages: &PermissionPages,
    used: &mut UsedRows,
    report: &mut Report,
) -> Permissions {
    let mut permissions = Permissions::default();
    let mut lead: Option<PageRank> = None;
    for (contribution, rank) in pages.contributions.iter().zip(pages.ranks) {
        let facts = contribution.operation.facts;
        if facts.permissions.is_empty() {
            continue;
        }
        let rows = select_rows(contribution, pages, report);
        let leads = *lead.get_or_insert(*rank) == *rank;
        let reaching = rows.iter().filter(|row| leads || row.condition.is_none());
        used.extend(reaching.map(|row| row.row.label.at));
        if leads {
            add_leading_rows(&mut permissions, rows);
            let roles = facts.roles.iter().filter(|role| {
                let condition = role.condition.as_deref();
                let decided = condition.and_then(|words| decide_person(words, pages.typed));
                decided != Some(Applicability::Fails)
            });
            for role in roles {
                if !permissions.roles.contains(&role.name.value) {
                    permissions.roles.push(role.name.value.clone());
                }
            }
            let is_me = contribution
                .line
                .template
                .trim_start_matches('/')
                .split('/')
                .next()
                == Some("me");
            if facts.excludes_application_for_me && is_me {
                permissions.application = Grant::NotSupported;
                permissions
                    .conditional
                    .retain(|conditional| conditional.account != Account::Application);
            }
        } else {
            add_other_rows(&mut permissions, rows, contribution.operation);
        }
    }
    finish(&mut permissions);
    permissions
}

/// A row, and the condition that the path does not decide.
struct SelectedRow<'a> {
    row: &'a PermissionFact,
    condition: Option<&'a str>,
}

/// Returns the rows of a page whose conditions the path does not rule out.
fn select_rows<'a>(
    contribution: &'a Contribution<'a>,
    pages: &PermissionPages,
    report: &mut Report,
) -> Vec<SelectedRow<'a>> {
    let rows = &contribution.operation.facts.permissions;
    let mut conditions: Vec<&ConditionFact> = Vec::new();
    let mut places = Vec::with_capacity(rows.len());
    for row in rows {
        // Rows with one condition follow each other, or repeat the conditions in the same order for each account type.
        let place = row.condition.as_ref().map(|condition| {
            let known = conditions.iter().rposition(|known| *known == condition);
            known.unwrap_or_else(|| {
                conditions.push(condition);
                conditions.len() - 1
            })
        });
        places.push(place);
    }
    let decided = decide_conditions(
        &conditions,
        &ConditionContext {
            contribution,
            typed: pages.typed,
            method: pages.method,
            types: pages.types,
        },
    );
    let mut selected = Vec::new();
    for (row, place) in rows.iter().zip(places) {
        if let GrantFact::Words(words) = &row.grant {
            report_words(row, words, report);
            continue;
        }
        let condition = place.map(|place| (conditions[place], decided[place]));
        let condition = match condition {
            None | Some((_, Applicability::Holds)) => None,
            Some((_, Applicability::Fails)) => continue,
            Some((condition, Applicability::Unknown)) => Some(condition.text.as_str()),
        };
        selected.push(SelectedRow { row, condition });
    }
    selected
}

fn report_words(row: &PermissionFact, words: &str, report: &mut Report) {
    if !words.trim().is_empty() {
        report.push(
            Code::PermissionWords,
            row.label.at,
            0,
            format!("`{}` is not the name of a permission", words.trim()),
            "the row is ignored",
        );
        report.set_unknown_name(words.trim(), NameKind::Permission);
    }
}

fn add_leading_rows(permissions: &mut Permissions, rows: Vec<SelectedRow>) {
    for SelectedRow { row, condition } in rows {
        let account = row.account;
        let GrantFact::AnyOf(fact) = &row.grant else {
            match condition {
                Some(words) => push_conditional(
                    permissions,
                    account,
                    Condition::Stated(words.to_owned()),
                    Grant::NotSupported,
                ),
                None => {
                    let grant = grant_mut(permissions, account);
                    if *grant == Grant::Unstated {
                        *grant = Grant::NotSupported;
                    }
                }
            }
            continue;
        };
        add_resource_specific(permissions, account, fact);
        if fact.sets.is_empty() {
            let grant = grant_mut(permissions, account);
            if *grant == Grant::Unstated {
                *grant = Grant::Conditional;
            }
            continue;
        }
        let sets = to_sets(fact);
        match condition {
            Some(words) => push_conditional(
                permissions,
                account,
                Condition::Stated(words.to_owned()),
                Grant::AnyOf(sets),
            ),
            None => merge_sets(grant_mut(permissions, account), sets),
        }
    }
}

/// Adds the rows of a page that does not lead: sets that the leading pages do not have, for the use that the page describes. Rows
/// under a condition that the path does not decide are about other operations of the page.
fn add_other_rows(
    permissions: &mut Permissions,
    rows: Vec<SelectedRow>,
    operation: &OperationPage,
) {
    for SelectedRow { row, condition } in rows {
        let (GrantFact::AnyOf(fact), None) = (&row.grant, condition) else {
            continue;
        };
        add_resource_specific(permissions, row.account, fact);
        let mut sets = to_sets(fact);
        let known: BTreeSet<&Vec<String>> = permissions.grant(row.account).sets().iter().collect();
        let mut least = 0;
        let mut place = 0;
        sets.sets.retain(|set| {
            let is_new = !known.contains(set);
            least += usize::from(is_new && place < sets.least);
            place += 1;
            is_new
        });
        sets.least = least;
        if sets.sets.is_empty() {
            continue;
        }
        let condition = Condition::Page(operation.page.stem().to_owned());
        push_conditional(permissions, row.account, condition, Grant::AnyOf(sets));
    }
}

fn add_resource_specific(
    permissions: &mut Permissions,
    account: Account,
    fact: &PermissionSetsFact,
) {
    if fact.resource_specific.is_empty() {
        return;
    }
    let sets = PermissionSets {
        sets: fact
            .resource_specific
            .iter()
            .map(|set| names(set))
            .collect(),
        least: 0,
    };
    push_conditional(
        permissions,
        account,
        Condition::ResourceSpecificConsent,
        Grant::AnyOf(sets),
    );
}

/// Adds a conditional grant; sets under a condition that the account type has already are merged.
fn push_conditional(
    permissions: &mut Permissions,
    account: Account,
    condition: Condition,
    grant: Grant,
) {
    let known = permissions
        .conditional
        .iter_mut()
        .rev()
        .find(|known| known.account == account && known.condition == condition);
    match (known, grant) {
        (Some(known), Grant::AnyOf(sets)) => merge_sets(&mut known.grant, sets),
        (Some(_), Grant::Unstated | Grant::NotSupported | Grant::Conditional) => {}
        (None, grant) => permissions.conditional.push(ConditionalGrant {
            account,
            condition,
            grant,
        }),
    }
}

/// If all conditions of an account type lead to the same permissions, they are none.
fn finish(permissions: &mut Permissions) {
    permissions
        .conditional
        .sort_by_key(|conditional| conditional.account);
    for account in Account::ALL {
        if *permissions.grant(account) != Grant::Unstated {
            continue;
        }
        let stated: Vec<&ConditionalGrant> = permissions
            .conditional_for(account)
            .filter(|conditional| matches!(conditional.condition, Condition::Stated(_)))
            .collect();
        let Some(first) = stated.first() else {
            continue;
        };
        let is_single = stated
            .iter()
            .all(|conditional| conditional.grant == first.grant);
        if is_single {
            let grant = first.grant.clone();
            permissions.conditional.retain(|conditional| {
                conditional.account != account
                    || !matches!(conditional.condition, Condition::Stated(_))
            });
            *grant_mut(permissions, account) = grant;
        } else {
            *grant_mut(permissions, account) = Grant::Conditional;
        }
    }
}

fn grant_mut(permissions: &mut Permissions, account: Account) -> &mut Grant {
    match account {
        Account::DelegatedWork => &mut permissions.delegated_work,
        Account::DelegatedPersonal => &mut permissions.delegated_personal,
        Account::Application => &mut permissions.application,
    }
}

/// Adds sets to a grant. Sets that either calls least privileged precede the others.
fn merge_sets(grant: &mut Grant, added: PermissionSets) {
    let Grant::AnyOf(known) = grant else {
        *grant = Grant::AnyOf(added);
        return;
    };
    let mut seen = BTreeSet::new();
    let mut merged = PermissionSets::default();
    let (least, higher) = known.sets.split_at(known.least.min(known.sets.len()));
    let (added_least, added_higher) = added.sets.split_at(added.least.min(added.sets.len()));
    for set in least.iter().chain(added_least) {
        if seen.insert(set) {
            merged.sets.push(set.clone());
        }
    }
    merged.least = merged.sets.len();
    for set in higher.iter().chain(added_higher) {
        if seen.insert(set) {
            merged.sets.push(set.clone());
        }
    }
    *grant = Grant::AnyOf(merged);
}

fn to_sets(fact: &PermissionSetsFact) -> PermissionSets {
    PermissionSets {
        sets: fact.sets.iter().map(|set| names(set)).collect(),
        least: fact.least,
    }
}

fn names(set: &[At<String>]) -> Vec<String> {
    set.iter().map(|name| name.value.clone()).collect()
}

/// Reports rows of pages with operations that reached none of them.
pub(crate) fn report_unused_rows(
    operations: &[OperationPage],
    used: &UsedRows,
    report: &mut Report,
) {
    for operation in operations {
        let facts = operation.facts;
        if facts.request_lines.is_empty() {
            continue;
        }
        for row in &facts.permissions {
            let is_used = used.contains(&row.label.at) || matches!(row.grant, GrantFact::Words(_));
            if let (Some(condition), false) = (&row.condition, is_used) {
                report.push(
                    Code::UnusedPermissionRow,
                    row.label.at,
                    0,
                    format!("no request line of the page is about `{}`", condition.text),
                    "the row is ignored",
                );
            }
        }
    }
}
