//! In: what an api page says. Out: whether its rows, request lines and examples are in the operations of the model.

use super::Fate;
use super::reached::{Reached, bare};
use super::traces::Traces;
use crate::facts::{
    Account, GrantFact, NoMeaning, OperationFacts, PageFacts, PermissionFact, PropertyFact,
    RequestLineFact, SegmentFact, UrlParameterFact,
};
use crate::model::{Body, Grant, Operation, ParameterPlace, Segment};
use crate::report::{Code, Report};

/// A page that describes requests.
pub(super) struct OperationRows<'a> {
    pub(super) page: &'a PageFacts,
    pub(super) reached: &'a Reached<'a>,
}

impl OperationRows<'_> {
    pub(super) fn trace(&self, traces: &mut Traces, report: &mut Report) {
        let Some(facts) = &self.page.operation else {
            return;
        };
        let operations = self.reached.operations(self.page.file);
        if operations.is_empty() {
            // Without a request line that can be called there is no operation that anything could belong to.
            if facts.request_lines.is_empty() {
                traces.lose_rest(Code::NoRequestLine);
            }
            return;
        }
        for line in &facts.request_lines {
            let is_reached = operations.iter().any(|operation| is_of(line, operation));
            traces.line_or_loss(line.at, is_reached);
            traces.part_or_loss(line.at, is_reached);
        }
        for row in &facts.permissions {
            permission(row, operations, traces);
        }
        for header in &facts.request_headers {
            let is_reached = has_parameter(operations, ParameterPlace::Header, &header.name.value);
            traces.line_or_loss(header.name.at, is_reached);
        }
        for header in &facts.response_headers {
            traces.line(header.name.at, Fate::NoMeaning(NoMeaning::ResponseHeader));
        }
        for row in &facts.url_parameters {
            url_parameter(row, operations, traces, report);
        }
        for row in &facts.request_body.properties {
            self.body_row(row, operations, traces, report);
        }
        for cloud in &self.page.clouds {
            traces.line(cloud.at, Fate::NoMeaning(NoMeaning::NationalClouds));
        }
        self.examples(facts, traces);
    }

    fn body_row(
        &self,
        row: &PropertyFact,
        operations: &[&Operation],
        traces: &mut Traces,
        report: &mut Report,
    ) {
        let name = row.name.value.trim();
        let is_reached = operations.iter().any(|operation| match &operation.body {
            Body::Parameters(parameters) => {
                parameters.iter().any(|parameter| parameter.name == name)
            }
            Body::Value(ty) => self.reached.may_have_property(ty, without_annotation(name)),
            Body::Reference(_) => name.starts_with("@odata.id"),
            Body::None | Body::Stream | Body::Undefined => false,
        });
        if is_reached || traces.loss(row.name.at).is_some() {
            return traces.line_or_loss(row.name.at, is_reached);
        }
        let code = Code::BodyRowUnknown;
        let message = format!("`{name}` is nothing that the request sends");
        let width = name.chars().count();
        report.push(code, row.name.at, width, message, "the row adds nothing");
        traces.line(row.name.at, Fate::Problem(code));
    }

    fn examples(&self, facts: &OperationFacts, traces: &mut Traces) {
        for example in &facts.examples {
            let request = example.request.as_ref().map(|request| request.at);
            let response = example.response.as_ref().map(|response| response.at);
            let Some(first) = request.or(response) else {
                continue;
            };
            let is_reached = self.reached.is_example(first);
            traces.part_or_loss(first, is_reached);
            // A response goes where its request goes.
            if let (Some(at), Some(fate)) = (response, traces.at(first)) {
                traces.part(at, fate);
            }
        }
    }
}

/// The name of the property that `owner@odata.bind` is about.
fn without_annotation(name: &str) -> &str {
    match name.split_once('@') {
        Some((property, _)) if !property.is_empty() => property,
        _ => name,
    }
}

fn permission(row: &PermissionFact, operations: &[&Operation], traces: &mut Traces) {
    match &row.grant {
        GrantFact::Words(words) if words.trim().is_empty() => {
            traces.line(row.label.at, Fate::NoMeaning(NoMeaning::EmptyValue));
        }
        GrantFact::Words(_) => traces.line_or_loss(row.label.at, false),
        GrantFact::NotSupported => {
            let is_stated = |operation: &&Operation| *grant(row, operation) != Grant::Unstated;
            traces.line_or_loss(row.label.at, operations.iter().any(is_stated));
        }
        GrantFact::AnyOf(sets) => {
            let has_all = |operation: &&Operation| match grant(row, operation) {
                Grant::AnyOf(known) => sets.iter().all(|set| {
                    let mut names = set.iter();
                    names.all(|name| known.iter().flatten().any(|known| *known == name.value))
                }),
                Grant::Unstated | Grant::NotSupported => false,
            };
            traces.line_or_loss(row.label.at, operations.iter().any(has_all));
        }
    }
}

/// What an operation asks of the kind of account that a row is about.
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
    traces: &mut Traces,
    report: &mut Report,
) {
    let (name, at) = (row.row.name.value.trim(), row.row.name.at);
    let is_reached = has_parameter(operations, ParameterPlace::Query, name)
        || operations
            .iter()
            .any(|operation| is_in_path(operation, name));
    if is_reached {
        return traces.line(at, Fate::Reached);
    }
    let code = Code::UrlParameterUnknown;
    let message = format!("no request line of the page has `{name}`");
    report.push(
        code,
        at,
        name.chars().count(),
        message,
        "the row adds nothing",
    );
    traces.line(at, Fate::Problem(code));
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

/// Whether a path has a placeholder or a function's parameter with a name.
fn is_in_path(operation: &Operation, name: &str) -> bool {
    let folded = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let wanted = folded(name);
    operation.path.segments.iter().any(|segment| match segment {
        Segment::Key(key) | Segment::ItemPath(key) => folded(&key.name) == wanted,
        Segment::AlternateKey { property, key } => {
            property.eq_ignore_ascii_case(name) || folded(&key.name) == wanted
        }
        Segment::Function { parameters, .. } => parameters
            .iter()
            .any(|parameter| parameter.name.eq_ignore_ascii_case(name)),
        _ => false,
    })
}

/// Whether an operation was made of a request line: it has its method, and its names in their order.
fn is_of(line: &RequestLineFact, operation: &Operation) -> bool {
    if operation.origin == line.at {
        return true;
    }
    let segments = &operation.path.segments;
    operation.method == line.method
        && segments.len() == line.segments.len()
        && segments
            .iter()
            .zip(&line.segments)
            .all(|(segment, fact)| is_same(segment, fact))
}

fn is_same(segment: &Segment, fact: &SegmentFact) -> bool {
    let name = match segment {
        Segment::Key(_) | Segment::ItemPath(_) | Segment::AlternateKey { .. } => return true,
        Segment::Name(name) | Segment::Action(name) | Segment::Function { name, .. } => name,
        Segment::Cast(name) => &name.name,
        Segment::Ref => "$ref",
        Segment::Value => "$value",
        Segment::Count => "$count",
    };
    let written = match fact {
        SegmentFact::Name(written) | SegmentFact::Call { name: written, .. } => written,
        SegmentFact::ItemPath(written) | SegmentFact::Key(written) => written,
        SegmentFact::AlternateKey { .. } => return false,
    };
    bare(written).eq_ignore_ascii_case(bare(name))
}
