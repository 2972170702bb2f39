//! A page counter on the terminal.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use generator::Progress;

/// Counts pages on standard error, if that is a terminal.
#[derive(Debug)]
pub(crate) struct Counter {
    shown: bool,
    done: AtomicUsize,
    total: usize,
}

impl Counter {
    pub(crate) fn new(total: usize) -> Self {
        Self {
            shown: std::io::stderr().is_terminal(),
            done: AtomicUsize::new(0),
            total,
        }
    }

    /// Erases the counter from the terminal.
    pub(crate) fn clear(&self) {
        if self.shown {
            eprint!("\r\x1b[K");
        }
    }
}

impl Progress for Counter {
    fn page_read(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // Printing the counter for every page would take longer than parsing the page.
        if self.shown && (done.is_multiple_of(64) || done == self.total) {
            eprint!("\rpages {done} of {}", self.total);
            // The counter is optional, so errors are ignored.
            let _ = std::io::stderr().flush();
        }
    }
}
