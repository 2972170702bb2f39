//! The example call in the documentation of the crate.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::items::{Builder, MethodBody, Response, Step, Version};
use super::names::Ident;
use crate::model::HttpMethod;

impl Version {
    /// The shortest chain of calls from the client to a request that reads a resource: `users().list()`.
    pub fn example_call(&self) -> Option<String> {
        let builders: BTreeMap<&Ident, &Builder> = self
            .areas
            .iter()
            .flat_map(|area| &area.modules)
            .flat_map(|module| &module.builders)
            .map(|builder| (&builder.ident, builder))
            .collect();
        let mut seen = BTreeSet::new();
        let mut queue = VecDeque::from([(&self.client, String::new())]);
        while let Some((builder, call)) = queue.pop_front() {
            if let Some(method) = reading(builder).filter(|_| !call.is_empty()) {
                return Some(format!("{call}{method}()"));
            }
            for accessor in &builder.accessors {
                let argument = match accessor.step {
                    Step::Name(_) => "",
                    Step::Key(_) => "\"id\"",
                    Step::AlternateKey(_) | Step::ItemPath(_) | Step::Call(_) => continue,
                };
                if let Some(next) = builders
                    .get(&accessor.builder)
                    .filter(|_| seen.insert(&accessor.builder))
                {
                    queue.push_back((next, format!("{call}{}({argument}).", accessor.ident)));
                }
            }
        }
        None
    }
}

fn reading(builder: &Builder) -> Option<&Ident> {
    let method = builder.methods.iter().find(|method| {
        method.operation.method == HttpMethod::Get
            && method.step.is_none()
            && method.deprecated.is_none()
            && method.body == MethodBody::None
            && matches!(method.response, Response::Page(_) | Response::Object(_))
    })?;
    Some(&method.ident)
}
