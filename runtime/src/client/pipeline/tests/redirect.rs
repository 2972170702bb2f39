//! Tests of redirects.

use crate::pipeline::scripted::{
    Answer, Script, StillClock, answer, builder, client, ok, request, run,
};
use crate::request::{ErrorKind, Method};
use crate::sign_in::AccessToken;

fn redirect(status: u16, to: &str) -> Answer {
    answer(status, &[("location", to)], "")
}

/// Checks the method and body of a `POST` after a redirect.
fn check_post(status: u16, method: &str, body: &str) {
    let script = Script::of([redirect(status, "/v1.0/there"), ok("")]);
    let post = request(&client(&script, &StillClock::new()), Method::Post, "here");
    run(post.with_json(&serde_json::json!(1)).send()).unwrap();
    let sent = script.request(1);
    assert_eq!(
        (sent.method().as_str(), &sent.body()[..]),
        (method, body.as_bytes()),
        "{status}"
    );
    let kind = script.header(1, "content-type");
    assert_eq!(kind.is_empty(), body.is_empty());
}

#[test]
fn keeps_method_and_body_except_on_303() {
    for status in [301, 302, 307, 308] {
        check_post(status, "POST", "1");
    }
    check_post(303, "GET", "");
    for status in [300, 304, 305, 306] {
        let script = Script::of([redirect(status, "/v1.0/there")]);
        let error = run(request(&client(&script, &StillClock::new()), Method::Get, "x").send());
        assert_eq!(error.unwrap_err().status().unwrap().as_u16(), status);
    }
    let script = Script::of([answer(302, &[], "")]);
    run(request(&client(&script, &StillClock::new()), Method::Get, "x").send()).unwrap_err();
}

#[test]
fn relative_addresses_lead_from_the_path() {
    let script = Script::of([redirect(302, "there?a=b"), redirect(307, "../up"), ok("")]);
    run(request(&client(&script, &StillClock::new()), Method::Get, "users").send()).unwrap();
    assert_eq!(
        script.sent()[1..],
        [
            "GET https://graph.microsoft.com/v1.0/there?a=b",
            "GET https://graph.microsoft.com/up"
        ]
    );
}

#[test]
fn follows_at_most_five_redirects() {
    let around = |count| (0..count).map(|_| redirect(302, "/v1.0/x"));
    let script = Script::of(around(5).chain([ok("")]));
    run(request(&client(&script, &StillClock::new()), Method::Get, "x").send()).unwrap();
    let script = Script::of(around(6));
    let error =
        run(request(&client(&script, &StillClock::new()), Method::Get, "x").send()).unwrap_err();
    assert_eq!((error.kind(), script.count()), (ErrorKind::LoopDetected, 6));
}

/// Checks which host receives the token after a redirect.
fn check_token(to: &str, expected: Result<&str, &str>) {
    let script = Script::of([redirect(302, to), ok("")]);
    let builder = builder(&script, &StillClock::new());
    let client = builder
        .token_source(AccessToken::fixed("the-token"))
        .build()
        .unwrap();
    let mut get = request(&client, Method::Get, "x");
    get.set_header("Cookie", "c");
    get.set_header("X-Own", "o");
    get.set_header("Range", "bytes=0-1");
    let result = run(get.send());
    assert_eq!(script.header(0, "authorization"), "Bearer the-token");
    match expected {
        Ok(token) => {
            result.unwrap();
            assert_eq!(script.header(1, "authorization"), token, "{to}");
            assert_eq!(script.header(1, "range"), "bytes=0-1");
            let stays = to.starts_with('/');
            for name in ["cookie", "x-own", "client-request-id"] {
                assert_eq!(!script.header(1, name).is_empty(), stays, "{name} {to}");
            }
        }
        Err(host) => {
            let error = result.unwrap_err();
            assert_eq!(
                (error.kind(), script.count()),
                (ErrorKind::DisallowedHost, 1),
                "{to}"
            );
            assert!(error.to_string().contains(&format!("`{host}`")), "{error}");
        }
    }
}

#[test]
fn the_token_goes_to_the_service_alone() {
    check_token("/v1.0/there", Ok("Bearer the-token"));
    check_token(
        "https://graph.microsoft.us/v1.0/there",
        Ok("Bearer the-token"),
    );
    check_token("https://contoso.sharepoint.com/there?tempauth=1", Ok(""));
    check_token("https://evil.example/there", Err("evil.example"));
    check_token(
        "https://graph.microsoft.com.evil.example/",
        Err("graph.microsoft.com.evil.example"),
    );
    check_token("//evil.example/there", Err("evil.example"));
    check_token(
        "https://graph.microsoft.com:8443/",
        Err("graph.microsoft.com:8443"),
    );
    check_token(
        "https://graph.microsoft.com@evil.example/",
        Err("evil.example"),
    );
    check_token(
        "https://graph.microsoft.com%2eevil.example/",
        Err("graph.microsoft.com%2eevil.example"),
    );
    check_token("http://graph.microsoft.com/", Err("graph.microsoft.com"));
    check_token(
        "http://contoso.sharepoint.com/",
        Err("contoso.sharepoint.com"),
    );
}

#[test]
fn what_cannot_be_read_is_not_followed() {
    for odd in [
        "https://graph.microsoft.com@evil.example/",
        "mailto:x@y",
        "https://",
        "\\\\evil.example\\x",
    ] {
        let script = Script::of([redirect(302, odd)]);
        let error = run(request(&client(&script, &StillClock::new()), Method::Get, "x").send())
            .unwrap_err();
        assert_eq!(
            (error.kind(), script.count()),
            (ErrorKind::DisallowedHost, 1),
            "{odd}"
        );
    }
}

#[test]
fn drops_the_callers_authorization_header_on_other_hosts() {
    let script = Script::of([redirect(302, "https://graph.microsoft.us/x"), ok("")]);
    let mut get = request(&client(&script, &StillClock::new()), Method::Get, "x");
    get.set_header("Authorization", "Basic own");
    run(get.send()).unwrap();
    assert_eq!(script.header(0, "authorization"), "Basic own");
    assert_eq!(script.header(1, "authorization"), "");
}

#[test]
fn follows_http_redirects_between_loopback_hosts() {
    let script = Script::of([redirect(302, "http://127.0.0.1:8081/x")]);
    let builder = builder(&script, &StillClock::new()).base_url("http://127.0.0.1:8080/v1.0/");
    let error = run(request(&builder.build().unwrap(), Method::Get, "x").send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DisallowedHost);
    assert_eq!(script.sent(), ["GET http://127.0.0.1:8080/v1.0/x"]);
}

#[test]
fn rejects_redirects_from_https_to_http() {
    let script = Script::of([redirect(302, "http://127.0.0.1:8080/x")]);
    let builder = builder(&script, &StillClock::new()).allow_host("127.0.0.1:8080");
    let error = run(request(&builder.build().unwrap(), Method::Get, "x").send()).unwrap_err();
    assert!(
        error.to_string().contains("http instead of https"),
        "{error}"
    );
    assert_eq!(script.count(), 1);
}
