//! The device authorization flow.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use zeroize::Zeroizing;

use super::authority::{Authority, seconds};
use super::refresh::{InMemory, Renewal, scope_with_refresh};
use super::{AccessToken, Application, RefreshTokenStore, TokenError, TokenRequest, TokenSource};
use crate::request::{BoxFuture, Transport};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The increase of the polling interval when the service asks to slow down.
const SLOWER: Duration = Duration::from_secs(5);

/// The instructions for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DevicePrompt {
    /// The code to enter.
    pub user_code: String,
    /// The URL of the page on which to enter the code.
    pub verification_uri: String,
    /// The instructions as a sentence of the service.
    pub message: String,
    /// The time until the code expires.
    pub expires_in: Duration,
}

/// Authenticates a user, who opens a page on any device and enters a code. Later tokens are obtained with the refresh token,
/// without the user, for as long as the service permits.
///
/// ```
/// use graphwright_runtime::{Application, DeviceCode, Unconnected};
///
/// let application = Application { tenant: "organizations", client_id: "application-id" };
/// let source = DeviceCode::new(Unconnected, application, |prompt| {
///     eprintln!("{}", prompt.message);
/// });
/// # let _: Box<dyn graphwright_runtime::TokenSource> = Box::new(source);
/// ```
#[derive(Clone)]
pub struct DeviceCode {
    renewal: Renewal,
    prompt: Arc<dyn Fn(&DevicePrompt) + Send + Sync>,
}

impl DeviceCode {
    /// Creates a token source for an application. `prompt` shows the instructions to the user.
    pub fn new(
        transport: impl Transport,
        application: Application<'_>,
        prompt: impl Fn(&DevicePrompt) + Send + Sync + 'static,
    ) -> Self {
        Self::of(Authority::new(transport, application), prompt)
    }

    pub(super) fn of(
        authority: Authority,
        prompt: impl Fn(&DevicePrompt) + Send + Sync + 'static,
    ) -> Self {
        Self {
            renewal: Renewal::new(authority, InMemory::default()),
            prompt: Arc::new(prompt),
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

    async fn request_token(
        &self,
        scope: &str,
        claims: Option<&str>,
    ) -> Result<AccessToken, TokenError> {
        let authority = &self.renewal.authority;
        let mut form = vec![("scope", scope)];
        form.extend(claims.map(|claims| ("claims", claims)));
        let answer = authority.post("devicecode", &form).await?;
        let text = |name: &str| {
            answer
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let device_code = Zeroizing::new(text("device_code"));
        let time = |name: &str, usual| {
            let stated = answer.get(name).and_then(seconds);
            stated
                .unwrap_or(Duration::from_secs(usual))
                .min(Duration::from_secs(24 * 60 * 60))
        };
        let mut pause = time("interval", 5);
        let prompt = DevicePrompt {
            user_code: text("user_code"),
            verification_uri: text("verification_uri"),
            message: text("message"),
            expires_in: time("expires_in", 900),
        };
        (self.prompt)(&prompt);
        let clock = authority.clock()?;
        let end = clock.now() + prompt.expires_in;
        // Counts the waits as well, as the clock may stand still.
        let mut waited = Duration::ZERO;
        loop {
            clock.sleep(pause).await;
            waited += pause.max(Duration::from_secs(1));
            if clock.now() >= end || waited >= prompt.expires_in {
                let error = TokenError::new("the user did not sign in in time");
                return Err(error.with_code("expired_token"));
            }
            let form = [("grant_type", GRANT), ("device_code", device_code.as_str())];
            match authority.token(&form).await {
                Ok(granted) => return self.renewal.keep(granted),
                Err(refused) => match refused.code.as_deref() {
                    Some("authorization_pending") => {}
                    Some("slow_down") => pause += SLOWER,
                    _ => return Err(refused.into()),
                },
            }
        }
    }
}

impl TokenSource for DeviceCode {
    fn token<'a>(
        &'a self,
        request: TokenRequest<'a>,
    ) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            let scope = scope_with_refresh(&request);
            match self.renewal.renew(&scope, request.claims).await? {
                Some(token) => Ok(token),
                None => self.request_token(&scope, request.claims).await,
            }
        })
    }
}

impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceCode")
    }
}
