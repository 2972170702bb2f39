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
use crate::request::{Client, Error, Operation, Request, ResponseBody};
pub use state::OperationState;

/// The polling interval if the service states none.
const PACE: Duration = Duration::from_secs(5);

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
    pause: Duration,
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
            .map_err(|error| error.of_operation(operation))?;
        let asked = call.address.clone();
        let response = drive(&client, call).await?;
        let started = LongRunning::of(client, operation, &asked, response);
        started.map_err(|error| error.of_operation(operation))
    }
}

impl LongRunning {
    fn of(
        client: Client,
        operation: &'static Operation,
        asked: &Address,
        response: Response<Bytes>,
    ) -> Result<Self, Error> {
        let pause = retry_after(response.headers(), client.clock().now()).unwrap_or(PACE);
        let names = [
            LOCATION.as_str(),
            "operation-location",
            "azure-asyncoperation",
        ];
        let location = names.iter().find_map(|name| response.headers().get(*name));
        let is_begun = response.status().as_u16() == 202;
        let address = match location.filter(|_| is_begun) {
            Some(location) => Some(monitor(&client, asked, location.to_str().unwrap_or("\\"))?),
            None => None,
        };
        let outcome = address.is_none().then(|| Outcome::of(response.into_body()));
        Ok(Self {
            client,
            operation,
            address,
            pause,
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
        place: &Cursor,
    ) -> Result<Self, Error> {
        let base = Address::parse(place.link());
        let base = base.map_err(|error| Error::unreadable("stored monitor", &error))?;
        Ok(Self {
            client: client.clone(),
            operation,
            address: Some(monitor(client, &base, place.link())?),
            pause: Duration::ZERO,
            outcome: None,
        })
    }

    /// The URL of the status monitor, to be stored, or `None` if the operation completed immediately. It may be a credential
    /// itself.
    pub fn place(&self) -> Option<Cursor> {
        let address = self.address.as_ref()?;
        Some(Cursor::new(address.to_text(), &http::HeaderMap::new()))
    }

    /// The delay that the service asks for before the next poll.
    pub fn pause(&self) -> Duration {
        self.pause
    }

    /// Requests the status once.
    pub async fn ask(&mut self) -> Result<OperationState, Error> {
        let Some(address) = self.address.clone().filter(|_| self.outcome.is_none()) else {
            return Ok(OperationState::done());
        };
        let call = Call::get(address, Some(self.operation));
        let response = drive(&self.client, call).await?;
        let now = self.client.clock().now();
        self.pause = retry_after(response.headers(), now).unwrap_or(PACE);
        let state = state::read(&response);
        if state.has_failed() {
            return Err(Error::service(response).of_operation(self.operation));
        }
        if state.is_done() {
            self.outcome = Some(Outcome::of(response.into_body()));
        }
        Ok(state)
    }

    /// Polls the status until the operation completes.
    ///
    /// # Errors
    ///
    /// Returns an error if the operation failed, or if the service asks for a delay above the ceiling of the retry policy; in
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
            self.rest().await?;
            let state = self.ask().await?;
            progress(&state);
        }
    }

    /// Polls the status until the operation completes; blocks the thread.
    #[cfg(feature = "blocking")]
    pub fn wait_blocking(&mut self) -> Result<Outcome, Error> {
        crate::blocking::wait(self.wait())
    }

    async fn rest(&self) -> Result<(), Error> {
        if self.pause > self.client.policies().retry.ceiling {
            let error = Error::limit("the service is slower than the client may wait");
            let error = error.with_retry_after(Some(self.pause));
            return Err(error.of_operation(self.operation));
        }
        self.client.tell(&Wait {
            duration: self.pause,
            reason: WaitReason::Pending,
            tries: 1,
            operation: Some(self.operation),
        });
        self.client.clock().sleep(self.pause).await;
        Ok(())
    }
}

/// The URL of a status monitor, if its host is allowed.
fn monitor(client: &Client, asked: &Address, location: &str) -> Result<Address, Error> {
    let address = asked.join(location);
    let address = address.map_err(|error| Error::unreadable("monitor", &error))?;
    let reach = client.policies().hosts.reach(&address);
    reach.map_err(|error| Error::foreign("monitor", error))?;
    Ok(address)
}

impl Outcome {
    fn of(body: Bytes) -> Self {
        let value: Value = serde_json::from_slice(&body).unwrap_or_default();
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
    pub fn read<T: ResponseBody>(&self) -> Result<T, Error> {
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
            .field("pause", &self.pause);
        shown.finish_non_exhaustive()
    }
}
