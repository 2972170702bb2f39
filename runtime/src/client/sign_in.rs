//! Authentication: token sources, and the cache that keeps a token until it expires.

mod token;
mod source;
mod cache;
mod authority;
mod application;
mod refresh;
mod client_secret;
mod assertion;
#[cfg(feature = "credentials")]
mod client_certificate;
mod device_code;
#[cfg(feature = "credentials")]
mod browser;
pub(crate) mod challenge;
#[cfg(feature = "azure")]
mod azure;
#[cfg(test)]
mod tests;

pub use application::Application;
pub use assertion::ClientAssertion;
#[cfg(feature = "azure")]
pub use azure::AzureCredential;
#[cfg(feature = "credentials")]
pub use browser::BrowserSignIn;
pub(crate) use cache::TokenCache;
#[cfg(feature = "credentials")]
pub use client_certificate::ClientCertificate;
pub use client_secret::ClientSecret;
pub use device_code::{DeviceCode, DevicePrompt};
pub use refresh::{FileTokenStore, RefreshToken, RefreshTokenStore};
pub use source::{TokenError, TokenFn, TokenRequest, TokenSource, token_fn};
pub use token::AccessToken;
