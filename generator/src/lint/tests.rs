//! Small pages with comments that allow problems, and the findings on them.

use std::collections::BTreeSet;

use super::{Finding, SimilarNames, collect, correct};
use crate::report::{Code, Report};
use crate::source::{Location, Source, Sources};
use crate::{Corrections, Progress, analyze};

fn sources(pages: &[(&str, &str)]) -> Sources {
    let pages = pages.iter().map(|(path, text)| Source {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    });
    Sources::new(pages.collect())
}

/// Checks the findings on a page that has a problem of the rule `undefined-type` on the given lines: `line rule`, with the reason
/// of those that are allowed.
#[track_caller]
fn check(page: &str, lines: &[u32], expected: &[&str]) {
    let sources = sources(&[("v1.0/resources/lamp.md", page)]);
    let mut report = Report::new();
    for line in lines {
        let at = Location {
            file: sources.find("v1.0/resources/lamp.md").unwrap(),
            line: *line,
            column: 1,
        };
        report.push(Code::UndefinedType, at, 0, "message", "action");
    }
    let findings = collect(report.problems().iter(), &sources);
    let found: Vec<String> = findings
        .iter()
        .map(|finding| {
            let problem = &finding.problem;
            let allowed = finding.allowed.as_ref();
            let reason = allowed.map_or(String::new(), |reason| format!(": {reason}"));
            format!("{} {}{reason}", problem.at.line, problem.code.rule())
        })
        .collect();
    assert_eq!(found, expected, "{page}");
}

const ALLOW: &str = "<!-- graphwright: allow(undefined-type) planned -->";

#[test]
fn comments_apply_to_the_next_block() {
    check(
        &format!("# A\n{ALLOW}\n|a|\n|b|\n\n|c|\n"),
        &[3, 4, 6],
        &[
            "3 undefined-type: planned",
            "4 undefined-type: planned",
            "6 undefined-type",
        ],
    );
    check(
        &format!("# A\n{ALLOW}\n<!-- {{\n\n}} -->\n```json\n\n{{}}\n```\nx\n\ny\n"),
        &[3, 8, 10, 12],
        &[
            "3 undefined-type: planned",
            "8 undefined-type: planned",
            "10 undefined-type: planned",
            "12 undefined-type",
        ],
    );
}

#[test]
fn comments_apply_to_sections_pages_and_lines() {
    check(
        &format!("# A\n{ALLOW}\n## B\nx\n### C\ny\n## D\nz\n"),
        &[4, 6, 8],
        &[
            "4 undefined-type: planned",
            "6 undefined-type: planned",
            "8 undefined-type",
        ],
    );
    check(
        &format!("---\ntitle: a\n---\n{ALLOW}\n# A\n## B\nx\n"),
        &[1, 7],
        &["1 undefined-type: planned", "7 undefined-type: planned"],
    );
    check(
        &format!("# A\nx {ALLOW}\ny\n"),
        &[2, 3],
        &["2 undefined-type: planned", "3 undefined-type"],
    );
}

#[test]
fn invalid_and_unused_comments_are_findings() {
    check(&format!("# A\n{ALLOW}\nx\n"), &[], &["2 unused-allow"]);
    check(
        "# A\n<!-- graphwright: allow(undefined-type) -->\nx\n",
        &[3],
        &["2 invalid-allow", "3 undefined-type"],
    );
    check(
        "# A\n<!-- graphwright: allow(undefned-type) why -->\nx\n",
        &[],
        &["2 invalid-allow"],
    );
    check(
        "# A\n<!-- graphwright: ignore\n-->\n",
        &[],
        &["2 invalid-allow"],
    );
    check(&format!("# A\n```\n{ALLOW}\n```\n"), &[], &[]);
}

#[test]
fn broken_links_have_the_obvious_target_as_suggestion() {
    let check = |link: &str, expected: &[(u32, Option<&str>)]| {
        let page = format!("# A\n\t宽 [a]({link}) and [b](https://example.com/x.md)\n");
        let sources = sources(&[
            ("v1.0/api/lamp-get.md", &page),
            ("v1.0/resources/lamp.md", "# lamp resource type\n"),
            ("v1.0/resources/room.md", "# room resource type\n"),
        ]);
        let findings = collect(std::iter::empty(), &sources);
        let found: Vec<_> = findings
            .iter()
            .map(|finding| {
                let problem = &finding.problem;
                let replacement = problem.replacement.as_ref();
                (
                    problem.at.column,
                    replacement.map(|replacement| replacement.text.as_str()),
                )
            })
            .collect();
        assert_eq!(found, expected, "{link}");
    };
    check("../resources/lamp.md#properties", &[]);
    check("../Resources/Lamp.md", &[]);
    check("../resource/lamp.md", &[]);
    check("lamp.md", &[(8, Some("../resources/lamp.md"))]);
    check("../resources/lmap.md", &[(8, None)]);
    check("../../beta/resources/lamp.md", &[]);
}

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

fn findings(sources: &Sources) -> Vec<Finding> {
    let analysis = analyze(sources, &Default::default(), &Silent);
    analysis.lint(sources)
}

const LAMP: &str = "\
# lamp resource type

Namespace: microsoft.graph

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key.|
|hue|[hueKind](#huekind-values)|The color.|
|isOn|Boolean|Whether it gives light.|

### hueKind values
|Member|
|:---|
|warmWhite|
|red|

## JSON representation
<!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"microsoft.graph.lamp\" } -->
``` json
{ \"id\": \"String\", \"hue\": \"String\", \"isOn\": true }
```
";

const GET: &str = "\
# Get lamp

## HTTP request
``` http
GET /tableLamps/{id}
```

## Response
If successful, this method returns a `200 OK` response code and a [lamp](../resources/lamp.md) object in the response body.
";

/// Checks the text of a page after all fixes. The pages of `lamp` and of `GET /tableLamps/{id}` stand beside it.
#[track_caller]
fn check_fixed(path: &str, page: &str, expected: &str) {
    let mut pages = vec![
        ("v1.0/resources/lamp.md", LAMP),
        ("v1.0/api/lamp-get.md", GET),
    ];
    pages.retain(|(other, _)| *other != path);
    pages.push((path, page));
    let sources = sources(&pages);
    let found = findings(&sources);
    let wanted: BTreeSet<usize> = (0..found.len()).collect();
    let corrected = correct(&found, &sources, &wanted, findings);
    let file = sources.find(path).unwrap();
    assert_eq!(corrected.sources.get(file).text, expected);
    let again = &corrected.findings;
    let wanted: BTreeSet<usize> = (0..again.len()).collect();
    let second = correct(again, &corrected.sources, &wanted, findings);
    assert_eq!(second.fixes.len(), 0, "fixes are stable");
}

/// Checks the fixes of the example of `GET /tableLamps/{id}`.
#[track_caller]
fn check_example(example: &str, expected: &str) {
    let page = |example: &str| format!("{GET}\n## Example\n``` http\n{example}\n```\n");
    check_fixed("v1.0/api/lamp-get.md", &page(example), &page(expected));
}

/// Checks the fixes of the body of the response.
#[track_caller]
fn check_body(body: &str, expected: &str) {
    let example = |body: &str| {
        format!(
            "GET https://graph.microsoft.com/v1.0/tableLamps/1\n```\n``` http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n{body}"
        )
    };
    check_example(&example(body), &example(expected));
}

#[test]
fn tables_are_corrected() {
    let check = |rows: &str, expected: &str| {
        let path = "v1.0/resources/lamp.md";
        let old = "|isOn|Boolean|Whether it gives light.|\n";
        check_fixed(path, &LAMP.replace(old, rows), &LAMP.replace(old, expected));
    };
    check("|isOn|Boolean|On | off.|\n", "|isOn|Boolean|On \\| off.|\n");
    check(
        "|isOn|Boolean|On \n  or off.|\n",
        "|isOn|Boolean|On or off.|\n",
    );
    check("\n|isOn|Boolean|On.|\n", "|isOn|Boolean|On.|\n");
    let row = "|isOn|Boolean|On.|\n";
    check("|isOn|Boolean|On.\n", row);
    check("isOn|Boolean|On.|\n", row);
    check("isOn|Boolean|On.\n", row);
    check("|isOn|Boolean|On.||\n", row);
    check("|isOn|Boolean|On. | | |\n", "|isOn|Boolean|On. |\n");
    check("  |isOn|Boolean|On.\n", "  |isOn|Boolean|On.|\n");
    check("|isOn|Boolean|On\\|\n", "|isOn|Boolean|On\\||\n");
    check("|isOn|Boolean|\n", "|isOn|Boolean|\n");
    let path = "v1.0/resources/lamp.md";
    // A table without outer pipes is regular as well.
    let bare = LAMP.replace("\n|", "\n").replace("|\n", "\n");
    check_fixed(path, &bare, &bare);
    check_fixed(path, &LAMP.replacen("|:---|:---|:---|\n", "", 1), LAMP);
    check_fixed(
        path,
        &LAMP.replacen("|:---|:---|:---|\n", "|:---|:---|\n", 1),
        LAMP,
    );
    check_fixed(
        path,
        &LAMP.replacen("|:---|:---|:---|\n", " :---|:---|:---|-:\n", 1),
        &LAMP.replacen("|:---|", " |:---|", 1),
    );
    let windows = |text: &str| text.replace('\n', "\r\n");
    let page = windows(&LAMP.replacen("|:---|:---|:---|\n", "", 1));
    check_fixed(path, &page, &windows(LAMP));
}

#[test]
fn json_is_corrected() {
    check_body(
        "{\n  \"id\": \"a,}\",\n  \"isOn\": true,\n}",
        "{\n  \"id\": \"a,}\",\n  \"isOn\": true\n}",
    );
    check_body(
        "{\n  \"id\": \"a\"\n  'hue': “red”,\n  isOn: True,\n}",
        "{\n  \"id\": \"a\",\n  \"hue\": \"red\",\n  \"isOn\": true\n}",
    );
    // A comment would be lost, and a line break can be meant as a blank. Other faults beside them are corrected.
    check_body(
        "{\n  \"id\": \"a\", // the key\n  \"isOn\": true,\n}",
        "{\n  \"id\": \"a\", // the key\n  \"isOn\": true\n}",
    );
    check_body("{\n  \"id\": \"a\nb\",\n}", "{\n  \"id\": \"a\nb\"\n}");
    check_body(
        "{\n  \"value\": {\n    \"id\": \"1\",\n    \"isOn\": true\n  }\n}",
        "{\n  \"id\": \"1\",\n  \"isOn\": true\n}",
    );
    check_body(
        "{\n  \"@odata.context\": \"x\",\n  \"value\": { \"id\": \"value\", \"hue\": \"red\" }\n}",
        "{\n  \"@odata.context\": \"x\",\n  \"id\": \"value\", \"hue\": \"red\"\n}",
    );
}

#[test]
fn letter_case_is_corrected() {
    check_body("{ \"hue\": \"WarmWhite\" }", "{ \"hue\": \"warmWhite\" }");
    check_body(
        "{ \"id\": \"Red\", \"hue\": \"Red\" }",
        "{ \"id\": \"Red\", \"hue\": \"red\" }",
    );
    check_body("{ \"hue\": \"purple\" }", "{ \"hue\": \"purple\" }");
    check_body("{ \"ison\": true }", "{ \"isOn\": true }");
    check_body(
        "{ \"@odata.type\": \"#Microsoft.Graph.Lamp\" }",
        "{ \"@odata.type\": \"#microsoft.graph.lamp\" }",
    );
    check_body(
        "{ \"@odata.type\": \"#Lamps.Internal.lamp\" }",
        "{ \"@odata.type\": \"#microsoft.graph.lamp\" }",
    );
    check_body(
        "{ \"@odata.type\": \"lamp\" }",
        "{ \"@odata.type\": \"microsoft.graph.lamp\" }",
    );
    let update = |name: &str| {
        format!("# Update lamp\n\n## HTTP request\n``` http\nPATCH /{name}/{{id}}\n```\n")
    };
    check_fixed(
        "v1.0/api/lamp-update.md",
        &update("tablelamps"),
        &update("tableLamps"),
    );
}

#[test]
fn values_are_corrected() {
    check_body("{ \"isOn\": \"true\" }", "{ \"isOn\": true }");
    check_body("{ \"isOn\": \"Boolean\" }", "{ \"isOn\": \"Boolean\" }");
    check_body(
        "{ \"id\": \"true\", \"isOn\": \"false\" }",
        "{ \"id\": \"true\", \"isOn\": false }",
    );
}

#[test]
fn collections_are_corrected() {
    let check = |cell: &str, expected: &str| {
        let row = |cell: &str| {
            LAMP.replace(
                "|isOn|Boolean|",
                &format!("|shades|{cell}|Shades.|\n|isOn|Boolean|"),
            )
        };
        check_fixed("v1.0/resources/lamp.md", &row(cell), &row(expected));
    };
    check("collection(String)", "Collection(String)");
    check(
        "Collection ([lamp](lamp.md))",
        "Collection([lamp](lamp.md))",
    );
    check("Collection(lamp", "Collection(lamp)");
    check(
        "collection of [lamp](lamp.md)",
        "[lamp](lamp.md) collection",
    );
    check("lamp[]", "lamp collection");
    check("String Collection", "String collection");
    check(
        "Collection of lamps and shades",
        "Collection of lamps and shades",
    );
}

#[test]
fn permissions_are_corrected() {
    let check = |header: &str, cell: &str, expected: &str| {
        let page = |cell: &str| {
            format!(
                "# Get lamp\n\n## Permissions\n|Permission type|Permissions{header}|\n|:---|:---|\n|Application|{cell}|\n\n\
                 ## HTTP request\n``` http\nGET /tableLamps/{{id}}\n```\n"
            )
        };
        check_fixed("v1.0/api/lamp-get.md", &page(cell), &page(expected));
    };
    let ascending = "Lamp.Read.All, Lamp.ReadWrite.All";
    let descending = "Lamp.ReadWrite.All, Lamp.Read.All";
    let least_first = " (from least to most privileged)";
    let most_first = " (from most to least privileged)";
    check(least_first, descending, ascending);
    check(least_first, ascending, ascending);
    check(most_first, ascending, descending);
    check(most_first, descending, descending);
    check("", descending, descending);
    check(
        least_first,
        "Lamp.ReadWrite.All,Lamp.Read.All.",
        "Lamp.Read.All, Lamp.ReadWrite.All.",
    );
    // Neither of two resources includes the other.
    let apart = "Lamp.ReadWrite.All, Room.Read.All";
    check(least_first, apart, apart);
    let words = "Lamp.ReadWrite.All or, for rooms, Lamp.Read.All";
    check(least_first, words, words);
}

#[test]
fn relationships_become_collections() {
    let page = |cell: &str| {
        format!(
            "{LAMP}\n## Relationships\n|Relationship|Type|Description|\n|:---|:---|:---|\n|bulbs|{cell}|Bulbs.|\n|spare|[lamp](lamp.md)|Spare.|\n"
        )
    };
    let path = "v1.0/resources/lamp.md";
    let get = "# Get bulb\n\n## HTTP request\n``` http\nGET /tableLamps/{id}/bulbs/{id}\nGET /tableLamps/{id}/spare\n```\n\n\
## Response\nIf successful, this method returns a `200 OK` response code and a [lamp](../resources/lamp.md) object in the response body.\n";
    let check = |cell: &str, expected: &str| {
        let sources = sources(&[
            (path, &page(cell)),
            ("v1.0/api/lamp-get.md", GET),
            ("v1.0/api/lamp-get-bulb.md", get),
        ]);
        let found = findings(&sources);
        let wanted = (0..found.len()).collect();
        let corrected = correct(&found, &sources, &wanted, findings);
        let file = sources.find(path).unwrap();
        assert_eq!(corrected.sources.get(file).text, page(expected));
    };
    check("[lamp](lamp.md)", "[lamp](lamp.md) collection");
    check("[lamp](lamp.md) collection", "[lamp](lamp.md) collection");
}

#[test]
fn corrections_of_permissions_are_written_to_pages() {
    let page = |name: &str| {
        format!(
            "{GET}\n## Permissions\n|Permission type|Permissions|\n|:---|:---|\n|Application|Lamp.Dim, {name}|\n"
        )
    };
    let corrections = Corrections::parse(
        "[[correction]]\nsubject = \"permission\"\nexpected = \"Lamp.Raed.All\"\nbecomes = \"Lamp.Read.All\"\nreason = \"misspelled\"\n",
    )
    .unwrap();
    let check = |sources: &Sources| analyze(sources, &corrections, &Silent).lint(sources);
    let sources = sources(&[("v1.0/api/lamp-get.md", &page("Lamp.Raed.All"))]);
    let found = check(&sources);
    let wanted = (0..found.len()).collect();
    let corrected = correct(&found, &sources, &wanted, check);
    let file = sources.find("v1.0/api/lamp-get.md").unwrap();
    assert_eq!(corrected.sources.get(file).text, page("Lamp.Read.All"));
}

#[test]
fn missing_slashes_are_corrected() {
    let check = |line: &str, expected: &str| {
        let page =
            |line: &str| format!("# Delete lamp\n\n## HTTP request\n``` http\n{line}\n```\n");
        check_fixed("v1.0/api/lamp-delete.md", &page(line), &page(expected));
    };
    let fixed = "DELETE /tableLamps/{id}";
    check("DELETE tableLamps/{id}", fixed);
    check("DELETE /tableLamps{id}", fixed);
    check(fixed, fixed);
    check("DELETE /tableLamps({id})", "DELETE /tableLamps({id})");
    let fixed = "DELETE https://graph.microsoft.com/v1.0/tableLamps/{id}";
    check(
        "DELETE https://graph.microsoft.com/v1.0tableLamps/{id}",
        fixed,
    );
    check(
        "DELETE https://graph.microsoft.comv1.0/tableLamps/{id}",
        fixed,
    );
    check(fixed, fixed);
    check_example(
        "GET https://graph.microsoft.com/v1.0tableLamps/1",
        "GET https://graph.microsoft.com/v1.0/tableLamps/1",
    );
}

#[test]
fn addresses_are_corrected() {
    check_example(
        "GET https://graph.microsoft.com/v1/tableLamps/v1",
        "GET https://graph.microsoft.com/v1.0/tableLamps/v1",
    );
    check_example(
        "GET https://graph.microsoft.com/v1.0/tablelamps/Ab1",
        "GET https://graph.microsoft.com/v1.0/tableLamps/Ab1",
    );
    check_example(
        "GET https://graph.microsoft.com/beta/tableLamps/1",
        "GET https://graph.microsoft.com/v1.0/tableLamps/1",
    );
    let link =
        |target: &str| format!("# Rooms\n\nSee [lamp]({target}#properties) and [x](x.md).\n");
    check_fixed(
        "v1.0/api/room.md",
        &link("lamp.md"),
        &link("../resources/lamp.md"),
    );
    check_fixed(
        "v1.0/api/room.md",
        &link("..\\resources\\lamp.md"),
        &link("../resources/lamp.md"),
    );
}

/// Checks the unknown names on a page: the text at the place of each problem, and the name that is suggested.
#[track_caller]
fn check_similar(path: &str, page: &str, expected: &[(&str, &str)]) {
    let mut pages = vec![
        ("v1.0/resources/lamp.md", LAMP),
        ("v1.0/api/lamp-get.md", GET),
    ];
    pages.retain(|(other, _)| *other != path);
    pages.push((path, page));
    let sources = sources(&pages);
    let analysis = analyze(&sources, &Default::default(), &Silent);
    let mut names = SimilarNames::new(&analysis.model, &sources);
    let file = sources.find(path).unwrap();
    let mut found = Vec::new();
    for finding in analysis.lint(&sources) {
        let problem = finding.problem;
        if let Some(similar) = names.find(&problem).filter(|_| problem.at.file == file) {
            let line = page.lines().nth(problem.at.line as usize - 1).unwrap();
            let start = problem.at.column as usize - 1;
            let text = line.chars().skip(start).take(problem.width as usize);
            found.push((text.collect::<String>(), similar));
        }
    }
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(text, similar)| ((*text).to_owned(), (*similar).to_owned()))
        .collect();
    assert_eq!(found, expected, "{page}");
}

#[test]
fn similar_types_are_found() {
    let room = |cell: &str| {
        format!(
            "# room resource type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|Description|\n             |:---|:---|:---|\n|lights|{cell}|Light.|\n"
        )
    };
    let check = |cell: &str, expected: &[(&str, &str)]| {
        check_similar("v1.0/resources/room.md", &room(cell), expected);
    };
    check("lmap", &[("lmap", "lamp")]);
    check(
        "**[lampp](lampp.md)** collection",
        &[("lampp", "lamp"), ("lampp.md", "lamp.md")],
    );
    check(
        "Collection(microsoft.graph.lmap)",
        &[("microsoft.graph.lmap", "microsoft.graph.lamp")],
    );
    check("lamp", &[]);
    check("zebra", &[]);
    // The values define the type.
    check("hueKnd|Possible values are: `dim`, `bright`.", &[]);
}

#[test]
fn similar_members_and_properties_are_found() {
    let body = |body: &str| {
        format!(
            "{GET}\n## Example\n``` http\nGET https://graph.microsoft.com/v1.0/tableLamps/1\n```\n             ``` http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n{body}\n```\n"
        )
    };
    let check = |text: &str, expected: &[(&str, &str)]| {
        check_similar("v1.0/api/lamp-get.md", &body(text), expected);
    };
    check(
        "{ \"hue\": \"warmWite\", \"isOnn\": true }",
        &[("warmWite", "warmWhite"), ("isOnn", "isOn")],
    );
    // The value, not the key.
    check("{ \"hue\": \"hue\" }", &[]);
    check(
        "{\n  \"@odata.type\": \"#microsoft.graph.lamb\"\n}",
        &[("microsoft.graph.lamb", "microsoft.graph.lamp")],
    );
}

#[test]
fn similar_segments_and_parameters_are_found() {
    check_similar(
        "v1.0/api/lamp-switch.md",
        "# lamp: switch\n\n## HTTP request\n``` http\nPOST /tableLamps/{lamp-id}/hues/{id}/switch\n```\n\n\
## Request body\n|Parameter|Type|Description|\n|:---|:---|:---|\n|level|Int32|The level.|\n\n\
## Example\n``` http\nPOST https://graph.microsoft.com/v1.0/tableLamps/1/hues/1/switch\n\n{ \"levl\": 1 }\n```\n",
        &[("hues", "hue"), ("levl", "level")],
    );
    check_similar(
        "v1.0/api/lamp-get.md",
        &format!(
            "{GET}\n## Path parameters\n|Parameter|Type|Description|\n|:---|:---|:---|\n|ids|String|The key.|\n"
        ),
        &[],
    );
}

#[test]
fn similar_permissions_and_rules_are_found() {
    let row = |name: &str| format!("|Application|{name}|\n");
    let page = |rows: &str| {
        format!("{GET}\n## Permissions\n|Permission type|Permissions|\n|:---|:---|\n{rows}")
    };
    check_similar(
        "v1.0/api/lamp-get.md",
        &page(
            &(row("Lamp.Read.All")
                + &row("Lamp.Read.All")
                + &row("Lamp.Read.All")
                + &row("Lamps.Read.All, LampsRead.All")),
        ),
        &[("Lamps.Read.All", "Lamp.Read.All")],
    );
    check_similar(
        "v1.0/api/lamp-get.md",
        &format!("<!-- graphwright: allow(undefned-type) later -->\n{GET}"),
        &[("undefned-type", "undefined-type")],
    );
}
