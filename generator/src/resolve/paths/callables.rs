//! In: api pages and the properties of all types. Out: which names in paths are actions and functions.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{RequestLineFact, SegmentFact};
use crate::model::{HttpMethod, StructuredType, TypeRef};
use crate::resolve::names::{Folded, Name, bare};
use crate::resolve::operation_pages::{OperationPage, says_create};

/// An action or a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Callable {
    pub(crate) is_function: bool,
    /// What it returns, where a page shows it.
    pub(crate) returns: Option<TypeRef>,
}

/// All names that are called.
#[derive(Default)]
pub(crate) struct Callables {
    by_name: BTreeMap<Folded<'static>, Callable>,
    /// Names of navigation properties and collections of any type.
    members: BTreeSet<Folded<'static>>,
    /// Names that a key follows in some request line: whatever page is missing, these are collections.
    keyed: BTreeSet<Folded<'static>>,
    /// The same with all of the path in front.
    keyed_paths: BTreeSet<String>,
}

impl Callables {
    /// Finds them all.
    pub(crate) fn find(operations: &[OperationPage], types: &[StructuredType]) -> Self {
        let mut callables = Self {
            members: members(types),
            keyed: keyed(operations),
            keyed_paths: keyed_paths(operations),
            ..Self::default()
        };
        for operation in operations {
            for line in &operation.facts.request_lines {
                let Some(name) = callables.called_name(operation, line) else {
                    continue;
                };
                let name = Folded::owned(name);
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
    pub(crate) fn get(&self, name: &str) -> Option<&Callable> {
        self.by_name.get(&bare(name) as &dyn Name)
    }

    /// Whether a key follows a name in some request line.
    pub(crate) fn is_keyed(&self, name: &str) -> bool {
        self.keyed.contains(&bare(name) as &dyn Name)
    }

    /// Whether a key follows a whole path in some request line.
    pub(crate) fn is_keyed_path(&self, segments: &[SegmentFact]) -> bool {
        self.keyed_paths.contains(&folded_path(segments))
    }

    /// The name at the end of a request line, if the line calls it.
    fn called_name<'l>(
        &self,
        operation: &OperationPage,
        line: &'l RequestLineFact,
    ) -> Option<&'l str> {
        match line.segments.last()? {
            SegmentFact::Call { name, .. } if line.method == HttpMethod::Get => Some(bare(name)),
            SegmentFact::Call { name, .. } if line.method == HttpMethod::Post => Some(bare(name)),
            SegmentFact::Name(name) if !name.starts_with('$') && line.segments.len() > 1 => {
                let is_called = match line.method {
                    _ if self.is_keyed(name) => false,
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
                && !self.members.contains(&Folded::of(bare(name))))
    }

    fn is_action(&self, operation: &OperationPage, name: &str) -> bool {
        let is_member = self.members.contains(&Folded::of(bare(name)));
        let creates = operation.status == Some(201) || says_create(operation.page);
        if is_member {
            return operation.facts.says_action && !creates;
        }
        operation.facts.says_action || !creates || has_verb(name)
    }
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

fn members(types: &[StructuredType]) -> BTreeSet<Folded<'static>> {
    types
        .iter()
        .flat_map(|ty| &ty.properties)
        .filter(|property| {
            property.ty.collection || property.kind == crate::model::PropertyKind::Navigation
        })
        .map(|property| Folded::owned(property.name.as_str()))
        .collect()
}

fn keyed(operations: &[OperationPage]) -> BTreeSet<Folded<'static>> {
    let lines = operations
        .iter()
        .flat_map(|operation| &operation.facts.request_lines);
    let pairs = lines.flat_map(|line| line.segments.windows(2));
    pairs
        .filter_map(|pair| match pair {
            [SegmentFact::Name(name), SegmentFact::Key(_)] => Some(Folded::owned(bare(name))),
            _ => None,
        })
        .collect()
}

fn keyed_paths(operations: &[OperationPage]) -> BTreeSet<String> {
    let lines = operations
        .iter()
        .flat_map(|operation| &operation.facts.request_lines);
    let mut paths = BTreeSet::new();
    for line in lines {
        for (place, pair) in line.segments.windows(2).enumerate() {
            if let [SegmentFact::Name(_), SegmentFact::Key(_)] = pair {
                paths.insert(folded_path(&line.segments[..=place]));
            }
        }
    }
    paths
}

/// A path in one spelling, whatever its keys and arguments are called.
fn folded_path(segments: &[SegmentFact]) -> String {
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        path.push_str(match segment {
            SegmentFact::Name(name) | SegmentFact::Call { name, .. } => name,
            SegmentFact::ItemPath(words) if !words.starts_with('{') => words,
            SegmentFact::ItemPath(_) | SegmentFact::Key(_) => "{}",
            SegmentFact::AlternateKey { property, .. } => property,
        });
    }
    path.make_ascii_lowercase();
    path
}
