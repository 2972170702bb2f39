//! A Graph on your own machine. In: the model of what the documentation says. Out: a server that answers as its pages and
//! examples do, keeps what is changed, and fails in every way that it is told to.
//!
//! ```
//! use graphwright_serve::{Graph, Server, Settings};
//!
//! let resource = "# gadget resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\n\
//!     |Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key.|\n";
//! let requests = "# List or get gadgets\n\nNamespace: microsoft.graph\n\n## HTTP request\n\n\
//!     ``` http\nGET /gadgets\nGET /gadgets/{id}\n```\n\n## Response\nA [gadget](../resources/gadget.md).\n";
//! let graph = Graph::of_pages([("v1.0/resources/gadget.md", resource), ("v1.0/api/gadget-get.md", requests)]);
//! let server = Server::start(&graph, Settings::new().items(3)).unwrap();
//! assert!(server.base_url("v1.0").starts_with("http://127.0.0.1:"));
//! assert_eq!(server.items("/v1.0/gadgets").len(), 3);
//! // It stops when it is dropped.
//! ```
//!
//! - [`Graph`]: what there is to serve; made once, shared by any number of servers.
//! - [`Settings`]: how many items there are, how large pages are, whether tokens are looked at, and the [`Faults`].
//! - [`Server`]: listens on this machine alone, remembers what it was [`asked`](Server::asked), and shows its
//!   [`items`](Server::items).

mod graph;
mod routes;
mod types;
mod settings;
mod faults;
mod asked;
mod answer;
mod query;
mod filter;
mod seed;
mod store;
mod scopes;
mod sign_in;
mod service;
mod collections;
mod instances;
mod calls;
mod upload;
mod batch;
mod body;
mod server;

pub use asked::Asked;
pub use faults::{Faults, FaultsError};
pub use graph::Graph;
pub use scopes::token;
pub use server::Server;
pub use settings::Settings;
