//! Collects the query and header parameters of an operation from all its pages.

use std::collections::BTreeSet;

use crate::facts::{SegmentFact, UrlParameterFact, UrlPlace};
use crate::model::{Docs, HttpMethod, OperationKind, Parameter, ParameterPlace};
use crate::report::Report;
use crate::resolve::names::is_identifier;
use crate::resolve::normalise::descriptions::description;
use crate::resolve::operations::contribution::Contribution;
use crate::resolve::type_phrases::TypeResolver;

/// Returns the parameters of all pages, each once.
pub(crate) fn collect_parameters(
    contributions: &[Contribution],
    kind: OperationKind,
    types: &TypeResolver,
    report: &mut Report,
) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |parameter: Parameter| {
        let name = parameter.name.to_ascii_lowercase();
        if seen.insert((parameter.place, name, parameter.value.clone())) {
            parameters.push(parameter);
        }
    };
    for contribution in contributions {
        for row in &contribution.operation.facts.url_parameters {
            if row_place(contribution, kind, row) == RowPlace::Query {
                add(row_parameter(contribution, row, types, report));
            }
        }
        query_string_parameters(contribution).for_each(&mut add);
        header_parameters(contribution).for_each(&mut add);
    }
    parameters
}

/// What a row of a parameter table describes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowPlace {
    /// A placeholder of the path.
    Path,
    /// A parameter of the query.
    Query,
    /// A property of the body of an action.
    Body,
}

/// Returns what a row describes. If its heading does not say, the request line decides: a row without a placeholder in the path
/// is in the body of an action, and in the query of other operations.
pub(crate) fn row_place(
    contribution: &Contribution,
    kind: OperationKind,
    row: &UrlParameterFact,
) -> RowPlace {
    let name = &row.row.name.value;
    match row.place {
        UrlPlace::Query => RowPlace::Query,
        UrlPlace::Unsaid if !is_in_path(contribution, name) => {
            let takes_body = kind == OperationKind::Action
                && contribution.line.method == HttpMethod::Post
                && !name.trim().starts_with('$');
            let is_in_query = || {
                query_string_parameters(contribution)
                    .any(|parameter| parameter.name.eq_ignore_ascii_case(name.trim()))
            };
            match takes_body && !is_in_query() {
                true => RowPlace::Body,
                false => RowPlace::Query,
            }
        }
        UrlPlace::Unsaid | UrlPlace::Path | UrlPlace::Function => RowPlace::Path,
    }
}

fn row_parameter(
    contribution: &Contribution,
    row: &UrlParameterFact,
    types: &TypeResolver,
    report: &mut Report,
) -> Parameter {
    let row = &row.row;
    let page = contribution.operation.page;
    let has_type = !row.type_phrase.value.names.is_empty();
    Parameter {
        name: row.name.value.trim().to_owned(),
        value: None,
        place: ParameterPlace::Query,
        ty: has_type.then(|| types.resolve_and_report(&row.type_phrase, page, report)),
        required: row.required,
        docs: Docs {
            description: description(&row.description.value, false),
            deprecated: row.deprecated.clone(),
        },
        origin: row.name.at,
    }
}

/// Whether a name is a placeholder of the path.
fn is_in_path(contribution: &Contribution, name: &str) -> bool {
    let name = name.trim();
    let mut segments = contribution.line.segments.iter();
    segments.any(|segment| match segment {
        SegmentFact::Key(words) | SegmentFact::ItemPath(words) => {
            words.trim().eq_ignore_ascii_case(name)
        }
        SegmentFact::AlternateKey(values) => values
            .iter()
            .any(|(property, _)| property.eq_ignore_ascii_case(name)),
        SegmentFact::Call { arguments, .. } => arguments
            .iter()
            .any(|(argument, _)| argument.trim().eq_ignore_ascii_case(name)),
        SegmentFact::Name(_) => false,
    })
}

/// Returns the parameters in the query string of the request line. The system query options, which start with `$`, are offered
/// by every operation and left out here.
fn query_string_parameters(contribution: &Contribution) -> impl Iterator<Item = Parameter> {
    let query = contribution.line.query.as_deref().unwrap_or_default();
    let origin = contribution.line.at;
    query
        .split('&')
        .map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name).trim())
        .filter(|name| is_identifier(name))
        .map(move |name| Parameter {
            name: name.to_owned(),
            value: None,
            place: ParameterPlace::Query,
            ty: None,
            required: false,
            docs: Docs::default(),
            origin,
        })
}

fn header_parameters(contribution: &Contribution) -> impl Iterator<Item = Parameter> {
    let headers = contribution.operation.facts.request_headers.iter();
    headers.map(|header| Parameter {
        name: header.name.value.trim().to_owned(),
        value: header.value.clone(),
        place: ParameterPlace::Header,
        ty: None,
        required: header.required,
        docs: Docs {
            description: header.text.clone(),
            deprecated: None,
        },
        origin: header.name.at,
    })
}
