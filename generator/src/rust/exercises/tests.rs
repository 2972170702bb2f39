use super::*;
use crate::model::HttpMethod;
use crate::model::sample;
use crate::model::{ExampleJson, Model, Segment};
use crate::rust::lower;
use crate::source::At;

/// Gives an example to the operation with a method and template, and lowers all.
fn exercise(method: HttpMethod, template: &str, path: &str, query: Option<&str>) -> Exercise {
    let mut model = sample::model();
    let operation = operation(&mut model, method, template);
    let message = |content| ExampleMessage {
        headers: Vec::new(),
        content,
        at: operation.origin,
        disputed: false,
    };
    let json = "{ \"name\": \"a \\\" { b\",\n  \"size\": 1.50 }";
    operation.examples.push(Example {
        name: None,
        request: message(Content::Json(
            ExampleJson::parse(At::new(json.to_owned(), operation.origin)).unwrap(),
        )),
        response: Some(message(Content::Empty)),
        path: path.to_owned(),
        query: query.map(str::to_owned),
        status: Some(204),
    });
    let (output, _) = lower(&model, &sample::sources(), crate::rust::CRATE_NAME);
    let [exercise] = output.versions[0].exercises.as_slice() else {
        panic!("one operation has an example")
    };
    exercise.clone()
}

fn operation<'m>(model: &'m mut Model, method: HttpMethod, template: &str) -> &'m mut Operation {
    let operations = &mut model.apis[0].operations;
    let templates: Vec<String> = operations
        .iter()
        .map(|operation| operation.path.template())
        .collect();
    operations
        .iter_mut()
        .find(|operation| operation.method == method && operation.path.template() == template)
        .unwrap_or_else(|| panic!("no {template:?} in {templates:?}"))
}

/// The calls with the arguments they are given.
fn check(method: HttpMethod, template: &str, path: &str, calls: &str) {
    let exercise = exercise(method, template, path, None);
    let mut arguments = exercise.examples[0].arguments.iter();
    let shown = exercise.calls.iter().map(|call| {
        let slots: Vec<String> = call
            .slots
            .iter()
            .map(|slot| format!("{slot:?} {}", arguments.next().unwrap()))
            .collect();
        format!("{}({})", call.ident, slots.join(", "))
    });
    assert_eq!(shown.collect::<Vec<_>>().join("."), calls);
    assert_eq!(arguments.next(), None);
}

#[test]
fn lists_calls_from_the_client_to_the_method() {
    use HttpMethod::{Get, Patch};
    check(Get, "/gadgets", "/gadgets", "gadgets().list()");
    check(
        Patch,
        "/gadgets/{id}",
        "/gadgets/a%20b",
        "gadgets().by_id(Text a b).update()",
    );
}

#[test]
fn passes_function_arguments_by_type() {
    let mut model = sample::model();
    let function = model.apis[0].operations.iter_mut().find(|operation| {
        let last = operation.path.segments.last();
        matches!(last, Some(Segment::Function { parameters, .. }) if !parameters.is_empty())
    });
    let template = function.unwrap().path.template();
    check(
        HttpMethod::Get,
        &template,
        "/gadgets/7/score(from='it''s',top=3,since=2020-01-01T00:00:00Z,body='b')",
        "gadgets().by_id(Text 7).score_with_from_and_top_and_since_and_body(Text it's, Value 3, Reference \
         2020-01-01T00:00:00Z, Text b)",
    );
}

#[test]
fn decodes_queries() {
    let query = Some("$filter=name%20eq%20'a%26b'&$count&$top=1");
    let exercise = exercise(HttpMethod::Get, "/gadgets", "/gadgets", query);
    let pairs: Vec<(&str, &str)> = exercise.examples[0]
        .query
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let expected = [("$filter", "name eq 'a&b'"), ("$count", ""), ("$top", "1")];
    assert_eq!(pairs, expected);
}

#[test]
fn keeps_numbers_and_strings_of_bodies() {
    let exercise = exercise(HttpMethod::Get, "/gadgets", "/gadgets", None);
    let example = &exercise.examples[0];
    let body = r#"{"name":"a \" { b","size":1.50}"#;
    assert_eq!(
        example.request.content,
        ExerciseContent::Json(body.to_owned())
    );
    let (status, response) = example.response.as_ref().unwrap();
    assert_eq!((*status, &response.content), (204, &ExerciseContent::Empty));
}
