//! The built-in transport over real loopback connections, with a clock that does not wait.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use graphwright_runtime::{
    AccessToken, AnyEntity, BoxFuture, Bytes, Client, Clock, Error, ErrorKind, Method, Operation,
    Page, Permissions, Request,
};

static LIST: Operation = Operation {
    method: Method::Get,
    path: "/users",
    page: "",
    permissions: Permissions::UNSTATED,
};

static CREATE: Operation = Operation {
    method: Method::Post,
    path: "/users",
    page: "",
    permissions: Permissions::UNSTATED,
};

/// A clock that does not wait.
pub(crate) struct Hasty;

impl Clock for Hasty {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async {})
    }
}

/// A server that sends one answer per connection, unchanged, and closes it. The requests are sent
/// to the channel.
fn serve(answers: Vec<Vec<u8>>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/v1.0", listener.local_addr().unwrap());
    let (asked, requests) = channel();
    thread::spawn(move || {
        for answer in answers {
            let (mut connection, _) = listener.accept().unwrap();
            let _ = asked.send(read(&mut connection));
            let _ = connection.write_all(&answer);
        }
    });
    (base, requests)
}

/// Reads the head of a request and a body of the stated length.
pub(crate) fn read(connection: &mut impl Read) -> String {
    let mut text = Vec::new();
    let mut byte = [0];
    let mut length = usize::MAX;
    while text.len() < length && connection.read(&mut byte).is_ok_and(|read| read == 1) {
        text.push(byte[0]);
        if length == usize::MAX && text.ends_with(b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&text).to_lowercase();
            let body = head.split("content-length: ").nth(1);
            let body = body.map_or(0, |rest| rest.lines().next().unwrap().parse().unwrap());
            length = text.len() + body;
        }
    }
    String::from_utf8(text).unwrap()
}

pub(crate) fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

fn client(base: &str) -> Client {
    let builder = Client::builder(base).clock(Hasty);
    builder
        .token_source(AccessToken::fixed("the-token"))
        .build()
        .unwrap()
}

fn list(client: &Client) -> Request<Page<AnyEntity>> {
    client.path("users").request(&LIST)
}

#[test]
fn reads_lists_over_broken_connections() {
    let page = |id: u32, next: &str| {
        format!(r#"{{"value":[{{"id":"{id}"}}],"@odata.nextLink":"{next}"}}"#).into_bytes()
    };
    let whole = answer("200 OK", &page(2, ""));
    let (base, requests) = serve(vec![
        answer("429 Too Many Requests\r\nretry-after: 0.01", b""),
        answer("200 OK", &page(1, "users?$skip=1")),
        // Cut in the head, in the body, and before anything.
        whole[..20].to_vec(),
        whole[..whole.len() - 5].to_vec(),
        Vec::new(),
        whole,
    ]);
    let mut items = list(&client(&base)).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next_item_blocking() {
        ids.push(item.unwrap().id.unwrap());
    }
    assert_eq!(ids, ["1", "2"]);
    let requests: Vec<String> = requests.iter().collect();
    assert_eq!(requests.len(), 6);
    assert!(requests[0].starts_with("GET /v1.0/users HTTP/1.1\r\n"));
    assert!(requests[5].starts_with("GET /v1.0/users?$skip=1 HTTP/1.1\r\n"));
    assert!(
        requests
            .iter()
            .all(|request| request.contains("authorization: Bearer the-token"))
    );
}

#[test]
fn ten_thousand_items_while_one_in_five_answers_fails() {
    let page = |page: u32| {
        let items: Vec<String> = (0..1000)
            .map(|item| format!(r#"{{"id":"{}"}}"#, page * 1000 + item))
            .collect();
        let next = if page < 9 {
            format!("users?$skip={}", (page + 1) * 1000)
        } else {
            String::new()
        };
        let body = format!(
            r#"{{"value":[{}],"@odata.nextLink":"{next}"}}"#,
            items.join(",")
        );
        answer("200 OK", body.as_bytes())
    };
    // More than one in five: throttled before a page, cut within it.
    let mut answers = Vec::new();
    for number in 0..10 {
        if number % 2 == 0 {
            answers.push(answer("429 Too Many Requests\r\nretry-after: 0.001", b""));
        }
        if number % 3 == 0 {
            let whole = page(number);
            answers.push(whole[..whole.len() / 2].to_vec());
        }
        answers.push(page(number));
    }
    let count = answers.len();
    let (base, requests) = serve(answers);
    let mut items = list(&client(&base)).items();
    let mut expected = 0..10_000;
    while let Some(item) = items.next_item_blocking() {
        let id = item.unwrap().id.unwrap();
        assert_eq!(Some(id.parse().unwrap()), expected.next());
    }
    assert_eq!(expected.next(), None);
    assert_eq!(requests.iter().count(), count);
}

#[test]
fn resends_whole_bodies_and_unprocessed_posts() {
    let body = serde_json::json!({"displayName": "x".repeat(100_000)});
    let throttled = answer("429 Too Many Requests\r\nretry-after: 0", b"");
    let (base, requests) = serve(vec![throttled, answer("201 Created", b"{}"), Vec::new()]);
    let client = client(&base);
    let create = || {
        client
            .path("users")
            .request_with::<AnyEntity>(&CREATE, &body)
    };
    create().send_blocking().unwrap();
    let error = create().send_blocking().unwrap_err();
    assert_eq!((error.kind(), error.tries()), (ErrorKind::Transport, 1));
    let requests: Vec<String> = requests.iter().collect();
    assert_eq!(requests.len(), 3);
    assert!(
        requests
            .iter()
            .all(|request| request.ends_with(&body.to_string()))
    );
}

#[test]
fn works_inside_of_tokio() {
    let page = answer("200 OK", br#"{"value":[{"id":"1"}]}"#);
    let (base, requests) = serve(vec![page.clone(), page.clone(), page]);
    let client = client(&base);
    let mut tokio = tokio::runtime::Builder::new_current_thread();
    let tokio = tokio.enable_all().build().unwrap();
    tokio.block_on(async {
        assert_eq!(list(&client).collect(9).await.unwrap().len(), 1);
        // The one thread of this runtime is held up, and yet the answer comes.
        assert_eq!(list(&client).send_blocking().unwrap().value.len(), 1);
    });
    drop(tokio);
    assert_eq!(list(&client).send_blocking().unwrap().value.len(), 1);
    assert_eq!(requests.iter().count(), 3);
}

#[test]
fn downloads_in_chunks() {
    let content = vec![7; 1_000_000];
    let (base, _requests) = serve(vec![
        answer("200 OK", &content),
        answer("200 OK", &content)[..500_000].to_vec(),
    ]);
    let client = client(&base);
    let photo = || client.path("photo").request::<Bytes>(&LIST);
    let mut download = photo().download_blocking().unwrap();
    assert_eq!(download.length(), Some(1_000_000));
    while let Some(piece) = download.next_chunk_blocking() {
        assert!(piece.unwrap().iter().all(|byte| *byte == 7));
    }
    assert_eq!(download.received(), 1_000_000);
    let mut download = photo().download_blocking().unwrap();
    let error = loop {
        if let Err(error) = download.next_chunk_blocking().unwrap() {
            break error;
        }
    };
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(download.received() < 500_000);
}

#[test]
fn rejects_redirects_to_other_ports() {
    let (other, asked) = serve(vec![answer("200 OK", b"{}")]);
    let (base, _requests) = serve(vec![answer(
        &format!("302 Found\r\nlocation: {other}/users"),
        b"",
    )]);
    let error = list(&client(&base)).send_blocking().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DisallowedHost);
    assert!(asked.try_recv().is_err());
}

#[test]
fn decompresses_responses() {
    // `{"value":[]}`, stored without compression.
    let zipped =
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x0c\0\xf3\xff{\"value\":[]}\x42\xea\x40\x44\x0c\0\0\0";
    let (base, requests) = serve(vec![answer("200 OK\r\ncontent-encoding: gzip", zipped)]);
    let page = list(&client(&base)).send_blocking().unwrap();
    assert!(page.value.is_empty());
    let request = requests.recv().unwrap();
    assert!(request.contains("accept-encoding: gzip"), "{request}");
}

#[test]
fn connection_errors_contain_no_url() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/v1.0", listener.local_addr().unwrap());
    drop(listener);
    let secret = client(&base).path("secret-path").request::<Bytes>(&LIST);
    let error: Error = secret.send_blocking().unwrap_err();
    assert_eq!((error.kind(), error.tries()), (ErrorKind::Transport, 4));
    assert!(error.to_string().contains("refused"), "{error}");
    let mut shown = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(inner) = source {
        shown.push_str(&format!(" {inner} {inner:?}"));
        source = inner.source();
    }
    assert!(
        !shown.contains("secret-path") && !shown.contains("the-token"),
        "{shown}"
    );
}
