//! Decides the request body of an operation.

use crate::facts::PropertyFact;
use crate::model::{Body, Docs, HttpMethod, OperationKind, Property, PropertyKind, Type, TypeRef};
use crate::report::{Code, Report};
use crate::resolve::inheritance::base_graph::BaseGraph;
use crate::resolve::names::is_identifier;
use crate::resolve::normalise::descriptions::description;
use crate::resolve::operations::contribution::{
    Contribution, OperationContext, is_stream, merge_types,
};
use crate::resolve::operations::parameters::{RowPlace, row_place};
use crate::resolve::type_phrases::TypeResolver;

/// Returns the request body that one page describes.
pub(crate) fn request_body(
    contribution: &Contribution,
    context: &OperationContext,
    types: &TypeResolver,
    report: &mut Report,
) -> Body {
    let operation = contribution.operation;
    let shows_body = shows_body(contribution);
    match (context.kind, context.method) {
        (OperationKind::Reference, HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch) => {
            return Body::Reference(context.end.map(single));
        }
        // Some functions take their parameters in the body.
        (OperationKind::Function, HttpMethod::Get) if shows_body => {
            return parameters_body(contribution, context.kind, types, report);
        }
        (_, HttpMethod::Get | HttpMethod::Delete) => return Body::None,
        (OperationKind::Stream, _) => return Body::Stream,
        // A page may say that no body is needed, and list or show one all the same.
        _ if operation.facts.request_body.none.is_some()
            && !shows_body
            && body_rows(contribution, context.kind).next().is_none() =>
        {
            return Body::None;
        }
        _ => {}
    }
    if matches!(
        context.kind,
        OperationKind::Action | OperationKind::Function
    ) {
        return parameters_body(contribution, context.kind, types, report);
    }
    let is_structured = |ty: &&TypeRef| matches!(ty.ty, Type::Structured(_));
    let ty = operation
        .represents
        .as_ref()
        .or(context.end.filter(is_structured))
        .or(operation.content.as_ref().filter(is_structured));
    match ty {
        Some(ty) if is_stream(ty) => Body::Stream,
        Some(ty) => Body::Value(single(ty)),
        None => {
            report.push(
                Code::UndefinedBody,
                contribution.line.at,
                0,
                "the page does not state the type of the request body",
                "the body is generated as any JSON value",
            );
            Body::Undefined
        }
    }
}

/// Returns the body of an action: its parameters, else the type that the body represents.
fn parameters_body(
    contribution: &Contribution,
    kind: OperationKind,
    types: &TypeResolver,
    report: &mut Report,
) -> Body {
    let operation = contribution.operation;
    let parameters = body_parameters(contribution, kind, types, report);
    if !parameters.is_empty() {
        return Body::Parameters(parameters);
    }
    if let Some(ty) = &operation.represents {
        return Body::Value(ty.clone());
    }
    if !shows_body(contribution) {
        return Body::None;
    }
    report.push(
        Code::UndefinedBody,
        contribution.line.at,
        0,
        "the page lists no parameters for this action, but an example sends a body",
        "the body is generated as any JSON value",
    );
    Body::Undefined
}

/// Whether an example of the page sends a body with the method of the request line.
fn shows_body(contribution: &Contribution) -> bool {
    let requests = contribution
        .examples_with(contribution.line.method)
        .filter_map(|example| example.request.as_ref());
    requests.map(|request| &request.body).any(Option::is_some)
}

/// Returns the rows that describe the body: those of its section, and those of an action under a heading that states no place.
fn body_rows<'a>(
    contribution: &'a Contribution,
    kind: OperationKind,
) -> impl Iterator<Item = &'a PropertyFact> {
    let facts = contribution.operation.facts;
    let elsewhere = facts
        .url_parameters
        .iter()
        .filter(move |row| row_place(contribution, kind, row) == RowPlace::Body)
        .map(|row| &row.row);
    facts.request_body.properties.iter().chain(elsewhere)
}

/// Returns the parameters of an action, each once.
fn body_parameters(
    contribution: &Contribution,
    kind: OperationKind,
    types: &TypeResolver,
    report: &mut Report,
) -> Vec<Property> {
    let page = contribution.operation.page;
    let mut parameters: Vec<Property> = Vec::new();
    for row in body_rows(contribution, kind) {
        let name = row.name.value.trim();
        if !is_identifier(name) {
            report.push(
                Code::NotAProperty,
                row.name.at,
                name.chars().count(),
                format!("`{name}` is not a valid parameter name"),
                "the row is ignored",
            );
        } else if !parameters.iter().any(|existing| existing.name == name) {
            let ty = types.resolve_and_report(&row.type_phrase, page, report);
            parameters.push(body_parameter(row, ty));
        }
    }
    parameters
}

fn body_parameter(row: &PropertyFact, ty: TypeRef) -> Property {
    let is_enum = matches!(ty.ty, Type::Enum(_));
    Property {
        name: row.name.value.trim().to_owned(),
        kind: PropertyKind::Structural,
        docs: Docs {
            description: description(&row.description.value, is_enum),
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
        usage: row.usage.clone(),
        origin: row.name.at,
        ty,
    }
}

/// Merges the bodies that several pages describe. Pages about derived types share the path of their base type.
pub(crate) fn merge_bodies(bodies: Vec<Body>, end: Option<&TypeRef>, bases: &BaseGraph) -> Body {
    let merged = bodies
        .into_iter()
        .reduce(|left, right| match (left, right) {
            (left, right) if left == right => left,
            (Body::Undefined, other) | (other, Body::Undefined) => other,
            (Body::None, other) | (other, Body::None) => other,
            (Body::Value(left), Body::Value(right)) => {
                let ty = merge_types(&left, &right, end, bases);
                ty.map_or(Body::Undefined, Body::Value)
            }
            (Body::Parameters(left), Body::Parameters(right)) => {
                Body::Parameters(merge_parameters(left, right))
            }
            (left, _) => left,
        });
    merged.unwrap_or(Body::None)
}

fn merge_parameters(mut left: Vec<Property>, right: Vec<Property>) -> Vec<Property> {
    for parameter in right {
        if !left.iter().any(|existing| existing.name == parameter.name) {
            left.push(parameter);
        }
    }
    left
}

fn single(ty: &TypeRef) -> TypeRef {
    TypeRef {
        ty: ty.ty.clone(),
        collection: false,
    }
}
