//! An upload session.

use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, Response, StatusCode};
use serde_json::Value;

use super::UploadSource;
use super::ranges::Ranges;
use crate::hosts::Address;
use crate::pipeline::{Call, drive};
use crate::request::{Client, Error, Operation, Request, ResponseBody, without_bom};

/// Slices of files are multiples of this size.
const UNIT: u64 = 320 * 1024;

/// The number of times the service may request the same bytes without progress.
const REPEATS: u32 = 4;

/// An upload to an upload session. The URL of the session is itself a credential: no token is sent to it, and it is never
/// printed. If [`send`](Self::send) returns an error, it can be called again. To continue after a restart, store the
/// [`url`](Self::url) and call [`resume`](Self::resume). The service keeps track of the bytes that it has received.
///
/// ```
/// # use graphwright_runtime::{Error, FileSource, Request, Upload, Value};
/// async fn upload(create_session: Request<Value>, file: FileSource) -> Result<(), Error> {
///     let mut upload = Upload::create(create_session, file).await?
///         .on_progress(|progress| eprintln!("{} of {}", progress.sent, progress.total));
///     let item: Value = upload.send().await?.deserialize()?;
///     println!("{item}");
///     Ok(())
/// }
/// ```
pub struct Upload<S> {
    client: Client,
    address: Address,
    source: S,
    slice_size: u64,
    ranges: Ranges,
    /// Whether the status of the session has to be requested before the next slice.
    needs_status: bool,
    /// The largest number of bytes received so far, and the number of responses that did not exceed it.
    max_sent: u64,
    repeats: u32,
    on_progress: Option<Box<dyn FnMut(Progress) + Send>>,
    operation: Option<&'static Operation>,
}

/// The progress of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The number of bytes received by the service.
    pub sent: u64,
    /// The number of bytes of the file.
    pub total: u64,
}

/// The last response of a completed upload.
#[derive(Clone)]
pub struct Uploaded {
    response: Response<Bytes>,
    is_committed: bool,
}

impl<S: UploadSource> Upload<S> {
    /// Sends a request that creates an upload session, and prepares the upload.
    ///
    /// # Errors
    ///
    /// Returns an error if the request fails or its response has no `uploadUrl`.
    pub async fn create<T>(create_session: Request<T>, source: S) -> Result<Self, Error> {
        let raw = create_session.into_raw();
        let (client, operation) = (raw.client().clone(), raw.operation());
        let response = raw.send().await?;
        let body: Value = serde_json::from_slice(without_bom(response.body())).unwrap_or_default();
        let upload = match body.get("uploadUrl").and_then(Value::as_str) {
            Some(url) => Self::new(&client, url, source),
            None => Err(Error::content(response, "the response has no `uploadUrl`")),
        };
        let mut upload = upload.map_err(|error| error.with_operation(operation))?;
        upload.operation = Some(operation);
        Ok(upload)
    }

    /// Prepares an upload to the URL of a new session.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is invalid, its host is not allowed, or the source is empty.
    pub fn new(client: &Client, url: &str, source: S) -> Result<Self, Error> {
        let address = Address::parse(url);
        let address = address.map_err(|error| Error::invalid_address("upload address", &error))?;
        let reach = client.policies().hosts.reach(&address);
        reach.map_err(|error| Error::disallowed_host("upload address", error))?;
        let total = source.length();
        if total == 0 {
            return Err(Error::invalid_request(
                "an upload session needs at least one byte",
            ));
        }
        Ok(Self {
            client: client.clone(),
            address,
            source,
            slice_size: 16 * UNIT,
            ranges: Ranges::whole(total),
            needs_status: false,
            max_sent: 0,
            repeats: 0,
            on_progress: None,
            operation: None,
        })
    }

    /// Continues an upload session that may have received part of the file.
    pub fn resume(client: &Client, url: &str, source: S) -> Result<Self, Error> {
        let mut upload = Self::new(client, url, source)?;
        upload.needs_status = true;
        Ok(upload)
    }

    /// Sets the slice size in bytes, which must be a multiple of 320 KiB. The default is 5 MiB.
    ///
    /// # Errors
    ///
    /// Returns an error if the size is not a multiple of 320 KiB.
    pub fn slice_size(mut self, bytes: u64) -> Result<Self, Error> {
        if bytes == 0 || !bytes.is_multiple_of(UNIT) {
            return Err(Error::invalid_request(
                "the slice size must be a multiple of 327,680 bytes",
            ));
        }
        self.slice_size = bytes;
        Ok(self)
    }

    /// Sets the slice size in bytes, for sessions that do not require a multiple of 320 KiB.
    pub fn unaligned_slice_size(mut self, bytes: u64) -> Self {
        self.slice_size = bytes.max(1);
        self
    }

    /// Sets a callback that is called after each slice.
    pub fn on_progress(mut self, hook: impl FnMut(Progress) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(hook));
        self
    }

    /// The URL of the session, to be stored. It allows everyone who has it to write to the file.
    pub fn url(&self) -> String {
        self.address.to_text()
    }

    /// The progress of the upload.
    pub fn progress(&self) -> Progress {
        Progress {
            sent: self.ranges.sent(),
            total: self.source.length(),
        }
    }

    /// Sends all bytes that the service has not received yet. In a session with `deferCommit` the service creates the file only
    /// after [`commit`](Self::commit); [`Uploaded::is_committed`] is then false.
    pub async fn send(&mut self) -> Result<Uploaded, Error> {
        loop {
            if self.needs_status {
                let response = self.request_status().await?;
                self.apply_response(&response, None)?;
                self.needs_status = false;
                if self.ranges.next(self.slice_size).is_none() {
                    return Ok(Uploaded::new(response, false));
                }
            }
            let Some((start, length)) = self.ranges.next(self.slice_size) else {
                return Err(self.with_operation(Error::invalid_request(
                    "all bytes of the file were already sent",
                )));
            };
            // Until the response arrives, it is unknown whether the service received the slice.
            self.needs_status = true;
            let response = match self.send_slice(start, length).await {
                Ok(response) => response,
                // The service has received these bytes already: the response to an earlier try was lost.
                Err(error) if error.status() == Some(StatusCode::RANGE_NOT_SATISFIABLE) => {
                    self.repeats += 1;
                    if self.repeats > REPEATS {
                        return Err(error);
                    }
                    continue;
                }
                Err(error) => return Err(error),
            };
            self.needs_status = false;
            let is_committed = self.is_committed(&response);
            if is_committed {
                self.ranges = Ranges::none(self.source.length());
            } else {
                self.apply_response(&response, Some((start, length)))?;
            }
            self.report_progress();
            if self.ranges.next(self.slice_size).is_none() {
                let is_deferred = response.status() == StatusCode::ACCEPTED;
                return Ok(Uploaded::new(response, is_committed || !is_deferred));
            }
        }
    }

    /// Creates the file from the bytes of a session with `deferCommit`.
    pub async fn commit(&mut self) -> Result<Uploaded, Error> {
        let mut call = self.call();
        call.method = Method::POST;
        let length = HeaderValue::from_static("0");
        call.headers.insert(CONTENT_LENGTH, length);
        let response = drive(&self.client, call).await?;
        Ok(Uploaded::new(response, true))
    }

    /// Creates the file from the bytes of a session with `deferCommit`; blocks the thread.
    #[cfg(feature = "blocking")]
    pub fn commit_blocking(&mut self) -> Result<Uploaded, Error> {
        crate::blocking::wait(self.commit())
    }

    /// Whether the response to a slice states that the file was created: `201`, or another success with an item instead of
    /// expected ranges. Outlook answers `200` with ranges between slices.
    fn is_committed(&self, response: &Response<Bytes>) -> bool {
        let body: Value = serde_json::from_slice(without_bom(response.body())).unwrap_or_default();
        let has_ranges = Ranges::parse(&body, self.source.length()).is_some();
        let has_item = body.as_object().is_some_and(|item| !item.is_empty());
        match response.status() {
            StatusCode::CREATED => true,
            StatusCode::ACCEPTED => false,
            _ => has_item && !has_ranges,
        }
    }

    /// Sends all bytes that the service has not received yet; blocks the thread.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(&mut self) -> Result<Uploaded, Error> {
        crate::blocking::wait(self.send())
    }

    /// Cancels the session; the service discards the received bytes.
    pub async fn cancel(self) -> Result<(), Error> {
        let mut call = self.call();
        call.method = Method::DELETE;
        drive(&self.client, call).await.map(drop)
    }

    async fn request_status(&mut self) -> Result<Response<Bytes>, Error> {
        drive(&self.client, self.call()).await
    }

    async fn send_slice(&mut self, start: u64, length: u64) -> Result<Response<Bytes>, Error> {
        let mut call = self.call();
        let room = usize::try_from(length).unwrap_or(usize::MAX);
        let slice = self.source.read(start, room).await;
        let slice = slice.and_then(|slice| {
            let is_whole = slice.len() == room;
            let short = || std::io::Error::other("the source returned fewer bytes than requested");
            if is_whole { Ok(slice) } else { Err(short()) }
        });
        call.body = slice
            .map_err(|error| Error::invalid_request(format!("the file cannot be read: {error}")))?;
        call.method = Method::PUT;
        let total = self.source.length();
        let range = format!("bytes {start}-{}/{total}", start + length - 1);
        if let Ok(range) = HeaderValue::from_str(&range) {
            call.headers.insert(CONTENT_RANGE, range);
        }
        let kind = HeaderValue::from_static("application/octet-stream");
        call.headers.insert(CONTENT_TYPE, kind);
        drive(&self.client, call).await
    }

    fn call(&self) -> Call {
        let mut call = Call::get(self.address.clone(), self.operation);
        call.is_unsigned = true;
        call
    }

    /// Updates the expected ranges from a response to `slice`.
    fn apply_response(
        &mut self,
        response: &Response<Bytes>,
        slice: Option<(u64, u64)>,
    ) -> Result<(), Error> {
        let body: Value = serde_json::from_slice(without_bom(response.body())).unwrap_or_default();
        match (Ranges::parse(&body, self.source.length()), slice) {
            (Some(ranges), _) => self.ranges = ranges,
            (None, Some((start, length))) => self.ranges.mark_received(start, length),
            (None, None) => {
                let error = Error::content(
                    response.clone(),
                    "the response has no valid `nextExpectedRanges`",
                );
                return Err(self.with_operation(error));
            }
        }
        let sent = self.ranges.sent();
        self.repeats = if sent > self.max_sent || slice.is_none() {
            self.repeats
        } else {
            self.repeats + 1
        };
        if sent > self.max_sent {
            (self.max_sent, self.repeats) = (sent, 0);
        }
        if self.repeats > REPEATS {
            let error = Error::loop_detected(
                "the service requested the same bytes repeatedly without progress",
            );
            return Err(self.with_operation(error));
        }
        Ok(())
    }

    fn report_progress(&mut self) {
        let progress = self.progress();
        if let Some(hook) = &mut self.on_progress {
            hook(progress);
        }
    }

    fn with_operation(&self, error: Error) -> Error {
        match self.operation {
            Some(operation) => error.with_operation(operation),
            None => error,
        }
    }
}

impl Uploaded {
    fn new(response: Response<Bytes>, is_committed: bool) -> Self {
        Self {
            response,
            is_committed,
        }
    }

    /// Whether the file was created. If not, the session has `deferCommit`, and [`Upload::commit`] creates the file.
    pub fn is_committed(&self) -> bool {
        self.is_committed
    }

    /// The status: `201` for a new file, `200` for a new version of a file.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers; some services send a `Location`.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// Deserializes the body, which is the created item.
    pub fn deserialize<T: ResponseBody>(&self) -> Result<T, Error> {
        T::from_response(self.response.clone())
    }
}

impl fmt::Debug for Uploaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uploaded({})", self.response.status())
    }
}

impl<S> fmt::Debug for Upload<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Upload");
        shown
            .field("address", &self.address)
            .field("sent", &self.ranges.sent());
        shown.finish_non_exhaustive()
    }
}
