//! Answers requests without a network: finds the operation, checks permissions, and dispatches.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use generator::model::request_path::read_key_values;
use generator::model::{Operation, OperationKind, Segment};
use serde_json::Value;

use crate::address::Address;
use crate::answer::Answer;
use crate::graph::{Graph, Version};
use crate::received::{ReceivedRequest, decode};
use crate::routes::{Miss, Route, is_key};
use crate::settings::Settings;
use crate::store::{Collection, Contents, Item, Store};
use crate::{
    batch, calls, collections, describe, instances, references, scopes, seed, sign_in, types,
    upload,
};

/// The API description, the settings and the state.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) graph: Graph,
    pub(crate) settings: Settings,
    store: Mutex<Store>,
}

/// A request with the operation it was routed to.
pub(crate) struct Context<'s> {
    pub(crate) service: &'s Service,
    pub(crate) version: &'s Version,
    pub(crate) operation: &'s Operation,
    pub(crate) received: &'s ReceivedRequest,
    /// The decoded path segments after the version. Keys of known items are their ids.
    pub(crate) segments: Vec<String>,
}

impl Service {
    pub(crate) fn new(graph: Graph, settings: Settings) -> Self {
        Self {
            graph,
            settings,
            store: Mutex::default(),
        }
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `work` on the collection at an address. The second argument returns the stamp for a change.
    pub(crate) fn collection<T>(
        &self,
        address: &Address<'_>,
        work: impl FnOnce(&mut Collection, &mut dyn FnMut() -> u64) -> T,
    ) -> T {
        let mut store = self.store();
        let known = store.collections.remove(&address.place);
        let mut collection =
            known.unwrap_or_else(|| Collection::new(self.contents(&mut store, address)));
        let done = work(&mut collection, &mut || store.next_stamp());
        if collection.is_changed() {
            store.collections.insert(address.place.clone(), collection);
        }
        done
    }

    /// Returns the initial contents of the collection at an address.
    fn contents(&self, store: &mut Store, address: &Address<'_>) -> Arc<Contents> {
        let key = || key(address.version, &address.template);
        if address.has_new_owner(store) {
            return Arc::new(Contents {
                key: key(),
                ..Contents::default()
            });
        }
        let name = format!("{}{}", address.version.api.version.name(), address.template);
        let contents = store.contents.entry(name.to_ascii_lowercase());
        let contents = contents.or_insert_with(|| {
            let generated = self.settings.items;
            Arc::new(seed::contents(
                address.version,
                &address.template,
                &key(),
                generated,
            ))
        });
        contents.clone()
    }

    /// Answers a request.
    pub(crate) fn answer(&self, received: &ReceivedRequest) -> Answer {
        // The server leaves out the body.
        let as_get;
        let received = match received.method == "HEAD" {
            true => {
                as_get = ReceivedRequest {
                    method: "GET".to_owned(),
                    ..received.clone()
                };
                &as_get
            }
            false => received,
        };
        let beside = upload::answer(self, received)
            .or_else(|| calls::monitored(self, received))
            .or_else(|| sign_in::answer(self, received));
        if let Some(answer) = beside {
            return answer;
        }
        let name = received.path.trim_start_matches('/').split('/').next();
        let Some(version) = name.and_then(|name| self.graph.version(name)) else {
            return Answer::bad_request("Invalid version.");
        };
        let segments = received.segments();
        if segments == ["$batch"] {
            return match received.method.as_str() {
                "POST" => batch::answer(self, version, received),
                _ => Answer::method_not_allowed(&["POST"]),
            };
        }
        if received.method == "GET"
            && let Some(answer) = describe::answer(version, received, &segments)
        {
            return answer;
        }
        match upload::resolve_file_path(self, received) {
            Some(moved) => self.route(version, &moved, moved.segments()),
            None => self.route(version, received, segments),
        }
    }

    fn route(
        &self,
        version: &Version,
        received: &ReceivedRequest,
        mut segments: Vec<String>,
    ) -> Answer {
        let mut found = version
            .routes
            .find(&version.api, &received.method, &segments);
        // Every documented list can be counted, even if `$count` is not documented.
        let is_count = found.is_err() && segments.last().is_some_and(|last| last == "$count");
        if is_count {
            segments.pop();
            found = version
                .routes
                .find(&version.api, &received.method, &segments);
        }
        let mut is_new_file = false;
        if found.is_err()
            && let Some(replaced) = upload::replace_file_path(&segments)
            && let Ok(route) = version
                .routes
                .find(&version.api, &received.method, &replaced)
        {
            is_new_file = true;
            found = Ok(route);
        }
        let Route {
            operation,
            segments,
        } = match found {
            Ok(route) => route,
            Err(Miss::Path) => {
                let known = version
                    .routes
                    .count_matching_segments(&version.api, &segments);
                let segment = segments.get(known).or(segments.last());
                return Answer::bad_request(format!(
                    "Resource not found for the segment '{}'.",
                    segment.map_or("", String::as_str)
                ));
            }
            Err(Miss::Method(methods)) => return Answer::method_not_allowed(&methods),
        };
        if self.settings.checks_scopes
            && !received.is_internal
            && let Some(refusal) = scopes::refusal(received, operation)
        {
            return refusal;
        }
        let mut context = Context {
            service: self,
            version,
            operation,
            received,
            segments,
        };
        context.resolve_alternate_keys();
        // The last key stands for a new file, which is not an item yet.
        let checked = context
            .length()
            .saturating_sub(1 + usize::from(is_new_file));
        if let Err(missing) = context.resolve_keys(checked) {
            return Answer::not_found(&received.path, &missing);
        }
        if is_count {
            return collections::count(&context);
        }
        context.perform()
    }
}

impl Context<'_> {
    fn perform(&self) -> Answer {
        match self.operation.kind {
            OperationKind::List => collections::list(self),
            OperationKind::Count => collections::count(self),
            OperationKind::Create => collections::create(self),
            OperationKind::Get => instances::get(self),
            OperationKind::Update => instances::update(self),
            OperationKind::Replace => instances::replace(self),
            OperationKind::Delete => instances::delete(self),
            OperationKind::Stream => instances::stream(self),
            OperationKind::Reference => references::answer(self),
            OperationKind::Function if self.is_delta() => collections::changes(self),
            OperationKind::Action | OperationKind::Function => calls::call(self),
        }
    }

    fn is_delta(&self) -> bool {
        let last = self.operation.path.segments.last();
        matches!(last, Some(Segment::Function { name, .. }) if name == "delta")
    }

    /// Returns the address of the first `length` segments.
    pub(crate) fn address(&self, length: usize) -> Address<'_> {
        let mut address = Address::new(self.version);
        let segments = self.operation.path.segments.iter();
        for (segment, text) in segments.zip(&self.segments).take(length) {
            address = match segment {
                segment if is_key(segment) => address.item(text),
                Segment::ItemPath(_) => address.item(text),
                segment => address.child(&describe_segment(segment), text),
            };
        }
        address
    }

    /// Replaces each alternate key by the key of the item that has its values, so that both address the same item.
    fn resolve_alternate_keys(&mut self) {
        let length = self.length();
        for index in 0..length {
            let operation = self.operation;
            let Segment::AlternateKey(properties) = &operation.path.segments[index] else {
                continue;
            };
            let Some(values) = read_key_values(&self.segments[index], properties) else {
                continue;
            };
            let names = properties.iter().map(|property| property.name.as_str());
            let texts = values.iter().map(|value| value.text.as_str());
            let wanted: Vec<(&str, &str)> = names.zip(texts).collect();
            let key = self.collection(index, |collection, _| collection.key_of(&wanted));
            if let Some(key) = key {
                self.segments[index] = key;
            }
        }
    }

    /// Returns the number of segments.
    pub(crate) fn length(&self) -> usize {
        self.segments.len().min(self.operation.path.segments.len())
    }

    /// Replaces the keys of items in the first `length` segments by their ids. The error is the first key without an item. The
    /// last segment of a request is checked by the operation.
    fn resolve_keys(&mut self, length: usize) -> Result<(), String> {
        for index in 0..length {
            if !is_key(&self.operation.path.segments[index]) {
                continue;
            }
            let address = self.address(index);
            if seed::type_at(self.version, &address.template).is_none() {
                continue;
            }
            let key = &self.segments[index];
            let id = self.service.collection(&address, |collection, _| {
                let position = collection.position(key)?;
                let entry = collection.entry(position);
                let id = entry.item.get(collection.key()).and_then(Value::as_str);
                Some(id.unwrap_or(key).to_owned())
            });
            self.segments[index] = id.ok_or_else(|| key.clone())?;
        }
        Ok(())
    }

    /// Runs `work` on the collection at the first `length` segments.
    pub(crate) fn collection<T>(
        &self,
        length: usize,
        work: impl FnOnce(&mut Collection, &mut dyn FnMut() -> u64) -> T,
    ) -> T {
        self.service.collection(&self.address(length), work)
    }

    /// Returns the JSON object in the body, or an error answer if it does not fit the type.
    pub(crate) fn body(&self, template: &str) -> Result<Item, Answer> {
        let path = &self.received.path;
        let Ok(Value::Object(body)) = serde_json::from_slice(&self.received.body) else {
            return Err(Answer::bad_request(
                "Unable to read JSON request payload: the body is not a JSON object.",
            ));
        };
        let ty = seed::type_at(self.version, template);
        match ty.and_then(|id| types::find_mismatch(&self.version.api, id, &body)) {
            Some(fault) => Err(Answer::bad_body(path, fault)),
            None => Ok(body),
        }
    }

    /// Returns the `@odata.context` URL of the request.
    pub(crate) fn context_url(&self) -> String {
        let name = self.version.api.version.name();
        let path = self.received.path.trim_start_matches('/');
        let path = path.split_once('/').map_or("", |(_, below)| below);
        format!("{}/{name}/$metadata#{}", self.received.origin, decode(path))
    }
}

/// Returns the text of a segment that is no key.
fn describe_segment(segment: &Segment) -> String {
    let path = generator::model::Path {
        segments: vec![segment.clone()],
    };
    path.normalised().trim_start_matches('/').to_owned()
}

/// Returns the name of the key property of the items of a collection.
fn key(version: &Version, template: &str) -> String {
    let api = &version.api;
    let mut ancestors = seed::type_at(version, template)
        .into_iter()
        .flat_map(|id| api.ancestors(id));
    let key = ancestors.find_map(|id| match api.structured_type(id).key.as_slice() {
        [key] => Some(key.clone()),
        _ => None,
    });
    key.unwrap_or_else(|| "id".to_owned())
}
