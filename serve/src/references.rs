//! References between items: `$ref` requests and `@odata.bind` annotations.

use generator::model::{HttpMethod, Segment};
use serde_json::{Value, json};

use crate::address::Address;
use crate::answer::Answer;
use crate::collections::{Range, page};
use crate::expansion;
use crate::query::Query;
use crate::received::decode;
use crate::routes::is_key;
use crate::seed;
use crate::service::Context;
use crate::settings::MAX_PAGE_SIZE;
use crate::store::{Entry, Item};

/// Answers a request for references.
pub(crate) fn answer(context: &Context<'_>) -> Answer {
    let segments = &context.operation.path.segments;
    let mut length = context.length();
    if matches!(segments.last(), Some(Segment::Ref)) {
        length -= 1;
    }
    let is_keyed = length > 0 && is_key(&segments[length - 1]);
    match context.operation.method {
        HttpMethod::Get => list(context, length),
        HttpMethod::Delete if is_keyed => remove(context, length),
        HttpMethod::Delete => {
            let place = context.address(length).place;
            context.service.store().instances.insert(place, None);
            Answer::empty(204)
        }
        HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch => add(context, length),
    }
}

fn list(context: &Context<'_>, length: usize) -> Answer {
    let query = match Query::parse(context.received.query.as_deref()) {
        Ok(query) => query,
        Err(message) => return Answer::bad_request(message),
    };
    let range = Range {
        start: query.skip,
        size: query.top.unwrap_or(MAX_PAGE_SIZE).min(MAX_PAGE_SIZE),
    };
    let (_, entries) = context.collection(length, |collection, _| page(collection, &query, range));
    let references: Vec<Value> = entries
        .iter()
        .map(|entry| expansion::reference(context, &entry.item))
        .collect();
    let body = json!({"@odata.context": context.context_url(), "value": references});
    Answer::json(200, &body)
}

fn remove(context: &Context<'_>, length: usize) -> Answer {
    let key = &context.segments[length - 1];
    let removed = context.collection(length - 1, |collection, stamp| {
        let position = collection.position(key)?;
        collection.remove(position, stamp());
        Some(())
    });
    match removed {
        Some(()) => Answer::empty(204),
        None => Answer::not_found(&context.received.path, key),
    }
}

fn add(context: &Context<'_>, length: usize) -> Answer {
    let body: Value = serde_json::from_slice(&context.received.body).unwrap_or_default();
    let Some(url) = body.get("@odata.id").and_then(Value::as_str) else {
        let message = "The body must contain the URL of an entity in '@odata.id'.";
        return Answer::bad_body(&context.received.path, message);
    };
    let item = match referenced(context, url) {
        Ok(item) => item,
        Err(refusal) => return refusal,
    };
    let address = context.address(length);
    if is_collection(&address) && context.operation.method == HttpMethod::Post {
        return match add_item(context, &address, item) {
            true => Answer::empty(204),
            false => {
                let message = "One or more added object references already exist for the following modified properties: 'members'.";
                Answer::error(400, "Request_BadRequest", message)
            }
        };
    }
    put_item(context, &address, item);
    Answer::empty(204)
}

fn is_collection(address: &Address<'_>) -> bool {
    use generator::model::OperationKind::{Get, List};
    let at = |template: &str, kind| {
        let routes = &address.version.routes;
        routes.at(&address.version.api, template, HttpMethod::Get, kind)
    };
    at(&address.template, List).is_some() || at(&address.template, Get).is_none()
}

/// Adds an item to a collection. Returns whether it was not part of it before.
fn add_item(context: &Context<'_>, address: &Address<'_>, item: Item) -> bool {
    context.service.collection(address, |collection, stamp| {
        let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
        if collection.position(id).is_some() {
            return false;
        }
        collection.add(Entry {
            item,
            stamp: stamp(),
            is_new: false,
        });
        true
    })
}

fn put_item(context: &Context<'_>, address: &Address<'_>, item: Item) {
    let mut store = context.service.store();
    let entry = Entry {
        item,
        stamp: store.next_stamp(),
        is_new: false,
    };
    store.instances.insert(address.place.clone(), Some(entry));
}

/// Returns the items that the `@odata.bind` annotations of a body refer to, with the names of the navigation properties. An error
/// is the answer.
pub(crate) fn bound(
    context: &Context<'_>,
    body: &Item,
) -> Result<Vec<(String, bool, Vec<Item>)>, Answer> {
    let mut bound = Vec::new();
    for (name, value) in body {
        let Some(name) = name.strip_suffix("@odata.bind") else {
            continue;
        };
        let urls: Vec<&str> = match value {
            Value::Array(urls) => urls.iter().filter_map(Value::as_str).collect(),
            url => url.as_str().into_iter().collect(),
        };
        let items: Result<Vec<Item>, Answer> = urls
            .into_iter()
            .map(|url| referenced(context, url))
            .collect();
        bound.push((name.to_owned(), value.is_array(), items?));
    }
    Ok(bound)
}

/// Adds the bound items to the navigation properties of an instance.
pub(crate) fn bind(
    context: &Context<'_>,
    address: &Address<'_>,
    bound: Vec<(String, bool, Vec<Item>)>,
) {
    for (name, is_collection, items) in bound {
        let child = address.clone().child(&name, &name);
        for item in items {
            if is_collection {
                add_item(context, &child, item);
            } else {
                put_item(context, &child, item);
            }
        }
    }
}

/// Returns the item at a URL with the type that tells it apart. `directoryObjects/ID` is any item with this id.
fn referenced(context: &Context<'_>, url: &str) -> Result<Item, Answer> {
    let version = context.version;
    let marker = format!("/{}/", version.api.version.name());
    let path = url.split_once(&marker).map_or(url, |(_, path)| path);
    let path = path.trim_matches('/').replace("('", "/").replace("')", "");
    let Some((collection, key)) = path.rsplit_once('/') else {
        let message = format!("Invalid URL '{url}' in '@odata.id'.");
        return Err(Answer::bad_body(&context.received.path, message));
    };
    let key = decode(key);
    let names: Vec<&str> = if collection.eq_ignore_ascii_case("directoryObjects") {
        let roots = version.routes.roots(&version.api);
        let lists =
            roots.filter(|(operation, _)| operation.kind == generator::model::OperationKind::List);
        lists.map(|(_, name)| name).collect()
    } else if collection.contains('/') {
        // A nested item is taken as it is.
        Vec::new()
    } else {
        vec![collection]
    };
    let mut is_known_collection = false;
    for name in names {
        let address = Address::new(version).child(name, name);
        let Some(id) = seed::type_at(version, &address.template) else {
            continue;
        };
        is_known_collection |= name == collection;
        let found = context.service.collection(&address, |collection, _| {
            let position = collection.position(&key)?;
            Some(collection.entry(position).item.clone())
        });
        if let Some(item) = found {
            let mut whole = Item::new();
            let type_name = format!("#{}", version.api.structured_type(id).name.full());
            whole.insert("@odata.type".to_owned(), json!(type_name));
            whole.extend(item);
            return Ok(whole);
        }
    }
    if is_known_collection {
        return Err(Answer::not_found(&context.received.path, &key));
    }
    let mut item = Item::new();
    item.insert("id".to_owned(), json!(key));
    Ok(item)
}
