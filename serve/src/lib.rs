//! A local server for Microsoft Graph. It answers requests as the documentation and its examples describe, keeps changes in
//! memory, and injects faults on demand.
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
//! - [`Graph`]: the API description, shared by any number of servers.
//! - [`Settings`]: number of items, page size, permission checks and [`Faults`].
//! - [`Explorer`]: a site that the server shows beside the API.
//! - [`Server`]: listens on the loopback interface, logs the [`requests`](Server::requests) it receives, and exposes the
//!   [`items`](Server::items) it holds.

mod graph;
mod routes;
mod types;
mod settings;
mod faults;
mod received;
mod origin;
mod address;
mod answer;
mod query;
mod filter;
mod search;
mod seed;
mod store;
mod scopes;
mod sign_in;
mod service;
mod collections;
mod instances;
mod expansion;
mod references;
mod describe;
mod calls;
mod upload;
mod batch;
mod body;
mod tls;
mod explorer;
mod server;
#[cfg(test)]
mod tests;

pub use explorer::{Explorer, ExplorerFile};
pub use faults::{Faults, FaultsError};
pub use graph::Graph;
pub use received::ReceivedRequest;
pub use scopes::token;
pub use server::Server;
pub use settings::Settings;
