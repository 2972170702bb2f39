//! Tests of uploads: every byte arrives once, despite failures.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use serde_json::Value;

use super::{FileSource, Upload, UploadSource};
use crate::pipeline::scripted::{Answer, Script, StillClock, answer, builder, ok, request, run};
use crate::request::{Client, ErrorKind, Method, Request};
use crate::sign_in::AccessToken;

const URL: &str = "https://contoso.sharepoint.com/upload?tempauth=secret";
const UNIT: usize = 327_680;

fn client(script: &Arc<Script>) -> Client {
    let builder = builder(script, &StillClock::new());
    builder
        .token_source(AccessToken::fixed("the-token"))
        .build()
        .unwrap()
}

/// Ten bytes, which is no multiple of the slice size of four.
fn ten() -> Bytes {
    Bytes::from_static(b"0123456789")
}

fn needs(ranges: &str) -> Answer {
    answer(202, &[], format!(r#"{{"nextExpectedRanges":[{ranges}]}}"#))
}

fn done() -> Answer {
    answer(201, &[], r#"{"id":"1"}"#)
}

/// The requests: `GET`, or the range with its bytes.
fn sent(script: &Script) -> Vec<String> {
    let requests = (0..script.count()).map(|index| {
        let request = script.request(index);
        assert_eq!(request.uri(), URL);
        assert!(request.headers().get("authorization").is_none());
        match request.method().as_str() {
            "PUT" => {
                let body = String::from_utf8_lossy(request.body()).into_owned();
                format!("{} {body}", script.header(index, "content-range"))
            }
            other => other.to_owned(),
        }
    });
    requests.collect()
}

/// Sends ten bytes in slices of four.
fn check(answers: Vec<Answer>, expected: &[&str]) {
    let script = Script::of(answers);
    let upload = Upload::new(&client(&script), URL, ten()).unwrap();
    let uploaded = run(upload.unaligned_slice_size(4).send()).unwrap();
    assert_eq!(uploaded.deserialize::<Value>().unwrap()["id"], "1");
    assert_eq!(sent(&script), expected);
}

const FIRST: &str = "bytes 0-3/10 0123";
const SECOND: &str = "bytes 4-7/10 4567";
const LAST: &str = "bytes 8-9/10 89";

#[test]
fn sends_all_slices_in_order() {
    check(
        vec![needs("\"4-\""), needs("\"8-9\""), done()],
        &[FIRST, SECOND, LAST],
    );
    // A response may state nothing but success.
    check(
        vec![answer(202, &[], ""), answer(202, &[], "{}"), done()],
        &[FIRST, SECOND, LAST],
    );
    check(
        vec![needs("\"4-\""), needs("\"9-\""), done()],
        &[FIRST, SECOND, "bytes 9-9/10 9"],
    );
}

#[test]
fn retries_failed_slices() {
    check(
        vec![
            needs("\"4-\""),
            Answer::Lost,
            answer(503, &[], ""),
            needs("\"8-\""),
            answer(429, &[], ""),
            done(),
        ],
        &[FIRST, SECOND, SECOND, SECOND, LAST, LAST],
    );
}

#[test]
fn continues_after_range_not_satisfiable() {
    // The slice arrives but its response is lost: the second try is rejected, and the service returns the expected ranges.
    let refused = answer(416, &[], r#"{"error":{"code":"invalidRange"}}"#);
    let status = ok(r#"{"nextExpectedRanges":["8-"]}"#);
    check(
        vec![needs("\"4-\""), Answer::Lost, refused, status, done()],
        &[FIRST, SECOND, SECOND, "GET", LAST],
    );
}

#[test]
fn sends_missing_ranges() {
    check(
        vec![needs("\"2-3\",\"8-\""), needs("\"8-\""), done()],
        &[FIRST, "bytes 2-3/10 23", LAST],
    );
}

#[test]
fn resumes_after_a_failure() {
    let script = Script::of([
        needs("\"4-\""),
        answer(500, &[], ""),
        ok(r#"{"nextExpectedRanges":["4-"],"uploadUrl":"https://evil.example/"}"#),
        needs("\"8-\""),
        done(),
    ]);
    let mut upload = Upload::new(&client(&script), URL, ten())
        .unwrap()
        .unaligned_slice_size(4);
    let error = run(upload.send()).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 500);
    assert_eq!(upload.progress().sent, 4);
    run(upload.send()).unwrap();
    assert_eq!(sent(&script), [FIRST, SECOND, "GET", SECOND, LAST]);
}

#[test]
fn resumes_from_a_stored_url() {
    let script = Script::of([ok(r#"{"nextExpectedRanges":["8-"]}"#), done()]);
    let mut upload = Upload::resume(&client(&script), URL, ten())
        .unwrap()
        .unaligned_slice_size(4);
    run(upload.send()).unwrap();
    assert_eq!(sent(&script), ["GET", LAST]);
    let script = Script::of([answer(404, &[], "")]);
    let mut upload = Upload::resume(&client(&script), URL, ten()).unwrap();
    assert_eq!(
        run(upload.send()).unwrap_err().status().unwrap().as_u16(),
        404
    );
    let script = Script::of([ok("{}")]);
    let mut upload = Upload::resume(&client(&script), URL, ten()).unwrap();
    assert_eq!(run(upload.send()).unwrap_err().kind(), ErrorKind::Content);
}

#[test]
fn detects_loops() {
    let script = Script::of((0..20).map(|_| needs("\"0-\"")));
    let mut upload = Upload::new(&client(&script), URL, ten())
        .unwrap()
        .unaligned_slice_size(4);
    assert_eq!(
        run(upload.send()).unwrap_err().kind(),
        ErrorKind::LoopDetected
    );
    assert!(script.count() <= 6);
    let refusals =
        (0..20).flat_map(|_| [answer(416, &[], ""), ok(r#"{"nextExpectedRanges":["0-"]}"#)]);
    let script = Script::of(refusals);
    let mut upload = Upload::new(&client(&script), URL, ten())
        .unwrap()
        .unaligned_slice_size(4);
    assert_eq!(
        run(upload.send()).unwrap_err().status().unwrap().as_u16(),
        416
    );
}

#[test]
fn continues_after_ok_with_expected_ranges() {
    check(
        vec![
            ok(r#"{"nextExpectedRanges":["4"]}"#),
            ok(r#"{"NextExpectedRanges":["8"]}"#),
            done(),
        ],
        &[FIRST, SECOND, LAST],
    );
    check(
        vec![needs("\"4-\""), needs("\"8-\""), ok(r#"{"id":"1"}"#)],
        &[FIRST, SECOND, LAST],
    );
}

#[test]
fn deferred_uploads_are_committed_separately() {
    for last in [needs(""), answer(202, &[], "")] {
        let script = Script::of([last, done()]);
        let mut upload = Upload::new(&client(&script), URL, ten()).unwrap();
        let uploaded = run(upload.send()).unwrap();
        assert!(!uploaded.is_committed());
        let uploaded = run(upload.commit()).unwrap();
        assert!(uploaded.is_committed());
        assert_eq!(uploaded.deserialize::<Value>().unwrap()["id"], "1");
        assert_eq!(sent(&script), ["bytes 0-9/10 0123456789", "POST"]);
        assert_eq!(script.header(1, "content-length"), "0");
    }
}

#[test]
fn slices_are_multiples_of_320_kib() {
    let client = client(&Script::of([]));
    let upload = || Upload::new(&client, URL, ten()).unwrap();
    for odd in [0, 1, 327_679, 4 * 1024 * 1024, 327_681] {
        assert!(upload().slice_size(odd).is_err(), "{odd}");
    }
    upload().slice_size(327_680).unwrap();
    upload().slice_size(60 * 1024 * 1024).unwrap();
    assert!(Upload::new(&client, URL, Bytes::new()).is_err());
}

#[test]
fn sends_a_last_slice_of_one_byte() {
    let content = Bytes::from(vec![7; UNIT + 1]);
    let script = Script::of([needs("\"327680-\""), done()]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let hook = seen.clone();
    let upload = Upload::new(&client(&script), URL, content)
        .unwrap()
        .slice_size(UNIT as u64)
        .unwrap();
    let mut upload = upload
        .on_progress(move |progress| hook.lock().unwrap().push((progress.sent, progress.total)));
    run(upload.send()).unwrap();
    assert_eq!(script.header(0, "content-range"), "bytes 0-327679/327681");
    assert_eq!(
        script.header(1, "content-range"),
        "bytes 327680-327680/327681"
    );
    assert_eq!(script.request(1).body().len(), 1);
    assert_eq!(
        *seen.lock().unwrap(),
        [(327_680, 327_681), (327_681, 327_681)]
    );
}

#[test]
fn sends_no_token_to_the_session_url() {
    let script = Script::of([
        ok(format!(r#"{{"uploadUrl":"{URL}"}}"#)),
        done(),
        answer(204, &[], ""),
    ]);
    let client = client(&script);
    let create = || Request::<Value>::new(request(&client, Method::Post, "createUploadSession"));
    let mut upload = run(Upload::create(create(), ten())).unwrap();
    assert!(!format!("{upload:?}").contains("secret"));
    run(upload.send()).unwrap();
    assert_eq!(script.header(0, "authorization"), "Bearer the-token");
    assert_eq!(
        (script.header(1, "authorization"), upload.url().as_str()),
        (String::new(), URL)
    );
    run(upload.cancel()).unwrap();
    assert_eq!(script.sent()[2], format!("DELETE {URL}"));
    // No token is sent even to the hosts of the service.
    let own = "https://graph.microsoft.com/v1.0/upload";
    let script = Script::of([done()]);
    let mut upload = Upload::new(&self::client(&script), own, ten()).unwrap();
    run(upload.send()).unwrap();
    assert_eq!(script.header(0, "authorization"), "");
}

#[test]
fn sends_nothing_to_disallowed_hosts() {
    for foreign in [
        "https://evil.example/u",
        "http://contoso.sharepoint.com/u",
        "https://contoso.sharepoint.com.evil.example/u",
    ] {
        let script = Script::of([ok(format!(r#"{{"uploadUrl":"{foreign}"}}"#))]);
        let client = client(&script);
        let create = Request::<Value>::new(request(&client, Method::Post, "x"));
        let error = run(Upload::create(create, ten())).unwrap_err();
        assert_eq!(
            (error.kind(), script.count()),
            (ErrorKind::DisallowedHost, 1),
            "{foreign}"
        );
        assert!(error.operation().is_some());
    }
    let script = Script::of([answer(307, &[("location", "https://evil.example/u")], "")]);
    let mut upload = Upload::new(&client(&script), URL, ten()).unwrap();
    assert_eq!(
        run(upload.send()).unwrap_err().kind(),
        ErrorKind::DisallowedHost
    );
    let script = Script::of([ok("{}")]);
    let client = client(&script);
    let create = Request::<Value>::new(request(&client, Method::Post, "x"));
    assert_eq!(
        run(Upload::create(create, ten())).unwrap_err().kind(),
        ErrorKind::Content
    );
}

#[test]
fn file_source_reads_at_the_given_offset() {
    let path = std::env::temp_dir().join(format!("graphwright-upload-{}", std::process::id()));
    std::fs::write(&path, b"0123456789").unwrap();
    let mut source = FileSource::open(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(source.length(), 10);
    assert_eq!(run(source.read(8, 2)).unwrap(), "89");
    assert_eq!(run(source.read(0, 3)).unwrap(), "012");
    assert!(run(source.read(8, 3)).is_err());
    assert!(run(ten().read(8, 3)).is_err());
}
