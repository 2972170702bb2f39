//! Decides the types of roots: the entity sets and singletons that paths start with.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{Root, StructuredTypeId, Type, TypeRef};
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::paths::evidence::{TypeEvidence, type_before};
use crate::resolve::paths::root_inference::TypeInference;
use crate::resolve::symbols::symbol_table::{Symbol, SymbolTable};
use crate::resolve::types::draft::TypeDrafts;
use crate::source::Location;

/// All roots.
#[derive(Default)]
pub(crate) struct Roots {
    /// The roots by lower-cased name.
    by_name: BTreeMap<String, RootDraft>,
    /// The types at longer paths of names, in lower case, below roots without a type: `education/classes`.
    by_path: BTreeMap<String, TypeEvidence>,
}

struct RootDraft {
    name: String,
    evidence: Option<TypeEvidence>,
    is_keyed: bool,
    /// The lower-cased names that follow the root in paths.
    following: BTreeSet<String>,
    origin: Location,
}

impl Roots {
    /// Finds all roots. The type of a root is an entity type: one that a request line shows, else a type from this path, else the
    /// type with the root's name, else the one with the properties that follow.
    pub(crate) fn find(
        operations: &[OperationPage],
        symbols: &SymbolTable,
        types: &TypeDrafts,
        inference: &TypeInference,
        types_by_path: &BTreeMap<String, StructuredTypeId>,
    ) -> Self {
        let mut roots = Self::default();
        for operation in operations {
            for line in &operation.facts.request_lines {
                roots.add_root(operation, line, types);
                roots.add_paths_below(operation, line, types);
            }
        }
        for (path, root) in &mut roots.by_name {
            if root.evidence.is_none() {
                let single = |id| TypeRef {
                    ty: Type::Structured(id),
                    collection: false,
                };
                let ty = types_by_path
                    .get(path)
                    .map(|id| single(*id))
                    .or_else(|| type_with_name_of(root, symbols, types))
                    .or_else(|| inference.infer(&root.name, &root.following).map(single));
                root.evidence = ty.map(|ty| TypeEvidence {
                    rank: TypeEvidence::INFERRED,
                    ty,
                });
            }
        }
        roots
    }

    fn add_root(&mut self, operation: &OperationPage, line: &RequestLineFact, types: &TypeDrafts) {
        let Some((SegmentFact::Name(name), rest)) = line.segments.split_first() else {
            return;
        };
        let root = self
            .by_name
            .entry(name.to_lowercase())
            .or_insert_with(|| RootDraft {
                name: name.clone(),
                evidence: None,
                is_keyed: false,
                following: BTreeSet::new(),
                origin: line.at,
            });
        match rest.first() {
            Some(SegmentFact::Key(_) | SegmentFact::AlternateKey(_)) => root.is_keyed = true,
            Some(SegmentFact::Name(name)) => {
                root.following.insert(name.to_lowercase());
            }
            _ => {}
        }
        if let Some(evidence) = type_before(operation, line.method, rest)
            && types.entity(&evidence.ty).is_some()
            && is_stronger(&evidence, root.evidence.as_ref())
        {
            root.evidence = Some(evidence);
        }
    }

    /// Adds the types that a line shows at each path of names that it starts with.
    fn add_paths_below(
        &mut self,
        operation: &OperationPage,
        line: &RequestLineFact,
        types: &TypeDrafts,
    ) {
        if operation.is_call() {
            return;
        }
        let mut path = String::new();
        for (place, segment) in line.segments.iter().enumerate() {
            let SegmentFact::Name(name) = segment else {
                return;
            };
            path.push_str(&name.to_lowercase());
            let rest = &line.segments[place + 1..];
            if place > 0
                && let Some(evidence) = type_before(operation, line.method, rest)
                && types.entity(&evidence.ty).is_some()
                && is_stronger(&evidence, self.by_path.get(&path))
            {
                self.by_path.insert(path.clone(), evidence);
            }
            path.push('/');
        }
    }

    /// Returns the type at a path of names, in lower case and separated by slashes.
    pub(crate) fn type_at(&self, path: &str) -> Option<&TypeRef> {
        self.by_path.get(path).map(|evidence| &evidence.ty)
    }

    /// Returns the type of a root.
    pub(crate) fn type_of_root(&self, name: &str) -> Option<&TypeRef> {
        let root = self.by_name.get(&name.to_lowercase())?;
        root.evidence.as_ref().map(|evidence| &evidence.ty)
    }

    /// Returns the roots of the model, sorted by name.
    pub(crate) fn into_list(self) -> Vec<Root> {
        let roots = self.by_name.into_values();
        let mut roots: Vec<Root> = roots
            .map(|root| Root {
                name: root.name,
                ty: root.evidence.map(|evidence| evidence.ty),
                origin: root.origin,
            })
            .collect();
        roots.sort_by(|left, right| left.name.cmp(&right.name));
        roots
    }
}

fn is_stronger(evidence: &TypeEvidence, than: Option<&TypeEvidence>) -> bool {
    than.is_none_or(|than| evidence.rank < than.rank)
}

/// Returns the entity type in the main namespace with the name of a root, or with its singular.
fn type_with_name_of(
    root: &RootDraft,
    symbols: &SymbolTable,
    types: &TypeDrafts,
) -> Option<TypeRef> {
    let name = root.name.as_str();
    let singulars = [
        name.to_owned(),
        name.strip_suffix('s').unwrap_or(name).to_owned(),
        name.strip_suffix("ies")
            .map_or_else(|| name.to_owned(), |stem| format!("{stem}y")),
    ];
    let ty = singulars.iter().find_map(|singular| {
        match symbols.find_qualified(&format!("microsoft.graph.{singular}")) {
            Some(Symbol::Structured(id)) => Some(TypeRef {
                ty: Type::Structured(id),
                collection: root.is_keyed || singular != name,
            }),
            _ => None,
        }
    });
    ty.filter(|ty| types.entity(ty).is_some())
}
