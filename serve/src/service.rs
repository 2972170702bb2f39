//! Requests in, answers out, without a network: which operation is meant, whether it is allowed, and who does it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use generator::model::{Operation, OperationKind, Segment};
use serde_json::Value;

use crate::answer::Answer;
use crate::asked::{Asked, decode};
use crate::graph::{Graph, Version};
use crate::routes::{Miss, is_key};
use crate::settings::Settings;
use crate::store::{Collection, Store};
use crate::{batch, calls, collections, instances, scopes, seed, sign_in, types, upload};

/// What answers: the description, the settings, and the state.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) graph: Graph,
    pub(crate) settings: Settings,
    /// The address of the server, without a slash at the end.
    pub(crate) origin: String,
    store: Mutex<Store>,
}

/// A request of a known operation, for those who do it.
pub(crate) struct Context<'s> {
    pub(crate) service: &'s Service,
    pub(crate) version: &'s Version,
    pub(crate) operation: &'s Operation,
    pub(crate) asked: &'s Asked,
    /// The segments behind the version.
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
    pub(crate) fn answer(&self, asked: &Asked) -> Answer {
        let beside = upload::answer(self, asked)
            .or_else(|| calls::monitored(self, asked))
            .or_else(|| sign_in::answer(self, asked));
        if let Some(answer) = beside {
            return answer;
        }
        let name = asked.path.trim_start_matches('/').split('/').next();
        let Some(version) = name.and_then(|name| self.graph.version(name)) else {
            return Answer::bad_request("Invalid version.");
        };
        let segments = asked.segments();
        if segments == ["$batch"] && asked.method == "POST" {
            return batch::answer(self, version, asked);
        }
        self.route(version, asked, segments)
    }

    fn route(&self, version: &Version, asked: &Asked, mut segments: Vec<String>) -> Answer {
        let mut found = version.routes.find(&version.api, &asked.method, &segments);
        // A list that is documented can be counted, whether that is documented or not.
        let is_count = found.is_err() && segments.last().is_some_and(|last| last == "$count");
        if is_count {
            segments.pop();
            found = version.routes.find(&version.api, &asked.method, &segments);
        }
        let operation = match found {
            Ok(operation) => operation,
            Err(Miss::Path) => {
                let message = format!("Resource not found for the segment '{}'.", asked.path);
                return Answer::error(404, "BadRequest", message);
            }
            Err(Miss::Method) => {
                let message = format!("The method {} is not allowed here.", asked.method);
                return Answer::error(405, "MethodNotAllowed", message);
            }
        };
        if self.settings.checks_scopes
            && !asked.is_own
            && let Some(refusal) = scopes::refusal(asked, operation)
        {
            return refusal;
        }
        let context = Context {
            service: self,
            version,
            operation,
            asked,
            segments,
        };
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

    /// The path of the first so many segments, with the version: what things are kept by.
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
            // Names go in any case; keys go as they are.
            match is_key(segment) {
                true => place.push_str(text),
                false => place.push_str(&text.to_ascii_lowercase()),
            }
        }
        place
    }

    /// The path of the first so many segments, with keys as `{}`.
    pub(crate) fn template(&self, length: usize) -> String {
        let segments = self.operation.path.segments[..length].to_vec();
        generator::model::Path { segments }.normalised()
    }

    /// How many segments there are.
    pub(crate) fn length(&self) -> usize {
        self.segments.len().min(self.operation.path.segments.len())
    }

    /// The first key in the path that leads to nothing. The last segment is left to those who look at it.
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

    /// Works on the collection that the first so many segments lead to, and fills it first if nobody asked before.
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

    /// The JSON object that was sent, or what is wrong with it.
    pub(crate) fn body(&self, template: &str) -> Result<crate::store::Item, Answer> {
        let Ok(Value::Object(body)) = serde_json::from_slice(&self.asked.body) else {
            return Err(Answer::bad_request("The body is no JSON object."));
        };
        let ty = seed::type_at(self.version, template);
        match ty.and_then(|id| types::fault(&self.version.api, id, &body)) {
            Some(fault) => Err(Answer::bad_request(fault)),
            None => Ok(body),
        }
    }

    /// The address of what is at the request's path.
    pub(crate) fn context_url(&self) -> String {
        let name = self.version.api.version.name();
        let path = self.asked.path.trim_start_matches('/');
        let path = path.split_once('/').map_or("", |(_, below)| below);
        format!("{}/{name}/$metadata#{}", self.service.origin, decode(path))
    }
}

/// The key property of the items of a collection.
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
