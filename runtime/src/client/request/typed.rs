//! Requests with the type of their response.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use bytes::Bytes;

use super::{BoxFuture, ConsistencyLevel, Error, Operation, RawRequest, ResponseBody, headers};
use crate::query::{ExpandItem, IntoFilter, OrderByItem, SelectItem};

/// A request whose response is deserialized to a `T`. It can be inspected, modified and sent.
///
/// ```
/// # use graphwright_runtime::{AnyEntity, Client, Method, Operation, Page, Request};
/// # static LIST: Operation = Operation::new(Method::Get, "/groups", "", "", "", "");
/// # let client = Client::new("https://graph.microsoft.com/v1.0", graphwright_runtime::request::Unconnected);
/// let request: Request<Page<AnyEntity>> = client.path("groups").request(&LIST);
/// let request = request.select(&[&AnyEntity::ID, &"displayName"]).filter("id eq 'a'").top(5);
/// assert_eq!(
///     request.url(),
///     "https://graph.microsoft.com/v1.0/groups?$select=id,displayName&$filter=id%20eq%20'a'&$top=5"
/// );
/// ```
pub struct Request<T> {
    raw: RawRequest,
    response: PhantomData<fn() -> T>,
}

impl<T> Request<T> {
    /// Creates a request from one without a response type.
    pub fn new(raw: RawRequest) -> Self {
        Self {
            raw,
            response: PhantomData,
        }
    }

    /// The documented operation.
    pub fn operation(&self) -> &'static Operation {
        self.raw.operation()
    }

    /// The HTTP method.
    pub fn method(&self) -> http::Method {
        self.raw.method()
    }

    /// The URL, including the query.
    pub fn url(&self) -> String {
        self.raw.url()
    }

    /// The headers.
    pub fn headers(&self) -> &http::HeaderMap {
        self.raw.headers()
    }

    /// The body, or an empty buffer if there is none.
    pub fn body(&self) -> &Bytes {
        self.raw.body()
    }

    /// Returns the request as the transport receives it.
    ///
    /// # Errors
    ///
    /// Returns an error if a header or key is not allowed or the URL cannot be parsed.
    pub fn to_http(&self) -> Result<http::Request<Bytes>, Error> {
        self.raw.to_http()
    }

    /// Returns the request without the type of its response.
    pub fn into_raw(self) -> RawRequest {
        self.raw
    }

    pub(super) fn map_raw(mut self, change: impl FnOnce(&mut RawRequest)) -> Self {
        change(&mut self.raw);
        self
    }

    /// Sets `$top`, the maximum number of items per page.
    pub fn top(self, count: u32) -> Self {
        self.query("$top", &count.to_string())
    }

    /// Sets `$skip`, the number of items to skip.
    pub fn skip(self, count: u32) -> Self {
        self.query("$skip", &count.to_string())
    }

    /// Sets `$search`: a [`Search`](crate::Search), or the text of an OData search expression with its quotes, for example
    /// `"displayName:sales"`.
    pub fn search(self, expression: impl AsRef<str>) -> Self {
        self.query("$search", expression.as_ref())
    }

    /// Sets `$count`: the page contains the total number of items.
    pub fn count(self) -> Self {
        self.query("$count", "true")
    }

    /// Sets a query option by name, and replaces an earlier value. The value is percent-encoded; the name is written as it is,
    /// including its `$`.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.raw.set_query(name, value);
        self
    }

    /// Adds a value to a header. The values of `Prefer` and of other lists are joined, and a preference replaces an earlier one of
    /// the same name. Headers with a single value, such as `Content-Type`, are replaced, as are the default headers of the client.
    /// If the name or value is not valid in HTTP, sending the request returns an error.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.raw.append_header(name, value);
        self
    }

    /// Adds a preference, such as `respond-async`, to the `Prefer` header.
    ///
    /// ```
    /// # use graphwright_runtime::{Client, Unconnected};
    /// # let client = Client::new("https://graph.microsoft.com/v1.0", Unconnected);
    /// let request = client.get("/me/events").prefer_timezone("UTC").prefer_max_page_size(50);
    /// assert_eq!(request.headers()["prefer"], r#"outlook.timezone="UTC", odata.maxpagesize=50"#);
    /// ```
    pub fn prefer(self, preference: &str) -> Self {
        self.header("Prefer", preference)
    }

    headers::preference_setters!();

    /// Sets the type of the response.
    pub fn typed<U>(self) -> Request<U> {
        Request::new(self.raw)
    }

    fn set_header(mut self, name: &str, value: &str) -> Self {
        self.raw.set_header(name, value);
        self
    }

    /// Declares that sending the request twice is safe, so that a `POST` is retried like a request that only reads.
    pub fn idempotent(mut self) -> Self {
        self.raw.set_idempotent();
        self
    }

    /// Sets the `ConsistencyLevel` header.
    pub fn consistency_level(self, level: ConsistencyLevel) -> Self {
        let level = match level {
            ConsistencyLevel::Eventual => "eventual",
            ConsistencyLevel::Session => "session",
        };
        self.header("ConsistencyLevel", level)
    }

    /// Sets the `If-Match` header: the change is made only if the entity still has this ETag.
    pub fn if_match(self, etag: &str) -> Self {
        self.set_header("If-Match", etag)
    }

    /// Sets the `If-None-Match` header: the entity is returned only if its ETag differs. See
    /// [`send_if_changed`](Self::send_if_changed).
    pub fn if_none_match(self, etag: &str) -> Self {
        self.set_header("If-None-Match", etag)
    }
}

impl<T: ResponseBody> Request<T> {
    /// Sets `$select`, the properties to return: property constants of the type, or names.
    pub fn select(mut self, properties: &[&dyn SelectItem<T::Item>]) -> Self {
        let names = properties.iter().map(|property| property.select_item());
        self.raw.extend_query("$select", names);
        self
    }

    /// Sets `$expand`, the navigation properties to include: property constants of the type, [`Expand`](crate::Expand) with
    /// options, or OData text.
    pub fn expand(mut self, properties: &[&dyn ExpandItem<T::Item>]) -> Self {
        let texts: Vec<String> = properties.iter().map(|each| each.expand_item()).collect();
        self.raw
            .extend_query("$expand", texts.iter().map(String::as_str));
        self
    }

    /// Sets `$filter`, and replaces an earlier filter. The condition is built from property constants of the type
    /// (`Connector::IOS_ENABLED.eq(true)`), or is OData text (`"iosEnabled eq true"`).
    pub fn filter(self, condition: impl IntoFilter<T::Item>) -> Self {
        self.query("$filter", &condition.into_filter().to_string())
    }

    /// Sets `$orderby`: property constants of the type, optionally [`Descending`](crate::Descending), or names with ` desc`.
    pub fn orderby(mut self, order: &[&dyn OrderByItem<T::Item>]) -> Self {
        let order: Vec<String> = order.iter().map(|by| by.orderby_item()).collect();
        self.raw
            .extend_query("$orderby", order.iter().map(String::as_str));
        self
    }

    /// Sends the request and returns the deserialized response.
    ///
    /// # Errors
    ///
    /// Returns an error if the request fails, or if the response has an error status or cannot be deserialized.
    pub async fn send(self) -> Result<T, Error> {
        Ok(self.send_with_headers().await?.into_body())
    }

    /// Sends the request and returns the deserialized response with its status and headers, such as `ETag`.
    ///
    /// # Errors
    ///
    /// Returns an error if the request fails, or if the response has an error status or cannot be deserialized.
    pub async fn send_with_headers(self) -> Result<http::Response<T>, Error> {
        let operation = self.operation();
        let response = self.raw.send().await?;
        let (mut parts, ()) = http::Response::new(()).into_parts();
        parts.status = response.status();
        parts.headers = response.headers().clone();
        let read = T::from_response(response);
        let read = read.map_err(|error| error.with_operation(operation))?;
        Ok(http::Response::from_parts(parts, read))
    }

    /// Sends the request. Returns `None` if the entity still has the ETag given to [`if_none_match`](Self::if_none_match).
    pub async fn send_if_changed(self) -> Result<Option<T>, Error> {
        match self.send().await {
            Ok(read) => Ok(Some(read)),
            Err(error) if error.status() == Some(http::StatusCode::NOT_MODIFIED) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sends the request and returns the deserialized response; blocks the thread.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<T, Error> {
        crate::blocking::wait(self.send())
    }
}

impl<T: ResponseBody + 'static> IntoFuture for Request<T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self {
            raw: self.raw.clone(),
            response: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method())
            .field("url", &self.url())
            .field("headers", self.headers())
            .field("body", self.body())
            .finish()
    }
}
