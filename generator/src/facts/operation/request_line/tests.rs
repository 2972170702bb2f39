use super::*;
use crate::source::FileId;

fn shown(line: &str) -> String {
    let at = Location {
        file: FileId(0),
        line: 1,
        column: 1,
    };
    let (request, missing_slash) = match parse_request_line(line, at) {
        LineKind::Request {
            line,
            missing_slash,
        } => (line, missing_slash),
        LineKind::Header(name, value) => return format!("header {name}={value}"),
        LineKind::Unreadable(code, _) => return format!("{code:?}"),
        other => return format!("{other:?}"),
    };
    let segment = |segment: &SegmentFact| match segment {
        SegmentFact::Name(name) => name.clone(),
        SegmentFact::Key(key) => format!("{{{key}}}"),
        SegmentFact::AlternateKey(values) => {
            let pairs: Vec<_> = values
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            format!("key({})", pairs.join(";"))
        }
        SegmentFact::Call { name, arguments } => {
            let pairs: Vec<_> = arguments
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            format!("{name}({})", pairs.join(";"))
        }
        SegmentFact::ItemPath(path) => format!("{path}:"),
    };
    let segments: Vec<_> = request.segments.iter().map(segment).collect();
    let query = request
        .query
        .map_or(String::new(), |query| format!(" ? {query}"));
    let slash = missing_slash.map_or(String::new(), |(found, text)| {
        format!(" missing slash: {found} -> {text}")
    });
    format!("{:?} {}{query}{slash}", request.method, segments.join(" "))
}

fn check(line: &str, expected: &str) {
    assert_eq!(shown(line), expected, "{line}");
}

#[test]
fn keys() {
    check(
        "GET /users/{id | userPrincipalName}/drive",
        "Get users {id | userPrincipalName} drive",
    );
    check(
        "GET /users/{user-id} | user-principal-name/chats",
        "Get users {{user-id} | user-principal-name} chats",
    );
    check("GET /teams/(team-id)/x", "Get teams {team-id} x");
    check("GET /teams/<id>/'{x}'", "Get teams {id} {x}");
    check(
        "GET /a/0f0e0d0c-0b0a-0908-0706-050403020100",
        "Get a {0f0e0d0c-0b0a-0908-0706-050403020100}",
    );
}

#[test]
fn alternate_keys() {
    check(
        "DELETE /roles/templateId={x}/members/{id}",
        "Delete roles key(templateId={x}) members {id}",
    );
    check("GET /roles/(a='{a}',b={b})", "Get roles key(a='{a}';b={b})");
    check("GET /roles/a='x/y',b='z'", "Get roles key(a='x/y';b='z')");
    check("GET /roles(a='{a}')/x", "Get roles(a='{a}') x");
    check("GET /messages/AAMk=/x", "Get messages AAMk= x");
    check("GET /messages/AA==/x", "Get messages AA== x");
}

#[test]
fn puts_in_missing_slashes() {
    check(
        "DELETE /widgets/{id}/rules/{id}$ref",
        "Delete widgets {id} rules {id} $ref missing slash: {id}$ref -> {id}/$ref",
    );
    check(
        "DELETE /gadgets{id}/parts",
        "Delete gadgets {id} parts missing slash: gadgets{id} -> gadgets/{id}",
    );
    check(
        "GET /gadgets{id}parts",
        "Get gadgets {id} parts missing slash: gadgets{id}parts -> gadgets/{id}/parts",
    );
    check(
        "GET https://graph.microsoft.com/v1.0users/{id}",
        "Get users {id} missing slash: https://graph.microsoft.com/v1.0users/{id} \
         -> https://graph.microsoft.com/v1.0/users/{id}",
    );
    check("GET /a/{b{c}d}/e", "Get a {b{c}d} e");
    check("GET /sites/{host},{id}", "Get sites {host},{id}");
    check("GET /drive/{id}:/{path}", "Get drive {id}: {path}");
}

#[test]
fn paths_have_a_limit() {
    let line = |segments: usize| format!("GET {}", "/a".repeat(segments));
    check(&line(101), "PathTooLong");
    check(&line(4000), "PathTooLong");
    assert!(shown(&line(100)).starts_with("Get a a"));
}

#[test]
fn hosts_and_queries() {
    check("GET https://graph.microsoft.com/beta/me", "Get me");
    check("GET ~/x", "Get x");
    check(
        "GET policies/x",
        "Get policies x missing slash: policies/x -> /policies/x",
    );
    check("DELETE/identity/x", "Delete identity x");
    check(
        "GET /a?$filter=b eq 'c/d'&$top=1",
        "Get a ? $filter=b eq 'c/d'&$top=1",
    );
    check("GET /a/content[?ids=true]", "Get a content ? ids=true");
    check("GET https://example.com/a", "ForeignHost");
}

#[test]
fn calls_and_paths() {
    check(
        "GET /r/range(address='<a/b>')",
        "Get r range(address='<a/b>')",
    );
    check("GET /r/f(a='x,y',b={z})", "Get r f(a='x,y';b={z})");
    check("GET /r/f()", "Get r f()");
    check("GET /r/range(<address>)", "Get r range(=<address>)");
    check(
        "GET /r/f(z=microsoft.graph.k'{v}')",
        "Get r f(z=microsoft.graph.k'{v}')",
    );
    check(
        "GET /drive/root:/{path}:/content",
        "Get drive root: {path}: content",
    );
    check(
        "GET /a/microsoft.graph.b/$count",
        "Get a microsoft.graph.b $count",
    );
}

#[test]
fn lines_that_are_no_requests() {
    check("session-id: {id}", "header session-id={id}");
    check("or", "Joining");
    check("var x = new Y();", "Foreign");
    check("GET /a/.../b", "EllipsisInTemplate");
    check("GET /r/range(address='<a>'/all", "UnbalancedTemplate");
    check("POST ** Collection URI for x not found", "TemplateMissing");
    check("GET", "Foreign");
    check("GET ", "Foreign");
}
