//! The builder of the default transport.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::NoProxy;
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls_platform_verifier::Verifier;
use zeroize::Zeroizing;

use super::ReqwestTransport;
use crate::request::TransportError;

/// The timeouts of a transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// The timeout for establishing a connection. The default is 10 seconds.
    pub connect: Duration,
    /// The timeout for receiving the next bytes. The default is 100 seconds.
    pub read: Duration,
    /// The timeout for a whole try, including its response. There is none by default.
    pub total: Option<Duration>,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(100),
            total: None,
        }
    }
}

/// A proxy, with or without credentials.
///
/// ```
/// use graphwright_runtime::Proxy;
///
/// let proxy = Proxy::new("http://proxy.contoso.example:8080")
///     .user("svc-sync")
///     .password("secret")
///     .exclude("localhost, .contoso.example");
/// assert_eq!(format!("{proxy:?}"), "Proxy");
/// ```
#[derive(Clone)]
pub struct Proxy {
    url: String,
    user: String,
    password: Zeroizing<String>,
    excluded: String,
}

impl Proxy {
    /// Sends all requests through the proxy with this URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            user: String::new(),
            password: Zeroizing::default(),
            excluded: String::new(),
        }
    }

    /// Sets the user name for basic authentication.
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = user.into();
        self
    }

    /// Sets the password for basic authentication.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Zeroizing::new(password.into());
        self
    }

    /// Sets the hosts that are reached without the proxy: a comma-separated list in the format of the environment variable
    /// `NO_PROXY`.
    pub fn exclude(mut self, hosts: impl Into<String>) -> Self {
        self.excluded = hosts.into();
        self
    }

    fn build(&self) -> Result<reqwest::Proxy, TransportError> {
        // The URL may contain credentials.
        let invalid = |_| TransportError::permanent("the URL of the proxy is not valid");
        let mut proxy = reqwest::Proxy::all(&self.url).map_err(invalid)?;
        if !self.user.is_empty() || !self.password.is_empty() {
            proxy = proxy.basic_auth(&self.user, &self.password);
        }
        Ok(proxy.no_proxy(NoProxy::from_string(&self.excluded)))
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proxy")
    }
}

/// Builds a [`ReqwestTransport`].
///
/// ```
/// use std::time::Duration;
///
/// use graphwright_runtime::{Proxy, ReqwestTransport, Timeouts, TransportError};
///
/// fn transport(ca: &[u8], certificate_and_key: &[u8]) -> Result<ReqwestTransport, TransportError> {
///     ReqwestTransport::builder()
///         .root_certificates(ca) // beside those of the operating system
///         .client_certificate(certificate_and_key)
///         .proxy(Proxy::new("http://proxy.contoso.example:8080").user("svc-sync").password("secret"))
///         .timeouts(Timeouts { read: Duration::from_secs(30), ..Timeouts::default() })
///         .max_idle_connections(8)
///         .build()
/// }
/// # assert!(transport(b"", b"").is_err());
/// ```
#[derive(Debug, Default)]
#[must_use]
pub struct ReqwestTransportBuilder {
    timeouts: Timeouts,
    roots: Vec<u8>,
    has_roots: bool,
    client_certificate: Option<Zeroizing<Vec<u8>>>,
    proxies: Proxies,
    max_idle_connections: Option<usize>,
    idle_timeout: Option<Duration>,
    is_http1_only: bool,
}

#[derive(Debug, Default)]
enum Proxies {
    #[default]
    FromEnvironment,
    None,
    One(Proxy),
}

impl ReqwestTransportBuilder {
    /// Sets the timeouts.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Trusts further root certificates, such as that of a proxy that inspects TLS, in addition to those of the operating system.
    /// `pem` contains one or more certificates in PEM format.
    pub fn root_certificates(mut self, pem: &[u8]) -> Self {
        self.roots.extend_from_slice(pem);
        self.roots.push(b'\n');
        self.has_roots = true;
        self
    }

    /// Authenticates with a client certificate. `pem` contains the certificate, its intermediate certificates and its private key
    /// in PEM format.
    pub fn client_certificate(mut self, pem: &[u8]) -> Self {
        self.client_certificate = Some(Zeroizing::new(pem.to_vec()));
        self
    }

    /// Sends all requests through a proxy, and ignores the environment variables.
    ///
    /// By default, the environment variables `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY` set the proxies, and `NO_PROXY` the hosts
    /// that are reached without one. The names are read in lower case first. URLs may contain credentials:
    /// `http://user:password@proxy.example:8080`.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxies = Proxies::One(proxy);
        self
    }

    /// Uses no proxy, and ignores the environment variables.
    pub fn no_proxy(mut self) -> Self {
        self.proxies = Proxies::None;
        self
    }

    /// Sets the maximum number of idle connections per host. There is no maximum by default. The number of connections in use is
    /// limited by [`ClientBuilder::max_concurrent_requests`](crate::ClientBuilder::max_concurrent_requests).
    pub fn max_idle_connections(mut self, count: usize) -> Self {
        self.max_idle_connections = Some(count);
        self
    }

    /// Sets the duration after which idle connections are closed. The default is 90 seconds.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = Some(timeout);
        self
    }

    /// Uses HTTP/1.1 only.
    pub fn http1_only(mut self) -> Self {
        self.is_http1_only = true;
        self
    }

    /// Builds the transport.
    ///
    /// # Errors
    ///
    /// Returns an error if a certificate, key or URL cannot be parsed, or the root certificates of the operating system cannot be
    /// loaded.
    pub fn build(self) -> Result<ReqwestTransport, TransportError> {
        let client = self.client_builder()?.build();
        Ok(client.map_err(TransportError::permanent)?.into())
    }

    pub(super) fn client_builder(&self) -> Result<reqwest::ClientBuilder, TransportError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls()?)
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(self.timeouts.connect)
            .read_timeout(self.timeouts.read);
        if let Some(total) = self.timeouts.total {
            builder = builder.timeout(total);
        }
        if let Some(count) = self.max_idle_connections {
            builder = builder.pool_max_idle_per_host(count);
        }
        if let Some(timeout) = self.idle_timeout {
            builder = builder.pool_idle_timeout(timeout);
        }
        if self.is_http1_only {
            builder = builder.http1_only();
        }
        Ok(match &self.proxies {
            Proxies::FromEnvironment => builder,
            Proxies::None => builder.no_proxy(),
            Proxies::One(proxy) => builder.proxy(proxy.build()?),
        })
    }

    fn tls(&self) -> Result<ClientConfig, TransportError> {
        let provider = Arc::new(ring::default_provider());
        let roots = certificates(&self.roots, "root certificates")?;
        if self.has_roots && roots.is_empty() {
            return Err(none("root certificates", "certificate"));
        }
        let verifier = if roots.is_empty() {
            Verifier::new(provider.clone())
        } else {
            Verifier::new_with_extra_roots(roots, provider.clone())
        };
        let verifier = verifier.map_err(TransportError::permanent)?;
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(TransportError::permanent)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let mut tls = match &self.client_certificate {
            None => tls.with_no_client_auth(),
            Some(pem) => {
                let what = "client certificate";
                let chain = certificates(pem, what)?;
                if chain.is_empty() {
                    return Err(none(what, "certificate"));
                }
                let key = PrivateKeyDer::from_pem_slice(pem);
                let key = key.map_err(|_| none(what, "private key"))?;
                tls.with_client_auth_cert(chain, key)
                    .map_err(TransportError::permanent)?
            }
        };
        if !self.is_http1_only {
            tls.alpn_protocols.push(b"h2".to_vec());
        }
        tls.alpn_protocols.push(b"http/1.1".to_vec());
        Ok(tls)
    }
}

/// Parses the certificates of a text in PEM format.
fn certificates(pem: &[u8], what: &str) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    let parsed = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    parsed.map_err(|error| {
        TransportError::permanent(format!("the {what} are not valid PEM text: {error}"))
    })
}

/// The error of a PEM text without the expected item.
fn none(what: &str, expected: &str) -> TransportError {
    TransportError::permanent(format!(
        "the {what}: expected a {expected} in PEM format, found none"
    ))
}
