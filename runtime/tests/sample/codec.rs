//! Deserialization and serialization of documented JSON.

use graphwright_runtime::{Flags, ObjectExt, OpenEnum, Value};

use crate::sample::types::{Colour, Feature, Gadget};

/// Checks that `json` round-trips through `Gadget`, from text and from a JSON value, and that clones are equal.
pub(crate) fn check(json: &str) -> Gadget {
    let gadget: Gadget = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&gadget).unwrap(), json);
    assert_eq!(serde_json::to_string(&gadget.clone()).unwrap(), json);
    assert_eq!(gadget.clone(), gadget);
    let value: Value = serde_json::from_str(json).unwrap();
    let from_value: Gadget = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_string(&from_value).unwrap(), json);
    assert_eq!(from_value, gadget);
    assert_eq!(gadget.to_value().to_string(), value.to_string());
    gadget
}

#[test]
fn round_trips_every_kind_of_property() {
    let gadget = check(
        r##"{"id":"1","enabled":true,"count":-3,"size":9007199254740993,"ratio":0.5,"anything":{"b":1,"a":[null]},"things":[1,null,{}],"created":"2016-12-31T23:59:37.9174975-08:00","colour":"red","features":"none,backup","tags":["x",""],"owner":{"id":"2","owner":{"id":"3"}},"parts":[{"id":"4"},{}],"target":{"filter":"f"},"targets":[{"@odata.type":"#microsoft.graph.groupTarget","groupId":"g"}],"anchor":{"@odata.type":"#microsoft.graph.user","id":"5","name":"n"}}"##,
    );
    assert_eq!(gadget.id.as_deref(), Some("1"));
    assert_eq!(gadget.size, Some(9_007_199_254_740_993));
    assert_eq!(gadget.created.unwrap().nanosecond(), 917_497_500);
    assert_eq!(gadget.colour, Some(Colour::Red));
    assert!(gadget.features.as_ref().unwrap().contains(&Feature::Backup));
    assert_eq!(
        gadget
            .owner
            .as_ref()
            .unwrap()
            .owner
            .as_ref()
            .unwrap()
            .id
            .as_deref(),
        Some("3")
    );
    assert_eq!(gadget.parts.as_ref().unwrap().len(), 2);
    assert!(gadget.additional_properties.is_empty());
    assert!(gadget.type_mismatches().is_empty());
}

#[test]
fn round_trips_the_empty_object() {
    assert_eq!(check("{}"), Gadget::default());
}

#[test]
fn distinguishes_empty_from_absent_collections() {
    let gadget = check(r#"{"things":[],"tags":[],"parts":[],"targets":[]}"#);
    assert_eq!(gadget.tags, Some(Vec::new()));
    assert!(gadget.additional_properties.is_empty());
}

#[test]
fn preserves_unknown_keys() {
    let gadget = check(
        r#"{"@odata.context":"c","id":"1","new":{"z":1,"a":{"y":2,"b":3}},"enabled":false,"x@y":[1]}"#,
    );
    let unknown: Vec<&str> = gadget
        .additional_properties
        .unknown()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(unknown, ["@odata.context", "new", "x@y"]);
    assert_eq!(gadget.get("new").unwrap()["a"]["b"], 3);
    assert_eq!(gadget.get("enabled"), Some(Value::Bool(false)));
    assert_eq!(gadget.get("count"), None);
}

#[test]
fn preserves_the_order_of_keys() {
    check(r#"{"count":1,"id":"1"}"#);
    check(r#"{"count":null,"id":"1","tags":["a"],"enabled":null}"#);
    check(r#"{"a":1,"count":1,"b":2,"id":"1","c":3}"#);
    check(r#"{"id":"1","x":1,"count":2}"#);
    check(r#"{"parts":[{"count":1,"id":"1"},{"owner":{"count":1,"id":"1"},"id":"2"}],"id":null}"#);
}

#[test]
fn distinguishes_null_from_absent() {
    let mut gadget = check(r#"{"id":null,"enabled":null,"tags":null,"owner":null,"target":null}"#);
    assert!(Gadget::ID.is_null(&gadget) && Gadget::OWNER.is_null(&gadget));
    assert!(gadget.type_mismatches().is_empty());
    gadget.id = Some("1".to_owned());
    assert!(!Gadget::ID.is_null(&gadget));
    Gadget::TAGS.clear(&mut gadget);
    Gadget::TARGET.clear(&mut gadget);
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"id":"1","enabled":null,"owner":null}"#
    );
}

#[test]
fn serializes_set_properties_and_explicit_nulls() {
    let mut gadget = Gadget {
        count: Some(3),
        ..Gadget::default()
    };
    Gadget::OWNER.set_null(&mut gadget);
    Gadget::ID.set_null(&mut gadget);
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"id":null,"count":3,"owner":null}"#
    );
    assert_ne!(
        gadget,
        Gadget {
            count: Some(3),
            ..Gadget::default()
        }
    );
}

#[test]
fn serializes_properties_set_after_deserialization() {
    let mut gadget = check(r#"{"count":1,"id":"1","new":true}"#);
    gadget.enabled = Some(true);
    gadget.count = None;
    gadget.additional_properties.insert("more", 1);
    assert_eq!(
        gadget.additional_properties.remove("new"),
        Some(Value::Bool(true))
    );
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r#"{"id":"1","enabled":true,"more":1}"#
    );
}

#[test]
fn preserves_undocumented_enum_members() {
    let gadget = check(r#"{"colour":"mauve","features":"backup, later"}"#);
    let colour = gadget.colour.unwrap();
    assert_eq!(colour.as_str(), "mauve");
    assert!(!colour.is_listed());
    let features = gadget.features.unwrap();
    assert_eq!(
        features.iter().map(OpenEnum::as_str).collect::<Vec<_>>(),
        ["backup", "later"]
    );
    assert_eq!(Feature::from_value(1), Some(Feature::Backup));
    assert_eq!(Feature::Backup.value(), Some(1));
    assert_eq!(Colour::from("red"), Colour::Red);
    let built: Flags<Feature> = [Feature::None, Feature::Backup].into_iter().collect();
    assert_eq!(built.to_string(), "none,backup");
}

#[test]
fn enums_list_and_order_their_members() {
    assert_eq!(Colour::ALL, [Colour::Red, Colour::UnknownFutureValue]);
    let mut colours = [Colour::UnknownFutureValue, "mauve".into(), Colour::Red];
    colours.sort();
    let names = colours.map(|colour| colour.to_string());
    assert_eq!(names, ["mauve", "red", "unknownFutureValue"]);
    assert_eq!("red".parse(), Ok(Colour::Red));
}

#[test]
fn debug_omits_absent_properties() {
    let gadget = check(r#"{"id":"1","count":null,"parts":[{"enabled":true}],"new":1}"#);
    assert_eq!(
        format!("{gadget:?}"),
        r#"gadget { id: "1", count: null, parts: [gadget { enabled: true }], new: 1 }"#
    );
}

#[test]
fn equality_ignores_the_order_of_keys() {
    let one: Gadget = serde_json::from_str(r#"{"id":"1","count":2,"a":1,"b":2}"#).unwrap();
    let other: Gadget = serde_json::from_str(r#"{"b":2,"a":1,"count":2,"id":"1"}"#).unwrap();
    assert_eq!(one, other);
    let third: Gadget = serde_json::from_str(r#"{"b":2,"a":0,"count":2,"id":"1"}"#).unwrap();
    assert_ne!(one, third);
}
