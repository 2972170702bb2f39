//! Single instances: of a collection by their key, or alone at a path.

use generator::model::{HttpMethod, OperationKind, ResponseContent};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::query::Query;
use crate::routes::is_key;
use crate::seed;
use crate::service::Context;
use crate::store::{Collection, Entry, Item};

/// Reads an instance.
pub(crate) fn get(context: &Context<'_>) -> Answer {
    let query = match Query::read(context.received.query.as_deref()) {
        Ok(query) => query,
        Err(message) => return Answer::bad_request(message),
    };
    let read = on_entry(context, |entry, _| match unmatched(context, entry) {
        Some(refusal) => refusal,
        None => shown(context, 200, entry, &query),
    });
    read.unwrap_or_else(|| missing(context))
}

/// Changes the properties that were sent.
pub(crate) fn update(context: &Context<'_>) -> Answer {
    change(context, |_| {})
}

/// Puts another instance in place, with the same key.
pub(crate) fn replace(context: &Context<'_>) -> Answer {
    change(context, |item| item.retain(|name, _| name == "id"))
}

fn change(context: &Context<'_>, prepare: impl FnOnce(&mut Item)) -> Answer {
    let length = context.length();
    let template = context.template(if is_keyed(context) {
        length - 1
    } else {
        length
    });
    let mut body = match context.body(&template) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let changed = on_entry(context, |entry, stamp| {
        if let Some(refusal) = unmatched(context, entry) {
            return refusal;
        }
        // The key stays what it is.
        body.remove("id");
        prepare(&mut entry.item);
        entry.change(body, stamp);
        match context.operation.response {
            ResponseContent::None => Answer::empty(204),
            _ => shown(context, 200, entry, &Query::default()),
        }
    });
    changed.unwrap_or_else(|| missing(context))
}

/// Removes an instance.
pub(crate) fn delete(context: &Context<'_>) -> Answer {
    let length = context.length();
    let refusal = on_entry(context, |entry, _| unmatched(context, entry));
    match refusal {
        None => return missing(context),
        Some(Some(refusal)) => return refusal,
        Some(None) => {}
    }
    if is_keyed(context) {
        let key = &context.segments[length - 1];
        context.collection(length - 1, |collection, stamp| {
            if let Some(position) = collection.position(key) {
                collection.entries.remove(position);
                collection.removed.push((key.clone(), stamp()));
            }
        });
    } else {
        let place = context.place(length);
        context.service.store().instances.insert(place, None);
    }
    Answer::empty(204)
}

/// Reads or writes bytes.
pub(crate) fn stream(context: &Context<'_>) -> Answer {
    let place = context.place(context.length());
    let mut store = context.service.store();
    if context.operation.method == HttpMethod::Get {
        return match store.streams.get(&place) {
            Some((kind, bytes)) => Answer::bytes(200, kind, bytes.clone()),
            None => Answer::not_found(&context.received.path),
        };
    }
    let kind = context.received.header("content-type");
    let kind = kind.unwrap_or("application/octet-stream").to_owned();
    store
        .streams
        .insert(place, (kind, context.received.body.clone()));
    Answer::empty(context.operation.success_status.unwrap_or(204))
}

/// The answer that shows an instance.
pub(crate) fn shown(context: &Context<'_>, status: u16, entry: &Entry, query: &Query) -> Answer {
    if status == 201 && context.operation.response == ResponseContent::None {
        return Answer::empty(204);
    }
    let mut whole = Item::new();
    whole.insert(
        "@odata.context".to_owned(),
        json!(format!("{}/$entity", context.context_url())),
    );
    whole.extend(query.project(&entry.item));
    Answer::json(status, &Value::Object(whole)).with_header("etag", entry.tag())
}

/// The answer where the tags in the headers do not fit the instance.
fn unmatched(context: &Context<'_>, entry: &Entry) -> Option<Answer> {
    let tag = entry.tag();
    let names = |header: &str| header == "*" || header.split(',').any(|known| known.trim() == tag);
    if context
        .received
        .header("if-match")
        .is_some_and(|header| !names(header))
    {
        let message = "The tag in If-Match is not that of the instance.";
        return Some(Answer::error(412, "PreconditionFailed", message));
    }
    let is_known = context.received.header("if-none-match").is_some_and(names);
    is_known.then(|| Answer::empty(304).with_header("etag", tag))
}

fn missing(context: &Context<'_>) -> Answer {
    let last = context.segments.last().map_or("", String::as_str);
    Answer::not_found(last)
}

fn is_keyed(context: &Context<'_>) -> bool {
    context.operation.path.segments.last().is_some_and(is_key)
}

/// Runs `work` on the requested instance. Returns `None` if it does not exist.
fn on_entry<T>(context: &Context<'_>, work: impl FnOnce(&mut Entry, u64) -> T) -> Option<T> {
    let length = context.length();
    if is_keyed(context) {
        let key = &context.segments[length - 1];
        return context.collection(length - 1, |collection: &mut Collection, stamp| {
            let position = collection.position(key)?;
            Some(work(&mut collection.entries[position], stamp()))
        });
    }
    let place = context.place(length);
    let known = context.service.store().instances.get(&place).cloned();
    let mut entry = match known {
        Some(entry) => entry?,
        None => Entry {
            item: alone(context),
            stamp: 0,
        },
    };
    let stamp = context.service.store().next_stamp();
    let done = work(&mut entry, stamp);
    context.service.store().instances.insert(place, Some(entry));
    Some(done)
}

/// What is at a path alone at first: what the example shows, or a made-up instance of its type.
fn alone(context: &Context<'_>) -> Item {
    let version = context.version;
    let template = context.template(context.length());
    let read = version
        .routes
        .at(&version.api, &template, HttpMethod::Get, OperationKind::Get);
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
        None => seed::type_at(version, &template)
            .map_or_else(Item::new, |id| seed::instance(&version.api, id)),
    };
    item.retain(|name, _| name == "@odata.type" || !name.starts_with('@'));
    item
}
