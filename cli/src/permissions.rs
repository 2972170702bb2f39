//! `permissions`: what an app has to ask for that makes some requests.

use anyhow::{Result, bail};
use generator::model::{Api, Body, Grant, Operation, Permissions, ResponseContent, Type, TypeRef};
use graphwright_runtime::permissions;

use crate::arguments::PermissionsArguments;
use crate::{Outcome, generate};

type Account = (&'static str, fn(&Permissions) -> &Grant);

const ACCOUNTS: [Account; 3] = [
    ("delegated, work or school account", |of| &of.delegated_work),
    ("delegated, personal account", |of| &of.delegated_personal),
    ("application", |of| &of.application),
];

pub(crate) fn run(arguments: &PermissionsArguments) -> Result<Outcome> {
    let wanted = generate::globs(&arguments.wanted, "--for")?;
    let (_, analysis) = generate::analyze(&arguments.docs)?;
    let mut is_found = false;
    for api in &analysis.model.apis {
        let names = |operation: &Operation| names(api, operation);
        let meant: Vec<&Operation> = api
            .operations
            .iter()
            .filter(|operation| !arguments.read_only || operation.method.name() == "GET")
            .filter(|operation| names(operation).iter().any(|name| wanted.is_match(name)))
            .collect();
        if !meant.is_empty() {
            is_found = true;
            print!("{}", text(api, &meant));
        }
    }
    if !is_found {
        bail!(
            "{}: no operation has such a path, or sends or returns such a type",
            arguments.wanted.join(", ")
        );
    }
    Ok(Outcome::Clean)
}

/// What an operation goes by: its path, with its method and without, and the types that it sends and returns.
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

fn text(api: &Api, operations: &[&Operation]) -> String {
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
    for (account, grant) in ACCOUNTS {
        let mut needs: Vec<Vec<Vec<&str>>> = Vec::new();
        let (mut refused, mut unstated) = (Vec::new(), Vec::new());
        for operation in operations {
            match grant(&operation.permissions) {
                Grant::AnyOf(sets) => {
                    let sets = sets
                        .iter()
                        .map(|set| set.iter().map(String::as_str).collect());
                    needs.push(sets.collect());
                }
                Grant::NotSupported => refused.push(*operation),
                Grant::Unstated => unstated.push(*operation),
            }
        }
        let held = permissions::minimal_set(&needs);
        text += &format!("\n{account}:\n");
        for name in &held {
            text += &format!("  {name}\n");
        }
        text += &exceptions("cannot be called", &refused, operations.len());
        text += &exceptions("no page says", &unstated, operations.len());
    }
    text
}

/// The operations that the permissions are not for.
fn exceptions(why: &str, operations: &[&Operation], all: usize) -> String {
    if operations.is_empty() {
        return String::new();
    }
    if operations.len() == all {
        return format!("  {why}\n");
    }
    let line = |operation: &&Operation| {
        let method = operation.method.name();
        format!("  {why}: {method} {}\n", operation.path.template())
    };
    operations.iter().map(line).collect()
}
