//! Collections: lists, counts, deltas and creation.

use serde_json::{Map, Value, json};

use crate::address::Address;
use crate::answer::Answer;
use crate::expansion;
use crate::query::Query;
use crate::references;
use crate::seed;
use crate::service::Context;
use crate::settings::MAX_PAGE_SIZE;
use crate::store::{Collection, Entry, Item};

/// Returns a page of a list.
pub(crate) fn list(context: &Context<'_>) -> Answer {
    let length = context.length();
    let query = match parse_query(context, length) {
        Ok(query) => query,
        Err(refusal) => return refusal,
    };
    let address = context.address(length);
    let range = Range::new(context, &query);
    let (total, entries) = context
        .service
        .collection(&address, |collection, _| page(collection, &query, range));
    let end = range.start + entries.len();
    let items = present(context, &address, entries, &query);
    let mut body = Map::new();
    body.insert("@odata.context".to_owned(), json!(context.context_url()));
    if query.count {
        body.insert("@odata.count".to_owned(), json!(total));
    }
    if end < total && !items.is_empty() {
        body.insert(
            "@odata.nextLink".to_owned(),
            json!(link(context, &query, &format!("$skiptoken={end}"))),
        );
    }
    body.insert("value".to_owned(), json!(items));
    Answer::json(200, &Value::Object(body))
}

/// Parses the query of a list and checks it against the type of its items.
fn parse_query(context: &Context<'_>, length: usize) -> Result<Query, Answer> {
    let query = Query::parse(context.received.query.as_deref()).map_err(Answer::bad_request)?;
    let address = context.address(length);
    if let Some(id) = seed::type_at(context.version, &address.template) {
        query
            .check(&context.version.api, id)
            .and_then(|()| expansion::check(&query, &address))
            .map_err(Answer::bad_request)?;
    }
    Ok(query)
}

/// The part of a list that a page contains.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub(crate) start: usize,
    pub(crate) size: usize,
}

impl Range {
    fn new(context: &Context<'_>, query: &Query) -> Self {
        let size = query.top.or_else(|| preferred_page_size(context));
        let size = size.unwrap_or(context.service.settings.page_size);
        Self {
            start: query.skip_token.unwrap_or(query.skip),
            size: size.min(MAX_PAGE_SIZE),
        }
    }
}

/// Returns the number of matching items and those of one page. Only the items of the page are computed if the list is neither
/// filtered nor ordered.
pub(crate) fn page(collection: &Collection, query: &Query, range: Range) -> (usize, Vec<Entry>) {
    let entry = |position: usize| collection.entry(position).into_owned();
    if !query.is_filtered() && query.orderby.is_empty() {
        let positions = collection.positions().skip(range.start).take(range.size);
        return (collection.len(), positions.map(entry).collect());
    }
    let mut matching: Vec<(usize, Vec<Value>)> = Vec::new();
    for position in collection.positions() {
        let entry = collection.entry(position);
        if query.matches(&entry.item) {
            matching.push((position, query.order_keys(&entry.item)));
        }
    }
    matching.sort_by(|(_, left), (_, right)| query.order(left, right));
    let positions = matching.iter().skip(range.start).take(range.size);
    (
        matching.len(),
        positions.map(|(position, _)| entry(*position)).collect(),
    )
}

/// Returns the items of a page with their ETags, expanded and projected.
fn present(
    context: &Context<'_>,
    address: &Address<'_>,
    entries: Vec<Entry>,
    query: &Query,
) -> Vec<Item> {
    let present = |entry: Entry| {
        let key = key_of(context, address, &entry.item);
        expansion::present(context, &address.clone().item(&key), entry, query)
    };
    entries.into_iter().map(present).collect()
}

fn key_of(context: &Context<'_>, address: &Address<'_>, item: &Item) -> String {
    let name = match item.contains_key("id") {
        true => "id".to_owned(),
        false => context
            .service
            .collection(address, |collection, _| collection.key().to_owned()),
    };
    let key = item.get(&name).and_then(Value::as_str);
    key.unwrap_or_default().to_owned()
}

/// Returns the URL of the request with its options and another position.
fn link(context: &Context<'_>, query: &Query, position: &str) -> String {
    let joint = if query.carried.is_empty() { "" } else { "&" };
    let here = format!("{}{}", context.received.origin, context.received.path);
    format!("{here}?{}{joint}{position}", query.carried)
}

/// Returns the page size that the `Prefer` header asks for.
fn preferred_page_size(context: &Context<'_>) -> Option<usize> {
    let preferences = context.received.headers.get_all("prefer").iter();
    let preferences = preferences.filter_map(|header| header.to_str().ok());
    let mut sizes = preferences
        .flat_map(|header| header.split([',', ';']))
        .map(str::trim)
        .filter_map(|part| {
            let part = part.strip_prefix("odata.").unwrap_or(part);
            part.strip_prefix("maxpagesize=")
        });
    sizes.next()?.parse().ok().filter(|size| *size > 0)
}

/// Returns the number of items as text.
pub(crate) fn count(context: &Context<'_>) -> Answer {
    let documented = context.length();
    let segments = &context.operation.path.segments[..documented];
    let length = match segments.last() {
        Some(generator::model::Segment::Count) => documented - 1,
        _ => documented,
    };
    let query = match parse_query(context, length) {
        Ok(query) => query,
        Err(refusal) => return refusal,
    };
    let nothing = Range { start: 0, size: 0 };
    let (count, _) = context.collection(length, |collection, _| page(collection, &query, nothing));
    Answer::bytes(200, "text/plain", count.to_string().into())
}

/// Returns a page of a delta query: all items in the first round, then the changes since the delta token.
pub(crate) fn changes(context: &Context<'_>) -> Answer {
    let length = context.length() - 1;
    let query = match parse_query(context, length) {
        Ok(query) => query,
        Err(refusal) => return refusal,
    };
    let address = context.address(length);
    let range = Range::new(context, &query);
    let stamp = context.service.store().stamp();
    let read = context.service.collection(&address, |collection, _| {
        let Some(since) = query.delta_token else {
            let (total, entries) = page(collection, &query, range);
            return Some((total, entries, Vec::new()));
        };
        let (changed, removed) = collection.changes_since(since)?;
        let total = changed.len() + removed.len();
        let entries = changed.iter().skip(range.start).take(range.size);
        let entries: Vec<Entry> = entries
            .map(|position| collection.entry(*position).into_owned())
            .collect();
        let removed = removed
            .into_iter()
            .skip(range.start.saturating_sub(changed.len()))
            .take(range.size - entries.len());
        Some((total, entries, removed.map(removal).collect()))
    });
    let here = format!("{}{}", context.received.origin, context.received.path);
    let Some((total, entries, removed)) = read else {
        let message = "The delta token is too old; a new round is required.";
        return Answer::error(410, "syncStateNotFound", message).with_header("location", here);
    };
    let end = range.start + entries.len() + removed.len();
    let mut items = present(context, &address, entries, &query);
    items.extend(removed);
    let (name, link) = if end < total && !items.is_empty() {
        let since = query
            .delta_token
            .map(|since| format!("&$deltatoken={since}"));
        let position = format!("$skiptoken={end}{}", since.unwrap_or_default());
        ("@odata.nextLink", link(context, &query, &position))
    } else {
        let position = format!("$deltatoken={stamp}");
        ("@odata.deltaLink", link(context, &query, &position))
    };
    let body = json!({"@odata.context": context.context_url(), name: link, "value": items});
    Answer::json(200, &body)
}

fn removal(id: &str) -> Item {
    let mut item = Item::new();
    item.insert("id".to_owned(), json!(id));
    item.insert("@removed".to_owned(), json!({"reason": "deleted"}));
    item
}

/// Creates an item.
pub(crate) fn create(context: &Context<'_>) -> Answer {
    let length = context.length();
    let address = context.address(length);
    let mut item = match context.body(&address.template) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let bound = match references::bound(context, &item) {
        Ok(bound) => bound,
        Err(refusal) => return refusal,
    };
    item.retain(|name, _| name == "@odata.type" || !name.contains('@'));
    let id = context.service.store().next_id();
    let created = context.collection(length, |collection, stamp| {
        let key = collection.key().to_owned();
        let given = item
            .get(&key)
            .and_then(Value::as_str)
            .filter(|id| !id.is_empty());
        let upn = item.get("userPrincipalName").and_then(Value::as_str);
        let is_taken =
            |value: Option<&str>| value.is_some_and(|value| collection.position(value).is_some());
        if is_taken(given) || is_taken(upn) {
            return None;
        }
        if given.is_none() {
            // What the service sets comes first.
            let mut whole = Item::new();
            whole.insert(key.clone(), json!(id));
            whole.extend(item.into_iter().filter(|(name, _)| *name != key));
            item = whole;
        }
        let entry = Entry {
            item,
            stamp: stamp(),
            is_new: true,
        };
        collection.add(entry.clone());
        Some((entry, key))
    });
    let Some((entry, key)) = created else {
        let message = "Another object with the same value for property id or userPrincipalName already exists.";
        return Answer::conflict(&context.received.path, message);
    };
    let id = entry
        .item
        .get(&key)
        .and_then(Value::as_str)
        .unwrap_or_default();
    let item_address = address.item(id);
    references::bind(context, &item_address, bound);
    let here = format!("{}{}", context.received.origin, context.received.path);
    let location = format!(
        "{}/{}",
        here.trim_end_matches('/'),
        crate::received::encode(id)
    );
    crate::instances::shown(context, 201, &item_address, entry, &Query::default())
        .with_header("location", location)
}
