//! Small pages, and the status of each of their pieces.

use super::Status;
use crate::source::{Source, Sources};
use crate::{Progress, analyze};

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

const DEVICE: &str = "\
# device resource type

Namespace: microsoft.graph

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key.|
|name|String|How it is called.|
";

/// Checks the status of every piece of a page beside the page of `device`: `line kind: status`.
#[track_caller]
fn check(path: &str, page: &str, expected: &[&str]) {
    let pages = [("v1.0/resources/device.md", DEVICE), (path, page)];
    let pages = pages.map(|(path, text)| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    });
    let sources = Sources::new(pages.into());
    let page = sources.find(path).unwrap();
    let analysis = analyze(&sources, &Default::default(), &Silent);
    let entries = analysis.ledger.iter().filter(|entry| entry.page == page);
    let statuses: Vec<String> = entries
        .map(|entry| {
            let status = match entry.status {
                Status::InModel => "in model".to_owned(),
                Status::Problem(code) => code.rule().to_owned(),
                Status::NoMeaning(class) => format!("{class:?}"),
                Status::Unaccounted => "unaccounted".to_owned(),
            };
            format!("{} {}: {status}", entry.at.line, entry.kind.name())
        })
        .collect();
    assert_eq!(statuses, expected);
}

#[test]
fn rows_of_types_are_in_the_model_or_have_a_problem() {
    check(
        "v1.0/resources/part.md",
        "\
# part resource type

Namespace: microsoft.graph

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key.|
|@odata.etag|String|The version.|

## Methods
|Method|Return type|Description|
|:---|:---|:---|
|[List](../api/part-list.md)|part|Not documented.|

## JSON representation
<!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.part\" } -->
``` json
{ \"id\": \"String\" }
```
",
        &[
            "8 row: in model",
            "9 row: annotation-row",
            "14 row: method-without-operation",
            "17 annotation: in model",
            "19 code block: in model",
        ],
    );
}

#[test]
fn pieces_of_operation_pages_are_in_the_model_or_have_a_problem() {
    check(
        "v1.0/api/device-update.md",
        "\
# Update device

Namespace: microsoft.graph

## Permissions
|Permission type|Permissions|
|:---|:---|
|Application|Device.Write|

## HTTP request
``` http
PATCH /devices/{id}
```

## Request body
|Property|Type|Description|
|:---|:---|:---|
|name|String|The new name.|
|owner|String|Not a property of the type.|

## Response
If successful, this method returns a `200 OK` response code and a [device](../resources/device.md) object in the response body.

## Example
``` http
PATCH https://graph.microsoft.com/v1.0/devices/7
Content-type: application/json

{ \"name\": \"lamp\" }
```
``` http
DELETE https://graph.microsoft.com/v1.0/shelves/7
```
",
        &[
            "8 row: in model",
            "12 code block: in model",
            "18 row: in model",
            "19 row: unknown-body-property",
            "26 code block: in model",
            "32 code block: example-without-operation",
            "12 request line: in model",
        ],
    );
}

#[test]
fn members_of_enums_are_in_the_model_or_have_a_problem() {
    check(
        "v1.0/resources/part.md",
        "\
# part resource type

Namespace: microsoft.graph

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|The key.|
|size|[partSize](#partsize-values)|How big it is.|

### partSize values
|Member|Description|
|:---|:---|
|small|It fits into a hand.|
|very large|It does not.|
",
        &[
            "8 row: in model",
            "9 row: in model",
            "14 row: in model",
            "15 row: invalid-member-name",
            "11 enum section: in model",
        ],
    );
}

#[test]
fn responses_without_an_operation_have_a_problem() {
    check(
        "v1.0/api/device-get.md",
        "\
# Get device

## HTTP request
``` http
GET /devices/{id}
```

## Example
``` http
GET https://graph.microsoft.com/v1.0/shelves(view='x')/content
```
<!-- { \"blockType\": \"response\", \"@odata.type\": \"stream\" } -->
``` http
HTTP/1.1 302 Found
```
Follow it.
<!-- { \"blockType\": \"response\", \"@odata.type\": \"stream\" } -->
``` http
HTTP/1.1 200 OK
```
",
        &[
            "5 code block: in model",
            "10 code block: example-without-operation",
            "12 annotation: example-without-operation",
            "14 code block: example-without-operation",
            "17 annotation: example-without-operation",
            "19 code block: example-without-operation",
            "5 request line: in model",
        ],
    );
}

#[test]
fn headers_in_the_introduction_belong_to_the_operation() {
    check(
        "v1.0/api/device-get.md",
        "\
# Get device
Send this header:
``` http
Prefer: return=minimal
```

## HTTP request
``` http
GET /devices/{id}
```
",
        &[
            "4 code block: in model",
            "9 code block: in model",
            "4 request line: in model",
            "9 request line: in model",
        ],
    );
}

/// Code blocks of every shape, in every section, with every annotation.
#[test]
fn no_code_block_is_unaccounted() {
    const BLOCKS: [&str; 14] = [
        "```http\n```http\nGET /devices\n```\n```\n",
        "```http\nPOST /devices\n```json\n{ \"a\": 1 }\n```\n```\n",
        "````http\nGET /devices\n```\nabc\n```\n````\n",
        "~~~http\nGET /devices\n```json\n{}\n```\n~~~\n",
        "```http\nHTTP/1.1 200 OK\n```json\n{ \"id\": \"1\" }\n```\n",
        "```http\nGET https://graph.microsoft.com/v1.0/devices\n```json\n{}\n```\n",
        "```http\nPrefer: a=b\n```\n",
        "```http\nPrefer: a=b\n```json\nx\n```\n",
        "```http\nor\n```\n",
        "```http\n```\n",
        "```http\nGET /devices\n```http\n",
        "```http\nHTTP/1.1\n```\n",
        "```http\nGET\n```\n",
        "```http\nGET https://example.com/x\n```\n",
    ];
    const ANNOTATIONS: [&str; 4] = [
        "",
        "<!-- { \"blockType\": \"request\", \"isComposable\": true } -->\n",
        "<!-- { \"blockType\": \"response\" } -->\n",
        "<!-- { \"blockType\": \"ignored\" } -->\n",
    ];
    let lines = "## HTTP request\n```http\nGET /devices\n```\n";
    let example = "## Example\n```http\nGET https://graph.microsoft.com/v1.0/devices\n```\n";
    for block in BLOCKS {
        for annotation in ANNOTATIONS {
            let block = format!("{annotation}{block}");
            for page in [
                format!("# List\n{block}{lines}{example}"),
                format!("# List\n{block}{example}"),
                format!("# List\n{lines}{block}{example}"),
                format!("# List\n## HTTP request\n{block}"),
                format!("# List\n{lines}## Remarks\n{block}{example}"),
                format!("# List\n{lines}{example}{block}{block}"),
                format!("# List\n{lines}## Response\n{block}"),
            ] {
                let source = Source {
                    path: "v1.0/api/device-list.md".to_owned(),
                    text: page.clone(),
                };
                let sources = Sources::new(vec![source]);
                let analysis = analyze(&sources, &Default::default(), &Silent);
                for entry in &analysis.ledger {
                    assert_ne!(entry.status, Status::Unaccounted, "{entry:?} of {page}");
                }
            }
        }
    }
}

#[test]
fn callouts_and_query_options_are_in_the_model() {
    check(
        "v1.0/api/device-list.md",
        "\
# List devices

Namespace: microsoft.graph

Lists devices.

> **Note:** Only devices of this year.

|Global service|US Government L4|
|:---|:---|
|:white_check_mark:|:x:|

## HTTP request
``` http
GET /devices
```

## Optional query parameters
This method supports the `$select` OData query parameter.

See the article on queries.

- `$top`, at most 5.

## Response
If successful, this method returns a `200 OK` response code and a collection of [device](../resources/device.md) objects in the response body.

## Example
> **Note:** The response is shortened.
",
        &[
            "11 row: in model",
            "15 code block: in model",
            "7 callout: in model",
            "29 callout: ExampleCallout",
            "15 request line: in model",
            "19 text on query options: in model",
            "23 text on query options: in model",
        ],
    );
}

#[test]
fn callouts_of_an_omitted_type_have_its_problem() {
    check(
        "v1.0/resources/nothing.md",
        "# nothing resource type\n\nNamespace: microsoft.graph\n\n> [!IMPORTANT]\n> Not yet.\n\n## Properties\n\nNone\n",
        &["6 callout: empty-type-definition"],
    );
}

#[test]
fn tables_that_explain_query_options_are_in_the_model() {
    let page = |header: &str, row: &str| {
        format!(
            "# List devices\n\nNamespace: microsoft.graph\n\n## HTTP request\n``` http\nGET /devices\n```\n\n\
             ## Optional query parameters\n|{header}|\n|:--|:--|\n|{row}|\n\n\
             ## Response\nIf successful, this method returns a `200 OK` response code and a collection of \
             [device](../resources/device.md) objects in the response body.\n"
        )
    };
    let check = |header: &str, row: &str| {
        let expected = [
            "7 code block: in model",
            "13 row: in model",
            "7 request line: in model",
        ];
        super::tests::check("v1.0/api/device-list.md", &page(header, row), &expected);
    };
    check("Property|$filter operators", "name|`eq`, `ne`");
    check("Query pattern|Example", "By name|`$filter=name eq 'x'`");
    check("Name|Description", "flavor|The flavor of the devices.");
}
