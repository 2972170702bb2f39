//! Single instances: items of collections by their key, and singletons.

use bytes::Bytes;
use generator::model::{HttpMethod, OperationKind, ResponseContent};
use serde_json::{Value, json};

use crate::address::Address;
use crate::answer::Answer;
use crate::expansion;
use crate::query::Query;
use crate::references;
use crate::routes::is_key;
use crate::seed;
use crate::service::Context;
use crate::store::{Entry, Item, Upload};
use crate::upload;

/// Returns an instance.
pub(crate) fn get(context: &Context<'_>) -> Answer {
    let address = context.address(context.length());
    let query = match parse_query(context, &address) {
        Ok(query) => query,
        Err(message) => return Answer::bad_request(message),
    };
    match entry(context) {
        None => missing(context),
        Some(entry) => match unmatched(context, &entry) {
            Some(refusal) => refusal,
            None => shown(context, 200, &address, entry, &query),
        },
    }
}

fn parse_query(context: &Context<'_>, address: &Address<'_>) -> Result<Query, String> {
    let query = Query::parse(context.received.query.as_deref())?;
    let template = address.template.strip_suffix("/{}");
    let template = template.unwrap_or(&address.template);
    if let Some(id) = seed::type_at(context.version, template) {
        query.check(&context.version.api, id)?;
        expansion::check_of(&query, address)?;
    }
    Ok(query)
}

/// Changes the properties in the body.
pub(crate) fn update(context: &Context<'_>) -> Answer {
    change(context, |_, _| {})
}

/// Replaces an instance; the key remains.
pub(crate) fn replace(context: &Context<'_>) -> Answer {
    change(context, |item, key| {
        item.retain(|name, _| name == key || name == "id")
    })
}

fn change(context: &Context<'_>, prepare: impl FnOnce(&mut Item, &str)) -> Answer {
    let length = context.length();
    let address = context.address(length);
    let template = address.template.strip_suffix("/{}");
    let mut body = match context.body(template.unwrap_or(&address.template)) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let bound = match references::bound(context, &body) {
        Ok(bound) => bound,
        Err(refusal) => return refusal,
    };
    let Some(mut entry) = entry(context) else {
        return missing(context);
    };
    if let Some(refusal) = unmatched(context, &entry) {
        return refusal;
    }
    let key = match is_keyed(context) {
        true => context.collection(length - 1, |collection, _| collection.key().to_owned()),
        false => "id".to_owned(),
    };
    // The key cannot be changed.
    body.remove(&key);
    body.remove("id");
    prepare(&mut entry.item, &key);
    let stamp = context.service.store().next_stamp();
    entry.change(body, stamp);
    put(context, entry.clone());
    references::bind(context, &address, bound);
    let is_silent = match preferred_return(context) {
        Some("minimal") => true,
        Some("representation") => false,
        _ => context.operation.response == ResponseContent::None,
    };
    match is_silent {
        true => Answer::empty(204).with_header("etag", entry.tag()),
        false => shown(context, 200, &address, entry, &Query::default()),
    }
}

/// Returns the value of `return` in the `Prefer` header.
fn preferred_return<'r>(context: &'r Context<'_>) -> Option<&'r str> {
    let preferences = context.received.headers.get_all("prefer").iter();
    let preferences = preferences.filter_map(|header| header.to_str().ok());
    let mut parts = preferences.flat_map(|header| header.split([',', ';']));
    parts.find_map(|part| part.trim().strip_prefix("return="))
}

/// Deletes an instance.
pub(crate) fn delete(context: &Context<'_>) -> Answer {
    let length = context.length();
    let Some(entry) = entry(context) else {
        return missing(context);
    };
    if let Some(refusal) = unmatched(context, &entry) {
        return refusal;
    }
    if is_keyed(context) {
        let key = &context.segments[length - 1];
        context.collection(length - 1, |collection, stamp| {
            if let Some(position) = collection.position(key) {
                collection.remove(position, stamp());
            }
        });
    } else {
        let place = context.address(length).place;
        context.service.store().instances.insert(place, None);
    }
    Answer::empty(204)
}

/// Reads or writes binary content.
pub(crate) fn stream(context: &Context<'_>) -> Answer {
    let place = context.address(context.length()).place;
    let mut store = context.service.store();
    if context.operation.method == HttpMethod::Get {
        return match store.streams.get(&place) {
            Some((kind, bytes)) => Answer::bytes(200, kind, bytes.clone()),
            None if place.contains("/photo") => {
                Answer::bytes(200, "image/png", Bytes::from_static(PHOTO))
            }
            None => {
                let text = Bytes::from_static(b"Sample content\n");
                Answer::bytes(200, "application/octet-stream", text)
            }
        };
    }
    if context.operation.method == HttpMethod::Delete {
        store.streams.remove(&place);
        return Answer::empty(204);
    }
    let kind = context.received.header("content-type");
    let kind = kind.unwrap_or("application/octet-stream").to_owned();
    let body = context.received.body.clone();
    drop(store);
    // A file that is addressed by its path becomes an item.
    if let Some((owner, _)) = context.received.path.rsplit_once('/')
        && owner.contains(":/")
    {
        return upload::finish(
            context.service,
            context.received,
            Upload::of_request(context),
        );
    }
    let mut store = context.service.store();
    let size = body.len();
    store.streams.insert(place, kind, body);
    drop(store);
    let status = context.operation.success_status;
    match context.operation.response {
        ResponseContent::None => Answer::empty(status.unwrap_or(204)),
        // The content belongs to an item, which is the answer.
        _ => {
            let id = context.length().checked_sub(2);
            let id = id.and_then(|index| context.segments.get(index));
            Answer::json(status.unwrap_or(200), &json!({"id": id, "size": size}))
        }
    }
}

/// A PNG image of one pixel.
const PHOTO: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0,
    0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// Returns the answer that contains an instance.
pub(crate) fn shown(
    context: &Context<'_>,
    status: u16,
    address: &Address<'_>,
    entry: Entry,
    query: &Query,
) -> Answer {
    let tag = entry.tag();
    if status == 201 && context.operation.response == ResponseContent::None {
        return Answer::empty(204).with_header("etag", tag);
    }
    let mut whole = Item::new();
    whole.insert(
        "@odata.context".to_owned(),
        json!(format!("{}/$entity", context.context_url())),
    );
    whole.extend(expansion::present(context, address, entry, query));
    Answer::json(status, &Value::Object(whole)).with_header("etag", tag)
}

/// Returns the answer if the preconditions in the headers do not hold.
fn unmatched(context: &Context<'_>, entry: &Entry) -> Option<Answer> {
    let tag = entry.tag();
    let names = |header: &str| header == "*" || header.split(',').any(|known| known.trim() == tag);
    if context
        .received
        .header("if-match")
        .is_some_and(|header| !names(header))
    {
        let message = "The ETag in If-Match is not that of the instance.";
        return Some(Answer::error(412, "PreconditionFailed", message));
    }
    let is_known = context.received.header("if-none-match").is_some_and(names);
    is_known.then(|| Answer::empty(304).with_header("etag", tag))
}

fn missing(context: &Context<'_>) -> Answer {
    let last = context.segments.last().map_or("", String::as_str);
    Answer::not_found(&context.received.path, last)
}

fn is_keyed(context: &Context<'_>) -> bool {
    context.operation.path.segments.last().is_some_and(is_key)
}

/// Returns the requested instance, or `None` if it does not exist.
fn entry(context: &Context<'_>) -> Option<Entry> {
    let length = context.length();
    if is_keyed(context) {
        let key = &context.segments[length - 1];
        return context.collection(length - 1, |collection, _| {
            let position = collection.position(key)?;
            Some(collection.entry(position).into_owned())
        });
    }
    singleton(context, &context.address(length))
}

fn put(context: &Context<'_>, entry: Entry) {
    let length = context.length();
    if is_keyed(context) {
        let key = &context.segments[length - 1];
        context.collection(length - 1, |collection, _| {
            if let Some(position) = collection.position(key) {
                collection.put(position, entry);
            }
        });
        return;
    }
    let place = context.address(length).place;
    context.service.store().instances.insert(place, Some(entry));
}

/// Returns the instance at an address without a key, or `None` if it was deleted or its type is unknown.
pub(crate) fn singleton(context: &Context<'_>, address: &Address<'_>) -> Option<Entry> {
    if let Some(known) = context.service.store().instances.get(&address.place) {
        return known.clone();
    }
    let version = context.version;
    let read = version.routes.at(
        &version.api,
        &address.template,
        HttpMethod::Get,
        OperationKind::Get,
    );
    let example = read.and_then(|operation| seed::shown(operation).next());
    let mut item = match example {
        Some(mut shown) => match shown.remove("value") {
            Some(Value::Object(inside)) => inside,
            Some(value) => {
                shown.insert("value".to_owned(), value);
                shown
            }
            None => shown,
        },
        None => {
            let id = seed::type_at(version, &address.template);
            if id.is_none() && read.is_none() {
                return None;
            }
            id.map_or_else(Item::new, |id| seed::instance(&version.api, id))
        }
    };
    item.retain(|name, _| name == "@odata.type" || !name.starts_with('@'));
    Some(Entry {
        item,
        stamp: 0,
        is_new: false,
    })
}
