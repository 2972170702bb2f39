//! Tests of the token cache and the authentication flows.

mod cache;
mod flows;
#[cfg(feature = "credentials")]
mod credentials;
#[cfg(feature = "azure")]
mod azure;
