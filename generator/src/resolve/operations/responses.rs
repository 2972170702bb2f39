//! Decides the response of an operation.

use crate::model::{HttpMethod, OperationKind, Primitive, ResponseContent, Type, TypeRef};
use crate::report::{Code, Report};
use crate::resolve::inheritance::base_graph::BaseGraph;
use crate::resolve::operations::contribution::{
    Contribution, OperationContext, is_stream, merge_types,
};

/// Returns the response that one page describes.
pub(crate) fn response(
    contribution: &Contribution,
    context: &OperationContext,
    report: &mut Report,
) -> ResponseContent {
    let operation = contribution.operation;
    if operation.status == Some(204) {
        return response_despite_no_content(contribution, context, report);
    }
    if context.kind == OperationKind::Stream && context.method == HttpMethod::Get {
        return ResponseContent::Stream;
    }
    if context.kind == OperationKind::Count {
        return ResponseContent::Undefined;
    }
    let is_value = |ty: &&TypeRef| matches!(ty.ty, Type::Primitive(_) | Type::Enum(_));
    if context.kind == OperationKind::Get
        && let Some(end) = context.end.filter(is_value)
    {
        // A page about an object may also list paths to its single values.
        return ResponseContent::Value(end.clone());
    }
    // A union such as `user or group` is untyped; the path may lead to one of its types.
    let is_union = |ty: &TypeRef| ty.ty == Type::Primitive(Primitive::Untyped);
    let end = context
        .end
        .filter(|end| reads_end(context.kind) && matches!(end.ty, Type::Structured(_)));
    let content = match &operation.content {
        Some(ty) if is_union(ty) => end.or(operation.content.as_ref()),
        content => content.as_ref(),
    };
    match content {
        Some(ty) if is_stream(ty) => ResponseContent::Stream,
        Some(ty) => ResponseContent::Value(TypeRef {
            ty: ty.ty.clone(),
            collection: match context.kind {
                OperationKind::List => true,
                OperationKind::Get => ty.collection && context.end.is_none_or(|end| end.collection),
                OperationKind::Create | OperationKind::Update => false,
                _ => ty.collection,
            },
        }),
        // The response redirects to a download.
        None if operation.status == Some(302) => ResponseContent::Stream,
        None if is_empty_by_default(context, operation.status)
            && !shows_content(contribution, context) =>
        {
            ResponseContent::None
        }
        None => {
            report.push(
                Code::UndefinedResponse,
                contribution.line.at,
                0,
                "the page does not state the type of the response",
                "the response is generated as any JSON value",
            );
            ResponseContent::Undefined
        }
    }
}

/// Whether an operation returns what its path leads to.
fn reads_end(kind: OperationKind) -> bool {
    use OperationKind::{Create, Get, List, Replace, Update};
    matches!(kind, List | Get | Create | Update | Replace)
}

/// Returns the response of an operation with the status 204, whose example may have content all the same.
fn response_despite_no_content(
    contribution: &Contribution,
    context: &OperationContext,
    report: &mut Report,
) -> ResponseContent {
    if !shows_content(contribution, context) {
        return ResponseContent::None;
    }
    let is_object = |ty: &&TypeRef| matches!(ty.ty, Type::Structured(_)) && !ty.collection;
    let is_change = matches!(context.kind, OperationKind::Update | OperationKind::Replace);
    let stated = contribution.operation.content.as_ref().filter(is_object);
    let end = context.end.filter(is_object).filter(|_| is_change);
    report.push(
        Code::ResponseFromExample,
        contribution.line.at,
        0,
        "the page says that the response has no content, but its example has some",
        "the type in the example is used",
    );
    match stated.or(end) {
        Some(ty) => ResponseContent::Value(ty.clone()),
        None => ResponseContent::Undefined,
    }
}

/// Whether an example of the page has a successful response with a JSON object that is not empty.
fn shows_content(contribution: &Contribution, context: &OperationContext) -> bool {
    contribution
        .examples_with(context.method)
        .filter_map(|example| example.response.as_ref())
        .filter(|response| (200..300).contains(&response.status))
        .filter_map(|response| response.body.as_ref())
        .any(|body| body.json.is_some() && body.text.value.contains('"'))
}

/// Whether an operation whose page states no content has none.
fn is_empty_by_default(context: &OperationContext, status: Option<u16>) -> bool {
    let deletes = context.kind == OperationKind::Delete || context.method == HttpMethod::Delete;
    let links = context.kind == OperationKind::Reference && context.method != HttpMethod::Get;
    let is_action = context.kind == OperationKind::Action;
    deletes || links || is_action || status == Some(202)
}

/// Merges the responses that several pages describe.
pub(crate) fn merge_responses(
    responses: Vec<ResponseContent>,
    end: Option<&TypeRef>,
    bases: &BaseGraph,
) -> ResponseContent {
    let responses = responses.into_iter();
    let merged = responses.reduce(|left, right| match (left, right) {
        (left, right) if left == right => left,
        (ResponseContent::Undefined, other) | (other, ResponseContent::Undefined) => other,
        (ResponseContent::None, other) | (other, ResponseContent::None) => other,
        // A union of types is untyped.
        (ResponseContent::Value(union), other @ ResponseContent::Value(_))
        | (other @ ResponseContent::Value(_), ResponseContent::Value(union))
            if union.ty == Type::Primitive(Primitive::Untyped) =>
        {
            other
        }
        (ResponseContent::Value(left), ResponseContent::Value(right)) => {
            let ty = merge_types(&left, &right, end, bases);
            ty.map_or(ResponseContent::Undefined, ResponseContent::Value)
        }
        (left, _) => left,
    });
    merged.unwrap_or(ResponseContent::None)
}
