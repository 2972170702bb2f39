//! Where requests may go, and where tokens may: every address that a server hands out is held against these lists.

mod address;
#[cfg(test)]
mod tests;

use std::fmt;

pub use address::{Address, AddressError};

/// The service in its five clouds: <https://learn.microsoft.com/graph/deployments>.
const CLOUDS: [&str; 5] = [
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
    "graph.microsoft.de",
];

/// Where the service keeps files and long operations: it names addresses there, which need no token.
const STORAGE: [&str; 11] = [
    "1drv.com",
    "livefilestore.com",
    "onedrive.live.com",
    "outlook.office.com",
    "outlook.office365.com",
    "sharepoint.cn",
    "sharepoint.com",
    "sharepoint.de",
    "sharepoint-mil.us",
    "sharepoint.us",
    "storage.live.com",
];

/// The hosts that a client talks to: those that get its token, and those that hold files and get none.
///
/// ```
/// use graphwright_runtime::{Address, Hosts, Reach};
///
/// let hosts = Hosts::graph();
/// let reach = |text| hosts.reach(&Address::parse(text).unwrap());
/// assert_eq!(reach("https://GRAPH.microsoft.com./v1.0/me").unwrap(), Reach::Signed);
/// assert_eq!(reach("https://contoso.sharepoint.com/_api/x").unwrap(), Reach::Bare);
/// assert!(reach("https://graph.microsoft.com.evil.example/v1.0").is_err());
/// assert!(reach("http://graph.microsoft.com/v1.0").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    signed: Vec<(String, Option<u16>)>,
    storage: Vec<String>,
}

/// What a request to an address may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The token: it is the service.
    Signed,
    /// No token: it is where the service keeps files.
    Bare,
}

impl Hosts {
    /// The service in its five clouds, and where it keeps files.
    pub fn graph() -> Self {
        Self {
            signed: CLOUDS.map(|host| (host.to_owned(), None)).to_vec(),
            storage: STORAGE.map(str::to_owned).to_vec(),
        }
    }

    /// No host at all, for a list of one's own.
    pub const fn none() -> Self {
        Self {
            signed: Vec::new(),
            storage: Vec::new(),
        }
    }

    /// Also this host, which gets the token: `graph.contoso.example`, or with a port `127.0.0.1:8080`.
    pub fn allow(&mut self, host: &str) -> Result<(), AddressError> {
        let address = Address::parse(&format!("https://{host}/"))?;
        if address.path_and_query() != "/" {
            return Err(AddressError::new("it is no host"));
        }
        self.allow_origin(&address);
        Ok(())
    }

    /// Also this host and all below it, without a token: where files are kept. Any port is meant.
    pub fn allow_storage(&mut self, host: &str) -> Result<(), AddressError> {
        let address = Address::parse(&format!("https://{host}/"))?;
        self.storage.push(address.host().to_owned());
        Ok(())
    }

    /// Also the host of this address, with its port.
    pub(crate) fn allow_origin(&mut self, address: &Address) {
        let origin = (address.host().to_owned(), address.port());
        if !self.signed.contains(&origin) {
            self.signed.push(origin);
        }
    }

    /// What a request to an address may carry; an error if nothing may be sent there. Only `https` goes, and `http` to
    /// the machine itself if its host is on the list.
    pub fn reach(&self, address: &Address) -> Result<Reach, ForeignHost> {
        if address.is_https() || address.is_loopback() {
            let is_it = |(host, port): &(String, Option<u16>)| {
                host == address.host() && *port == address.port()
            };
            if self.signed.iter().any(is_it) {
                return Ok(Reach::Signed);
            }
        }
        let is_below = |host: &String| {
            let rest = address.host().strip_suffix(host.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        if address.is_https() && self.storage.iter().any(is_below) {
            return Ok(Reach::Bare);
        }
        Err(ForeignHost::of(address))
    }
}

/// An address that no request may go to. Only the host of it is shown: the rest may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignHost {
    host: String,
    is_plain: bool,
}

impl ForeignHost {
    fn of(address: &Address) -> Self {
        let port = address.port().map(|port| format!(":{port}"));
        Self {
            host: format!("{}{}", address.host(), port.unwrap_or_default()),
            is_plain: !address.is_https(),
        }
    }

    /// The host, with its port if that is not the usual one.
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl fmt::Display for ForeignHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not among the hosts of this client", self.host)?;
        if self.is_plain {
            f.write_str(", and only https is")?;
        }
        Ok(())
    }
}

impl std::error::Error for ForeignHost {}
