//! Access tokens, which are never printed.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::request::Error;

/// An access token with its expiry. Its memory is zeroed on drop, and its text appears in no message.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use graphwright_runtime::AccessToken;
///
/// let token = AccessToken::new("secret", SystemTime::now() + Duration::from_secs(3600));
/// assert!(!format!("{token:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct AccessToken {
    secret: Zeroizing<String>,
    expires_on: SystemTime,
}

impl AccessToken {
    /// Creates a token that expires at `expires_on`.
    pub fn new(secret: impl Into<String>, expires_on: SystemTime) -> Self {
        Self {
            secret: Zeroizing::new(secret.into()),
            expires_on,
        }
    }

    /// Creates a token of unknown expiry. It is used until the service rejects it.
    pub fn fixed(secret: impl Into<String>) -> Self {
        let century = Duration::from_secs(100 * 365 * 24 * 60 * 60);
        Self::new(secret, SystemTime::now() + century)
    }

    /// The expiry.
    pub fn expires_on(&self) -> SystemTime {
        self.expires_on
    }

    /// The text of the token. It allows everyone who has it to act as the user.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Returns the value of the `Authorization` header. Its memory is zeroed on drop as well.
    pub(crate) fn header(&self) -> Result<HeaderValue, Error> {
        let text = Zeroizing::new(format!("Bearer {}", &*self.secret).into_bytes());
        let header = HeaderValue::from_maybe_shared(Bytes::from_owner(text));
        let mut header =
            header.map_err(|_| Error::sign_in("the token holds what no header may"))?;
        header.set_sensitive(true);
        Ok(header)
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("AccessToken");
        shown
            .field("expires_on", &self.expires_on)
            .finish_non_exhaustive()
    }
}
