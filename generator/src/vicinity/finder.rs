//! Finds the surroundings of pages in a model.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Api, Body, Operation, PageLink, ResponseContent, Segment, StructuredTypeId, Type, TypeRef,
};
use crate::source::FileId;

/// Finds which pages have to do with which, by their places among all pages.
pub(super) struct Finder<'a> {
    api: &'a Api,
    places: &'a BTreeMap<FileId, u32>,
    /// For each page, those near it.
    near: &'a mut [Vec<u32>],
    /// For each page, those about what stands at the starts of its paths.
    above: Vec<Vec<u32>>,
    /// The pages that tell of a type: which sort it is, and which properties it has.
    telling: BTreeMap<StructuredTypeId, BTreeSet<u32>>,
}

/// Something about a type that one operation tells as well as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// Its key stands in a path.
    Key,
    /// It is an answer.
    Answer,
}

impl<'a> Finder<'a> {
    pub(super) fn new(
        api: &'a Api,
        places: &'a BTreeMap<FileId, u32>,
        near: &'a mut [Vec<u32>],
    ) -> Self {
        Self {
            api,
            places,
            above: vec![Vec::new(); near.len()],
            near,
            telling: BTreeMap::new(),
        }
    }

    /// Notes what is near the pages about each operation.
    pub(super) fn add_operations(&mut self) {
        let operations = &self.api.operations;
        let paths: Vec<String> = operations
            .iter()
            .map(|operation| operation.path.normalised())
            .collect();
        // The pages that describe what stands at each path.
        let mut at: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (path, operation) in paths.iter().zip(operations) {
            let own = at.entry(path).or_default();
            own.extend(self.places_of(&operation.pages));
        }
        let mut known = BTreeSet::new();
        for (path, operation) in paths.iter().zip(operations) {
            let examples = operation.examples.iter();
            let examples = examples.map(|example| example.request.at.file);
            let own: Vec<u32> = examples
                .filter_map(|file| self.places.get(&file).copied())
                .chain(self.places_of(&operation.pages))
                .collect();
            let prefixes = path.match_indices('/').map(|(end, _)| &path[..end]);
            let prefixes = prefixes.chain([path.as_str()]);
            let above = prefixes.flat_map(|prefix| at.get(prefix).into_iter().flatten());
            let above: BTreeSet<u32> = above.copied().collect();
            let mut around = above.clone();
            around.extend(&own);
            self.add_types_of(operation, &mut around);
            for page in &own {
                self.near[*page as usize].extend(&around);
                self.above[*page as usize].extend(&above);
            }
            for evidence in evidence(operation) {
                if known.insert(evidence) {
                    self.telling.entry(evidence.0).or_default().extend(&own);
                }
            }
        }
    }

    fn add_types_of(&self, operation: &Operation, around: &mut BTreeSet<u32>) {
        let mut add = |ty: &TypeRef| self.add_type(ty, around);
        operation.binding.iter().for_each(&mut add);
        let parameters = operation.parameters.iter();
        let parameters = parameters.filter_map(|parameter| parameter.ty.as_ref());
        parameters.for_each(&mut add);
        match &operation.body {
            Body::Value(ty) | Body::Reference(Some(ty)) => add(ty),
            Body::Parameters(parameters) => {
                parameters.iter().for_each(|parameter| add(&parameter.ty));
            }
            Body::Reference(None) | Body::None | Body::Stream | Body::Undefined => {}
        }
        if let ResponseContent::Value(ty) = &operation.response {
            add(ty);
        }
        for segment in &operation.path.segments {
            match segment {
                Segment::Key(key) | Segment::AlternateKey { key, .. } => {
                    if let Some(id) = key.of {
                        self.add_structured(id, around);
                    }
                }
                Segment::Function { parameters, .. } => {
                    let types = parameters.iter();
                    let types = types.filter_map(|parameter| parameter.ty.as_ref());
                    types.for_each(|ty| self.add_type(ty, around));
                }
                _ => {}
            }
        }
    }

    /// Notes what is near the pages about each type, and the pages that define a type of each name.
    pub(super) fn add_types(&mut self, types: &mut BTreeMap<String, Vec<u32>>) {
        let api = self.api;
        for ty in &api.enums {
            let own: Vec<u32> = self.places_of(&ty.pages).collect();
            for page in &own {
                self.near[*page as usize].extend(&own);
            }
            let known = types.entry(ty.name.name.to_lowercase());
            known.or_default().extend(own);
        }
        for (id, ty) in (0..).map(StructuredTypeId).zip(&api.structured_types) {
            let own: Vec<u32> = self.places_of(&ty.pages).collect();
            // Some properties stand in no table of the type.
            let origins = ty.properties.iter().map(|property| property.origin.file);
            let origins = origins.filter_map(|file| self.places.get(&file).copied());
            let telling = self.telling.entry(id).or_default();
            telling.extend(origins);
            telling.extend(&own);
            let known = types.entry(ty.name.name.to_lowercase());
            known.or_default().extend(own);
        }
        let ids = (0..).map(StructuredTypeId);
        let ids = ids.take(api.structured_types.len());
        let telling: Vec<Vec<u32>> = ids.map(|id| self.telling(id)).collect();
        let mut has_heir = BTreeSet::new();
        for (id, ty) in (0..).map(StructuredTypeId).zip(&api.structured_types) {
            let own: Vec<u32> = self.places_of(&ty.pages).collect();
            let mut shown = telling[id.0 as usize].clone();
            let mut next = ty.base;
            while let Some(base) = next {
                // Who inherits shows what the bases have.
                shown.extend(&telling[base.0 as usize]);
                let ty = api.structured_type(base);
                for page in self.places_of(&ty.pages).collect::<Vec<_>>() {
                    self.near[page as usize].extend(&own);
                }
                next = ty.base;
            }
            for page in &own {
                self.near[*page as usize].extend(&shown);
            }
            // That anybody does is to be seen of each base.
            let base = ty.base.filter(|_| !own.is_empty());
            if let Some(base) = base.filter(|base| has_heir.insert(*base)) {
                let name = &api.structured_type(base).name.name;
                types.entry(name.to_lowercase()).or_default().extend(own);
            }
        }
    }

    /// The pages that tell of a type, with those about what stands at the starts of their paths.
    fn telling(&self, id: StructuredTypeId) -> Vec<u32> {
        let telling = self.telling.get(&id).into_iter().flatten().copied();
        let telling: Vec<u32> = telling.collect();
        let above = telling.iter().map(|page| &self.above[*page as usize]);
        let mut all: Vec<u32> = above.flatten().chain(&telling).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn add_type(&self, ty: &TypeRef, around: &mut BTreeSet<u32>) {
        match ty.ty {
            Type::Structured(id) => self.add_structured(id, around),
            Type::Enum(id) => around.extend(self.places_of(&self.api.enum_type(id).pages)),
            Type::Primitive(_) | Type::Undefined(_) => {}
        }
    }

    /// Adds the pages of a type and of its bases.
    fn add_structured(&self, id: StructuredTypeId, around: &mut BTreeSet<u32>) {
        let mut next = Some(id);
        while let Some(id) = next {
            let ty = self.api.structured_type(id);
            around.extend(self.places_of(&ty.pages));
            next = ty.base;
        }
    }

    fn places_of(&self, pages: &[PageLink]) -> impl Iterator<Item = u32> {
        let places = pages.iter();
        places.filter_map(|page| self.places.get(&page.file).copied())
    }
}

/// What an operation tells of types.
fn evidence(operation: &Operation) -> Vec<(StructuredTypeId, Evidence)> {
    let mut evidence = Vec::new();
    let keys = operation.path.segments.iter();
    evidence.extend(keys.filter_map(|segment| match segment {
        Segment::Key(key) => Some((key.of?, Evidence::Key)),
        _ => None,
    }));
    let structured = |ty: &TypeRef| match ty.ty {
        Type::Structured(id) => Some(id),
        _ => None,
    };
    if let ResponseContent::Value(ty) = &operation.response {
        evidence.extend(structured(ty).map(|id| (id, Evidence::Answer)));
    }
    evidence
}
