//! The pages of permissions, and the choice of operations whose least privileged permissions the script computes.

use std::collections::BTreeMap;

use generator::model::{Account, Api, Grant, Operation, OperationId};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::frame::Frame;
use crate::operations;
use crate::routes::{Route, part, parts};
use crate::site::Site;
use crate::text::{count, inline, shorten};

/// The maximum length of a condition in a table, in characters.
const MAX_CONDITION: usize = 200;

/// A permission with the sets that contain it.
#[derive(Debug)]
pub(crate) struct Permission {
    pub(crate) name: String,
    /// In the order of operations and account types.
    pub(crate) uses: Vec<PermissionUse>,
}

/// A set of permissions that is sufficient for an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PermissionUse {
    operation: OperationId,
    account: Account,
    /// The index of the conditional grant; `None` if the set is sufficient without a condition.
    condition: Option<usize>,
    /// The index of the set in its grant.
    set: usize,
}

/// Returns all permissions of a version, sorted by name.
pub(crate) fn index_permissions(api: &Api) -> Vec<Permission> {
    let mut uses: BTreeMap<&str, Vec<PermissionUse>> = BTreeMap::new();
    for (operation, id) in api.operations.iter().zip(0..) {
        for account in Account::ALL {
            let stated = [(None, operation.permissions.grant(account))];
            let conditional = operation.permissions.conditional.iter().enumerate();
            let conditional = conditional
                .filter(|(_, conditional)| conditional.account == account)
                .map(|(condition, conditional)| (Some(condition), &conditional.grant));
            for (condition, grant) in stated.into_iter().chain(conditional) {
                for (set, names) in grant.sets().iter().enumerate() {
                    for name in names {
                        uses.entry(name).or_default().push(PermissionUse {
                            operation: OperationId(id),
                            account,
                            condition,
                            set,
                        });
                    }
                }
            }
        }
    }
    let permission = |(name, uses): (&str, Vec<PermissionUse>)| Permission {
        name: name.to_owned(),
        uses,
    };
    uses.into_iter().map(permission).collect()
}

impl Permission {
    /// Returns the number of operations with a set that fulfils a condition.
    fn count_operations(&self, is_counted: impl Fn(&PermissionUse) -> bool) -> usize {
        let uses = self.uses.iter().filter(|place| is_counted(place));
        let mut operations: Vec<OperationId> = uses.map(|place| place.operation).collect();
        operations.dedup();
        operations.len()
    }
}

impl PermissionUse {
    fn grant(self, operation: &Operation) -> &Grant {
        match self.condition {
            None => operation.permissions.grant(self.account),
            Some(condition) => &operation.permissions.conditional[condition].grant,
        }
    }

    /// Returns whether the set is the least privileged one of its operation.
    fn is_least(self, api: &Api) -> bool {
        match self.grant(api.operation(self.operation)) {
            Grant::AnyOf(sets) => self.condition.is_none() && self.set < sets.least.max(1),
            Grant::Unstated | Grant::NotSupported | Grant::Conditional => false,
        }
    }
}

/// Returns an account type in words.
pub(crate) fn account_words(account: Account) -> &'static str {
    match account {
        Account::DelegatedWork => "Delegated, work or school account",
        Account::DelegatedPersonal => "Delegated, personal account",
        Account::Application => "Application",
    }
}

/// Renders a link to the page of a permission.
pub(crate) fn link(frame: Frame<'_>, version: usize, name: &str) -> Markup {
    let permissions = &frame.site.state.versions[version].permissions;
    let index = permissions.binary_search_by(|permission| permission.name.as_str().cmp(name));
    let index = index.expect("the index should contain the permissions of all operations");
    html! { a href=(frame.href(Route::Permission(version, index, 0))) { code { (name) } } }
}

/// Renders a part of the list of all permissions.
pub(crate) fn render_list(frame: Frame<'_>, version: usize, current: usize) -> String {
    let state = &frame.site.state;
    let api = state.api(version);
    let permissions = &state.versions[version].permissions;
    let links = || {
        frame.part_links(parts(permissions.len()), current, |part| {
            Route::Permissions(version, part)
        })
    };
    let body = html! {
        h1 { "Permissions" }
        p {
            (count(permissions.len(), "permission")) ". "
            a href=(frame.href(Route::LeastPermissions(version))) { "Find the least privileged permissions for chosen operations" } "."
        }
        (links())
        p { input.filter type="search" data-filter="permissions" aria-label="Filter the permissions" placeholder="Filter"; }
        div.scroll {
            table.sortable #permissions {
                thead { tr {
                    th scope="col" { "Permission" }
                    th scope="col" data-sort="number" { "Operations" }
                    th scope="col" data-sort="number" { "Least privileged for" }
                    @for account in Account::ALL { th scope="col" data-sort="number" { (account_words(account)) } }
                } }
                tbody {
                    @for permission in part(permissions, current) {
                        tr {
                            th scope="row" { (link(frame, version, &permission.name)) }
                            td.number { (permission.count_operations(|_| true)) }
                            td.number { (permission.count_operations(|place| place.is_least(api))) }
                            @for account in Account::ALL {
                                td.number { (permission.count_operations(|place| place.account == account)) }
                            }
                        }
                    }
                }
            }
        }
        (links())
    };
    let name = api.version.name();
    let trail = [(Route::Version(version), name)];
    frame.page(&format!("Permissions, {name}"), &trail, body)
}

/// Renders a part of the operations that a permission opens.
pub(crate) fn render_permission(
    frame: Frame<'_>,
    version: usize,
    index: usize,
    current: usize,
) -> String {
    let state = &frame.site.state;
    let api = state.api(version);
    let permission = &state.versions[version].permissions[index];
    let links = || {
        frame.part_links(parts(permission.uses.len()), current, |part| {
            Route::Permission(version, index, part)
        })
    };
    let operations = permission.count_operations(|_| true);
    let least = permission.count_operations(|place| place.is_least(api));
    let body = html! {
        h1 { code { (permission.name) } }
        p {
            "Sufficient for " (count(operations, "operation")) ", alone, with other permissions or under a condition. "
            "The least privileged permission for " (count(least, "operation")) "."
        }
        dl.facts {
            @for account in Account::ALL {
                dt { (account_words(account)) }
                dd { (count(permission.count_operations(|place| place.account == account), "operation")) }
            }
            (other_versions(frame, version, &permission.name))
        }
        h2 { "Operations" }
        (links())
        p { input.filter type="search" data-filter="uses" aria-label="Filter the operations" placeholder="Filter"; }
        div.scroll {
            table.sortable #uses {
                thead { tr {
                    th scope="col" { "Operation" } th scope="col" { "Account" } th scope="col" { "Together with" }
                    th scope="col" { "Least privileged" } th scope="col" { "Condition" }
                } }
                tbody { @for place in part(&permission.uses, current) { (use_row(frame, version, &permission.name, *place)) } }
            }
        }
        (links())
    };
    let version_name = api.version.name();
    let trail = [
        (Route::Version(version), version_name),
        (Route::Permissions(version, 0), "Permissions"),
    ];
    let title = format!("{}, {version_name}", permission.name);
    frame.page(&title, &trail, body)
}

fn use_row(frame: Frame<'_>, version: usize, name: &str, place: PermissionUse) -> Markup {
    let api = frame.site.state.api(version);
    let operation = api.operation(place.operation);
    let set = &place.grant(operation).sets()[place.set];
    let others = set.iter().filter(|other| *other != name);
    let condition = place.condition.map(|condition| {
        operation.permissions.conditional[condition]
            .condition
            .text()
    });
    html! {
        tr {
            th scope="row" { (operations::link(frame, version, place.operation)) }
            td { (account_words(place.account)) }
            td { ul.inline { @for other in others { li { (link(frame, version, other)) } } } }
            td { @if place.is_least(api) { "yes" } }
            td { @if let Some(condition) = condition { (inline(&shorten(&condition, MAX_CONDITION))) } }
        }
    }
}

fn other_versions(frame: Frame<'_>, version: usize, name: &str) -> Markup {
    let state = &frame.site.state;
    let others = state
        .versions
        .iter()
        .enumerate()
        .filter_map(|(other, index)| {
            let find = |permission: &Permission| permission.name.as_str().cmp(name);
            let place = index.permissions.binary_search_by(find).ok()?;
            (other != version).then_some((other, place))
        });
    let others: Vec<(usize, usize)> = others.collect();
    html! {
        @if !others.is_empty() {
            dt { "Other versions" }
            dd {
                @for (other, place) in others {
                    a href=(frame.href(Route::Permission(other, place, 0))) { (state.api(other).version.name()) }
                }
            }
        }
    }
}

/// Returns the link to the least privileged permissions for an operation.
pub(crate) fn least_href(frame: Frame<'_>, version: usize, id: OperationId) -> String {
    let page = frame.href(Route::LeastPermissions(version));
    format!(
        "{page}#operations={}",
        operation_name(frame.site, version, id)
    )
}

/// Returns the file name of the page of an operation, without its extension.
fn operation_name(site: &Site, version: usize, id: OperationId) -> &str {
    let path = site.routes.path(Route::Operation(version, id));
    file_stem(path)
}

fn file_stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.strip_suffix(".html").unwrap_or(name)
}

/// Renders the choice of operations, which the script fills.
pub(crate) fn render_least(frame: Frame<'_>, version: usize) -> String {
    let body = html! {
        h1 { "Least privileged permissions" }
        p {
            "Choose the operations that an app calls. The page computes, for each account type, the smallest set of permissions "
            "that is sufficient for all of them. The address of the page contains the choice."
        }
        noscript { p.warning { "The computation needs scripts." } }
        div.chooser {
            label for="operation-search" { "Add an operation" }
            input #operation-search type="search" autocomplete="off" spellcheck="false"
                placeholder="GET /users" aria-describedby="operation-status" aria-controls="operation-matches";
            ul #operation-matches aria-label="Matching operations" {}
        }
        p #operation-status role="status" {}
        section #least hidden aria-labelledby="least-title" {
            h2 #least-title { "Permissions" }
            div.scroll {
                table {
                    thead { tr {
                        th scope="col" { "Account" } th scope="col" { "Least privileged permissions" } th scope="col" { "Not covered" }
                    } }
                    tbody #least-sets {
                        @for account in Account::ALL { tr { th scope="row" { (account_words(account)) } td {} td {} } }
                    }
                }
            }
            h2 { "Operations" }
            p { "What each operation needs of the sets above." }
            div.scroll {
                table {
                    thead { tr {
                        th scope="col" { "Operation" }
                        @for account in Account::ALL { th scope="col" { (account_words(account)) } }
                        th scope="col" { "Remove" }
                    } }
                    tbody #chosen-operations {}
                }
            }
        }
        script src=(frame.href(Route::PermissionIndex(version))) defer {}
        script src=(frame.href(Route::Asset("permissions.js"))) defer {}
    };
    let name = frame.site.state.api(version).version.name();
    let trail = [
        (Route::Version(version), name),
        (Route::Permissions(version, 0), "Permissions"),
    ];
    frame.page(
        &format!("Least privileged permissions, {name}"),
        &trail,
        body,
    )
}

/// Renders the permissions of all operations as a script.
pub(crate) fn render_index(site: &Site, version: usize) -> String {
    let api = site.state.api(version);
    let permissions = &site.state.versions[version].permissions;
    let mut grants: Vec<Value> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let operations: Vec<Value> = (0..)
        .zip(&api.operations)
        .map(|(id, operation)| {
            let accounts = Account::ALL.map(|account| {
                let grant = to_json(operation.permissions.grant(account), permissions);
                *places.entry(grant.to_string()).or_insert_with(|| {
                    grants.push(grant);
                    grants.len() - 1
                })
            });
            let title = format!("{} {}", operation.method.name(), operation.path.template());
            let name = operation_name(site, version, OperationId(id));
            json!([name, title, accounts])
        })
        .collect();
    let file = |index: usize| file_stem(site.routes.path(Route::Permission(version, index, 0)));
    let permissions = permissions.iter().enumerate();
    let permissions: Vec<Value> = permissions
        .map(|(index, permission)| json!([file(index), permission.name]))
        .collect();
    let index = json!({"permissions": permissions, "grants": grants, "operations": operations});
    format!("globalThis.permissionIndex = {index};\n")
}

/// Returns a grant as its alternative sets, with permissions as indexes, or as the reason why it has none.
fn to_json(grant: &Grant, permissions: &[Permission]) -> Value {
    let index = |name: &String| {
        let place = permissions.binary_search_by(|permission| permission.name.cmp(name));
        place.expect("the index should contain the permissions of all operations")
    };
    match grant {
        Grant::AnyOf(sets) => {
            let sets = sets.sets.iter();
            json!(
                sets.map(|set| set.iter().map(index).collect())
                    .collect::<Vec<Vec<usize>>>()
            )
        }
        Grant::NotSupported => json!("not supported"),
        Grant::Unstated => json!("not stated"),
        Grant::Conditional => json!("depends on a condition"),
    }
}
