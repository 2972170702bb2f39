//! Decides which names in paths are actions and functions.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{HttpMethod, PropertyKind, TypeRef};
use crate::resolve::names::{FoldedName, NameText, starts_with_verb, unqualified};
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::types::draft::TypeDrafts;

/// An action or a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Callable {
    pub(crate) is_function: bool,
    /// The return type, if a page shows it.
    pub(crate) returns: Option<TypeRef>,
}

/// All actions and functions.
#[derive(Default)]
pub(crate) struct Callables {
    by_name: BTreeMap<FoldedName<'static>, Callable>,
    /// The names of navigation properties and collections of any type.
    properties: BTreeSet<FoldedName<'static>>,
    /// The names that a key follows in some request line. They are collections, even if no page defines them.
    keyed_names: BTreeSet<FoldedName<'static>>,
    /// The paths that a key follows in some request line, in the form of [`fold_path`].
    keyed_paths: BTreeSet<String>,
}

impl Callables {
    /// Finds the actions and functions in all request lines.
    pub(crate) fn find(operations: &[OperationPage], types: &TypeDrafts) -> Self {
        let mut callables = Self {
            properties: property_names(types),
            ..Self::default()
        };
        callables.add_keyed(operations);
        for operation in operations {
            for line in &operation.facts.request_lines {
                let Some(name) = callables.called_name(operation, line) else {
                    continue;
                };
                let name = FoldedName::owned(name);
                let callable = callables.by_name.entry(name).or_insert_with(|| Callable {
                    is_function: line.method != HttpMethod::Post,
                    returns: None,
                });
                if callable.returns.is_none() {
                    callable.returns.clone_from(&operation.content);
                }
            }
        }
        callables
    }

    /// Returns the action or function with a name.
    pub(crate) fn get(&self, name: &str) -> Option<&Callable> {
        self.by_name.get(&unqualified(name) as &dyn NameText)
    }

    /// Whether a key follows a name in some request line.
    pub(crate) fn is_keyed(&self, name: &str) -> bool {
        self.keyed_names
            .contains(&unqualified(name) as &dyn NameText)
    }

    /// Whether a key follows a whole path in some request line.
    pub(crate) fn is_keyed_path(&self, segments: &[SegmentFact]) -> bool {
        self.keyed_paths.contains(&fold_path(segments))
    }

    fn add_keyed(&mut self, operations: &[OperationPage]) {
        let lines = operations
            .iter()
            .flat_map(|operation| &operation.facts.request_lines);
        for line in lines {
            for (place, pair) in line.segments.windows(2).enumerate() {
                if let [
                    SegmentFact::Name(name),
                    SegmentFact::Key(_) | SegmentFact::AlternateKey(_),
                ] = pair
                {
                    self.keyed_names
                        .insert(FoldedName::owned(unqualified(name)));
                    self.keyed_paths.insert(fold_path(&line.segments[..=place]));
                }
            }
        }
    }

    /// Returns the last name of a request line, if the line calls it.
    fn called_name<'l>(
        &self,
        operation: &OperationPage,
        line: &'l RequestLineFact,
    ) -> Option<&'l str> {
        let (name, is_called) = match (line.segments.last()?, line.method) {
            (SegmentFact::Call { name, .. }, HttpMethod::Get | HttpMethod::Post) => (name, true),
            (SegmentFact::Name(name), method) => {
                let may_be_called =
                    !name.starts_with('$') && line.segments.len() > 1 && !self.is_keyed(name);
                let is_called = match method {
                    HttpMethod::Get => self.is_function(operation, name),
                    HttpMethod::Post => self.is_action(operation, name),
                    HttpMethod::Patch | HttpMethod::Put | HttpMethod::Delete => false,
                };
                (name, may_be_called && is_called)
            }
            _ => return None,
        };
        is_called.then(|| unqualified(name))
    }

    fn is_property(&self, name: &str) -> bool {
        self.properties
            .contains(&FoldedName::borrowed(unqualified(name)))
    }

    fn is_function(&self, operation: &OperationPage, name: &str) -> bool {
        name.eq_ignore_ascii_case("delta") || (operation.is_call() && !self.is_property(name))
    }

    fn is_action(&self, operation: &OperationPage, name: &str) -> bool {
        let creates = operation.status == Some(201) || operation.page.has_create_title();
        if self.is_property(name) {
            return operation.facts.says_action && !creates;
        }
        operation.facts.says_action || !creates || starts_with_verb(name)
    }
}

fn property_names(types: &TypeDrafts) -> BTreeSet<FoldedName<'static>> {
    types
        .iter()
        .flat_map(|(_, ty)| &ty.properties)
        .filter(|property| property.ty.collection || property.kind == PropertyKind::Navigation)
        .map(|property| FoldedName::owned(property.name.as_str()))
        .collect()
}

/// Returns a path in lower case, with the same placeholder for every key.
fn fold_path(segments: &[SegmentFact]) -> String {
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        path.push_str(match segment {
            SegmentFact::Name(name) | SegmentFact::Call { name, .. } => name,
            SegmentFact::ItemPath(words) if !words.starts_with('{') => words,
            SegmentFact::ItemPath(_) | SegmentFact::Key(_) | SegmentFact::AlternateKey(_) => "{}",
        });
    }
    path.make_ascii_lowercase();
    path
}
