//! Tests of selections, with a small API.

use super::{Areas, ItemNames, Selection};
use crate::model::{
    Api, ApiVersion, Docs, Property, PropertyKind, PropertyUsage, QualifiedName, StructuredKind,
    StructuredType, StructuredTypeId, Type, TypeRef,
};
use crate::source::{FileId, Location};

/// A type of the small API: its name, the index of its base type, and its properties with the index of their type.
struct Row(&'static str, Option<u32>, &'static [(PropertyKind, u32)]);

const ROWS: &[Row] = &[
    Row("entity", None, &[]),
    Row("directoryObject", Some(0), &[(PropertyKind::Structural, 5)]),
    Row("group", Some(1), &[]),
    Row(
        "user",
        Some(1),
        &[(PropertyKind::Structural, 4), (PropertyKind::Navigation, 2)],
    ),
    Row("settings", None, &[]),
    Row("identity", None, &[]),
    Row("member", Some(0), &[(PropertyKind::Structural, 1)]),
    Row("unasked", Some(0), &[]),
];

fn api() -> Api {
    let place = Location {
        file: FileId(0),
        line: 1,
        column: 1,
    };
    let property = |(kind, ty): &(PropertyKind, u32)| Property {
        name: format!("p{ty}"),
        kind: *kind,
        ty: TypeRef {
            ty: Type::Structured(StructuredTypeId(*ty)),
            collection: false,
        },
        docs: Docs::default(),
        read_only: false,
        required: false,
        nullable: None,
        default: None,
        listed_values: Vec::new(),
        usage: PropertyUsage::default(),
        origin: place,
    };
    let ty = |Row(name, base, properties): &Row| StructuredType {
        name: QualifiedName {
            namespace: "microsoft.graph".to_owned(),
            name: (*name).to_owned(),
        },
        kind: StructuredKind::Entity,
        base: base.map(StructuredTypeId),
        is_abstract: false,
        is_open: false,
        key: Vec::new(),
        callouts: Vec::new(),
        properties: properties.iter().map(property).collect(),
        redescribed: Vec::new(),
        docs: Docs::default(),
        pages: Vec::new(),
        origin: None,
        workload: None,
    };
    Api {
        version: ApiVersion::V1_0,
        structured_types: ROWS.iter().map(ty).collect(),
        enums: Vec::new(),
        operations: Vec::new(),
        roots: Vec::new(),
    }
}

/// Checks which types are kept; all of them are in the area `all`.
#[track_caller]
fn check(include: &str, exclude: &str, kept: &[&str]) {
    let includes = |name: &str| name == include;
    let excludes = |name: &str| name == exclude;
    let names = ItemNames {
        areas: &|api| Areas {
            structured_types: vec!["all".to_owned(); api.structured_types.len()],
            ..Areas::default()
        },
        page_path: &|_| String::new(),
    };
    let selection = Selection {
        include: Some(&includes),
        exclude: Some(&excludes),
    };
    let api = api().select(selection, names);
    let found: Vec<&str> = api
        .structured_types
        .iter()
        .map(|ty| ty.name.name.as_str())
        .collect();
    assert_eq!(found, kept);
}

#[test]
fn a_base_brings_its_properties_and_not_what_else_derives_from_it() {
    check(
        "microsoft.graph.user",
        "",
        &["entity", "directoryObject", "user", "settings", "identity"],
    );
}

#[test]
fn a_value_of_a_base_may_be_any_derived_one() {
    check(
        "microsoft.graph.member",
        "",
        &[
            "entity",
            "directoryObject",
            "group",
            "user",
            "settings",
            "identity",
            "member",
        ],
    );
}

#[test]
fn the_root_brings_nothing() {
    check("microsoft.graph.entity", "", &["entity"]);
}

#[test]
fn areas_are_names() {
    check(
        "all",
        "microsoft.graph.unasked",
        &[
            "entity",
            "directoryObject",
            "group",
            "user",
            "settings",
            "identity",
            "member",
        ],
    );
    check("all", "all", &[]);
}

#[test]
fn what_is_left_out_is_any_json() {
    let includes = |name: &str| name == "microsoft.graph.user";
    let excludes = |name: &str| name == "microsoft.graph.settings";
    let names = ItemNames {
        areas: &|api| Areas {
            structured_types: vec![String::new(); api.structured_types.len()],
            ..Areas::default()
        },
        page_path: &|_| String::new(),
    };
    let selection = Selection {
        include: Some(&includes),
        exclude: Some(&excludes),
    };
    let api = api().select(selection, names);
    let user = api
        .structured_types
        .iter()
        .find(|ty| ty.name.name == "user");
    let types: Vec<&Type> = user
        .unwrap()
        .properties
        .iter()
        .map(|each| &each.ty.ty)
        .collect();
    let [Type::Undefined(settings), Type::Undefined(group)] = types[..] else {
        panic!("{types:?}");
    };
    assert_eq!(settings, "microsoft.graph.settings");
    assert_eq!(group, "microsoft.graph.group");
}
