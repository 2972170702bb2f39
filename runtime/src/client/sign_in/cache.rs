//! One token, kept until it is nearly used up, and got anew once for all that wait for it.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, SystemTime};

use super::{AccessToken, TokenError, TokenRequest, TokenSource};
use crate::pipeline::Clock;

/// So long before its end a token is replaced, while it still is good; with a short life, in its second half.
const EARLY: Duration = Duration::from_secs(5 * 60);

/// So long before its end a token counts as ended: a request takes its time.
const LATE: Duration = Duration::from_secs(30);

/// After so long, replacing a token early is tried again where it failed.
const PAUSE: Duration = Duration::from_secs(30);

/// A source of tokens, with the last token that it gave.
pub(crate) struct TokenCache {
    source: Arc<dyn TokenSource>,
    scopes: Vec<String>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// Whether somebody is getting a token.
    is_busy: bool,
    /// How often somebody got one, or failed.
    round: u64,
    /// How the last round failed.
    failed: Option<TokenError>,
    /// When replacing a token early may be tried again.
    pause_until: Option<SystemTime>,
    waiting: Vec<Waker>,
}

struct Kept {
    token: AccessToken,
    since: SystemTime,
    claims: Option<String>,
    round: u64,
}

/// What one who needs a token does.
enum Turn {
    Use(AccessToken),
    /// Get one, and use this one should that fail.
    Get(Option<AccessToken>),
    /// Wait for the end of this round.
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

    /// A token that bears these claims, or one that is kept if there are none.
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
        // Should this future be dropped, somebody else gets his turn.
        let turn = Busy(self);
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

    /// Waits until a round is over, or nobody is at it any more.
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
    /// What to do now; `begun` is the round in which the asking began.
    fn turn(&mut self, now: SystemTime, claims: Option<&str>, begun: u64) -> Turn {
        let spare = match &self.kept {
            Some(kept) if claims.is_some() => {
                // Somebody got it meanwhile.
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

/// Somebody is getting a token.
struct Busy<'a>(&'a TokenCache);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_busy = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}
