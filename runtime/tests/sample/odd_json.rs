//! JSON that is not as documented: nothing of it is lost, and nothing of it is an error.

use graphwright_runtime::{Leftover, ObjectExt};

use crate::codec::check;
use crate::sample::types::Gadget;

/// Checks that `json` comes back, and that the values at these paths are listed as misfits.
fn check_misfits(json: &str, expected: &[&str]) -> Gadget {
    let gadget = check(json);
    let paths: Vec<String> = gadget
        .misfits()
        .into_iter()
        .map(|misfit| misfit.path)
        .collect();
    assert_eq!(paths, expected);
    gadget
}

#[test]
fn values_of_another_type() {
    let gadget = check_misfits(
        r#"{"id":1,"enabled":"yes","count":2147483648,"size":1.5,"ratio":"half","created":"soon","colour":7,"features":["none"],"tags":"x","owner":[],"parts":{"id":"1"},"target":true,"things":{}}"#,
        &[
            "id", "enabled", "count", "size", "ratio", "things", "created", "colour", "features",
            "tags", "owner", "parts", "target",
        ],
    );
    assert_eq!(gadget.id, None);
    assert_eq!(gadget.count, None);
}

#[test]
fn values_of_another_type_below() {
    check_misfits(
        r#"{"parts":[{"id":"1"},{"owner":{"count":"3"}}],"target":{"filter":1}}"#,
        &["parts/1/owner/count", "target/filter"],
    );
}

#[test]
fn a_new_value_wins_over_the_misfit() {
    let mut gadget = check(r#"{"id":1,"tags":"x"}"#);
    gadget.id = Some("one".to_owned());
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"id":"one","tags":"x"}"#
    );
}

#[test]
fn another_spelling_of_a_value_is_kept_until_the_value_changes() {
    let mut gadget = check_misfits(r#"{"count":3.0,"size":"12345678901","ratio":1}"#, &[]);
    assert_eq!((gadget.count, gadget.size), (Some(3), Some(12_345_678_901)));
    assert_eq!(gadget.ratio, Some(1.0));
    gadget.ratio = Some(2.0);
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"count":3.0,"size":"12345678901","ratio":2.0}"#
    );
    assert_eq!(check(r#"{"ratio":1.0}"#).leftover, Leftover::new());
}

#[test]
fn numbers_beyond_their_types() {
    let gadget = check_misfits(
        r#"{"size":18446744073709551615,"ratio":18446744073709551615,"big":18446744073709551615}"#,
        &["size"],
    );
    assert_eq!(gadget.ratio, Some(18_446_744_073_709_551_615.0));
    let gadget = check(r#"{"ratio":"-INF"}"#);
    assert_eq!(gadget.ratio, Some(f64::NEG_INFINITY));
    check_misfits(r#"{"count":1e+300,"size":-1e+300}"#, &["count", "size"]);
}

#[test]
fn collections_with_items_that_do_not_fit() {
    let mut gadget = check_misfits(
        r#"{"tags":["a",null,"b",3,"c"],"parts":[{"id":"1"},null,{"id":"2","x":1},"odd"],"targets":[null]}"#,
        &["tags", "parts", "targets"],
    );
    assert_eq!(gadget.tags.as_deref().unwrap(), ["a", "b", "c"]);
    assert_eq!(gadget.parts.as_ref().unwrap().len(), 2);
    gadget.tags = Some(vec!["d".to_owned()]);
    gadget.parts.as_mut().unwrap().pop();
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"tags":["d"],"parts":[{"id":"1"}],"targets":[null]}"#
    );
    check_misfits(r#"{"tags":[null],"things":[null]}"#, &["tags"]);
}

#[test]
fn keys_that_come_twice_take_the_last_value() {
    let read = |json: &str| -> String {
        let gadget: Gadget = serde_json::from_str(json).unwrap();
        serde_json::to_string(&gadget).unwrap()
    };
    assert_eq!(
        read(r#"{"id":"1","count":1,"id":"2"}"#),
        r#"{"id":"2","count":1}"#
    );
    assert_eq!(read(r#"{"id":"1","id":null}"#), r#"{"id":null}"#);
    assert_eq!(read(r#"{"id":null,"id":"1"}"#), r#"{"id":"1"}"#);
    assert_eq!(read(r#"{"id":1,"id":"1","id":2}"#), r#"{"id":2}"#);
    assert_eq!(
        read(r#"{"x":1,"count":1,"id":"1","x":2,"count":3}"#),
        r#"{"x":2,"count":3,"id":"1"}"#
    );
    assert_eq!(
        read(r#"{"owner":{"id":"1"},"owner":{"count":1}}"#),
        r#"{"owner":{"count":1}}"#
    );
    assert_eq!(read(r#"{"tags":["a"],"tags":["b"]}"#), r#"{"tags":["b"]}"#);
}

#[test]
fn type_annotations_of_a_plain_struct() {
    check(r##"{"@odata.type":"#microsoft.graph.gadget","id":"1"}"##);
    check(r##"{"@odata.type":"microsoft.graph.gadget","id":"1"}"##);
    check(r##"{"id":"1","@odata.type":"#microsoft.graph.gadget"}"##);
    check(r##"{"@odata.context":"c","@odata.type":"#microsoft.graph.gadget","id":"1"}"##);
    check(r#"{"@odata.type":7}"#);
    check(r#"{"@odata.type":null,"id":"1"}"#);
    let gadget = check(r##"{"@odata.type":"#microsoft.graph.superGadget","id":"1"}"##);
    assert_eq!(gadget.type_name(), "microsoft.graph.superGadget");
    let twice = r##"{"@odata.type":"#microsoft.graph.gadget","id":"1","@odata.type":"#x"}"##;
    let gadget: Gadget = serde_json::from_str(twice).unwrap();
    assert_eq!(gadget.type_name(), "x");
}

#[test]
fn deep_json_is_refused_and_does_not_exhaust_the_stack() {
    for (open, close) in [
        (r#"{"owner":"#, "}"),
        (r#"{"parts":["#, "]}"),
        (r#"{"unknown":"#, "}"),
        (r#"{"id":["#, "]}"),
        (r#"{"things":[["#, "]]}"),
        (r#"{"anything":"#, "}"),
        (r#"{"@odata.type":"#, "}"),
    ] {
        let depth = 100_000;
        let json = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        assert!(serde_json::from_str::<Gadget>(&json).is_err(), "{open}");
        let nested = format!("{open}{}{}{close}", "[".repeat(depth), "]".repeat(depth));
        assert!(serde_json::from_str::<Gadget>(&nested).is_err(), "{open}");
    }
    let shallow = format!("{}{}", r#"{"owner":"#.repeat(60), "{}") + &"}".repeat(60);
    check(&shallow);
}

#[test]
fn what_is_no_object_is_an_error() {
    for json in [
        "",
        "1",
        "[]",
        "null",
        "{",
        r#"{"id":}"#,
        r#"{"id":"1"} x"#,
        "\"x\"",
    ] {
        assert!(serde_json::from_str::<Gadget>(json).is_err(), "{json}");
    }
}

#[test]
fn many_unknown_keys_take_no_longer_than_they_must() {
    let members: Vec<String> = (0..20_000)
        .map(|key| format!(r#""k{key}":{key}"#))
        .collect();
    check(&format!("{{{}}}", members.join(",")));
}
