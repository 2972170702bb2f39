//! In: api pages and the properties of all types. Out: which names in paths are actions and functions.

use std::collections::{BTreeMap, BTreeSet};

use super::operation_pages::{OperationPage, says_create};
use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{HttpMethod, StructuredType, TypeRef};

/// An action or a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Callable {
    pub(super) is_function: bool,
    /// What it returns, where a page shows it.
    pub(super) returns: Option<TypeRef>,
}

/// All names that are called, lower-cased.
#[derive(Default)]
pub(super) struct Callables {
    by_name: BTreeMap<String, Callable>,
    /// Names of navigation properties and collections of any type, and names that a key follows somewhere.
    members: BTreeSet<String>,
}

impl Callables {
    /// Finds them all.
    pub(super) fn find(operations: &[OperationPage], types: &[StructuredType]) -> Self {
        let mut callables = Self {
            members: members(operations, types),
            ..Self::default()
        };
        for operation in operations {
            for line in &operation.facts.request_lines {
                let Some(name) = callables.called_name(operation, line) else {
                    continue;
                };
                let entry = callables.by_name.entry(name).or_insert_with(|| Callable {
                    is_function: line.method != HttpMethod::Post,
                    returns: None,
                });
                if entry.returns.is_none() {
                    entry.returns.clone_from(&operation.content);
                }
            }
        }
        callables
    }

    /// The action or function with a name.
    pub(super) fn get(&self, name: &str) -> Option<&Callable> {
        self.by_name.get(&bare(name))
    }

    /// The name at the end of a request line, if the line calls it.
    fn called_name(&self, operation: &OperationPage, line: &RequestLineFact) -> Option<String> {
        match line.segments.last()? {
            SegmentFact::Call { name, .. } if line.method == HttpMethod::Get => Some(bare(name)),
            SegmentFact::Call { name, .. } if line.method == HttpMethod::Post => Some(bare(name)),
            SegmentFact::Name(name) if !name.starts_with('$') && line.segments.len() > 1 => {
                let is_called = match line.method {
                    HttpMethod::Get => self.is_function(operation, name),
                    HttpMethod::Post => self.is_action(operation, name),
                    _ => false,
                };
                is_called.then(|| bare(name))
            }
            _ => None,
        }
    }

    fn is_function(&self, operation: &OperationPage, name: &str) -> bool {
        name.eq_ignore_ascii_case("delta")
            || ((operation.facts.says_function || operation.facts.says_action)
                && !self.members.contains(&bare(name)))
    }

    fn is_action(&self, operation: &OperationPage, name: &str) -> bool {
        let is_member = self.members.contains(&bare(name));
        let creates = operation.status == Some(201) || says_create(operation.page);
        if is_member {
            return operation.facts.says_action && !creates;
        }
        operation.facts.says_action || !creates || has_verb(name)
    }
}

/// A name without namespace, in lower case.
fn bare(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_lowercase()
}

/// Whether a name starts with a verb, as the names of actions do.
fn has_verb(name: &str) -> bool {
    const VERBS: [&str; 8] = [
        "create", "add", "get", "invite", "copy", "send", "import", "upload",
    ];
    VERBS.iter().any(|verb| {
        name.strip_prefix(verb)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_uppercase))
    })
}

fn members(operations: &[OperationPage], types: &[StructuredType]) -> BTreeSet<String> {
    let mut members: BTreeSet<String> = types
        .iter()
        .flat_map(|ty| &ty.properties)
        .filter(|property| {
            property.ty.collection || property.kind == crate::model::PropertyKind::Navigation
        })
        .map(|property| property.name.to_lowercase())
        .collect();
    let lines = operations
        .iter()
        .flat_map(|operation| &operation.facts.request_lines);
    for line in lines {
        for pair in line.segments.windows(2) {
            if let [SegmentFact::Name(name), SegmentFact::Key(_)] = pair {
                members.insert(bare(name));
            }
        }
    }
    members
}
