//! The client that the clients of all versions wrap.

use std::fmt;
use std::sync::Arc;

use super::builder::Parts;
use super::{ClientBuilder, Error, Path, Transport};
use crate::hosts::Hosts;
use crate::pipeline::{Clock, Policies, Wait};
use crate::sign_in::{AccessToken, TokenCache};

/// Where requests go, and how: the address that all paths stand below, the transport, the tokens, and what holds for all
/// requests. A clone shares all of it.
#[derive(Clone)]
pub struct Client(Arc<Core>);

pub(super) struct Core {
    pub(super) base_url: String,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) policies: Arc<Policies>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) tokens: Option<TokenCache>,
    pub(super) on_wait: Option<WaitHook>,
    /// Why nothing can be sent: there was no way to say so before.
    pub(super) fault: Option<String>,
}

pub(super) type WaitHook = Arc<dyn Fn(&Wait) + Send + Sync>;

impl Client {
    /// A client for the paths below `base_url`, which includes the version. It has no source of tokens: the transport
    /// signs in, or nobody does. [`builder`](Self::builder) makes clients that have one.
    pub fn new(base_url: &str, transport: impl Transport) -> Self {
        Self(Arc::new(
            Parts::new(base_url).into_core(Arc::new(transport)),
        ))
    }

    /// A client step by step, for the paths below `base_url`, which includes the version.
    pub fn builder(base_url: &str) -> ClientBuilder {
        ClientBuilder::new(base_url)
    }

    pub(super) fn from_core(core: Core) -> Self {
        Self(Arc::new(core))
    }

    /// The same at another address, which may name these hosts alone.
    pub(crate) fn at(&self, base_url: &str, hosts: Hosts) -> Result<Self, Error> {
        let parts = Parts::like(&self.0, base_url, hosts);
        let core = parts.into_core(self.0.transport.clone());
        match core.fault {
            Some(fault) => Err(Error::invalid_request(fault)),
            None => Ok(Self::from_core(core)),
        }
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

    pub(crate) fn policies(&self) -> &Arc<Policies> {
        &self.0.policies
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    pub(crate) fn fault(&self) -> Option<&str> {
        self.0.fault.as_deref()
    }

    /// Tells the hook of a wait.
    pub(crate) fn tell(&self, wait: &Wait) {
        if let Some(on_wait) = &self.0.on_wait {
            on_wait(wait);
        }
    }

    pub(crate) async fn token(&self, claims: Option<&str>) -> Result<AccessToken, Error> {
        let tokens = self.0.tokens.as_ref();
        let tokens = tokens.ok_or_else(|| Error::sign_in("the client has no source of tokens"))?;
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
