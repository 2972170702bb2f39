//! Adds the navigation properties that no table lists, but that request lines show.
//!
//! In `GET /users/{id}/calendar`, if `user` has no property `calendar` and no page calls it an action or a function, the type of
//! the response is the type of a navigation property `calendar`. If no request line shows the type, it is inferred from the names
//! that follow.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{Property, StructuredTypeId, Type, TypeRef};
use crate::report::{Code, NameKind, Report};
use crate::resolve::inheritance::final_bases::FinalBases;
use crate::resolve::names::{capitals, ends_with, is_identifier, singular};
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::paths::callables::Callables;
use crate::resolve::paths::evidence::{TypeEvidence, type_before};
use crate::resolve::paths::property_index::{PathProperty, PropertyIndex};
use crate::resolve::paths::relationship_collections::{find_collections, make_collection};
use crate::resolve::paths::relationship_names::{self, PathNames};
use crate::resolve::paths::root_inference::TypeInference;
use crate::resolve::paths::roots::Roots;
use crate::resolve::paths::walk::{PathWalker, UnknownSegment};
use crate::resolve::symbols::definitions::Definitions;
use crate::resolve::symbols::types_from_paths::types_by_path;
use crate::resolve::type_phrases::TypeResolver;
use crate::resolve::types::draft::{TypeDrafts, navigation_property};
use crate::source::Location;

/// Adds navigation properties between types that only paths show: from the type at `/identityGovernance` to the one at
/// `/identityGovernance/accessReviews`.
pub(crate) fn link_types_from_paths(types: &mut TypeDrafts, definitions: &Definitions) {
    let ids = types_by_path(definitions);
    for (target, definition) in definitions.structured_with_ids() {
        let Some(path) = &definition.path else {
            continue;
        };
        let Some((parent, name)) = path.value.rsplit_once('/') else {
            continue;
        };
        if let Some(parent) = ids.get(&parent.to_lowercase()) {
            let ty = TypeRef {
                ty: Type::Structured(target),
                collection: false,
            };
            let property = navigation_property(name, ty, path.at);
            types.get_mut(*parent).properties.push(property);
        }
    }
}

/// The symbols that paths are resolved with.
#[derive(Clone, Copy)]
pub(crate) struct PathSymbols<'a> {
    pub(crate) types: &'a TypeResolver<'a>,
    pub(crate) bases: &'a FinalBases,
    pub(crate) callables: &'a Callables,
    pub(crate) roots: &'a Roots,
}

impl<'a> PathSymbols<'a> {
    /// Creates a walker that knows the properties of an index.
    pub(crate) fn walker(&self, properties: &'a PropertyIndex<'a>) -> PathWalker<'a> {
        PathWalker {
            types: self.types,
            properties,
            callables: self.callables,
            roots: self.roots,
        }
    }
}

/// Adds the navigation properties that request lines show. Returns the index of all properties.
pub(crate) fn add_navigation_from_paths<'a>(
    types: &mut TypeDrafts,
    operations: &[OperationPage],
    symbols: PathSymbols<'a>,
    inference: &TypeInference,
    report: &mut Report,
) -> PropertyIndex<'a> {
    let mut properties = PropertyIndex::new(types, symbols.bases);
    let mut lines = UnresolvedLines::new(operations);
    let path_names = PathNames::collect(operations);
    // Each new property may resolve the segments before another one; no real path is deeper.
    const MAX_ROUNDS: usize = 6;
    for _ in 0..MAX_ROUNDS {
        let walker = symbols.walker(&properties);
        let unknown = lines.retain_unresolved(&walker);
        let mut candidates = lines.candidates(unknown, types);
        if candidates.is_empty() {
            candidates = lines.inferred_candidates(&walker, inference);
        }
        if candidates.is_empty() {
            break;
        }
        for ((owner, _), candidate) in candidates {
            let property = candidate.into_property(types, symbols.bases, report);
            properties.insert(owner, PathProperty::from(&property));
            match path_names.find_misnamed(types.get_mut(owner), &property) {
                Some(misnamed) => relationship_names::rename(misnamed, property, report),
                None => {
                    report_added(&property, owner, types, report);
                    types.get_mut(owner).properties.push(property);
                }
            }
        }
    }
    let walker = symbols.walker(&properties);
    let unknown = lines.retain_unresolved(&walker);
    for (owner, place) in find_collections(types, symbols.bases, operations, &walker) {
        let property = &mut types.get_mut(owner).properties[place];
        make_collection(property, report);
        properties.insert(owner, PathProperty::from(&*property));
    }
    lines.report(&unknown, types, report);
    properties
}

/// The request lines with a segment that is not resolved yet.
struct UnresolvedLines<'o>(Vec<(&'o OperationPage<'o>, &'o RequestLineFact)>);

/// The navigation properties to add, by their type and lower-cased name.
type Candidates = BTreeMap<(StructuredTypeId, String), Candidate>;

/// A navigation property, as request lines show it.
struct Candidate {
    name: String,
    /// The rank of the strongest evidence.
    rank: u8,
    /// The types with this rank.
    types: Vec<StructuredTypeId>,
    /// The types of weaker evidence.
    weaker_types: Vec<StructuredTypeId>,
    collection: bool,
    at: Location,
}

impl<'o> UnresolvedLines<'o> {
    fn new(operations: &'o [OperationPage<'o>]) -> Self {
        let lines = operations.iter().flat_map(|operation| {
            let lines = operation.facts.request_lines.iter();
            lines.map(move |line| (operation, line))
        });
        Self(lines.collect())
    }

    /// Removes the lines that are resolved by now. Returns the unknown segment of each remaining line.
    fn retain_unresolved(&mut self, walker: &PathWalker) -> Vec<UnknownSegment> {
        let mut all_unknown = Vec::new();
        self.0.retain(|(operation, line)| {
            let unknown = walker.walk(&line.segments, operation).unknown;
            let is_unresolved = unknown.is_some();
            all_unknown.extend(unknown);
            is_unresolved
        });
        all_unknown
    }

    /// Returns the properties whose types the lines show.
    fn candidates(&self, unknown: Vec<UnknownSegment>, types: &TypeDrafts) -> Candidates {
        let mut candidates = Candidates::new();
        for ((operation, line), unknown) in self.0.iter().zip(unknown) {
            let rest = &line.segments[unknown.place + 1..];
            let Some(evidence) = type_before(operation, line.method, rest) else {
                continue;
            };
            let Some(id) = types.entity(&evidence.ty) else {
                continue;
            };
            if operation.is_call() || !is_identifier(&unknown.name) {
                continue;
            }
            candidates
                .entry((unknown.owner, unknown.name.to_lowercase()))
                .or_insert_with(|| Candidate {
                    name: unknown.name.clone(),
                    rank: evidence.rank,
                    types: Vec::new(),
                    weaker_types: Vec::new(),
                    collection: evidence.ty.collection,
                    at: line.at,
                })
                .add_evidence(&unknown.name, &evidence, id, line.at);
        }
        candidates
    }

    /// Returns the properties whose types can be inferred from the names that follow.
    fn inferred_candidates(&self, walker: &PathWalker, inference: &TypeInference) -> Candidates {
        let mut following: BTreeMap<(StructuredTypeId, String), InferredSegment> = BTreeMap::new();
        for (operation, line) in &self.0 {
            let Some(unknown) = walker.walk(&line.segments, operation).unknown else {
                continue;
            };
            let Some(SegmentFact::Name(next)) = line.segments.get(unknown.place + 1) else {
                continue;
            };
            let segment = following
                .entry((unknown.owner, unknown.name.to_lowercase()))
                .or_insert_with(|| InferredSegment {
                    name: unknown.name,
                    at: line.at,
                    following: BTreeSet::new(),
                });
            segment.following.insert(next.to_lowercase());
        }
        let candidates = following.into_iter().filter_map(|(key, segment)| {
            let id = inference.infer(&segment.name, &segment.following)?;
            let candidate = Candidate {
                name: segment.name,
                rank: TypeEvidence::INFERRED,
                types: vec![id],
                weaker_types: Vec::new(),
                collection: false,
                at: segment.at,
            };
            Some((key, candidate))
        });
        candidates.collect()
    }

    /// Reports the first path with each unknown segment.
    fn report(&self, unknown: &[UnknownSegment], types: &TypeDrafts, report: &mut Report) {
        let mut reported = BTreeSet::new();
        for ((_, line), unknown) in self.0.iter().zip(unknown) {
            if reported.insert((unknown.owner, unknown.name.to_lowercase())) {
                report.push(
                    Code::UnknownSegment,
                    line.at,
                    0,
                    format!(
                        "`{}` in this path is neither a property of `{}` nor a known action or function",
                        unknown.name,
                        types.get(unknown.owner).name.full()
                    ),
                    "the path has no types from this segment on",
                );
                let after = Some(types.get(unknown.owner).name.full());
                report.set_unknown_name(&unknown.name, NameKind::Segment { after });
            }
        }
    }
}

/// A segment whose type is to be inferred.
struct InferredSegment {
    name: String,
    at: Location,
    /// The lower-cased names that follow it.
    following: BTreeSet<String>,
}

impl Candidate {
    fn add_evidence(
        &mut self,
        name: &str,
        evidence: &TypeEvidence,
        id: StructuredTypeId,
        at: Location,
    ) {
        if capitals(name) > capitals(&self.name) {
            name.clone_into(&mut self.name);
        }
        if evidence.rank < self.rank {
            self.rank = evidence.rank;
            self.weaker_types.append(&mut self.types);
            self.collection = evidence.ty.collection;
            self.at = at;
        }
        if evidence.rank == self.rank {
            self.types.push(id);
        } else {
            self.weaker_types.push(id);
        }
    }

    /// Returns the base type of a type that weaker evidence shows: a path that a base type and a derived type share belongs to the
    /// base type.
    fn base_of(
        &self,
        id: StructuredTypeId,
        types: &TypeDrafts,
        bases: &FinalBases,
    ) -> Option<StructuredTypeId> {
        let is_claimed = |base: &StructuredTypeId| {
            *base != id
                && self.weaker_types.contains(base)
                && types.get(*base).name.full() != "microsoft.graph.entity"
        };
        bases.chain(id).filter(is_claimed).last()
    }

    fn into_property(
        self,
        types: &TypeDrafts,
        bases: &FinalBases,
        report: &mut Report,
    ) -> Property {
        let claimed = bases.common_base(&self.types).unwrap_or_else(|| {
            *self
                .types
                .first()
                .expect("every candidate has the type of its first evidence")
        });
        let id = self.base_of(claimed, types, bases).unwrap_or(claimed);
        let derived = self.types.iter().find(|ty| **ty != id);
        if let Some(derived) = derived.filter(|ty| bases.chain(**ty).any(|base| base == id)) {
            report.push(
                Code::BaseAndDerivedType,
                self.at,
                0,
                format!(
                    "pages state the types `{}` and `{}` for `{}`; the first is a base type of the second",
                    types.get(id).name.full(),
                    types.get(*derived).name.full(),
                    self.name
                ),
                "the base type is used",
            );
        }
        // A name that is the plural of the type's name denotes a collection.
        let is_plural_of_type =
            self.name.ends_with('s') && ends_with(&types.get(id).name.name, &singular(&self.name));
        let ty = TypeRef {
            ty: Type::Structured(id),
            collection: self.collection || is_plural_of_type,
        };
        navigation_property(&self.name, ty, self.at)
    }
}

fn report_added(
    property: &Property,
    owner: StructuredTypeId,
    types: &TypeDrafts,
    report: &mut Report,
) {
    let target = match property.ty.ty {
        Type::Structured(id) => types.get(id).name.full(),
        _ => String::new(),
    };
    report.push(
        Code::NavigationFromPath,
        property.origin,
        0,
        format!(
            "`{}` of `{}` is in this path, but in no table",
            property.name,
            types.get(owner).name.full()
        ),
        format!("a navigation property to `{target}` is generated"),
    );
}
