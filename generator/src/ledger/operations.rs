//! Traces the rows, request lines and examples of operation pages to the operations of the model.

use std::collections::{BTreeMap, BTreeSet};

use super::Status;
use super::model_index::{ModelIndex, local_name};
use super::page_trace::PageTrace;
use crate::facts::{
    GrantFact, NoMeaning, OperationFacts, PageFacts, PermissionFact, PropertyFact, RequestLineFact,
    SegmentFact, UrlParameterFact,
};
use crate::model::{
    Body, Grant, HttpMethod, Operation, ParameterPlace, QueryOption, Segment, TypeRef,
};
use crate::report::{Code, NameKind, Report};
use crate::source::Location;

/// Traces one operation page.
pub(super) struct OperationTracer<'a> {
    pub(super) page: &'a PageFacts,
    pub(super) index: &'a ModelIndex<'a>,
}

impl OperationTracer<'_> {
    pub(super) fn run(&self, trace: &mut PageTrace, report: &mut Report) {
        let Some(facts) = &self.page.operation else {
            return;
        };
        let operations = self.index.operations(self.page.file);
        if operations.is_empty() {
            // Without a usable request line there is no operation.
            if facts.request_lines.is_empty() {
                trace.omit_rest(Code::NoRequestLine);
            }
            return;
        }
        let request_paths = RequestPaths::new(operations);
        let parameters = ParameterNames::new(operations);
        let bodies = BodyNames::new(operations);
        for line in &facts.request_lines {
            let is_in_model = request_paths.contains(line);
            trace.record_line_if(line.at, is_in_model);
            trace.record_part_if(line.at, is_in_model);
        }
        for row in &facts.permissions {
            permission(row, operations, trace);
        }
        for header in &facts.request_headers {
            let is_in_model = parameters.contains(ParameterPlace::Header, &header.name.value);
            trace.record_line_if(header.name.at, is_in_model);
        }
        for header in &facts.response_headers {
            trace.record_line(header.name.at, Status::NoMeaning(NoMeaning::ResponseHeader));
        }
        for row in &facts.url_parameters {
            url_parameter(row, &parameters, &bodies, trace, report);
        }
        for row in &facts.request_body.properties {
            self.body_row(row, &bodies, trace, report);
        }
        self.usage(facts, operations, trace);
        self.examples(facts, trace);
    }

    fn usage(&self, facts: &OperationFacts, operations: &[&Operation], trace: &mut PageTrace) {
        let usages = || operations.iter().map(|operation| &operation.usage);
        let clouds: BTreeSet<&str> = usages()
            .flat_map(|usage| &usage.clouds)
            .map(|cloud| cloud.name.as_str())
            .collect();
        for cloud in &self.page.clouds {
            trace.record_line_if(cloud.at, clouds.contains(cloud.name.as_str()));
        }
        let options: BTreeSet<QueryOption> = usages()
            .flat_map(|usage| usage.query.options.keys().copied())
            .collect();
        let notes: BTreeSet<&str> = usages()
            .flat_map(|usage| &usage.query_notes)
            .map(String::as_str)
            .collect();
        for text in &facts.query_texts {
            let has_options = text
                .support
                .options
                .keys()
                .all(|name| options.contains(name));
            let has_notes = text.notes.iter().all(|note| notes.contains(note.as_str()));
            trace.record_line_if(text.at, has_options && has_notes);
        }
    }

    fn body_row(
        &self,
        row: &PropertyFact,
        bodies: &BodyNames<'_>,
        trace: &mut PageTrace,
        report: &mut Report,
    ) {
        let name = row.name.value.trim();
        let may_have_property =
            |ty: &&TypeRef| self.index.may_have_property(ty, without_annotation(name));
        let is_in_model = bodies.parameters.contains(name)
            || (bodies.has_reference && name.starts_with("@odata.id"))
            || bodies.types.iter().any(may_have_property);
        if is_in_model || trace.omission(row.name.at).is_some() {
            return trace.record_line_if(row.name.at, is_in_model);
        }
        let code = Code::BodyRowUnknown;
        let message = format!("the request body has no property or parameter `{name}`");
        let width = name.chars().count();
        report.push(code, row.name.at, width, message, "the row is ignored");
        report.set_unknown_name(name, NameKind::BodyMember);
        trace.record_line(row.name.at, Status::Problem(code));
    }

    fn examples(&self, facts: &OperationFacts, trace: &mut PageTrace) {
        for example in &facts.examples {
            let request = example.request.as_ref().map(|request| request.at);
            let response = example.response.as_ref().map(|response| response.at);
            let Some(first) = request.or(response) else {
                continue;
            };
            let is_in_model = self.index.is_example(first);
            trace.record_part_if(first, is_in_model);
            // A response has the status of its request.
            if let (Some(at), Some(status)) = (response, trace.part_status(first)) {
                trace.record_part(at, status);
            }
        }
    }
}

/// Returns the property part of a name such as `owner@odata.bind`.
fn without_annotation(name: &str) -> &str {
    match name.split_once('@') {
        Some((property, _)) if !property.is_empty() => property,
        _ => name,
    }
}

fn permission(row: &PermissionFact, operations: &[&Operation], trace: &mut PageTrace) {
    match &row.grant {
        GrantFact::Words(words) if words.trim().is_empty() => {
            trace.record_line(row.label.at, Status::NoMeaning(NoMeaning::EmptyValue));
        }
        GrantFact::Words(_) => trace.record_line_if(row.label.at, false),
        GrantFact::NotSupported => {
            let is_stated = |operation: &&Operation| {
                *operation.permissions.grant(row.account) != Grant::Unstated
            };
            trace.record_line_if(row.label.at, operations.iter().any(is_stated));
        }
        GrantFact::AnyOf(alternatives) => {
            let has_all = |operation: &&Operation| {
                let sets = operation.permissions.all_sets(row.account);
                let names: BTreeSet<&str> = sets.flatten().map(String::as_str).collect();
                alternatives
                    .sets
                    .iter()
                    .chain(&alternatives.resource_specific)
                    .flatten()
                    .all(|name| names.contains(name.value.as_str()))
            };
            trace.record_line_if(row.label.at, operations.iter().any(has_all));
        }
    }
}

fn url_parameter(
    row: &UrlParameterFact,
    parameters: &ParameterNames,
    bodies: &BodyNames<'_>,
    trace: &mut PageTrace,
    report: &mut Report,
) {
    let (name, at) = (row.row.name.value.trim(), row.row.name.at);
    if parameters.contains(ParameterPlace::Query, name)
        || parameters.is_in_path(name)
        || bodies.parameters.contains(name)
    {
        return trace.record_line(at, Status::InModel);
    }
    let code = Code::UrlParameterUnknown;
    let message = format!("no request line of the page has a parameter `{name}`");
    report.push(
        code,
        at,
        name.chars().count(),
        message,
        "the row is ignored",
    );
    report.set_unknown_name(name, NameKind::Parameter);
    trace.record_line(at, Status::Problem(code));
}

/// What the bodies of the operations of a page consist of.
struct BodyNames<'a> {
    /// The names of the parameters of actions.
    parameters: BTreeSet<&'a str>,
    types: BTreeSet<&'a TypeRef>,
    has_reference: bool,
}

impl<'a> BodyNames<'a> {
    fn new(operations: &[&'a Operation]) -> Self {
        let mut names = Self {
            parameters: BTreeSet::new(),
            types: BTreeSet::new(),
            has_reference: false,
        };
        for operation in operations {
            match &operation.body {
                Body::Parameters(parameters) => names
                    .parameters
                    .extend(parameters.iter().map(|parameter| parameter.name.as_str())),
                Body::Value(ty) => {
                    names.types.insert(ty);
                }
                Body::Reference(_) => names.has_reference = true,
                Body::None | Body::Stream | Body::Undefined => {}
            }
        }
        names
    }
}

/// The names of the parameters of the operations of a page, in lower case.
struct ParameterNames {
    parameters: BTreeSet<(ParameterPlace, String)>,
    /// The names of function parameters and alternate keys.
    in_path: BTreeSet<String>,
    /// The letters and digits of placeholders.
    placeholders: BTreeSet<String>,
}

impl ParameterNames {
    fn new(operations: &[&Operation]) -> Self {
        let mut names = Self {
            parameters: BTreeSet::new(),
            in_path: BTreeSet::new(),
            placeholders: BTreeSet::new(),
        };
        for operation in operations {
            for parameter in &operation.parameters {
                let name = parameter.name.to_ascii_lowercase();
                names.parameters.insert((parameter.place, name));
            }
            for segment in &operation.path.segments {
                names.add_segment(segment);
            }
        }
        names
    }

    fn add_segment(&mut self, segment: &Segment) {
        match segment {
            Segment::Key(key) | Segment::ItemPath(key) => {
                self.placeholders.insert(letters(&key.name));
            }
            Segment::AlternateKey(properties) => {
                for property in properties {
                    self.in_path.insert(property.name.to_ascii_lowercase());
                    self.placeholders.insert(letters(&property.key.name));
                }
            }
            Segment::Function { parameters, .. } => self.in_path.extend(
                parameters
                    .iter()
                    .map(|parameter| parameter.name.to_ascii_lowercase()),
            ),
            Segment::Name(_)
            | Segment::Cast(_)
            | Segment::Action(_)
            | Segment::Ref
            | Segment::Value
            | Segment::Count => {}
        }
    }

    fn contains(&self, place: ParameterPlace, name: &str) -> bool {
        let name = name.trim().to_ascii_lowercase();
        self.parameters.contains(&(place, name))
    }

    /// Returns whether a path has a placeholder or function parameter with a name.
    fn is_in_path(&self, name: &str) -> bool {
        self.in_path.contains(&name.to_ascii_lowercase())
            || self.placeholders.contains(&letters(name))
    }
}

/// Returns the letters and digits of a name in lower case.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The paths of the operations of a page as a tree of segments.
struct RequestPaths {
    origins: BTreeSet<Location>,
    nodes: Vec<RequestPathNode>,
}

#[derive(Default)]
struct RequestPathNode {
    /// The child nodes by name without namespace, in lower case; `None` for a placeholder.
    children: BTreeMap<Option<String>, usize>,
    /// The methods of the path that ends here.
    methods: BTreeSet<HttpMethod>,
}

impl RequestPaths {
    fn new(operations: &[&Operation]) -> Self {
        let mut paths = Self {
            origins: operations
                .iter()
                .map(|operation| operation.origin)
                .collect(),
            nodes: vec![RequestPathNode::default()],
        };
        for operation in operations {
            let mut at = 0;
            for segment in &operation.path.segments {
                let next = paths.nodes.len();
                let children = &mut paths.nodes[at].children;
                at = *children.entry(segment_name(segment)).or_insert(next);
                if at == next {
                    paths.nodes.push(RequestPathNode::default());
                }
            }
            paths.nodes[at].methods.insert(operation.method);
        }
        paths
    }

    /// Returns whether an operation was built from a request line: the method and all names of the path are equal.
    fn contains(&self, line: &RequestLineFact) -> bool {
        if self.origins.contains(&line.at) {
            return true;
        }
        let mut reached = vec![0];
        for fact in &line.segments {
            let name = fact_name(fact);
            reached = reached
                .iter()
                .flat_map(|node| {
                    let children = &self.nodes[*node].children;
                    let named = name
                        .as_ref()
                        .and_then(|name| children.get(&Some(name.clone())));
                    named.into_iter().chain(children.get(&None))
                })
                .copied()
                .collect();
            // A key in parentheses is a segment of its own in the model.
            if matches!(fact, SegmentFact::Call { .. }) {
                let keys = reached
                    .iter()
                    .filter_map(|node| self.nodes[*node].children.get(&None).copied());
                reached.extend(keys.collect::<Vec<_>>());
            }
        }
        reached
            .iter()
            .any(|node| self.nodes[*node].methods.contains(&line.method))
    }
}

/// Returns the name of a segment without namespace, in lower case; `None` for a placeholder.
fn segment_name(segment: &Segment) -> Option<String> {
    let name = match segment {
        Segment::Key(_) | Segment::ItemPath(_) | Segment::AlternateKey(_) => return None,
        Segment::Name(name) | Segment::Action(name) | Segment::Function { name, .. } => name,
        Segment::Cast(name) => &name.name,
        Segment::Ref => "$ref",
        Segment::Value => "$value",
        Segment::Count => "$count",
    };
    Some(local_name(name).to_ascii_lowercase())
}

/// Returns the name that a segment of a request line may stand for, without namespace, in lower case.
fn fact_name(fact: &SegmentFact) -> Option<String> {
    let name = match fact {
        SegmentFact::Name(name) | SegmentFact::Call { name, .. } => name,
        SegmentFact::ItemPath(name) | SegmentFact::Key(name) => name,
        SegmentFact::AlternateKey(_) => return None,
    };
    Some(local_name(name).to_ascii_lowercase())
}
