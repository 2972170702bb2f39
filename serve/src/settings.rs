//! How a server behaves.

use crate::faults::Faults;

/// How a server behaves.
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
    /// Any free port, the examples' items, pages of 100, no faults; tokens are not looked at.
    pub fn new() -> Self {
        Self::default()
    }

    /// The port to listen on; 0 is any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// So many made-up items in each collection, in place of those of the examples.
    pub fn items(mut self, items: usize) -> Self {
        self.items = Some(items);
        self
    }

    /// How many items are on a page where the request does not say; never more than 1,000.
    pub fn page_size(mut self, page_size: usize) -> Self {
        self.page_size = page_size.clamp(1, MOST_ON_A_PAGE);
        self
    }

    /// Looks at tokens: 401 without one, 403 if it has none of the documented permissions. Signatures are not checked.
    pub fn check_scopes(mut self) -> Self {
        self.checks_scopes = true;
        self
    }

    /// What goes wrong, and when.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }
}

/// The most items on a page, whatever the request says.
pub(crate) const MOST_ON_A_PAGE: usize = 1000;
