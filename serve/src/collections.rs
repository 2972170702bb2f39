//! Collections: lists, counts, what changed, and what is new.

use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::query::Query;
use crate::seed;
use crate::service::Context;
use crate::settings::MAX_PAGE_SIZE;
use crate::store::{Entry, Item};
use crate::types;

/// A page of a list.
pub(crate) fn list(context: &Context<'_>) -> Answer {
    let length = context.length();
    let query = match query(context, length) {
        Ok(query) => query,
        Err(refusal) => return refusal,
    };
    // Only the page is copied: collections may be large.
    let (total, (page, next)) = context.collection(length, |collection, _| {
        let is_meant = |item: &&Item| {
            query
                .filter
                .as_ref()
                .is_none_or(|filter| filter.holds(item))
        };
        let mut items: Vec<&Item> = collection.items().filter(is_meant).collect();
        query.sort(&mut items);
        (items.len(), cut(context, &query, &items))
    });
    let mut body = Map::new();
    body.insert("@odata.context".to_owned(), json!(context.context_url()));
    if query.count {
        body.insert("@odata.count".to_owned(), json!(total));
    }
    if let Some(next) = next {
        body.insert("@odata.nextLink".to_owned(), json!(next));
    }
    body.insert("value".to_owned(), json!(page));
    Answer::json(200, &Value::Object(body))
}

/// The query of a list, checked against the type of its items.
fn query(context: &Context<'_>, length: usize) -> Result<Query, Answer> {
    let query = Query::read(context.received.query.as_deref()).map_err(Answer::bad_request)?;
    if let Some(id) = seed::type_at(context.version, &context.template(length)) {
        let api = &context.version.api;
        let unknown = query
            .named()
            .find(|name| !types::may_have(api, id, name) && *name != "*");
        if let Some(name) = unknown {
            let type_name = api.structured_type(id).name.full();
            return Err(Answer::bad_request(format!(
                "Could not find a property named '{name}' on type '{type_name}'."
            )));
        }
    }
    Ok(query)
}

/// The items of one page, and where the next one is.
fn cut(context: &Context<'_>, query: &Query, items: &[&Item]) -> (Vec<Item>, Option<String>) {
    let start = query.skip_token.unwrap_or(query.skip);
    let size = query.top.or_else(|| preferred(context));
    let size = size
        .unwrap_or(context.service.settings.page_size)
        .min(MAX_PAGE_SIZE);
    let total = items.len();
    let page: Vec<Item> = items
        .iter()
        .skip(start)
        .take(size)
        .map(|item| query.project(item))
        .collect();
    let end = start.saturating_add(page.len());
    let next = (end < total && !page.is_empty()).then(|| {
        let joint = if query.carried.is_empty() { "" } else { "&" };
        let here = format!("{}{}", context.service.origin, context.received.path);
        format!("{here}?{}{joint}$skiptoken={end}", query.carried)
    });
    (page, next)
}

/// The size of pages that the `Prefer` header asks for.
fn preferred(context: &Context<'_>) -> Option<usize> {
    let header = context.received.header("prefer")?;
    let sizes = header.split([',', ';']).map(str::trim);
    let mut sizes = sizes.filter_map(|part| part.strip_prefix("odata.maxpagesize="));
    sizes.next()?.parse().ok().filter(|size| *size > 0)
}

/// How many items there are, as text.
pub(crate) fn count(context: &Context<'_>) -> Answer {
    let documented = context.length();
    let segments = &context.operation.path.segments[..documented];
    let length = match segments.last() {
        Some(generator::model::Segment::Count) => documented - 1,
        _ => documented,
    };
    let query = match query(context, length) {
        Ok(query) => query,
        Err(refusal) => return refusal,
    };
    let is_meant = |item: &&Item| {
        query
            .filter
            .as_ref()
            .is_none_or(|filter| filter.holds(item))
    };
    let count = context.collection(length, |collection, _| {
        collection.items().filter(is_meant).count()
    });
    Answer::bytes(200, "text/plain", count.to_string().into())
}

/// What a delta function tells: all at first, then what changed since; the place of the next round at the end.
pub(crate) fn changes(context: &Context<'_>) -> Answer {
    let length = context.length() - 1;
    let query = match query(context, length) {
        Ok(query) => query,
        Err(refusal) => return refusal,
    };
    let items: Vec<Item> = context.collection(length, |collection, _| match query.delta_token {
        None => collection.items().cloned().collect(),
        Some(since) => {
            let changed = collection
                .entries
                .iter()
                .filter(|entry| entry.stamp > since);
            let changed = changed.map(|entry| entry.item.clone());
            let removed = collection
                .removed
                .iter()
                .filter(|(_, stamp)| *stamp > since);
            let removed = removed.map(|(id, _)| removal(id));
            changed.chain(removed).collect()
        }
    });
    let stamp = context.service.store().stamp();
    let (page, next) = cut(context, &query, &items.iter().collect::<Vec<_>>());
    let here = format!("{}{}", context.service.origin, context.received.path);
    let (name, link) = match (next, query.delta_token) {
        (None, _) => ("@odata.deltaLink", format!("{here}?$deltatoken={stamp}")),
        (Some(next), None) => ("@odata.nextLink", next),
        (Some(next), Some(since)) => ("@odata.nextLink", format!("{next}&$deltatoken={since}")),
    };
    let body = json!({"@odata.context": context.context_url(), name: link, "value": page});
    Answer::json(200, &body)
}

fn removal(id: &str) -> Item {
    let mut item = Item::new();
    item.insert("id".to_owned(), json!(id));
    item.insert("@removed".to_owned(), json!({"reason": "deleted"}));
    item
}

/// Takes in a new item.
pub(crate) fn create(context: &Context<'_>) -> Answer {
    let length = context.length();
    let template = context.template(length);
    let mut item = match context.body(&template) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    item.retain(|name, _| name == "@odata.type" || !name.starts_with('@'));
    let id = context.service.store().next_id();
    let created = context.collection(length, |collection, stamp| {
        let key = collection.key.clone();
        let given = item
            .get(&key)
            .and_then(Value::as_str)
            .filter(|id| !id.is_empty());
        if given.is_some_and(|id| collection.position(id).is_some()) {
            return None;
        }
        if given.is_none() {
            // What the service sets comes first.
            let mut whole = Item::new();
            whole.insert(key, json!(id));
            whole.extend(item.into_iter().filter(|(name, _)| *name != collection.key));
            item = whole;
        }
        let entry = Entry {
            item,
            stamp: stamp(),
        };
        collection.entries.push(entry.clone());
        Some(entry)
    });
    match created {
        None => Answer::error(409, "Conflict", "An item with this key is there already."),
        Some(entry) => crate::instances::shown(context, 201, &entry, &Query::default()),
    }
}
