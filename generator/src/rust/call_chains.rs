//! The chain of calls from the client to the method of each operation.

use std::collections::BTreeMap;

use crate::model::OperationId;

use super::items::{Accessor, Area, Builder, Call, Method, MethodBody, Step, Version};
use super::names::Ident;

/// The method of an operation, as code that calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodCall<'a> {
    /// The method.
    pub method: &'a Method,
    /// The call with the names of the arguments: `client.users().by_id(user_id).update(&body)`.
    pub expression: String,
}

impl Version {
    /// Returns the method of each operation of the model.
    pub fn method_calls(&self) -> BTreeMap<OperationId, MethodCall<'_>> {
        let chains = CallChains::new(&self.client, &self.areas);
        let methods = chains.methods.iter();
        methods
            .map(|(id, (builder, method))| {
                let expression = chains.expression(builder, method);
                (*id, MethodCall { method, expression })
            })
            .collect()
    }
}

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

    /// The call of a method with the names of the arguments.
    fn expression(&self, builder: &'a Ident, method: &'a Method) -> String {
        let mut expression = "client".to_owned();
        for (ident, step) in self.calls(builder, method) {
            let mut arguments = step.map_or_else(Vec::new, argument_names);
            if std::ptr::eq(ident, &method.ident) {
                arguments.extend(match method.body {
                    MethodBody::None => None,
                    MethodBody::Value(_) | MethodBody::Json => Some("&body"),
                    MethodBody::OptionalValue(_) => Some("Some(&body)"),
                    MethodBody::Reference => Some("&reference"),
                    MethodBody::Stream => Some("content"),
                });
            }
            expression.push_str(&format!(".{ident}({})", arguments.join(", ")));
        }
        expression
    }
}

/// The names of the arguments that a step takes.
fn argument_names(step: &Step) -> Vec<&str> {
    match step {
        Step::Name(_) => Vec::new(),
        Step::Key(ident) | Step::ItemPath(ident) => vec![ident.as_str()],
        Step::AlternateKey(arguments) | Step::Call(Call { arguments, .. }) => arguments
            .iter()
            .map(|argument| argument.argument.ident.as_str())
            .collect(),
    }
}
