//! What one page contributes to an operation. Several pages may describe the same operation.

use crate::facts::{ExampleFact, RequestLineFact};
use crate::model::{HttpMethod, OperationKind, Primitive, StructuredTypeId, Type, TypeRef};
use crate::resolve::inheritance::base_graph::BaseGraph;
use crate::resolve::operation_pages::OperationPage;

/// A page about an operation, with the request line of the operation.
#[derive(Clone, Copy)]
pub(crate) struct Contribution<'a> {
    pub(crate) operation: &'a OperationPage<'a>,
    pub(crate) line: &'a RequestLineFact,
}

impl Contribution<'_> {
    /// Returns the examples whose request has a method.
    pub(crate) fn examples_with(&self, method: HttpMethod) -> impl Iterator<Item = &ExampleFact> {
        let examples = self.operation.facts.examples.iter();
        examples.filter(move |example| {
            let request = example.request.as_ref();
            request.is_some_and(|request| request.method == method)
        })
    }
}

/// The properties of an operation that its path decides.
pub(crate) struct OperationContext<'a> {
    pub(crate) kind: OperationKind,
    pub(crate) method: HttpMethod,
    /// The type that the path leads to.
    pub(crate) end: Option<&'a TypeRef>,
}

/// Returns the type for two pages that state different types: the type that the path leads to, if a page states it or both types
/// inherit from it, else the nearest common base.
pub(crate) fn merge_types(
    left: &TypeRef,
    right: &TypeRef,
    end: Option<&TypeRef>,
    bases: &BaseGraph,
) -> Option<TypeRef> {
    let collection = left.collection || right.collection;
    if left.ty == right.ty {
        return Some(TypeRef {
            ty: left.ty.clone(),
            collection,
        });
    }
    let (Type::Structured(left), Type::Structured(right)) = (&left.ty, &right.ty) else {
        return None;
    };
    let end = end.and_then(|end| match end.ty {
        Type::Structured(id) => Some(id),
        _ => None,
    });
    let covers_both = |id: &StructuredTypeId| {
        id == left
            || id == right
            || (bases.is_or_inherits(*left, *id) && bases.is_or_inherits(*right, *id))
    };
    let id = end
        .filter(covers_both)
        .or_else(|| bases.common_base(&[*left, *right]))?;
    Some(TypeRef {
        ty: Type::Structured(id),
        collection,
    })
}

/// Whether a type is the stream of bytes.
pub(crate) fn is_stream(ty: &TypeRef) -> bool {
    ty.ty == Type::Primitive(Primitive::Stream)
}
