//! Tests of the token cache: early renewal, a single token request, no secrets in messages.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::pipeline::Clock;
use crate::pipeline::scripted::{StillClock, run};
use crate::request::BoxFuture;
use crate::sign_in::{AccessToken, TokenCache, TokenError, TokenRequest, TokenSource};

/// A token source that waits until the test provides a token.
#[derive(Default)]
struct CountingSource {
    asked: Mutex<u32>,
    given: Mutex<Vec<Result<AccessToken, TokenError>>>,
}

impl CountingSource {
    fn give(&self, result: Result<AccessToken, TokenError>) {
        self.given.lock().unwrap().push(result);
    }

    fn asked(&self) -> u32 {
        *self.asked.lock().unwrap()
    }
}

impl TokenSource for CountingSource {
    fn token<'a>(&'a self, _: TokenRequest<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        *self.asked.lock().unwrap() += 1;
        Box::pin(std::future::poll_fn(|_| {
            match self.given.lock().unwrap().pop() {
                Some(result) => Poll::Ready(result),
                None => Poll::Pending,
            }
        }))
    }
}

fn cache() -> (Arc<CountingSource>, TokenCache, StillClock) {
    let source = Arc::new(CountingSource::default());
    let cache = TokenCache::new(source.clone(), vec!["s".to_owned()]);
    (source, cache, StillClock::new())
}

fn token(clock: &StillClock, text: &str, seconds: u64) -> AccessToken {
    AccessToken::new(text, clock.now() + Duration::from_secs(seconds))
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// The text of the returned token, or the error.
fn get(cache: &TokenCache, clock: &StillClock) -> String {
    match run(cache.token(clock, None)) {
        Ok(token) => token.secret().to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn caches_tokens_until_shortly_before_expiry() {
    let (source, cache, clock) = cache();
    source.give(Ok(token(&clock, "first", 3600)));
    assert_eq!(get(&cache, &clock), "first");
    clock.advance(3299);
    assert_eq!((get(&cache, &clock).as_str(), source.asked()), ("first", 1));
    // It is renewed five minutes before it expires.
    clock.advance(1);
    source.give(Ok(token(&clock, "second", 3600)));
    assert_eq!(
        (get(&cache, &clock).as_str(), source.asked()),
        ("second", 2)
    );
}

#[test]
fn keeps_short_lived_tokens() {
    let (source, cache, clock) = cache();
    source.give(Ok(token(&clock, "first", 60)));
    get(&cache, &clock);
    clock.advance(29);
    assert_eq!((get(&cache, &clock).as_str(), source.asked()), ("first", 1));
    clock.advance(1);
    source.give(Ok(token(&clock, "second", 60)));
    assert_eq!(get(&cache, &clock), "second");
}

#[test]
fn concurrent_requests_share_one_token_request() {
    let (source, cache, clock) = cache();
    let mut all: Vec<_> = (0..50)
        .map(|_| Box::pin(cache.token(&clock, None)))
        .collect();
    assert!(all.iter_mut().all(|each| poll(each.as_mut()).is_pending()));
    assert_eq!(source.asked(), 1);
    source.give(Ok(token(&clock, "t", 3600)));
    for each in &mut all {
        let Poll::Ready(Ok(token)) = poll(each.as_mut()) else {
            panic!("there is a token")
        };
        assert_eq!(token.secret(), "t");
    }
    assert_eq!(source.asked(), 1);
}

#[test]
fn concurrent_requests_share_a_failed_token_request() {
    let (source, cache, clock) = cache();
    let mut all: Vec<_> = (0..50)
        .map(|_| Box::pin(cache.token(&clock, None)))
        .collect();
    assert!(all.iter_mut().all(|each| poll(each.as_mut()).is_pending()));
    source.give(Err(TokenError::new("closed")));
    for each in &mut all {
        let Poll::Ready(Err(error)) = poll(each.as_mut()) else {
            panic!("there is no token")
        };
        assert_eq!(error.to_string(), "closed");
    }
    assert_eq!(source.asked(), 1);
    // The next request asks again.
    source.give(Ok(token(&clock, "t", 3600)));
    assert_eq!((get(&cache, &clock).as_str(), source.asked()), ("t", 2));
}

#[test]
fn a_dropped_token_request_passes_its_turn_on() {
    let (source, cache, clock) = cache();
    let mut first = Box::pin(cache.token(&clock, None));
    assert!(poll(first.as_mut()).is_pending());
    let mut second = pin!(cache.token(&clock, None));
    assert!(poll(second.as_mut()).is_pending());
    drop(first);
    assert!(poll(second.as_mut()).is_pending());
    assert_eq!(source.asked(), 2);
    source.give(Ok(token(&clock, "t", 3600)));
    assert!(poll(second.as_mut()).is_ready());
}

#[test]
fn while_one_asks_early_the_others_go_on_with_what_there_is() {
    let (source, cache, clock) = cache();
    source.give(Ok(token(&clock, "old", 3600)));
    get(&cache, &clock);
    clock.advance(3400);
    let mut early = Box::pin(cache.token(&clock, None));
    assert!(poll(early.as_mut()).is_pending());
    assert_eq!((get(&cache, &clock).as_str(), source.asked()), ("old", 2));
    // If the renewal fails, the old token is still used, and the next renewal is delayed.
    source.give(Err(TokenError::new("closed")));
    let Poll::Ready(Ok(kept)) = poll(early.as_mut()) else {
        panic!("the old one is good")
    };
    assert_eq!(kept.secret(), "old");
    assert_eq!((get(&cache, &clock).as_str(), source.asked()), ("old", 2));
    clock.advance(30);
    source.give(Ok(token(&clock, "new", 3600)));
    assert_eq!((get(&cache, &clock).as_str(), source.asked()), ("new", 3));
}

#[test]
fn never_uses_expired_tokens() {
    let (source, cache, clock) = cache();
    source.give(Ok(token(&clock, "old", 3600)));
    get(&cache, &clock);
    clock.advance(3570);
    source.give(Err(TokenError::new("closed")));
    assert_eq!(get(&cache, &clock), "closed");
    source.give(Ok(token(&clock, "new", 3600)));
    assert_eq!(get(&cache, &clock), "new");
}

#[test]
fn claims_bypass_the_cache_once_for_concurrent_requests() {
    let (source, cache, clock) = cache();
    source.give(Ok(token(&clock, "plain", 3600)));
    get(&cache, &clock);
    let mut first = pin!(cache.token(&clock, Some("{}")));
    let mut second = pin!(cache.token(&clock, Some("{}")));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    source.give(Ok(token(&clock, "with claims", 3600)));
    for each in [poll(first.as_mut()), poll(second.as_mut())] {
        let Poll::Ready(Ok(token)) = each else {
            panic!("there is a token")
        };
        assert_eq!(token.secret(), "with claims");
    }
    assert_eq!(
        (get(&cache, &clock).as_str(), source.asked()),
        ("with claims", 2)
    );
}
