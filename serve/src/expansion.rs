//! `$expand`, and the form in which items are returned.

use generator::model::{HttpMethod, OperationKind, PropertyKind};
use serde_json::{Value, json};

use crate::address::Address;
use crate::collections::{Range, page};
use crate::query::{Expand, Query};
use crate::seed;
use crate::service::Context;
use crate::settings::MAX_PAGE_SIZE;
use crate::store::{Entry, Item};
use crate::types;

/// Checks `$expand` of the items of a collection. The error is the message for the client.
pub(crate) fn check(query: &Query, collection: &Address<'_>) -> Result<(), String> {
    check_of(query, &collection.clone().item(""))
}

/// Checks `$expand` of an instance.
pub(crate) fn check_of(query: &Query, address: &Address<'_>) -> Result<(), String> {
    for expand in &query.expand {
        let child = address.clone().child(&expand.name, &expand.name);
        let Some(id) = type_of(address) else {
            continue;
        };
        let api = &address.version.api;
        let property = types::property(api, id, &expand.name);
        let is_path = seed::type_at(address.version, &child.template).is_some();
        if expand.name != "*" && property.is_none() && !is_path && !api.structured_type(id).is_open
        {
            let type_name = api.structured_type(id).name.full();
            return Err(format!(
                "Parsing OData Select and Expand failed: Could not find a property named '{}' on type '{type_name}'.",
                expand.name
            ));
        }
        let target = property.and_then(|property| match property.ty.ty {
            generator::model::Type::Structured(id) => Some(id),
            _ => None,
        });
        if let Some(target) = target.or_else(|| type_of(&child)) {
            expand.query.check(api, target)?;
        }
    }
    Ok(())
}

/// Returns the type of the instance at an address.
fn type_of(address: &Address<'_>) -> Option<generator::model::StructuredTypeId> {
    let collection = address.template.strip_suffix("/{}");
    seed::type_at(address.version, collection.unwrap_or(&address.template))
}

/// Returns an instance with its ETag, expanded and projected.
pub(crate) fn present(
    context: &Context<'_>,
    address: &Address<'_>,
    entry: Entry,
    query: &Query,
) -> Item {
    let tag = entry.tag();
    let mut expanded = Item::new();
    for expand in &query.expand {
        for name in expanded_names(expand, address) {
            expand_property(
                context,
                &address.clone(),
                &entry.item,
                expand,
                &name,
                &mut expanded,
            );
        }
    }
    let mut item = Item::new();
    item.insert("@odata.etag".to_owned(), json!(tag));
    let mut rest = entry.item;
    rest.retain(|name, _| !expanded.contains_key(name) && name != "@odata.etag");
    item.extend(query.project(rest));
    item.extend(expanded);
    item
}

/// Returns the navigation properties that an item of `$expand` names; `*` names all.
fn expanded_names(expand: &Expand, address: &Address<'_>) -> Vec<String> {
    if expand.name != "*" {
        return vec![expand.name.clone()];
    }
    let Some(id) = type_of(address) else {
        return Vec::new();
    };
    let properties = types::properties(&address.version.api, id).into_iter();
    let navigation = properties.filter(|property| property.kind == PropertyKind::Navigation);
    navigation.map(|property| property.name.clone()).collect()
}

fn expand_property(
    context: &Context<'_>,
    address: &Address<'_>,
    item: &Item,
    expand: &Expand,
    name: &str,
    expanded: &mut Item,
) {
    let version = address.version;
    let query = &expand.query;
    let child = address.clone().child(name, name);
    let id = type_of(address);
    let property = id.and_then(|id| types::property(&version.api, id, name));
    let has = |template: &str, kind| {
        let route = version
            .routes
            .at(&version.api, template, HttpMethod::Get, kind);
        route.is_some()
    };
    let is_collection = has(&child.template, OperationKind::List)
        || property.is_some_and(|property| property.ty.collection);
    if !is_collection {
        let known = item.get(name).cloned().filter(|value| !value.is_null());
        let value = known.or_else(|| {
            crate::instances::singleton(context, &child)
                .map(|entry| Value::Object(present(context, &child, entry, query)))
        });
        expanded.insert(name.to_owned(), value.unwrap_or_default());
        return;
    }
    let range = Range {
        start: query.skip,
        size: query.top.unwrap_or(MAX_PAGE_SIZE).min(MAX_PAGE_SIZE),
    };
    let is_listed = has(&child.template, OperationKind::List);
    let (total, items) = match item.get(name).and_then(Value::as_array) {
        // The example contains the items.
        Some(items) if !is_listed => {
            let items = items.iter().filter_map(Value::as_object).cloned();
            let matching: Vec<Item> = items.filter(|item| query.matches(item)).collect();
            let total = matching.len();
            let page = matching.into_iter().skip(range.start).take(range.size);
            (total, page.map(|item| query.project(item)).collect())
        }
        _ => {
            let (total, entries) = context
                .service
                .collection(&child, |collection, _| page(collection, query, range));
            let present = |entry: Entry| {
                let id = entry.item.get("id").and_then(Value::as_str);
                let address = child.clone().item(id.unwrap_or_default());
                present(context, &address, entry, query)
            };
            (
                total,
                entries.into_iter().map(present).collect::<Vec<Item>>(),
            )
        }
    };
    if query.count {
        expanded.insert(format!("{name}@odata.count"), json!(total));
    }
    let value = match expand.is_reference {
        true => items.iter().map(|item| reference(context, item)).collect(),
        false => json!(items),
    };
    expanded.insert(name.to_owned(), value);
}

/// Returns the reference to an item: `{"@odata.id": …}`.
pub(crate) fn reference(context: &Context<'_>, item: &Item) -> Value {
    let version = context.version.api.version.name();
    let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
    let origin = &context.received.origin;
    json!({"@odata.id": format!("{origin}/{version}/directoryObjects/{id}")})
}
