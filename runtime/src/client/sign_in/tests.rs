//! Tests of the token cache and the authentication flows.

mod cache;
mod flows;
#[cfg(feature = "azure")]
mod azure;
