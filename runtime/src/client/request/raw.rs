//! The part of a request that does not depend on the type of its response.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use super::{Body, Client, Error, Operation, encoding, headers};
use crate::hosts::Address;
use crate::pipeline::{BodySource, Call, Exchange, drive};

/// A request without the type of its response.
#[derive(Clone, Debug)]
pub struct RawRequest {
    client: Client,
    operation: &'static Operation,
    /// Below the base URL, or a complete URL without its query.
    pub(super) path: String,
    pub(super) is_absolute: bool,
    pub(super) query: Vec<QueryOption>,
    pub(super) headers: HeaderMap,
    /// The names of headers that still have the default values of the client.
    pub(super) replaceable: Vec<HeaderName>,
    body: Bytes,
    /// The source of a streamed body.
    source: Option<BodySource>,
    /// Whether the caller declares that sending the request twice is safe.
    is_idempotent: bool,
    /// The first invalid part of the request, returned as an error when it is sent.
    fault: Option<String>,
}

/// A query option.
#[derive(Clone, Debug)]
pub(super) struct QueryOption {
    name: String,
    /// The percent-encoded name and value: `name=value`.
    text: String,
}

impl QueryOption {
    fn new(name: &str, value: &str) -> Self {
        let text = format!("{}={}", encoding::query(name), encoding::query(value));
        Self {
            name: name.to_owned(),
            text,
        }
    }

    /// Parses a percent-encoded option, whose text is kept.
    pub(super) fn parse(text: &str) -> Self {
        let name = text.split('=').next().unwrap_or_default();
        Self {
            name: encoding::decode(name),
            text: text.to_owned(),
        }
    }

    fn value(&self) -> String {
        let value = self.text.split_once('=').map_or("", |(_, value)| value);
        encoding::decode(value)
    }
}

/// The `ConsistencyLevel` of a query on directory objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsistencyLevel {
    /// `eventual`, which advanced queries require.
    Eventual,
    /// `session`
    Session,
}

impl RawRequest {
    pub(crate) fn new(
        client: Client,
        path: String,
        operation: &'static Operation,
        fault: Option<&'static str>,
    ) -> Self {
        let headers = client.default_headers().clone();
        Self {
            client,
            operation,
            path,
            is_absolute: false,
            query: Vec::new(),
            replaceable: headers.keys().cloned().collect(),
            headers,
            body: Bytes::new(),
            source: None,
            is_idempotent: false,
            fault: fault.map(str::to_owned),
        }
    }

    pub(crate) fn with_json(mut self, body: &dyn Body) -> Self {
        self.body = body.to_json();
        if self.body.is_empty() {
            return self;
        }
        let json = HeaderValue::from_static("application/json");
        self.headers.insert(CONTENT_TYPE, json);
        self
    }

    pub(crate) fn with_bytes(mut self, body: Bytes) -> Self {
        self.body = body;
        let bytes = HeaderValue::from_static("application/octet-stream");
        self.headers.insert(CONTENT_TYPE, bytes);
        self
    }

    /// The documented operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The HTTP method.
    pub fn method(&self) -> http::Method {
        self.operation.method.into()
    }

    /// The URL, including the query.
    pub fn url(&self) -> String {
        let base_url = if self.is_absolute {
            ""
        } else {
            self.client.base_url()
        };
        let mut url = format!("{base_url}{}", self.path);
        for (index, option) in self.query.iter().enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            url.push_str(&option.text);
        }
        url
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, or an empty buffer if there is none.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The client that built the request.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Sets a query option, and replaces an earlier value.
    pub fn set_query(&mut self, name: &str, value: &str) {
        let option = QueryOption::new(name, value);
        match self.query.iter_mut().find(|known| known.name == name) {
            Some(known) => *known = option,
            None => self.query.push(option),
        }
    }

    /// Appends values to a query option that is a comma-separated list.
    pub(crate) fn extend_query<'a>(&mut self, name: &str, values: impl Iterator<Item = &'a str>) {
        let before = self.query.iter().find(|known| known.name == name);
        let mut list = before.map_or_else(String::new, QueryOption::value);
        for value in values {
            if !list.is_empty() {
                list.push(',');
            }
            list.push_str(value);
        }
        if !list.is_empty() {
            self.set_query(name, &list);
        }
    }

    /// Sets a header, and replaces an earlier value. If the name or value is not valid in HTTP, sending the request returns an
    /// error.
    pub fn set_header(&mut self, name: &str, value: &str) {
        match headers::parse(name, value) {
            Ok((name, value)) => {
                self.replaceable.retain(|other| *other != name);
                self.headers.insert(name, value);
            }
            Err(fault) => self.fail(fault),
        }
    }

    /// Adds a value to a header. The values of `Prefer` and of other lists are joined, and a preference replaces an earlier one of
    /// the same name. Headers with a single value, such as `Content-Type`, are replaced, as are the default headers of the client.
    pub fn append_header(&mut self, name: &str, value: &str) {
        match headers::parse(name, value) {
            Ok((name, value)) => {
                headers::append(&mut self.headers, name, value, &mut self.replaceable);
            }
            Err(fault) => self.fail(fault),
        }
    }

    /// Returns the request as the transport receives it.
    ///
    /// # Errors
    ///
    /// Returns an error if a header or key is not allowed or the URL cannot be parsed.
    pub fn to_http(&self) -> Result<http::Request<Bytes>, Error> {
        if let Some(fault) = &self.fault {
            return Err(Error::invalid_request(fault.clone()));
        }
        let uri = http::Uri::try_from(self.url()).map_err(|error| {
            Error::invalid_request(format!("the address is not valid: {error}"))
        })?;
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = self.method();
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers.clone();
        Ok(request)
    }

    /// Sets a header unless it is set already.
    pub(super) fn default_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.entry(name).or_insert(value);
    }

    /// Replaces the body by a stream; see [`Request::content_stream`](super::Request::content_stream).
    pub(super) fn set_source(&mut self, length: Option<u64>, source: BodySource) {
        self.body = Bytes::new();
        self.source = Some(source);
        match length {
            Some(length) => drop(self.headers.insert(CONTENT_LENGTH, length.into())),
            None => drop(self.headers.remove(CONTENT_LENGTH)),
        }
    }

    /// Declares that sending the request twice is safe, so that it is retried like a request that only reads.
    pub fn set_idempotent(&mut self) {
        self.is_idempotent = true;
    }

    pub(crate) fn is_idempotent(&self) -> bool {
        self.is_idempotent
    }

    /// Whether the body is a stream.
    pub(crate) fn is_streamed(&self) -> bool {
        self.source.is_some()
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// Returns an error if the request fails or the status is not a success.
    pub async fn send(self) -> Result<http::Response<Bytes>, Error> {
        let operation = self.operation;
        let call = self
            .to_call()
            .map_err(|error| error.with_operation(operation))?;
        drive(&self.client, call).await
    }

    /// Returns the request as a state machine, for callers that do the I/O themselves.
    pub fn exchange(&self) -> Result<Exchange, Error> {
        let policies = self.client.policies().clone();
        Ok(Exchange::new(policies, self.to_call()?))
    }

    /// Returns the request in the form that the pipeline takes.
    pub(crate) fn to_call(&self) -> Result<Call, Error> {
        if let Some(fault) = self.fault.as_deref().or(self.client.fault()) {
            return Err(Error::invalid_request(fault));
        }
        let address = Address::parse(&self.url());
        Ok(Call {
            method: self.method(),
            address: address.map_err(|error| Error::invalid_request(error.to_string()))?,
            headers: self.headers.clone(),
            body: self.body.clone(),
            source: self.source.clone(),
            operation: Some(self.operation),
            is_unsigned: false,
            is_idempotent: self.is_idempotent,
        })
    }

    pub(super) fn fail(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }
}
