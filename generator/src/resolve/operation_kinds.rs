//! In: a method, a walked path, and what the page says. Out: what the operation does.

use super::operation_pages::OperationPage;
use super::walk::Walked;
use crate::model::{HttpMethod, OperationKind, Primitive, Segment, Type, TypeRef};

/// Decides the kind; the last segment comes first, then the method.
pub(super) fn decide(
    operation: &OperationPage,
    method: HttpMethod,
    walked: &Walked,
) -> OperationKind {
    let is_stream =
        |ty: Option<&TypeRef>| ty.is_some_and(|ty| ty.ty == Type::Primitive(Primitive::Stream));
    match walked.segments.last() {
        Some(Segment::Ref) => return OperationKind::Reference,
        Some(Segment::Value) if method != HttpMethod::Delete => return OperationKind::Stream,
        Some(Segment::Count) => return OperationKind::Count,
        Some(Segment::Action(_)) => return OperationKind::Action,
        Some(Segment::Function { .. }) if method == HttpMethod::Get => {
            return OperationKind::Function;
        }
        Some(Segment::Function { .. }) if method == HttpMethod::Post => {
            return OperationKind::Action;
        }
        _ => {}
    }
    if method != HttpMethod::Delete && is_stream(walked.end.as_ref()) {
        return OperationKind::Stream;
    }
    match method {
        HttpMethod::Get if is_stream(operation.content.as_ref()) => OperationKind::Stream,
        HttpMethod::Get if reads_collection(operation, walked) => OperationKind::List,
        HttpMethod::Get => OperationKind::Get,
        HttpMethod::Post => OperationKind::Create,
        HttpMethod::Patch => OperationKind::Update,
        HttpMethod::Put => OperationKind::Replace,
        HttpMethod::Delete => OperationKind::Delete,
    }
}

/// Whether the path leads to a collection; where no type tells, whether the page speaks of one.
fn reads_collection(operation: &OperationPage, walked: &Walked) -> bool {
    let says_collection = operation
        .content
        .as_ref()
        .is_some_and(|content| content.collection);
    match (&walked.end, walked.segments.last()) {
        (_, Some(Segment::Key(_) | Segment::AlternateKey { .. })) => false,
        (Some(end), _) => end.collection,
        (None, _) => says_collection,
    }
}
