//! The authorization code flow with PKCE, in a browser on the same machine.

mod redirect;

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::authority::{Authority, encode};
use super::refresh::{InMemory, Renewal, scope_with_refresh};
use super::{AccessToken, Application, RefreshTokenStore, TokenError, TokenRequest, TokenSource};
use crate::request::{BoxFuture, Transport};
use redirect::RedirectListener;

/// The time that the user has to sign in.
const TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// Authenticates a user in a browser on the same machine, for desktop programs and command lines: the authorization code flow with
/// PKCE. The sign-in service redirects the browser to a port of the local machine; the application needs the redirect URI
/// `http://localhost` of the platform "Mobile and desktop applications". Later tokens are obtained with the refresh token, without
/// the user, for as long as the service permits.
///
/// ```no_run
/// use graphwright_runtime::{Application, BrowserSignIn, FileTokenStore, ReqwestTransport};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let application = Application { tenant: "organizations", client_id: "application-id" };
/// let source = BrowserSignIn::new(ReqwestTransport::new()?, application, |url| {
///     // Or open the browser: `xdg-open`, `open` or `start`.
///     eprintln!("Sign in at {url}");
/// })
/// .store(FileTokenStore::new("token"));
/// # let _: Box<dyn graphwright_runtime::TokenSource> = Box::new(source);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct BrowserSignIn {
    renewal: Renewal,
    open: Arc<dyn Fn(&str) + Send + Sync>,
    timeout: Duration,
}

impl BrowserSignIn {
    /// Creates a token source. `open` is called with the URL of the sign-in page, and opens or prints it.
    pub fn new(
        transport: impl Transport,
        application: Application<'_>,
        open: impl Fn(&str) + Send + Sync + 'static,
    ) -> Self {
        Self::of(Authority::new(transport, application), open)
    }

    pub(super) fn of(authority: Authority, open: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self {
            renewal: Renewal::new(authority, InMemory::default()),
            open: Arc::new(open),
            timeout: TIMEOUT,
        }
    }

    /// Sets another sign-in service, such as that of a national cloud: `https://login.microsoftonline.us`.
    pub fn authority(mut self, base_url: &str) -> Self {
        self.renewal.authority = self.renewal.authority.at(base_url);
        self
    }

    /// Sets the store of the refresh token. By default it is kept in memory.
    pub fn store(mut self, store: impl RefreshTokenStore) -> Self {
        self.renewal.set_store(store);
        self
    }

    /// Sets the time that the user has to sign in. The default is 5 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn sign_in(&self, scope: &str, claims: Option<&str>) -> Result<AccessToken, TokenError> {
        let authority = &self.renewal.authority;
        let verifier = Zeroizing::new(random_text()?);
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        let state = random_text()?;
        let listener = RedirectListener::bind(&state).map_err(|error| {
            TokenError::new(format!(
                "no port of the local machine can be opened: {error}"
            ))
        })?;
        let redirect_uri = listener.redirect_uri();
        let mut query = vec![
            ("response_type", "code"),
            ("response_mode", "query"),
            ("redirect_uri", redirect_uri.as_str()),
            ("scope", scope),
            ("state", state.as_str()),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        query.extend(claims.map(|claims| ("claims", claims)));
        let query = encode(&query, authority.client_id());
        let query = String::from_utf8_lossy(&query);
        (self.open)(&format!("{}?{query}", authority.url("authorize")?));
        let code = self.wait(listener).await?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", redirect_uri.as_str()),
            ("code_verifier", verifier.as_str()),
            ("scope", scope),
        ];
        self.renewal.keep(authority.token(&form).await?)
    }

    /// Waits for the redirect, and returns its code.
    async fn wait(&self, listener: RedirectListener) -> Result<Zeroizing<String>, TokenError> {
        let mut redirected = pin!(listener.receive());
        let mut timeout = self.renewal.authority.clock()?.sleep(self.timeout);
        poll_fn(|context| {
            if let Poll::Ready(result) = redirected.as_mut().poll(context) {
                return Poll::Ready(result);
            }
            timeout.as_mut().poll(context).map(|()| {
                let error = TokenError::new("the user did not sign in in time");
                Err(error.with_code("expired_token"))
            })
        })
        .await
    }
}

/// Returns 256 random bits as text.
fn random_text() -> Result<String, TokenError> {
    let mut bytes = Zeroizing::new([0; 32]);
    let filled = SystemRandom::new().fill(&mut *bytes);
    filled.map_err(|_| TokenError::new("the system returns no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(*bytes))
}

impl TokenSource for BrowserSignIn {
    fn token<'a>(
        &'a self,
        request: TokenRequest<'a>,
    ) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            let scope = scope_with_refresh(&request);
            match self.renewal.renew(&scope, request.claims).await? {
                Some(token) => Ok(token),
                None => self.sign_in(&scope, request.claims).await,
            }
        })
    }
}

impl fmt::Debug for BrowserSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserSignIn")
    }
}
