//! The error of a list that was read in part.

use std::fmt;

use crate::request::Error;

/// The error of [`Request::collect`](crate::Request::collect), with the items that were read before it. It converts to an
/// [`Error`], which drops the items.
pub struct CollectError<T> {
    /// The items of the pages before the one that failed.
    pub items: Vec<T>,
    /// The error of the page that failed.
    pub error: Error,
}

impl<T> From<CollectError<T>> for Error {
    fn from(error: CollectError<T>) -> Self {
        error.error
    }
}

impl<T> fmt::Display for CollectError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T> fmt::Debug for CollectError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CollectError")
            .field("items", &self.items.len())
            .field("error", &self.error)
            .finish()
    }
}

impl<T> std::error::Error for CollectError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.error)
    }
}
