use crate::model::sample;
use crate::model::{Content, Example, ExampleJson, ExampleMessage, HttpMethod};
use crate::rust::lower;
use crate::source::At;

/// The visible lines of the code sample of a method.
fn code(
    method: HttpMethod,
    template: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Vec<String> {
    let mut model = sample::model();
    let operations = &mut model.apis[0].operations;
    let operation = operations
        .iter_mut()
        .find(|operation| operation.method == method && operation.path.template() == template)
        .unwrap();
    let (path, query) = match url.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (url, None),
    };
    let headers = headers.iter();
    let headers = headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    operation.examples.push(Example {
        name: None,
        request: ExampleMessage {
            headers: headers.collect(),
            content: match body {
                "" => Content::Empty,
                body => Content::Json(
                    ExampleJson::parse(At::new(body.to_owned(), operation.origin)).unwrap(),
                ),
            },
            at: operation.origin,
            disputed: false,
        },
        response: None,
        path: path.to_owned(),
        query,
        status: None,
    });
    let (output, _) = lower(&model, &sample::sources(), crate::rust::CRATE_NAME);
    let version = &output.versions[0];
    let modules = version.areas.iter().flat_map(|area| &area.modules);
    let builders = modules.flat_map(|module| &module.builders);
    let mut methods = builders.flat_map(|builder| &builder.methods);
    let method = methods
        .find(|found| found.operation.method == method && found.operation.template == template);
    let lines = method.unwrap().docs.lines().iter();
    let block = lines.skip_while(|line| *line != "```no_run").skip(1);
    let block = block.take_while(|line| *line != "```");
    let shown = block.filter(|line| !line.starts_with('#'));
    shown.cloned().collect()
}

#[track_caller]
fn check(method: HttpMethod, template: &str, url: &str, body: &str, expected: &[&str]) {
    assert_eq!(code(method, template, url, &[], body), expected);
}

#[test]
fn skips_samples_with_placeholder_keys() {
    check(
        HttpMethod::Delete,
        "/gadgets/{id}",
        "/gadgets/{id}",
        "",
        &[],
    );
    check(
        HttpMethod::Delete,
        "/gadgets/{id}",
        "/gadgets/7%2F8",
        "",
        &[r#"let request = client.gadgets().by_id("7/8").delete();"#],
    );
}

#[test]
fn passes_arguments_by_type() {
    let template = "/gadgets/{id}/score(from='{from}',top={top},since={since},body='{body}')";
    check(
        HttpMethod::Get,
        template,
        "/gadgets/{id}/score(from='a',top=5,since=2024-08-01T00:00:00Z,body='b')",
        "",
        &[
            "let request = client",
            "    .gadgets()",
            "    .by_id(\"id\")",
            "    .score_with_from_and_top_and_since_and_body(\"a\", 5, &\"2024-08-01T00:00:00Z\".parse()?, \"b\");",
        ],
    );
    check(
        HttpMethod::Get,
        template,
        "/gadgets/{id}/score(from='a',top={n},since={t},body='b')",
        "",
        &[],
    );
}

#[test]
fn writes_queries_and_headers_as_calls() {
    let found = code(
        HttpMethod::Get,
        "/gadgets",
        "/gadgets?$select=size,moon&$orderby=count desc&$top=2&x=%60",
        &[("Authorization", "a"), ("ConsistencyLevel", "eventual")],
        "",
    );
    assert_eq!(
        found,
        [
            "let request = client",
            "    .gadgets()",
            "    .list()",
            "    .select(&[&types::Gadget::SIZE, &\"moon\"])",
            "    .orderby(&[&runtime::Descending(types::Gadget::COUNT)])",
            "    .top(2)",
            "    .query(\"x\", \"\\u{60}\")",
            "    .consistency_level(runtime::ConsistencyLevel::Eventual);",
        ]
    );
}

#[test]
fn writes_bodies_as_struct_literals() {
    check(
        HttpMethod::Post,
        "/gadgets",
        "/gadgets",
        r##"{"@odata.type": "#microsoft.graph.gadget", "count": 3, "ratio": 2, "created": "2024-08-01T00:00:00Z",
            "colour": "none", "features": "backup", "size": "huge",
            "target": {"@odata.type": "#microsoft.graph.groupTarget", "groupId": "1"}, "type": "late"}"##,
        &[
            "let body = types::Gadget {",
            "    count: Some(3),",
            "    ratio: Some(2.0),",
            "    created: Some(\"2024-08-01T00:00:00Z\".parse()?),",
            "    colour: Some(types::Colour::None),",
            "    features: Some(types::Feature::Backup.into()),",
            "    target: Some(types::GroupTarget {",
            "        group_id: Some(\"1\".parse()?),",
            "        ..Default::default()",
            "    }.into()),",
            "    // and 2 more properties",
            "    ..Default::default()",
            "};",
            "let request = client.gadgets().create(&body);",
        ],
    );
}

#[test]
fn skips_bodies_without_known_properties() {
    check(
        HttpMethod::Post,
        "/gadgets",
        "/gadgets",
        r#"{"moon": 1}"#,
        &[],
    );
    check(HttpMethod::Post, "/gadgets", "/gadgets", "", &[]);
}

#[test]
fn writes_references_and_json_bodies() {
    check(
        HttpMethod::Post,
        "/gadgets/{id}/parts/$ref",
        "/gadgets/{id}/parts/$ref",
        r#"{"@odata.id": "https://x/1"}"#,
        &[
            "let request = client",
            "    .gadgets()",
            "    .by_id(\"id\")",
            "    .parts()",
            "    .add_reference(&runtime::Reference::to(\"https://x/1\"));",
        ],
    );
    check(
        HttpMethod::Put,
        "/gadgets/{id}",
        "/gadgets/{id}",
        r#"{"a": "b"}"#,
        &[
            r#"let body: runtime::Value = "{\"a\":\"b\"}".parse()?;"#,
            r#"let request = client.gadgets().by_id("id").replace(&body);"#,
        ],
    );
}

#[test]
fn passes_content_to_stream_methods() {
    check(
        HttpMethod::Put,
        "/gadgets/{id}/$value",
        "/gadgets/{id}/$value",
        "",
        &["let request = client.gadgets().by_id(\"id\").set_value(content);"],
    );
}

#[test]
fn escapes_text_in_literals() {
    let hostile = r##"{"type": "\"); evil(); //\n```\n# hidden\u202e \u0000"}"##;
    check(
        HttpMethod::Post,
        "/gadgets",
        "/gadgets",
        hostile,
        &[
            r#"let body = types::Gadget {"#,
            r#"    type_: Some("\"); evil(); //\n\u{60}\u{60}\u{60}\n# hidden\u{202e} \u{0}".into()),"#,
            "    ..Default::default()",
            "};",
            "let request = client.gadgets().create(&body);",
        ],
    );
}
