use generator::emit::ManifestSettings;
use generator::source::Source;
use generator::{Progress, Selection, Settings};

use super::test_run::Finding;
use super::*;

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

const RESOURCE: &str = "# shelf resource type\n\nNamespace: microsoft.graph\n\nA board. Inherits from [entity](entity.md).\n\n\
     ## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key.|\n|height|Int32|In centimetres.|\n";

/// Returns a page with one request line and one example.
fn page(url: &str, response: &str) -> String {
    format!(
        "# Get shelf\n\nNamespace: microsoft.graph\n\nReads a shelf.\n\n## HTTP request\n```http\nGET /shelves/{{id}}\n```\n\n\
         ## Response\nIf successful, this method returns a `200 OK` response code and a [shelf](../resources/shelf.md) \
         object.\n\n## Example\n### Request\n```http\nGET {url}\n```\n### Response\n```http\nHTTP/1.1 200 OK\n\
         Content-Type: application/json\n\n{response}\n```\n"
    )
}

/// Returns the summary of the page when the tests report the given findings about the response.
fn summary(url: &str, response: &str, findings: &[Finding]) -> Summary {
    let file = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    let sources = Sources::new(vec![
        file("v1.0/api/shelf-get.md", page(url, response)),
        file("v1.0/resources/shelf.md", RESOURCE.to_owned()),
    ]);
    let settings = Settings {
        selection: Selection::default(),
        corrections: &Default::default(),
        manifest: ManifestSettings::Workspace,
    };
    let generated = generator::generate(&sources, &settings, &Silent);
    let analysis = generated.analysis;
    let facts = analysis.pages[0].operation.as_ref().unwrap();
    let at = facts.examples[0].response.as_ref().unwrap().at;
    let key = ("v1.0/api/shelf-get.md".to_owned(), u64::from(at.line));
    let findings_by_line = Findings::from([(key, findings.to_vec())]);
    Summary::new(&sources, &analysis, &findings_by_line)
}

/// Checks the outcomes of the request and the response when the tests report the given findings about the response.
fn check(url: &str, response: &str, findings: &[Finding], expected: [&str; 2]) {
    let summary = summary(url, response, findings);
    let shown: Vec<String> = summary
        .messages
        .iter()
        .map(|message| {
            let outcome = match &message.outcome {
                Outcome::Passed => "passed",
                Outcome::Problem(code) => code.id(),
                Outcome::OwnFailure(_) => "own failure",
            };
            let remarks = message.remarks.iter().map(|code| format!(" {}", code.id()));
            format!("{outcome}{}", remarks.collect::<String>())
        })
        .collect();
    assert_eq!(shown, expected);
    let own_failures = expected
        .iter()
        .filter(|outcome| outcome.starts_with("own failure"));
    assert_eq!(summary.own_failures(), own_failures.count());
}

const URL: &str = "https://graph.microsoft.com/v1.0/shelves/7";

#[test]
fn messages_without_findings_pass() {
    check(URL, r#"{"height": 30}"#, &[], ["passed", "passed"]);
}

#[test]
fn messages_with_remarks_pass() {
    check(URL, r#"{"depth": 30}"#, &[], ["passed", "passed GW5003"]);
}

#[test]
fn failures_are_own_failures() {
    let failure = Finding::Failure("the response round-trips to".to_owned());
    check(
        URL,
        r#"{"height": 30}"#,
        &[failure],
        ["passed", "own failure"],
    );
}

#[test]
fn type_mismatches_need_a_contradiction() {
    let mismatch = [Finding::TypeMismatch("height".to_owned())];
    check(
        URL,
        r#"{"height": "x"}"#,
        &mismatch,
        ["passed", "passed GW5004"],
    );
    check(
        URL,
        r#"{"height": 30}"#,
        &mismatch,
        ["passed", "own failure"],
    );
}

#[test]
fn excused_differences_need_a_contradiction() {
    let excused = [Finding::Excused("the response cannot be read".to_owned())];
    check(URL, "[1]", &excused, ["passed", "GW5019"]);
    check(
        URL,
        r#"{"depth": 30}"#,
        &excused,
        ["passed", "own failure GW5003"],
    );
}

#[test]
fn excluded_examples_are_problems() {
    let other = "https://graph.microsoft.com/v1.0/boxes/7";
    check(other, "{}", &[], ["GW3029", "GW3029"]);
    check("https://example.com/x", "{}", &[], ["GW3031", "GW3031"]);
}

#[test]
fn shares_are_compared_with_a_minimum() {
    let url = "https://graph.microsoft.com/v1.0/shelves/7";
    let failure = [Finding::Failure("the response round-trips to".to_owned())];
    for (findings, expected) in [(&failure[..], [true, false]), (&[], [true, true])] {
        let summary = summary(url, "{}", findings);
        let reached = [Kind::Request, Kind::Response].map(|kind| summary.reaches(kind, 99.5));
        assert_eq!(reached, expected);
    }
    let empty = Summary {
        messages: Vec::new(),
    };
    assert!(!empty.reaches(Kind::Request, 98.0));
}
