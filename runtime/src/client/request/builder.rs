//! The builder of clients.

use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroUsize;
use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use super::client::{Core, WaitHook};
use super::{Client, Error, Transport, headers};
use crate::hosts::{Address, AddressError, Hosts, Reach};
use crate::pipeline::{
    Clock, Limits, Policies, Randomness, RetryPolicy, Seeded, Slots, SystemClock, Wait,
};
use crate::sign_in::{TokenCache, TokenSource};

/// The default scope of clients whose base URL is not on a host of the known clouds.
const DEFAULT_SCOPE: &str = "https://graph.microsoft.com/.default";

/// The name and version of this library in `User-Agent`.
const LIBRARY: &str = concat!("graphwright/", env!("CARGO_PKG_VERSION"));

/// The default of the maximum number of requests in flight.
const CONCURRENCY: usize = 100;

/// Builds a [`Client`].
///
/// ```
/// use graphwright_runtime::{AccessToken, Client, RetryPolicy, Unconnected};
///
/// let client: Client = Client::builder("https://graph.microsoft.com/v1.0")
///     .transport(Unconnected)
///     .token_source(AccessToken::fixed("from elsewhere"))
///     .retry(RetryPolicy::none())
///     .on_wait(|wait| eprintln!("waiting {:?}", wait.duration))
///     .build()
///     .unwrap();
/// assert_eq!(client.base_url(), "https://graph.microsoft.com/v1.0");
/// ```
pub struct ClientBuilder<C = Client> {
    parts: Parts,
    transport: Option<Arc<dyn Transport>>,
    client: PhantomData<fn() -> C>,
}

/// All settings except the transport.
pub(super) struct Parts {
    base_url: String,
    source: Option<Arc<dyn TokenSource>>,
    scopes: Vec<String>,
    hosts: Hosts,
    retry: RetryPolicy,
    limits: Limits,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    on_wait: Option<WaitHook>,
    headers: HeaderMap,
    application: String,
    concurrency: usize,
    fault: Option<String>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Creates a builder for a client of `base_url`, which includes the version.
    pub fn new(base_url: &str) -> Self {
        Self {
            parts: Parts::new(base_url),
            transport: None,
            client: PhantomData,
        }
    }

    /// Sets another base URL, such as that of a national cloud or of a local server. It includes the version. Tokens are sent to
    /// its host.
    pub fn base_url(mut self, base_url: &str) -> Self {
        base_url
            .trim_end_matches('/')
            .clone_into(&mut self.parts.base_url);
        self
    }

    /// Sets the transport. The default, with the feature `reqwest`, is [`ReqwestTransport`](crate::ReqwestTransport).
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the source of access tokens.
    pub fn token_source(mut self, source: impl TokenSource) -> Self {
        self.parts.source = Some(Arc::new(source));
        self
    }

    /// Sets the scopes that access tokens are requested for. The default is `/.default` of the cloud of the base URL, for example
    /// `https://graph.microsoft.com/.default`: all permissions granted to the application.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.parts.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Allows another host in URLs from the service, and sends tokens to it. `host` is a host name, with a port unless it is the
    /// default port.
    pub fn allow_host(mut self, host: &str) -> Self {
        let allowed = self.parts.hosts.allow(host);
        self.parts.note("host to allow", allowed);
        self
    }

    /// Allows another host, and all its subdomains, in URLs of files. No token is sent to it.
    pub fn allow_storage_host(mut self, host: &str) -> Self {
        let allowed = self.parts.hosts.allow_storage(host);
        self.parts.note("host to allow", allowed);
        self
    }

    /// Replaces the hosts that are allowed in URLs from the service, by default those of the five clouds. The host of the base
    /// URL is always allowed.
    pub fn hosts(mut self, hosts: Hosts) -> Self {
        self.parts.hosts = hosts;
        self
    }

    /// Sets the retry policy.
    pub fn retry(mut self, retry: RetryPolicy) -> Self {
        self.parts.retry = retry;
        self
    }

    /// Sets the limits on the size and nesting depth of responses.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.parts.limits = limits;
        self
    }

    /// Sets a callback that is called at the start of every wait, for example before a retry.
    pub fn on_wait(mut self, hook: impl Fn(&Wait) + Send + Sync + 'static) -> Self {
        self.parts.on_wait = Some(Arc::new(hook));
        self
    }

    /// Sets the name of the application, such as `contoso-sync/1.2`. It is the beginning of the `User-Agent` header.
    pub fn application_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.parts.application);
        self
    }

    /// Adds a header to all requests. A request that has the header as well adds its values to those of `Prefer` and of other
    /// lists, and replaces the values of all other headers.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        match headers::parse(name, value) {
            Ok((name, value)) => {
                headers::append(&mut self.parts.headers, name, value, &mut Vec::new());
            }
            Err(fault) => drop(self.parts.fault.get_or_insert(fault)),
        }
        self
    }

    /// Adds a preference, such as `respond-async`, to the `Prefer` header of all requests.
    pub fn prefer(self, preference: &str) -> Self {
        self.default_header("Prefer", preference)
    }

    headers::preference_setters!();

    /// Sets the maximum number of requests in flight. The default is 100; further requests wait for one to complete. A download
    /// is in flight until its last chunk is received or it is dropped.
    pub fn max_concurrent_requests(mut self, count: NonZeroUsize) -> Self {
        self.parts.concurrency = count.get();
        self
    }

    /// Sets the clock. The default is [`SystemClock`](crate::SystemClock).
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.parts.clock = Arc::new(clock);
        self
    }

    /// Sets the source of random numbers for retry delays and ids.
    pub fn randomness(mut self, randomness: impl Randomness) -> Self {
        self.parts.randomness = Arc::new(randomness);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns an error if a URL or host cannot be parsed, or if no transport is set.
    pub fn build(self) -> Result<C, Error> {
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport()?,
        };
        let core = self.parts.into_core(transport);
        match core.fault {
            Some(fault) => Err(Error::invalid_request(fault)),
            None => Ok(Client::from_core(core).into()),
        }
    }
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    let transport = crate::transport::ReqwestTransport::new().map_err(Error::transport)?;
    Ok(Arc::new(transport))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Err(Error::invalid_request("the client has no transport"))
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ClientBuilder");
        shown
            .field("base_url", &self.parts.base_url)
            .finish_non_exhaustive()
    }
}

impl Parts {
    pub(super) fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            source: None,
            scopes: Vec::new(),
            hosts: Hosts::graph(),
            retry: RetryPolicy::default(),
            limits: Limits::default(),
            clock: Arc::new(SystemClock),
            randomness: Arc::new(Seeded::by_chance()),
            on_wait: None,
            headers: HeaderMap::new(),
            application: String::new(),
            concurrency: CONCURRENCY,
            fault: None,
        }
    }

    /// Copies the settings of a client, except its token source.
    pub(super) fn like(core: &Core, base_url: &str, hosts: Hosts) -> Self {
        Self {
            hosts,
            retry: core.policies.retry.clone(),
            limits: core.policies.limits,
            clock: core.clock.clone(),
            randomness: core.policies.randomness.clone(),
            on_wait: core.on_wait.clone(),
            concurrency: core.concurrency,
            ..Self::new(base_url)
        }
    }

    fn note(&mut self, what: &str, result: Result<(), AddressError>) {
        if let Err(error) = result {
            self.fault
                .get_or_insert(format!("the {what} cannot be used: {error}"));
        }
    }

    pub(super) fn into_core(mut self, transport: Arc<dyn Transport>) -> Core {
        let base = Address::parse(&self.base_url);
        let mut scope = DEFAULT_SCOPE.to_owned();
        match &base {
            Ok(base) if base.is_https() || base.is_loopback() => {
                if matches!(Hosts::graph().reach(base), Ok(Reach::WithToken)) {
                    scope = format!("https://{}/.default", base.host());
                }
                self.hosts.allow_origin(base);
            }
            Ok(_) => self.note("base address", Err(AddressError::new("only https is safe"))),
            Err(error) => self.note("base address", Err(error.clone())),
        }
        if self.scopes.is_empty() {
            self.scopes.push(scope);
        }
        let mut user_agent = LIBRARY.to_owned();
        if !self.application.is_empty() {
            user_agent = format!("{} {user_agent}", self.application);
        }
        let user_agent = HeaderValue::from_str(&user_agent).unwrap_or_else(|_| {
            self.fault.get_or_insert_with(|| {
                let name = self.application.escape_debug();
                format!("the application name `{name}` is not allowed in a header")
            });
            HeaderValue::from_static(LIBRARY)
        });
        let policies = Policies {
            hosts: self.hosts,
            retry: self.retry,
            limits: self.limits,
            gate: Default::default(),
            slots: Slots::new(self.concurrency),
            user_agent,
            randomness: self.randomness,
            signs: self.source.is_some(),
        };
        let scopes = self.scopes;
        Core {
            base_url: self.base_url,
            transport,
            policies: Arc::new(policies),
            clock: self.clock,
            tokens: self.source.map(|source| TokenCache::new(source, scopes)),
            on_wait: self.on_wait,
            headers: self.headers,
            concurrency: self.concurrency,
            fault: self.fault,
        }
    }
}
