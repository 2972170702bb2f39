//! The documented examples as tests: one row with the call of its builder for each operation, and the examples as JSON.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use crate::rust::{
    Crate, Exercise, ExerciseCall, ExerciseContent, ExerciseExample, ExerciseMessage, ExerciseSlot,
    MethodBody, Version,
};

use super::attributes::allow_deprecated;
use super::values::ident;
use super::{File, MARK};

/// Whether there is any example.
pub(super) fn has_any(output: &Crate) -> bool {
    output.versions.iter().any(has_own)
}

fn has_own(version: &Version) -> bool {
    !version.exercises.is_empty()
}

/// `tests/examples.rs`
pub(super) fn tests(output: &Crate) -> TokenStream {
    let versions = || output.versions.iter().filter(|version| has_own(version));
    let is_deprecated = versions().any(|version| {
        !version.deprecated.is_empty()
            || version.exercises.iter().any(|exercise| exercise.deprecated)
    });
    let allow = allow_deprecated(is_deprecated);
    let idents = versions().map(|version| ident(&version.ident));
    let tests = versions().map(test);
    quote! {
        //! The examples of the documentation, through the builders and types of this crate.
        #allow
        use graphwright::runtime::Unconnected;
        use graphwright::runtime::examples::{Row, check};
        use graphwright::{#(#idents),*};
        #(#tests)*
    }
}

fn test(version: &Version) -> TokenStream {
    let module = ident(&version.ident);
    let table = syn::Ident::new(&version.ident.as_str().to_uppercase(), module.span());
    let file = format!("examples/{}.json", version.version.name());
    let rows = version.exercises.iter().map(row);
    quote! {
        #[test]
        fn #module() {
            let client = #module::Client::new(Unconnected);
            check(&client, #table, include_str!(#file));
        }
        const #table: &[Row<#module::Client>] = &[#(#rows),*];
    }
}

fn row(exercise: &Exercise) -> TokenStream {
    let key = &exercise.key;
    let mut next = 0_usize;
    let mut chain = quote! { client };
    let last = exercise.calls.len().saturating_sub(1);
    for (index, call) in exercise.calls.iter().enumerate() {
        let ExerciseCall { ident: name, slots } = call;
        let name = ident(name);
        let mut given: Vec<TokenStream> = Vec::new();
        for slot in slots {
            given.push(match slot {
                ExerciseSlot::Text => quote! { arguments.text(#next)? },
                ExerciseSlot::Value => quote! { arguments.value(#next)? },
                ExerciseSlot::Reference => quote! { &arguments.value(#next)? },
            });
            next += 1;
        }
        if index == last {
            given.extend(body(&exercise.body));
        }
        chain = quote! { #chain.#name(#(#given),*) };
    }
    quote! { (#key, |client, arguments| arguments.finish(#chain)) }
}

fn body(body: &MethodBody) -> Option<TokenStream> {
    match body {
        MethodBody::None => None,
        MethodBody::Value(_) | MethodBody::Reference => Some(quote! { &arguments.body()? }),
        MethodBody::Json => Some(quote! { &arguments.json()? }),
        MethodBody::Stream => Some(quote! { arguments.content()? }),
    }
}

/// The examples of all versions as JSON, one on a line.
pub(super) fn files(output: &Crate) -> impl Iterator<Item = File> {
    let versions = output.versions.iter().filter(|version| has_own(version));
    versions.map(|version| {
        let examples = version.exercises.iter().flat_map(|exercise| {
            let examples = exercise.examples.iter();
            examples.map(|example| self::example(&exercise.key, example))
        });
        let examples: Vec<String> = examples.collect();
        File {
            path: format!("tests/examples/{}.json", version.version.name()),
            text: format!(
                "{{\"generated\":\"{MARK}. Do not edit.\",\"examples\":[\n{}\n]}}\n",
                examples.join(",\n")
            ),
        }
    })
}

fn example(key: &str, example: &ExerciseExample) -> String {
    let ExerciseExample {
        page,
        arguments,
        path,
        query,
        request,
        response,
    } = example;
    let mut halves = vec![
        ("arguments", json!(arguments)),
        ("path", json!(path)),
        ("query", json!(query)),
        ("headers", json!(request.headers)),
    ];
    halves.retain(|(name, value)| {
        *name == "path" || value.as_array().is_some_and(|list| !list.is_empty())
    });
    let request = message(request, &halves);
    let mut text = format!(
        "{{\"operation\":{},\"page\":{},\"request\":{request}",
        json!(key),
        json!(page)
    );
    if let Some((status, response)) = response {
        let response = message(response, &[("status", json!(status))]);
        text.push_str(&format!(",\"response\":{response}"));
    }
    text.push('}');
    text
}

fn message(message: &ExerciseMessage, own: &[(&str, Value)]) -> String {
    let mut text = format!("{{\"line\":{}", message.line);
    for (name, value) in own {
        text.push_str(&format!(",\"{name}\":{value}"));
    }
    match &message.content {
        ExerciseContent::Empty => {}
        // Strict JSON stays as it is spelled.
        ExerciseContent::Json(json) => text.push_str(&format!(",\"body\":{json}")),
        ExerciseContent::Other(content) => {
            text.push_str(&format!(",\"content\":{}", json!(content)));
        }
    }
    if message.excused {
        text.push_str(",\"excused\":true");
    }
    text.push('}');
    text
}
