//! The client that the clients of all versions wrap.

use std::fmt;
use std::sync::Arc;

use super::{Path, Transport};

/// Where requests go, and how: the address that all paths stand below, and the transport. A clone shares both.
#[derive(Clone)]
pub struct Client(Arc<Core>);

struct Core {
    base_url: String,
    transport: Box<dyn Transport>,
}

impl Client {
    /// A client for the paths below `base_url`, which includes the version.
    pub fn new(base_url: &str, transport: impl Transport) -> Self {
        Self(Arc::new(Core {
            base_url: base_url.trim_end_matches('/').to_owned(),
            transport: Box::new(transport),
        }))
    }

    /// The path of one segment.
    pub fn path(&self, name: &str) -> Path {
        self.root().segment(name)
    }

    /// The path of the service itself, for functions and actions at the root.
    pub fn root(&self) -> Path {
        Path::new(self.clone())
    }

    /// The address that all paths stand below, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// What carries the requests.
    pub fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Client");
        shown
            .field("base_url", &self.0.base_url)
            .finish_non_exhaustive()
    }
}
