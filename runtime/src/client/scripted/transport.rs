//! A transport for tests.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use serde_json::Value;

use crate::request::{Body, BoxFuture, Method, Transport, TransportError, decode, parse_header};

/// A transport for tests: expects requests, and answers them without a network. Clones share the same script.
///
/// Requests may be sent in any order; equal requests are answered in the order of the script. A request that is not expected
/// fails with an error that lists the expected ones.
///
/// ```
/// use graphwright_runtime::{Client, Error, Method, ScriptedTransport};
/// use serde_json::json;
///
/// # async fn test() -> Result<(), Error> {
/// let transport = ScriptedTransport::new()
///     .expect(Method::Get, "/users?$filter=displayName eq 'a'")
///     .respond_json(200, &json!({"value": [{"id": "1"}]}))
///     .expect(Method::Patch, "/users/1")
///     .json_body(&json!({"city": "Berlin"}))
///     .respond(204, "");
///
/// let client = Client::new("https://graph.microsoft.com/v1.0", transport.clone());
/// let users = client.get("/users").query("$filter", "displayName eq 'a'").send().await?;
/// assert_eq!(users["value"][0]["id"], "1");
/// client.patch("/users/1", &json!({"city": "Berlin"})).send().await?;
/// transport.assert_finished();
/// assert_eq!(transport.requests()[1].headers()["content-type"], "application/json");
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(test()).unwrap();
/// ```
#[derive(Clone, Default)]
pub struct ScriptedTransport(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    expected: Vec<Expected>,
    requests: Vec<Request<Bytes>>,
    unexpected: Vec<String>,
}

/// A request that was not sent yet.
struct Expected {
    method: Method,
    address: String,
    headers: HeaderMap,
    body: Option<Value>,
    answer: Answer,
}

enum Answer {
    Response(Response<Bytes>),
    Failure(String),
}

impl ScriptedTransport {
    /// Creates a transport that expects no requests.
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects a request. `address` is the path below the version, with the query, such as `/users?$top=5`, or a complete URL.
    /// It need not be percent-encoded. The answer follows.
    pub fn expect(self, method: Method, address: &str) -> Expectation {
        Expectation {
            transport: self,
            method,
            address: address.to_owned(),
            headers: HeaderMap::new(),
            body: None,
        }
    }

    /// Returns the requests that were sent, in order, including their tokens.
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.script().requests.clone()
    }

    /// Checks that all expected requests were sent, and no others.
    ///
    /// # Panics
    ///
    /// Panics with a list of the expected requests that were not sent, and of the unexpected ones.
    #[track_caller]
    pub fn assert_finished(&self) {
        let script = self.script();
        let missing: Vec<String> = script.expected.iter().map(ToString::to_string).collect();
        let unexpected = script.unexpected.clone();
        drop(script);
        assert!(
            missing.is_empty() && unexpected.is_empty(),
            "requests not sent: {missing:?}; unexpected requests: {unexpected:?}"
        );
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An expected request without an answer.
#[must_use]
pub struct Expectation {
    transport: ScriptedTransport,
    method: Method,
    address: String,
    headers: HeaderMap,
    body: Option<Value>,
}

impl Expectation {
    /// Expects that the request has a header with this value.
    ///
    /// # Panics
    ///
    /// Panics if the name or value is not allowed in HTTP.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        append(&mut self.headers, name, value);
        self
    }

    /// Expects that the body of the request is this JSON; the order of keys does not matter.
    pub fn json_body(mut self, body: &Value) -> Self {
        self.body = Some(body.clone());
        self
    }

    /// Answers with a status and a body.
    ///
    /// # Panics
    ///
    /// Panics if the status is not a number from 100 to 999.
    pub fn respond(self, status: u16, body: impl Into<Bytes>) -> ScriptedTransport {
        self.respond_with_headers(status, [], body)
    }

    /// Answers with a status and a body of JSON: a generated type, or any JSON value.
    ///
    /// # Panics
    ///
    /// Panics if the status is not a number from 100 to 999.
    pub fn respond_json(self, status: u16, body: &dyn Body) -> ScriptedTransport {
        let headers = [("Content-Type", "application/json")];
        self.respond_with_headers(status, headers, body.to_json())
    }

    /// Answers with a status, headers and a body.
    ///
    /// # Panics
    ///
    /// Panics if the status is not a number from 100 to 999, or the name or value of a header is not allowed in HTTP.
    pub fn respond_with_headers<'a>(
        self,
        status: u16,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: impl Into<Bytes>,
    ) -> ScriptedTransport {
        let mut response = Response::new(body.into());
        *response.status_mut() =
            StatusCode::from_u16(status).expect("a status is a number from 100 to 999");
        for (name, value) in headers {
            append(response.headers_mut(), name, value);
        }
        self.answer(Answer::Response(response))
    }

    /// Fails without a response, as if the connection was lost.
    pub fn fail(self, message: &str) -> ScriptedTransport {
        self.answer(Answer::Failure(message.to_owned()))
    }

    fn answer(self, answer: Answer) -> ScriptedTransport {
        self.transport.script().expected.push(Expected {
            method: self.method,
            address: self.address,
            headers: self.headers,
            body: self.body,
            answer,
        });
        self.transport
    }
}

fn append(headers: &mut HeaderMap, name: &str, value: &str) {
    match parse_header(name, value) {
        Ok((name, value)) => drop(headers.append(name, value)),
        Err(message) => panic!("{message}"),
    }
}

impl Expected {
    fn matches(&self, request: &Request<Bytes>) -> bool {
        let has_headers = self.headers.iter().all(|(name, value)| {
            let mut values = request.headers().get_all(name).iter();
            values.any(|other| other == value)
        });
        let has_body = self.body.as_ref().is_none_or(|body| {
            serde_json::from_slice::<Value>(request.body()).is_ok_and(|sent| sent == *body)
        });
        request.method() == http::Method::from(self.method)
            && has_address(request.uri(), &self.address)
            && has_headers
            && has_body
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", http::Method::from(self.method), self.address)?;
        for (name, value) in &self.headers {
            write!(f, " with {name}: {value:?}")?;
        }
        match &self.body {
            Some(body) => write!(f, " with body {body}"),
            None => Ok(()),
        }
    }
}

/// Whether a URL is `address`, or has it below its version.
fn has_address(uri: &http::Uri, address: &str) -> bool {
    let expected = decode(address);
    if expected.contains("://") && !expected.starts_with('/') {
        return decode(&uri.to_string()) == expected;
    }
    let path = decode(uri.path_and_query().map_or("", |path| path.as_str()));
    let below = ["/v1.0", "/beta"].iter().find_map(|version| {
        let start = path.find(version)? + version.len();
        let rest = &path[start..];
        (rest.is_empty() || rest.starts_with(['/', '?'])).then_some(rest)
    });
    below.unwrap_or(&path) == expected
}

impl Transport for ScriptedTransport {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut script = self.script();
        let position = script
            .expected
            .iter()
            .position(|each| each.matches(&request));
        let result = match position.map(|position| script.expected.remove(position).answer) {
            Some(Answer::Response(response)) => Ok(response),
            Some(Answer::Failure(message)) => Err(TransportError::new(message)),
            None => {
                let found = format!("{} {}", request.method(), request.uri());
                let expected: Vec<String> =
                    script.expected.iter().map(ToString::to_string).collect();
                let message = format!("unexpected request `{found}`, expected {expected:?}");
                script.unexpected.push(found);
                Err(TransportError::permanent(message))
            }
        };
        script.requests.push(request);
        Box::pin(async { result })
    }
}

impl fmt::Debug for ScriptedTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let script = self.script();
        f.debug_struct("ScriptedTransport")
            .field("expected", &script.expected.len())
            .field("sent", &script.requests.len())
            .finish()
    }
}

impl fmt::Debug for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = http::Method::from(self.method);
        write!(f, "Expectation({method} {})", self.address)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ScriptedTransport;
    use crate::ScriptedClock;
    use crate::pipeline::scripted::{BASE, run};
    use crate::request::{Client, ErrorKind, Method};

    #[test]
    fn answers_matching_requests_in_any_order() {
        let transport = ScriptedTransport::new()
            .expect(Method::Get, "/a")
            .header("Prefer", "x")
            .respond(200, "1")
            .expect(Method::Get, "/a")
            .respond(200, "2")
            .expect(Method::Get, "/b?$filter=c eq 'd&e'")
            .respond(200, "3")
            .expect(Method::Get, "https://graph.microsoft.com/beta/c")
            .fail("cut")
            .expect(Method::Get, "/c")
            .respond(200, "4");
        let clock = ScriptedClock::new();
        let builder = Client::builder(BASE).transport(transport.clone());
        let client: Client = builder.clock(clock.clone()).build().unwrap();
        let get = |address: &str| run(client.get(address).send()).unwrap();
        assert_eq!(get("/a"), 2);
        let filtered = client.get("/b").query("$filter", "c eq 'd&e'");
        assert_eq!(run(filtered.send()).unwrap(), 3);
        assert_eq!(run(client.get("/a").prefer("x").send()).unwrap(), 1);
        assert_eq!(get("https://graph.microsoft.com/beta/c"), 4);
        assert_eq!(clock.waits().len(), 1);
        transport.assert_finished();
    }

    #[test]
    fn unexpected_requests_fail_at_once() {
        let transport = ScriptedTransport::new()
            .expect(Method::Post, "/a")
            .json_body(&json!({"b": 1}))
            .respond_json(201, &json!({}));
        let client = Client::new(BASE, transport.clone());
        for request in [
            client.get("/a"),
            client.post("/a", &json!({"b": 2})),
            client.post("/x/a", &json!({"b": 1})),
        ] {
            let error = run(request.send()).unwrap_err();
            assert_eq!((error.kind(), error.tries()), (ErrorKind::Transport, 1));
            let text = error.to_string();
            assert!(
                text.ends_with(r#"expected ["POST /a with body {\"b\":1}"]"#),
                "{text}"
            );
        }
        run(client.post("/a", &json!({"b": 1})).send()).unwrap();
        let panic = std::panic::catch_unwind(|| transport.assert_finished()).unwrap_err();
        let message = panic.downcast_ref::<String>().unwrap();
        assert!(
            message.starts_with("requests not sent: []; unexpected requests: [\"GET https"),
            "{message}"
        );
    }
}
