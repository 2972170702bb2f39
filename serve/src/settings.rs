//! Server settings.

use crate::explorer::Explorer;
use crate::faults::Faults;

/// The settings of a [`Server`](crate::Server).
#[derive(Clone, Debug)]
pub struct Settings {
    pub(crate) port: u16,
    pub(crate) items: Option<usize>,
    pub(crate) page_size: usize,
    pub(crate) checks_scopes: bool,
    pub(crate) faults: Faults,
    pub(crate) origin: Option<String>,
    pub(crate) uses_tls: bool,
    pub(crate) upload_host: Option<String>,
    pub(crate) request_log: usize,
    pub(crate) explorer: Option<Explorer>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            port: 0,
            items: None,
            page_size: 100,
            checks_scopes: false,
            faults: Faults::default(),
            origin: None,
            uses_tls: false,
            upload_host: None,
            request_log: 1000,
            explorer: None,
        }
    }
}

impl Settings {
    /// Creates settings with a free port, the items of the documented examples, pages of 100 items, no faults, and no
    /// permission checks.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the port to listen on; 0 picks a free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the number of generated items in each collection, which replace those of the examples.
    pub fn items(mut self, items: usize) -> Self {
        self.items = Some(items);
        self
    }

    /// Sets the number of items per page for requests without `$top`, at most 1,000.
    pub fn page_size(mut self, page_size: usize) -> Self {
        self.page_size = page_size.clamp(1, MAX_PAGE_SIZE);
        self
    }

    /// Checks the permissions of access tokens: answers 401 without a token and 403 if none of the documented permissions is
    /// granted. Signatures are not checked.
    pub fn check_scopes(mut self) -> Self {
        self.checks_scopes = true;
        self
    }

    /// Sets the faults to inject.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Sets the origin of links, upload URLs and monitors: `https://graph.test`. By default they have the origin that the client
    /// used, according to `Forwarded`, `X-Forwarded-Host`, `X-Forwarded-Proto`, `X-Forwarded-Port` or `Host`.
    pub fn origin(mut self, origin: &str) -> Self {
        self.origin = Some(origin.trim_end_matches('/').to_owned());
        self
    }

    /// Serves HTTPS with a certificate made at the start, for `localhost`, `127.0.0.1`, `::1` and the hosts of the other settings.
    /// [`Server::certificate`](crate::Server::certificate) returns what clients have to trust.
    pub fn tls(mut self) -> Self {
        self.uses_tls = true;
        self
    }

    /// Sets the host name of upload URLs, such as `localhost` beside `127.0.0.1`. The service, too, uploads to other hosts.
    pub fn upload_host(mut self, host: &str) -> Self {
        self.upload_host = Some(host.to_owned());
        self
    }

    /// Sets the number of requests in the [log](crate::Server::requests), by default the last 1,000; 0 turns it off.
    pub fn request_log(mut self, requests: usize) -> Self {
        self.request_log = requests;
        self
    }

    /// Shows a site under `/explorer/`, by default none. A browser that opens `/` is redirected to it.
    pub fn explorer(mut self, explorer: Explorer) -> Self {
        self.explorer = Some(explorer);
        self
    }

    /// Returns the host names that the certificate has to contain.
    pub(crate) fn host_names(&self) -> Vec<String> {
        let origin = self.origin.as_deref().and_then(|origin| {
            let authority = origin.split_once("://")?.1.split('/').next()?;
            Some(
                authority
                    .rsplit_once(':')
                    .map_or(authority, |(host, _)| host),
            )
        });
        let hosts = [origin, self.upload_host.as_deref()].into_iter().flatten();
        hosts.map(str::to_owned).collect()
    }
}

/// The maximum number of items per page.
pub(crate) const MAX_PAGE_SIZE: usize = 1000;
