//! One page in three renditions.

use super::{codes, facts};
use crate::facts::{PageFacts, PageKind, Rendition};
use crate::model::ApiVersion;
use crate::report::Code;

const MARKDOWN: &str = "# Add thing\n\nNamespace: microsoft.graph\n\n> **Note:** Careful.\n\nAdds a [thing](thing.md) object.\n\n## Permissions\n\n\
    |Permission type|Permissions (from least to most privileged)|\n|:--|:--|\n|Application|A.Read, B.Read|\n\n## HTTP request\n\n``` http\nPOST /things\n```\n\n\
    ## Request body\n\n|Property|Type|Description|\n|:--|:--|:--|\n|id|String||\n|hue|[hue](hue.md)|Its hue. Possible values are: `red`, `blue`.|\n|parts|[part](part.md) collection|Its parts.|\n\n\
    ## Response\n\nReturns a `201 Created` response code and a [thing](thing.md) object in the response body.\n\n## Example\n\n### Request\n\n``` http\n\
    POST https://graph.microsoft.com/beta/things\nContent-type: application/json\n\n{\n  \"hue\": \"red\"\n}\n```\n\n### Response\n\n``` http\nHTTP/1.1 201 Created\n\n{\n  \"id\": \"1\"\n}\n```\n";

const PIPED: &str = "Add thing\nNamespace: microsoft.graph\nNote: Careful.\nAdds a thing object.\nPermissions\n\
    Permission type | Permissions (from least to most privileged) |\n---|---|\nApplication | A.Read, B.Read |\nHTTP request\nPOST /things\n\
    Request body\nProperty | Type | Description |\n---|---|---|\nid | String | |\nhue | hue | Its hue. Possible values are: red , blue . |\nparts | part collection | Its parts. |\n\
    Response\nReturns a 201 Created\nresponse code and a thing object in the response body.\nExample\nRequest\n\
    POST https://graph.microsoft.com/beta/things\nContent-type: application/json\n{\n\"hue\": \"red\"\n}\nResponse\nHTTP/1.1 201 Created\n{\n\"id\": \"1\"\n}\n";

const PLAIN: &str = "Add thing\n\nNamespace: microsoft.graph\n\nNote: Careful.\n\nAdds a thing object.\n\nPermissions\n\n\
    Permission type Permissions (from least to most privileged)\nApplication A.Read, B.Read\n\nHTTP request\n\nPOST /things\n\n\
    Request body\n\nProperty Type Description\nid String\nhue hue Its hue. Possible values are: red, blue.\nparts part collection Its parts.\n\n\
    Response\n\nReturns a 201 Created response code and a thing object in the response body.\n\nExample\n\nRequest\n\n\
    POST https://graph.microsoft.com/beta/things\nContent-type: application/json\n\n{\n  \"hue\": \"red\"\n}\n\nResponse\n\nHTTP/1.1 201 Created\n\n{\n  \"id\": \"1\"\n}\n";

/// What every rendition can carry, as text.
fn shown(page: &PageFacts) -> String {
    let operation = page.operation.as_ref().unwrap();
    let mut shown = format!(
        "{:?} {:?} {} permissions\n",
        page.title.as_ref().map(|title| &title.value),
        page.version,
        operation.permissions.len()
    );
    shown += &format!(
        "{:?}: {:?}\n",
        page.callouts[0].label, page.callouts[0].text.value
    );
    shown += &format!(
        "{:?}\n",
        page.summary.as_ref().map(|summary| &summary.value)
    );
    for line in &operation.request_lines {
        shown += &format!("{:?} {}\n", line.method, line.template);
    }
    for row in &operation.request_body.properties {
        let phrase = &row.type_phrase.value;
        shown += &format!(
            "{} {} {} {:?} {:?}\n",
            row.name.value,
            phrase.names[0].text,
            phrase.collection,
            row.values,
            row.description.value.replace(['`', ' '], "")
        );
    }
    let response = &operation.response;
    shown += &format!(
        "{} {}\n",
        response.statuses[0].value,
        response.content.as_ref().unwrap().value.names[0].text
    );
    let example = &operation.examples[0];
    let body = |body: &Option<crate::facts::BodyFact>| {
        body.as_ref()
            .unwrap()
            .text
            .value
            .split_whitespace()
            .collect::<String>()
    };
    shown += &body(&example.request.as_ref().unwrap().body);
    shown += &body(&example.response.as_ref().unwrap().body);
    shown
}

#[test]
fn all_renditions_say_the_same() {
    let read = |text, rendition| {
        let (page, report) = facts("page.txt", text);
        assert_eq!(page.rendition, rendition);
        assert_eq!(page.kind, PageKind::Operation);
        assert_eq!(page.version, Some(ApiVersion::Beta));
        (shown(&page), codes(&report))
    };
    let (markdown, problems) = read(MARKDOWN, Rendition::Markdown);
    assert_eq!(problems, []);
    let (piped, problems) = read(PIPED, Rendition::PipedText);
    assert_eq!(problems, [Code::LinkTargetsLost]);
    let (plain, problems) = read(PLAIN, Rendition::PlainText);
    assert_eq!(problems, [Code::LinkTargetsLost]);
    assert_eq!(markdown, piped);
    assert_eq!(markdown, plain);
}

#[test]
fn methods_in_plain_text_are_a_problem() {
    let (page, report) = facts(
        "page.txt",
        "thing resource type\n\nNamespace: microsoft.graph\n\nA thing.\n\nMethods\n\nMethod Return Type Description\nGet thing thing Reads a thing.\n\nProperties\n\nProperty Type Description\nid String Its id.\n",
    );
    assert_eq!(page.kind, PageKind::Resource);
    assert!(page.resources[0].methods.is_empty());
    assert_eq!(page.resources[0].properties.len(), 1);
    assert_eq!(
        codes(&report),
        [Code::FlattenedMethods, Code::LinkTargetsLost]
    );
}

#[test]
fn lost_ticks_of_clouds_are_a_problem() {
    let clouds =
        "Global service US Government L4 US Government L5 (DOD) China operated by 21Vianet";
    let (page, report) = facts(
        "page.txt",
        &format!(
            "Add thing\n\nNamespace: microsoft.graph\n\nAdds.\n\n{clouds}\n\nHTTP request\n\nPOST /things\n"
        ),
    );
    assert!(page.clouds.is_empty());
    assert_eq!(
        codes(&report),
        [Code::CloudTicksLost, Code::LinkTargetsLost]
    );
}

#[test]
fn check_marks_of_clouds_by_name() {
    let check = |mark: &str, expected: bool| {
        let (page, _) = super::api(&format!(
            "# Get thing\n\nNamespace: microsoft.graph\n\nThis API is supported in the following [national cloud deployments](/x).\n\n\
             |Global service|US Government L4|\n|:--|:--|\n|{mark}|:x:|\n\nGets a thing.\n\n## HTTP request\n\n```http\nGET /things\n```\n"
        ));
        let supported: Vec<bool> = page.clouds.iter().map(|cloud| cloud.supported).collect();
        assert_eq!(supported, [expected, false], "{mark}");
        assert_eq!(page.summary.unwrap().value, "Gets a thing.");
    };
    check(":white_check_mark:", true);
    check(":heavy_check_mark:", true);
    check("✅", true);
    check("Yes", true);
    check(":no_entry:", false);
}
