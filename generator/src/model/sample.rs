//! A small model with one item of each kind, for tests.

mod operations;

use crate::model::{
    Api, ApiVersion, Docs, EnumId, EnumType, Member, Model, PageLink, Primitive, Property,
    PropertyKind, PropertyUsage, QualifiedName, Root, StructuredKind, StructuredType,
    StructuredTypeId, Type, TypeRef,
};
use crate::source::{FileId, Location, Source, Sources};

pub(crate) const ENTITY: StructuredTypeId = StructuredTypeId(0);
pub(crate) const GADGET: StructuredTypeId = StructuredTypeId(1);
pub(crate) const TARGET: StructuredTypeId = StructuredTypeId(3);

/// The pages of the model.
pub(crate) fn sources() -> Sources {
    Sources::new(vec![
        Source {
            path: "v1.0/api/gadget-list.md".to_owned(),
            text: String::new(),
        },
        Source {
            path: "v1.0/resources/tools-shed-gadget.md".to_owned(),
            text: String::new(),
        },
    ])
}

/// The model.
pub(crate) fn model() -> Model {
    let structured_types = vec![
        structured(
            "microsoft.graph",
            "entity",
            None,
            vec![property("id", Type::Primitive(Primitive::String), false)],
        ),
        gadget(),
        structured(
            "microsoft.graph",
            "groupTarget",
            Some(TARGET),
            vec![property("groupId", Type::Primitive(Primitive::Guid), false)],
        ),
        structured(
            "microsoft.graph",
            "target",
            None,
            vec![property(
                "filter",
                Type::Primitive(Primitive::String),
                false,
            )],
        ),
        structured("microsoft.graph.tools", "gadget", None, Vec::new()),
    ];
    let enums = vec![
        enumeration(
            "colour",
            false,
            &[
                ("red", None),
                ("none", None),
                ("self", None),
                ("unlisted", None),
            ],
        ),
        enumeration(
            "feature",
            true,
            &[
                ("none", Some(0)),
                ("backup", Some(1)),
                ("Backup", Some(-4)),
                ("v8_0", None),
            ],
        ),
    ];
    let roots = vec![Root {
        name: "gadgets".to_owned(),
        ty: Some(TypeRef {
            ty: Type::Structured(GADGET),
            collection: true,
        }),
        origin: AT,
    }];
    let api = Api {
        version: ApiVersion::V1_0,
        structured_types,
        enums,
        operations: operations::operations(),
        roots,
    };
    Model { apis: vec![api] }
}

const AT: Location = Location {
    file: FileId(1),
    line: 3,
    column: 1,
};

fn gadget() -> StructuredType {
    let mut properties: Vec<Property> = [
        ("type", Primitive::String),
        ("additionalProperties", Primitive::Boolean),
        ("count", Primitive::Int32),
        ("size", Primitive::Int64),
        ("ratio", Primitive::Double),
        ("small", Primitive::Int16),
        ("tiny", Primitive::Byte),
        ("single", Primitive::Single),
        ("price", Primitive::Decimal),
        ("created", Primitive::DateTimeOffset),
        ("day", Primitive::Date),
        ("hour", Primitive::TimeOfDay),
        ("span", Primitive::Duration),
        ("key", Primitive::Binary),
        ("picture", Primitive::Stream),
        ("anything", Primitive::Untyped),
    ]
    .into_iter()
    .map(|(name, primitive)| property(name, Type::Primitive(primitive), false))
    .collect();
    properties.extend([
        property("tags", Type::Primitive(Primitive::String), true),
        property("colour", Type::Enum(EnumId(0)), false),
        property("colours", Type::Enum(EnumId(0)), true),
        property("features", Type::Enum(EnumId(1)), false),
        property("owner", Type::Structured(GADGET), false),
        property("parts", Type::Structured(GADGET), true),
        property("target", Type::Structured(TARGET), false),
        property("targets", Type::Structured(TARGET), true),
        property("anchor", Type::Structured(ENTITY), false),
        property("anchors", Type::Structured(ENTITY), true),
        property("strange", Type::Undefined("strangeType".to_owned()), false),
        property("stranger", Type::Undefined("strangeType".to_owned()), true),
        property("größe", Type::Primitive(Primitive::String), false),
        property("Size", Type::Primitive(Primitive::String), false),
        property("@odata.type", Type::Primitive(Primitive::String), false),
    ]);
    properties[0].docs.description =
        "Ends here. */ pub fn injected() {} [Vec] <b>\n```\nfn main() {}\n```\u{202e} See https://example.com/x_y.".to_owned();
    properties[1].docs.deprecated = Some("Use \"count\".\nIt is better.".to_owned());
    properties[2].read_only = true;
    for required in [0, 8, 20, 22] {
        properties[required].required = true;
    }
    properties[3].default = Some("1`2".to_owned());
    structured("microsoft.graph", "gadget", Some(ENTITY), properties)
}

fn structured(
    namespace: &str,
    name: &str,
    base: Option<StructuredTypeId>,
    properties: Vec<Property>,
) -> StructuredType {
    StructuredType {
        name: QualifiedName {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        },
        kind: StructuredKind::Entity,
        base,
        is_abstract: false,
        is_open: name == "target",
        key: Vec::new(),
        callouts: Vec::new(),
        properties,
        redescribed: Vec::new(),
        docs: Docs::default(),
        pages: vec![page(1)],
        origin: Some(AT),
        workload: Some("tools".to_owned()),
    }
}

fn page(file: u32) -> PageLink {
    PageLink {
        file: FileId(file),
        title: "A page".to_owned(),
        url: "https://learn.microsoft.com/graph/api/gadget?view=graph-rest-1.0".to_owned(),
    }
}

fn property(name: &str, ty: Type, collection: bool) -> Property {
    Property {
        name: name.to_owned(),
        kind: PropertyKind::Structural,
        ty: TypeRef { ty, collection },
        docs: Docs::default(),
        read_only: false,
        required: false,
        nullable: None,
        default: None,
        listed_values: Vec::new(),
        usage: PropertyUsage::default(),
        origin: AT,
    }
}

fn enumeration(name: &str, is_flags: bool, members: &[(&str, Option<i64>)]) -> EnumType {
    EnumType {
        name: QualifiedName {
            namespace: "microsoft.graph".to_owned(),
            name: name.to_owned(),
        },
        is_flags,
        members: members
            .iter()
            .map(|(name, value)| Member {
                requires_prefer: false,
                name: (*name).to_owned(),
                value: *value,
                docs: Docs::default(),
                origin: AT,
            })
            .collect(),
        docs: Docs::default(),
        pages: vec![page(1)],
        origin: AT,
        workload: Some("tools".to_owned()),
    }
}
