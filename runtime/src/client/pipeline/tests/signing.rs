//! Tests of tokens on requests, and of claims challenges.

use std::sync::{Arc, Mutex};

use crate::pipeline::scripted::{Answer, Script, StillClock, answer, builder, ok, request, run};
use crate::request::{Client, ErrorKind, Method};
use crate::sign_in::{AccessToken, TokenError, token_fn};

/// `{"access_token":{"nbf":{"essential":true}}}`
const CLAIMS: &str = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ==";

fn challenge() -> Answer {
    let header = format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{CLAIMS}\"");
    answer(401, &[("www-authenticate", &header)], "")
}

/// A client whose tokens are numbered, and the claims that its source received.
fn numbered(script: &Arc<Script>) -> (Client, Arc<Mutex<Vec<Option<String>>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    let source = token_fn(move |_, claims| {
        let mut log = log.lock().unwrap();
        log.push(claims);
        let token = AccessToken::fixed(format!("token-{}", log.len()));
        async { Ok(token) }
    });
    let client = builder(script, &StillClock::new())
        .token_source(source)
        .build()
        .unwrap();
    (client, asked)
}

#[test]
fn answers_claims_challenges_once() {
    let script = Script::of([challenge(), ok(""), challenge(), challenge()]);
    let (client, asked) = numbered(&script);
    run(request(&client, Method::Post, "x").send()).unwrap();
    assert_eq!(script.header(0, "authorization"), "Bearer token-1");
    assert_eq!(script.header(1, "authorization"), "Bearer token-2");
    let error = run(request(&client, Method::Get, "x").send()).unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.tries()), (401, 2));
    // The token obtained for the claims is cached and used for the next request.
    assert_eq!(script.header(2, "authorization"), "Bearer token-2");
    assert_eq!(script.header(3, "authorization"), "Bearer token-3");
    let claims = Some(r#"{"access_token":{"nbf":{"essential":true}}}"#.to_owned());
    assert_eq!(*asked.lock().unwrap(), [None, claims.clone(), claims]);
}

#[test]
fn unauthorized_without_claims_renews_the_token_once() {
    for odd in ["", "Bearer", "Bearer claims=", "Bearer claims=\"%%%\""] {
        let unauthorized = || answer(401, &[("www-authenticate", odd)], "");
        let script = Script::of([unauthorized(), ok(""), unauthorized(), unauthorized()]);
        let (client, asked) = numbered(&script);
        run(request(&client, Method::Post, "x").send()).unwrap();
        let error = run(request(&client, Method::Get, "x").send()).unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.tries()), (401, 2));
        let tokens: Vec<String> = (0..4)
            .map(|index| script.header(index, "authorization"))
            .collect();
        assert_eq!(
            tokens,
            [
                "Bearer token-1",
                "Bearer token-2",
                "Bearer token-2",
                "Bearer token-3"
            ]
        );
        assert_eq!(*asked.lock().unwrap(), [None, None, None]);
    }
    // Without a token source the challenge cannot be answered.
    let script = Script::of([challenge()]);
    let client = builder(&script, &StillClock::new()).build().unwrap();
    run(request(&client, Method::Get, "x").send()).unwrap_err();
}

#[test]
fn a_source_with_a_single_token_is_not_tried_twice() {
    let body = r#"{"error":{"code":"InvalidAuthenticationToken"}}"#;
    let script = Script::of([answer(401, &[], body)]);
    let builder = builder(&script, &StillClock::new());
    let client = builder
        .token_source(AccessToken::fixed("only-token"))
        .build()
        .unwrap();
    let error = run(request(&client, Method::Get, "x").send()).unwrap_err();
    assert_eq!(
        (error.code(), error.tries()),
        (Some("InvalidAuthenticationToken"), 1)
    );
}

#[test]
fn without_a_token_nothing_is_sent() {
    let source = token_fn(|_, _| async { Err(TokenError::new("no vault").with_code("locked")) });
    let script = Script::of([]);
    let client = builder(&script, &StillClock::new())
        .token_source(source)
        .build()
        .unwrap();
    let error = run(request(&client, Method::Get, "x").send()).unwrap_err();
    assert_eq!((error.kind(), script.count()), (ErrorKind::SignIn, 0));
    assert_eq!(error.to_string(), "sign-in failed: locked: no vault");
    let source = AccessToken::fixed("a\nb");
    let client = builder(&script, &StillClock::new())
        .token_source(source)
        .build()
        .unwrap();
    let error = run(request(&client, Method::Get, "x").send()).unwrap_err();
    assert_eq!((error.kind(), script.count()), (ErrorKind::SignIn, 0));
}

#[test]
fn errors_omit_echoed_tokens() {
    let token = "eyJ0eXAi-the-token";
    let body = format!(r#"{{"error":{{"code":"x","message":"bad {token}"}}}}"#);
    let script = Script::of([answer(403, &[("x-echo", &format!("Bearer {token}"))], body)]);
    let source = AccessToken::fixed(token);
    let client = builder(&script, &StillClock::new())
        .token_source(source)
        .build()
        .unwrap();
    let error = run(request(&client, Method::Get, "x").send()).unwrap_err();
    let shown = format!("{error} {error:?} {:?} {:?}", error.headers(), error.body());
    assert!(!shown.contains("the-token"), "{shown}");
    assert_eq!(error.status().unwrap().as_u16(), 403);
}

#[test]
fn the_scope_is_that_of_the_cloud() {
    for (base, scope) in [
        (
            "https://graph.microsoft.com/v1.0",
            "https://graph.microsoft.com/.default",
        ),
        (
            "https://graph.microsoft.us/beta",
            "https://graph.microsoft.us/.default",
        ),
        (
            "https://microsoftgraph.chinacloudapi.cn/beta",
            "https://microsoftgraph.chinacloudapi.cn/.default",
        ),
        (
            "http://localhost:8080/v1.0",
            "https://graph.microsoft.com/.default",
        ),
    ] {
        let source = token_fn(move |scopes, _| async move {
            assert_eq!(scopes, [scope]);
            Ok(AccessToken::fixed("t"))
        });
        let script = Script::of([ok("")]);
        let builder = builder(&script, &StillClock::new())
            .base_url(base)
            .token_source(source);
        run(request(&builder.build().unwrap(), Method::Get, "x").send()).unwrap();
        assert_eq!(script.header(0, "authorization"), "Bearer t");
    }
}

#[test]
fn rejects_unsafe_base_urls() {
    for base in [
        "http://graph.microsoft.com/v1.0",
        "graph.microsoft.com",
        "https://u@graph.microsoft.com",
        "",
    ] {
        let script = Script::of([]);
        let refused = builder(&script, &StillClock::new())
            .base_url(base)
            .build()
            .unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidRequest, "{base}");
        let client = Client::new(base, script.clone());
        let error = run(request(&client, Method::Get, "x").send()).unwrap_err();
        assert_eq!(
            (error.kind(), script.count()),
            (ErrorKind::InvalidRequest, 0),
            "{base}"
        );
    }
}

#[test]
fn keeps_the_callers_authorization_header() {
    let script = Script::of([ok("")]);
    let (client, asked) = numbered(&script);
    let mut get = request(&client, Method::Get, "x");
    get.set_header("Authorization", "Basic own");
    run(get.send()).unwrap();
    assert_eq!(script.header(0, "authorization"), "Basic own");
    assert!(asked.lock().unwrap().is_empty());
}
