//! The types and builders that each area needs, transitively.

use std::collections::{BTreeMap, BTreeSet};

use super::needs::Needs;
use super::{Needed, element_type, generated_type, required_types};
use crate::rust::items::{Area, ArgumentType, Builder, Method, MethodBody, Response, Step};
use crate::rust::names::Ident;

/// The items of one version as a graph.
pub(super) struct Closure<'a> {
    client: &'a Builder,
    areas: usize,
    /// The required types of each struct; enums have none.
    types: BTreeMap<&'a Ident, Vec<&'a Ident>>,
    bases: BTreeMap<&'a Ident, &'a Ident>,
    /// The types that each area defines or needs directly.
    seeds: Vec<BTreeSet<&'a Ident>>,
    builders: BTreeMap<&'a Ident, (usize, &'a Builder)>,
    needed: BTreeMap<Ident, Needed>,
}

impl<'a> Closure<'a> {
    pub(super) fn new(client: &'a Builder, areas: &'a [Area]) -> Self {
        let mut closure = Self {
            client,
            areas: areas.len(),
            types: BTreeMap::new(),
            bases: BTreeMap::new(),
            seeds: vec![BTreeSet::new(); areas.len()],
            builders: BTreeMap::new(),
            needed: BTreeMap::new(),
        };
        for (index, area) in areas.iter().enumerate() {
            for module in &area.modules {
                for item in &module.structs {
                    closure
                        .types
                        .insert(&item.ident, required_types(item).collect());
                    if let Some(any) = &item.any {
                        closure.bases.insert(&any.ident, &item.ident);
                    }
                    // Parameters of an action belong to the areas that call it.
                    if item.name.is_some() {
                        closure.seeds[index].insert(&item.ident);
                    }
                }
                for item in &module.enums {
                    closure.types.insert(&item.ident, Vec::new());
                    closure.seeds[index].insert(&item.ident);
                }
                for builder in &module.builders {
                    closure.builders.insert(&builder.ident, (index, builder));
                }
            }
        }
        closure
    }

    pub(super) fn compute(mut self) -> Needs {
        // Requests of the client itself are enabled by every feature.
        let all: Needed = (0..self.areas).collect();
        self.add_methods(self.client, &all);
        self.add_accessors(self.client);
        for index in 0..self.areas {
            self.add_methods_of_area(index);
        }
        let mut types: BTreeMap<Ident, Needed> = BTreeMap::new();
        for ident in self.types.keys() {
            types.insert((*ident).clone(), Needed::new());
        }
        for (index, seeds) in self.seeds.iter().enumerate() {
            for ident in self.transitive_types(seeds) {
                types.entry(ident.clone()).or_default().insert(index);
            }
        }
        let bases = self.bases.iter();
        Needs {
            types,
            bases: bases
                .map(|(any, base)| ((*any).clone(), (*base).clone()))
                .collect(),
            builders: self.needed,
        }
    }

    fn add_methods_of_area(&mut self, index: usize) {
        let own: Vec<&Builder> = self
            .builders
            .values()
            .filter(|(area, _)| *area == index)
            .map(|(_, builder)| *builder)
            .collect();
        for builder in own {
            self.add_methods(builder, &Needed::from([index]));
        }
    }

    /// Computes the areas that need the builders below one, depth first. Returns the areas that need any of them.
    fn add_accessors(&mut self, builder: &'a Builder) -> Needed {
        let mut whole = Needed::new();
        for accessor in &builder.accessors {
            let Some((area, next)) = self.builders.get(&accessor.builder).copied() else {
                continue;
            };
            let mut needed = self.add_accessors(next);
            if !next.methods.is_empty() {
                needed.insert(area);
            }
            self.seed(step_types(&accessor.step), &needed);
            whole.extend(&needed);
            self.needed.insert(next.ident.clone(), needed);
        }
        whole
    }

    fn add_methods(&mut self, builder: &'a Builder, areas: &Needed) {
        for method in &builder.methods {
            self.seed(method_types(method), areas);
        }
    }

    fn seed(&mut self, types: Vec<&'a Ident>, areas: &Needed) {
        for area in areas {
            self.seeds[*area].extend(&types);
        }
    }

    /// The transitive closure of types under their required types.
    fn transitive_types(&self, seeds: &BTreeSet<&'a Ident>) -> BTreeSet<&'a Ident> {
        let mut reached = BTreeSet::new();
        let mut pending: Vec<&Ident> = seeds.iter().copied().collect();
        while let Some(ident) = pending.pop() {
            let ident = self.bases.get(ident).copied().unwrap_or(ident);
            if let Some(held) = self.types.get(ident)
                && reached.insert(ident)
            {
                pending.extend(held);
            }
        }
        reached
    }
}

fn step_types(step: &Step) -> Vec<&Ident> {
    let Step::Call(call) = step else {
        return Vec::new();
    };
    let shown = call
        .arguments
        .iter()
        .filter_map(|argument| match &argument.argument.ty {
            ArgumentType::Shown(element) => element_type(element),
            ArgumentType::Text | ArgumentType::Number(_) => None,
        });
    shown.collect()
}

fn method_types(method: &Method) -> Vec<&Ident> {
    let mut types = method.step.as_ref().map_or_else(Vec::new, step_types);
    match &method.body {
        MethodBody::Value(value) | MethodBody::OptionalValue(value) => {
            types.extend(generated_type(value))
        }
        MethodBody::None | MethodBody::Reference | MethodBody::Stream | MethodBody::Json => {}
    }
    match &method.response {
        Response::Object(element) | Response::Page(element) | Response::Wrapped(element) => {
            types.extend(element_type(element));
        }
        Response::None | Response::Count | Response::Stream | Response::Json => {}
    }
    types
}
