//! The transitive closure of a selection: the selected items, and the types that their values need.

use std::collections::BTreeMap;

use super::renumbering::{Renumbering, renumber};
use super::{Areas, ItemNames, Selection};
use crate::model::{
    Api, Body, EnumId, Operation, PageLink, PropertyKind, ResponseContent, Segment,
    StructuredTypeId, Type, TypeRef,
};

pub(super) struct Closure<'a> {
    api: &'a Api,
    selection: Selection<'a>,
    page_path: &'a dyn Fn(crate::source::FileId) -> String,
    areas: Areas,
    derived: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>>,
    /// The types that a value may have.
    values: Vec<bool>,
    /// These types and their base types. Other types derived from the base types are not needed.
    types: Vec<bool>,
    enums: Vec<bool>,
    barred_types: Vec<bool>,
    barred_enums: Vec<bool>,
    pending: Vec<StructuredTypeId>,
}

impl<'a> Closure<'a> {
    pub(super) fn new(api: &'a Api, selection: Selection<'a>, names: ItemNames<'a>) -> Self {
        let mut derived: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (index, ty) in api.structured_types.iter().enumerate() {
            // Most types derive from `microsoft.graph.entity`; a value of that type must not select all of them.
            if let Some(base) = ty.base.filter(|base| !is_root(api, *base)) {
                derived
                    .entry(base)
                    .or_default()
                    .push(StructuredTypeId(index as u32));
            }
        }
        let mut closure = Self {
            api,
            selection,
            page_path: names.page_path,
            areas: (names.areas)(api),
            derived,
            values: vec![false; api.structured_types.len()],
            types: vec![false; api.structured_types.len()],
            enums: vec![false; api.enums.len()],
            barred_types: Vec::new(),
            barred_enums: Vec::new(),
            pending: Vec::new(),
        };
        closure.barred_types = (0..api.structured_types.len())
            .map(|index| selection.bars(&closure.names_of_type(index)))
            .collect();
        closure.barred_enums = (0..api.enums.len())
            .map(|index| selection.bars(&closure.names_of_enum(index)))
            .collect();
        closure
    }

    fn names_of_type(&self, index: usize) -> Vec<String> {
        let ty = &self.api.structured_types[index];
        self.names(
            ty.name.full(),
            &self.areas.structured_types[index],
            &ty.pages,
        )
    }

    fn names_of_enum(&self, index: usize) -> Vec<String> {
        let ty = &self.api.enums[index];
        self.names(ty.name.full(), &self.areas.enums[index], &ty.pages)
    }

    fn names(&self, own: String, area: &str, pages: &[PageLink]) -> Vec<String> {
        let pages = pages.iter().map(|page| (self.page_path)(page.file));
        [own, area.to_owned()].into_iter().chain(pages).collect()
    }

    pub(super) fn asks_for_operation(&self, index: usize, operation: &Operation) -> bool {
        let area = &self.areas.operations[index];
        let names = self.names(operation.path.template(), area, &operation.pages);
        self.selection.asks_for(&names)
    }

    pub(super) fn add_types_asked_for(&mut self) {
        for index in 0..self.api.structured_types.len() {
            if self.selection.asks_for(&self.names_of_type(index)) {
                self.add_type(StructuredTypeId(index as u32));
            }
        }
        for index in 0..self.api.enums.len() {
            if self.selection.asks_for(&self.names_of_enum(index)) {
                self.add_enum(EnumId(index as u32));
            }
        }
    }

    pub(super) fn add_operation(&mut self, operation: &Operation) {
        match &operation.body {
            Body::Value(ty) => self.add(ty),
            Body::Parameters(parameters) => {
                for parameter in parameters {
                    self.add(&parameter.ty);
                }
            }
            // A reference contains no instance.
            Body::Reference(_) | Body::None | Body::Stream | Body::Undefined => {}
        }
        if let ResponseContent::Value(ty) = &operation.response {
            self.add(ty);
        }
        let parameters = operation
            .parameters
            .iter()
            .filter_map(|parameter| parameter.ty.as_ref());
        for ty in parameters.chain(function_parameter_types(operation)) {
            self.add(ty);
        }
    }

    fn add(&mut self, ty: &TypeRef) {
        match ty.ty {
            Type::Structured(id) => self.add_type(id),
            Type::Enum(id) => self.add_enum(id),
            Type::Primitive(_) | Type::Undefined(_) => {}
        }
    }

    fn add_enum(&mut self, id: EnumId) {
        self.enums[id.0 as usize] |= !self.barred_enums[id.0 as usize];
    }

    fn add_type(&mut self, id: StructuredTypeId) {
        self.pending.push(id);
        while let Some(id) = self.pending.pop() {
            let index = id.0 as usize;
            if self.values[index] || self.barred_types[index] {
                continue;
            }
            self.values[index] = true;
            let derived = self.derived.get(&id).into_iter().flatten();
            self.pending.extend(derived);
            self.add_properties(id);
        }
    }

    /// Adds a type, its base types, and the types of their structural properties.
    fn add_properties(&mut self, id: StructuredTypeId) {
        let api = self.api;
        let mut next = Some(id);
        while let Some(id) = next {
            let index = id.0 as usize;
            // An excluded base type ends the chain; one that is already kept has been processed with its own base types.
            if self.types[index] || self.barred_types[index] {
                return;
            }
            self.types[index] = true;
            let ty = api.structured_type(id);
            for property in &ty.properties {
                if property.kind == PropertyKind::Structural {
                    match property.ty.ty {
                        Type::Structured(id) => self.pending.push(id),
                        Type::Enum(id) => self.add_enum(id),
                        Type::Primitive(_) | Type::Undefined(_) => {}
                    }
                }
            }
            next = ty.base;
        }
    }

    pub(super) fn finish(self, operations: &[&Operation]) -> Api {
        let renumbering = Renumbering {
            api: self.api,
            types: renumber(&self.types),
            enums: renumber(&self.enums),
        };
        let kept_types = self
            .api
            .structured_types
            .iter()
            .zip(&self.types)
            .filter(|(_, kept)| **kept);
        let kept_enums = self
            .api
            .enums
            .iter()
            .zip(&self.enums)
            .filter(|(_, kept)| **kept);
        Api {
            version: self.api.version,
            structured_types: kept_types
                .map(|(ty, _)| renumbering.structured_type(ty))
                .collect(),
            enums: kept_enums.map(|(ty, _)| ty.clone()).collect(),
            operations: operations
                .iter()
                .map(|operation| renumbering.operation(operation))
                .collect(),
            roots: renumbering.roots(operations),
        }
    }
}

fn is_root(api: &Api, id: StructuredTypeId) -> bool {
    let name = &api.structured_type(id).name;
    name.namespace == "microsoft.graph" && name.name == "entity"
}

fn function_parameter_types(operation: &Operation) -> impl Iterator<Item = &TypeRef> {
    operation
        .path
        .segments
        .iter()
        .flat_map(|segment| match segment {
            Segment::Function { parameters, .. } => parameters.as_slice(),
            _ => &[],
        })
        .filter_map(|parameter| parameter.ty.as_ref())
}
