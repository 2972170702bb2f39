//! Finds the name that the writer of an unknown name probably meant.

use std::collections::{BTreeMap, BTreeSet};

use super::links::relative;
use crate::model::{
    Account, Api, Body, Model, Operation, ParameterPlace, QualifiedName, Segment, StructuredTypeId,
    Type,
};
use crate::report::{Code, NameKind, Problem};
use crate::source::{FileId, Sources};

/// The similarity from which a name is suggested; 1 is equality.
const SIMILAR: f64 = 0.7;

/// The number of comparisons of names after which no name is suggested, so that the search is fast on any input.
const MAX_COMPARISONS: usize = 2_000_000;

/// The headers of requests that need no mention in the documentation.
const HEADERS: [&str; 8] = [
    "Accept",
    "Accept-Language",
    "Authorization",
    "ConsistencyLevel",
    "Content-Range",
    "Content-Type",
    "If-Match",
    "Prefer",
];

/// The names that the documentation defines, for comparison with unknown ones.
pub struct SimilarNames<'a> {
    sources: &'a Sources,
    versions: Vec<Version<'a>>,
    /// The results so far, by version, name and kind.
    cache: BTreeMap<(usize, String, NameKind), Option<String>>,
    comparisons: usize,
}

/// The names of a version of the API.
struct Version<'a> {
    api: &'a Api,
    /// The names of types, without and with namespace.
    types: [BTreeSet<String>; 2],
    structured: BTreeMap<String, StructuredTypeId>,
    permissions: BTreeSet<&'a str>,
    headers: BTreeSet<&'a str>,
}

impl<'a> SimilarNames<'a> {
    /// Collects the names of a model and of the files that it was built from.
    pub fn new(model: &'a Model, sources: &'a Sources) -> Self {
        Self {
            sources,
            versions: model.apis.iter().map(Version::new).collect(),
            cache: BTreeMap::new(),
            comparisons: 0,
        }
    }

    /// Returns the defined name that is most similar to the unknown name of a problem, written like the unknown name: a type with
    /// or without namespace, a file as a relative path. `None` if the problem has no unknown name, or no name is similar.
    pub fn find(&mut self, problem: &Problem) -> Option<String> {
        let subject = problem.subject.as_ref()?;
        let kind = subject.unknown.as_ref()?;
        let name = subject.text.trim().trim_start_matches('#');
        let file = problem.at.file;
        let path = &self.sources.get(file).path;
        let folder = path.split('/').next().unwrap_or_default();
        let of_page = |version: &Version<'_>| version.api.version.name() == folder;
        let index = self.versions.iter().position(of_page).unwrap_or(0);
        // The names of these kinds depend on the page.
        let is_shared = !matches!(
            kind,
            NameKind::File | NameKind::Parameter | NameKind::BodyMember
        );
        let key = (index, name.to_owned(), kind.clone());
        if let Some(known) = self.cache.get(&key).filter(|_| is_shared) {
            return known.clone();
        }
        let found = self.search(name, kind, index, file);
        if is_shared {
            self.cache.insert(key, found.clone());
        }
        found
    }

    fn search(
        &mut self,
        name: &str,
        kind: &NameKind,
        index: usize,
        file: FileId,
    ) -> Option<String> {
        if *kind == NameKind::File {
            return self.search_file(name, file);
        }
        if *kind == NameKind::Rule {
            let rules: Vec<&str> = Code::ALL.iter().map(|code| code.rule()).collect();
            return compare(&mut self.comparisons, name, &rules);
        }
        let version = self.versions.get(index)?;
        let of_type = |of: &str| version.structured.get(of).copied();
        let names: Vec<&str> = match kind {
            NameKind::File | NameKind::Rule => Vec::new(),
            NameKind::Type => {
                let is_qualified = usize::from(name.contains('.'));
                version.types[is_qualified]
                    .iter()
                    .map(String::as_str)
                    .collect()
            }
            NameKind::InstanceType => version.structured.keys().map(String::as_str).collect(),
            NameKind::Member { of } => {
                let mut enums = version.api.enums.iter();
                let members = enums.find(|ty| ty.name.full() == *of).map(|ty| &ty.members);
                members
                    .into_iter()
                    .flatten()
                    .map(|member| member.name.as_str())
                    .collect()
            }
            NameKind::Property { of } => version.properties(of_type(of)).collect(),
            NameKind::Segment { after: Some(of) } => version.segments_after(of_type(of)),
            NameKind::Segment { after: None } => version
                .api
                .roots
                .iter()
                .map(|root| root.name.as_str())
                .collect(),
            NameKind::Parameter => version.operations_of(file).flat_map(parameters).collect(),
            NameKind::BodyMember => {
                let operations = version.operations_of(file);
                operations
                    .flat_map(|operation| version.body_members(operation))
                    .collect()
            }
            NameKind::Permission => version.permissions.iter().copied().collect(),
            NameKind::Header => version.headers.iter().copied().collect(),
        };
        // A type that a list of values defines is the one that was meant. A misspelled permission is among the permissions.
        if *kind == NameKind::Type && names.contains(&name) {
            return None;
        }
        let others: Vec<&str> = names.into_iter().filter(|other| *other != name).collect();
        compare(&mut self.comparisons, name, &others)
    }

    /// Returns the relative path of the file with the most similar name in the folders of the version.
    fn search_file(&mut self, target: &str, from: FileId) -> Option<String> {
        let from = &self.sources.get(from).path;
        let name = target
            .split(['#', '?'])
            .next()?
            .rsplit(['/', '\\'])
            .next()?;
        let folder = from.split('/').next()?;
        let in_version = |path: &&str| path != from && path.split('/').next() == Some(folder);
        let paths = self.sources.iter().map(|(_, source)| source.path.as_str());
        let by_name: BTreeMap<&str, &str> = paths
            .filter(in_version)
            .filter_map(|path| Some((path.rsplit('/').next()?, path)))
            .collect();
        let names: Vec<&str> = by_name.keys().copied().collect();
        let found = compare(&mut self.comparisons, name, &names)?;
        Some(relative(from, by_name[found.as_str()]))
    }
}

/// Compares a name with others, unless the comparisons so far are too many.
fn compare(comparisons: &mut usize, name: &str, names: &[&str]) -> Option<String> {
    *comparisons = comparisons.saturating_add(names.len());
    if *comparisons > MAX_COMPARISONS {
        return None;
    }
    nearest(name, names.iter().copied()).map(str::to_owned)
}

impl<'a> Version<'a> {
    fn new(api: &'a Api) -> Self {
        let structured = api.structured_types.iter().map(|ty| &ty.name);
        let names: Vec<&QualifiedName> = structured
            .chain(api.enums.iter().map(|ty| &ty.name))
            .collect();
        let ids = (0..).map(StructuredTypeId);
        let permissions = api.operations.iter().flat_map(|operation| {
            let accounts = Account::ALL.into_iter();
            let sets = accounts.flat_map(|account| operation.permissions.all_sets(account));
            sets.flatten().map(String::as_str)
        });
        let headers = api.operations.iter().flat_map(|operation| {
            let headers = operation.parameters.iter();
            headers.filter(|parameter| parameter.place == ParameterPlace::Header)
        });
        Self {
            api,
            types: [
                names.iter().map(|name| name.name.clone()).collect(),
                names.iter().map(|name| name.full()).collect(),
            ],
            structured: api
                .structured_types
                .iter()
                .map(|ty| ty.name.full())
                .zip(ids)
                .collect(),
            permissions: permissions.collect(),
            headers: headers
                .map(|header| header.name.as_str())
                .chain(HEADERS)
                .collect(),
        }
    }

    /// Returns the names of the properties of a type, declared or inherited.
    fn properties(&self, id: Option<StructuredTypeId>) -> impl Iterator<Item = &'a str> {
        let api = self.api;
        id.into_iter()
            .flat_map(|id| api.ancestors(id))
            .flat_map(|id| &api.structured_type(id).properties)
            .map(|property| property.name.as_str())
    }

    /// Returns the names that can follow an instance of a type in a path: properties, and bound actions and functions.
    fn segments_after(&self, id: Option<StructuredTypeId>) -> Vec<&'a str> {
        let api = self.api;
        let ancestors: Vec<StructuredTypeId> =
            id.into_iter().flat_map(|id| api.ancestors(id)).collect();
        let is_bound = |operation: &&Operation| {
            let binding = operation.binding.as_ref().map(|binding| &binding.ty);
            matches!(binding, Some(Type::Structured(id)) if ancestors.contains(id))
        };
        let bound = api.operations.iter().filter(is_bound);
        let calls = bound.filter_map(|operation| match operation.path.segments.last()? {
            Segment::Action(name) | Segment::Function { name, .. } => Some(name.as_str()),
            Segment::Name(_)
            | Segment::Key(_)
            | Segment::AlternateKey(_)
            | Segment::ItemPath(_)
            | Segment::Cast(_)
            | Segment::Ref
            | Segment::Value
            | Segment::Count => None,
        });
        self.properties(id).chain(calls).collect()
    }

    /// Returns the operations that a page describes.
    fn operations_of(&self, page: FileId) -> impl Iterator<Item = &'a Operation> {
        let describes = move |operation: &&Operation| {
            operation
                .pages
                .iter()
                .any(|described| described.file == page)
        };
        self.api.operations.iter().filter(describes)
    }

    fn body_members(&self, operation: &'a Operation) -> Vec<&'a str> {
        match &operation.body {
            Body::Value(ty) => match ty.ty {
                Type::Structured(id) => self.properties(Some(id)).collect(),
                Type::Primitive(_) | Type::Enum(_) | Type::Undefined(_) => Vec::new(),
            },
            Body::Parameters(parameters) => parameters
                .iter()
                .map(|parameter| parameter.name.as_str())
                .collect(),
            Body::None | Body::Reference(_) | Body::Stream | Body::Undefined => Vec::new(),
        }
    }
}

/// Returns the names of the parameters in the path, the query and the body of an operation.
fn parameters(operation: &Operation) -> Vec<&str> {
    let mut names: Vec<&str> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    for segment in &operation.path.segments {
        match segment {
            Segment::Key(key) | Segment::ItemPath(key) => names.push(&key.name),
            Segment::Function { parameters, .. } => {
                names.extend(parameters.iter().map(|parameter| parameter.name.as_str()));
            }
            Segment::AlternateKey(_)
            | Segment::Name(_)
            | Segment::Action(_)
            | Segment::Cast(_)
            | Segment::Ref
            | Segment::Value
            | Segment::Count => {}
        }
    }
    if let Body::Parameters(parameters) = &operation.body {
        names.extend(parameters.iter().map(|parameter| parameter.name.as_str()));
    }
    names
}

/// Returns the name that is most similar to a given one, or `None` if none is similar. Letter case does not count. A name is also
/// compared by its last part after a dot or slash, and a glob without its wildcards at the end.
pub fn nearest<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let given = given.trim_end_matches(['*', '/']).to_lowercase();
    let length = given.chars().count();
    let similarity = |name: &str| {
        // The lengths bound the similarity, and counting is faster than comparing.
        let other = name.chars().count();
        let bound = length.min(other) as f64 / length.max(other).max(1) as f64;
        if bound < SIMILAR {
            return 0.0;
        }
        strsim::normalized_damerau_levenshtein(&given, name)
    };
    let mut best: Option<(f64, &str)> = None;
    for name in names {
        let lower = name.to_lowercase();
        let last = lower.rsplit(['.', '/']).next().unwrap_or_default();
        // The shorter of two equally similar names is the more general one.
        let similarity = similarity(&lower).max(similarity(last) * 0.99);
        let is_better = best.is_none_or(|(highest, name_of_best)| {
            similarity > highest || (similarity == highest && name.len() < name_of_best.len())
        });
        if similarity >= SIMILAR && is_better {
            best = Some((similarity, name));
        }
    }
    best.map(|(_, name)| name)
}
