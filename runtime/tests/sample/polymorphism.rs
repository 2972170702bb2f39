//! Types derived from others: chosen by name, kept if unknown.

use graphwright_runtime::{AnyEntity, Leftover, ObjectExt};

use crate::codec::check;
use crate::sample::types::{AnyTarget, Gadget, GroupTarget, Target};

/// Reads a target, checks that it is written as it was, and gives it.
fn check_target(json: &str) -> AnyTarget {
    let gadget = check(&format!(r#"{{"target":{json},"targets":[{json},{json}]}}"#));
    let target = gadget.target.unwrap();
    assert_eq!(gadget.targets.unwrap()[1], target);
    assert_eq!(serde_json::to_string(&target).unwrap(), json);
    target
}

fn group(target: AnyTarget) -> GroupTarget {
    match target {
        AnyTarget::GroupTarget(group) => group.into_inner(),
        AnyTarget::Target(_) => panic!("this should be a group: {target:?}"),
    }
}

fn base(target: AnyTarget) -> Target {
    match target {
        AnyTarget::Target(base) => base.into_inner(),
        AnyTarget::GroupTarget(_) => panic!("this should be the base: {target:?}"),
    }
}

#[test]
fn the_type_comes_first() {
    let target = check_target(
        r##"{"@odata.type":"#microsoft.graph.groupTarget","filter":"f","groupId":"g"}"##,
    );
    let group = group(target);
    assert_eq!(group.filter.as_deref(), Some("f"));
    assert_eq!(group.group_id.as_deref(), Some("g"));
    assert!(group.leftover.is_empty());
}

#[test]
fn the_type_comes_late() {
    let json = r##"{"groupId":"g","new":1,"filter":null,"@odata.type":"#microsoft.graph.groupTarget","more":2}"##;
    let group = group(check_target(json));
    assert_eq!(group.group_id.as_deref(), Some("g"));
    let json =
        r##"{"@odata.context":"c","@odata.type":"#microsoft.graph.groupTarget","groupId":"g"}"##;
    assert_eq!(
        self::group(check_target(json)).group_id.as_deref(),
        Some("g")
    );
    let json = r##"{"filter":3,"groupId":"g","@odata.type":"#microsoft.graph.groupTarget"}"##;
    assert_eq!(self::group(check_target(json)).filter, None);
}

#[test]
fn the_type_is_spelled_in_another_way() {
    for name in [
        "microsoft.graph.groupTarget",
        "#Microsoft.Graph.GroupTarget",
        "microsoft.graph.grouptarget",
    ] {
        let target = check_target(&format!(r#"{{"@odata.type":"{name}","groupId":"g"}}"#));
        assert_eq!(group(target).group_id.as_deref(), Some("g"));
    }
}

#[test]
fn the_type_is_the_base_or_unknown_or_missing() {
    let target = check_target(r##"{"@odata.type":"#microsoft.graph.target","filter":"f"}"##);
    assert_eq!(base(target).filter.as_deref(), Some("f"));
    let target =
        check_target(r##"{"@odata.type":"#microsoft.graph.moon","filter":"f","far":true}"##);
    assert_eq!(target.type_name(), "microsoft.graph.moon");
    assert_eq!(base(target).filter.as_deref(), Some("f"));
    assert_eq!(base(check_target("{}")), Target::default());
    base(check_target(r#"{"@odata.type":3,"filter":"f"}"#));
}

#[test]
fn two_types_in_one_object() {
    let json = r##"{"@odata.type":"#microsoft.graph.groupTarget","@odata.type":"#microsoft.graph.target"}"##;
    let target: AnyTarget = serde_json::from_str(json).unwrap();
    assert_eq!(target.type_name(), "microsoft.graph.target");
}

#[test]
fn a_derived_type_names_itself_where_its_base_stands() {
    let group = GroupTarget {
        group_id: Some("g".to_owned()),
        ..GroupTarget::default()
    };
    assert_eq!(serde_json::to_string(&group).unwrap(), r#"{"groupId":"g"}"#);
    let gadget = Gadget {
        target: Some(group.into()),
        targets: Some(vec![Target::default().into()]),
        ..Gadget::default()
    };
    assert_eq!(
        serde_json::to_string(&gadget).unwrap(),
        r##"{"target":{"@odata.type":"#microsoft.graph.groupTarget","groupId":"g"},"targets":[{}]}"##
    );
}

#[test]
fn a_derived_type_with_leftover_names_itself_once() {
    let mut group = GroupTarget::default();
    group.leftover.insert("x", 1);
    let target = AnyTarget::from(group);
    assert_eq!(
        serde_json::to_string(&target).unwrap(),
        r##"{"@odata.type":"#microsoft.graph.groupTarget","x":1}"##
    );
    let mut named = GroupTarget::default();
    named.leftover.insert("@odata.type", "#other");
    assert_eq!(
        serde_json::to_string(&AnyTarget::from(named)).unwrap(),
        r##"{"@odata.type":"#other"}"##
    );
}

#[test]
fn an_entity_of_any_type_becomes_one_with_a_name() {
    let json = r##"{"@odata.type":"#microsoft.graph.gadget","count":3,"id":"1"}"##;
    let entity: AnyEntity = serde_json::from_str(json).unwrap();
    let gadget: Gadget = entity.decode();
    assert_eq!((gadget.count, gadget.id.as_deref()), (Some(3), Some("1")));
    assert_eq!(serde_json::to_string(&gadget).unwrap(), json);
    assert_eq!(AnyEntity::encode(&gadget), entity);
}

#[test]
fn the_leftover_is_one_word() {
    assert_eq!(size_of::<Leftover>(), size_of::<usize>());
}
