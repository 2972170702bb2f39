//! What all tests begin with: the description, a server, and a client.

use std::path::Path;
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, SystemTime};

use graphwright::runtime::{AccessToken, BoxFuture, Clock};
use graphwright::v1_0::Client;
use graphwright_serve::{Graph, Server, Settings};

pub(crate) const CONNECTORS: &str = "/v1.0/deviceManagement/mobileThreatDefenseConnectors";
pub(crate) const TOKEN: &str = "the-token";

/// The pages of this project, read once.
pub(crate) fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
        Graph::read(&docs).unwrap()
    })
}

/// Pages of operations that the project's own pages have none of: changes, uploads, and what takes long.
pub(crate) fn gadgets() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    let request = |line: &str, rest: &str| {
        format!(
            "# Gadgets\n\nNamespace: microsoft.graph\n\n## HTTP request\n\n``` http\n{line}\n```\n\n{rest}"
        )
    };
    let example = |request: &str, response: &str| {
        format!(
            "## Example\n\n### Request\n<!-- {{ \"blockType\": \"request\" }} -->\n``` http\n{request}\n```\n\n### Response\n\
             <!-- {{ \"blockType\": \"response\", \"@odata.type\": \"microsoft.graph.gadget\" }} -->\n``` http\n{response}\n```\n"
        )
    };
    GRAPH.get_or_init(|| {
        let resource = "# gadget resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\n\
            |Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key.|\n|displayName|String|The name.|\n";
        let list = "## Response\nA collection of [gadget](../resources/gadget.md) objects.\n";
        let one = "## Request body\nSend a JSON representation of a [gadget](../resources/gadget.md).\n\n\
            ## Response\nIt answers `201 Created` with a [gadget](../resources/gadget.md).\n";
        let accepted = example(
            "POST https://graph.microsoft.com/v1.0/gadgets/1/copy",
            "HTTP/1.1 202 Accepted\nLocation: https://graph.microsoft.com/v1.0/monitor",
        );
        let gone = "## Response\nIt answers `204 No Content`.\n";
        Graph::of_pages([
            ("v1.0/resources/gadget.md", resource.to_owned()),
            ("v1.0/api/gadget-list.md", request("GET /gadgets", list)),
            ("v1.0/api/gadget-delta.md", request("GET /gadgets/delta", list)),
            ("v1.0/api/gadget-post.md", request("POST /gadgets", one)),
            ("v1.0/api/gadget-delete.md", request("DELETE /gadgets/{id}", gone)),
            ("v1.0/api/gadget-copy.md", request("POST /gadgets/{id}/copy", &accepted)),
            (
                "v1.0/api/gadget-createuploadsession.md",
                request("POST /gadgets/{id}/createUploadSession", ""),
            ),
        ])
    })
}

/// A server with these settings.
pub(crate) fn serve(settings: Settings) -> Server {
    Server::start(graph(), settings).unwrap()
}

/// A clock that goes on by as much as it was to wait, and does not wait.
#[derive(Clone, Default)]
pub(crate) struct Hasty(pub(crate) std::sync::Arc<Mutex<Vec<Duration>>>);

impl Clock for Hasty {
    fn now(&self) -> SystemTime {
        SystemTime::now() + self.0.lock().unwrap().iter().sum::<Duration>()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.lock().unwrap().push(duration);
        Box::pin(async {})
    }
}

/// A client of a server, with a token.
pub(crate) fn client(server: &Server) -> Client {
    client_with(server, TOKEN, Hasty::default())
}

pub(crate) fn client_with(server: &Server, token: &str, clock: Hasty) -> Client {
    Client::builder()
        .base_url(&server.base_url("v1.0"))
        .token_source(AccessToken::fixed(token))
        .clock(clock)
        .build()
        .unwrap()
}

/// What is to be done, done.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(future)
}
