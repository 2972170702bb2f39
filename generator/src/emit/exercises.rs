//! The documented examples as tests: one row with the call of its builder for each operation, and the examples as JSON.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use crate::rust::{
    ApiVersion, Crate, Exercise, ExerciseContent, ExerciseExample, ExerciseMessage, ExerciseSlot,
    Ident, MethodBody, Version,
};

use super::MARK;
use super::attributes::allow_deprecated;
use super::inserts::Inserts;
use super::values::{ident, literal};

/// Whether there is any example.
pub(super) fn has_any(output: &Crate) -> bool {
    output.versions.iter().any(has_own)
}

fn has_own(version: &Version) -> bool {
    !version.exercises.is_empty()
}

/// The examples of one version, and what else is told of it.
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

/// `tests/examples.rs`
pub(super) fn tests(all: &[Examples<'_>], inserts: &Inserts<'_>) -> TokenStream {
    let is_deprecated = all.iter().any(|version| {
        version.has_deprecated || version.exercises.iter().any(|exercise| exercise.deprecated)
    });
    let allow = allow_deprecated(is_deprecated);
    let idents = all.iter().map(|version| ident(version.ident));
    let tests = all.iter().map(|version| test(version, inserts));
    quote! {
        //! The examples of the documentation, through the builders and types of this crate.
        #allow
        use graphwright::runtime::Unconnected;
        use graphwright::runtime::testing::conformance::{Row, check};
        use graphwright::{#(#idents),*};
        #(#tests)*
    }
}

fn test(version: &Examples<'_>, inserts: &Inserts<'_>) -> TokenStream {
    let module = ident(version.ident);
    let table = syn::Ident::new(&version.ident.as_str().to_uppercase(), module.span());
    let file = format!("examples/{}.json", version.version.name());
    let rows = inserts.rows(rows(version.exercises));
    quote! {
        #[test]
        fn #module() {
            let client = #module::Client::new(Unconnected);
            check(&client, #table, include_str!(#file));
        }
        const #table: &[Row<#module::Client>] = &[#rows];
    }
}

fn rows(exercises: &[Exercise]) -> String {
    let mut rows = String::new();
    for exercise in exercises {
        let row = format!(
            "({}, |client, arguments| {{\n    arguments.finish({})\n}}),\n",
            literal(&exercise.key),
            chain(exercise)
        );
        rows.push_str(&row);
    }
    rows
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

/// The body of a message, and the end of the message.
fn content(message: &ExerciseMessage, text: &mut String) {
    match &message.content {
        ExerciseContent::Empty => {}
        // Strict JSON stays as it is spelled.
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
