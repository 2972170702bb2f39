//! Server settings.

use crate::faults::Faults;

/// The settings of a [`Server`](crate::Server).
#[derive(Clone, Debug)]
pub struct Settings {
    pub(crate) port: u16,
    pub(crate) items: Option<usize>,
    pub(crate) page_size: usize,
    pub(crate) checks_scopes: bool,
    pub(crate) faults: Faults,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            port: 0,
            items: None,
            page_size: 100,
            checks_scopes: false,
            faults: Faults::default(),
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
}

/// The maximum number of items per page.
pub(crate) const MAX_PAGE_SIZE: usize = 1000;
