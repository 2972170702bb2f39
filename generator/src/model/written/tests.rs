use super::*;
use crate::model::KeyParameter;

fn name(name: &str) -> Segment {
    Segment::Name(name.to_owned())
}

fn key() -> KeyParameter {
    KeyParameter {
        name: "id".to_owned(),
        of: None,
    }
}

fn call(name: &str, parameters: &[&str]) -> Segment {
    let parameters = parameters.iter().map(|parameter| FunctionParameter {
        name: (*parameter).to_owned(),
        ty: None,
        quoted: false,
    });
    Segment::Function {
        name: name.to_owned(),
        parameters: parameters.collect(),
    }
}

/// Arguments in quotes are shown in quotes.
fn check(segments: &[Segment], written: &str, arguments: &[&str], path: &str) {
    let own = Path {
        segments: segments.to_vec(),
    };
    let found = own.take_apart(written).unwrap();
    let shown: Vec<String> = found
        .arguments
        .iter()
        .map(|argument| match argument.quoted {
            true => format!("'{}'", argument.text),
            false => argument.text.clone(),
        })
        .collect();
    assert_eq!(shown, arguments, "{written}");
    assert_eq!(found.path, path);
}

fn check_unfit(segments: &[Segment], written: &str) {
    let own = Path {
        segments: segments.to_vec(),
    };
    assert_eq!(own.take_apart(written), None, "{written}");
}

#[test]
fn keys_are_decoded() {
    let path = [
        name("users"),
        Segment::Key(key()),
        name("manager"),
        Segment::Ref,
    ];
    let whole = "/users/ann%40x.org/manager/$ref";
    check(&path, whole, &["ann@x.org"], whole);
    check(
        &path,
        "/users/a%2Fb/manager/$ref",
        &["a/b"],
        "/users/a%2Fb/manager/$ref",
    );
    check(
        &path,
        "/users/{id}/manager/$ref",
        &["{id}"],
        "/users/{id}/manager/$ref",
    );
}

#[test]
fn keys_in_parentheses_become_segments() {
    let path = [name("users"), Segment::Key(key()), name("events")];
    check(&path, "/users('7')/events", &["7"], "/users/7/events");
    check(&path, "/users('AA=')/events", &["AA="], "/users/AA=/events");
    check_unfit(&path, "/users/events");
    check_unfit(&path, "/users/7/events/8");
}

#[test]
fn alternate_keys_are_known_by_their_property() {
    let alternate = Segment::AlternateKey {
        property: "appId".to_owned(),
        key: key(),
    };
    let path = [name("apps"), alternate];
    check(&path, "/apps/appId=7", &["7"], "/apps/appId=7");
    check_unfit(&path, "/apps/other=7");
}

#[test]
fn arguments_go_by_name_then_by_place() {
    let path = [name("sheet"), call("range", &["a", "b"])];
    let check = |call: &str, arguments: &[&str]| {
        check(
            &path,
            &format!("/sheet/{call}"),
            arguments,
            &format!("/sheet/{call}"),
        );
    };
    check("range(a='x',b=2)", &["'x'", "2"]);
    check("range(b=2,a='x')", &["'x'", "2"]);
    check("range('x', 2)", &["'x'", "2"]);
    check(
        "range(a='it''s, (so)/here',b=2)",
        &["'it's, (so)/here'", "2"],
    );
    check("range(a=%27x%27,b={b})", &["'x'", "{b}"]);
    check_unfit(&path, "/sheet/range(a='x')");
    check_unfit(&path, "/sheet/range");
}

#[test]
fn functions_without_parameters_may_have_parentheses() {
    let path = [name("users"), call("delta", &[])];
    check(&path, "/users/delta()", &[], "/users/delta()");
    check(&path, "/users/delta", &[], "/users/delta");
}

#[test]
fn item_paths_are_one_argument() {
    let path = [name("root"), Segment::ItemPath(key()), name("children")];
    let whole = "/root:/a/b%20c.txt:/children";
    check(&path, whole, &["a/b c.txt"], whole);
    let open = [name("root"), Segment::ItemPath(key())];
    check(&open, "/root:/a/b.txt", &["a/b.txt"], "/root:/a/b.txt");
}

#[test]
fn odd_percent_signs_stay() {
    let check = |text: &str, decoded: &str| assert_eq!(decode(text), decoded);
    check("100%", "100%");
    check("%zz%4", "%zz%4");
    check("%C3%A4", "ä");
    check("%ff", "%ff");
}
