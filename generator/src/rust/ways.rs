//! How each builder is reached, and which builder makes each request.

use std::collections::BTreeMap;

use crate::model::HttpMethod;

use super::items::{Accessor, Area, Builder, Method, Step};
use super::names::Ident;

/// The ways from the client to all requests of a version.
pub(crate) struct Ways<'a> {
    accessors: BTreeMap<&'a Ident, (&'a Ident, &'a Accessor)>,
    methods: BTreeMap<(HttpMethod, &'a str), (&'a Ident, &'a Method)>,
}

impl<'a> Ways<'a> {
    /// Looks at all builders.
    pub(crate) fn new(client: &'a Builder, areas: &'a [Area]) -> Self {
        let modules = areas.iter().flat_map(|area| &area.modules);
        let builders = modules.flat_map(|module| &module.builders);
        let mut ways = Self {
            accessors: BTreeMap::new(),
            methods: BTreeMap::new(),
        };
        for builder in std::iter::once(client).chain(builders) {
            for accessor in &builder.accessors {
                let way = (&builder.ident, accessor);
                ways.accessors.insert(&accessor.builder, way);
            }
            for method in &builder.methods {
                let made = &method.operation;
                let key = (made.method, made.template.as_str());
                ways.methods.insert(key, (&builder.ident, method));
            }
        }
        ways
    }

    /// The method that makes an operation's request, and its builder.
    pub(crate) fn method(&self, method: HttpMethod, template: &str) -> (&'a Ident, &'a Method) {
        *self
            .methods
            .get(&(method, template))
            .expect("every operation has a method")
    }

    /// The calls that make a request, from the client on, each with what it adds to the path.
    pub(crate) fn calls(
        &self,
        builder: &'a Ident,
        method: &'a Method,
    ) -> Vec<(&'a Ident, Option<&'a Step>)> {
        let mut calls = vec![(&method.ident, method.step.as_ref())];
        let mut at = builder;
        // The client is reached by no accessor.
        while let Some((above, accessor)) = self.accessors.get(at) {
            calls.push((&accessor.ident, Some(&accessor.step)));
            at = above;
        }
        calls.reverse();
        calls
    }
}
