//! Requests with the type of their response.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use bytes::Bytes;

use super::{BoxFuture, ConsistencyLevel, Error, Operation, RawRequest, ResponseBody};
use crate::query::{ExpandItem, IntoFilter, OrderByItem, SelectItem};

/// A request whose response holds a `T`. It can be looked at, added to, and sent.
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
    /// A request from its parts without a type.
    pub fn new(raw: RawRequest) -> Self {
        Self {
            raw,
            response: PhantomData,
        }
    }

    /// What the documentation states about the operation.
    pub fn operation(&self) -> &'static Operation {
        self.raw.operation()
    }

    /// The method.
    pub fn method(&self) -> http::Method {
        self.raw.method()
    }

    /// The whole address, with the query.
    pub fn url(&self) -> String {
        self.raw.url()
    }

    /// The headers.
    pub fn headers(&self) -> &http::HeaderMap {
        self.raw.headers()
    }

    /// The body; empty if there is none.
    pub fn body(&self) -> &Bytes {
        self.raw.body()
    }

    /// The request as it goes to the transport. Fails if it cannot be one.
    pub fn to_http(&self) -> Result<http::Request<Bytes>, Error> {
        self.raw.to_http()
    }

    /// The request without the type of its response.
    pub fn into_raw(self) -> RawRequest {
        self.raw
    }

    pub(super) fn map_raw(mut self, change: impl FnOnce(&mut RawRequest)) -> Self {
        change(&mut self.raw);
        self
    }

    /// Not more than so many on a page.
    pub fn top(self, count: u32) -> Self {
        self.query("$top", &count.to_string())
    }

    /// Without the first so many.
    pub fn skip(self, count: u32) -> Self {
        self.query("$skip", &count.to_string())
    }

    /// Sets `$search`: a [`Search`](crate::Search), or the text of an OData search expression with its quotes, for example
    /// `"displayName:sales"`.
    pub fn search(self, expression: impl AsRef<str>) -> Self {
        self.query("$search", expression.as_ref())
    }

    /// With the count of all on the page that comes back.
    pub fn count(self) -> Self {
        self.query("$count", "true")
    }

    /// A query option by its name, in place of an earlier value. The value is encoded; the name keeps its `$`.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.raw.set_query(name, value);
        self
    }

    /// A header, in place of an earlier value. If HTTP does not allow it, the request is refused when it is sent.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.raw.set_header(name, value);
        self
    }

    /// Says that sending it twice does no harm: it is tried again where otherwise a `POST` is not.
    pub fn idempotent(mut self) -> Self {
        self.raw.set_idempotent();
        self
    }

    /// The `ConsistencyLevel` header.
    pub fn consistency_level(self, level: ConsistencyLevel) -> Self {
        let level = match level {
            ConsistencyLevel::Eventual => "eventual",
            ConsistencyLevel::Session => "session",
        };
        self.header("ConsistencyLevel", level)
    }

    /// The `If-Match` header: the change is made only if the entity still has this tag.
    pub fn if_match(self, etag: &str) -> Self {
        self.header("If-Match", etag)
    }

    /// The `If-None-Match` header: the entity is read only if it no longer has this tag. See
    /// [`send_if_changed`](Self::send_if_changed).
    pub fn if_none_match(self, etag: &str) -> Self {
        self.header("If-None-Match", etag)
    }
}

impl<T: ResponseBody> Request<T> {
    /// Only these properties: the constants of the type, or names.
    pub fn select(mut self, properties: &[&dyn SelectItem<T::Item>]) -> Self {
        let names = properties.iter().map(|property| property.select_item());
        self.raw.extend_query("$select", names);
        self
    }

    /// With what these navigation properties lead to: the constants of the type, [`Expand`](crate::Expand) with options, or
    /// text as OData writes it.
    pub fn expand(mut self, properties: &[&dyn ExpandItem<T::Item>]) -> Self {
        let texts: Vec<String> = properties.iter().map(|each| each.expand_item()).collect();
        self.raw
            .extend_query("$expand", texts.iter().map(String::as_str));
        self
    }

    /// Only those that meet a condition, in place of an earlier one: of the constants of the type
    /// (`Connector::IOS_ENABLED.eq(true)`), or text as OData writes it (`"iosEnabled eq true"`).
    pub fn filter(self, condition: impl IntoFilter<T::Item>) -> Self {
        self.query("$filter", &condition.into_filter().to_string())
    }

    /// In the order of these: the constants of the type, `descending` if so asked, or names with ` desc`.
    pub fn orderby(mut self, order: &[&dyn OrderByItem<T::Item>]) -> Self {
        let order: Vec<String> = order.iter().map(|by| by.orderby_item()).collect();
        self.raw
            .extend_query("$orderby", order.iter().map(String::as_str));
        self
    }

    /// Sends the request, and gives what comes back.
    pub async fn send(self) -> Result<T, Error> {
        Ok(self.send_whole().await?.into_body())
    }

    /// Sends the request, and gives what comes back with its status and headers: `ETag` is one.
    pub async fn send_whole(self) -> Result<http::Response<T>, Error> {
        let operation = self.operation();
        let response = self.raw.send().await?;
        let (mut parts, ()) = http::Response::new(()).into_parts();
        parts.status = response.status();
        parts.headers = response.headers().clone();
        let read = T::from_response(response);
        let read = read.map_err(|error| error.of_operation(operation))?;
        Ok(http::Response::from_parts(parts, read))
    }

    /// Sends the request; none if the entity still has the tag of [`if_none_match`](Self::if_none_match).
    pub async fn send_if_changed(self) -> Result<Option<T>, Error> {
        match self.send().await {
            Ok(read) => Ok(Some(read)),
            Err(error) if error.status() == Some(http::StatusCode::NOT_MODIFIED) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sends the request, waits, and gives what comes back.
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
