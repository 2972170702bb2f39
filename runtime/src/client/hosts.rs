//! The hosts that receive requests, and those that receive tokens. Every URL that the service returns is checked against them.

mod address;
#[cfg(test)]
mod tests;

use std::fmt;

pub use address::{Address, AddressError};

/// The hosts of the service in its five clouds: <https://learn.microsoft.com/graph/deployments>.
const CLOUDS: [&str; 5] = [
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
    "graph.microsoft.de",
];

/// The hosts of file storage, reports and long-running operations that the documentation names. They appear in URLs from the
/// service and receive no token. [`Hosts::allow_storage`] adds others.
const STORAGE: [&str; 14] = [
    "1drv.com",
    "api.onedrive.com",
    "livefilestore.com",
    "onedrive.live.com",
    "outlook.office.com",
    "outlook.office365.com",
    "print.print.microsoft.com",
    "reports.office.com",
    "sharepoint.cn",
    "sharepoint.com",
    "sharepoint.de",
    "sharepoint-mil.us",
    "sharepoint.us",
    "storage.live.com",
];

/// The hosts that a client sends requests to: service hosts, which receive its token, and storage hosts, which do not.
///
/// ```
/// use graphwright_runtime::{Address, Hosts, Reach};
///
/// let hosts = Hosts::graph();
/// let reach = |text| hosts.reach(&Address::parse(text).unwrap());
/// assert_eq!(reach("https://GRAPH.microsoft.com./v1.0/me").unwrap(), Reach::WithToken);
/// assert_eq!(reach("https://contoso.sharepoint.com/_api/x").unwrap(), Reach::WithoutToken);
/// assert!(reach("https://graph.microsoft.com.evil.example/v1.0").is_err());
/// assert!(reach("http://graph.microsoft.com/v1.0").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    signed: Vec<(String, Option<u16>)>,
    storage: Vec<String>,
}

/// Whether a request to a URL carries the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The token is sent: a host of the service.
    WithToken,
    /// No token is sent: a storage host.
    WithoutToken,
}

impl Hosts {
    /// The hosts of the five clouds and their storage hosts.
    pub fn graph() -> Self {
        Self {
            signed: CLOUDS.map(|host| (host.to_owned(), None)).to_vec(),
            storage: STORAGE.map(str::to_owned).to_vec(),
        }
    }

    /// An empty list.
    pub const fn none() -> Self {
        Self {
            signed: Vec::new(),
            storage: Vec::new(),
        }
    }

    /// Adds a host that receives the token: `graph.contoso.example`, or with a port `127.0.0.1:8080`.
    ///
    /// # Errors
    ///
    /// Returns an error if `host` is not a host name with an optional port.
    pub fn allow(&mut self, host: &str) -> Result<(), AddressError> {
        let address = Address::parse(&format!("https://{host}/"))?;
        if address.path_and_query() != "/" {
            return Err(AddressError::new("it is not a host name"));
        }
        self.allow_origin(&address);
        Ok(())
    }

    /// Adds a host and all its subdomains, on any port, that receive no token.
    ///
    /// # Errors
    ///
    /// Returns an error if `host` is not a host name.
    pub fn allow_storage(&mut self, host: &str) -> Result<(), AddressError> {
        let address = Address::parse(&format!("https://{host}/"))?;
        self.storage.push(address.host().to_owned());
        Ok(())
    }

    /// Adds the host of a URL, with its port.
    pub(crate) fn allow_origin(&mut self, address: &Address) {
        let origin = (address.host().to_owned(), address.port());
        if !self.signed.contains(&origin) {
            self.signed.push(origin);
        }
    }

    /// Returns whether a request to a URL carries the token. The scheme must be `https`, or `http` for the local machine if its
    /// host is in the list.
    ///
    /// # Errors
    ///
    /// Returns an error if no request may be sent to the URL.
    pub fn reach(&self, address: &Address) -> Result<Reach, DisallowedHost> {
        if address.is_https() || address.is_loopback() {
            let is_it = |(host, port): &(String, Option<u16>)| {
                host == address.host() && *port == address.port()
            };
            if self.signed.iter().any(is_it) {
                return Ok(Reach::WithToken);
            }
        }
        let is_below = |host: &String| {
            let rest = address.host().strip_suffix(host.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        if address.is_https() && self.storage.iter().any(is_below) {
            return Ok(Reach::WithoutToken);
        }
        Err(DisallowedHost::of(address))
    }
}

/// The error of a URL whose host is not allowed. It contains only the host, as the rest of the URL may be a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisallowedHost {
    host: String,
    is_plain: bool,
}

impl DisallowedHost {
    fn of(address: &Address) -> Self {
        let port = address.port().map(|port| format!(":{port}"));
        Self {
            host: format!("{}{}", address.host(), port.unwrap_or_default()),
            is_plain: !address.is_https(),
        }
    }

    /// The host, with its port unless it is the default port.
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl fmt::Display for DisallowedHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an allowed host of this client", self.host)?;
        if self.is_plain {
            f.write_str("; only https is allowed")?;
        }
        Ok(())
    }
}

impl std::error::Error for DisallowedHost {}
