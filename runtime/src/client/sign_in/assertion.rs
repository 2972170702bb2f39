//! Client assertions: signed statements that authenticate an application.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::authority::Authority;
use super::{AccessToken, Application, TokenError, TokenRequest, TokenSource};
use crate::request::{BoxFuture, Transport};

/// The type of assertions that are signed tokens.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Authenticates an application, without a user, with an assertion that a closure returns: a signed token of an identity provider
/// that the application trusts (workload identity federation). [`ClientCertificate`](crate::ClientCertificate) signs assertions
/// with a certificate.
///
/// ```
/// use graphwright_runtime::{Application, ClientAssertion, TokenError, Unconnected};
///
/// let application = Application { tenant: "contoso.example", client_id: "application-id" };
/// let source = ClientAssertion::new(Unconnected, application, || async {
///     std::fs::read_to_string("/var/run/secrets/token").map_err(TokenError::new)
/// });
/// # let _: Box<dyn graphwright_runtime::TokenSource> = Box::new(source);
/// ```
#[derive(Clone)]
pub struct ClientAssertion {
    authority: Authority,
    assertion: Arc<AssertionFn>,
}

type AssertionFn = dyn Fn() -> BoxFuture<'static, Result<String, TokenError>> + Send + Sync;

impl ClientAssertion {
    /// Creates a token source. The closure is called for each token request.
    pub fn new<F, Answer>(
        transport: impl Transport,
        application: Application<'_>,
        assertion: F,
    ) -> Self
    where
        F: Fn() -> Answer + Send + Sync + 'static,
        Answer: Future<Output = Result<String, TokenError>> + Send + 'static,
    {
        Self {
            authority: Authority::new(transport, application),
            assertion: Arc::new(move || Box::pin(assertion())),
        }
    }

    /// Sets another sign-in service, such as that of a national cloud: `https://login.microsoftonline.us`.
    pub fn authority(mut self, base_url: &str) -> Self {
        self.authority = self.authority.at(base_url);
        self
    }
}

impl TokenSource for ClientAssertion {
    fn token<'a>(
        &'a self,
        request: TokenRequest<'a>,
    ) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            let assertion = Zeroizing::new((self.assertion)().await?);
            exchange(&self.authority, assertion.trim(), request).await
        })
    }
}

/// Obtains a token for an assertion.
pub(super) async fn exchange(
    authority: &Authority,
    assertion: &str,
    request: TokenRequest<'_>,
) -> Result<AccessToken, TokenError> {
    let scope = request.scopes.join(" ");
    let mut form = vec![
        ("grant_type", "client_credentials"),
        ("client_assertion_type", JWT_BEARER),
        ("client_assertion", assertion),
        ("scope", scope.as_str()),
    ];
    form.extend(request.claims.map(|claims| ("claims", claims)));
    Ok(authority.token(&form).await?.token)
}

impl fmt::Debug for ClientAssertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientAssertion")
    }
}
