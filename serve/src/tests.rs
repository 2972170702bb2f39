//! Answers of the service without a network, to requests for pages in our own words.

use serde_json::{Value, json};

use crate::graph::Graph;
use crate::received::ReceivedRequest;
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
