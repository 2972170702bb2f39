//! Tests of the headers that every request carries.

use crate::pipeline::scripted::{Script, StillClock, builder, client, ok, request, run};
use crate::request::{ErrorKind, Method};

#[test]
fn each_call_has_an_id_of_its_own() {
    let script = Script::of([ok(""), ok("")]);
    let client = client(&script, &StillClock::new());
    run(request(&client, Method::Get, "x").send()).unwrap();
    run(request(&client, Method::Get, "x").send()).unwrap();
    let ids = [
        script.header(0, "client-request-id"),
        script.header(1, "client-request-id"),
    ];
    assert_ne!(ids[0], ids[1]);
    for id in ids {
        assert_eq!((id.len(), &id[14..15]), (36, "4"), "{id}");
    }
}

#[test]
fn keeps_headers_of_the_caller_without_duplicates() {
    let script = Script::of([ok("")]);
    let client = client(&script, &StillClock::new());
    let mut get = request(&client, Method::Get, "x");
    get.set_header("Client-Request-Id", "mine");
    get.set_header("User-Agent", "mine/1");
    get.set_header("SdkVersion", "mine/2");
    run(get.send()).unwrap();
    assert_eq!(script.header(0, "client-request-id"), "mine");
    assert_eq!(script.header(0, "user-agent"), "mine/1");
    assert_eq!(script.header(0, "sdkversion"), "mine/2");
}

#[test]
fn sends_user_agent_and_sdk_version() {
    let script = Script::of([ok("")]);
    run(request(&client(&script, &StillClock::new()), Method::Get, "x").send()).unwrap();
    assert!(script.header(0, "user-agent").starts_with("graphwright/"));
    assert!(script.header(0, "sdkversion").starts_with("graph-rust/"));
    assert_eq!(script.header(0, "authorization"), "");
}

#[test]
fn secrets_in_headers_are_not_printed() {
    let client = client(&Script::of([]), &StillClock::new());
    let mut get = request(&client, Method::Get, "x");
    get.set_header("Authorization", "Bearer hidden");
    get.set_header("Cookie", "hidden");
    assert!(!format!("{get:?}").contains("hidden"));
}

#[test]
fn default_headers_join_those_of_the_request() {
    let script = Script::of([ok(""), ok("")]);
    let builder = builder(&script, &StillClock::new())
        .application_name("contoso-sync/1.2")
        .prefer_unknown_enum_members()
        .prefer_return_minimal()
        .default_header("Accept-Language", "de")
        .default_header("X-Own", "a");
    let client = builder.build().unwrap();
    let request = || client.get("/x");
    run(request().send()).unwrap();
    let changed = request()
        .prefer_return_representation()
        .header("accept-language", "en")
        .header("x-own", "b")
        .header("x-own", "c");
    run(changed.send()).unwrap();
    for (name, default, joined) in [
        (
            "prefer",
            "include-unknown-enum-members, return=minimal",
            "include-unknown-enum-members, return=representation",
        ),
        ("accept-language", "de", "de, en"),
        ("x-own", "a", "b | c"),
    ] {
        assert_eq!(script.header(0, name), default);
        assert_eq!(script.header(1, name), joined);
    }
    let agent = script.header(0, "user-agent");
    assert!(
        agent.starts_with("contoso-sync/1.2 graphwright/"),
        "{agent}"
    );
}

#[test]
fn invalid_default_headers_are_an_error() {
    let new = || builder(&Script::of([]), &StillClock::new());
    for builder in [
        new().default_header("a b", "c"),
        new().default_header("a", "b\nc"),
        new().application_name("a\nb"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    }
}
