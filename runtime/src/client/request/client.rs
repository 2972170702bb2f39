//! The client that the generated clients of all versions wrap.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

use super::builder::Parts;
use super::{ClientBuilder, Error, Path, Transport};
use crate::hosts::Hosts;
use crate::pipeline::{Clock, Policies, Wait};
use crate::sign_in::{AccessToken, TokenCache};

/// Sends requests below a base URL, with the transport, token source and policies that all its requests share. Clones are cheap
/// and share the same state.
#[derive(Clone)]
pub struct Client(Arc<Core>);

pub(super) struct Core {
    pub(super) base_url: String,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) policies: Arc<Policies>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) tokens: Option<TokenCache>,
    pub(super) on_wait: Option<WaitHook>,
    /// The headers of every request.
    pub(super) headers: HeaderMap,
    /// The maximum number of requests in flight.
    pub(super) concurrency: usize,
    /// The error in the settings that every request returns, as the constructor could not return it.
    pub(super) fault: Option<String>,
}

pub(super) type WaitHook = Arc<dyn Fn(&Wait) + Send + Sync>;

impl Client {
    /// Creates a client for `base_url`, which includes the version. It has no token source: either the transport authenticates
    /// requests, or they are anonymous. Use [`builder`](Self::builder) to set a token source.
    pub fn new(base_url: &str, transport: impl Transport) -> Self {
        Self(Arc::new(
            Parts::new(base_url).into_core(Arc::new(transport)),
        ))
    }

    /// Returns a builder for a client of `base_url`, which includes the version.
    pub fn builder(base_url: &str) -> ClientBuilder {
        ClientBuilder::new(base_url)
    }

    pub(super) fn from_core(core: Core) -> Self {
        Self(Arc::new(core))
    }

    /// Returns a client with the same settings for another base URL, which accepts only `hosts` in URLs from the service.
    pub(crate) fn at(&self, base_url: &str, hosts: Hosts) -> Result<Self, Error> {
        let parts = Parts::like(&self.0, base_url, hosts);
        let core = parts.into_core(self.0.transport.clone());
        match core.fault {
            Some(fault) => Err(Error::invalid_request(fault)),
            None => Ok(Self::from_core(core)),
        }
    }

    /// Returns the path with the single segment `name`.
    pub fn path(&self, name: &str) -> Path {
        self.root().segment(name)
    }

    /// Returns the path of the service root, for functions and actions that are bound to no entity.
    pub fn root(&self) -> Path {
        Path::new(self.clone())
    }

    /// The base URL, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// The transport.
    pub fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    /// The headers of every request.
    pub(super) fn default_headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(crate) fn policies(&self) -> &Arc<Policies> {
        &self.0.policies
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    pub(crate) fn fault(&self) -> Option<&str> {
        self.0.fault.as_deref()
    }

    /// Calls the callback set with [`ClientBuilder::on_wait`](super::ClientBuilder::on_wait).
    pub(crate) fn notify_wait(&self, wait: &Wait) {
        if let Some(on_wait) = &self.0.on_wait {
            on_wait(wait);
        }
    }

    pub(crate) async fn token(
        &self,
        claims: Option<&str>,
        rejected: Option<&AccessToken>,
    ) -> Result<AccessToken, Error> {
        let tokens = self.0.tokens.as_ref();
        let tokens = tokens.ok_or_else(|| Error::sign_in("the client has no source of tokens"))?;
        if let Some(rejected) = rejected {
            tokens.drop_token(rejected);
        }
        let token = tokens.token(self.clock(), claims).await;
        token.map_err(Error::token)
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
