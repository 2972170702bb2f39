//! Requests and responses held against their operation.

use serde_json::Value;

use super::literals;
use super::values::{Oddity, Types, Walk, shown};
use crate::model::written::{WrittenArgument, decode};
use crate::model::{
    Body, Content, Example, ExampleMessage, FunctionParameter, Operation, ResponseContent, Segment,
    StructuredTypeId, Type, TypeRef,
};
use crate::report::Code;

/// What is odd about the request.
pub(super) fn request(types: &Types<'_>, operation: &Operation, example: &Example) -> Vec<Oddity> {
    let mut walk = Walk::new(types);
    path(&mut walk, operation, example);
    query(&mut walk, example.query.as_deref().unwrap_or_default());
    headers(&mut walk, operation, &example.request);
    match &example.request.content {
        Content::Empty => {
            let is_stream = matches!(operation.body, Body::None | Body::Stream);
            if !is_stream {
                let message = "the operation takes a body, and the example has none";
                walk.tell(Code::MissingBody, message.to_owned());
            }
        }
        Content::Other(_) => match &operation.body {
            Body::Stream => {}
            Body::None => unexpected_body(&mut walk),
            Body::Value(_) | Body::Parameters(_) | Body::Reference(_) | Body::Undefined => {
                not_json(&mut walk)
            }
        },
        Content::Json(json) => match serde_json::from_str(&json.value) {
            Ok(value) => request_body(&mut walk, operation, &value),
            Err(_) => not_json(&mut walk),
        },
    }
    walk.found
}

fn request_body(walk: &mut Walk<'_, '_>, operation: &Operation, value: &Value) {
    match &operation.body {
        Body::Undefined | Body::Stream => {}
        Body::None => unexpected_body(walk),
        Body::Value(ty) => content(walk, ty, value),
        Body::Parameters(parameters) => {
            let Some(members) = object(walk, value) else {
                return;
            };
            for (key, value) in members.iter().filter(|(key, _)| !key.contains('@')) {
                let known = parameters.iter().find(|parameter| parameter.name == *key);
                match known {
                    Some(parameter) => {
                        let mut below = walk.child(key);
                        below.value(&parameter.ty, value);
                        walk.found.extend(below.found);
                    }
                    None => {
                        let mut below = walk.child(key);
                        let message = format!("{key:?} is no parameter of the action");
                        below.tell(Code::UnlistedProperty, message);
                        walk.found.extend(below.found);
                    }
                }
            }
        }
        Body::Reference(_) => {
            if let Some(members) = object(walk, value)
                && !members.contains_key("@odata.id")
            {
                let message = "the body holds no `@odata.id`, which is the link";
                walk.tell(Code::MissingLink, message.to_owned());
            }
        }
    }
}

fn unexpected_body(walk: &mut Walk<'_, '_>) {
    let message = "the example sends a body, and the operation takes none";
    walk.tell(Code::UnexpectedBody, message.to_owned());
}

fn not_json(walk: &mut Walk<'_, '_>) {
    let message = "the body is no JSON that can be read";
    walk.tell(Code::ExampleNotJson, message.to_owned());
}

fn object<'v>(
    walk: &mut Walk<'_, '_>,
    value: &'v Value,
) -> Option<&'v serde_json::Map<String, Value>> {
    let members = value.as_object();
    if members.is_none() {
        let message = format!("the body is {}, and no object", shown(value));
        walk.tell(Code::ContentOfOtherKind, message);
    }
    members
}

/// A body of a type: objects are walked; what is no object can be no body.
fn content(walk: &mut Walk<'_, '_>, ty: &TypeRef, value: &Value) {
    let Type::Structured(id) = ty.ty else {
        return;
    };
    if ty.collection {
        return;
    }
    if let Some(members) = object(walk, value) {
        walk.object(id, members);
    }
}

/// What is odd about the response.
pub(super) fn response(
    types: &Types<'_>,
    operation: &Operation,
    status: u16,
    message: &ExampleMessage,
) -> Vec<Oddity> {
    let mut walk = Walk::new(types);
    // What a refusal holds is the same for all operations, and no page says it.
    if status >= 400 {
        return walk.found;
    }
    let is_count = matches!(operation.path.segments.last(), Some(Segment::Count));
    match (&message.content, &operation.response) {
        (Content::Empty, _) | (_, ResponseContent::Stream) => {}
        // An empty object is how some pages show that nothing comes.
        (Content::Json(json), ResponseContent::None) if is_empty(&json.value) => {}
        (_, ResponseContent::None) => {
            let message = "the response has content, and the operation returns none";
            walk.tell(Code::UnexpectedResponse, message.to_owned());
        }
        (Content::Other(_), _) if is_count => {}
        (Content::Other(_), ResponseContent::Value(_) | ResponseContent::Undefined) => {
            not_json(&mut walk)
        }
        (Content::Json(json), ResponseContent::Value(ty)) => {
            match serde_json::from_str(&json.value) {
                Ok(value) => returned(&mut walk, types, ty, &value),
                Err(_) => not_json(&mut walk),
            }
        }
        (Content::Json(_), ResponseContent::Undefined) => {}
    }
    walk.found
}

fn is_empty(json: &str) -> bool {
    serde_json::from_str(json).is_ok_and(|value: serde_json::Map<String, Value>| value.is_empty())
}

fn returned(walk: &mut Walk<'_, '_>, types: &Types<'_>, ty: &TypeRef, value: &Value) {
    let Some(members) = object(walk, value) else {
        return;
    };
    let inner = members.get("value");
    let mut below = walk.child("value");
    match (&ty.ty, ty.collection, inner) {
        (Type::Undefined(_), false, _) => {}
        (_, true, Some(inner @ Value::Array(_))) => below.value(ty, inner),
        (_, true, Some(inner)) => {
            let message = format!("the list under \"value\" is {}", shown(inner));
            walk.tell(Code::EnvelopeMissing, message);
        }
        (_, true, None) => {
            let message = "the operation lists a collection, and there is no list under \"value\"";
            walk.tell(Code::EnvelopeMissing, message.to_owned());
        }
        (Type::Structured(id), false, inner) => {
            instance(walk, &mut below, types, *id, members, inner)
        }
        (_, false, Some(inner)) => below.value(ty, inner),
        (_, false, None) => {
            let message = "a single value stands under \"value\", and there is no such key";
            walk.tell(Code::EnvelopeMissing, message.to_owned());
        }
    }
    walk.found.append(&mut below.found);
}

fn instance(
    walk: &mut Walk<'_, '_>,
    below: &mut Walk<'_, '_>,
    types: &Types<'_>,
    id: StructuredTypeId,
    members: &serde_json::Map<String, Value>,
    inner: Option<&Value>,
) {
    match inner {
        Some(Value::Object(inner)) if !types.has_property(id, "value") => {
            let message = "the instance stands under \"value\", where only collections do";
            walk.tell(Code::WrappedEntity, message.to_owned());
            below.object(id, inner);
        }
        Some(Value::Array(_)) if !types.has_property(id, "value") => {
            let message = "the response holds a collection, and the operation returns one instance";
            walk.tell(Code::UnexpectedCollection, message.to_owned());
        }
        _ => walk.object(id, members),
    }
}

/// Holds the path against the one that a client writes.
fn path(walk: &mut Walk<'_, '_>, operation: &Operation, example: &Example) {
    let Some(written) = operation.path.take_apart(&example.path) else {
        let message = format!(
            "`{}` has other parts than `{}`",
            example.path,
            operation.path.template()
        );
        return walk.tell(Code::PathSpelledOtherwise, message);
    };
    let parameters = operation.path.segments.iter().flat_map(slots);
    for (parameter, argument) in parameters.zip(&written.arguments) {
        if let Some(parameter) = parameter {
            self::argument(walk, parameter, argument);
        }
    }
    let texts: Vec<&str> = written
        .arguments
        .iter()
        .map(|argument| argument.text.as_str())
        .collect();
    let built = operation.path.fill(&texts);
    if built != decode(&written.path) {
        let message = format!(
            "`{}` is spelled `{built}` by its request line",
            example.path
        );
        walk.tell(Code::PathSpelledOtherwise, message);
    }
}

/// What a segment takes: a key is no parameter of a function.
fn slots(segment: &Segment) -> Vec<Option<&FunctionParameter>> {
    match segment {
        Segment::Key(_) | Segment::AlternateKey { .. } | Segment::ItemPath(_) => vec![None],
        Segment::Function { parameters, .. } => parameters.iter().map(Some).collect(),
        Segment::Name(_)
        | Segment::Cast(_)
        | Segment::Action(_)
        | Segment::Ref
        | Segment::Value
        | Segment::Count => Vec::new(),
    }
}

fn argument(walk: &mut Walk<'_, '_>, parameter: &FunctionParameter, written: &WrittenArgument) {
    if let Some(TypeRef {
        ty: Type::Primitive(primitive),
        collection: false,
    }) = parameter.ty
        && !literals::fits_text(primitive, &written.text)
    {
        let message = format!("the argument {:?} is no {primitive:?}", written.text);
        walk.tell(Code::ArgumentOfOtherType, message);
    }
}

fn query(walk: &mut Walk<'_, '_>, query: &str) {
    let mut seen = Vec::new();
    for option in query.split('&').filter(|option| !option.is_empty()) {
        let name = decode(option.split('=').next().unwrap_or_default());
        if seen.contains(&name) {
            let message = format!("the option `{name}` stands in the query more than once");
            walk.tell(Code::RepeatedQueryOption, message);
        }
        seen.push(name);
    }
}

fn headers(walk: &mut Walk<'_, '_>, operation: &Operation, message: &ExampleMessage) {
    for (name, value) in &message.headers {
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
        let is_value = value
            .bytes()
            .all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte));
        if !is_name || !is_value {
            let message = format!("`{name}: {value}` is no header that HTTP allows");
            walk.tell(Code::InvalidHeader, message);
        }
    }
    let sends_json = !matches!(operation.body, Body::None | Body::Stream);
    let kind = message
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if let Some((_, kind)) = kind.filter(|_| sends_json) {
        let bare = kind.split(';').next().unwrap_or_default().trim();
        if !bare.eq_ignore_ascii_case("application/json") {
            let message =
                format!("the content is said to be `{bare}`, and the operation takes JSON");
            walk.tell(Code::OtherContentKind, message);
        }
    }
}
