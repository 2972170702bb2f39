//! Client assertions that are signed with a certificate.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PSS_SHA256, RsaKeyPair};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::json;

use super::assertion::exchange;
use super::authority::Authority;
use super::{AccessToken, Application, TokenError, TokenRequest, TokenSource};
use crate::request::{BoxFuture, Transport};

/// The life of an assertion.
const LIFE: Duration = Duration::from_secs(10 * 60);

/// Authenticates an application, without a user, with a certificate.
///
/// ```no_run
/// use graphwright_runtime::{Application, ClientCertificate, ReqwestTransport};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let application = Application { tenant: "contoso.example", client_id: "application-id" };
/// let pem = std::fs::read("certificate-and-key.pem")?;
/// let source = ClientCertificate::new(ReqwestTransport::new()?, application, &pem)?;
/// # let _: Box<dyn graphwright_runtime::TokenSource> = Box::new(source);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ClientCertificate {
    authority: Authority,
    key: Arc<RsaKeyPair>,
    /// The SHA-256 hash of the certificate, in base64url.
    thumbprint: String,
}

impl ClientCertificate {
    /// Creates a token source. `pem` contains the certificate, which is uploaded to the application, and its RSA private key in
    /// PEM format, unencrypted (PKCS #8 or PKCS #1).
    ///
    /// # Errors
    ///
    /// Returns an error if `pem` has no certificate or no RSA key of 2048 to 4096 bits.
    pub fn new(
        transport: impl Transport,
        application: Application<'_>,
        pem: &[u8],
    ) -> Result<Self, TokenError> {
        Self::of(Authority::new(transport, application), pem)
    }

    pub(super) fn of(authority: Authority, pem: &[u8]) -> Result<Self, TokenError> {
        let certificate = CertificateDer::from_pem_slice(pem)
            .map_err(|_| TokenError::new("expected a certificate in PEM format, found none"))?;
        let key = PrivateKeyDer::from_pem_slice(pem)
            .map_err(|_| TokenError::new("expected a private key in PEM format, found none"))?;
        let key = match &key {
            PrivateKeyDer::Pkcs8(key) => RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()),
            PrivateKeyDer::Pkcs1(key) => RsaKeyPair::from_der(key.secret_pkcs1_der()),
            _ => {
                return Err(TokenError::new(
                    "expected an RSA private key, found another one",
                ));
            }
        };
        let key = key.map_err(|error| {
            TokenError::new(format!(
                "expected an RSA private key of 2048 to 4096 bits: {error}"
            ))
        })?;
        Ok(Self {
            authority,
            key: Arc::new(key),
            thumbprint: URL_SAFE_NO_PAD.encode(digest(&SHA256, &certificate)),
        })
    }

    /// Sets another sign-in service, such as that of a national cloud: `https://login.microsoftonline.us`.
    pub fn authority(mut self, base_url: &str) -> Self {
        self.authority = self.authority.at(base_url);
        self
    }

    /// Signs an assertion that is valid from `now` on.
    fn sign(&self, now: SystemTime) -> Result<String, TokenError> {
        let seconds = |time: SystemTime| {
            time.duration_since(UNIX_EPOCH)
                .unwrap_or_default()
                .as_secs()
        };
        let client_id = self.authority.client_id();
        let header = json!({"alg": "PS256", "typ": "JWT", "x5t#S256": self.thumbprint});
        let claims = json!({
            "aud": self.authority.url("token")?,
            "iss": client_id,
            "sub": client_id,
            "jti": self.authority.new_id()?,
            "nbf": seconds(now),
            "exp": seconds(now + LIFE),
        });
        let encode = |json: serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let mut text = format!("{}.{}", encode(header), encode(claims));
        let mut signature = vec![0; self.key.public().modulus_len()];
        let random = SystemRandom::new();
        let signed = self
            .key
            .sign(&RSA_PSS_SHA256, &random, text.as_bytes(), &mut signature);
        signed.map_err(|_| TokenError::new("the assertion cannot be signed"))?;
        text.push('.');
        text.push_str(&URL_SAFE_NO_PAD.encode(signature));
        Ok(text)
    }
}

impl TokenSource for ClientCertificate {
    fn token<'a>(
        &'a self,
        request: TokenRequest<'a>,
    ) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            let assertion = self.sign(self.authority.clock()?.now())?;
            exchange(&self.authority, &assertion, request).await
        })
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCertificate")
    }
}
