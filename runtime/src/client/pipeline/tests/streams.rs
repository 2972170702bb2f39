//! Tests of streamed bodies and ETags.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use serde_json::Value;

use crate::pipeline::Limits;
use crate::pipeline::scripted::{
    Answer, Script, StillClock, answer, builder, client, ok, request, run,
};
use crate::request::{Client, ErrorKind, Method, Request, single_chunk};
use crate::sign_in::AccessToken;

fn photo(client: &Client) -> Request<Bytes> {
    Request::new(request(client, Method::Get, "photo"))
}

#[test]
fn downloads_in_chunks_without_a_size_limit() {
    let length = [
        ("content-length", "1000"),
        ("content-type", "image/jpeg"),
        ("etag", "W/\"1\""),
    ];
    let script = Script::of([answer(503, &[], ""), answer(200, &length, "x".repeat(1000))]);
    let limits = Limits {
        body_bytes: 10,
        ..Limits::default()
    };
    let client = builder(&script, &StillClock::new())
        .limits(limits)
        .build()
        .unwrap();
    let mut download = run(photo(&client).download()).unwrap();
    assert_eq!(
        (download.length(), download.content_type()),
        (Some(1000), Some("image/jpeg"))
    );
    assert_eq!(download.etag(), Some("W/\"1\""));
    let mut pieces = 0;
    while let Some(piece) = run(download.next_chunk()) {
        assert!(piece.unwrap().len() <= 7);
        pieces += 1;
    }
    assert_eq!((download.received(), pieces), (1000, 143));
}

#[test]
fn interrupted_downloads_return_the_received_length() {
    let Answer::Whole(whole) = ok("0123456789") else {
        unreachable!()
    };
    let script = Script::of([Answer::Cut(whole), answer(206, &[], "rest")]);
    let client = client(&script, &StillClock::new());
    let mut download = run(photo(&client).download()).unwrap();
    let mut result = run(download.next_chunk());
    while let Some(Ok(_)) = result {
        result = run(download.next_chunk());
    }
    let error = result.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), download.received()),
        (ErrorKind::Transport, 10)
    );
    assert!(error.operation().is_some());
    let again = photo(&client).range_from(download.received()).if_match("t");
    assert_eq!(run(again.download()).unwrap().status().as_u16(), 206);
    assert_eq!(
        (script.header(1, "range"), script.header(1, "if-match")),
        ("bytes=10-".into(), "t".into())
    );
}

#[test]
fn downloads_from_storage_hosts_without_the_token() {
    let elsewhere = [("location", "https://contoso.sharepoint.com/x?tempauth=y")];
    let script = Script::of([
        answer(302, &elsewhere, ""),
        ok("file"),
        answer(404, &[], "{\"error\":{\"code\":\"gone\"}}"),
    ]);
    let builder = builder(&script, &StillClock::new());
    let client = builder
        .token_source(AccessToken::fixed("t"))
        .build()
        .unwrap();
    let mut download = run(photo(&client).download()).unwrap();
    assert_eq!(run(download.next_chunk()).unwrap().unwrap(), "file");
    assert!(run(download.next_chunk()).is_none());
    assert_eq!(
        (
            script.header(0, "authorization"),
            script.header(1, "authorization")
        ),
        ("Bearer t".into(), String::new())
    );
    assert_eq!(
        run(photo(&client).download()).unwrap_err().code(),
        Some("gone")
    );
}

#[test]
fn reopens_streamed_bodies_for_each_try() {
    let script = Script::of([answer(503, &[], ""), Answer::Lost, ok("{}")]);
    let client = client(&script, &StillClock::new());
    let begun = Arc::new(AtomicU32::new(0));
    let count = begun.clone();
    let put = Request::<Value>::new(request(&client, Method::Put, "content"));
    let put = put.content_stream(Some(5), move || {
        count.fetch_add(1, Ordering::Relaxed);
        single_chunk(Bytes::from_static(b"bytes"))
    });
    run(put.send()).unwrap();
    assert_eq!(begun.load(Ordering::Relaxed), 3);
    for index in 0..3 {
        assert_eq!(script.request(index).body(), "bytes");
        assert_eq!(script.header(index, "content-length"), "5");
        assert_eq!(
            script.header(index, "content-type"),
            "application/octet-stream"
        );
    }
}

#[test]
fn drops_streamed_bodies_on_303() {
    let script = Script::of([answer(303, &[("location", "/v1.0/result")], ""), ok("{}")]);
    let client = client(&script, &StillClock::new());
    let post = Request::<Value>::new(request(&client, Method::Post, "content"));
    let post = post.content_stream(Some(5), || single_chunk(Bytes::from_static(b"bytes")));
    run(post.send()).unwrap();
    assert_eq!(
        (
            script.request(1).body().len(),
            script.header(1, "content-length")
        ),
        (0, String::new())
    );
}

#[test]
fn etags_make_requests_conditional() {
    let tag = [("etag", "\"2\"")];
    let script = Script::of([
        answer(304, &[], ""),
        answer(200, &tag, "{\"a\":1}"),
        answer(412, &[], ""),
    ]);
    let client = client(&script, &StillClock::new());
    let get = || Request::<Value>::new(request(&client, Method::Get, "x")).if_none_match("\"1\"");
    assert_eq!(run(get().send_if_changed()).unwrap(), None);
    assert_eq!(script.header(0, "if-none-match"), "\"1\"");
    let whole = run(get().send_with_headers()).unwrap();
    assert_eq!(
        (
            whole.headers()["etag"].to_str().unwrap(),
            whole.body()["a"].as_i64()
        ),
        ("\"2\"", Some(1))
    );
    let patch = Request::<Value>::new(request(&client, Method::Patch, "x")).if_match("\"1\"");
    let error = run(patch.send_if_changed()).unwrap_err();
    assert_eq!(
        (
            error.status().unwrap().as_u16(),
            script.header(2, "if-match")
        ),
        (412, "\"1\"".into())
    );
}
