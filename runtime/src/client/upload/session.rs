//! An upload session: slices go out, and the service says what it still needs.

use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, Response, StatusCode};
use serde_json::Value;

use super::UploadSource;
use super::ranges::Ranges;
use crate::hosts::Address;
use crate::pipeline::{Call, drive};
use crate::request::{Client, Error, Operation, Request, ResponseBody};

/// What slices of files are multiples of.
const UNIT: u64 = 320 * 1024;

/// How often the service may ask for the same bytes again.
const REPEATS: u32 = 4;

/// A large file on its way. Its address is a secret by itself: it gets no token, and nothing prints it. Should
/// [`send`](Self::send) fail, call it again; or store the [`url`](Self::url), and go on after a restart with
/// [`resume`](Self::resume). The service says what it has.
///
/// ```
/// # use graphwright_runtime::{Error, FileSource, Request, Upload, Value};
/// async fn upload(create_session: Request<Value>, file: FileSource) -> Result<(), Error> {
///     let mut upload = Upload::begin(create_session, file).await?
///         .on_progress(|progress| eprintln!("{} of {}", progress.sent, progress.total));
///     let item: Value = upload.send().await?.read()?;
///     println!("{item}");
///     Ok(())
/// }
/// ```
pub struct Upload<S> {
    client: Client,
    address: Address,
    source: S,
    slice: u64,
    ranges: Ranges,
    /// Whether the service has to be asked what it has.
    is_unsure: bool,
    /// The most bytes that the service ever had, and how often that did not grow.
    most: u64,
    repeats: u32,
    on_progress: Option<Box<dyn FnMut(Progress) + Send>>,
    operation: Option<&'static Operation>,
}

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many bytes the service has.
    pub sent: u64,
    /// How many there are.
    pub total: u64,
}

/// The last answer: what became of the file.
#[derive(Clone)]
pub struct Uploaded {
    response: Response<Bytes>,
}

impl<S: UploadSource> Upload<S> {
    /// Sends a request that creates a session, and prepares to send the file there.
    pub async fn begin<T>(create_session: Request<T>, source: S) -> Result<Self, Error> {
        let raw = create_session.into_raw();
        let (client, operation) = (raw.client().clone(), raw.operation());
        let response = raw.send().await?;
        let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let made = match body.get("uploadUrl").and_then(Value::as_str) {
            Some(url) => Self::to(&client, url, source),
            None => Err(Error::content(response, "it names no address to upload to")),
        };
        let mut upload = made.map_err(|error| error.of_operation(operation))?;
        upload.operation = Some(operation);
        Ok(upload)
    }

    /// Prepares to send a file to the address of a new session.
    pub fn to(client: &Client, url: &str, source: S) -> Result<Self, Error> {
        let address = Address::parse(url);
        let address = address.map_err(|error| Error::unreadable("upload address", &error))?;
        let reach = client.policies().hosts.reach(&address);
        reach.map_err(|error| Error::foreign("upload address", error))?;
        let total = source.length();
        if total == 0 {
            return Err(Error::invalid_request("a session takes no empty file"));
        }
        Ok(Self {
            client: client.clone(),
            address,
            source,
            slice: 16 * UNIT,
            ranges: Ranges::whole(total),
            is_unsure: false,
            most: 0,
            repeats: 0,
            on_progress: None,
            operation: None,
        })
    }

    /// Prepares to go on with a session that has part of the file.
    pub fn resume(client: &Client, url: &str, source: S) -> Result<Self, Error> {
        let mut upload = Self::to(client, url, source)?;
        upload.is_unsure = true;
        Ok(upload)
    }

    /// Slices of so many bytes, a multiple of 320 KiB: 5 MiB unless told.
    pub fn slice(mut self, bytes: u64) -> Result<Self, Error> {
        if bytes == 0 || !bytes.is_multiple_of(UNIT) {
            return Err(Error::invalid_request(
                "a slice is a multiple of 327,680 bytes",
            ));
        }
        self.slice = bytes;
        Ok(self)
    }

    /// Slices of so many bytes, for sessions that ask for no multiple.
    pub fn slice_of_any_size(mut self, bytes: u64) -> Self {
        self.slice = bytes.max(1);
        self
    }

    /// Is told after each slice how far it is.
    pub fn on_progress(mut self, hook: impl FnMut(Progress) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(hook));
        self
    }

    /// The address of the session, to be stored. Whoever has it can write to the file.
    pub fn url(&self) -> String {
        self.address.to_text()
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress {
            sent: self.ranges.sent(),
            total: self.source.length(),
        }
    }

    /// Sends what the service does not have, slice by slice.
    pub async fn send(&mut self) -> Result<Uploaded, Error> {
        loop {
            if self.is_unsure {
                let answer = self.status().await?;
                self.took(&answer, None)?;
                self.is_unsure = false;
            }
            let Some((start, length)) = self.ranges.next(self.slice) else {
                return Err(self.known(Error::circle(
                    "the service has all of the file, and yet no file",
                )));
            };
            // Until the answer is here, nobody knows what the service has.
            self.is_unsure = true;
            let answer = match self.put(start, length).await {
                Ok(answer) => answer,
                // It has these bytes: the answer that said so was lost.
                Err(error) if error.status() == Some(StatusCode::RANGE_NOT_SATISFIABLE) => {
                    self.repeats += 1;
                    if self.repeats > REPEATS {
                        return Err(error);
                    }
                    continue;
                }
                Err(error) => return Err(error),
            };
            self.is_unsure = false;
            if answer.status() != StatusCode::ACCEPTED {
                self.ranges.arrived(start, length);
                self.tell();
                return Ok(Uploaded { response: answer });
            }
            self.took(&answer, Some((start, length)))?;
            self.tell();
        }
    }

    /// Sends what the service does not have, without `async`.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(&mut self) -> Result<Uploaded, Error> {
        crate::blocking::wait(self.send())
    }

    /// Ends the session: what was sent is lost.
    pub async fn cancel(self) -> Result<(), Error> {
        let mut call = self.call();
        call.method = Method::DELETE;
        drive(&self.client, call).await.map(drop)
    }

    async fn status(&mut self) -> Result<Response<Bytes>, Error> {
        drive(&self.client, self.call()).await
    }

    async fn put(&mut self, start: u64, length: u64) -> Result<Response<Bytes>, Error> {
        let mut call = self.call();
        let room = usize::try_from(length).unwrap_or(usize::MAX);
        let slice = self.source.read(start, room).await;
        let slice = slice.and_then(|slice| {
            let is_whole = slice.len() == room;
            let short = || std::io::Error::other("the source gave less than it was asked for");
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

    /// What the service says it needs; `slice` is what was sent.
    fn took(&mut self, answer: &Response<Bytes>, slice: Option<(u64, u64)>) -> Result<(), Error> {
        let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        match (Ranges::read(&body, self.source.length()), slice) {
            (Some(ranges), _) => self.ranges = ranges,
            (None, Some((start, length))) => self.ranges.arrived(start, length),
            (None, None) => {
                let error = Error::content(answer.clone(), "it does not say what it needs");
                return Err(self.known(error));
            }
        }
        let sent = self.ranges.sent();
        self.repeats = if sent > self.most || slice.is_none() {
            self.repeats
        } else {
            self.repeats + 1
        };
        if sent > self.most {
            (self.most, self.repeats) = (sent, 0);
        }
        if self.repeats > REPEATS {
            let error = Error::circle("the service asks for the same bytes again and again");
            return Err(self.known(error));
        }
        Ok(())
    }

    fn tell(&mut self) {
        let progress = self.progress();
        if let Some(hook) = &mut self.on_progress {
            hook(progress);
        }
    }

    fn known(&self, error: Error) -> Error {
        match self.operation {
            Some(operation) => error.of_operation(operation),
            None => error,
        }
    }
}

impl Uploaded {
    /// The status: `201` for a new file, `200` for a new state of one.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers: some sessions answer with a `Location`.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// What it has become.
    pub fn read<T: ResponseBody>(&self) -> Result<T, Error> {
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
