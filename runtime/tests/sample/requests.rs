//! Requests before they are sent.

use graphwright_runtime::{
    ConsistencyLevel, Descending, ErrorKind, Grant, Page, Reference, Request, Unconnected, Value,
};

use crate::sample::client::{Client, GadgetAssignParameters, GadgetRequestBuilder};
use crate::sample::client::{GadgetsRequestBuilder, SettingsRequestBuilder};
use crate::sample::types::{Feature, Gadget};

fn client() -> Client {
    Client::new(Unconnected)
}

fn gadget(id: &str) -> GadgetRequestBuilder {
    client().gadgets().by_id(id)
}

/// Checks the method, the address below the version, and the body.
fn check<T>(request: &Request<T>, line: &str, body: &str) {
    let url = request.url();
    let path = url.strip_prefix(Client::BASE_URL).unwrap();
    assert_eq!(format!("{} {path}", request.method()), line);
    assert_eq!(request.body(), body.as_bytes());
    let http = request.to_http().unwrap();
    assert_eq!(http.uri().to_string(), url);
    assert_eq!(
        http.headers().contains_key("content-type"),
        !body.is_empty()
    );
}

#[test]
fn each_kind_of_operation() {
    let body = Gadget {
        count: Some(1),
        ..Gadget::default()
    };
    check(&client().gadgets().list(), "GET /gadgets", "");
    check(&client().gadgets().count(), "GET /gadgets/$count", "");
    check(
        &client().gadgets().create(&body),
        "POST /gadgets",
        r#"{"count":1}"#,
    );
    check(&gadget("1").get(), "GET /gadgets/1", "");
    check(
        &gadget("1").update(&body),
        "PATCH /gadgets/1",
        r#"{"count":1}"#,
    );
    check(&gadget("1").delete(), "DELETE /gadgets/1", "");
    let parameters = GadgetAssignParameters {
        features: Some(Feature::Backup.into()),
        ..GadgetAssignParameters::default()
    };
    check(&gadget("1").reassign(None), "POST /gadgets/1/assign", "");
    check(
        &gadget("1").reassign(Some(&parameters)),
        "POST /gadgets/1/assign",
        r#"{"features":"backup"}"#,
    );
    check(
        &gadget("1").assign(&parameters),
        "POST /gadgets/1/assign",
        r#"{"features":"backup"}"#,
    );
    check(
        &gadget("1").add_owner(&Reference::to("https://x/users/2")),
        "POST /gadgets/1/owners/$ref",
        r#"{"@odata.id":"https://x/users/2"}"#,
    );
    check(&gadget("1").download(), "GET /gadgets/1/$value", "");
    check(
        &gadget("1").upload("bytes"),
        "PUT /gadgets/1/$value",
        "bytes",
    );
    check(
        &gadget("1").probe(&Value::Bool(true)),
        "POST /gadgets/1/probe",
        "true",
    );
    check(&client().settings().get(), "GET /settings", "");
}

#[test]
fn keys_and_arguments_are_encoded() {
    check(
        &gadget("a/b?c#d e%20+&$ü").get(),
        "GET /gadgets/a%2Fb%3Fc%23d%20e%2520%2B%26%24%C3%BC",
        "",
    );
    check(
        &gadget("AAMk=_-.~@x.org,(')").get(),
        "GET /gadgets/AAMk=_-.~@x.org,(')",
        "",
    );
    check(
        &gadget("1").score("O'Neil/x", 3),
        "GET /gadgets/1/score(from='O''Neil%2Fx',top=3)",
        "",
    );
    check(
        &gadget("1").by_serial("O'Neil a/b").get(),
        "GET /gadgets/1/parts(serial='O''Neil%20a%2Fb')",
        "",
    );
}

#[test]
fn item_paths_have_colons() {
    check(
        &gadget("1").item("a b/c:d.txt").get(),
        "GET /gadgets/1:/a%20b/c%3Ad.txt",
        "",
    );
    check(
        &gadget("1")
            .item("/a/")
            .assign(&GadgetAssignParameters::default()),
        "POST /gadgets/1:/a:/assign",
        "{}",
    );
    check(
        &gadget("1").item("a").item("b").get(),
        "GET /gadgets/1:/a/b",
        "",
    );
}

#[test]
fn query_options() {
    let request = client()
        .gadgets()
        .list()
        .select(&[&Gadget::ID, &Gadget::COUNT])
        .select(&[&"size"])
        .expand(&[&Gadget::OWNER, &"parts($select=id;$top=1)"])
        .orderby(&[&Gadget::ID, &Descending(Gadget::COUNT), &"size desc"])
        .filter("id eq 'a&b' and count gt 1")
        .top(5)
        .top(6)
        .skip(10)
        .search("\"id:x\"")
        .count()
        .query("$skiptoken", "a+b=")
        .query("odd name&", "1");
    check(
        &request,
        "GET /gadgets?$select=id,count,size&$expand=owner,parts($select=id;$top=1)\
         &$orderby=id,count%20desc,size%20desc&$filter=id%20eq%20'a%26b'%20and%20count%20gt%201\
         &$top=6&$skip=10&$search=%22id:x%22&$count=true&$skiptoken=a%2Bb=&odd%20name%26=1",
        "",
    );
    let empty = client().gadgets().list().select(&[]);
    check(&empty, "GET /gadgets", "");
}

#[test]
fn headers() {
    let request = gadget("1")
        .get()
        .consistency_level(ConsistencyLevel::Eventual)
        .if_match("W/\"1\"")
        .header("Prefer", "a")
        .header("prefer", "b");
    let headers = request.to_http().unwrap().headers().clone();
    assert_eq!(headers["consistencylevel"], "eventual");
    assert_eq!(headers["if-match"], "W/\"1\"");
    assert_eq!(headers["prefer"], "a, b");
}

#[test]
fn what_cannot_be_sent_is_an_error_and_no_panic() {
    for request in [
        gadget("1").get().header("bad name", "x"),
        gadget("1").get().header("x", "line\r\nbreak"),
        gadget("1").get().header("", ""),
        gadget("").get(),
        gadget("..").get(),
        gadget(".").by_serial("x").get(),
        gadget("1").by_serial("").get(),
        gadget("1").item("a/../b").get(),
        Client::with_base_url("not an address", Unconnected)
            .gadgets()
            .by_id("1")
            .get(),
    ] {
        let error = request.to_http().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        assert!(
            error.to_string().starts_with("the request is not valid: "),
            "{error}"
        );
    }
    // Text of any sort is encoded.
    gadget("\0\r\n\u{10ffff}")
        .get()
        .filter("\0\n")
        .to_http()
        .unwrap();
}

#[test]
fn the_facts_of_an_operation_are_constants() {
    let work = GadgetsRequestBuilder::LIST.permissions.delegated_work;
    let sets: Vec<Vec<&str>> = work.sets().map(|set| set.names().collect()).collect();
    assert_eq!(
        sets,
        [
            vec!["Gadget.Read.All"],
            vec!["Gadget.ReadWrite.All", "Directory.Read.All"]
        ]
    );
    assert_eq!(work.least(), work.sets().next());
    let request: Request<Page<Gadget>> = client().gadgets().list();
    assert_eq!(request.operation(), GadgetsRequestBuilder::LIST);
    assert_eq!(
        request.operation().permissions.delegated_personal,
        Grant::NOT_SUPPORTED
    );
    assert!(!request.operation().permissions.application.is_stated());
    assert_eq!(SettingsRequestBuilder::GET.path, "/settings");
}

#[test]
fn clients_and_requests_are_send() {
    fn check<T: Send + Sync>(_: T) {}
    check(client());
    check(client().gadgets());
    check(gadget("1").get());
    check(Gadget::default());
}
