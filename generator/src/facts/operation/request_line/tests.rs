use super::*;
use crate::source::FileId;

fn shown(line: &str) -> String {
    let at = Location {
        file: FileId(0),
        line: 1,
        column: 1,
    };
    let request = match parse_request_line(line, at) {
        LineKind::Request(request) => request,
        LineKind::Header(name, value) => return format!("header {name}={value}"),
        LineKind::Unreadable(code, _) => return format!("{code:?}"),
        other => return format!("{other:?}"),
    };
    let segment = |segment: &SegmentFact| match segment {
        SegmentFact::Name(name) => name.clone(),
        SegmentFact::Key(key) => format!("{{{key}}}"),
        SegmentFact::AlternateKey { property, value } => format!("{property}={{{value}}}"),
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
    format!("{:?} {}{query}", request.method, segments.join(" "))
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
    check(
        "DELETE /roles/templateId={x}/members/{id}$ref",
        "Delete roles templateId={x} members {id} $ref",
    );
}

#[test]
fn hosts_and_queries() {
    check("GET https://graph.microsoft.com/beta/me", "Get me");
    check("GET ~/x", "Get x");
    check("GET policies/x", "Get policies x");
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
