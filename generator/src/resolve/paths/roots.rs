//! In: api pages. Out: what paths start with, and the types of these entity sets and singletons.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{
    HttpMethod, Root, StructuredKind, StructuredType, StructuredTypeId, Type, TypeRef,
};
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::paths::root_inference::Containers;
use crate::resolve::symbols::symbol_table::{Definition, Index};
use crate::source::Location;

/// All first segments, by lower-cased name.
#[derive(Default)]
pub(crate) struct Roots {
    by_name: BTreeMap<String, Found>,
    /// What stands at longer paths of names, for roots whose type no page tells: `education/classes`.
    by_path: BTreeMap<String, (u8, TypeRef)>,
}

struct Found {
    name: String,
    /// The type, and how far the line that shows it is to be believed; less is better.
    ty: Option<(u8, TypeRef)>,
    is_keyed: bool,
    /// The lower-cased names that paths go on with.
    behind: BTreeSet<String>,
    origin: Location,
}

impl Roots {
    /// Finds them all. What stands there is an entity type: shown by a line, else with the name, else with the properties.
    pub(crate) fn find(
        operations: &[OperationPage],
        index: &Index,
        types: &[StructuredType],
        containers: &Containers,
        unpaged: &BTreeMap<String, StructuredTypeId>,
    ) -> Self {
        let mut roots = Self::default();
        for operation in operations {
            for line in &operation.facts.request_lines {
                roots.note(operation, line, types);
                roots.note_below(operation, line, types);
            }
        }
        for (path, root) in &mut roots.by_name {
            if root.ty.is_none() {
                let single = |id| TypeRef {
                    ty: Type::Structured(id),
                    collection: false,
                };
                let found = unpaged.get(path).copied().map(single);
                let found = found
                    .or_else(|| by_name(&root.name, root.is_keyed, index, types))
                    .or_else(|| containers.find(&root.name, &root.behind).map(single));
                root.ty = found.map(|ty| (u8::MAX, ty));
            }
        }
        roots
    }

    fn note(
        &mut self,
        operation: &OperationPage,
        line: &RequestLineFact,
        types: &[StructuredType],
    ) {
        let Some(SegmentFact::Name(name)) = line.segments.first() else {
            return;
        };
        let found = self
            .by_name
            .entry(name.to_lowercase())
            .or_insert_with(|| Found {
                name: name.clone(),
                ty: None,
                is_keyed: false,
                behind: BTreeSet::new(),
                origin: line.at,
            });
        let rest = &line.segments[1..];
        found.is_keyed |= matches!(
            rest.first(),
            Some(SegmentFact::Key(_) | SegmentFact::AlternateKey { .. })
        );
        if let Some(SegmentFact::Name(name)) = rest.first() {
            found.behind.insert(name.to_lowercase());
        }
        let Some((rank, ty)) = shown(operation, line.method, rest) else {
            return;
        };
        if !is_entity(&ty, types) {
            return;
        }
        if found.ty.as_ref().is_none_or(|(known, _)| rank < *known) {
            found.ty = Some((rank, ty));
        }
    }

    /// Notes what a line shows at each path of names that it starts with.
    fn note_below(
        &mut self,
        operation: &OperationPage,
        line: &RequestLineFact,
        types: &[StructuredType],
    ) {
        if operation.facts.says_function || operation.facts.says_action {
            return;
        }
        let mut path = String::new();
        for (place, segment) in line.segments.iter().enumerate() {
            let SegmentFact::Name(name) = segment else {
                return;
            };
            path.push_str(&name.to_lowercase());
            let rest = &line.segments[place + 1..];
            if let (true, Some((rank, ty))) = (place > 0, shown(operation, line.method, rest))
                && is_entity(&ty, types)
            {
                let known = self.by_path.get(&path);
                if known.is_none_or(|(known, _)| rank < *known) {
                    self.by_path.insert(path.clone(), (rank, ty));
                }
            }
            path.push('/');
        }
    }

    /// The type at a path of names, in lower case with slashes between them.
    pub(crate) fn type_at(&self, path: &str) -> Option<&TypeRef> {
        self.by_path.get(path).map(|(_, ty)| ty)
    }

    /// The type of a root.
    pub(crate) fn type_of(&self, name: &str) -> Option<&TypeRef> {
        let found = self.by_name.get(&name.to_lowercase())?;
        found.ty.as_ref().map(|(_, ty)| ty)
    }

    /// The roots as the model has them.
    pub(crate) fn list(&self) -> Vec<Root> {
        let roots = self.by_name.values();
        let mut roots: Vec<Root> = roots
            .map(|found| Root {
                name: found.name.clone(),
                ty: found.ty.as_ref().map(|(_, ty)| ty.clone()),
                origin: found.origin,
            })
            .collect();
        roots.sort_by(|left, right| left.name.cmp(&right.name));
        roots
    }
}

/// The type that a line shows for its first segment, with a rank.
pub(crate) fn shown(
    operation: &OperationPage,
    method: HttpMethod,
    rest: &[SegmentFact],
) -> Option<(u8, TypeRef)> {
    let structured = |ty: &&TypeRef| matches!(ty.ty, Type::Structured(_));
    let content = operation.content.as_ref().filter(structured);
    let represents = operation.represents.as_ref().filter(structured);
    let typed = |ty: &TypeRef, collection| TypeRef {
        ty: ty.ty.clone(),
        collection,
    };
    match (method, rest) {
        (HttpMethod::Get, []) => content.map(|ty| (0, ty.clone())),
        (HttpMethod::Get, [SegmentFact::Key(_)]) => content.map(|ty| (1, typed(ty, true))),
        (HttpMethod::Post, []) => content.or(represents).map(|ty| (2, typed(ty, true))),
        (HttpMethod::Patch, [SegmentFact::Key(_)]) => {
            content.or(represents).map(|ty| (3, typed(ty, true)))
        }
        (HttpMethod::Patch | HttpMethod::Put, []) => {
            content.or(represents).map(|ty| (4, typed(ty, false)))
        }
        _ => None,
    }
}

fn is_entity(ty: &TypeRef, types: &[StructuredType]) -> bool {
    match ty.ty {
        Type::Structured(id) => types[id.0 as usize].kind == StructuredKind::Entity,
        _ => false,
    }
}

/// The entity type with the name of a root, or with its singular.
fn by_name(name: &str, is_keyed: bool, index: &Index, types: &[StructuredType]) -> Option<TypeRef> {
    let singulars = [
        name.to_owned(),
        name.strip_suffix('s').unwrap_or(name).to_owned(),
        name.strip_suffix("ies")
            .map_or_else(|| name.to_owned(), |stem| format!("{stem}y")),
    ];
    let found = singulars.iter().find_map(|singular| {
        match index.by_full_name(&format!("microsoft.graph.{singular}")) {
            Some(Definition::Structured(id)) => Some(TypeRef {
                ty: Type::Structured(id),
                collection: is_keyed || singular != name,
            }),
            _ => None,
        }
    });
    found.filter(|ty| is_entity(ty, types))
}
