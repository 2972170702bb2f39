//! The state machine of one request, from the first try to the result. It performs no I/O.

use std::mem;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{Request, Response, StatusCode};

use super::randomness::guid;
use super::retry::{Repeatable, is_throttling};
use super::{Call, Policies, Wait, WaitReason, redirect, retry_after};
use crate::hosts::Reach;
use crate::request::{Error, SentCall, TransportError};
use crate::sign_in::{AccessToken, challenge};

const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const SDK_VERSION: HeaderName = HeaderName::from_static("sdkversion");

/// The state of one request. The caller asks for the [`next`](Self::next) step, carries it out, reports the result, and repeats
/// this until the step is [`Step::Done`].
#[derive(Debug)]
pub struct Exchange {
    policies: Arc<Policies>,
    call: Call,
    client_request_id: String,
    token: Option<AccessToken>,
    /// The response that rejected the token, and the token, until another one is obtained.
    rejected: Option<(AccessToken, Response<Bytes>)>,
    has_renewed_token: bool,
    /// The claims that the service requires of the next token.
    claims: Option<String>,
    has_answered_claims: bool,
    /// The number of times the request was sent.
    sent: u32,
    /// The number of failed tries that count towards the retry policy.
    failures: u32,
    redirects: u32,
    jitter: Duration,
    waited: Duration,
    /// The end of the last wait for the gate.
    gate_until: Option<SystemTime>,
    state: State,
}

#[derive(Debug)]
enum State {
    Ready,
    Waiting(Wait),
    Done(Option<Result<Response<Bytes>, Error>>),
}

/// The next step of an [`Exchange`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Step {
    /// Obtain an access token and pass it to [`Exchange::signed_in`]. If there are claims, the token must satisfy them and must
    /// not come from a cache.
    SignIn {
        /// The claims challenge of the service, as JSON.
        claims: Option<String>,
        /// The token that the service rejected. Caches drop it.
        rejected: Option<AccessToken>,
    },
    /// Wait for this duration.
    Wait(Wait),
    /// Send this request and pass the result to [`Exchange::answered`] or [`Exchange::failed`].
    Send(Request<Bytes>),
    /// The request is complete.
    Done(Result<Response<Bytes>, Error>),
}

impl Exchange {
    pub(crate) fn new(policies: Arc<Policies>, mut call: Call) -> Self {
        let given = call
            .headers
            .get(&CLIENT_REQUEST_ID)
            .and_then(|id| id.to_str().ok());
        let id = given.map_or_else(|| guid(&*policies.randomness), str::to_owned);
        if let Ok(value) = HeaderValue::from_str(&id) {
            // Replaces a header set by the caller, so that the request has a single id.
            call.headers.insert(CLIENT_REQUEST_ID, value);
        }
        let ours = || policies.user_agent.clone();
        call.headers.entry(USER_AGENT).or_insert_with(ours);
        let ours = HeaderValue::from_static(concat!("graph-rust/", env!("CARGO_PKG_VERSION")));
        call.headers.entry(SDK_VERSION).or_insert(ours);
        Self {
            jitter: policies.retry.min_delay,
            policies,
            call,
            client_request_id: id,
            token: None,
            rejected: None,
            has_renewed_token: false,
            claims: None,
            has_answered_claims: false,
            sent: 0,
            failures: 0,
            redirects: 0,
            waited: Duration::ZERO,
            gate_until: None,
            state: State::Ready,
        }
    }

    /// Returns the next step. The duration of a returned wait counts as waited.
    pub fn next(&mut self, now: SystemTime) -> Step {
        match mem::replace(&mut self.state, State::Ready) {
            State::Waiting(wait) => {
                self.waited = self.waited.saturating_add(wait.duration);
                return Step::Wait(wait);
            }
            State::Done(result) => {
                self.state = State::Done(None);
                let over = || Err(Error::invalid_request("the request is already complete"));
                return Step::Done(result.unwrap_or_else(over));
            }
            State::Ready => {}
        }
        // Waits only once for the same point in time, as the clock may stand still.
        if let Some((duration, until)) = self.policies.gate.closed_for(now)
            && self.gate_until != Some(until)
        {
            self.gate_until = Some(until);
            self.waited = self.waited.saturating_add(duration);
            return Step::Wait(self.wait(duration, WaitReason::Gate));
        }
        let is_signed = match self.policies.hosts.reach(&self.call.address) {
            Ok(reach) => reach == Reach::WithToken && !self.call.is_unsigned,
            Err(error) => {
                return Step::Done(Err(self.with_call(Error::disallowed_host("URL", error))));
            }
        };
        let signs =
            is_signed && self.policies.signs && !self.call.headers.contains_key(AUTHORIZATION);
        if signs && self.token.is_none() {
            let claims = self.claims.clone();
            let rejected = self.rejected.as_ref().map(|(token, _)| token.clone());
            return Step::SignIn { claims, rejected };
        }
        match self.request(signs) {
            Ok(request) => {
                self.sent += 1;
                Step::Send(request)
            }
            Err(error) => Step::Done(Err(self.with_call(error))),
        }
    }

    /// Reports that an access token was obtained.
    pub fn signed_in(&mut self, token: &AccessToken) {
        if let Some((rejected, response)) = self.rejected.take()
            && rejected.secret() == token.secret()
        {
            // The source has no other token, so that another try would have the same result.
            return self.end(Err(Error::service(response)));
        }
        match token.header() {
            Ok(_) => self.token = Some(token.clone()),
            Err(error) => self.end(Err(error)),
        }
    }

    /// Reports the response to a request that was sent.
    pub fn answered(&mut self, mut response: Response<Bytes>, now: SystemTime) {
        let status = response.status();
        if status.is_success() {
            let checked = self.check(&response);
            response.extensions_mut().insert(SentCall {
                tries: self.sent,
                client_request_id: self.client_request_id.clone(),
            });
            return self.end(checked.map(|()| response));
        }
        if redirect::is_redirect(&response) {
            return self.redirected(response);
        }
        let may_answer = self.token.is_some() && !self.has_answered_claims;
        if status == StatusCode::UNAUTHORIZED
            && may_answer
            && let Some(claims) = challenge::claims(response.headers())
        {
            self.has_answered_claims = true;
            self.claims = Some(claims);
            self.token = None;
            return;
        }
        if status == StatusCode::UNAUTHORIZED
            && !self.has_renewed_token
            && self.claims.is_none()
            && let Some(token) = self.token.clone()
        {
            // The token may have been revoked. The service has not processed the request.
            self.has_renewed_token = true;
            let response = self.without_token(response);
            self.token = None;
            self.rejected = Some((token, response));
            return;
        }
        let asked = retry_after(response.headers(), now);
        let repeatable = Repeatable::of(&self.call.method, self.call.is_idempotent);
        let max_retry_after = self.policies.retry.max_retry_after;
        let is_over = !repeatable.after_status(status, asked.is_some())
            || asked.is_some_and(|asked| asked > max_retry_after);
        let throttles = is_throttling(status, asked.is_some());
        let next = asked.unwrap_or_else(|| self.next_jitter());
        if throttles && next <= max_retry_after {
            self.policies.gate.close(now, next);
        }
        if is_over || !self.may_try_again() {
            let response = self.without_token(response);
            return self.end(Err(Error::service(response).with_retry_after(asked)));
        }
        self.state = State::Waiting(self.wait(next, WaitReason::Status(status)));
    }

    /// Reports that a request failed without a complete response.
    pub fn failed(&mut self, error: TransportError) {
        let repeatable = Repeatable::of(&self.call.method, self.call.is_idempotent);
        let is_repeatable = repeatable.after_failure() || error.is_unsent();
        if error.is_permanent() || !is_repeatable || !self.may_try_again() {
            return self.end(Err(Error::transport(error)));
        }
        let next = self.next_jitter();
        self.state = State::Waiting(self.wait(next, WaitReason::NoResponse));
    }

    /// Completes the exchange with a result.
    pub(crate) fn end(&mut self, result: Result<Response<Bytes>, Error>) {
        let result = result.map_err(|error| self.with_call(error));
        self.state = State::Done(Some(result));
    }

    /// The number of times the request was sent.
    pub fn tries(&self) -> u32 {
        self.sent
    }

    /// Whether the body is still sent: a redirect may drop it.
    pub(super) fn has_body(&self) -> bool {
        self.call.source.is_some()
    }

    /// The total duration of all waits.
    pub fn waited(&self) -> Duration {
        self.waited
    }

    /// Adds the operation, id and number of tries to an error.
    pub(crate) fn with_call(&self, error: Error) -> Error {
        error.with_call(
            self.call.operation,
            Some(&self.client_request_id),
            self.sent,
        )
    }

    fn redirected(&mut self, response: Response<Bytes>) {
        self.redirects += 1;
        if self.redirects > redirect::MAX_REDIRECTS {
            let error =
                Error::loop_detected(format!("more than {} redirects", redirect::MAX_REDIRECTS));
            let response = self.without_token(response);
            return self.end(Err(error.with_response(response)));
        }
        match redirect::follow(&mut self.call, &self.policies, &response) {
            // The new host may receive no token, or need another one.
            Ok(()) => self.token = None,
            Err(error) => self.end(Err(error)),
        }
    }

    /// Whether a try is left. If so, the next try obtains its own token, as the current one may expire in the meantime.
    fn may_try_again(&mut self) -> bool {
        self.failures += 1;
        self.token = None;
        self.failures < self.policies.retry.tries
    }

    fn next_jitter(&mut self) -> Duration {
        self.jitter = self
            .policies
            .retry
            .jitter(self.jitter, &*self.policies.randomness);
        self.jitter
    }

    fn wait(&self, duration: Duration, reason: WaitReason) -> Wait {
        Wait {
            duration,
            reason,
            tries: self.sent,
            operation: self.call.operation,
        }
    }

    fn request(&self, signs: bool) -> Result<Request<Bytes>, Error> {
        let mut request = Request::new(self.call.body.clone());
        *request.method_mut() = self.call.method.clone();
        *request.uri_mut() = http::Uri::try_from(self.call.address.to_text())
            .map_err(|_| Error::invalid_request("the URL is not valid"))?;
        *request.headers_mut() = self.call.headers.clone();
        if let Some(token) = self.token.as_ref().filter(|_| signs) {
            request.headers_mut().insert(AUTHORIZATION, token.header()?);
        }
        Ok(request)
    }

    fn check(&self, response: &Response<Bytes>) -> Result<(), Error> {
        let kind = response.headers().get(CONTENT_TYPE);
        let is_json =
            kind.is_none_or(|kind| kind.as_bytes().windows(4).any(|part| part == b"json"));
        if is_json {
            self.policies.limits.check_depth(response.body())?;
        }
        Ok(())
    }

    /// Removes the token from a response, in case the service or a proxy echoed it.
    fn without_token(&self, mut response: Response<Bytes>) -> Response<Bytes> {
        let obtained = self.token.iter().map(|token| token.secret().as_bytes());
        let given = self.call.headers.get(AUTHORIZATION).into_iter();
        let given = given.map(|header| {
            let text = header.as_bytes();
            text.strip_prefix(b"Bearer ").unwrap_or(text)
        });
        for token in obtained.chain(given) {
            if token.len() < 8 {
                continue;
            }
            let holds = |text: &[u8]| text.windows(token.len()).any(|part| part == token);
            if holds(response.body()) {
                *response.body_mut() = Bytes::new();
            }
            for value in response.headers_mut().values_mut() {
                if holds(value.as_bytes()) {
                    *value = HeaderValue::from_static("(removed)");
                }
            }
        }
        response
    }
}
