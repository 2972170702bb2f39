//! Doc comments of methods: the description, request line and permissions of the operation.

use crate::model::{Account, Grant, Operation, Permissions};

use super::{Docs, code, facts, plain, usage};

/// The doc comment of a method.
pub(crate) fn method(operation: &Operation) -> Docs {
    let line = code(&format!(
        "{} {}",
        operation.method.name(),
        operation.path.template()
    ));
    let mut docs = Docs::describe(&operation.docs.description, || format!("Sends {line}."));
    if !operation.docs.description.is_empty() {
        docs.paragraph(line);
    }
    add_permissions(&mut docs, &operation.permissions);
    let sentences = usage::operation_sentences(operation);
    if !sentences.is_empty() {
        docs.paragraph(sentences.join(" "));
    }
    for callout in usage::callouts(&operation.usage.callouts) {
        docs.paragraph(callout);
    }
    facts::add_pages(&mut docs, &operation.pages);
    docs
}

/// Adds the permissions, those under conditions, and the roles.
fn add_permissions(docs: &mut Docs, permissions: &Permissions) {
    let stated: Vec<String> = Account::ALL
        .into_iter()
        .filter_map(|account| {
            let words = grant_words(permissions.grant(account))?;
            Some(format!("{} {words}", account_words(account)))
        })
        .collect();
    if !stated.is_empty() {
        docs.paragraph(format!("Permissions: {}.", stated.join("; ")));
    }
    let conditional: Vec<String> = permissions
        .conditional
        .iter()
        .filter_map(|conditional| {
            let words = grant_words(&conditional.grant)?;
            let condition = plain(&conditional.condition.text());
            Some(format!(
                "{}, {condition}: {words}",
                account_words(conditional.account)
            ))
        })
        .collect();
    if !conditional.is_empty() {
        docs.paragraph(format!("Under a condition: {}.", conditional.join("; ")));
    }
    if !permissions.roles.is_empty() {
        let roles = plain(&permissions.roles.join(", "));
        docs.paragraph(format!(
            "With delegated permissions, the signed-in user needs one of these roles: {roles}."
        ));
    }
}

fn account_words(account: Account) -> &'static str {
    match account {
        Account::DelegatedWork => "delegated (work or school account)",
        Account::DelegatedPersonal => "delegated (personal account)",
        Account::Application => "application",
    }
}

fn grant_words(grant: &Grant) -> Option<String> {
    match grant {
        Grant::Unstated => None,
        Grant::NotSupported => Some("not supported".to_owned()),
        Grant::Conditional => Some("depending on a condition".to_owned()),
        Grant::AnyOf(alternatives) => {
            let sets: Vec<String> = alternatives
                .sets
                .iter()
                .map(|set| {
                    set.iter()
                        .map(|name| code(name))
                        .collect::<Vec<_>>()
                        .join(" and ")
                })
                .collect();
            Some(sets.join(", "))
        }
    }
}
