use generator::emit::ManifestSettings;
use generator::source::Source;
use generator::{Progress, Selection, Settings};

use super::*;

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

const RESOURCE: &str = "# shelf resource type\n\nNamespace: microsoft.graph\n\nA board. Inherits from [entity](entity.md).\n\n\
     ## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key.|\n|height|Int32|In centimetres.|\n";

/// A page with one request line, and an example.
fn page(url: &str, response: &str) -> String {
    format!(
        "# Get shelf\n\nNamespace: microsoft.graph\n\nReads a shelf.\n\n## HTTP request\n```http\nGET /shelves/{{id}}\n```\n\n\
         ## Response\nIf successful, this method returns a `200 OK` response code and a [shelf](../resources/shelf.md) \
         object.\n\n## Example\n### Request\n```http\nGET {url}\n```\n### Response\n```http\nHTTP/1.1 200 OK\n\
         Content-Type: application/json\n\n{response}\n```\n"
    )
}

/// The balance of the page, if the tests say this about the response.
fn balance(url: &str, response: &str, said: &[Said]) -> Balance {
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
    let tried = Tried::from([(key, said.to_vec())]);
    Balance::new(&sources, &analysis, &tried)
}

/// The outcomes of the request and the response, if the tests say this about the response.
fn check(url: &str, response: &str, said: &[Said], expected: [&str; 2]) {
    let balance = balance(url, response, said);
    let shown: Vec<String> = balance
        .halves
        .iter()
        .map(|half| {
            let outcome = match &half.fate {
                Fate::Passed => "passed",
                Fate::Problem(code) => code.id(),
                Fate::OwnFailure(_) => "own failure",
            };
            let remarks = half.remarks.iter().map(|code| format!(" {}", code.id()));
            format!("{outcome}{}", remarks.collect::<String>())
        })
        .collect();
    assert_eq!(shown, expected);
    let own = expected
        .iter()
        .filter(|outcome| outcome.starts_with("own failure"));
    assert_eq!(balance.own_failures(), own.count());
}

const URL: &str = "https://graph.microsoft.com/v1.0/shelves/7";

#[test]
fn what_nothing_is_said_about_has_passed() {
    check(URL, r#"{"height": 30}"#, &[], ["passed", "passed"]);
}

#[test]
fn remarks_keep_nothing_from_passing() {
    check(URL, r#"{"depth": 30}"#, &[], ["passed", "passed GW5003"]);
}

#[test]
fn faults_are_our_own() {
    let fault = Said::Fault("the response round-trips to".to_owned());
    check(
        URL,
        r#"{"height": 30}"#,
        &[fault],
        ["passed", "own failure"],
    );
}

#[test]
fn misfits_need_a_contradiction() {
    let misfit = [Said::Misfit("height".to_owned())];
    check(
        URL,
        r#"{"height": "x"}"#,
        &misfit,
        ["passed", "passed GW5004"],
    );
    check(URL, r#"{"height": 30}"#, &misfit, ["passed", "own failure"]);
}

#[test]
fn what_is_excused_is_a_problem() {
    let excused = [Said::Excused("the response cannot be read".to_owned())];
    check(URL, "[1]", &excused, ["passed", "GW5019"]);
    check(
        URL,
        r#"{"depth": 30}"#,
        &excused,
        ["passed", "own failure GW5003"],
    );
}

#[test]
fn what_is_left_out_is_a_problem() {
    let other = "https://graph.microsoft.com/v1.0/boxes/7";
    check(other, "{}", &[], ["GW3029", "GW3029"]);
    check("https://example.com/x", "{}", &[], ["GW3031", "GW3031"]);
}

#[test]
fn shares_are_held_to_a_least() {
    let url = "https://graph.microsoft.com/v1.0/shelves/7";
    let fault = [Said::Fault("the response round-trips to".to_owned())];
    for (said, expected) in [(&fault[..], [true, false]), (&[], [true, true])] {
        let balance = balance(url, "{}", said);
        let reached = [Kind::Request, Kind::Response].map(|kind| balance.reaches(kind, 99.5));
        assert_eq!(reached, expected);
    }
    let nothing = Balance { halves: Vec::new() };
    assert!(!nothing.reaches(Kind::Request, 98.0));
}
