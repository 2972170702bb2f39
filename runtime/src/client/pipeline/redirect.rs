//! Follows redirects.

use bytes::Bytes;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH,
    CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderName, IF_MATCH, IF_NONE_MATCH, LOCATION, RANGE,
    TRANSFER_ENCODING, USER_AGENT,
};
use http::{Method, Response, StatusCode};

use super::{Call, Policies};
use crate::request::Error;

/// The maximum number of redirects.
pub(super) const MAX_REDIRECTS: u32 = 5;

/// The headers that are sent to another host: none of them identifies the user.
const HARMLESS: [HeaderName; 12] = [
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    CONTENT_TYPE,
    IF_MATCH,
    IF_NONE_MATCH,
    RANGE,
    USER_AGENT,
];

/// The headers that describe a body, and are dropped with it.
const OF_BODY: [HeaderName; 6] = [
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    CONTENT_TYPE,
    TRANSFER_ENCODING,
];

/// Whether a response is a redirect.
pub(super) fn is_redirect(response: &Response<Bytes>) -> bool {
    let is_status = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    is_status && response.headers().contains_key(LOCATION)
}

/// Changes the call to the request that follows the redirect.
pub(super) fn follow(
    call: &mut Call,
    policies: &Policies,
    response: &Response<Bytes>,
) -> Result<(), Error> {
    let invalid =
        |why: &str| Error::invalid_request(format!("the redirect cannot be followed: {why}"));
    let location = response
        .headers()
        .get(LOCATION)
        .and_then(|location| location.to_str().ok());
    let location = location.ok_or_else(|| invalid("its `Location` is not text"))?;
    let address = call.address.join(location);
    let address = address.map_err(|error| Error::invalid_address("redirect", &error))?;
    let reach = policies.hosts.reach(&address);
    reach.map_err(|error| Error::disallowed_host("redirect", error))?;
    if call.address.is_https() && !address.is_https() {
        return Err(invalid("the target is http instead of https"));
    }
    if !address.has_origin_of(&call.address) {
        call.headers = harmless(&call.headers);
    }
    if response.status() == StatusCode::SEE_OTHER && call.method != Method::HEAD {
        call.method = Method::GET;
        call.body = Bytes::new();
        call.source = None;
        for name in &OF_BODY {
            call.headers.remove(name);
        }
    }
    call.address = address;
    Ok(())
}

fn harmless(headers: &HeaderMap) -> HeaderMap {
    let kept = headers.iter().filter(|(name, _)| HARMLESS.contains(name));
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
