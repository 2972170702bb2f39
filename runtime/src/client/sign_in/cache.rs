//! The cache of a client's access token. The token is renewed before it expires, once for all requests that wait for it.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, SystemTime};

use super::{AccessToken, TokenError, TokenRequest, TokenSource};
use crate::pipeline::Clock;

/// A token is renewed this long before it expires, while it is still valid; a short-lived token, in the second half of its life.
const EARLY: Duration = Duration::from_secs(5 * 60);

/// A token is treated as expired this long before it expires, as requests take time.
const LATE: Duration = Duration::from_secs(30);

/// The delay after a failed early renewal.
const PAUSE: Duration = Duration::from_secs(30);

/// A token source with its last token.
pub(crate) struct TokenCache {
    source: Arc<dyn TokenSource>,
    scopes: Vec<String>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// Whether a token is being requested.
    is_busy: bool,
    /// The number of completed token requests.
    round: u64,
    /// The error of the last token request, if it failed.
    failed: Option<TokenError>,
    /// When early renewal may be tried again.
    pause_until: Option<SystemTime>,
    waiting: Vec<Waker>,
}

struct Kept {
    token: AccessToken,
    since: SystemTime,
    claims: Option<String>,
    round: u64,
}

/// The next step of a request that needs a token.
enum Turn {
    Use(AccessToken),
    /// Request a token; fall back to this one if that fails.
    Get(Option<AccessToken>),
    /// Wait for the token request with this number.
    Wait(u64),
}

impl TokenCache {
    pub(crate) fn new(source: Arc<dyn TokenSource>, scopes: Vec<String>) -> Self {
        Self {
            source,
            scopes,
            state: Mutex::default(),
        }
    }

    /// Drops a token that the service rejected, unless another request replaced it in the meantime.
    pub(crate) fn drop_token(&self, rejected: &AccessToken) {
        let is_it = |kept: &mut Kept| kept.token.secret() == rejected.secret();
        drop(self.state().kept.take_if(is_it));
    }

    /// Returns a token that satisfies the claims, or the cached token if there are no claims.
    pub(crate) async fn token(
        &self,
        clock: &dyn Clock,
        claims: Option<&str>,
    ) -> Result<AccessToken, TokenError> {
        let begun = self.state().round;
        loop {
            let turn = self.state().turn(clock.now(), claims, begun);
            match turn {
                Turn::Use(token) => return Ok(token),
                Turn::Get(spare) => return self.get(clock, claims, spare).await,
                Turn::Wait(round) => {
                    self.wait(round).await;
                    let state = self.state();
                    let failed = state.failed.as_ref().filter(|_| state.round != round);
                    if let Some(error) = failed {
                        return Err(error.clone());
                    }
                }
            }
        }
    }

    async fn get(
        &self,
        clock: &dyn Clock,
        claims: Option<&str>,
        spare: Option<AccessToken>,
    ) -> Result<AccessToken, TokenError> {
        // If this future is dropped, another one takes over.
        let turn = RefreshGuard(self);
        let request = TokenRequest::new(&self.scopes).with_claims(claims);
        let got = self.source.token(request).await;
        let now = clock.now();
        let mut state = self.state();
        state.round += 1;
        let round = state.round;
        let result = match (got, spare) {
            (Ok(token), _) => {
                state.failed = None;
                state.pause_until = None;
                state.kept = Some(Kept {
                    token: token.clone(),
                    since: now,
                    claims: claims.map(str::to_owned),
                    round,
                });
                Ok(token)
            }
            (Err(_), Some(spare)) => {
                state.failed = None;
                state.pause_until = now.checked_add(PAUSE);
                Ok(spare)
            }
            (Err(error), None) => {
                state.failed = Some(error.clone());
                Err(error)
            }
        };
        drop(state);
        drop(turn);
        result
    }

    /// Waits until a token request completes or is abandoned.
    async fn wait(&self, round: u64) {
        poll_fn(|context| {
            let mut state = self.state();
            if state.is_busy && state.round == round {
                state.waiting.push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Determines the next step; `begun` is the number of completed token requests when the caller started.
    fn turn(&mut self, now: SystemTime, claims: Option<&str>, begun: u64) -> Turn {
        let spare = match &self.kept {
            Some(kept) if claims.is_some() => {
                // Another request obtained it in the meantime.
                if kept.claims.as_deref() == claims && kept.round > begun {
                    return Turn::Use(kept.token.clone());
                }
                None
            }
            Some(kept) if !kept.is_over(now) => {
                let may_try = self.pause_until.is_none_or(|until| now >= until);
                if self.is_busy || !may_try || !kept.is_old(now) {
                    return Turn::Use(kept.token.clone());
                }
                Some(kept.token.clone())
            }
            _ => None,
        };
        if self.is_busy {
            return Turn::Wait(self.round);
        }
        self.is_busy = true;
        Turn::Get(spare)
    }
}

impl Kept {
    fn is_over(&self, now: SystemTime) -> bool {
        let late = LATE.min(self.life() / 2);
        now + late >= self.token.expires_on()
    }

    fn is_old(&self, now: SystemTime) -> bool {
        now + EARLY.min(self.life() / 2) >= self.token.expires_on()
    }

    fn life(&self) -> Duration {
        self.token
            .expires_on()
            .duration_since(self.since)
            .unwrap_or_default()
    }
}

/// Marks that a token is being requested.
struct RefreshGuard<'a>(&'a TokenCache);

impl Drop for RefreshGuard<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_busy = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}
