//! JSON batching: many requests in one call.

mod part;
mod written;
mod read;
mod plan;
#[cfg(test)]
mod tests;

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use http::{Method, Response};

use crate::hosts::Address;
use crate::pipeline::{Call, Wait, WaitReason, drive};
use crate::request::{Client, Error, Request, ResponseBody};
use part::Part;
use plan::Plan;

/// A batch of any number of requests. Up to twenty are sent per call. A request added with [`add_after`](Self::add_after) is
/// sent only if the requests it depends on succeed, even if it is part of a later call. Throttled requests are retried
/// individually.
///
/// ```
/// # use graphwright_runtime::{Batch, Error, Page, Request, ResponseBody};
/// # async fn example<A: ResponseBody, B: ResponseBody>(create: Request<A>, list: Request<B>) -> Result<(), Error> {
/// let mut batch = Batch::new();
/// let created = batch.add(create);
/// let listed = batch.add_after(list, &[created.id()]);
/// let mut answers = batch.send().await;
/// let created: A = answers.take(created)?;
/// let listed: B = answers.take(listed)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Batch {
    number: u64,
    client: Option<Client>,
    parts: Vec<Part>,
}

/// A request of a batch, with the type of its response.
pub struct BatchPart<T> {
    id: BatchId,
    answer: PhantomData<fn() -> T>,
}

/// The id of a request in a batch, for the requests that depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchId {
    batch: u64,
    index: usize,
}

/// The responses to the requests of a batch.
#[derive(Debug)]
pub struct BatchResponses {
    number: u64,
    parts: Vec<Part>,
}

impl Default for Batch {
    fn default() -> Self {
        static NUMBERS: AtomicU64 = AtomicU64::new(0);
        Self {
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
            client: None,
            parts: Vec::new(),
        }
    }
}

impl Batch {
    /// Creates an empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of requests.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether the batch has no requests.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Adds a request. The client of the first request sends all of them. An invalid request yields its error as its response.
    pub fn add<T>(&mut self, request: Request<T>) -> BatchPart<T> {
        self.add_after(request, &[])
    }

    /// Adds a request that depends on the success of others.
    pub fn add_after<T>(&mut self, request: Request<T>, after: &[BatchId]) -> BatchPart<T> {
        let raw = request.into_raw();
        let client = self.client.get_or_insert_with(|| raw.client().clone());
        let index = self.parts.len();
        let mut part = Part::new(&raw, client.base_url());
        for id in after {
            if id.batch == self.number && id.index < index {
                part.after.push(id.index);
            } else {
                part.fail(Error::invalid_request(
                    "it depends on a request of another batch",
                ));
            }
        }
        part.after.sort_unstable();
        part.after.dedup();
        self.parts.push(part);
        let id = BatchId {
            batch: self.number,
            index,
        };
        BatchPart {
            id,
            answer: PhantomData,
        }
    }

    /// Sends all requests. If a whole call fails, its error is the response of all requests that have none yet.
    pub async fn send(self) -> BatchResponses {
        let mut plan = Plan::new(self.parts);
        if let Some(client) = &self.client
            && let Err(error) = run(client, &mut plan).await
        {
            plan.fail(&error);
        }
        BatchResponses {
            number: self.number,
            parts: plan.into_parts(),
        }
    }

    /// Sends all requests; blocks the thread.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> BatchResponses {
        crate::blocking::wait(self.send())
    }
}

/// Makes one call after another.
async fn run(client: &Client, plan: &mut Plan) -> Result<(), Error> {
    let address = Address::parse(&format!("{}/$batch", client.base_url()));
    let address = address.map_err(|error| Error::invalid_request(error.to_string()))?;
    while let Some(body) = plan.next_call() {
        let mut call = Call::get(address.clone(), None);
        let json = HeaderValue::from_static("application/json");
        call.method = Method::POST;
        call.headers.insert(CONTENT_TYPE, json.clone());
        call.headers.insert(ACCEPT, json);
        call.is_idempotent = plan.is_idempotent();
        call.body = body;
        let response: Response<Bytes> = drive(client, call).await?;
        let policies = client.policies();
        let wait = plan.answered(response, policies, client.clock().now())?;
        if let Some((duration, status)) = wait {
            client.notify_wait(&Wait {
                duration,
                reason: WaitReason::Status(status),
                tries: 1,
                operation: None,
            });
            client.clock().sleep(duration).await;
        }
    }
    Ok(())
}

impl<T> BatchPart<T> {
    /// The id, for requests that depend on this one.
    pub fn id(&self) -> BatchId {
        self.id
    }
}

impl<T> Clone for BatchPart<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for BatchPart<T> {}

impl<T> fmt::Debug for BatchPart<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BatchPart({})", self.id.index)
    }
}

impl BatchResponses {
    /// Takes the response to a request.
    pub fn take<T: ResponseBody>(&mut self, part: BatchPart<T>) -> Result<T, Error> {
        let is_ours = part.id.batch == self.number;
        let found = self.parts.get_mut(part.id.index).filter(|_| is_ours);
        let Some(found) = found else {
            return Err(Error::invalid_request(
                "the request belongs to another batch",
            ));
        };
        let operation = found.operation;
        let read = found.take().and_then(T::from_response);
        read.map_err(|error| error.with_operation(operation))
    }
}
