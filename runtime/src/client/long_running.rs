//! Long-running operations: started by one request, then polled at the interval that the service asks for.

mod state;
#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http::header::LOCATION;
use serde_json::Value;

use crate::hosts::Address;
use crate::paging::Cursor;
use crate::pipeline::{Call, Wait, WaitReason, drive, retry_after};
use crate::request::{Client, Error, Operation, Request, ResponseBody, without_bom};
pub use state::OperationState;

/// The polling interval if the service states none.
const DEFAULT_POLL_DELAY: Duration = Duration::from_secs(5);

/// A long-running operation that the service has accepted.
///
/// ```
/// # use graphwright_runtime::{Error, Request, Value};
/// async fn copy(request: Request<Value>) -> Result<(), Error> {
///     let mut operation = request.start().await?;
///     let outcome = operation.wait().await?;
///     println!("{:?} {:?}", outcome.resource(), outcome.body());
///     Ok(())
/// }
/// ```
pub struct LongRunning {
    client: Client,
    operation: &'static Operation,
    /// The URL of the status monitor, or `None` if the operation completed immediately.
    address: Option<Address>,
    poll_delay: Duration,
    outcome: Option<Outcome>,
}

/// The result of a long-running operation.
#[derive(Clone, PartialEq, Eq)]
pub struct Outcome {
    body: Bytes,
    resource: Option<String>,
}

impl<T> Request<T> {
    /// Sends the request and returns the operation that it starts.
    pub async fn start(self) -> Result<LongRunning, Error> {
        let raw = self.into_raw();
        let operation = raw.operation();
        let client = raw.client().clone();
        let call = raw
            .to_call()
            .map_err(|error| error.with_operation(operation))?;
        let request_address = call.address.clone();
        let response = drive(&client, call).await?;
        let started = LongRunning::from_response(client, operation, &request_address, response);
        started.map_err(|error| error.with_operation(operation))
    }
}

impl LongRunning {
    fn from_response(
        client: Client,
        operation: &'static Operation,
        request_address: &Address,
        response: Response<Bytes>,
    ) -> Result<Self, Error> {
        let poll_delay =
            retry_after(response.headers(), client.clock().now()).unwrap_or(DEFAULT_POLL_DELAY);
        let names = [
            LOCATION.as_str(),
            "operation-location",
            "azure-asyncoperation",
        ];
        let location = names.iter().find_map(|name| response.headers().get(*name));
        let is_accepted = response.status().as_u16() == 202;
        let address = match location.filter(|_| is_accepted) {
            Some(location) => Some(resolve_monitor(
                &client,
                request_address,
                location.to_str().unwrap_or("\\"),
            )?),
            None => None,
        };
        let outcome = address
            .is_none()
            .then(|| Outcome::new(response.into_body()));
        Ok(Self {
            client,
            operation,
            address,
            poll_delay,
            outcome,
        })
    }

    /// Resumes an operation from a stored cursor.
    ///
    /// # Errors
    ///
    /// Returns an error if the host of the cursor is not allowed for this client.
    pub fn resume(
        client: &Client,
        operation: &'static Operation,
        cursor: &Cursor,
    ) -> Result<Self, Error> {
        let base = Address::parse(cursor.link());
        let base = base.map_err(|error| Error::invalid_address("stored monitor", &error))?;
        Ok(Self {
            client: client.clone(),
            operation,
            address: Some(resolve_monitor(client, &base, cursor.link())?),
            poll_delay: Duration::ZERO,
            outcome: None,
        })
    }

    /// The URL of the status monitor, to be stored, or `None` if the operation completed immediately. It may be a credential
    /// itself.
    pub fn cursor(&self) -> Option<Cursor> {
        let address = self.address.as_ref()?;
        Some(Cursor::new(address.to_text(), &http::HeaderMap::new()))
    }

    /// The delay that the service asks for before the next poll.
    pub fn poll_delay(&self) -> Duration {
        self.poll_delay
    }

    /// Requests the status once.
    pub async fn poll(&mut self) -> Result<OperationState, Error> {
        let Some(address) = self.address.clone().filter(|_| self.outcome.is_none()) else {
            return Ok(OperationState::done());
        };
        let call = Call::get(address, Some(self.operation));
        let response = drive(&self.client, call).await?;
        let now = self.client.clock().now();
        self.poll_delay = retry_after(response.headers(), now).unwrap_or(DEFAULT_POLL_DELAY);
        let state = state::read(&response);
        if state.has_failed() {
            return Err(Error::service(response).with_operation(self.operation));
        }
        if state.is_done() {
            self.outcome = Some(Outcome::new(response.into_body()));
        }
        Ok(state)
    }

    /// Polls the status until the operation completes.
    ///
    /// # Errors
    ///
    /// Returns an error if the operation failed, or if the service asks for a delay above `max_retry_after` of the retry policy; in
    /// this case the operation can be resumed later.
    pub async fn wait(&mut self) -> Result<Outcome, Error> {
        self.wait_with(|_| {}).await
    }

    /// Polls the status until the operation completes, and calls `progress` with every status.
    pub async fn wait_with(
        &mut self,
        mut progress: impl FnMut(&OperationState) + Send,
    ) -> Result<Outcome, Error> {
        loop {
            if let Some(outcome) = &self.outcome {
                return Ok(outcome.clone());
            }
            self.sleep().await?;
            let state = self.poll().await?;
            progress(&state);
        }
    }

    /// Polls the status until the operation completes; blocks the thread.
    #[cfg(feature = "blocking")]
    pub fn wait_blocking(&mut self) -> Result<Outcome, Error> {
        crate::blocking::wait(self.wait())
    }

    async fn sleep(&self) -> Result<(), Error> {
        if self.poll_delay > self.client.policies().retry.max_retry_after {
            let error =
                Error::limit("the delay that the service requests is above `max_retry_after`");
            let error = error.with_retry_after(Some(self.poll_delay));
            return Err(error.with_operation(self.operation));
        }
        self.client.notify_wait(&Wait {
            duration: self.poll_delay,
            reason: WaitReason::Pending,
            tries: 1,
            operation: Some(self.operation),
        });
        self.client.clock().sleep(self.poll_delay).await;
        Ok(())
    }
}

/// The URL of a status monitor, if its host is allowed.
fn resolve_monitor(
    client: &Client,
    request_address: &Address,
    location: &str,
) -> Result<Address, Error> {
    let address = request_address.join(location);
    let address = address.map_err(|error| Error::invalid_address("monitor", &error))?;
    let reach = client.policies().hosts.reach(&address);
    reach.map_err(|error| Error::disallowed_host("monitor", error))?;
    Ok(address)
}

impl Outcome {
    fn new(body: Bytes) -> Self {
        let value: Value = serde_json::from_slice(without_bom(&body)).unwrap_or_default();
        let names = ["resourceLocation", "targetResourceLocation", "resourceId"];
        let resource = names.iter().find_map(|name| value.get(name)?.as_str());
        Self {
            resource: resource.map(str::to_owned),
            body,
        }
    }

    /// The body of the last response.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The URL or id of the created resource, if the last response names it.
    pub fn resource(&self) -> Option<&str> {
        self.resource.as_deref()
    }

    /// Deserializes the last response.
    pub fn deserialize<T: ResponseBody>(&self) -> Result<T, Error> {
        T::from_response(Response::new(self.body.clone()))
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outcome({} bytes)", self.body.len())
    }
}

impl fmt::Debug for LongRunning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("LongRunning");
        shown
            .field("address", &self.address)
            .field("poll_delay", &self.poll_delay);
        shown.finish_non_exhaustive()
    }
}
