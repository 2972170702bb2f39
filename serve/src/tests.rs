//! Answers of the service without a network, to requests for pages in our own words.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::answer::Answer;
use crate::graph::Graph;
use crate::received::ReceivedRequest;
use crate::server::Server;
use crate::service::Service;
use crate::settings::Settings;

fn page(line: &str, rest: &str) -> String {
    format!(
        "# Requests\n\nNamespace: microsoft.graph\n\n## HTTP request\n\n``` http\n{line}\n```\n\n{rest}"
    )
}

fn service() -> Service {
    let resource = |name: &str, base: &str, rows: &str| {
        format!(
            "# {name} resource type\n\nNamespace: microsoft.graph\n\n{base}## Properties\n\n\
             |Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key.|\n{rows}"
        )
    };
    let list = |name: &str| {
        format!("## Response\nA collection of [{name}](../resources/{name}.md) objects.\n")
    };
    let one = |name: &str| {
        format!(
            "## Request body\nSend a JSON representation of a [{name}](../resources/{name}.md).\n\n\
             ## Response\nIt answers `201 Created` with a [{name}](../resources/{name}.md).\n"
        )
    };
    let none = "## Response\nIt answers `204 No Content`.\n";
    let names = "|displayName|String|The name.|\n|userPrincipalName|String|The sign-in name.|\n";
    let pages = [
        ("resources/user.md", resource("user", "", names)),
        (
            "resources/group.md",
            resource(
                "group",
                "",
                "|displayName|String|The name.|\n|mail|String|The address.|\n",
            ),
        ),
        ("api/user-list.md", page("GET /users", &list("user"))),
        ("api/user-post.md", page("POST /users", &one("user"))),
        (
            "api/user-get.md",
            page(
                "GET /users/{id}",
                "## Response\nA [user](../resources/user.md).\n",
            ),
        ),
        ("api/user-delete.md", page("DELETE /users/{id}", none)),
        ("api/group-list.md", page("GET /groups", &list("group"))),
        ("api/group-post.md", page("POST /groups", &one("group"))),
        (
            "api/group-list-members.md",
            page("GET /groups/{id}/members", &list("user")),
        ),
        (
            "api/group-post-members.md",
            page("POST /groups/{id}/members/$ref", none),
        ),
        (
            "api/group-delete-members.md",
            page("DELETE /groups/{id}/members/{id}/$ref", none),
        ),
    ];
    let graph = Graph::of_pages(pages.map(|(path, text)| (format!("v1.0/{path}"), text)));
    Service::new(graph, Settings::new().items(3))
}

/// Returns the status, the headers as text, and the body as JSON.
fn send(service: &Service, method: &str, target: &str, body: &Value) -> (u16, String, Value) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let answer = service.answer(&ReceivedRequest {
        method: method.to_owned(),
        path: format!("/v1.0{path}"),
        query: Some(query.to_owned()),
        headers: Default::default(),
        body: body.to_string().into(),
        origin: "https://graph.test".into(),
        is_internal: false,
    });
    let headers = format!("{:?}", answer.headers);
    let body = serde_json::from_slice(&answer.body).unwrap_or_default();
    (answer.status, headers, body)
}

fn names(body: &Value) -> Vec<&str> {
    let items = body["value"].as_array().unwrap().iter();
    items
        .map(|item| item["displayName"].as_str().unwrap())
        .collect()
}

#[test]
fn references_are_remembered() {
    let service = service();
    let send = |method: &str, target: &str, body: Value| send(&service, method, target, &body);
    let (status, headers, group) = send("POST", "/groups", json!({"displayName": "Team"}));
    let id = group["id"].as_str().unwrap();
    assert_eq!(status, 201);
    assert!(
        headers.contains(&format!("https://graph.test/v1.0/groups/{id}")),
        "{headers}"
    );
    assert!(group["@odata.etag"].is_string(), "{group}");
    let members = format!("/groups/{id}/members");
    assert_eq!(send("GET", &members, Value::Null).2["value"], json!([]));

    let user = send("GET", "/users", Value::Null).2["value"][1].clone();
    let user_id = user["id"].as_str().unwrap();
    let reference = json!({"@odata.id": format!("https://graph.test/v1.0/users/{user_id}")});
    assert_eq!(
        send("POST", &format!("{members}/$ref"), reference.clone()).0,
        204
    );
    assert_eq!(names(&send("GET", &members, Value::Null).2), ["text 2"]);
    assert_eq!(send("POST", &format!("{members}/$ref"), reference).0, 400);
    let expanded = send(
        "GET",
        "/groups?$expand=members($select=id)&$filter=displayName eq 'Team'",
        Value::Null,
    )
    .2;
    assert_eq!(expanded["value"][0]["members"][0]["id"], user_id);
    assert_eq!(
        send("DELETE", &format!("{members}/{user_id}/$ref"), Value::Null).0,
        204
    );
    assert_eq!(send("GET", &members, Value::Null).2["value"], json!([]));

    let bind = json!({"displayName": "Both", "members@odata.bind": [format!("https://x/v1.0/users/{user_id}")]});
    let group = send("POST", "/groups", bind).2;
    let members = format!("/groups/{}/members", group["id"].as_str().unwrap());
    assert_eq!(names(&send("GET", &members, Value::Null).2), ["text 2"]);
}

#[test]
fn items_have_alternate_keys() {
    let service = service();
    let get = |target: &str| send(&service, "GET", target, &Value::Null);
    let by_name = get("/users/TEXT.3@example.com").2;
    assert_eq!(by_name["displayName"], "text 3");
    let by_id = get(&format!("/users/{}", by_name["id"].as_str().unwrap())).2;
    assert_eq!(by_id["userPrincipalName"], "text.3@example.com");
    assert_eq!(get("/users/text.4@example.com").0, 404);
    let new = json!({"displayName": "A", "userPrincipalName": "a@example.com"});
    assert_eq!(send(&service, "POST", "/users", &new).0, 201);
    assert_eq!(get("/users/a@example.com").2["displayName"], "A");
    assert_eq!(send(&service, "POST", "/users", &new).0, 400);
}

#[test]
fn queries_are_checked() {
    let service = service();
    let status = |target: &str| send(&service, "GET", target, &Value::Null).0;
    assert_eq!(
        status("/users?$select=displayName&$orderby=displayName desc"),
        200
    );
    for wrong in [
        "$select=foo",
        "$orderby=foo",
        "$orderby=displayName down",
        "$filter=foo eq 1",
        "$filter=displayName",
        "$filter=displayName/any(x:x eq 'a')",
        "$expand=foo",
        "$search=\"a",
        "$top=-1",
    ] {
        assert_eq!(status(&format!("/users?{wrong}")), 400, "{wrong}");
    }
    let ordered = send(
        &service,
        "GET",
        "/users?$orderby=displayName desc&$search=\"displayName:text\"",
        &Value::Null,
    );
    assert_eq!(names(&ordered.2), ["text 3", "text 2", "text 1"]);
}

#[test]
fn answers_have_the_form_of_the_service() {
    let service = service();
    let send = |method: &str, target: &str| send(&service, method, target, &Value::Null);
    let (status, headers, _) = send("PUT", "/users");
    assert_eq!(status, 405);
    assert!(headers.contains("GET, POST"), "{headers}");
    let (status, _, body) = send("GET", "/users/nobody");
    assert_eq!(
        (status, &body["error"]["code"]),
        (404, &json!("Request_ResourceNotFound"))
    );
    let (status, _, body) = send("GET", "/users/nobody/shoes");
    assert_eq!(status, 400);
    assert!(
        body["error"]["message"]
            .as_str()
            .unwrap()
            .contains("'shoes'"),
        "{body}"
    );
    assert_eq!(send("HEAD", "/users").0, 200);
    let document = send("GET", "/").2;
    assert_eq!(
        document["value"][1],
        json!({"name": "users", "kind": "EntitySet", "url": "users"})
    );
    let (status, headers, _) = send("GET", "/$metadata");
    assert_eq!(status, 200);
    assert!(headers.contains("application/xml"), "{headers}");
}

/// A drive whose pages document upload sessions for items only.
fn drive() -> Service {
    let resource = "# driveItem resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\n\
        |Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key.|\n|name|String|The name.|\n|size|Int64|The size.|\n";
    let one = "## Response\nA [driveItem](../resources/driveitem.md).\n";
    let list = "## Response\nA collection of [driveItem](../resources/driveitem.md) objects.\n";
    let graph = Graph::of_pages([
        ("v1.0/resources/driveitem.md", resource.to_owned()),
        (
            "v1.0/api/driveitem-list.md",
            page("GET /drives/{id}/items", list),
        ),
        (
            "v1.0/api/driveitem-get.md",
            page("GET /drives/{id}/items/{id}", one),
        ),
        (
            "v1.0/api/driveitem-get-content.md",
            page("GET /drives/{id}/items/{id}/content", ""),
        ),
        (
            "v1.0/api/driveitem-createuploadsession.md",
            page("POST /drives/{id}/items/{id}/createUploadSession", ""),
        ),
    ]);
    Service::new(graph, Settings::new().items(3))
}

/// Sends a range of a file of 10 bytes to the first upload session.
fn upload_range(service: &Service, range: &str, content: &str) -> Answer {
    let mut received = ReceivedRequest {
        method: "PUT".to_owned(),
        path: "/upload/1".to_owned(),
        query: None,
        headers: Default::default(),
        body: content.to_owned().into(),
        origin: "https://graph.test".into(),
        is_internal: false,
    };
    let range = format!("bytes {range}/10").parse().unwrap();
    received.headers.insert("content-range", range);
    service.answer(&received)
}

#[test]
fn uploaded_files_are_returned_by_path_and_id() {
    for folder in ["items/root:", "items/1:", "root:"] {
        let service = drive();
        let file = format!("/drives/d/{folder}/reports/a.txt:");
        let target = format!("{file}/createUploadSession");
        let (status, _, session) = send(&service, "POST", &target, &json!({}));
        assert_eq!(status, 200, "{target}: {session}");
        assert_eq!(session["uploadUrl"], "https://graph.test/upload/1");
        assert_eq!(upload_range(&service, "0-5", "123456").status, 202);
        let answer = upload_range(&service, "6-9", "7890");
        assert_eq!(answer.status, 201);
        let item: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(
            (&item["name"], &item["size"]),
            (&json!("a.txt"), &json!(10))
        );
        let by_id = format!("/drives/d/items/{}", item["id"].as_str().unwrap());
        let by_path = match folder {
            "items/1:" => &by_id,
            _ => &file,
        };
        for target in [&by_id, by_path] {
            let (status, _, stored) = send(&service, "GET", target, &Value::Null);
            assert_eq!((status, &stored["size"]), (200, &json!(10)), "{target}");
            let content = send(&service, "GET", &format!("{target}/content"), &Value::Null);
            // The digits are a number in JSON.
            assert_eq!(content.2, json!(1_234_567_890), "{target}");
        }
    }
    let service = drive();
    let no_file = "/drives/d/items/root:/createUploadSession";
    assert_ne!(send(&service, "POST", no_file, &json!({})).0, 200);
}

#[test]
fn a_repeated_final_range_has_the_same_answer() {
    let service = drive();
    let target = "/drives/d/items/root:/a.txt:/createUploadSession";
    assert_eq!(send(&service, "POST", target, &json!({})).0, 200);
    assert_eq!(upload_range(&service, "0-5", "123456").status, 202);
    // The range is not the final one yet.
    assert_eq!(upload_range(&service, "0-5", "123456").status, 416);
    let first = upload_range(&service, "6-9", "7890");
    let second = upload_range(&service, "6-9", "7890");
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.body, second.body);
    assert_eq!(first.headers, second.headers);
    let items = send(&service, "GET", "/drives/d/items", &Value::Null).2;
    assert_eq!(items["value"].as_array().unwrap().len(), 4);
    // Other ranges belong to no session.
    assert_eq!(upload_range(&service, "0-5", "123456").status, 404);
}

#[test]
fn tls_connections_need_the_certificate_of_the_server() {
    let graph = Graph::of_pages([("v1.0/api/user-list.md", page("GET /users", ""))]);
    let server = Server::start(&graph, Settings::new().tls()).unwrap();
    let request = |roots: RootCertStore| {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("localhost").unwrap();
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let mut stream =
            StreamOwned::new(connection, TcpStream::connect(server.address()).unwrap());
        stream.write_all(b"GET /v1.0/ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        let mut status = [0; 15];
        stream.read_exact(&mut status)?;
        std::io::Result::Ok(String::from_utf8_lossy(&status).into_owned())
    };
    assert!(request(RootCertStore::empty()).is_err());
    let mut roots = RootCertStore::empty();
    let certificate = server.certificate().unwrap().as_bytes();
    roots
        .add(CertificateDer::from_pem_slice(certificate).unwrap())
        .unwrap();
    assert_eq!(request(roots).unwrap(), "HTTP/1.1 200 OK");
}
