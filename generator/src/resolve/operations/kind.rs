//! Decides the kind of an operation: by the last segment of its path, then by the method.

use crate::facts::RequestLineFact;
use crate::model::{HttpMethod, OperationKind, Segment};
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::operations::contribution::is_stream;
use crate::resolve::paths::callables::Callables;
use crate::resolve::paths::walk::TypedPath;

/// Decides the kind.
pub(crate) fn decide_kind(
    operation: &OperationPage,
    line: &RequestLineFact,
    typed: &TypedPath,
    callables: &Callables,
) -> OperationKind {
    let method = line.method;
    match typed.path.segments.last() {
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
    let leads_to_stream = typed.end.as_ref().is_some_and(is_stream) || is_untyped_content(typed);
    if method != HttpMethod::Delete && leads_to_stream {
        return OperationKind::Stream;
    }
    match method {
        HttpMethod::Get if operation.content.as_ref().is_some_and(is_stream) => {
            OperationKind::Stream
        }
        HttpMethod::Get if reads_collection(operation, line, typed, callables) => {
            OperationKind::List
        }
        HttpMethod::Get => OperationKind::Get,
        HttpMethod::Post => OperationKind::Create,
        HttpMethod::Patch => OperationKind::Update,
        HttpMethod::Put => OperationKind::Replace,
        HttpMethod::Delete => OperationKind::Delete,
    }
}

/// Whether the path leads to a collection. The type of a collection property decides. The type of a single one may lack the word
/// "collection", so that examples and keys in other paths count, too. Without a type, the page decides.
fn reads_collection(
    operation: &OperationPage,
    line: &RequestLineFact,
    typed: &TypedPath,
    callables: &Callables,
) -> bool {
    let name = match typed.path.segments.last() {
        Some(Segment::Key(_) | Segment::AlternateKey(_)) => return false,
        Some(Segment::Name(name)) => name.as_str(),
        _ => "",
    };
    let is_cast = matches!(typed.path.segments.last(), Some(Segment::Cast(_)));
    let is_cast_of_collection = is_cast && typed.binding.as_ref().is_some_and(|ty| ty.collection);
    // After some single instances, a name looks like a key; such instances do not have the name of a plural.
    let is_keyed_path = name.ends_with('s') && callables.is_keyed_path(&line.segments);
    match (&typed.end, operation.shows_collection(name)) {
        (Some(end), _) if end.collection => true,
        (Some(_), Some(shown)) => is_keyed_path || (shown && !name.is_empty()),
        (Some(_), None) => is_keyed_path,
        (None, _) if is_cast_of_collection => true,
        (None, Some(shown)) => is_keyed_path || shown,
        (None, None) => {
            let content = operation.content.as_ref();
            let states_collection = content.is_some_and(|content| content.collection);
            is_keyed_path
                || (states_collection && operation.applies_to(name))
                || callables.is_keyed(name)
        }
    }
}

/// Whether the path ends with `content`, the usual name of a stream, and no property of this name has another type.
fn is_untyped_content(typed: &TypedPath) -> bool {
    let is_content =
        matches!(typed.path.segments.last(), Some(Segment::Name(name)) if name == "content");
    is_content && typed.end.is_none()
}
