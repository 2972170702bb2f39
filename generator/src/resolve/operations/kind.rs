//! In: a method, a walked path, and what the page says. Out: what the operation does.

use crate::facts::RequestLineFact;
use crate::model::{HttpMethod, OperationKind, Primitive, Segment, Type, TypeRef};
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::paths::callables::Callables;
use crate::resolve::paths::walk::Walked;

/// Decides the kind; the last segment comes first, then the method.
pub(crate) fn decide(
    operation: &OperationPage,
    line: &RequestLineFact,
    walked: &Walked,
    callables: &Callables,
) -> OperationKind {
    let method = line.method;
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
    if method != HttpMethod::Delete && (is_stream(walked.end.as_ref()) || is_content(walked)) {
        return OperationKind::Stream;
    }
    match method {
        HttpMethod::Get if is_stream(operation.content.as_ref()) => OperationKind::Stream,
        HttpMethod::Get if reads_collection(operation, line, walked, callables) => {
            OperationKind::List
        }
        HttpMethod::Get => OperationKind::Get,
        HttpMethod::Post => OperationKind::Create,
        HttpMethod::Patch => OperationKind::Update,
        HttpMethod::Put => OperationKind::Replace,
        HttpMethod::Delete => OperationKind::Delete,
    }
}

/// Whether the path leads to a collection. A type that says so is right; one that does not may have forgotten the word, and
/// the page shows it, or a path with a key behind. Without a type, the page tells, or that a key follows the name elsewhere.
fn reads_collection(
    operation: &OperationPage,
    line: &RequestLineFact,
    walked: &Walked,
    callables: &Callables,
) -> bool {
    let name = match walked.segments.last() {
        Some(Segment::Key(_) | Segment::AlternateKey { .. }) => return false,
        Some(Segment::Name(name)) => name.as_str(),
        _ => "",
    };
    let is_cast = matches!(walked.segments.last(), Some(Segment::Cast(_)));
    let before = walked.before.as_ref();
    let content = operation.content.as_ref();
    let says_collection = content.is_some_and(|content| content.collection);
    // A few single things have names behind them that look like keys; their own names are not those of many.
    let is_keyed = name.ends_with('s') && callables.is_keyed_path(&line.segments);
    match (&walked.end, operation.shows_collection(name)) {
        (Some(end), _) if end.collection => true,
        (Some(_), Some(shown)) => is_keyed || (shown && !name.is_empty()),
        (Some(_), None) => is_keyed,
        // What is cast stays as many, whether or not a page defines the type.
        (None, _) if is_cast && before.is_some_and(|before| before.collection) => true,
        (None, shown) => {
            let says_collection = says_collection && operation.speaks_of(name);
            let otherwise = says_collection || callables.is_keyed(name);
            is_keyed || shown.unwrap_or(otherwise)
        }
    }
}

/// Whether the path ends in the name that bytes have everywhere, and no type has another property of this name there.
fn is_content(walked: &Walked) -> bool {
    let is_named = matches!(walked.segments.last(), Some(Segment::Name(name)) if name == "content");
    is_named && walked.end.is_none()
}
