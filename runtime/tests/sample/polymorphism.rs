//! Polymorphism: derived types are chosen by `@odata.type`.

use graphwright_runtime::{AdditionalProperties, AnyEntity, Expand, ExpandItem, ObjectExt};

use crate::codec::check;
use crate::sample::types::{AnyTarget, Gadget, GroupTarget, Target};

/// Checks that a target round-trips, alone and in properties, and returns it.
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
        AnyTarget::Target(_) => panic!("expected a group: {target:?}"),
    }
}

fn base(target: AnyTarget) -> Target {
    match target {
        AnyTarget::Target(base) => base.into_inner(),
        AnyTarget::GroupTarget(_) => panic!("expected the base type: {target:?}"),
    }
}

#[test]
fn odata_type_is_the_first_key() {
    let target = check_target(
        r##"{"@odata.type":"#microsoft.graph.groupTarget","filter":"f","groupId":"g"}"##,
    );
    let group = group(target);
    assert_eq!(group.filter.as_deref(), Some("f"));
    assert_eq!(group.group_id.as_deref(), Some("g"));
    assert!(group.additional_properties.is_empty());
}

#[test]
fn odata_type_follows_other_keys() {
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
fn accepts_other_spellings_of_odata_type() {
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
fn falls_back_to_the_base_type() {
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
fn the_last_odata_type_wins() {
    let json = r##"{"@odata.type":"#microsoft.graph.groupTarget","@odata.type":"#microsoft.graph.target"}"##;
    let target: AnyTarget = serde_json::from_str(json).unwrap();
    assert_eq!(target.type_name(), "microsoft.graph.target");
}

#[test]
fn serializes_the_name_of_a_derived_type() {
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
fn serializes_odata_type_once() {
    let mut group = GroupTarget::default();
    group.additional_properties.insert("x", 1);
    let target = AnyTarget::from(group);
    assert_eq!(
        serde_json::to_string(&target).unwrap(),
        r##"{"@odata.type":"#microsoft.graph.groupTarget","x":1}"##
    );
    let mut named = GroupTarget::default();
    named.additional_properties.insert("@odata.type", "#other");
    assert_eq!(
        serde_json::to_string(&AnyTarget::from(named)).unwrap(),
        r##"{"@odata.type":"#other"}"##
    );
}

#[test]
fn expansions_select_properties_of_derived_types() {
    let targets = Expand::new(Gadget::TARGETS).select(&[&Target::FILTER, &GroupTarget::GROUP_ID]);
    assert_eq!(
        ExpandItem::<Gadget>::expand_item(&targets),
        "targets($select=filter,groupId)"
    );
}

#[test]
fn any_entity_converts_to_a_specific_type() {
    let json = r##"{"@odata.type":"#microsoft.graph.gadget","count":3,"id":"1"}"##;
    let entity: AnyEntity = serde_json::from_str(json).unwrap();
    let gadget: Gadget = entity.decode();
    assert_eq!((gadget.count, gadget.id.as_deref()), (Some(3), Some("1")));
    assert_eq!(serde_json::to_string(&gadget).unwrap(), json);
    assert_eq!(AnyEntity::encode(&gadget), entity);
}

#[test]
fn additional_properties_take_one_word() {
    assert_eq!(size_of::<AdditionalProperties>(), size_of::<usize>());
}
