//! `explain`: traces a type, property or operation from its page to the generated code.

mod steps;
#[cfg(test)]
mod tests;

use anyhow::{Result, bail};
use generator::emit::ManifestSettings;
use generator::model::{Api, EnumId, HttpMethod, OperationId, QualifiedName, StructuredTypeId};
use generator::{Generated, Selection, Settings};

use crate::arguments::ExplainArguments;
use crate::terminal::out;
use crate::{Outcome, generate};
use graphwright_pages::Docs;

/// An item of the model that a name refers to.
#[derive(Clone, Copy, Debug)]
enum Target {
    Structured(StructuredTypeId),
    /// The type, and the index among its declared properties.
    Property(StructuredTypeId, usize),
    Enum(EnumId),
    /// The enum, and the index among its members.
    Member(EnumId, usize),
    Operation(OperationId),
}

pub(crate) fn run(arguments: &ExplainArguments) -> Result<Outcome> {
    let choices = arguments.docs.choices()?;
    let settings = Settings {
        selection: Selection::default(),
        corrections: &choices.read_corrections()?,
        manifest: ManifestSettings::Workspace,
    };
    let (docs, generated) = generate::generate(&choices, &settings)?;
    let mut found = false;
    for api in &generated.analysis.model.apis {
        for target in find_targets(api, &arguments.name) {
            out!("{}", explain(&docs, &generated, api, target));
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
    .render(target)
}

/// Returns all items with a name; an unqualified name can occur in several namespaces.
fn find_targets(api: &Api, name: &str) -> Vec<Target> {
    if let Some((method, path)) = name.split_once(' ') {
        return find_operations(api, method, path);
    }
    let types = find_types(api, name);
    if !types.is_empty() {
        return types;
    }
    let Some((owner, member)) = name.rsplit_once('.') else {
        return Vec::new();
    };
    find_members(api, owner, member)
}

fn find_types(api: &Api, name: &str) -> Vec<Target> {
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

fn find_members(api: &Api, owner: &str, member: &str) -> Vec<Target> {
    let member_of = |target| match target {
        Target::Structured(id) => find_property(api, id, member),
        Target::Enum(id) => {
            let index = api
                .enum_type(id)
                .members
                .iter()
                .position(|candidate| candidate.name.eq_ignore_ascii_case(member));
            index.map(|index| Target::Member(id, index))
        }
        Target::Property(..) | Target::Member(..) | Target::Operation(_) => None,
    };
    find_types(api, owner)
        .into_iter()
        .filter_map(member_of)
        .collect()
}

/// Finds a declared or inherited property.
fn find_property(api: &Api, id: StructuredTypeId, name: &str) -> Option<Target> {
    api.ancestors(id).find_map(|id| {
        let mut properties = api.structured_type(id).properties.iter();
        let index = properties.position(|property| property.name.eq_ignore_ascii_case(name))?;
        Some(Target::Property(id, index))
    })
}

fn find_operations(api: &Api, method: &str, path: &str) -> Vec<Target> {
    let method = HttpMethod::parse(&method.to_ascii_uppercase());
    let path = without_placeholder_names(path);
    let matches = |operation: &generator::model::Operation| {
        Some(operation.method) == method && operation.path.normalised().eq_ignore_ascii_case(&path)
    };
    let indices = api
        .operations
        .iter()
        .enumerate()
        .filter(|(_, operation)| matches(operation));
    indices
        .map(|(index, _)| Target::Operation(OperationId(index as u32)))
        .collect()
}

/// Removes the names of placeholders: `/users/{id}/` → `/users/{}`.
fn without_placeholder_names(path: &str) -> String {
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

/// Returns the error message for an unknown name, with up to five similar names.
fn not_found(generated: &Generated, name: &str) -> String {
    let wanted = name.to_ascii_lowercase();
    let last = wanted
        .rsplit(['.', '/', ' '])
        .find(|word| !word.is_empty())
        .unwrap_or_default()
        .to_owned();
    let mut similar = std::collections::BTreeSet::new();
    for api in &generated.analysis.model.apis {
        if wanted.contains(' ') {
            let operations = api.operations.iter().map(|operation| {
                format!("{} {}", operation.method.name(), operation.path.template())
            });
            similar.extend(operations.filter(|name| name.to_ascii_lowercase().contains(&last)));
        } else {
            let names = api
                .structured_types
                .iter()
                .map(|ty| &ty.name)
                .chain(api.enums.iter().map(|ty| &ty.name));
            let is_similar = |candidate: &&QualifiedName| {
                let name = candidate.name.to_ascii_lowercase();
                name.contains(&last) || wanted.contains(&name)
            };
            similar.extend(names.filter(is_similar).map(|name| name.name.clone()));
        }
    }
    let similar: Vec<String> = similar.into_iter().take(5).collect();
    let hint = if similar.is_empty() {
        String::new()
    } else {
        format!("; similar names: {}", similar.join(", "))
    };
    format!("{name}: unknown type, property or operation{hint}")
}
