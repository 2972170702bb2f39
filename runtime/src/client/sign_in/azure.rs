//! Credentials of `azure_identity`.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use azure_core::credentials::TokenCredential;

use super::{AccessToken, TokenError, TokenRequest, TokenSource};
use crate::request::BoxFuture;

/// A credential of `azure_identity` as a token source. These credentials do not accept claims, so a claims challenge is answered
/// with whatever token they return next.
///
/// A program in Azure signs in with its managed identity, and one in Kubernetes with its workload identity, without a secret:
///
/// ```no_run
/// use azure_identity::{ManagedIdentityCredential, WorkloadIdentityCredential};
/// use graphwright_runtime::{AzureCredential, Client};
///
/// fn connect(is_kubernetes: bool) -> Result<Client, Box<dyn std::error::Error>> {
///     let source = if is_kubernetes {
///         // Reads `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_FEDERATED_TOKEN_FILE`.
///         AzureCredential::new(WorkloadIdentityCredential::new(None)?)
///     } else {
///         AzureCredential::new(ManagedIdentityCredential::new(None)?)
///     };
///     Ok(Client::builder("https://graph.microsoft.com/v1.0").token_source(source).build()?)
/// }
/// ```
#[derive(Clone)]
pub struct AzureCredential(Arc<dyn TokenCredential>);

impl AzureCredential {
    /// Wraps a credential.
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self(credential)
    }
}

impl TokenSource for AzureCredential {
    fn token<'a>(
        &'a self,
        request: TokenRequest<'a>,
    ) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            let scopes: Vec<&str> = request.scopes.iter().map(String::as_str).collect();
            let token = self
                .0
                .get_token(&scopes, None)
                .await
                .map_err(TokenError::new)?;
            let expires_on = SystemTime::from(token.expires_on);
            Ok(AccessToken::new(token.token.secret(), expires_on))
        })
    }
}

impl fmt::Debug for AzureCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AzureCredential")
    }
}
