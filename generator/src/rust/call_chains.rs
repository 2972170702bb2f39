//! The chain of calls from the client to the method of each operation.

use std::collections::BTreeMap;

use crate::model::OperationId;

use super::items::{Accessor, Area, Builder, Method, Step};
use super::names::Ident;

/// The accessors and methods of a version.
pub(crate) struct CallChains<'a> {
    /// The builder and accessor that return each builder.
    accessors: BTreeMap<&'a Ident, (&'a Ident, &'a Accessor)>,
    methods: BTreeMap<OperationId, (&'a Ident, &'a Method)>,
}

impl<'a> CallChains<'a> {
    /// Indexes all builders.
    pub(crate) fn new(client: &'a Builder, areas: &'a [Area]) -> Self {
        let modules = areas.iter().flat_map(|area| &area.modules);
        let builders = modules.flat_map(|module| &module.builders);
        let mut chains = Self {
            accessors: BTreeMap::new(),
            methods: BTreeMap::new(),
        };
        for builder in std::iter::once(client).chain(builders) {
            for accessor in &builder.accessors {
                let origin = (&builder.ident, accessor);
                chains.accessors.insert(&accessor.builder, origin);
            }
            for method in &builder.methods {
                chains.methods.insert(method.id, (&builder.ident, method));
            }
        }
        chains
    }

    /// The method of an operation, and its builder.
    pub(crate) fn method(&self, operation: OperationId) -> (&'a Ident, &'a Method) {
        *self
            .methods
            .get(&operation)
            .expect("every operation has a method")
    }

    /// The calls from the client to a method, each with the step that it adds to the path.
    pub(crate) fn calls(
        &self,
        builder: &'a Ident,
        method: &'a Method,
    ) -> Vec<(&'a Ident, Option<&'a Step>)> {
        let mut calls = vec![(&method.ident, method.step.as_ref())];
        let mut current = builder;
        // No accessor returns the client.
        while let Some((above, accessor)) = self.accessors.get(current) {
            calls.push((&accessor.ident, Some(&accessor.step)));
            current = above;
        }
        calls.reverse();
        calls
    }
}
