//! `explain`: the way of one type, property or operation from its page to the generated code.

mod steps;
#[cfg(test)]
mod tests;

use anyhow::{Result, bail};
use generator::emit::ManifestSettings;
use generator::model::{Api, EnumId, HttpMethod, OperationId, QualifiedName, StructuredTypeId};
use generator::{Generated, Selection, Settings};

use crate::arguments::ExplainArguments;
use crate::{Outcome, generate};
use graphwright_pages::Docs;

/// What a name stands for in one version of the API.
#[derive(Clone, Copy, Debug)]
enum Target {
    Structured(StructuredTypeId),
    /// The type, and the place among its own properties.
    Property(StructuredTypeId, usize),
    Enum(EnumId),
    /// The enum, and the place among its members.
    Member(EnumId, usize),
    Operation(OperationId),
}

pub(crate) fn run(arguments: &ExplainArguments) -> Result<Outcome> {
    let settings = Settings {
        selection: Selection::default(),
        corrections: &graphwright_pages::corrections(),
        manifest: ManifestSettings::Workspace,
    };
    let (docs, generated) = generate::generate(&arguments.docs, &settings)?;
    let mut found = false;
    for api in &generated.analysis.model.apis {
        for target in targets(api, &arguments.name) {
            print!("{}", explain(&docs, &generated, api, target));
            found = true;
        }
    }
    if !found {
        bail!("{}", not_found(&generated, &arguments.name));
    }
    Ok(Outcome::Clean)
}

fn explain(docs: &Docs, generated: &Generated, api: &Api, target: Target) -> String {
    steps::Steps {
        docs,
        generated,
        api,
    }
    .text(target)
}

/// All that a name may mean; a short name may stand in several namespaces.
fn targets(api: &Api, name: &str) -> Vec<Target> {
    if let Some((method, path)) = name.split_once(' ') {
        return operations(api, method, path);
    }
    let types = types(api, name);
    if !types.is_empty() {
        return types;
    }
    let Some((owner, member)) = name.rsplit_once('.') else {
        return Vec::new();
    };
    types_members(api, owner, member)
}

fn types(api: &Api, name: &str) -> Vec<Target> {
    let structured = api
        .structured_types
        .iter()
        .enumerate()
        .filter(|(_, ty)| is_named(&ty.name, name));
    let enums = api
        .enums
        .iter()
        .enumerate()
        .filter(|(_, ty)| is_named(&ty.name, name));
    structured
        .map(|(index, _)| Target::Structured(StructuredTypeId(index as u32)))
        .chain(enums.map(|(index, _)| Target::Enum(EnumId(index as u32))))
        .collect()
}

fn types_members(api: &Api, owner: &str, member: &str) -> Vec<Target> {
    let member_of = |target| match target {
        Target::Structured(id) => property(api, id, member),
        Target::Enum(id) => {
            let found = api
                .enum_type(id)
                .members
                .iter()
                .position(|own| own.name.eq_ignore_ascii_case(member));
            found.map(|index| Target::Member(id, index))
        }
        Target::Property(..) | Target::Member(..) | Target::Operation(_) => None,
    };
    types(api, owner)
        .into_iter()
        .filter_map(member_of)
        .collect()
}

/// A property of a type or of one that it inherits from.
fn property(api: &Api, id: StructuredTypeId, name: &str) -> Option<Target> {
    api.ancestors(id).find_map(|id| {
        let mut properties = api.structured_type(id).properties.iter();
        let index = properties.position(|property| property.name.eq_ignore_ascii_case(name))?;
        Some(Target::Property(id, index))
    })
}

fn operations(api: &Api, method: &str, path: &str) -> Vec<Target> {
    let method = HttpMethod::parse(&method.to_ascii_uppercase());
    let path = keys_as_braces(path);
    let is_meant = |operation: &generator::model::Operation| {
        Some(operation.method) == method && operation.path.normalised().eq_ignore_ascii_case(&path)
    };
    let found = api
        .operations
        .iter()
        .enumerate()
        .filter(|(_, operation)| is_meant(operation));
    found
        .map(|(index, _)| Target::Operation(OperationId(index as u32)))
        .collect()
}

/// `/users/{id}/` → `/users/{}`: keys go by any name.
fn keys_as_braces(path: &str) -> String {
    let mut normalised = String::new();
    let mut inside = false;
    for character in path.trim_end_matches('/').chars() {
        if character == '}' {
            inside = false;
        }
        if !inside {
            normalised.push(character);
        }
        if character == '{' {
            inside = true;
        }
    }
    if normalised.starts_with('/') {
        normalised
    } else {
        format!("/{normalised}")
    }
}

fn is_named(name: &QualifiedName, wanted: &str) -> bool {
    name.name.eq_ignore_ascii_case(wanted) || name.full().eq_ignore_ascii_case(wanted)
}

/// Says what is missing, with names that are close.
fn not_found(generated: &Generated, name: &str) -> String {
    let wanted = name.to_ascii_lowercase();
    let last = wanted
        .rsplit(['.', '/', ' '])
        .find(|word| !word.is_empty())
        .unwrap_or_default()
        .to_owned();
    let mut close = std::collections::BTreeSet::new();
    for api in &generated.analysis.model.apis {
        if wanted.contains(' ') {
            let operations = api
                .operations
                .iter()
                .map(|own| format!("{} {}", own.method.name(), own.path.template()));
            close.extend(operations.filter(|own| own.to_ascii_lowercase().contains(&last)));
        } else {
            let names = api
                .structured_types
                .iter()
                .map(|ty| &ty.name)
                .chain(api.enums.iter().map(|ty| &ty.name));
            let is_close = |own: &&QualifiedName| {
                let own = own.name.to_ascii_lowercase();
                own.contains(&last) || wanted.contains(&own)
            };
            close.extend(names.filter(is_close).map(|own| own.name.clone()));
        }
    }
    let close: Vec<String> = close.into_iter().take(5).collect();
    let hint = if close.is_empty() {
        String::new()
    } else {
        format!("; there is {}", close.join(", "))
    };
    format!("{name}: no type, property or operation of that name{hint}")
}
