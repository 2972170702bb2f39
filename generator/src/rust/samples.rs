//! Code samples: the documented request of an operation as Rust, for the documentation of its method. Only requests with real
//! keys, arguments, a query, headers or a body become samples; others repeat the signature.

mod bodies;
mod expression;
mod options;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{Api, Content, Example, Operation};

use super::call_chains::CallChains;
use super::items::{
    Area, Argument, ArgumentType, Builder, Call, CallArgument, Method, MethodBody, Response, Step,
};
use super::names::Ident;
use super::path_tree::operation_id;
use bodies::Types;
use expression::{Expression, string};

/// The longest chain of calls on one line.
const WIDTH: usize = 90;

/// The code for each method that has any, by builder and method.
pub(crate) type Samples = BTreeMap<(Ident, Ident), Vec<String>>;

/// Builds the code samples of all operations of a version. `prelude` imports what the samples name.
pub(crate) fn request_samples(
    api: &Api,
    prelude: &str,
    call_chains: &CallChains<'_>,
    areas: &[Area],
) -> Samples {
    let types = Types::new(areas);
    let operations = api.operations.par_iter().enumerate();
    let samples = operations.filter_map(|(index, operation)| {
        let mut examples = operation.examples.iter();
        examples.len().checked_sub(1)?;
        let (builder, method) = call_chains.method(operation_id(index));
        let sample = Sample {
            operation,
            types: &types,
            method,
            calls: call_chains.calls(builder, method),
        };
        let code = examples.find_map(|example| sample.code(example))?;
        let key = (builder.clone(), method.ident.clone());
        Some((key, compilable(prelude, code)))
    });
    let samples: Vec<_> = samples.collect();
    samples.into_iter().collect()
}

/// Adds the code samples to the documentation of the methods.
pub(crate) fn add_to_docs(mut samples: Samples, client: &mut Builder, areas: &mut [Area]) {
    let modules = areas.iter_mut().flat_map(|area| &mut area.modules);
    let builders = modules.flat_map(|module| &mut module.builders);
    for builder in std::iter::once(client).chain(builders) {
        for method in &mut builder.methods {
            let key = (builder.ident.clone(), method.ident.clone());
            if let Some(lines) = samples.remove(&key) {
                method.docs.code_block(lines);
            }
        }
    }
}

/// The code with the hidden lines that make it compile.
fn compilable(prelude: &str, code: String) -> Vec<String> {
    let mut lines = vec![
        format!("# {prelude}"),
        "# fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
    ];
    lines.extend(code.lines().map(str::to_owned));
    lines.push("# Ok(()) }".to_owned());
    lines
}

/// The inputs of the code sample of one operation.
struct Sample<'a> {
    operation: &'a Operation,
    types: &'a Types<'a>,
    method: &'a Method,
    calls: Vec<(&'a Ident, Option<&'a Step>)>,
}

impl Sample<'_> {
    /// The request of an example as code; none if it repeats the signature or has no Rust equivalent.
    fn code(&self, example: &Example) -> Option<String> {
        if example.request.disputed {
            return None;
        }
        let written = self.operation.path.match_request(&example.path)?;
        let mut arguments = written.arguments.into_iter().map(|argument| argument.text);
        let mut chain = Vec::with_capacity(self.calls.len());
        let mut is_informative = false;
        for (ident, step) in &self.calls {
            let mut given = Vec::new();
            for slot in step.map_or_else(Vec::new, slots) {
                let text = arguments.next()?;
                is_informative |= !is_placeholder(&text);
                given.push(self.argument(&slot, &text)?);
            }
            chain.push((ident, given));
        }
        let (before, body) = self.body(example)?;
        is_informative |= body.is_some();
        let (_, given) = chain.last_mut()?;
        given.extend(body);
        let mut chain: Vec<String> = chain
            .iter()
            .map(|(ident, given)| format!("{ident}({})", given.join(", ")))
            .collect();
        let query = example.query.as_deref().unwrap_or_default();
        let item = match &self.method.response {
            Response::Object(element) | Response::Page(element) => self.types.structure(element),
            Response::None
            | Response::Wrapped(_)
            | Response::Count
            | Response::Stream
            | Response::Json => None,
        };
        let options = options::query(query, item);
        let headers = options::headers(&example.request);
        is_informative |= !options.is_empty() || !headers.is_empty();
        chain.extend(options);
        chain.extend(headers);
        is_informative.then(|| format!("{before}{}", layout_statement(&chain)))
    }

    fn argument(&self, slot: &ArgumentType, text: &str) -> Option<String> {
        let bare = bare(text);
        let expression = match slot {
            ArgumentType::Text => Expression::string(bare),
            ArgumentType::Number(primitive) => bodies::number(*primitive, bare)?,
            ArgumentType::Shown(super::items::Element::Enum(ident)) => {
                self.types.member(ident, bare)?.within("&", "")
            }
            ArgumentType::Shown(_) => bodies::parsed(bare)?.within("&", ""),
        };
        Some(expression.layout("", "", 0))
    }

    /// The statement that makes the body, and the argument for it.
    fn body(&self, example: &Example) -> Option<(String, Option<String>)> {
        let json = match &example.request.content {
            Content::Json(json) => Some(&*json.value),
            Content::Empty | Content::Other(_) => None,
        };
        let statement = |expression: Expression| expression.layout("let body = ", ";\n", 0);
        Some(match &self.method.body {
            MethodBody::None => (String::new(), None),
            MethodBody::Value(value) => {
                let body = self.types.body(value, json?)?;
                (statement(body), Some("&body".to_owned()))
            }
            MethodBody::OptionalValue(value) => match json {
                Some(json) => {
                    let body = self.types.body(value, json)?;
                    (statement(body), Some("Some(&body)".to_owned()))
                }
                None => (String::new(), Some("None".to_owned())),
            },
            MethodBody::Json => {
                let body = bodies::parsed(&json?.to_string())?;
                let body = body.layout("let body = ", "", 0);
                let body = body.replacen("let body", "let body: runtime::Value", 1);
                (format!("{body};\n"), Some("&body".to_owned()))
            }
            MethodBody::Reference => {
                let json = json?;
                let link = json.get("@odata.id")?.as_str()?;
                let link = format!("&runtime::Reference::to({})", string(link));
                (String::new(), Some(link))
            }
            MethodBody::Stream => {
                let hidden = "# let content: Vec<u8> = Vec::new();\n".to_owned();
                (hidden, Some("content".to_owned()))
            }
        })
    }
}

/// What a step takes.
fn slots(step: &Step) -> Vec<ArgumentType> {
    match step {
        Step::Name(_) => Vec::new(),
        Step::Key(_) | Step::ItemPath(_) => vec![ArgumentType::Text],
        Step::AlternateKey(arguments) | Step::Call(Call { arguments, .. }) => {
            let ty = |argument: &CallArgument| {
                let Argument { ty, .. } = &argument.argument;
                ty.clone()
            };
            arguments.iter().map(ty).collect()
        }
    }
}

/// Whether a page only names what stands there.
fn is_placeholder(text: &str) -> bool {
    text.starts_with(['{', '<'])
}

/// The name in a placeholder.
fn bare(text: &str) -> &str {
    let inside = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    inside.unwrap_or(text)
}

/// The statement that makes the request.
fn layout_statement(chain: &[String]) -> String {
    let line = format!("let request = client.{};", chain.join("."));
    if line.len() <= WIDTH {
        return line;
    }
    let calls: Vec<String> = chain.iter().map(|call| format!("\n    .{call}")).collect();
    format!("let request = client{};", calls.concat())
}
