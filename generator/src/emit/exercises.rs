//! The documented examples as tests: one row with the call of its builder for each operation, and the examples as JSON.

use serde_json::{Value, json};

use crate::rust::{
    ApiVersion, Crate, Exercise, ExerciseContent, ExerciseExample, ExerciseMessage, ExerciseSlot,
    Ident, MethodBody, Version, When,
};

use super::MARK;
use super::source::Source;
use super::values::{ALLOW_DEPRECATED, literal};

/// Whether any version has examples.
pub(super) fn has_any(output: &Crate) -> bool {
    output.versions.iter().any(has_own)
}

fn has_own(version: &Version) -> bool {
    !version.exercises.is_empty()
}

/// The examples of one version.
pub(super) struct Examples<'a> {
    ident: &'a Ident,
    version: ApiVersion,
    has_deprecated: bool,
    exercises: &'a [Exercise],
}

/// The examples of the versions that have some.
pub(super) fn examples(output: &Crate) -> Vec<Examples<'_>> {
    let versions = output.versions.iter().filter(|version| has_own(version));
    let examples = versions.map(|version| Examples {
        ident: &version.ident,
        version: version.version,
        has_deprecated: !version.deprecated.is_empty(),
        exercises: &version.exercises,
    });
    examples.collect()
}

/// Writes `tests/examples.rs` below its doc comment.
pub(super) fn write_tests(source: &mut Source<'_>, crate_name: &str, all: &[Examples<'_>]) {
    let always = When::default();
    let idents: Vec<&str> = all.iter().map(|version| version.ident.as_str()).collect();
    let versions = match idents.as_slice() {
        [ident] => (*ident).to_owned(),
        idents => format!("{{{}}}", idents.join(", ")),
    };
    for line in [
        format!("use {crate_name}::runtime::Unconnected;"),
        format!("use {crate_name}::runtime::testing::conformance::{{Row, check}};"),
        format!("use {crate_name}::{versions};"),
    ] {
        source.declaration((&always, &always), &line);
    }
    for version in all {
        write_test(source, version);
    }
}

/// The doc comment of `tests/examples.rs`, with the attribute below it.
pub(super) fn docs(all: &[Examples<'_>]) -> String {
    let uses_deprecated = all.iter().any(|version| {
        version.has_deprecated || version.exercises.iter().any(|exercise| exercise.deprecated)
    });
    let allow = if uses_deprecated {
        ALLOW_DEPRECATED
    } else {
        ""
    };
    let docs =
        "//! Sends the documented examples through the request builders and types of this crate.";
    format!("{docs}\n{allow}").trim_end().to_owned() + "\n"
}

fn write_test(source: &mut Source<'_>, version: &Examples<'_>) {
    let module = version.ident;
    let table = module.as_str().to_uppercase();
    let file = literal(&format!("examples/{}.json", version.version.name()));
    source.start_item();
    source.lines(&format!(
        "#[test]\nfn {module}() {{\n    let client = {module}::Client::new(Unconnected);\n    \
         check(&client, {table}, include_str!({file}));\n}}"
    ));
    source.start_item();
    source.line(&format!("const {table}: &[Row<{module}::Client>] = &["));
    for exercise in version.exercises {
        source.push_all(&[
            "    (",
            &literal(&exercise.key),
            ", |client, arguments| {\n        arguments.finish(",
            &chain(exercise),
            ")\n    }),\n",
        ]);
    }
    source.line("];");
}

/// The calls from the client to the request.
fn chain(exercise: &Exercise) -> String {
    let mut next = 0_usize;
    let mut chain = "client".to_owned();
    let last = exercise.calls.len().saturating_sub(1);
    for (index, call) in exercise.calls.iter().enumerate() {
        let mut given: Vec<String> = Vec::new();
        for slot in &call.slots {
            given.push(match slot {
                ExerciseSlot::Text => format!("arguments.text({next})?"),
                ExerciseSlot::Value => format!("arguments.value({next})?"),
                ExerciseSlot::Reference => format!("&arguments.value({next})?"),
            });
            next += 1;
        }
        if index == last {
            given.extend(body(&exercise.body).map(str::to_owned));
        }
        chain.push_str(&format!(".{}({})", call.ident, given.join(", ")));
    }
    chain
}

fn body(body: &MethodBody) -> Option<&'static str> {
    match body {
        MethodBody::None => None,
        MethodBody::Value(_) | MethodBody::Reference => Some("&arguments.body()?"),
        MethodBody::OptionalValue(_) => Some("Some(&arguments.body()?)"),
        MethodBody::Json => Some("&arguments.json()?"),
        MethodBody::Stream => Some("arguments.content()?"),
    }
}

/// The file with the examples of a version.
pub(super) fn path(examples: &Examples<'_>) -> String {
    format!("tests/examples/{}.json", examples.version.name())
}

/// The examples of a version as JSON, one on a line.
pub(super) fn json_text(examples: &Examples<'_>) -> String {
    let mut text = format!("{{\"generated\":\"{MARK}. Do not edit.\",\"examples\":[");
    let mut part = "\n";
    for exercise in examples.exercises {
        for example in &exercise.examples {
            text.push_str(part);
            self::example(&exercise.key, example, &mut text);
            part = ",\n";
        }
    }
    text.push_str("\n]}\n");
    text
}

fn example(key: &str, example: &ExerciseExample, text: &mut String) {
    let ExerciseExample {
        page,
        arguments,
        path,
        query,
        request,
        response,
    } = example;
    member("{", "operation", &json!(key), text);
    member(",", "page", &json!(page), text);
    text.push_str(",\"request\":");
    member("{", "line", &json!(request.line), text);
    if !arguments.is_empty() {
        member(",", "arguments", &json!(arguments), text);
    }
    member(",", "path", &json!(path), text);
    if !query.is_empty() {
        member(",", "query", &json!(query), text);
    }
    if !request.headers.is_empty() {
        member(",", "headers", &json!(request.headers), text);
    }
    content(request, text);
    if let Some((status, response)) = response {
        text.push_str(",\"response\":");
        member("{", "line", &json!(response.line), text);
        member(",", "status", &json!(status), text);
        content(response, text);
    }
    text.push('}');
}

/// Writes the body and the end of a message.
fn content(message: &ExerciseMessage, text: &mut String) {
    match &message.content {
        ExerciseContent::Empty => {}
        // Strict JSON is copied verbatim.
        ExerciseContent::Json(json) => {
            text.push_str(",\"body\":");
            text.push_str(json);
        }
        ExerciseContent::Other(content) => member(",", "content", &json!(content), text),
    }
    if message.excused {
        text.push_str(",\"excused\":true");
    }
    text.push('}');
}

fn member(before: &str, name: &str, value: &Value, text: &mut String) {
    for part in [before, "\"", name, "\":", &value.to_string()] {
        text.push_str(part);
    }
}
