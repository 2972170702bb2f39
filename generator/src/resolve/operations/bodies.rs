//! In: what the pages of an operation say about bodies. Out: what the operation sends and returns.

use crate::facts::{PropertyFact, RequestLineFact};
use crate::model::{
    Body, Docs, HttpMethod, OperationKind, Primitive, Property, PropertyKind, ResponseContent,
    StructuredTypeId, Type, TypeRef,
};
use crate::report::{Code, Report};
use crate::resolve::inheritance::stated_bases::Bases;
use crate::resolve::normalise::descriptions;
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::pages::is_identifier;
use crate::resolve::type_phrases::Scope;

/// One page's share in an operation.
pub(crate) struct Share<'a> {
    pub(crate) operation: &'a OperationPage<'a>,
    pub(crate) line: &'a RequestLineFact,
}

/// What is known about the operation besides its pages.
pub(crate) struct Target<'a> {
    pub(crate) kind: OperationKind,
    pub(crate) method: HttpMethod,
    /// The type that the path leads to.
    pub(crate) end: Option<&'a TypeRef>,
}

/// What is sent, as one page says.
pub(crate) fn body(share: &Share, target: &Target, scope: &Scope, report: &mut Report) -> Body {
    let facts = &share.operation.facts.request_body;
    match (target.kind, target.method) {
        (OperationKind::Reference, HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch) => {
            return Body::Reference(target.end.map(instance));
        }
        // Some functions are documented to take their parameters in the body.
        (OperationKind::Function, HttpMethod::Get) if shows_body(share) => {
            return action_body(share, scope, report);
        }
        (_, HttpMethod::Get | HttpMethod::Delete) => return Body::None,
        (OperationKind::Stream, _) => return Body::Stream,
        // Some bodies are not needed, and shown.
        _ if facts.none.is_some() && !shows_body(share) => return Body::None,
        _ => {}
    }
    if matches!(target.kind, OperationKind::Action | OperationKind::Function) {
        return action_body(share, scope, report);
    }
    let represents = share.operation.represents.as_ref();
    let structured = |ty: &&TypeRef| matches!(ty.ty, Type::Structured(_));
    let stated = represents.or(target.end.filter(structured));
    match stated.or(share.operation.content.as_ref().filter(structured)) {
        Some(ty) if is_stream(ty) => Body::Stream,
        Some(ty) => Body::Value(instance(ty)),
        None => {
            report.push(
                Code::UndefinedBody,
                share.line.at,
                0,
                "the page does not say what the request sends",
                "any JSON value can be sent",
            );
            Body::Undefined
        }
    }
}

fn action_body(share: &Share, scope: &Scope, report: &mut Report) -> Body {
    let facts = &share.operation.facts.request_body;
    let parameters = parameters(&facts.properties, share.operation, scope, report);
    if !parameters.is_empty() {
        return Body::Parameters(parameters);
    }
    if let Some(ty) = &share.operation.represents {
        return Body::Value(ty.clone());
    }
    if !shows_body(share) {
        return Body::None;
    }
    report.push(
        Code::UndefinedBody,
        share.line.at,
        0,
        "the page lists no parameters for this action, but does not say that there are none",
        "any JSON value can be sent",
    );
    Body::Undefined
}

/// Whether an example of the page sends a body with the method of the line.
fn shows_body(share: &Share) -> bool {
    let examples = share.operation.facts.examples.iter();
    examples
        .filter_map(|example| example.request.as_ref())
        .any(|request| request.method == share.line.method && request.body.is_some())
}

/// The parameters of an action, each once.
fn parameters(
    rows: &[PropertyFact],
    operation: &OperationPage,
    scope: &Scope,
    report: &mut Report,
) -> Vec<Property> {
    let mut parameters: Vec<Property> = Vec::new();
    for row in rows {
        let name = row.name.value.trim();
        if !is_identifier(name) {
            report.push(
                Code::NotAProperty,
                row.name.at,
                name.chars().count(),
                format!("`{name}` cannot be the name of a parameter"),
                "the row was left out of the request body",
            );
        } else if !parameters.iter().any(|known| known.name == name) {
            let ty = scope.type_ref(&row.type_phrase, operation.page, report);
            parameters.push(parameter(row, ty));
        }
    }
    parameters
}

fn parameter(row: &PropertyFact, ty: TypeRef) -> Property {
    let is_enum = matches!(ty.ty, Type::Enum(_));
    Property {
        name: row.name.value.trim().to_owned(),
        kind: PropertyKind::Structural,
        docs: Docs {
            description: descriptions::description(&row.description.value, is_enum),
            deprecated: row.deprecated.clone(),
        },
        read_only: false,
        required: row.required,
        nullable: row.nullable,
        default: row.default.clone(),
        listed_values: if is_enum {
            Vec::new()
        } else {
            row.values.clone()
        },
        origin: row.name.at,
        ty,
    }
}

/// What comes back, as one page says.
pub(crate) fn response(share: &Share, target: &Target, report: &mut Report) -> ResponseContent {
    let operation = share.operation;
    let status = operation.status;
    if status == Some(204) {
        return shown_content(share, target, report);
    }
    if target.kind == OperationKind::Stream && target.method == HttpMethod::Get {
        return ResponseContent::Stream;
    }
    if target.kind == OperationKind::Count {
        return ResponseContent::Undefined;
    }
    let plain = target.end.filter(|end| is_plain(end));
    if let (OperationKind::Get, Some(end)) = (target.kind, plain) {
        // A page about an object may list paths to single values of it, too.
        return ResponseContent::Value(end.clone());
    }
    match &operation.content {
        Some(ty) if is_stream(ty) => ResponseContent::Stream,
        Some(ty) => ResponseContent::Value(TypeRef {
            ty: ty.ty.clone(),
            collection: match target.kind {
                OperationKind::List => true,
                OperationKind::Get | OperationKind::Create | OperationKind::Update => {
                    ty.collection
                        && target.end.is_none_or(|end| end.collection)
                        && target.kind == OperationKind::Get
                }
                _ => ty.collection,
            },
        }),
        // The answer is the address of a download.
        None if status == Some(302) => ResponseContent::Stream,
        None if returns_nothing(target, status) && !shows_content(share, target) => {
            ResponseContent::None
        }
        None => {
            report.push(
                Code::UndefinedResponse,
                share.line.at,
                0,
                "the page does not say what type the response has",
                "any JSON value is read",
            );
            ResponseContent::Undefined
        }
    }
}

/// What the example of a page has as response, although nothing is documented to come back.
fn shown_content(share: &Share, target: &Target, report: &mut Report) -> ResponseContent {
    if !shows_content(share, target) {
        return ResponseContent::None;
    }
    let structured = |ty: &&TypeRef| matches!(ty.ty, Type::Structured(_)) && !ty.collection;
    let stated = share.operation.content.as_ref().filter(structured);
    let changes = matches!(target.kind, OperationKind::Update | OperationKind::Replace);
    let end = target.end.filter(structured).filter(|_| changes);
    report.push(
        Code::ResponseFromExample,
        share.line.at,
        0,
        "the page says that nothing comes back, and its example has content",
        "what the example has is read, if it comes",
    );
    match stated.or(end) {
        Some(ty) => ResponseContent::Value(ty.clone()),
        None => ResponseContent::Undefined,
    }
}

/// Whether an example of the page has a response with an object that is not empty.
fn shows_content(share: &Share, target: &Target) -> bool {
    let examples = share.operation.facts.examples.iter();
    examples
        .filter(|example| {
            let method = example.request.as_ref().map(|request| request.method);
            method == Some(target.method)
        })
        .filter_map(|example| example.response.as_ref())
        .filter(|response| (200..300).contains(&response.status))
        .filter_map(|response| response.body.as_ref())
        .any(|body| body.is_json && body.text.value.contains('"'))
}

/// Whether an operation without a stated content has none.
fn returns_nothing(target: &Target, status: Option<u16>) -> bool {
    let deletes = target.kind == OperationKind::Delete || target.method == HttpMethod::Delete;
    let links = target.kind == OperationKind::Reference && target.method != HttpMethod::Get;
    let calls = target.kind == OperationKind::Action;
    deletes || links || calls || status == Some(202)
}

/// One body for an operation that several pages describe. Pages about derived types share the path of their base.
pub(crate) fn unite_bodies(bodies: Vec<Body>, end: Option<&TypeRef>, bases: &Bases) -> Body {
    let mut bodies = bodies.into_iter();
    let Some(mut united) = bodies.next() else {
        return Body::None;
    };
    for body in bodies {
        united = match (united, body) {
            (left, right) if left == right => left,
            (Body::Undefined, known) | (known, Body::Undefined) => known,
            (Body::None, known) | (known, Body::None) => known,
            (Body::Value(left), Body::Value(right)) => match unite_types(&left, &right, end, bases)
            {
                Some(ty) => Body::Value(ty),
                None => Body::Undefined,
            },
            (Body::Parameters(left), Body::Parameters(right)) => {
                Body::Parameters(unite_parameters(left, right))
            }
            (left, _) => left,
        };
    }
    united
}

fn unite_parameters(mut left: Vec<Property>, right: Vec<Property>) -> Vec<Property> {
    for parameter in right {
        if !left.iter().any(|known| known.name == parameter.name) {
            left.push(parameter);
        }
    }
    left
}

/// One response for an operation that several pages describe.
pub(crate) fn unite_responses(
    responses: Vec<ResponseContent>,
    end: Option<&TypeRef>,
    bases: &Bases,
) -> ResponseContent {
    let mut responses = responses.into_iter();
    let Some(mut united) = responses.next() else {
        return ResponseContent::None;
    };
    for response in responses {
        united = match (united, response) {
            (left, right) if left == right => left,
            (ResponseContent::Undefined, known) | (known, ResponseContent::Undefined) => known,
            (ResponseContent::None, known) | (known, ResponseContent::None) => known,
            (ResponseContent::Value(left), ResponseContent::Value(right)) => {
                match unite_types(&left, &right, end, bases) {
                    Some(ty) => ResponseContent::Value(ty),
                    None => ResponseContent::Undefined,
                }
            }
            (left, _) => left,
        };
    }
    united
}

/// The type that both are: what the path leads to if one of them is it or both inherit from it, else their nearest common
/// base.
fn unite_types(
    left: &TypeRef,
    right: &TypeRef,
    end: Option<&TypeRef>,
    bases: &Bases,
) -> Option<TypeRef> {
    let collection = left.collection || right.collection;
    if left.ty == right.ty {
        return Some(TypeRef {
            ty: left.ty.clone(),
            collection,
        });
    }
    let (Type::Structured(a), Type::Structured(b)) = (&left.ty, &right.ty) else {
        return None;
    };
    let of_path = end.and_then(|end| match end.ty {
        Type::Structured(id) => Some(id),
        _ => None,
    });
    // What the path leads to is what is meant, if one of the pages says so, or a base of what both say.
    let covers = |id: &StructuredTypeId| {
        [*a, *b].contains(id) || (bases.reaches(*a, *id) && bases.reaches(*b, *id))
    };
    let id = of_path.filter(covers).or_else(|| bases.common(&[*a, *b]))?;
    Some(TypeRef {
        ty: Type::Structured(id),
        collection,
    })
}

fn is_plain(ty: &TypeRef) -> bool {
    matches!(ty.ty, Type::Primitive(_) | Type::Enum(_))
}

fn is_stream(ty: &TypeRef) -> bool {
    ty.ty == Type::Primitive(Primitive::Stream)
}

fn instance(ty: &TypeRef) -> TypeRef {
    TypeRef {
        ty: ty.ty.clone(),
        collection: false,
    }
}
