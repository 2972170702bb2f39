//! The site that the server shows under `/explorer/`, beside the API.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::ACCEPT;
use http::request::Parts;
use http::{HeaderMap, Method};

use crate::answer::Answer;
use crate::received::decode;

/// The path of the site.
pub(crate) const ROOT: &str = "/explorer/";

/// A site that a [`Server`](crate::Server) shows under `/explorer/`. Faults, permission checks and the request log do not apply to it.
#[derive(Clone)]
pub struct Explorer {
    policy: Arc<str>,
    render: Arc<Render>,
}

type Render = dyn Fn(&str) -> Result<Option<ExplorerFile>, String> + Send + Sync;

/// A file of an [`Explorer`].
#[derive(Clone, Debug)]
pub struct ExplorerFile {
    /// The value of `Content-Type`.
    pub media_type: &'static str,
    /// The content.
    pub content: Vec<u8>,
}

impl Explorer {
    /// Creates a site from a function that renders the file at a path below the site, such as `v1.0/index.html`. The function
    /// returns `None` if there is no such file, and a message if the site cannot be built. It is called for each request, on a
    /// thread of its own. `policy` is the content security policy of all files.
    pub fn new(
        policy: &str,
        render: impl Fn(&str) -> Result<Option<ExplorerFile>, String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            policy: policy.into(),
            render: Arc::new(render),
        }
    }

    /// Answers a request for the site, or returns `None` if the request is for the API. A browser that requests `/` is redirected to
    /// the site.
    pub(crate) async fn answer(&self, head: &Parts) -> Option<Answer> {
        let path = head.uri.path();
        let is_read = head.method == Method::GET || head.method == Method::HEAD;
        let is_front_page = path == "/" && is_read && accepts_html(&head.headers);
        if is_front_page || path == ROOT.trim_end_matches('/') {
            let redirect = Answer::empty(302).with_header("location", ROOT);
            // The answer to `/` depends on what the client accepts.
            return Some(redirect.with_header("vary", "accept"));
        }
        // Browsers request an icon for every site; without this, their console shows the error of the API.
        if path == "/favicon.ico" && is_read {
            return Some(Answer::empty(204));
        }
        let path = path.strip_prefix(ROOT)?;
        let answer = match is_read {
            true => self.render(decode(path)).await,
            false => Answer::method_not_allowed(&["GET", "HEAD"]),
        };
        let policy = format!("{}; frame-ancestors 'none'", self.policy);
        let answer = answer
            .with_header("content-security-policy", policy)
            .with_header("x-content-type-options", "nosniff")
            .with_header("referrer-policy", "no-referrer")
            .with_header("cross-origin-opener-policy", "same-origin")
            .with_header("cross-origin-resource-policy", "same-origin")
            .with_header("cache-control", "no-cache");
        Some(answer)
    }

    /// Renders a file. The path of a folder stands for its `index.html`.
    async fn render(&self, mut path: String) -> Answer {
        if path.is_empty() || path.ends_with('/') {
            path.push_str("index.html");
        }
        let render = self.render.clone();
        let file = tokio::task::spawn_blocking(move || render(&path)).await;
        match file {
            Ok(Ok(Some(file))) => Answer::bytes(200, file.media_type, file.content.into()),
            Ok(Ok(None)) => Answer::bytes(404, HTML, Bytes::from_static(NOT_FOUND)),
            Ok(Err(message)) => Answer::bytes(500, TEXT, message.into()),
            Err(_) => Answer::bytes(500, TEXT, "The page cannot be rendered.".into()),
        }
    }
}

const HTML: &str = "text/html; charset=utf-8";

const TEXT: &str = "text/plain; charset=utf-8";

const NOT_FOUND: &[u8] = b"<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Not found</title>\n\
    <h1>Not found</h1>\n<p>The site has no such page. <a href=\"/explorer/\">Go to the overview.</a></p>\n</html>\n";

fn accepts_html(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT).into_iter();
    let mut texts = values.filter_map(|value| value.to_str().ok());
    texts.any(|text| text.contains("text/html"))
}

impl fmt::Debug for Explorer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explorer").finish_non_exhaustive()
    }
}
