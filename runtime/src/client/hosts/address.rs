//! Strict parsing of URLs with a canonical form, so that no other parser finds a different host in them.

use std::fmt::{self, Write};
use std::net::{Ipv4Addr, Ipv6Addr};

use super::DisallowedHost;

/// The maximum length of a URL in bytes.
const LONGEST: usize = 64 * 1024;

/// An absolute `https` or `http` URL, with the host in lower case and without a trailing dot, without user information and
/// without fragment.
///
/// ```
/// use graphwright_runtime::Address;
///
/// let address = Address::parse("HTTPS://Graph.Microsoft.com.:443/v1.0/me#x").unwrap();
/// assert_eq!(address.to_text(), "https://graph.microsoft.com/v1.0/me");
/// assert!(Address::parse("https://graph.microsoft.com@evil.example/v1.0").is_err());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    is_https: bool,
    host: String,
    /// `None` for the default port of the scheme.
    port: Option<u16>,
    path_and_query: String,
}

impl Address {
    /// Parses a URL.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is invalid, or ambiguous between URL parsers.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        check_characters(text)?;
        let colon = text
            .find("://")
            .ok_or(AddressError::new("it is not absolute"))?;
        let (scheme, rest) = (&text[..colon], &text[colon + 3..]);
        let is_https = if scheme.eq_ignore_ascii_case("https") {
            true
        } else if scheme.eq_ignore_ascii_case("http") {
            false
        } else {
            return Err(AddressError::new("it is neither https nor http"));
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let named = authority(&rest[..end]);
        let (host, port) = named.map_err(|error| error.at(&rest[..end]))?;
        let usual = if is_https { 443 } else { 80 };
        Ok(Self {
            is_https,
            host,
            port: port.filter(|port| *port != usual),
            path_and_query: path_and_query(&rest[end..]),
        })
    }

    /// Resolves a reference, such as a relative `Location`, against this URL.
    ///
    /// # Errors
    ///
    /// Returns an error if the resulting URL is invalid.
    pub fn join(&self, reference: &str) -> Result<Self, AddressError> {
        check_characters(reference)?;
        let reference = reference.split('#').next().unwrap_or_default();
        if has_scheme(reference) {
            return Self::parse(reference);
        }
        if reference.starts_with("//") {
            let scheme = if self.is_https { "https:" } else { "http:" };
            return Self::parse(&format!("{scheme}{reference}"));
        }
        let (path, query) = split_query(&self.path_and_query);
        let joined = if reference.is_empty() {
            format!("{path}{query}")
        } else if reference.starts_with('/') {
            reference.to_owned()
        } else if reference.starts_with('?') {
            format!("{path}{reference}")
        } else {
            // The last slash of the path, not of the authority.
            let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
            format!("{folder}{reference}")
        };
        let (path, query) = split_query(&joined);
        Ok(Self {
            path_and_query: path_and_query(&format!("{}{query}", without_dots(path))),
            ..self.clone()
        })
    }

    /// The host, in lower case and without a trailing dot; IPv6 addresses are in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, or `None` for the default port of the scheme.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Whether the scheme is `https`.
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// Whether the host is the local machine.
    pub fn is_loopback(&self) -> bool {
        let v6 = self
            .host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'));
        match v6 {
            Some(v6) => v6.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback()),
            None => {
                self.host == "localhost"
                    || self
                        .host
                        .parse::<Ipv4Addr>()
                        .is_ok_and(|ip| ip.is_loopback())
            }
        }
    }

    /// The error of a URL whose host is not allowed.
    pub(crate) fn to_disallowed_host(&self) -> DisallowedHost {
        DisallowedHost::of(self)
    }

    /// Whether scheme, host and port are equal.
    pub fn has_origin_of(&self, other: &Self) -> bool {
        (self.is_https, &self.host, self.port) == (other.is_https, &other.host, other.port)
    }

    /// The path and query, with a leading slash.
    pub fn path_and_query(&self) -> &str {
        &self.path_and_query
    }

    /// The complete URL. It may be a credential itself, like the URL of an upload session.
    pub fn to_text(&self) -> String {
        let scheme = if self.is_https { "https" } else { "http" };
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{scheme}://{}{port}{}", self.host, self.path_and_query)
    }
}

/// Omits the path and query.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({}…)", self.host)
    }
}

/// The error of an invalid URL. It contains at most the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressError {
    reason: &'static str,
    host: Option<String>,
}

impl AddressError {
    pub(crate) const fn new(reason: &'static str) -> Self {
        Self { reason, host: None }
    }

    /// Adds the authority as written in the text.
    fn at(mut self, authority: &str) -> Self {
        let behind_user = authority.rsplit('@').next().unwrap_or_default();
        let host: String = behind_user.chars().take(253).collect();
        self.host = Some(host.escape_debug().to_string()).filter(|host| !host.is_empty());
        self
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid URL: {}", self.reason)?;
        match &self.host {
            Some(host) => write!(f, " (`{host}`)"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for AddressError {}

fn check_characters(text: &str) -> Result<(), AddressError> {
    if text.len() > LONGEST {
        return Err(AddressError::new("it is too long"));
    }
    let is_odd = |c: char| c.is_control() || c == '\\';
    if text.contains(is_odd) || text.starts_with(' ') || text.ends_with(' ') {
        return Err(AddressError::new(
            "it contains a backslash, a control character or a space at an end",
        ));
    }
    Ok(())
}

/// Whether the text starts with a scheme: a colon with only letters before it, ahead of any slash.
fn has_scheme(reference: &str) -> bool {
    let end = reference.find([':', '/', '?']);
    end.is_some_and(|end| {
        let scheme = &reference[..end];
        let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
        reference[end..].starts_with(':')
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(is_name)
    })
}

/// Parses the host and port.
fn authority(text: &str) -> Result<(String, Option<u16>), AddressError> {
    if text.contains('@') {
        return Err(AddressError::new("it contains user information"));
    }
    if let Some(rest) = text.strip_prefix('[') {
        let end = rest
            .find(']')
            .ok_or(AddressError::new("its IPv6 host has no closing bracket"))?;
        let ip = rest[..end].parse::<Ipv6Addr>();
        let ip = ip.map_err(|_| AddressError::new("its host is not an IPv6 address"))?;
        return Ok((format!("[{ip}]"), port(&rest[end + 1..])?));
    }
    let end = text.find(':').unwrap_or(text.len());
    let host = text[..end].strip_suffix('.').unwrap_or(&text[..end]);
    // Internationalized names must be in punycode, as comparing other letters is ambiguous.
    let is_label = |label: &str| {
        let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        !label.is_empty() && label.bytes().all(is_name)
    };
    if host.len() > 253 || !host.split('.').all(is_label) {
        return Err(AddressError::new("its host is not a valid name"));
    }
    Ok((host.to_ascii_lowercase(), port(&text[end..])?))
}

/// Parses the port after the host.
fn port(text: &str) -> Result<Option<u16>, AddressError> {
    if text.is_empty() || text == ":" {
        return Ok(None);
    }
    let digits = text.strip_prefix(':').unwrap_or("-");
    let is_number = digits.bytes().all(|b| b.is_ascii_digit());
    let port = digits.parse().ok().filter(|_| is_number);
    port.map(Some)
        .ok_or(AddressError::new("its port is not a number"))
}

/// The path and query without the fragment, with disallowed characters percent-encoded.
fn path_and_query(text: &str) -> String {
    let text = text.split('#').next().unwrap_or_default();
    let mut written = String::with_capacity(text.len() + 1);
    if !text.starts_with('/') {
        written.push('/');
    }
    for byte in text.bytes() {
        let is_kept = byte.is_ascii_graphic()
            && !matches!(byte, b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}');
        if is_kept {
            written.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(written, "%{byte:02X}");
        }
    }
    written
}

fn split_query(text: &str) -> (&str, &str) {
    text.split_at(text.find('?').unwrap_or(text.len()))
}

/// Removes the segments `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    for (index, segment) in segments.iter().enumerate() {
        let is_last = index + 1 == segments.len();
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            name => kept.push(name),
        }
    }
    format!("/{}", kept.join("/"))
}
