//! Signing in: the cache, and the ways to a token.

mod cache;
mod flows;
#[cfg(feature = "azure")]
mod azure;
