//! The passes, each on small pages.
