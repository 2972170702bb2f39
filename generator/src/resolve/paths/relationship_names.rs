//! Gives a relationship the name that paths show: one whose own name is in no path, where a path has a similar one of the same
//! type.

use std::collections::BTreeSet;

use crate::facts::SegmentFact;
use crate::model::{Property, PropertyKind};
use crate::report::{Code, Report};
use crate::resolve::names::{FoldedName, NameText};
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::types::draft::TypeDraft;

/// All names in request lines.
pub(crate) struct PathNames<'a>(BTreeSet<FoldedName<'a>>);

impl<'a> PathNames<'a> {
    /// Collects the names.
    pub(crate) fn collect(operations: &[OperationPage<'a>]) -> Self {
        let lines = operations
            .iter()
            .flat_map(|operation| &operation.facts.request_lines);
        let segments = lines.flat_map(|line| &line.segments);
        let names = segments.filter_map(|segment| match segment {
            SegmentFact::Name(name) => Some(FoldedName::borrowed(name.as_str())),
            _ => None,
        });
        Self(names.collect())
    }

    /// Returns the relationship of a type that a path shows under another name: it has the same type, no path has its name, and
    /// the two names are similar.
    pub(crate) fn find_misnamed<'t>(
        &self,
        ty: &'t mut TypeDraft,
        in_path: &Property,
    ) -> Option<&'t mut Property> {
        let mut properties = ty.properties.iter_mut();
        properties.find(|property| {
            property.kind == PropertyKind::Navigation
                && property.ty.ty == in_path.ty.ty
                && !self.0.contains(&property.name.as_str() as &dyn NameText)
                && is_similar(&property.name.to_lowercase(), &in_path.name.to_lowercase())
        })
    }
}

/// Gives a relationship the name and the type that paths show.
pub(crate) fn rename(misnamed: &mut Property, in_path: Property, report: &mut Report) {
    report.push(
        Code::RelationshipMisnamed,
        misnamed.origin,
        misnamed.name.chars().count(),
        format!(
            "no path has `{}`, but some have `{}`",
            misnamed.name, in_path.name
        ),
        "the name in the paths is used",
    );
    misnamed.name = in_path.name;
    misnamed.ty = in_path.ty;
}

/// Whether one name contains the other, or they differ in one letter.
fn is_similar(left: &str, right: &str) -> bool {
    let (short, long) = match left.len() <= right.len() {
        true => (left, right),
        false => (right, left),
    };
    let is_equal = |(left, right): &(u8, u8)| left == right;
    let prefix = short.bytes().zip(long.bytes()).take_while(is_equal).count();
    let suffix = short
        .bytes()
        .rev()
        .zip(long.bytes().rev())
        .take_while(is_equal)
        .count();
    long.contains(short) || (long.len() - short.len() <= 1 && prefix + suffix >= short.len())
}
