//! Collects the operations of a version, with their builders and the parameters of actions.

use std::collections::BTreeMap;

use crate::model::{Api, Body, Operation, view};
use crate::rust::{
    Builder, CallChains, Element, Method, MethodBody, Module, Struct, Value, Version, operation_id,
};

use super::super::ItemKind;
use super::super::items::{Item, Items, Key};
use super::signatures;

/// Adds every operation, its builder and its parameters.
pub(super) fn add_operations(api: &Api, version: &Version, items: &mut Items) {
    let call_chains = CallChains::new(&version.client, &version.areas);
    let modules = version.areas.iter().flat_map(|area| {
        let place = |module: &str| format!("{}::{}::{module}", version.ident, area.ident);
        let modules = area.modules.iter();
        modules.map(move |module| (place(module.ident.as_str()), module))
    });
    let modules: Vec<(String, &Module)> = modules.collect();
    let builders: BTreeMap<&str, (&str, &Builder)> = modules
        .iter()
        .flat_map(|(place, module)| module.builders.iter().map(move |one| (place.as_str(), one)))
        .chain([(version.ident.as_str(), &version.client)])
        .map(|(place, builder)| (builder.ident.as_str(), (place, builder)))
        .collect();
    // A struct that represents no type has the parameters of an action.
    let parameters: BTreeMap<&str, (&str, &Struct)> = modules
        .iter()
        .flat_map(|(place, module)| {
            module
                .structs
                .iter()
                .map(move |item| (place.as_str(), item))
        })
        .filter(|(_, item)| item.name.is_none())
        .map(|(place, item)| (item.ident.as_str(), (place, item)))
        .collect();
    for (index, operation) in api.operations.iter().enumerate() {
        let (builder, method) = call_chains.method(operation_id(index));
        let name = format!(
            "{} {}",
            operation.method.name(),
            operation.path.normalised()
        );
        let calls = call_chains.calls(builder, method);
        let path: Vec<String> = calls
            .iter()
            .map(|(ident, _)| format!("{ident}()"))
            .collect();
        let arguments = calls.iter().map(|(ident, step)| {
            format!(
                "{ident}({})",
                step.map(signatures::step).unwrap_or_default()
            )
        });
        let signature = format!(
            "{} {} -> {}",
            arguments.collect::<Vec<String>>().join("."),
            signatures::body(&method.body),
            signatures::response(&method.response)
        );
        let (place, own) = builders
            .get(builder.as_str())
            .expect("each operation is called on a builder of the version");
        let item = Item {
            path: path.join("."),
            module: format!("{}::builders::{builder}", version.ident),
            signature,
            description: operation.docs.description.clone(),
            deprecated: operation.docs.deprecated.clone(),
            permissions: Some(operation.permissions.clone()),
            place: Some(operation.origin),
            when: own.methods_when.clone(),
            ..Item::default()
        };
        items.insert(Key::new(api.version, ItemKind::Operation, &name, ""), item);
        // A builder is located by its first operation.
        items
            .entry(Key::new(
                api.version,
                ItemKind::Builder,
                builder.as_str(),
                "",
            ))
            .or_insert_with(|| Item {
                path: builder.to_string(),
                module: (*place).to_owned(),
                place: Some(operation.origin),
                when: own.when.clone(),
                reported_by_members: own.methods_when.clone(),
                ..Item::default()
            });
        if let Some((place, item)) =
            parameter_struct(method).and_then(|ident| parameters.get(ident))
        {
            let key = Key::new(api.version, ItemKind::Parameters, &name, "");
            items.insert(key, parameters_item(place, item, operation));
            add_parameters(api, operation, &name, item, items);
        }
    }
}

fn parameter_struct(method: &Method) -> Option<&str> {
    match &method.body {
        MethodBody::Value(Value::One(Element::Struct(ident)))
        | MethodBody::OptionalValue(Value::One(Element::Struct(ident))) => Some(ident.as_str()),
        MethodBody::Value(_)
        | MethodBody::OptionalValue(_)
        | MethodBody::None
        | MethodBody::Reference
        | MethodBody::Stream
        | MethodBody::Json => None,
    }
}

/// Returns the item of a parameter struct.
fn parameters_item(module: &str, item: &Struct, operation: &Operation) -> Item {
    Item {
        path: item.ident.to_string(),
        module: module.to_owned(),
        place: Some(operation.origin),
        ..Item::default()
    }
}

fn add_parameters(api: &Api, operation: &Operation, name: &str, item: &Struct, items: &mut Items) {
    let Body::Parameters(declared) = &operation.body else {
        return;
    };
    if let Some(signature) = signatures::constructor(&item.fields) {
        items.insert(
            Key::new(api.version, ItemKind::Constructor, name, ""),
            Item {
                path: format!("{}::new", item.ident),
                signature,
                place: Some(operation.origin),
                ..Item::default()
            },
        );
    }
    for field in &item.fields {
        let property = declared.iter().find(|property| property.name == field.wire);
        items.insert(
            Key::new(api.version, ItemKind::Property, name, &field.wire),
            Item {
                path: format!("{}.{}", item.ident, field.ident),
                signature: signatures::value(&field.ty),
                documented: property
                    .map(|property| view::type_text(api, &property.ty))
                    .unwrap_or_default(),
                description: property
                    .map(|property| property.docs.description.clone())
                    .unwrap_or_default(),
                deprecated: property.and_then(|property| property.docs.deprecated.clone()),
                place: property.map(|property| property.origin),
                ..Item::default()
            },
        );
    }
}
