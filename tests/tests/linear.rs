//! The generator takes time proportional to its input: for twice the input, it allocates at most a little more than twice the
//! memory. Counted bytes, unlike durations, are the same in every run.

use allocation_counter::measure;
use generator::emit::ManifestSettings;
use generator::export::{to_csdl, to_openapi};
use generator::resolve::Corrections;
use generator::source::{Source, Sources};
use generator::{Progress, Selection, Settings};

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

/// The number of repetitions in the smaller input.
const COUNT: usize = 400;

/// Twice the input may allocate this many times the memory, in percent. A quadratic step would take 400.
const MAX_PERCENT: u64 = 260;

const THING: &str = "# thing resource type\n\nNamespace: microsoft.graph\n\nA thing.\n\n## Properties\n|Property|Type|Description|\n\
     |:--|:--|:--|\n|id|String|The key.|\n";

/// Returns the page of an operation with the lines of its request block and the sections below.
fn operation(lines: &str, sections: &str) -> Vec<(String, String)> {
    let page = format!(
        "# Get thing\n\nNamespace: microsoft.graph\n\n## HTTP request\n``` http\n{lines}\n```\n\n{sections}\n\n## Response\nIf \
         successful, this method returns a `200 OK` response code and a [thing](../resources/thing.md) object in the response body.\n"
    );
    vec![
        ("v1.0/resources/thing.md".to_owned(), THING.to_owned()),
        ("v1.0/api/thing-get.md".to_owned(), page),
    ]
}

fn repeat(count: usize, item: impl Fn(usize) -> String, separator: &str) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(separator)
}

/// Returns the bytes that a run of the generator with all exports allocates.
fn allocated(pages: &[(String, String)]) -> u64 {
    let pages = pages.iter().map(|(path, text)| Source {
        path: path.clone(),
        text: text.clone(),
    });
    let sources = Sources::new(pages.collect());
    let run = || {
        let corrections = Corrections::default();
        let settings = Settings {
            corrections: &corrections,
            selection: Selection::default(),
            manifest: ManifestSettings::Workspace,
        };
        let generated = generator::generate(&sources, &settings, &Silent);
        for api in &generated.analysis.model.apis {
            to_csdl(api);
            to_openapi(api);
        }
    };
    // Allocations are counted per thread.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.expect("a thread can be started");
    pool.install(|| measure(run).bytes_total)
}

fn check(name: &str, pages: impl Fn(usize) -> Vec<(String, String)>) {
    let (once, twice) = (allocated(&pages(COUNT)), allocated(&pages(2 * COUNT)));
    assert!(
        twice * 100 <= once * MAX_PERCENT,
        "{name}: {once} bytes for {COUNT} repetitions, {twice} for twice as many"
    );
}

#[test]
fn request_lines() {
    check("many lines", |count| {
        operation(
            &repeat(count, |n| format!("GET /things/{{id}}/part{n}"), "\n"),
            "",
        )
    });
    check("parameters of a function", |count| {
        let parameters = repeat(count, |n| format!("p{n}={{p{n}}}"), ",");
        operation(&format!("GET /things/call({parameters})"), "")
    });
    check("parameters of one name", |count| {
        let parameters = repeat(count, |_| "p={p}".to_owned(), ",");
        operation(&format!("GET /things/call({parameters})"), "")
    });
    // A path that is too long is ignored.
    check("segments", |count| {
        operation(&format!("GET /things{}", "/{id}/a".repeat(4 * count)), "")
    });
    check("addresses", |count| {
        operation(&format!("GET /things{}", "/http://a".repeat(4 * count)), "")
    });
}

#[test]
fn tables() {
    let table = |heading: &str, rows: String| {
        format!("## {heading}\n|Name|Type|Description|\n|:--|:--|:--|\n{rows}")
    };
    check("headers", |count| {
        let rows = repeat(count, |n| format!("|header{n}|String|Any.|"), "\n");
        operation("GET /things/{id}", &table("Request headers", rows))
    });
    check("parameters of an action", |count| {
        let rows = repeat(count, |n| format!("|parameter{n}|String|Any.|"), "\n");
        operation("POST /things/{id}/go", &table("Request body", rows))
    });
    check("permissions", |count| {
        let permissions = repeat(count, |n| format!("Thing{n}.Read"), ", ");
        let section = format!(
            "## Permissions\n|Permission type|Permissions (from least to most privileged)|\n|:--|:--|\n|Application|{permissions}|\n"
        );
        operation("GET /things/{id}", &section)
    });
}

#[test]
fn examples() {
    check("unknown keys", |count| {
        let json = repeat(count, |n| format!("\"key{n}\": 1"), ", ");
        operation(
            "GET /things/{id}",
            &format!(
                "## Example\n### Request\n``` http\nGET https://graph.microsoft.com/v1.0/things/1\n```\n### Response\n``` http\n\
                 HTTP/1.1 200 OK\nContent-Type: application/json\n\n{{{json}}}\n```\n"
            ),
        )
    });
}

#[test]
fn descriptions() {
    check("addresses", |count| {
        let page = THING.replace("A thing.", &"http://".repeat(count));
        vec![("v1.0/resources/thing.md".to_owned(), page)]
    });
}
