//! The interface of token sources.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use super::AccessToken;
use crate::request::BoxFuture;

/// The parameters of a token request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TokenRequest<'a> {
    /// The scopes, such as `https://graph.microsoft.com/.default`.
    pub scopes: &'a [String],
    /// The claims that the token must satisfy, as JSON, after the service rejected a token without them. A cached token is not
    /// acceptable in this case.
    pub claims: Option<&'a str>,
}

impl<'a> TokenRequest<'a> {
    /// Creates a token request for these scopes.
    pub const fn new(scopes: &'a [String]) -> Self {
        Self {
            scopes,
            claims: None,
        }
    }

    /// Sets the claims.
    pub const fn with_claims(mut self, claims: Option<&'a str>) -> Self {
        self.claims = claims;
        self
    }
}

/// A source of access tokens. It does not need a cache: the client caches tokens, renews them before they expire, and requests a
/// single token for all requests that wait for it.
pub trait TokenSource: Send + Sync + 'static {
    /// Obtains a token.
    fn token<'a>(
        &'a self,
        request: TokenRequest<'a>,
    ) -> BoxFuture<'a, Result<AccessToken, TokenError>>;
}

impl<T: TokenSource + ?Sized> TokenSource for Arc<T> {
    fn token<'a>(
        &'a self,
        request: TokenRequest<'a>,
    ) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        (**self).token(request)
    }
}

/// Always returns the same token.
impl TokenSource for AccessToken {
    fn token<'a>(&'a self, _: TokenRequest<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async { Ok(self.clone()) })
    }
}

/// A token source that calls a closure; see [`token_fn`].
pub struct TokenFn<F>(F);

/// Creates a token source from a closure, which receives the scopes and the claims.
///
/// ```
/// use graphwright_runtime::{AccessToken, token_fn};
///
/// let source = token_fn(|_scopes, _claims| async { Ok(AccessToken::fixed("from a vault")) });
/// # let _: Box<dyn graphwright_runtime::TokenSource> = Box::new(source);
/// ```
pub fn token_fn<F, Answer>(closure: F) -> TokenFn<F>
where
    F: Fn(Vec<String>, Option<String>) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Result<AccessToken, TokenError>> + Send + 'static,
{
    TokenFn(closure)
}

impl<F, Answer> TokenSource for TokenFn<F>
where
    F: Fn(Vec<String>, Option<String>) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Result<AccessToken, TokenError>> + Send + 'static,
{
    fn token<'a>(
        &'a self,
        request: TokenRequest<'a>,
    ) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin((self.0)(
            request.scopes.to_vec(),
            request.claims.map(str::to_owned),
        ))
    }
}

impl<F> fmt::Debug for TokenFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenFn")
    }
}

/// The error of a failed token request. All requests that waited for the token receive a copy.
#[derive(Clone, Debug)]
pub struct TokenError {
    code: Option<String>,
    source: Arc<dyn Error + Send + Sync>,
}

impl TokenError {
    /// Creates an error from another error, or from a message.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            code: None,
            source: Arc::from(error.into()),
        }
    }

    /// Sets the error code of the sign-in service, such as `invalid_client`.
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The error code of the sign-in service.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl Error for TokenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.source()
    }
}
