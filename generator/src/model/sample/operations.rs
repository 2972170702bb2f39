//! Operations of each kind.

use super::{AT, ENTITY, GADGET, TARGET, page, property};
use crate::model::{
    Body, Docs, EnumId, FunctionParameter, Grant, HttpMethod, KeyParameter, KeyProperty, Operation,
    OperationKind, OperationUsage, Path, PermissionSets, Permissions, Primitive, QualifiedName,
    ResponseContent, Segment, Type, TypeRef,
};

pub(super) fn operations() -> Vec<Operation> {
    use HttpMethod::{Delete, Get, Patch, Post, Put};
    use OperationKind as Kind;

    let gadget = || TypeRef {
        ty: Type::Structured(GADGET),
        collection: false,
    };
    let gadgets = || TypeRef {
        ty: Type::Structured(GADGET),
        collection: true,
    };
    let number = TypeRef {
        ty: Type::Primitive(Primitive::Int32),
        collection: false,
    };
    let set = name("gadgets");
    let item = key("id");
    let parameters = Body::Parameters(vec![
        property("features", Type::Enum(EnumId(1)), false),
        property("body", Type::Structured(TARGET), false),
    ]);
    let score = Segment::Function {
        name: "score".to_owned(),
        parameters: vec![
            parameter("from", Some(Type::Primitive(Primitive::String)), true),
            parameter("top", Some(Type::Primitive(Primitive::Int32)), false),
            parameter(
                "since",
                Some(Type::Primitive(Primitive::DateTimeOffset)),
                false,
            ),
            parameter("body", None, true),
        ],
    };
    let delta = Segment::Function {
        name: "delta".to_owned(),
        parameters: Vec::new(),
    };
    let value = ResponseContent::Value;
    vec![
        operation(
            Kind::List,
            Get,
            vec![set.clone()],
            Body::None,
            value(gadgets()),
        ),
        operation(
            Kind::Create,
            Post,
            vec![set.clone()],
            Body::Value(gadget()),
            value(gadget()),
        ),
        operation(
            Kind::Count,
            Get,
            vec![set.clone(), Segment::Count],
            Body::None,
            value(number.clone()),
        ),
        operation(
            Kind::Function,
            Get,
            vec![set.clone(), delta],
            Body::None,
            value(gadgets()),
        ),
        operation(
            Kind::Get,
            Get,
            vec![set.clone(), item.clone()],
            Body::None,
            value(gadget()),
        ),
        operation(
            Kind::Update,
            Patch,
            vec![set.clone(), item.clone()],
            Body::Value(gadget()),
            ResponseContent::None,
        ),
        operation(
            Kind::Replace,
            Put,
            vec![set.clone(), item.clone()],
            Body::Undefined,
            ResponseContent::Undefined,
        ),
        operation(
            Kind::Delete,
            Delete,
            vec![set.clone(), item.clone()],
            Body::None,
            ResponseContent::None,
        ),
        operation(
            Kind::Action,
            Post,
            vec![
                set.clone(),
                item.clone(),
                Segment::Action("clone".to_owned()),
            ],
            parameters,
            ResponseContent::None,
        ),
        operation(
            Kind::Function,
            Get,
            vec![set.clone(), item.clone(), score.clone()],
            Body::None,
            value(number),
        ),
        operation(
            Kind::Get,
            Get,
            vec![set.clone(), item.clone(), score, name("owner")],
            Body::None,
            value(gadget()),
        ),
        operation(
            Kind::Reference,
            Post,
            vec![set.clone(), item.clone(), name("parts"), Segment::Ref],
            Body::Reference(Some(gadget())),
            ResponseContent::None,
        ),
        operation(
            Kind::Stream,
            Get,
            vec![set.clone(), item.clone(), Segment::Value],
            Body::None,
            ResponseContent::Stream,
        ),
        operation(
            Kind::Stream,
            Put,
            vec![set.clone(), item.clone(), name("picture")],
            Body::Stream,
            ResponseContent::None,
        ),
        operation(
            Kind::Stream,
            Put,
            vec![set.clone(), item.clone(), Segment::Value],
            Body::Stream,
            ResponseContent::None,
        ),
        operation(
            Kind::List,
            Get,
            vec![set.clone(), item.clone(), name("list")],
            Body::None,
            value(gadgets()),
        ),
        operation(
            Kind::List,
            Get,
            vec![
                set.clone(),
                item,
                Segment::ItemPath(KeyParameter {
                    name: "path".to_owned(),
                    of: None,
                }),
                name("parts"),
            ],
            Body::None,
            value(gadgets()),
        ),
        operation(
            Kind::Get,
            Get,
            vec![
                set,
                Segment::AlternateKey(vec![KeyProperty {
                    name: "type".to_owned(),
                    key: KeyParameter {
                        name: "type".to_owned(),
                        of: Some(GADGET),
                    },
                    quoted: true,
                }]),
                Segment::Cast(QualifiedName {
                    namespace: "microsoft.graph.tools".to_owned(),
                    name: "gadget".to_owned(),
                }),
            ],
            Body::None,
            value(TypeRef {
                ty: Type::Structured(ENTITY),
                collection: false,
            }),
        ),
        operation(
            Kind::Get,
            Get,
            vec![name("nowhere")],
            Body::None,
            ResponseContent::Undefined,
        ),
    ]
}

fn name(name: &str) -> Segment {
    Segment::Name(name.to_owned())
}

fn key(name: &str) -> Segment {
    Segment::Key(KeyParameter {
        name: name.to_owned(),
        of: Some(GADGET),
    })
}

fn parameter(name: &str, ty: Option<Type>, quoted: bool) -> FunctionParameter {
    FunctionParameter {
        name: name.to_owned(),
        ty: ty.map(|ty| TypeRef {
            ty,
            collection: false,
        }),
        quoted,
    }
}

fn operation(
    kind: OperationKind,
    method: HttpMethod,
    segments: Vec<Segment>,
    body: Body,
    response: ResponseContent,
) -> Operation {
    Operation {
        kind,
        method,
        path: Path { segments },
        spellings: Vec::new(),
        binding: None,
        parameters: Vec::new(),
        body,
        is_body_optional: false,
        response,
        success_status: None,
        usage: OperationUsage::default(),
        permissions: Permissions {
            delegated_work: Grant::AnyOf(PermissionSets {
                sets: vec![
                    vec!["Gadget.Read.All".to_owned()],
                    vec!["Gadget.Read".to_owned(), "Directory.Read.All".to_owned()],
                ],
                least: 1,
            }),
            delegated_personal: Grant::NotSupported,
            application: Grant::Unstated,
            ..Permissions::default()
        },
        docs: Docs::default(),
        pages: vec![page(0)],
        origin: AT,
        examples: Vec::new(),
    }
}
