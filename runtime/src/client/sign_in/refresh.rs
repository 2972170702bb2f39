//! Refresh tokens, and the stores that keep them.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use zeroize::Zeroizing;

use super::authority::{Authority, Granted};
use super::{AccessToken, Application, TokenError, TokenRequest, TokenSource};
use crate::request::{BoxFuture, Transport};

/// The error codes after which the user has to sign in again.
const INTERACTION_REQUIRED: [&str; 5] = [
    "invalid_grant",
    "interaction_required",
    "login_required",
    "consent_required",
    "access_denied",
];

/// A store of a refresh token, so that a user need not sign in again after a restart. A refresh token allows everyone who has it
/// to act as the user.
pub trait RefreshTokenStore: Send + Sync + 'static {
    /// Returns the stored token, or `None` if there is none.
    fn load(&self) -> io::Result<Option<String>>;

    /// Replaces the stored token.
    fn save(&self, token: &str) -> io::Result<()>;
}

/// Keeps the refresh token in memory.
#[derive(Default)]
pub(super) struct InMemory(Mutex<Option<Zeroizing<String>>>);

impl RefreshTokenStore for InMemory {
    fn load(&self) -> io::Result<Option<String>> {
        let token = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(token.as_ref().map(|token| token.to_string()))
    }

    fn save(&self, token: &str) -> io::Result<()> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(Zeroizing::new(token.to_owned()));
        Ok(())
    }
}

impl<T: RefreshTokenStore + ?Sized> RefreshTokenStore for Arc<T> {
    fn load(&self) -> io::Result<Option<String>> {
        (**self).load()
    }

    fn save(&self, token: &str) -> io::Result<()> {
        (**self).save(token)
    }
}

/// Stores the refresh token in a file, which on Unix only its owner can read. The token is not encrypted.
#[derive(Clone, Debug)]
pub struct FileTokenStore(PathBuf);

impl FileTokenStore {
    /// Creates a store at a path. The file is created when a token is saved.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl RefreshTokenStore for FileTokenStore {
    fn load(&self) -> io::Result<Option<String>> {
        match fs::read_to_string(&self.0) {
            Ok(token) => Ok(Some(token.trim().to_owned()).filter(|token| !token.is_empty())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn save(&self, token: &str) -> io::Result<()> {
        use io::Write;
        let mut name = self.0.clone().into_os_string();
        name.push(".new");
        let new = PathBuf::from(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // Left behind by a run that was interrupted.
        if let Err(error) = fs::remove_file(&new)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
        let mut file = options.open(&new)?;
        file.write_all(token.as_bytes())?;
        file.sync_all()?;
        fs::rename(new, &self.0)
    }
}

/// Obtains tokens with the refresh token of a store.
#[derive(Clone)]
pub(super) struct Renewal {
    pub(super) authority: Authority,
    store: Arc<dyn RefreshTokenStore>,
}

impl Renewal {
    pub(super) fn new(authority: Authority, store: impl RefreshTokenStore) -> Self {
        Self {
            authority,
            store: Arc::new(store),
        }
    }

    pub(super) fn set_store(&mut self, store: impl RefreshTokenStore) {
        self.store = Arc::new(store);
    }

    /// Stores the refresh token and returns the access token.
    pub(super) fn keep(&self, granted: Granted) -> Result<AccessToken, TokenError> {
        if let Some(refresh) = granted.refresh {
            let saved = self.store.save(&refresh);
            saved.map_err(|error| {
                TokenError::new(format!("the refresh token cannot be stored: {error}"))
            })?;
        }
        Ok(granted.token)
    }

    /// Obtains a token with the stored refresh token, or returns `None` if the user has to sign in.
    pub(super) async fn renew(
        &self,
        scope: &str,
        claims: Option<&str>,
    ) -> Result<Option<AccessToken>, TokenError> {
        let stored = self.store.load();
        let stored = stored.map_err(|error| {
            TokenError::new(format!("the stored refresh token cannot be read: {error}"))
        })?;
        let Some(refresh) = stored.map(Zeroizing::new) else {
            return Ok(None);
        };
        let mut form = vec![
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.as_str()),
            ("scope", scope),
        ];
        form.extend(claims.map(|claims| ("claims", claims)));
        match self.authority.token(&form).await {
            Ok(granted) => self.keep(granted).map(Some),
            Err(rejected) => match rejected.code.as_deref() {
                Some(code) if INTERACTION_REQUIRED.contains(&code) => Ok(None),
                _ => Err(rejected.into()),
            },
        }
    }
}

/// The scopes of a token request, with the one for a refresh token: without it the user would have to sign in every hour.
pub(super) fn scope_with_refresh(request: &TokenRequest<'_>) -> String {
    format!("{} offline_access", request.scopes.join(" "))
}

/// Authenticates a user who has signed in before, with the refresh token of a store. It fails when the user has to sign in again.
///
/// ```
/// use graphwright_runtime::{Application, FileTokenStore, RefreshToken, Unconnected};
///
/// let application = Application { tenant: "organizations", client_id: "application-id" };
/// let source = RefreshToken::new(Unconnected, application, FileTokenStore::new("token"));
/// # let _: Box<dyn graphwright_runtime::TokenSource> = Box::new(source);
/// ```
#[derive(Clone)]
pub struct RefreshToken(Renewal);

impl RefreshToken {
    /// Creates a token source for an application and a store with a refresh token.
    pub fn new(
        transport: impl Transport,
        application: Application<'_>,
        store: impl RefreshTokenStore,
    ) -> Self {
        Self::of(Authority::new(transport, application), store)
    }

    pub(super) fn of(authority: Authority, store: impl RefreshTokenStore) -> Self {
        Self(Renewal::new(authority, store))
    }

    /// Sets another sign-in service, such as that of a national cloud: `https://login.microsoftonline.us`.
    pub fn authority(mut self, base_url: &str) -> Self {
        self.0.authority = self.0.authority.at(base_url);
        self
    }
}

impl TokenSource for RefreshToken {
    fn token<'a>(
        &'a self,
        request: TokenRequest<'a>,
    ) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            let scope = scope_with_refresh(&request);
            let renewed = self.0.renew(&scope, request.claims).await?;
            renewed.ok_or_else(|| {
                let error =
                    TokenError::new("there is no valid refresh token; the user has to sign in");
                error.with_code("interaction_required")
            })
        })
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken")
    }
}
