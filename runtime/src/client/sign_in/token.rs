//! Tokens, which nothing prints.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::request::Error;

/// A token, and when it ends. Its memory is wiped when it is dropped, and its text stands in no message.
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
    /// A token with its end.
    pub fn new(secret: impl Into<String>, expires_on: SystemTime) -> Self {
        Self {
            secret: Zeroizing::new(secret.into()),
            expires_on,
        }
    }

    /// A token whose end nobody knows: it is used for ever, and the service says when it has ended.
    pub fn fixed(secret: impl Into<String>) -> Self {
        let century = Duration::from_secs(100 * 365 * 24 * 60 * 60);
        Self::new(secret, SystemTime::now() + century)
    }

    /// When it ends.
    pub fn expires_on(&self) -> SystemTime {
        self.expires_on
    }

    /// The text of it. Whoever has it can do all that the user may.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The value of the `Authorization` header. Its memory is wiped as well.
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
