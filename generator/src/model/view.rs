//! A text form of the model for snapshots: types with their properties, enums with their members, operations with their bodies.

use std::fmt::Write;

use super::{
    Account, Api, Body, Docs, EnumType, Grant, Operation, OperationUsage, Permissions, Property,
    PropertyKind, QueryOption, QuerySupport, ResponseContent, StructuredKind, StructuredType, Type,
    TypeRef,
};

/// Formats an API. Descriptions, examples and places are omitted.
pub fn text(api: &Api) -> String {
    let mut text = format!("version {}\n", api.version.name());
    for root in &api.roots {
        let ty = root
            .ty
            .as_ref()
            .map_or_else(|| "?".to_owned(), |ty| type_text(api, ty));
        line(&mut text, format_args!("root {}: {ty}", root.name));
    }
    for ty in &api.structured_types {
        structured_type(api, ty, &mut text);
    }
    for ty in &api.enums {
        enum_type(ty, &mut text);
    }
    for item in &api.operations {
        operation(api, item, &mut text);
    }
    text
}

/// Formats a type: `Edm.String`, `Collection(microsoft.graph.user)`.
pub fn type_text(api: &Api, ty: &TypeRef) -> String {
    let name = match &ty.ty {
        Type::Primitive(primitive) => format!("Edm.{primitive:?}"),
        Type::Enum(id) => api.enum_type(*id).name.full(),
        Type::Structured(id) => api.structured_type(*id).name.full(),
        Type::Undefined(name) => format!("undefined `{name}`"),
    };
    if ty.collection {
        format!("Collection({name})")
    } else {
        name
    }
}

fn line(text: &mut String, arguments: std::fmt::Arguments) {
    writeln!(text, "{arguments}").expect("writing to a string does not fail");
}

fn structured_type(api: &Api, ty: &StructuredType, text: &mut String) {
    let kind = match ty.kind {
        StructuredKind::Entity => "entity",
        StructuredKind::Complex => "complex",
    };
    let mut head = format!("\n{kind} {}", ty.name.full());
    if let Some(base) = ty.base {
        head.push_str(&format!(" : {}", api.structured_type(base).name.full()));
    }
    let notes = [
        (ty.is_abstract, "abstract".to_owned()),
        (ty.is_open, "open".to_owned()),
        (!ty.key.is_empty(), format!("key {}", ty.key.join(", "))),
        (ty.docs.deprecated.is_some(), "deprecated".to_owned()),
    ];
    head.push_str(&bracketed(&notes));
    line(text, format_args!("{head}"));
    for item in &ty.properties {
        property(api, item, text);
    }
}

fn property(api: &Api, property: &Property, text: &mut String) {
    let arrow = match property.kind {
        PropertyKind::Structural => "",
        PropertyKind::Navigation => "-> ",
    };
    let default = property.default.as_deref().unwrap_or_default();
    let notes = [
        (property.read_only, "read-only".to_owned()),
        (property.required, "required".to_owned()),
        (property.nullable == Some(true), "nullable".to_owned()),
        (property.nullable == Some(false), "not nullable".to_owned()),
        (property.default.is_some(), format!("default {default}")),
        (
            !property.listed_values.is_empty(),
            format!("values {}", property.listed_values.join(" | ")),
        ),
        (property.docs.deprecated.is_some(), "deprecated".to_owned()),
        (property.usage.immutable, "immutable".to_owned()),
        (
            !property.usage.query.is_empty(),
            query_text(&property.usage.query),
        ),
        (
            property.usage.returned.is_some(),
            property.usage.returned.map_or(String::new(), |returned| {
                format!("returned {}", returned.name())
            }),
        ),
    ];
    line(
        text,
        format_args!(
            "  {arrow}{}: {}{}",
            property.name,
            type_text(api, &property.ty),
            bracketed(&notes)
        ),
    );
}

fn enum_type(ty: &EnumType, text: &mut String) {
    let flags = bracketed(&[(ty.is_flags, "flags".to_owned())]);
    line(text, format_args!("\nenum {}{flags}", ty.name.full()));
    for member in &ty.members {
        let value = member
            .value
            .map(|value| format!(" = {value}"))
            .unwrap_or_default();
        let notes = bracketed(&[
            (member.requires_prefer, "requires Prefer".to_owned()),
            (is_deprecated(&member.docs), "deprecated".to_owned()),
        ]);
        line(text, format_args!("  {}{value}{notes}", member.name));
    }
}

fn operation(api: &Api, operation: &Operation, text: &mut String) {
    let deprecated = bracketed(&[(is_deprecated(&operation.docs), "deprecated".to_owned())]);
    line(
        text,
        format_args!(
            "\n{:?} {} {}{deprecated}",
            operation.kind,
            operation.method.name(),
            operation.path.template()
        ),
    );
    parameters(api, operation, text);
    usage(&operation.usage, text);
    body(api, &operation.body, text);
    if operation.is_body_optional {
        line(text, format_args!("  the body may be left out"));
    }
    let status = operation
        .success_status
        .map(|status| format!("{status} "))
        .unwrap_or_default();
    let content = match &operation.response {
        ResponseContent::None => "nothing".to_owned(),
        ResponseContent::Value(ty) => type_text(api, ty),
        ResponseContent::Stream => "bytes".to_owned(),
        ResponseContent::Undefined => "undefined".to_owned(),
    };
    line(text, format_args!("  returns {status}{content}"));
    permissions(&operation.permissions, text);
}

fn permissions(permissions: &Permissions, text: &mut String) {
    for account in Account::ALL {
        if let Some(words) = grant_text(permissions.grant(account)) {
            line(text, format_args!("  {}: {words}", account_text(account)));
        }
        for conditional in permissions.conditional_for(account) {
            if let Some(words) = grant_text(&conditional.grant) {
                let condition = conditional.condition.text();
                let account = account_text(account);
                line(text, format_args!("  {account} ({condition}): {words}"));
            }
        }
    }
    if !permissions.roles.is_empty() {
        line(
            text,
            format_args!("  roles: {}", permissions.roles.join(", ")),
        );
    }
}

fn account_text(account: Account) -> &'static str {
    match account {
        Account::DelegatedWork => "work",
        Account::DelegatedPersonal => "personal",
        Account::Application => "application",
    }
}

/// `$filter (eq, ne), $orderby, no $search`
fn query_text(support: &QuerySupport) -> String {
    let named = support.options.iter().map(|(option, supported)| {
        let operators = match option {
            QueryOption::Filter if !support.filter_operators.is_empty() => {
                format!(" ({})", support.filter_operators.join(", "))
            }
            _ => String::new(),
        };
        (format!("{}{operators}", option.name()), *supported)
    });
    let others = support
        .others
        .map(|supported| ("other options".to_owned(), supported));
    let words = named
        .chain(others)
        .map(|(name, supported)| match supported {
            true => name,
            false => format!("no {name}"),
        });
    words.collect::<Vec<String>>().join(", ")
}

fn usage(usage: &OperationUsage, text: &mut String) {
    if !usage.query.is_empty() {
        line(text, format_args!("  options {}", query_text(&usage.query)));
    }
    let size = usage.page_size;
    let sizes = [("default", size.default), ("at most", size.maximum)];
    for (words, size) in sizes {
        if let Some(size) = size {
            line(text, format_args!("  page size {words} {size}"));
        }
    }
    let missing = usage.clouds.iter().filter(|cloud| !cloud.supported);
    for cloud in missing {
        line(text, format_args!("  not available in {}", cloud.name));
    }
}

fn parameters(api: &Api, operation: &Operation, text: &mut String) {
    for parameter in &operation.parameters {
        let ty = parameter
            .ty
            .as_ref()
            .map(|ty| format!(": {}", type_text(api, ty)))
            .unwrap_or_default();
        let required = bracketed(&[(parameter.required, "required".to_owned())]);
        let value = parameter.value.as_ref();
        let value = value.map_or(String::new(), |value| format!(": {value}"));
        line(
            text,
            format_args!(
                "  {} {}{value}{ty}{required}",
                format!("{:?}", parameter.place).to_lowercase(),
                parameter.name
            ),
        );
    }
}

fn body(api: &Api, body: &Body, text: &mut String) {
    match body {
        Body::None => {}
        Body::Value(ty) => line(text, format_args!("  sends {}", type_text(api, ty))),
        Body::Reference(Some(ty)) => line(
            text,
            format_args!("  sends a reference to {}", type_text(api, ty)),
        ),
        Body::Reference(None) => line(text, format_args!("  sends a reference")),
        Body::Stream => line(text, format_args!("  sends bytes")),
        Body::Undefined => line(text, format_args!("  sends undefined")),
        Body::Parameters(parameters) => {
            line(text, format_args!("  sends parameters"));
            for parameter in parameters {
                line(
                    text,
                    format_args!("    {}: {}", parameter.name, type_text(api, &parameter.ty)),
                );
            }
        }
    }
}

fn grant_text(grant: &Grant) -> Option<String> {
    match grant {
        Grant::Unstated => None,
        Grant::NotSupported => Some("not supported".to_owned()),
        Grant::Conditional => Some("conditional".to_owned()),
        Grant::AnyOf(alternatives) => {
            let sets = alternatives.sets.iter();
            let sets: Vec<String> = sets.map(|set| set.join(" and ")).collect();
            Some(sets.join(", "))
        }
    }
}

fn is_deprecated(docs: &Docs) -> bool {
    docs.deprecated.is_some()
}

/// The notes that apply, in brackets.
fn bracketed(notes: &[(bool, String)]) -> String {
    let holding: Vec<&str> = notes
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, words)| words.as_str())
        .collect();
    if holding.is_empty() {
        String::new()
    } else {
        format!(" [{}]", holding.join("; "))
    }
}
