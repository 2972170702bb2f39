//! Answers requests without a network: finds the operation, checks permissions, and dispatches.

use std::sync::{Mutex, MutexGuard, PoisonError};

use generator::model::request_path::read_key_values;
use generator::model::{KeyParameter, Operation, OperationKind, Segment};
use serde_json::Value;

use crate::answer::Answer;
use crate::graph::{Graph, Version};
use crate::received::{ReceivedRequest, decode};
use crate::routes::{Miss, Route, is_key};
use crate::settings::Settings;
use crate::store::{Collection, Store};
use crate::{batch, calls, collections, instances, scopes, seed, sign_in, types, upload};

/// The API description, the settings and the state.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) graph: Graph,
    pub(crate) settings: Settings,
    /// The origin of the server, without a trailing slash.
    pub(crate) origin: String,
    store: Mutex<Store>,
}

/// A request with the operation it was routed to.
pub(crate) struct Context<'s> {
    pub(crate) service: &'s Service,
    pub(crate) version: &'s Version,
    pub(crate) operation: &'s Operation,
    pub(crate) received: &'s ReceivedRequest,
    /// The decoded path segments after the version.
    pub(crate) segments: Vec<String>,
}

impl Service {
    pub(crate) fn new(graph: Graph, settings: Settings, origin: String) -> Self {
        Self {
            graph,
            settings,
            origin,
            store: Mutex::default(),
        }
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request.
    pub(crate) fn answer(&self, received: &ReceivedRequest) -> Answer {
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
        if segments == ["$batch"] && received.method == "POST" {
            return batch::answer(self, version, received);
        }
        self.route(version, received, segments)
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
        let Route {
            operation,
            segments,
        } = match found {
            Ok(route) => route,
            Err(Miss::Path) => {
                let message = format!("Resource not found for the segment '{}'.", received.path);
                return Answer::error(404, "BadRequest", message);
            }
            Err(Miss::Method) => {
                let message = format!("The method {} is not allowed here.", received.method);
                return Answer::error(405, "MethodNotAllowed", message);
            }
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
        if let Some(missing) = context.missing_owner() {
            return Answer::not_found(&missing);
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
            OperationKind::Reference => Answer::empty(204),
            OperationKind::Function if self.is_delta() => collections::changes(self),
            OperationKind::Action | OperationKind::Function => calls::call(self),
        }
    }

    fn is_delta(&self) -> bool {
        let last = self.operation.path.segments.last();
        matches!(last, Some(Segment::Function { name, .. }) if name == "delta")
    }

    /// Returns the path of the first `length` segments with the version, the key in the store.
    pub(crate) fn place(&self, length: usize) -> String {
        let mut place = format!("/{}", self.version.api.version.name());
        for (segment, text) in self
            .operation
            .path
            .segments
            .iter()
            .zip(&self.segments)
            .take(length)
        {
            place.push('/');
            // Names are case-insensitive; keys are not.
            match is_key(segment) {
                true => place.push_str(text),
                false => place.push_str(&text.to_ascii_lowercase()),
            }
        }
        place
    }

    /// Returns the path template of the first `length` segments, with keys as `{}`.
    pub(crate) fn template(&self, length: usize) -> String {
        let segments = self.operation.path.segments[..length].iter();
        let segments = segments.map(|segment| match segment {
            Segment::AlternateKey(_) => Segment::Key(KeyParameter {
                name: "id".to_owned(),
                of: None,
            }),
            other => other.clone(),
        });
        let segments = segments.collect();
        generator::model::Path { segments }.normalised()
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

    /// Returns the first key in the path without an item, except for the last segment, which the operation checks.
    fn missing_owner(&self) -> Option<String> {
        let last = self.length().saturating_sub(1);
        let segments = &self.operation.path.segments[..last];
        let keys = segments
            .iter()
            .enumerate()
            .filter(|(_, segment)| is_key(segment));
        for (index, _) in keys {
            let template = self.template(index);
            if seed::type_at(self.version, &template).is_none() {
                continue;
            }
            let key = &self.segments[index];
            let is_there = self.collection(index, |found, _| found.position(key).is_some());
            if !is_there {
                return Some(key.clone());
            }
        }
        None
    }

    /// Runs `work` on the collection at the first `length` segments, which is filled on first access.
    pub(crate) fn collection<T>(
        &self,
        length: usize,
        work: impl FnOnce(&mut Collection, &mut dyn FnMut() -> u64) -> T,
    ) -> T {
        let place = self.place(length);
        let template = self.template(length);
        let mut store = self.service.store();
        let known = store.collections.remove(&place);
        let made_up = self.service.settings.items;
        let mut collection = known.unwrap_or_else(|| {
            let key = key(self.version, &template);
            let items = seed::items(self.version, &template, &key, made_up);
            Collection::new(&key, items)
        });
        let done = work(&mut collection, &mut || store.next_stamp());
        store.collections.insert(place, collection);
        done
    }

    /// Returns the JSON object in the body, or an error answer if it does not fit the type.
    pub(crate) fn body(&self, template: &str) -> Result<crate::store::Item, Answer> {
        let Ok(Value::Object(body)) = serde_json::from_slice(&self.received.body) else {
            return Err(Answer::bad_request("The body is not a JSON object."));
        };
        let ty = seed::type_at(self.version, template);
        match ty.and_then(|id| types::find_mismatch(&self.version.api, id, &body)) {
            Some(fault) => Err(Answer::bad_request(fault)),
            None => Ok(body),
        }
    }

    /// Returns the `@odata.context` URL of the request.
    pub(crate) fn context_url(&self) -> String {
        let name = self.version.api.version.name();
        let path = self.received.path.trim_start_matches('/');
        let path = path.split_once('/').map_or("", |(_, below)| below);
        format!("{}/{name}/$metadata#{}", self.service.origin, decode(path))
    }
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
