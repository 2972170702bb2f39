//! Authentication: token sources, and the cache that keeps a token until it expires.

mod token;
mod source;
mod cache;
mod authority;
mod client_secret;
mod device_code;
pub(crate) mod challenge;
#[cfg(feature = "azure")]
mod azure;
#[cfg(test)]
mod tests;

#[cfg(feature = "azure")]
pub use azure::AzureCredential;
pub(crate) use cache::TokenCache;
pub use client_secret::ClientSecret;
pub use device_code::{DeviceCode, DevicePrompt};
pub use source::{TokenError, TokenFn, TokenRequest, TokenSource, token_fn};
pub use token::AccessToken;
