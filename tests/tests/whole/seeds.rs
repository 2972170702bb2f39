//! Real pages in three renditions: what each says, and that two renditions of one page say the same.

use std::fs;

use generator::facts::{
    self, BodyFact, GrantFact, PageFacts, PageKind, PermissionFact, PropertyFact, Rendition,
};
use generator::model::ApiVersion;
use generator::report::{Level, Report};
use generator::source::{Source, Sources};
use graphwright_tests::real_documentation;

/// The facts of the seed page with this number.
fn seed(number: &str) -> (PageFacts, Report) {
    let path = real_documentation::seed(number);
    let name = path
        .file_name()
        .expect("a seed is a file")
        .to_string_lossy();
    let source = Source {
        path: name.clone().into_owned(),
        text: fs::read_to_string(&path).expect("the page is text"),
    };
    let sources = Sources::new(vec![source]);
    let file = sources.find(&name).expect("the page is among the sources");
    facts::extract_page(&sources, file)
}

fn properties(facts: &PageFacts) -> &[PropertyFact] {
    let operation = facts
        .operation
        .as_ref()
        .expect("the page describes a request");
    &operation.request_body.properties
}

/// What any rendition can carry of a row: no link targets, no ticks.
fn row(property: &PropertyFact) -> (String, String, bool, String, Vec<String>) {
    let phrase = &property.type_phrase.value;
    (
        property.name.value.clone(),
        phrase.names[0].text.clone(),
        phrase.collection,
        property.description.value.replace('`', ""),
        property.values.clone(),
    )
}

fn permission(row: &PermissionFact) -> (String, Vec<Vec<String>>) {
    let names = match &row.grant {
        GrantFact::AnyOf(alternatives) => alternatives
            .sets
            .iter()
            .map(|set| set.iter().map(|name| name.value.clone()).collect())
            .collect(),
        _ => Vec::new(),
    };
    (row.account.name().to_owned(), names)
}

fn body(body: &Option<BodyFact>) -> serde_json::Value {
    let body = body.as_ref().expect("the message has a body");
    assert!(body.json.is_some());
    serde_json::from_str(&body.text.value).expect("the body is JSON")
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn raw_markdown_and_plain_text_say_the_same() {
    let ((plain, _), (raw, _)) = (seed("003"), seed("004"));
    assert_eq!(plain.rendition, Rendition::PlainText);
    assert_eq!(raw.rendition, Rendition::Markdown);
    assert_eq!(plain.kind, raw.kind);
    assert_eq!(plain.version, raw.version);
    let text =
        |text: &Option<generator::source::At<String>>| text.as_ref().map(|text| text.value.clone());
    assert_eq!(text(&plain.title), text(&raw.title));
    assert_eq!(text(&plain.namespace), text(&raw.namespace));
    assert_eq!(text(&plain.summary), text(&raw.summary));
    let rows = |facts: &PageFacts| properties(facts).iter().map(row).collect::<Vec<_>>();
    assert_eq!(rows(&plain).len(), 10);
    assert_eq!(rows(&plain), rows(&raw));
    let (Some(left), Some(right)) = (&plain.operation, &raw.operation) else {
        panic!("both pages describe a request");
    };
    let permissions = |rows: &[PermissionFact]| rows.iter().map(permission).collect::<Vec<_>>();
    assert_eq!(permissions(&left.permissions).len(), 3);
    assert_eq!(
        permissions(&left.permissions),
        permissions(&right.permissions)
    );
    for (left, right) in left.request_lines.iter().zip(&right.request_lines) {
        assert_eq!(
            (left.method, &left.template),
            (right.method, &right.template)
        );
        assert_eq!(left.segments, right.segments);
    }
    assert_eq!(left.request_lines.len(), 1);
    assert_eq!(right.request_lines.len(), 1);
    let headers = |operation: &facts::OperationFacts| {
        let rows = operation.request_headers.iter();
        rows.map(|row| (row.name.value.clone(), row.text.clone(), row.required))
            .collect::<Vec<_>>()
    };
    assert_eq!(headers(left), headers(right));
    assert_eq!((left.examples.len(), right.examples.len()), (1, 1));
    let (left, right) = (&left.examples[0], &right.examples[0]);
    let (Some(request), Some(other)) = (&left.request, &right.request) else {
        panic!("both examples have a request");
    };
    assert_eq!(
        (request.method, &request.url, &request.headers),
        (other.method, &other.url, &other.headers)
    );
    assert_eq!(body(&request.body), body(&other.body));
    let (Some(response), Some(other)) = (&left.response, &right.response) else {
        panic!("both examples have a response");
    };
    assert_eq!(
        (response.status, &response.headers),
        (other.status, &other.headers)
    );
    assert_eq!(body(&response.body), body(&other.body));
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn piped_text_of_a_beta_page() {
    let (facts, report) = seed("001");
    assert_eq!(facts.rendition, Rendition::PipedText);
    assert_eq!(facts.kind, PageKind::Operation);
    assert_eq!(facts.version, Some(ApiVersion::Beta));
    assert_eq!(report.count(Level::Error), 0);
    assert_eq!(facts.callouts.len(), 2);
    assert_eq!(
        facts.clouds.iter().filter(|cloud| cloud.supported).count(),
        4
    );
    let rows = properties(&facts);
    assert_eq!(rows.len(), 19);
    let state = rows.iter().find(|row| row.name.value == "partnerState");
    assert_eq!(state.map(|row| row.values.len()), Some(7));
    let operation = facts.operation.as_ref().expect("it is an api page");
    assert_eq!(operation.permissions.len(), 3);
    assert_eq!(
        operation
            .response
            .statuses
            .iter()
            .map(|status| status.value)
            .collect::<Vec<_>>(),
        [200]
    );
    assert_eq!(operation.examples.len(), 1);
    let response = operation.examples[0]
        .response
        .as_ref()
        .expect("there is a response");
    assert_eq!(
        body(&response.body).as_object().map(serde_json::Map::len),
        Some(20)
    );
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn raw_markdown_of_a_beta_page() {
    let (facts, report) = seed("000");
    assert_eq!(facts.version, Some(ApiVersion::Beta));
    assert_eq!(properties(&facts).len(), 21);
    assert_eq!(report.count(Level::Error), 0);
    let state = &properties(&facts)[2];
    let name = &state.type_phrase.value.names[0];
    assert_eq!(name.text, "mobileThreatPartnerTenantState");
    assert!(
        name.target
            .as_ref()
            .is_some_and(|target| target.ends_with("tenantstate.md"))
    );
    assert_eq!((state.name.at.line, state.name.at.column), (56, 2));
    assert!(
        facts
            .ledger
            .iter()
            .all(|entry| entry.outcome != facts::Outcome::Unaccounted)
    );
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn a_page_that_explains_has_no_facts() {
    let (facts, report) = seed("002");
    assert_eq!(facts.kind, PageKind::Conceptual);
    assert!(facts.operation.is_none() && facts.resources.is_empty() && facts.enums.is_empty());
    assert_eq!(report.count(Level::Error), 0);
}
