//! The type that a request line shows for a name in its path.

use crate::facts::SegmentFact;
use crate::model::{HttpMethod, Type, TypeRef};
use crate::resolve::operation_pages::OperationPage;

/// A type that a request line shows.
#[derive(Clone, Debug)]
pub(crate) struct TypeEvidence {
    /// The strength; less is stronger.
    pub(crate) rank: u8,
    pub(crate) ty: TypeRef,
}

impl TypeEvidence {
    /// The rank of a type that is inferred from names, not from a request line.
    pub(crate) const INFERRED: u8 = u8::MAX;
}

/// Returns the type that a request shows for the name before `rest`, the remaining segments of its path.
pub(crate) fn type_before(
    operation: &OperationPage,
    method: HttpMethod,
    rest: &[SegmentFact],
) -> Option<TypeEvidence> {
    let is_structured = |ty: &&TypeRef| matches!(ty.ty, Type::Structured(_));
    let content = operation.content.as_ref().filter(is_structured);
    let body = content.or(operation.represents.as_ref().filter(is_structured));
    let evidence = |rank, ty: &TypeRef, collection| TypeEvidence {
        rank,
        ty: TypeRef {
            ty: ty.ty.clone(),
            collection,
        },
    };
    match (method, rest) {
        (HttpMethod::Get, []) => content.map(|ty| evidence(0, ty, ty.collection)),
        (HttpMethod::Get, [SegmentFact::Key(_) | SegmentFact::AlternateKey(_)]) => {
            content.map(|ty| evidence(1, ty, true))
        }
        (HttpMethod::Post, []) => body.map(|ty| evidence(2, ty, true)),
        (HttpMethod::Patch, [SegmentFact::Key(_) | SegmentFact::AlternateKey(_)]) => {
            body.map(|ty| evidence(3, ty, true))
        }
        (HttpMethod::Patch | HttpMethod::Put, []) => body.map(|ty| evidence(4, ty, false)),
        _ => None,
    }
}
