//! `permissions`: the smallest set of permissions for the given requests.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use generator::model::{Account, Api, Body, Grant, Operation, ResponseContent, Type, TypeRef};
use graphwright_runtime::permissions;

use crate::arguments::PermissionsArguments;
use crate::{Outcome, generate, patterns, terminal};

pub(crate) fn run(arguments: &PermissionsArguments) -> Result<Outcome> {
    let globs = patterns::globs(&arguments.requests, "--for")?;
    let (docs, analysis) = generate::analyze(&arguments.docs)?;
    if generate::print_errors(&analysis, &docs) {
        return Ok(Outcome::Faulty);
    }
    let mut found = false;
    for api in &analysis.model.apis {
        let names = |operation: &Operation| names(api, operation);
        let operations: Vec<&Operation> = api
            .operations
            .iter()
            .filter(|operation| !arguments.read_only || operation.method.name() == "GET")
            .filter(|operation| names(operation).iter().any(|name| globs.is_match(name)))
            .collect();
        if !operations.is_empty() {
            found = true;
            terminal::print(&to_text(api, &operations));
        }
    }
    if !found {
        bail!(
            "{}: no operation matches by path or by the type it sends or returns",
            arguments.requests.join(", ")
        );
    }
    Ok(Outcome::Clean)
}

/// Returns the names that globs match: the path with and without the method, and the types sent and returned.
fn names(api: &Api, operation: &Operation) -> Vec<String> {
    let path = operation.path.template();
    let mut names = vec![format!("{} {path}", operation.method.name()), path];
    let sent = match &operation.body {
        Body::Value(ty) => Some(ty),
        Body::Reference(ty) => ty.as_ref(),
        Body::None | Body::Parameters(_) | Body::Stream | Body::Undefined => None,
    };
    let returned = match &operation.response {
        ResponseContent::Value(ty) => Some(ty),
        ResponseContent::None | ResponseContent::Stream | ResponseContent::Undefined => None,
    };
    names.extend(
        sent.into_iter()
            .chain(returned)
            .filter_map(|ty| type_name(api, ty)),
    );
    names
}

fn type_name(api: &Api, ty: &TypeRef) -> Option<String> {
    match &ty.ty {
        Type::Structured(id) => Some(api.structured_type(*id).name.full()),
        Type::Primitive(_) | Type::Enum(_) | Type::Undefined(_) => None,
    }
}

fn to_text(api: &Api, operations: &[&Operation]) -> String {
    let noun = if operations.len() == 1 {
        "operation"
    } else {
        "operations"
    };
    let mut text = format!("{}: {} {noun}\n", api.version.name(), operations.len());
    for operation in operations {
        text += &format!(
            "  {} {}\n",
            operation.method.name(),
            operation.path.template()
        );
    }
    for account in Account::ALL {
        let mut needs: Vec<Vec<Vec<&str>>> = Vec::new();
        let (mut unsupported, mut unstated, mut conditional) = (Vec::new(), Vec::new(), Vec::new());
        for operation in operations {
            match operation.permissions.grant(account) {
                Grant::AnyOf(alternatives) => {
                    let sets = alternatives
                        .sets
                        .iter()
                        .map(|set| set.iter().map(String::as_str).collect());
                    needs.push(sets.collect());
                }
                Grant::NotSupported => unsupported.push(*operation),
                Grant::Unstated => unstated.push(*operation),
                Grant::Conditional => conditional.push(*operation),
            }
        }
        let names = permissions::minimal_set(&needs);
        text += &format!("\n{}:\n", account_words(account));
        for name in &names {
            text += &format!("  {name}\n");
        }
        text += &exceptions("not supported", &unsupported, operations.len());
        text += &exceptions("not documented", &unstated, operations.len());
        text += &exceptions("depending on a condition", &conditional, operations.len());
        // Further permissions of operations that have an answer are shown for a single operation only.
        let shown = match operations {
            [single] => vec![*single],
            _ => conditional,
        };
        for operation in shown {
            for conditional in operation.permissions.conditional_for(account) {
                let sets = conditional.grant.sets();
                let sets: Vec<String> = sets.iter().map(|set| set.join(" and ")).collect();
                let words = match sets.is_empty() {
                    true => "not supported".to_owned(),
                    false => sets.join(", or "),
                };
                text += &format!("    {}: {words}\n", conditional.condition.text());
            }
        }
    }
    let roles: BTreeSet<&str> = operations
        .iter()
        .flat_map(|operation| &operation.permissions.roles)
        .map(String::as_str)
        .collect();
    if !roles.is_empty() {
        text += "\nroles of the signed-in user, one for each operation that names roles:\n";
        for role in roles {
            text += &format!("  {role}\n");
        }
    }
    text
}

fn account_words(account: Account) -> &'static str {
    match account {
        Account::DelegatedWork => "delegated, work or school account",
        Account::DelegatedPersonal => "delegated, personal account",
        Account::Application => "application",
    }
}

/// Lists operations that the permissions do not cover, with the reason.
fn exceptions(reason: &str, operations: &[&Operation], total: usize) -> String {
    if operations.is_empty() {
        return String::new();
    }
    if operations.len() == total {
        return format!("  {reason}\n");
    }
    let line = |operation: &&Operation| {
        let method = operation.method.name();
        format!("  {reason}: {method} {}\n", operation.path.template())
    };
    operations.iter().map(line).collect()
}
