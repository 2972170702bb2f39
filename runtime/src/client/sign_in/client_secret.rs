//! The client credentials flow with a client secret.

use std::fmt;

use zeroize::Zeroizing;

use super::authority::Authority;
use super::{AccessToken, Application, TokenError, TokenRequest, TokenSource};
use crate::request::{BoxFuture, Transport};

/// Authenticates an application, without a user, with a client secret.
///
/// ```
/// use graphwright_runtime::{Application, ClientSecret, Unconnected};
///
/// let application = Application { tenant: "contoso.example", client_id: "application-id" };
/// let source = ClientSecret::new(Unconnected, application, "secret");
/// assert_eq!(format!("{source:?}"), "ClientSecret");
/// ```
#[derive(Clone)]
pub struct ClientSecret {
    authority: Authority,
    secret: Zeroizing<String>,
}

impl ClientSecret {
    /// Creates a token source for an application and its secret.
    pub fn new(
        transport: impl Transport,
        application: Application<'_>,
        secret: impl Into<String>,
    ) -> Self {
        Self::of(Authority::new(transport, application), secret)
    }

    pub(super) fn of(authority: Authority, secret: impl Into<String>) -> Self {
        Self {
            authority,
            secret: Zeroizing::new(secret.into()),
        }
    }

    /// Sets another sign-in service, such as that of a national cloud: `https://login.microsoftonline.us`.
    pub fn authority(mut self, base_url: &str) -> Self {
        self.authority = self.authority.at(base_url);
        self
    }
}

impl TokenSource for ClientSecret {
    fn token<'a>(
        &'a self,
        request: TokenRequest<'a>,
    ) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            let scope = request.scopes.join(" ");
            let mut form = vec![
                ("grant_type", "client_credentials"),
                ("client_secret", self.secret.as_str()),
                ("scope", scope.as_str()),
            ];
            form.extend(request.claims.map(|claims| ("claims", claims)));
            Ok(self.authority.token(&form).await?.token)
        })
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret")
    }
}
