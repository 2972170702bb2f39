//! Documented examples as tests of the request builders: the chain of calls of each operation, and its arguments in each example.

use rayon::prelude::*;

use crate::model::{Api, Content, Example, ExampleMessage, Operation, OperationId};
use crate::path::decode_percent;
use crate::source::Sources;

use super::call_chains::CallChains;
use super::docs;
use super::items::{
    Argument, ArgumentType, Call, CallArgument, Exercise, ExerciseCall, ExerciseContent,
    ExerciseExample, ExerciseMessage, ExerciseSlot, Step,
};
use super::names::Ident;
use super::path_tree::operation_id;

/// An exercise for every operation that has examples, sorted by key.
pub(crate) fn exercises(
    api: &Api,
    call_chains: &CallChains<'_>,
    sources: &Sources,
) -> Vec<Exercise> {
    let operations = api.operations.par_iter().enumerate();
    let mut exercises: Vec<Exercise> = operations
        .filter(|(_, operation)| !operation.examples.is_empty())
        .map(|(index, operation)| {
            let id = operation_id(index);
            exercise(id, operation, call_chains, sources)
        })
        .collect();
    exercises.sort_by(|left, right| left.key.cmp(&right.key));
    exercises
}

fn exercise(
    id: OperationId,
    operation: &Operation,
    call_chains: &CallChains<'_>,
    sources: &Sources,
) -> Exercise {
    let (builder, method) = call_chains.method(id);
    let examples = operation.examples.iter();
    let key = format!(
        "{} {}",
        operation.method.name(),
        operation.path.normalised()
    );
    Exercise {
        key,
        calls: call_chains
            .calls(builder, method)
            .iter()
            .map(call)
            .collect(),
        body: method.body.clone(),
        deprecated: method.deprecated.is_some(),
        examples: examples
            .map(|example| self::example(operation, example, sources))
            .collect(),
    }
}

fn call((ident, step): &(&Ident, Option<&Step>)) -> ExerciseCall {
    ExerciseCall {
        ident: (*ident).clone(),
        slots: step.map_or_else(Vec::new, slots),
    }
}

fn slots(step: &Step) -> Vec<ExerciseSlot> {
    match step {
        Step::Name(_) => Vec::new(),
        Step::Key(_) | Step::ItemPath(_) => vec![ExerciseSlot::Text],
        Step::AlternateKey(arguments) | Step::Call(Call { arguments, .. }) => {
            arguments.iter().map(slot).collect()
        }
    }
}

fn slot(argument: &CallArgument) -> ExerciseSlot {
    let Argument { ty, .. } = &argument.argument;
    match ty {
        ArgumentType::Text => ExerciseSlot::Text,
        ArgumentType::Number(_) => ExerciseSlot::Value,
        ArgumentType::Shown(_) => ExerciseSlot::Reference,
    }
}

fn example(operation: &Operation, example: &Example, sources: &Sources) -> ExerciseExample {
    // An example whose path does not match that of the operation gets no arguments; its test fails.
    let written = operation.path.match_request(&example.path);
    let (arguments, path) = match written {
        Some(written) => {
            let arguments = written.arguments.into_iter();
            (
                arguments.map(|argument| argument.text).collect(),
                written.path,
            )
        }
        None => (Vec::new(), example.path.clone()),
    };
    let response = example.response.as_ref();
    ExerciseExample {
        page: docs::plain(&sources.get(example.request.at.file).path),
        arguments,
        path,
        query: example.query.as_deref().map_or_else(Vec::new, options),
        request: message(&example.request),
        response: response.map(|response| (example.status.unwrap_or(0), message(response))),
    }
}

fn message(message: &ExampleMessage) -> ExerciseMessage {
    ExerciseMessage {
        line: message.at.line,
        headers: message.headers.clone(),
        content: match &message.content {
            Content::Empty => ExerciseContent::Empty,
            Content::Json(json) => ExerciseContent::Json(on_one_line(&json.text.value)),
            Content::Other(text) => ExerciseContent::Other(text.value.clone()),
        },
        excused: message.disputed,
    }
}

/// The options of a query, decoded.
pub(crate) fn options(query: &str) -> Vec<(String, String)> {
    let options = query.split('&').filter(|option| !option.is_empty());
    options
        .map(|option| {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            (decode_percent(name), decode_percent(value))
        })
        .collect()
}

/// Strict JSON without white space around its tokens; numbers and strings stay as they are spelled.
fn on_one_line(json: &str) -> String {
    let mut line = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for letter in json.chars() {
        if in_string {
            line.push(letter);
            in_string = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
        } else if !matches!(letter, ' ' | '\t' | '\n' | '\r') {
            line.push(letter);
            in_string = letter == '"';
        }
    }
    line
}

#[cfg(test)]
mod tests;
