//! Pages are data: whatever names and words they hold, the output is the declarations that the generator writes, and stays in
//! its folder.

use generator::emit::{File, ManifestSettings};
use generator::source::{Source, Sources};
use generator::{Selection, Settings};
use proptest::prelude::*;

use crate::documentation::{self, Silent};
use crate::harmless::check;

/// Texts that would like to be more.
const WORDS: &[&str] = &[
    "plain",
    "*/ pub fn pwned() {} /*",
    "\"]; pub fn pwned() {} //",
    "\")] pub fn pwned() {} #[doc = \"",
    "} } pub fn pwned() {} mod x { fn y() {",
    "#[doc = include_str!(\"/etc/passwd\")]",
    "#![feature(x)]",
    "std::process::exit(1)",
    "include!(\"/etc/passwd\")",
    "compile_error!(\"pwned\")",
    "../../../../etc/passwd",
    "..",
    "/etc/passwd",
    "C:\\windows",
    "con",
    "self",
    "Self",
    "crate",
    "super",
    "r#self",
    "r#type",
    "type",
    "fn",
    "async",
    "gen",
    "try",
    "_",
    "__",
    "'static",
    "Option",
    "String",
    "Vec",
    "Box",
    "Default",
    "runtime",
    "types",
    "builders",
    "additionalProperties",
    "new",
    "Unlisted",
    "Client",
    "requests",
    "ID",
    "id",
    "Id",
    "iD",
    "0",
    "8.0",
    "8_0",
    "\u{202e}detrever\u{202c}",
    "\u{2066}x\u{2069}",
    "zero\u{200b}width\u{feff}",
    "nul\u{0}l",
    "bell\u{7}",
    "line\u{2028}separator",
    "carriage\rreturn",
    "🦀",
    "größe",
    "名前",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[`Vec`]",
    "[x]: https://example.com/",
    "![x](file:///etc/passwd)",
    "```\nfn pwned() {}\n```",
    "``` rust",
    "~~~",
    "    indented code",
    "# heading",
    "{}",
    "{0}",
    "{{pwned}}",
    "$(touch pwned)",
    "%2e%2e%2f",
    "@odata.type",
    "microsoft.graph.entity",
    "Edm.String",
    "Collection(String)",
    "a|b",
    "a`b",
    "a\\",
    "\\\"",
    "'",
    "''",
    "(x='y')",
    "{id}",
    "$ref",
    "$value",
    "$count",
    "[[test]]\nname = \"x\"",
];

fn word() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS).prop_map(str::to_owned);
    prop_oneof![
        6 => word.clone(),
        2 => (word.clone(), word).prop_map(|(left, right)| format!("{left}{right}")),
        1 => "\\PC{1,12}",
        1 => Just("VeryLongName".repeat(400)),
    ]
}

/// Pages with places for words: `«0»` and so on.
const RESOURCE: &str = "---\ntitle: \"«0» resource type\"\nms.subservice: \"«1»\"\ndoc_type: resourcePageType\n---\n\n# «2» resource type\n\nNamespace: microsoft.graph«3»\n\n«4»\n\nInherits from [«5»](../resources/«5».md).\n\n## Properties\n|Property|Type|Description|\n|:--|:--|:--|\n|«6»|String|«7» Read-only. Possible values are: `«8»`, `«9»`. Default value is `«10»`.|\n|«11»|«12»|«13» Required.|\n|kind|[«14»](../resources/«14».md)|«15»|\n|«16» (deprecated)|[widget](widget.md) collection|**Deprecated**: «17»|\n\n## Relationships\n|Relationship|Type|Description|\n|:--|:--|:--|\n|«18»|[«2»](x.md) collection|«19»|\n\n## JSON representation\n<!-- {\n  \"blockType\": \"resource\",\n  \"keyProperty\": \"«6»\",\n  \"@odata.type\": \"microsoft.graph.«2»\"\n}-->\n``` json\n{\n  \"«6»\": \"String\",\n  \"«20»\": {\"@odata.type\": \"microsoft.graph.«2»\"}\n}\n```\n";

const ENUM: &str = "---\ntitle: \"«14» enum type\"\nms.subservice: \"«1»\"\ndoc_type: enumPageType\n---\n\n# «14» enum type\n\nNamespace: microsoft.graph\n\n«21»\n\n## Members\n|Member|Value|Description|\n|:--|:--|:--|\n|«22»|0|«23»|\n|«24»|«25»|«26»|\n|unknownFutureValue|3|«27»|\n";

const OPERATION: &str = "---\ntitle: \"Get «2»\"\nms.subservice: \"«1»\"\ndoc_type: apiPageType\n---\n\n# Get «28»\n\nNamespace: microsoft.graph\n\n«29»\n\n## Permissions\n|Permission type|Permissions (from least to most privileged)|\n|:--|:--|\n|Delegated (work or school account)|«30», Good.Read.All|\n|Application|«31»|\n\n## HTTP request\n``` http\nGET /«32»/{«33»}/«34»\nPOST /«32»/{id}/«35»\nGET /«32»/{id}/things/call(name='{«36»}',x={«37»})\n```\n\n## Request headers\n|Name|Description|\n|:--|:--|\n|«38»|«39»|\n\n## Request body\n|Parameter|Type|Description|\n|:--|:--|:--|\n|«40»|«12»|«41»|\n\n## Response\nIf successful, this method returns a `200 OK` response code and a [«2»](../resources/«2».md) object in the response body.\n\n## Example\n\n### Request\n<!-- { \"blockType\": \"request\", \"name\": \"«42»\" }-->\n``` http\nGET https://graph.microsoft.com/v1.0/«32»/1/«34»?$filter=«43»\n«38»: «44»\n```\n\n### Response\n<!-- { \"blockType\": \"response\", \"@odata.type\": \"microsoft.graph.«2»\" }-->\n``` http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{\n  \"«6»\": \"«45»\",\n  \"«46»\": [1, null]\n}\n```\n";

const PLACES: usize = 47;

/// Words that ask for nothing.
fn plain_words() -> Vec<String> {
    (0..PLACES).map(|index| format!("plain{index}")).collect()
}

fn filled(template: &str, words: &[String]) -> String {
    let mut text = template.to_owned();
    for (index, word) in words.iter().enumerate() {
        text = text.replace(&format!("«{index}»"), word);
    }
    text
}

/// Three pages, each in a file that is named by the words as well.
fn pages(words: &[String]) -> Sources {
    let page = |folder: &str, name: &str, template: &str| Source {
        path: format!("v1.0/{folder}/{name}.md"),
        text: filled(template, words),
    };
    Sources::new(vec![
        page("resources", &words[2], RESOURCE),
        page("resources", &words[14], ENUM),
        page("resources", "widget", RESOURCE),
        page("api", &format!("{}-get", words[28]), OPERATION),
    ])
}

fn generate(sources: &Sources) -> Vec<File> {
    let settings = Settings {
        corrections: &documentation::corrections(),
        selection: Selection::default(),
        manifest: ManifestSettings::Package(Box::default()),
    };
    generator::generate(sources, &settings, &Silent).files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_of_pages_stay_words(words in prop::collection::vec(word(), PLACES)) {
        check(&generate(&pages(&words)));
    }
}

#[test]
fn each_word_in_each_place() {
    // A word in every place at once might hide what it does in one: each page has it in every fourth.
    for word in WORDS {
        for start in 0..4 {
            let mut words = plain_words();
            for place in (start..PLACES).step_by(4) {
                words[place] = (*word).to_owned();
            }
            check(&generate(&pages(&words)));
        }
    }
}

#[test]
fn plain_pages_give_all_that_they_say() {
    let words = plain_words();
    let files = generate(&pages(&words));
    check(&files);
    let all: String = files.iter().map(|file| file.text.as_str()).collect();
    // So the places are looked at, and the other tests do not hold for empty output.
    for name in [
        "struct Plain2",
        "enum Plain14",
        "plain6:",
        "plain11:",
        "plain18:",
        "Plain22",
        "fn plain32(",
        "fn plain34(",
    ] {
        assert!(all.contains(name), "{name} is not in:\n{all}");
    }
}

#[test]
fn own_pages_do_no_harm() {
    check(&generate(&documentation::own_sources()));
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn real_pages_do_no_harm() {
    check(&generate(&documentation::real_sources("2021-07")));
}
