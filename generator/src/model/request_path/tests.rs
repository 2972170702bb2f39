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
    let found = own.match_request(written).unwrap();
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
    assert_eq!(own.match_request(written), None, "{written}");
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
fn alternate_keys_match_in_every_spelling() {
    let property = |name: &str, quoted| KeyProperty {
        name: name.to_owned(),
        key: key(),
        quoted,
    };
    let alternate = Segment::AlternateKey(vec![property("appId", true)]);
    let path = [name("apps"), alternate.clone()];
    for written in [
        "/apps(appId='7')",
        "/apps(APPID=7)",
        "/apps/appId='7'",
        "/apps/appId=7",
        "/apps/(appId='7')",
    ] {
        let path_of = "/apps(appId='7')";
        let own = Path {
            segments: path.to_vec(),
        };
        let found = own.match_request(written).unwrap();
        assert_eq!(found.arguments[0].text, "7", "{written}");
        assert_eq!(found.path, path_of, "{written}");
    }
    check(
        &path,
        "/apps(appId='O''Neil%2F(x)')",
        &["'O'Neil/(x)'"],
        "/apps(appId='O''Neil/(x)')",
    );
    check_unfit(&path, "/apps/other=7");
    check_unfit(&path, "/apps(other='7')");
    check_unfit(&path, "/apps(appId='7',other='8')");
    check_unfit(&path, "/apps('7')");
    check_unfit(&path, "/apps(appId='7')/owners");
    let behind = [name("apps"), alternate, name("owners"), Segment::Key(key())];
    check(
        &behind,
        "/apps(appId='7')/owners('8')",
        &["'7'", "8"],
        "/apps(appId='7')/owners/8",
    );
    let several = [
        name("apps"),
        Segment::AlternateKey(vec![property("a", true), property("b", false)]),
    ];
    check(
        &several,
        "/apps(b=2, a='1')",
        &["'1'", "2"],
        "/apps(a='1',b=2)",
    );
}

#[test]
fn keys_with_the_name_id_are_keys() {
    let path = [name("apps"), Segment::Key(key()), name("owners")];
    check(&path, "/apps(id='7')/owners", &["7"], "/apps/7/owners");
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
fn names_keys_and_parameters_are_compared() {
    let check = |segments: &[Segment], written: &[&str], expected: Option<(usize, bool)>| {
        let path = Path {
            segments: segments.to_vec(),
        };
        let found = path.align(written).map(|aligned| aligned.quality);
        let found = found.map(|found| (found.names, found.same_parameters));
        assert_eq!(found, expected, "{written:?}");
    };
    let users = [name("users"), Segment::Key(key())];
    check(&users, &["Users", "7"], Some((1, true)));
    check(&users, &["groups", "7"], None);
    check(&users, &["users", "$count"], None);
    let range = [name("sheet"), call("range", &["a"])];
    check(
        &range,
        &["sheet", "microsoft.graph.range(A=1)"],
        Some((2, true)),
    );
    check(&range, &["sheet", "range(b=1)"], Some((2, false)));
    check(&range, &["sheet", "range"], Some((2, false)));
}

#[test]
fn functions_with_many_parameters() {
    let names: Vec<String> = (0..20_000).map(|number| format!("p{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let arguments: Vec<String> = names.iter().rev().map(|name| format!("{name}=1")).collect();
    let path = Path {
        segments: vec![call("f", &names)],
    };
    let found = path.match_request(&format!("/f({})", arguments.join(",")));
    assert_eq!(found.map(|found| found.arguments.len()), Some(20_000));
}
