//! Requests for paths and URLs that the caller writes.

use serde_json::Value;

use super::raw::QueryOption;
use super::{Body, Client, Method, Operation, Permissions, RawRequest, Request, encoding};
use crate::hosts::{Address, Reach};

/// Defines the operation of requests that no page describes.
const fn undocumented(method: Method) -> Operation {
    Operation {
        method,
        path: "",
        page: "",
        permissions: Permissions::UNSTATED,
    }
}

static GET: Operation = undocumented(Method::Get);
static POST: Operation = undocumented(Method::Post);
static PUT: Operation = undocumented(Method::Put);
static PATCH: Operation = undocumented(Method::Patch);
static DELETE: Operation = undocumented(Method::Delete);

/// Requests for undocumented paths, and for URLs that the service returned. They have the same authentication, retries and limits
/// as other requests.
///
/// `address` is a path below the base URL with an optional query, or a complete URL, whose host has to be allowed. It is already
/// percent-encoded; only characters that are not allowed in URLs are encoded. The response is JSON; [`Request::typed`] sets
/// another type.
///
/// ```
/// # use graphwright_runtime::{Client, Page, AnyEntity, Unconnected};
/// # let client = Client::new("https://graph.microsoft.com/v1.0", Unconnected);
/// let id = "87d349ed-44d7-43e1-9a83-5f2406dee5bd";
/// let request = client.get(&format!("/users/{id}/secret?$top=5")).typed::<Page<AnyEntity>>().skip(5);
/// assert_eq!(
///     request.url(),
///     format!("https://graph.microsoft.com/v1.0/users/{id}/secret?$top=5&$skip=5")
/// );
/// ```
impl Client {
    /// Creates a `GET` request.
    pub fn get(&self, address: &str) -> Request<Value> {
        Request::new(self.raw(&GET, address))
    }

    /// Creates a `POST` request with `body` as JSON.
    pub fn post(&self, address: &str, body: &dyn Body) -> Request<Value> {
        Request::new(self.raw(&POST, address).with_json(body))
    }

    /// Creates a `PUT` request with `body` as JSON.
    pub fn put(&self, address: &str, body: &dyn Body) -> Request<Value> {
        Request::new(self.raw(&PUT, address).with_json(body))
    }

    /// Creates a `PATCH` request with `body` as JSON.
    pub fn patch(&self, address: &str, body: &dyn Body) -> Request<Value> {
        Request::new(self.raw(&PATCH, address).with_json(body))
    }

    /// Creates a `DELETE` request.
    pub fn delete(&self, address: &str) -> Request<()> {
        Request::new(self.raw(&DELETE, address))
    }

    fn raw(&self, operation: &'static Operation, address: &str) -> RawRequest {
        let is_absolute = has_scheme(address);
        let whole = if is_absolute {
            address.split('#').next().unwrap_or_default().to_owned()
        } else {
            encoding::address(address)
        };
        let (path, query) = whole.split_once('?').unwrap_or((&whole, ""));
        let slash = if is_absolute || path.is_empty() || path.starts_with('/') {
            ""
        } else {
            "/"
        };
        let mut raw = RawRequest::new(self.clone(), format!("{slash}{path}"), operation, None);
        let options = query.split('&').filter(|option| !option.is_empty());
        raw.query = options.map(QueryOption::parse).collect();
        if is_absolute {
            raw.is_absolute = true;
            let reach = Address::parse(&raw.path);
            let reach = reach.map(|address| self.policies().hosts.reach(&address));
            if !matches!(reach, Ok(Ok(Reach::WithToken))) {
                // The default headers may be meant for the service only.
                raw.headers.clear();
                raw.replaceable.clear();
            }
        } else if let Some(placeholder) = placeholder(address) {
            raw.fail(format!(
                "the path contains the placeholder `{placeholder}`; expected its value"
            ));
        }
        raw
    }
}

fn has_scheme(address: &str) -> bool {
    let scheme = address.split("://").next().unwrap_or_default();
    scheme.len() < address.len()
        && ["http", "https"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
}

/// The first placeholder of a path, such as `{id}`.
fn placeholder(address: &str) -> Option<String> {
    let path = address.split('?').next().unwrap_or_default();
    let start = path.find('{')?;
    let end = path[start..].find('}')?;
    Some(path[start..=start + end].escape_debug().to_string())
}

#[cfg(test)]
mod tests {
    use crate::AnyEntity;
    use crate::pipeline::scripted::{BASE, Script, StillClock, answer, builder, client, ok, run};
    use crate::request::{ErrorKind, Page};
    use crate::sign_in::AccessToken;

    fn check(address: &str, expected: &str) {
        let script = Script::of([ok("{}")]);
        let client = client(&script, &StillClock::new());
        run(client.get(address).send()).unwrap();
        assert_eq!(script.sent(), [format!("GET {expected}")], "{address}");
    }

    #[test]
    fn sends_the_address_as_given() {
        let below = |path: &str| format!("{BASE}{path}");
        check(
            "/users/1/secret?$select=a,b",
            &below("/users/1/secret?$select=a,b"),
        );
        check("users", &below("/users"));
        check("?$top=1", &below("?$top=1"));
        check("/a%2Fb?q=%20+%2B&&x", &below("/a%2Fb?q=%20+%2B&x"));
        check(
            "/users/a#EXT#@b?$filter=n eq 'ä'",
            &below("/users/a%23EXT%23@b?$filter=n%20eq%20'%C3%A4'"),
        );
        let link = "https://graph.microsoft.com/beta/users?$skiptoken=a%3d+b";
        check(link, link);
        check(
            "HTTPS://Graph.Microsoft.com/x#y",
            "https://graph.microsoft.com/x",
        );
    }

    #[test]
    fn options_replace_those_of_the_address() {
        let client = client(&Script::of([]), &StillClock::new());
        let request = client
            .get("/users?%24top=1&$select=id&x=%26")
            .typed::<Page<AnyEntity>>();
        let request = request.top(2).select(&[&"name"]);
        assert_eq!(
            request.url(),
            format!("{BASE}/users?$top=2&$select=id,name&x=%26")
        );
    }

    #[test]
    fn uses_the_whole_pipeline() {
        let script = Script::of([
            answer(429, &[("retry-after", "3")], ""),
            answer(201, &[], r#"{"id":"1"}"#),
        ]);
        let clock = StillClock::new();
        let builder = builder(&script, &clock).token_source(AccessToken::fixed("a-token"));
        let client = builder.default_header("X-Key", "secret").build().unwrap();
        let body = serde_json::json!({"a": 1});
        let created = run(client.post("/users", &body).typed::<AnyEntity>().send()).unwrap();
        assert_eq!(
            (created.id.as_deref(), clock.waits()),
            (Some("1"), vec![3000])
        );
        assert_eq!(script.header(1, "authorization"), "Bearer a-token");
        assert_eq!(script.request(1).body(), &body.to_string());
    }

    #[test]
    fn other_hosts_receive_neither_token_nor_default_headers() {
        let script = Script::of([ok("{}")]);
        let builder = builder(&script, &StillClock::new());
        let client = builder
            .token_source(AccessToken::fixed("a-token"))
            .default_header("X-Key", "secret")
            .build()
            .unwrap();
        run(client.get("https://contoso.sharepoint.com/file").send()).unwrap();
        assert_eq!(script.header(0, "authorization"), "");
        assert_eq!(script.header(0, "x-key"), "");
        let error = run(client.delete("https://evil.example/").send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DisallowedHost);
        assert_eq!(script.count(), 1);
    }

    #[test]
    fn placeholders_are_an_error() {
        let client = client(&Script::of([]), &StillClock::new());
        let error = run(client.get("/users/{user-id}/x?y={z}").send()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the request is not valid: the path contains the placeholder `{user-id}`; expected its value"
        );
    }
}
