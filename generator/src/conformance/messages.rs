//! Checks requests and responses against their operation.

use serde_json::Value;

use super::primitives;
use super::values::{Checker, Mismatch, Types, shown};
use crate::model::request_path::PathArgument;
use crate::model::{
    Body, Content, Example, ExampleMessage, FunctionParameter, Operation, ResponseContent, Segment,
    StructuredTypeId, Type, TypeRef,
};
use crate::path::decode_percent;
use crate::report::{Code, NameKind};

/// Returns the mismatches of a request.
pub(super) fn check_request(
    types: &Types<'_>,
    operation: &Operation,
    example: &Example,
) -> Vec<Mismatch> {
    let mut checker = Checker::new(types);
    path(&mut checker, operation, example);
    query(&mut checker, example.query.as_deref().unwrap_or_default());
    headers(&mut checker, operation, &example.request);
    match &example.request.content {
        Content::Empty => {
            let is_stream = matches!(operation.body, Body::None | Body::Stream);
            if !is_stream {
                let message = "expected a request body, found none";
                checker.report(Code::MissingBody, message.to_owned());
            }
        }
        Content::Other(_) => match &operation.body {
            Body::Stream => {}
            Body::None => unexpected_body(&mut checker),
            Body::Value(_) | Body::Parameters(_) | Body::Reference(_) | Body::Undefined => {
                not_json(&mut checker)
            }
        },
        Content::Json(json) => request_body(&mut checker, operation, &json.value),
    }
    checker.mismatches
}

fn request_body(checker: &mut Checker<'_, '_>, operation: &Operation, value: &Value) {
    match &operation.body {
        Body::Undefined | Body::Stream => {}
        Body::None => unexpected_body(checker),
        Body::Value(ty) => content(checker, ty, value),
        Body::Parameters(parameters) => {
            let Some(members) = object(checker, value) else {
                return;
            };
            for (key, value) in members.iter().filter(|(key, _)| !key.contains('@')) {
                let known = parameters.iter().find(|parameter| parameter.name == *key);
                match known {
                    Some(parameter) => {
                        let mut below = checker.child(key);
                        below.value(&parameter.ty, value);
                        checker.mismatches.extend(below.mismatches);
                    }
                    None => {
                        let mut below = checker.child(key);
                        let message = format!("the action has no parameter {key:?}");
                        let mut names = parameters.iter().map(|known| known.name.as_str());
                        below.report_unknown_name(
                            Code::UnlistedProperty,
                            message,
                            key,
                            NameKind::BodyMember,
                            names.find(|known| known.eq_ignore_ascii_case(key)),
                        );
                        checker.mismatches.extend(below.mismatches);
                    }
                }
            }
        }
        Body::Reference(_) => {
            if let Some(members) = object(checker, value)
                && !members.contains_key("@odata.id")
            {
                let message = "expected a reference with `@odata.id`, found none";
                checker.report(Code::MissingLink, message.to_owned());
            }
        }
    }
}

fn unexpected_body(checker: &mut Checker<'_, '_>) {
    let message = "expected no request body, found one";
    checker.report(Code::UnexpectedBody, message.to_owned());
}

fn not_json(checker: &mut Checker<'_, '_>) {
    let message = "expected JSON, found text that cannot be parsed as JSON";
    checker.report(Code::ExampleNotJson, message.to_owned());
}

fn object<'v>(
    checker: &mut Checker<'_, '_>,
    value: &'v Value,
) -> Option<&'v serde_json::Map<String, Value>> {
    let members = value.as_object();
    if members.is_none() {
        let message = format!("expected an object, found {}", shown(value));
        checker.report(Code::ContentOfOtherKind, message);
    }
    members
}

/// Checks a body of a structured type, which must be an object.
fn content(checker: &mut Checker<'_, '_>, ty: &TypeRef, value: &Value) {
    let Type::Structured(id) = ty.ty else {
        return;
    };
    if ty.collection {
        return;
    }
    if let Some(members) = object(checker, value) {
        checker.object(id, members);
    }
}

/// Returns the mismatches of a response.
pub(super) fn check_response(
    types: &Types<'_>,
    operation: &Operation,
    status: u16,
    message: &ExampleMessage,
) -> Vec<Mismatch> {
    let mut checker = Checker::new(types);
    // Error responses have the same type for all operations and are not documented per operation.
    if status >= 400 {
        return checker.mismatches;
    }
    let is_count = matches!(operation.path.segments.last(), Some(Segment::Count));
    match (&message.content, &operation.response) {
        (Content::Empty, _) | (_, ResponseContent::Stream) => {}
        // Some pages show an empty response as an empty object.
        (Content::Json(json), ResponseContent::None) if is_empty_object(&json.value) => {}
        (_, ResponseContent::None) => {
            let message = "expected an empty response, found content";
            checker.report(Code::UnexpectedResponse, message.to_owned());
        }
        (Content::Other(_), _) if is_count => {}
        (Content::Other(_), ResponseContent::Value(_) | ResponseContent::Undefined) => {
            not_json(&mut checker)
        }
        (Content::Json(json), ResponseContent::Value(ty)) => {
            returned(&mut checker, types, ty, &json.value);
        }
        (Content::Json(_), ResponseContent::Undefined) => {}
    }
    checker.mismatches
}

fn is_empty_object(value: &Value) -> bool {
    value.as_object().is_some_and(serde_json::Map::is_empty)
}

fn returned(checker: &mut Checker<'_, '_>, types: &Types<'_>, ty: &TypeRef, value: &Value) {
    let Some(members) = object(checker, value) else {
        return;
    };
    let inner = members.get("value");
    let mut below = checker.child("value");
    match (&ty.ty, ty.collection, inner) {
        (Type::Undefined(_), false, _) => {}
        (_, true, Some(inner @ Value::Array(_))) => below.value(ty, inner),
        (_, true, Some(inner)) => {
            let message = format!("expected an array in \"value\", found {}", shown(inner));
            checker.report(Code::EnvelopeMissing, message);
        }
        (_, true, None) => {
            let message = "expected a collection in \"value\", found no such key";
            checker.report(Code::EnvelopeMissing, message.to_owned());
        }
        (Type::Structured(id), false, inner) => {
            instance(checker, &mut below, types, *id, members, inner)
        }
        (_, false, Some(inner)) => below.value(ty, inner),
        (_, false, None) => {
            let message = "expected a primitive value in \"value\", found no such key";
            checker.report(Code::EnvelopeMissing, message.to_owned());
        }
    }
    checker.mismatches.append(&mut below.mismatches);
}

fn instance(
    checker: &mut Checker<'_, '_>,
    below: &mut Checker<'_, '_>,
    types: &Types<'_>,
    id: StructuredTypeId,
    members: &serde_json::Map<String, Value>,
    inner: Option<&Value>,
) {
    match inner {
        Some(Value::Object(inner)) if !types.has_property(id, "value") => {
            let message =
                "expected the object itself, found it in \"value\", which is for collections";
            checker.report(Code::WrappedEntity, message.to_owned());
            below.object(id, inner);
        }
        Some(Value::Array(_)) if !types.has_property(id, "value") => {
            let message = "expected a single object, found a collection";
            checker.report(Code::UnexpectedCollection, message.to_owned());
        }
        _ => checker.object(id, members),
    }
}

/// Checks the path against the one that the generated code writes.
fn path(checker: &mut Checker<'_, '_>, operation: &Operation, example: &Example) {
    let Some(written) = operation.path.match_request(&example.path) else {
        let message = format!(
            "the path `{}` does not match the request line `{}`",
            example.path,
            operation.path.template()
        );
        return checker.report(Code::PathSpelledOtherwise, message);
    };
    let parameters = operation.path.segments.iter().flat_map(segment_arguments);
    for (parameter, argument) in parameters.zip(&written.arguments) {
        if let Some(parameter) = parameter {
            self::argument(checker, parameter, argument);
        }
    }
    let texts: Vec<&str> = written
        .arguments
        .iter()
        .map(|argument| argument.text.as_str())
        .collect();
    let built = operation.path.fill(&texts);
    if built != decode_percent(&written.path) {
        let message = format!(
            "expected the path `{built}` of the request line, found `{}`",
            example.path
        );
        let folded = |path: &str| path.replace(' ', "").to_lowercase();
        let is_case = folded(&built) == folded(&example.path);
        checker.report_path(message, &example.path, is_case.then_some(built));
    }
}

/// Returns one entry for each argument of a segment: the function parameter, or none for a key.
fn segment_arguments(segment: &Segment) -> Vec<Option<&FunctionParameter>> {
    match segment {
        Segment::Key(_) | Segment::ItemPath(_) => vec![None],
        Segment::AlternateKey(properties) => vec![None; properties.len()],
        Segment::Function { parameters, .. } => parameters.iter().map(Some).collect(),
        Segment::Name(_)
        | Segment::Cast(_)
        | Segment::Action(_)
        | Segment::Ref
        | Segment::Value
        | Segment::Count => Vec::new(),
    }
}

fn argument(checker: &mut Checker<'_, '_>, parameter: &FunctionParameter, written: &PathArgument) {
    if let Some(TypeRef {
        ty: Type::Primitive(primitive),
        collection: false,
    }) = parameter.ty
        && !primitives::is_literal(primitive, &written.text)
    {
        let message = format!(
            "expected an argument of type Edm.{primitive:?}, found {:?}",
            written.text
        );
        checker.report_text(Code::ArgumentOfOtherType, message, &written.text, None);
    }
}

fn query(checker: &mut Checker<'_, '_>, query: &str) {
    let mut seen = Vec::new();
    for option in query.split('&').filter(|option| !option.is_empty()) {
        let name = decode_percent(option.split('=').next().unwrap_or_default());
        if seen.contains(&name) {
            let message = format!("the query option `{name}` occurs more than once");
            checker.report_text(Code::RepeatedQueryOption, message, &name, None);
        }
        seen.push(name);
    }
}

fn headers(checker: &mut Checker<'_, '_>, operation: &Operation, message: &ExampleMessage) {
    for (name, value) in &message.headers {
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
        let is_value = value
            .bytes()
            .all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte));
        if !is_name || !is_value {
            let message = format!("`{name}: {value}` is not a valid HTTP header");
            let kind = (!is_name).then_some(NameKind::Header);
            let part = if is_name { value } else { name };
            checker.report_text(Code::InvalidHeader, message, part, kind);
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
            let message = format!("expected the content type `application/json`, found `{bare}`");
            checker.report(Code::OtherContentKind, message);
        }
    }
}
