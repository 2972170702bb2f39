//! Tests of the authentication flows, with a scripted sign-in service.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use crate::pipeline::Clock;
use crate::pipeline::scripted::{Answer, Script, StillClock, answer, builder, ok, run};
use crate::request::{BoxFuture, ErrorKind};
use crate::sign_in::authority::Authority;
use crate::sign_in::{
    AccessToken, Application, ClientSecret, DeviceCode, TokenError, TokenRequest, TokenSource,
};

const LOGIN: &str = "https://login.microsoftonline.com";

pub(super) fn authority(script: &Arc<Script>, clock: &StillClock) -> Authority {
    let builder = builder(script, clock).base_url(LOGIN);
    let application = Application {
        tenant: "contoso.example",
        client_id: "app-1",
    };
    Authority::of_builder(builder, application)
}

pub(super) fn token(
    source: &dyn TokenSource,
    claims: Option<&str>,
) -> Result<AccessToken, TokenError> {
    let scopes = ["https://graph.microsoft.com/.default".to_owned()];
    run(source.token(TokenRequest::new(&scopes).with_claims(claims)))
}

pub(super) fn body(script: &Script, index: usize) -> String {
    String::from_utf8(script.request(index).body().to_vec()).unwrap()
}

pub(super) fn granted(secret: &str, refresh: &str) -> Answer {
    ok(format!(
        r#"{{"token_type":"Bearer","expires_in":3600,"access_token":"{secret}","refresh_token":"{refresh}"}}"#
    ))
}

pub(super) fn refused(code: &str) -> Answer {
    answer(
        400,
        &[],
        format!(r#"{{"error":"{code}","error_description":"AADSTS1: No."}}"#),
    )
}

#[test]
fn client_secret_flow_succeeds() {
    let script = Script::of([answer(503, &[], ""), granted("t-1", ""), granted("t-2", "")]);
    let clock = StillClock::new();
    let source = ClientSecret::of(authority(&script, &clock), "s&cret +");
    let got = token(&source, None).unwrap();
    assert_eq!(got.secret(), "t-1");
    // Counted from before the request, as the response takes time.
    assert_eq!(
        got.expires_on()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs(),
        3600
    );
    assert_eq!(
        script.sent()[1],
        format!("POST {LOGIN}/contoso.example/oauth2/v2.0/token")
    );
    assert_eq!(
        body(&script, 1),
        "client_id=app-1&grant_type=client_credentials&client_secret=s%26cret%20%2B\
         &scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
    );
    assert_eq!(body(&script, 0), body(&script, 1));
    assert_eq!(
        script.header(1, "content-type"),
        "application/x-www-form-urlencoded"
    );
    assert_eq!(script.header(1, "authorization"), "");
    token(&source, Some(r#"{"a":1}"#)).unwrap();
    assert!(body(&script, 2).ends_with("&claims=%7B%22a%22%3A1%7D"));
}

#[test]
fn sign_in_errors_contain_the_code_but_no_secret() {
    let echo = answer(
        401,
        &[],
        r#"{"error":"invalid_client","error_description":"The secret s3cr3t is not it."}"#,
    );
    let script = Script::of([refused("invalid_client"), echo]);
    let source = ClientSecret::of(authority(&script, &StillClock::new()), "s3cr3t");
    let error = token(&source, None).unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (Some("invalid_client"), "AADSTS1: No.")
    );
    let error = token(&source, None).unwrap_err();
    assert!(!format!("{error} {error:?} {source:?}").contains("s3cr3t"));
}

#[test]
fn odd_answers_are_errors_without_the_token() {
    for odd in [
        "",
        "<html>",
        "[]",
        r#"{"access_token":7}"#,
        r#"{"access":"tok"}"#,
        r#"{"access_token":"tok"#,
    ] {
        let script = Script::of([ok(odd)]);
        let source = ClientSecret::of(authority(&script, &StillClock::new()), "s");
        let error = token(&source, None).unwrap_err();
        assert!(!format!("{error:?}").contains("tok\""), "{odd}");
        assert_eq!(
            error.to_string(),
            "the answer of the sign-in service cannot be read"
        );
    }
    for (life, seconds) in [
        ("\"60\"", 60),
        ("-1", 300),
        ("null", 300),
        ("18446744073709551615", 34_560_000),
    ] {
        let script = Script::of([ok(format!(r#"{{"access_token":"t","expires_in":{life}}}"#))]);
        let source = ClientSecret::of(authority(&script, &StillClock::new()), "s");
        let got = token(&source, None).unwrap().expires_on();
        assert_eq!(
            got.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs(),
            seconds,
            "{life}"
        );
    }
}

#[test]
fn the_secret_goes_to_the_sign_in_service_alone() {
    for elsewhere in [
        "https://evil.example/",
        "https://graph.microsoft.com/",
        "https://contoso.sharepoint.com/",
        "http://login.microsoftonline.com/",
    ] {
        let script = Script::of([answer(307, &[("location", elsewhere)], "")]);
        let source = ClientSecret::of(authority(&script, &StillClock::new()), "s");
        token(&source, None).unwrap_err();
        assert_eq!(script.count(), 1, "{elsewhere}");
    }
    for tenant in ["", ".", "..", "a/b", "a?b", "a b"] {
        let script = Script::of([]);
        let builder = builder(&script, &StillClock::new()).base_url(LOGIN);
        let application = Application {
            tenant,
            client_id: "a",
        };
        let source = ClientSecret::of(Authority::of_builder(builder, application), "s");
        assert!(token(&source, None).is_err(), "{tenant}");
    }
    let script = Script::of([]);
    let source = ClientSecret::of(authority(&script, &StillClock::new()), "s");
    assert!(token(&source.authority("http://login.example"), None).is_err());
}

#[test]
fn uses_other_authorities() {
    let script = Script::of([granted("t", "")]);
    let source = ClientSecret::of(authority(&script, &StillClock::new()), "s");
    token(&source.authority("http://127.0.0.1:8080/login/"), None).unwrap();
    assert_eq!(
        script.sent(),
        ["POST http://127.0.0.1:8080/login/contoso.example/oauth2/v2.0/token"]
    );
}

const CODE: &str = r#"{"device_code":"dev","user_code":"ABC","verification_uri":"https://microsoft.com/devicelogin",
"expires_in":900,"interval":5,"message":"Go there."}"#;

/// A device code flow before the user signs in, and the prompts shown.
fn device(script: &Arc<Script>, clock: &StillClock) -> (DeviceCode, Arc<Mutex<Vec<String>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = told.clone();
    let source = DeviceCode::of(authority(script, clock), move |prompt| {
        log.lock()
            .unwrap()
            .push(format!("{} {}", prompt.user_code, prompt.message));
    });
    (source, told)
}

#[test]
fn device_code_flow_succeeds() {
    let script = Script::of([
        ok(CODE),
        refused("authorization_pending"),
        refused("slow_down"),
        refused("authorization_pending"),
        granted("t-1", "r-1"),
        granted("t-2", "r-2"),
        refused("invalid_grant"),
        ok(CODE),
        granted("t-3", "r-3"),
    ]);
    let clock = StillClock::new();
    let (source, told) = device(&script, &clock);
    assert_eq!(token(&source, None).unwrap().secret(), "t-1");
    assert_eq!(clock.waits(), [5_000, 5_000, 10_000, 10_000]);
    assert_eq!(*told.lock().unwrap(), ["ABC Go there."]);
    assert!(body(&script, 0).ends_with("%20offline_access"));
    assert!(body(&script, 4).contains("device_code=dev"));
    // The next token is obtained without the user.
    assert_eq!(token(&source, None).unwrap().secret(), "t-2");
    assert!(body(&script, 5).contains("grant_type=refresh_token&refresh_token=r-1"));
    // The service requires the user to sign in again.
    assert_eq!(token(&source, None).unwrap().secret(), "t-3");
    assert!(body(&script, 6).contains("refresh_token=r-2"));
    assert_eq!(told.lock().unwrap().len(), 2);
}

#[test]
fn device_code_flow_expires() {
    let script = Script::of([ok(CODE), refused("access_denied")]);
    let (source, _) = device(&script, &StillClock::new());
    assert_eq!(
        token(&source, None).unwrap_err().code(),
        Some("access_denied")
    );
    let pending = (0..200).map(|_| refused("authorization_pending"));
    let script = Script::of([ok(CODE)].into_iter().chain(pending));
    let (source, _) = device(&script, &StillClock::new());
    let error = token(&source, None).unwrap_err();
    assert_eq!((error.code(), script.count()), (Some("expired_token"), 180));
}

/// A clock that stands still.
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async {})
    }
}

#[test]
fn device_code_flow_expires_although_the_clock_stands_still() {
    for (interval, polls) in [(5, 3), (0, 19)] {
        let code = CODE.replace("900", "20");
        let code = code.replace("\"interval\":5", &format!("\"interval\":{interval}"));
        let pending = (0..100).map(|_| refused("authorization_pending"));
        let script = Script::of([ok(code)].into_iter().chain(pending));
        let builder = builder(&script, &StillClock::new()).base_url(LOGIN);
        let application = Application {
            tenant: "contoso.example",
            client_id: "a",
        };
        let authority = Authority::of_builder(builder.clock(Stopped), application);
        let error = token(&DeviceCode::of(authority, |_| {}), None).unwrap_err();
        assert_eq!(
            (error.code(), script.count()),
            (Some("expired_token"), 1 + polls)
        );
    }
}

#[test]
fn client_obtains_tokens_from_its_source() {
    let clock = StillClock::new();
    let login = Script::of([granted("t-1", "")]);
    let graph = Script::of([ok("{}"), ok("{}")]);
    let source = ClientSecret::of(authority(&login, &clock), "s");
    let client = builder(&graph, &clock)
        .token_source(source)
        .build()
        .unwrap();
    for _ in 0..2 {
        let get = crate::pipeline::scripted::request(&client, crate::Method::Get, "me");
        run(get.send()).unwrap();
    }
    assert_eq!(login.count(), 1);
    assert_eq!(graph.header(1, "authorization"), "Bearer t-1");
    let login = Script::of([refused("invalid_client")]);
    let source = ClientSecret::of(authority(&login, &clock), "s");
    let client = builder(&graph, &clock)
        .token_source(source)
        .build()
        .unwrap();
    let get = crate::pipeline::scripted::request(&client, crate::Method::Get, "me");
    let error = run(get.send()).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::SignIn, Some("invalid_client"))
    );
}
