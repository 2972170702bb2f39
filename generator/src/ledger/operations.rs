//! Traces the rows, request lines and examples of operation pages to the operations of the model.

use std::collections::BTreeSet;

use super::Status;
use super::model_index::{ModelIndex, local_name};
use super::page_trace::PageTrace;
use crate::facts::{
    Account, GrantFact, NoMeaning, OperationFacts, PageFacts, PermissionFact, PropertyFact,
    RequestLineFact, SegmentFact, UrlParameterFact,
};
use crate::model::{Body, Grant, Operation, ParameterPlace, QueryOption, Segment};
use crate::report::{Code, Report};

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
        for line in &facts.request_lines {
            let is_in_model = operations
                .iter()
                .any(|operation| is_built_from(line, operation));
            trace.record_line_if(line.at, is_in_model);
            trace.record_part_if(line.at, is_in_model);
        }
        for row in &facts.permissions {
            permission(row, operations, trace);
        }
        for header in &facts.request_headers {
            let is_in_model = has_parameter(operations, ParameterPlace::Header, &header.name.value);
            trace.record_line_if(header.name.at, is_in_model);
        }
        for header in &facts.response_headers {
            trace.record_line(header.name.at, Status::NoMeaning(NoMeaning::ResponseHeader));
        }
        for row in &facts.url_parameters {
            url_parameter(row, operations, trace, report);
        }
        for row in &facts.request_body.properties {
            self.body_row(row, operations, trace, report);
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
        operations: &[&Operation],
        trace: &mut PageTrace,
        report: &mut Report,
    ) {
        let name = row.name.value.trim();
        let is_in_model = operations.iter().any(|operation| match &operation.body {
            Body::Parameters(parameters) => {
                parameters.iter().any(|parameter| parameter.name == name)
            }
            Body::Value(ty) => self.index.may_have_property(ty, without_annotation(name)),
            Body::Reference(_) => name.starts_with("@odata.id"),
            Body::None | Body::Stream | Body::Undefined => false,
        });
        if is_in_model || trace.omission(row.name.at).is_some() {
            return trace.record_line_if(row.name.at, is_in_model);
        }
        let code = Code::BodyRowUnknown;
        let message = format!("the request body has no property or parameter `{name}`");
        let width = name.chars().count();
        report.push(code, row.name.at, width, message, "the row is ignored");
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
            let is_stated = |operation: &&Operation| *grant(row, operation) != Grant::Unstated;
            trace.record_line_if(row.label.at, operations.iter().any(is_stated));
        }
        GrantFact::AnyOf(sets) => {
            let has_all = |operation: &&Operation| match grant(row, operation) {
                Grant::AnyOf(known) => sets.iter().all(|set| {
                    let mut names = set.iter();
                    names.all(|name| known.iter().flatten().any(|known| *known == name.value))
                }),
                Grant::Unstated | Grant::NotSupported => false,
            };
            trace.record_line_if(row.label.at, operations.iter().any(has_all));
        }
    }
}

/// Returns the permissions of an operation for the account type of a row.
fn grant<'o>(row: &PermissionFact, operation: &'o Operation) -> &'o Grant {
    match row.account {
        Account::DelegatedWork => &operation.permissions.delegated_work,
        Account::DelegatedPersonal => &operation.permissions.delegated_personal,
        Account::Application => &operation.permissions.application,
    }
}

fn url_parameter(
    row: &UrlParameterFact,
    operations: &[&Operation],
    trace: &mut PageTrace,
    report: &mut Report,
) {
    let (name, at) = (row.row.name.value.trim(), row.row.name.at);
    let is_in_model = has_parameter(operations, ParameterPlace::Query, name)
        || operations
            .iter()
            .any(|operation| is_in_path(operation, name) || is_in_body(operation, name));
    if is_in_model {
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
    trace.record_line(at, Status::Problem(code));
}

fn has_parameter(operations: &[&Operation], place: ParameterPlace, name: &str) -> bool {
    let parameters = operations
        .iter()
        .flat_map(|operation| &operation.parameters);
    let name = name.trim();
    parameters
        .filter(|parameter| parameter.place == place)
        .any(|parameter| parameter.name.eq_ignore_ascii_case(name))
}

/// Returns whether the body of an action has a parameter with a name.
fn is_in_body(operation: &Operation, name: &str) -> bool {
    match &operation.body {
        Body::Parameters(parameters) => parameters.iter().any(|parameter| parameter.name == name),
        Body::None | Body::Value(_) | Body::Reference(_) | Body::Stream | Body::Undefined => false,
    }
}

/// Returns whether a path has a placeholder or function parameter with a name.
fn is_in_path(operation: &Operation, name: &str) -> bool {
    let folded = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let wanted = folded(name);
    operation.path.segments.iter().any(|segment| match segment {
        Segment::Key(key) | Segment::ItemPath(key) => folded(&key.name) == wanted,
        Segment::AlternateKey(properties) => properties.iter().any(|property| {
            property.name.eq_ignore_ascii_case(name) || folded(&property.key.name) == wanted
        }),
        Segment::Function { parameters, .. } => parameters
            .iter()
            .any(|parameter| parameter.name.eq_ignore_ascii_case(name)),
        _ => false,
    })
}

/// Returns whether an operation was built from a request line: the method and all names of the path are equal.
fn is_built_from(line: &RequestLineFact, operation: &Operation) -> bool {
    if operation.origin == line.at {
        return true;
    }
    if operation.method != line.method {
        return false;
    }
    let mut segments = operation.path.segments.iter().peekable();
    let is_same_path = line.segments.iter().all(|fact| {
        let is_same = segments
            .next()
            .is_some_and(|segment| matches_segment(segment, fact));
        // A key in parentheses is a segment of its own in the model.
        if matches!(fact, SegmentFact::Call { .. }) {
            segments.next_if(|next| matches!(next, Segment::Key(_) | Segment::AlternateKey(_)));
        }
        is_same
    });
    is_same_path && segments.next().is_none()
}

fn matches_segment(segment: &Segment, fact: &SegmentFact) -> bool {
    let name = match segment {
        Segment::Key(_) | Segment::ItemPath(_) | Segment::AlternateKey(_) => return true,
        Segment::Name(name) | Segment::Action(name) | Segment::Function { name, .. } => name,
        Segment::Cast(name) => &name.name,
        Segment::Ref => "$ref",
        Segment::Value => "$value",
        Segment::Count => "$count",
    };
    let written = match fact {
        SegmentFact::Name(written) | SegmentFact::Call { name: written, .. } => written,
        SegmentFact::ItemPath(written) | SegmentFact::Key(written) => written,
        SegmentFact::AlternateKey(_) => return false,
    };
    local_name(written).eq_ignore_ascii_case(local_name(name))
}
