//! Small pages with the rules that have a problem on them.

use crate::report::Code;
use crate::source::{Source, Sources};
use crate::{Progress, analyze};

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

/// Returns the problems of the rules of this module on pages: `line rule`, for other pages than the first with their number.
fn problems(pages: &[(&str, &str)]) -> Vec<String> {
    let files = pages.iter().map(|(path, text)| Source {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    });
    let sources = Sources::new(files.collect());
    let analysis = analyze(&sources, &Default::default(), &Silent);
    let findings = analysis.lint(&sources);
    let own = findings.iter().filter(|finding| {
        let code = finding.problem.code;
        code >= Code::UnstatedStatus
    });
    own.map(|finding| {
        let at = finding.problem.at;
        let path = &sources.get(at.file).path;
        let page = pages.iter().position(|(other, _)| other == path).unwrap();
        let page = if page == 0 {
            String::new()
        } else {
            format!("{page}:")
        };
        format!("{page}{} {}", at.line, finding.problem.code.rule())
    })
    .collect()
}

/// Checks the problems on the page of an operation. `LAMP` stands beside it.
#[track_caller]
fn check_operation(page: &str, expected: &[&str]) {
    let pages = [
        ("v1.0/api/lamp-do.md", page),
        ("v1.0/resources/lamp.md", LAMP),
    ];
    assert_eq!(problems(&pages), expected, "{page}");
}

/// Checks the problems on the page of a type. `LAMP` stands beside it.
#[track_caller]
fn check_type(page: &str, expected: &[&str]) {
    let pages = [
        ("v1.0/resources/room.md", page),
        ("v1.0/resources/lamp.md", LAMP),
    ];
    assert_eq!(problems(&pages), expected, "{page}");
}

const LAMP: &str = "\
# lamp resource type

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key.|
|hue|[lampHue](#lamphue-values)|The color.|
|isOn|Boolean|Whether it gives light.|

### lampHue values
|Member|
|:---|
|warm|
|cold|
|neutral|
|unknownFutureValue|

## JSON representation
<!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"microsoft.graph.lamp\" } -->
``` json
{ \"id\": \"String\", \"hue\": \"String\", \"isOn\": true }
```
";

/// Returns the page of an operation with an example.
fn operation(
    title: &str,
    request_line: &str,
    response: &str,
    request: &str,
    answer: &str,
) -> String {
    format!(
        "# {title}\n\n## HTTP request\n``` http\n{request_line}\n```\n\n## Request body\nDo not supply a request body for this method.\n\n## Response\n{response}\n\n## Example\n``` http\n{request}\n```\n\n``` http\n{answer}\n```\n"
    )
}

/// Checks a response to `GET /lamps/1`. It starts on line 20.
#[track_caller]
fn check_response(status: &str, body: &str, expected: &[&str]) {
    let response = "If successful, this method returns a `200 OK` response code and a [lamp](../resources/lamp.md) object in the response body.";
    let answer = format!("HTTP/1.1 {status}\nContent-type: application/json\n\n{body}");
    let request = "GET https://graph.microsoft.com/v1.0/lamps/1";
    let page = operation("Get lamp", "GET /lamps/{id}", response, request, &answer);
    check_operation(&page, expected);
}

#[test]
fn status_of_an_example_is_stated() {
    check_response("200 OK", "{ \"id\": \"1\" }", &[]);
    check_response("201 Created", "{ \"id\": \"1\" }", &["20 unstated-status"]);
    // An example may show an error.
    check_response("404 Not Found", "{ \"error\": {} }", &[]);
    // A request of another operation.
    let response = "If successful, this method returns `204 No Content`.";
    let request = "POST https://graph.microsoft.com/v1.0/lamps\n\n{ \"isOn\": true }";
    let page = operation(
        "Delete lamp",
        "DELETE /lamps/{id}",
        response,
        request,
        "HTTP/1.1 201 Created",
    );
    check_operation(&page, &[]);
}

#[test]
fn urls_have_the_version_of_the_page() {
    let context = |version: &str| {
        format!(
            "{{ \"@odata.context\": \"https://graph.microsoft.com/{version}/$metadata#lamps\", \"id\": \"1\" }}"
        )
    };
    check_response("200 OK", &context("v1.0"), &[]);
    check_response("200 OK", &context("beta"), &["23 version-in-example"]);
    check_response("200 OK", &context("{version}"), &["23 version-in-example"]);
    check_type(
        "# Rooms\n\n``` http\nhttps://graph.microsoft.com/{version}/rooms\n```\n",
        &[],
    );
    check_type(
        "# Rooms\n\n``` http\nGET /{version}/rooms\n```\n",
        &["4 version-in-example"],
    );
    check_type(
        "# Rooms\n\nSee https://graph.microsoft.com/beta/rooms.\n",
        &[],
    );
}

#[test]
fn examples_have_values() {
    let check = |url: &str, expected: &[&str]| {
        let request = format!("GET https://graph.microsoft.com/v1.0/{url}");
        let page = operation(
            "Get lamp",
            "GET /lamps/{id}",
            "Returns `200 OK`.",
            &request,
            "HTTP/1.1 200 OK",
        );
        check_operation(&page, expected);
    };
    check("lamps/1", &[]);
    check("lamps/{id}", &["16 placeholder-in-example"]);
    check(
        "lamps/{lamp-id | name}?$select=id",
        &["16 placeholder-in-example"],
    );
    check("lamps/<id>", &["16 placeholder-in-example"]);
    check("lamps/1?$filter=size lt 3", &[]);
    check_response(
        "200 OK",
        "{ \"id\": \"id-value\" }",
        &["23 placeholder-value"],
    );
    check_response(
        "200 OK",
        "{\n\"id\": \"1\",\n\"hue\": \"String\"\n}",
        &["25 placeholder-value"],
    );
    check_response(
        "200 OK",
        "{ \"id\": \"a high-value\", \"dataType\": \"String\" }",
        &[],
    );
    check_response(
        "200 OK",
        "{ \"id\": \"date\", \"@odata.type\": \"String\" }",
        &[],
    );
}

#[test]
fn annotations_are_case_sensitive() {
    let body = |name: &str| {
        format!("{{ \"{name}\": \"https://graph.microsoft.com/v1.0/lamps\", \"id\": \"1\" }}")
    };
    check_response("200 OK", &body("@odata.nextLink"), &[]);
    check_response("200 OK", &body("@odata.nextlink"), &["23 annotation-case"]);
    check_response(
        "200 OK",
        &body("parts@odata.NextLink"),
        &["23 annotation-case"],
    );
    check_response("200 OK", &body("@odata.unheard"), &[]);
}

#[test]
fn counts_are_not_below_the_number_of_items() {
    let body = |count: &str| {
        format!(
            "{{\n\"@odata.count\": {count},\n\"value\": [ {{ \"id\": \"1\" }}, {{ \"id\": \"2\" }} ]\n}}"
        )
    };
    check_response("200 OK", &body("2"), &[]);
    check_response("200 OK", &body("70"), &[]);
    check_response("200 OK", &body("1"), &["24 item-count"]);
}

#[test]
fn methods_match_the_title() {
    let check = |title: &str, line: &str, expected: &[&str]| {
        let method = line.split(' ').next().unwrap();
        let request = format!("{method} https://graph.microsoft.com/v1.0/lamps/1");
        let page = operation(
            title,
            line,
            "Returns `200 OK`.",
            &request,
            "HTTP/1.1 200 OK",
        );
        check_operation(&page, expected);
    };
    check("Delete lamp", "DELETE /lamps/{id}", &[]);
    check(
        "Delete lamp",
        "POST /lamps/{id}",
        &["5 method-of-title", "16 method-of-title"],
    );
    check(
        "Remove part",
        "POST /lamps/{id}/parts/{id}/$ref",
        &["5 method-of-title", "16 method-of-title"],
    );
    check("Remove part", "POST /lamps/{id}/removePart", &[]);
    check(
        "Get parts",
        "POST /lamps/{id}/microsoft.graph.getParts",
        &[],
    );
    check(
        "List lamps",
        "POST /lamps",
        &["5 method-of-title", "16 method-of-title"],
    );
    check(
        "Replace lamp",
        "PATCH /lamps/{id}",
        &["5 method-of-title", "16 method-of-title"],
    );
    check("Update lamp", "PUT /lamps/{id}", &[]);
    check("lamp: delete", "POST /lamps/{id}/delete", &[]);
    check("delete", "POST /lamps/{id}/erase", &[]);
}

#[test]
fn functions_are_called_with_get() {
    let page = |method: &str| {
        let request = format!("{method} https://graph.microsoft.com/v1.0/lamps/1/near(range=2)");
        let response = "If successful, this method returns a `200 OK` response code and a [lamp](../resources/lamp.md) object in the response body.";
        let line = format!("{method} /lamps/{{id}}/near(range={{range}})");
        let page = operation("lamp: near", &line, response, &request, "HTTP/1.1 200 OK");
        page.replace(
            "## Request body",
            "## Function parameters\n|Parameter|Type|Description|\n|:---|:---|:---|\n|range|Int32|How far.|\n\n## Request body",
        )
    };
    check_operation(&page("GET"), &[]);
    check_operation(
        &page("POST"),
        &["5 function-with-post", "21 function-with-post"],
    );
    // An action has parameters in its body.
    let action = page("POST").replace("## Function parameters", "## Parameters");
    check_operation(&action, &[]);
}

#[test]
fn paths_start_with_a_slash() {
    let check = |line: &str, expected: &[&str]| {
        let page = operation(
            "Get lamp",
            line,
            "Returns `200 OK`.",
            "GET https://graph.microsoft.com/v1.0/lamps/1",
            "HTTP/1.1 200 OK",
        );
        check_operation(&page, expected);
    };
    check("GET lamps/{id}", &["5 path-without-slash"]);
    check("GET /lamps/{id}", &[]);
    check("GET https://graph.microsoft.com/v1.0/lamps/{id}", &[]);
}

#[test]
fn types_are_linked_and_spelled_as_on_their_page() {
    let check = |cell: &str, expected: &[&str]| {
        let page = format!(
            "# room resource type\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|part|{cell}|A part.|\n"
        );
        check_type(&page, expected);
    };
    check("[lamp](lamp.md)", &[]);
    check("lamp", &["6 unlinked-type"]);
    check("microsoft.graph.lamp collection", &["6 unlinked-type"]);
    check("lampHue", &["6 unlinked-type"]);
    check("chair", &[]);
    check("[Lamp](lamp.md)", &["6 type-case"]);
    check(
        "[microsoft.graph.Lamp](lamp.md) collection",
        &["6 type-case"],
    );
    check("String", &[]);
    check("string collection", &["6 primitive-case"]);
    check("DateTime", &[]);
}

#[test]
fn names_have_no_formatting() {
    let check = |cell: &str, expected: &[&str]| {
        let page = format!(
            "# room resource type\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|{cell}|String|A name.|\n"
        );
        check_type(&page, expected);
    };
    check("name", &[]);
    check(" name ", &[]);
    check("`name`", &["6 formatted-name"]);
    check(" **name** ", &["6 formatted-name"]);
    check("name (deprecated)", &[]);
}

#[test]
fn strings_with_the_values_of_an_enum() {
    let check = |name: &str, ty: &str, values: &str, expected: &[&str]| {
        let page = format!(
            "# room resource type\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|{name}|{ty}|The color. Possible values are: {values}.|\n"
        );
        check_type(&page, expected);
    };
    check(
        "hue",
        "String",
        "`warm`, `cold`, `neutral`",
        &["6 enum-as-string"],
    );
    check(
        "hue",
        "String",
        "`warm`, `cold`, `neutral`, `unknownFutureValue`",
        &["6 enum-as-string"],
    );
    check("hues", "String", "`warm`, `cold`", &[]);
    check("welcome", "String", "`warm`, `cold`, `neutral`", &[]);
    check(
        "hue",
        "[lampHue](lamp.md#lamphue-values)",
        "`warm`, `cold`, `neutral`",
        &[],
    );
}

#[test]
fn front_matter_is_complete() {
    let check = |entries: &str, expected: &[&str]| {
        check_type(
            &format!("---\n{entries}---\n\n# Rooms\n\nText.\n"),
            expected,
        )
    };
    let entries = "title: \"Rooms\"\ndescription: \"Rooms.\"\nauthor: \"ada\"\nms.prod: \"rooms\"\ndoc_type: \"conceptualPageType\"\n";
    check(entries, &[]);
    check(
        &entries.replace("author: \"ada\"\n", ""),
        &["1 missing-metadata"],
    );
    check(&entries.replace("\"ada\"", "\"\""), &["1 missing-metadata"]);
    check(&entries.replace("ms.prod", "ms.subservice"), &[]);
    check(
        &entries.replace("\"rooms\"", "\"Rooms\""),
        &["5 invalid-metadata"],
    );
    check(
        &entries.replace("conceptualPageType", "conceptPageType"),
        &["6 invalid-metadata"],
    );
    check(
        &entries.replace("conceptualPageType", "apiPageType"),
        &["6 invalid-metadata"],
    );
    check_type("# Rooms\n\n---\n\nText.\n", &[]);
}

#[test]
fn headings_of_all_pages() {
    let check =
        |headings: &str, expected: &[&str]| check_type(&format!("# Rooms\n\n{headings}"), expected);
    check("## Properties\nNone\n\n### Response\n", &[]);
    check("## Propertes\nNone\n", &["3 misspelled-heading"]);
    check("## Respones\nNone\n", &["3 misspelled-heading"]);
    check("## Responses\nNone\n", &[]);
    check("## HTTP Request\nNone\n", &[]);
    check(
        "## Example\n\n##### Request\n",
        &["5 skipped-heading-level"],
    );
    check(
        "## Example\n\n# [HTTP](#tab/http)\n\n### Request\n\n## Next\n",
        &[],
    );
}

#[test]
fn links_without_hosts() {
    let check = |link: &str, expected: &[&str]| {
        check_type(&format!("# Rooms\n\nSee [this]({link}).\n"), expected)
    };
    check(
        "https://docs.microsoft.com/en-us/graph/query-parameters",
        &["3 absolute-link"],
    );
    check(
        "https://docs.microsoft.com/graph/query-parameters",
        &["3 absolute-link"],
    );
    check("/graph/query-parameters", &[]);
    check("https://contoso.com/docs.microsoft.com/", &[]);
}

#[test]
fn names_of_examples_are_unique() {
    let page = |name: &str| {
        let page = operation(
            "Get lamp",
            "GET /lamps/{id}",
            "Returns `200 OK`.",
            "GET https://graph.microsoft.com/v1.0/lamps/1",
            "HTTP/1.1 200 OK",
        );
        let annotation = format!(
            "## Example\n<!-- {{\n  \"blockType\": \"request\",\n  \"name\": \"{name}\"\n}}-->\n"
        );
        page.replace("## Example\n", &annotation)
    };
    let check = |paths: [&str; 2], names: [&str; 2], expected: &[&str]| {
        let texts = names.map(page);
        let pages = [(paths[0], texts[0].as_str()), (paths[1], texts[1].as_str())];
        assert_eq!(problems(&pages), expected);
    };
    let paths = ["v1.0/api/a.md", "v1.0/api/b.md"];
    check(paths, ["get_lamp", "get_room"], &[]);
    check(
        paths,
        ["get_lamp", "Get_Lamp"],
        &["17 duplicate-example-name", "1:17 duplicate-example-name"],
    );
    check(
        ["beta/api/a.md", "v1.0/api/b.md"],
        ["get_lamp", "get_lamp"],
        &[],
    );
}

#[test]
fn repeated_words() {
    let check =
        |text: &str, expected: &[&str]| check_type(&format!("# Rooms\n\n{text}\n"), expected);
    check("The color of the the lamp.", &["3 repeated-word"]);
    check("The the lamp.", &["3 repeated-word"]);
    check("A lamp that that lamp lights.", &[]);
    check("The|the lamp is `the the`.", &[]);
    check("``` text\nthe the\n```", &[]);
}

#[test]
fn misspelled_words() {
    let check = |text: &str, expected: &[&str]| {
        let usual = "# Rooms\n\nThis response is returned for the contacts; a contract exists.\n";
        let paths: Vec<String> = (0..30)
            .map(|number| format!("v1.0/resources/room{number:02}.md"))
            .collect();
        let page = format!("# Rooms\n\n{text}\n");
        let mut pages = vec![("v1.0/resources/a.md", page.as_str())];
        pages.extend(paths.iter().map(|path| (path.as_str(), usual)));
        assert_eq!(problems(&pages), expected, "{text}");
    };
    check("The reponse is a lamp.", &["3 misspelled-word"]);
    check("The resposne is a lamp.", &["3 misspelled-word"]);
    check("The `reponse` is a lamp.", &[]);
    check("The Reponse is a lamp.", &[]);
    check("The contracts are a lamp.", &[]);
    check("The responses are a lamp.", &[]);
    check("The responxxe is a lamp.", &[]);
}
