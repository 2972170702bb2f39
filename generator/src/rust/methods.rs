//! Operations to methods of request builders: names, parameters, bodies and responses.

use crate::model::{
    Body, FunctionParameter, HttpMethod, KeyProperty, Operation, OperationId, OperationKind,
    Primitive as Edm, ResponseContent, Segment, Type, TypeRef,
};

use super::docs::{self, requests};
use super::items::{
    Argument, ArgumentType, Call, CallArgument, Element, Method, MethodBody, OperationConstant,
    Primitive, Response, Step, Value,
};
use super::names::{self, Ident, Scope};
use super::type_names::TypeNames;
use super::values;

/// The preferred name of a method. It follows from the operation alone, so that no other operation can change it.
pub(crate) fn preferred_name(operation: &Operation, tail: Option<&Segment>) -> Ident {
    use HttpMethod::{Delete, Get, Patch, Post, Put};
    let (name, usual): (Ident, &[HttpMethod]) = match tail {
        Some(Segment::Action(name)) => (names::segment_method(name), &[Get, Post]),
        Some(Segment::Function { name, parameters }) => {
            (function_name(name, parameters), &[Get, Post])
        }
        Some(Segment::Ref) => return reference_name(operation),
        Some(Segment::Value) => return content_name(operation.method, "value"),
        Some(Segment::Name(name)) => return content_name(operation.method, name),
        Some(Segment::Count) => (names::snake("count"), &[Get]),
        Some(
            Segment::Key(_) | Segment::AlternateKey(_) | Segment::Cast(_) | Segment::ItemPath(_),
        )
        | None => match operation.kind {
            OperationKind::List => (names::snake("list"), &[Get]),
            OperationKind::Get => (names::snake("get"), &[Get]),
            OperationKind::Create => (names::snake("create"), &[Post]),
            OperationKind::Update => (names::snake("update"), &[Patch]),
            OperationKind::Replace => (names::snake("replace"), &[Put]),
            OperationKind::Delete => (names::snake("delete"), &[Delete]),
            OperationKind::Count => (names::snake("count"), &[Get]),
            OperationKind::Action => (names::snake("call"), &[Post]),
            OperationKind::Function => (names::snake("call"), &[Get]),
            OperationKind::Reference => return reference_name(operation),
            OperationKind::Stream => return content_name(operation.method, "content"),
        },
    };
    if usual.contains(&operation.method) {
        return name;
    }
    name_with_method(&name, operation.method)
}

/// A name with the HTTP method, where several methods share it: `range_by_post`.
pub(crate) fn name_with_method(name: &Ident, method: HttpMethod) -> Ident {
    name.snake_join(&names::snake(&format!("by {}", method.name())))
}

/// The words for an alternate key: `by tenant id and name`.
pub(crate) fn alternate_key_words(properties: &[KeyProperty]) -> String {
    let names: Vec<&str> = properties
        .iter()
        .map(|property| property.name.as_str())
        .collect();
    format!("by {}", names.join(" and "))
}

/// The name of a function with its parameters, as overloads have other ones: `range_with_address`.
pub(crate) fn function_name(name: &str, parameters: &[FunctionParameter]) -> Ident {
    if parameters.is_empty() {
        return names::segment_method(name);
    }
    let with: Vec<&str> = parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    names::snake(name).snake_join(&names::snake(&format!("with {}", with.join(" and "))))
}

fn reference_name(operation: &Operation) -> Ident {
    let collection = matches!(&operation.response, ResponseContent::Value(ty) if ty.collection);
    names::snake(match operation.method {
        HttpMethod::Get if collection || operation.kind == OperationKind::List => "list_references",
        HttpMethod::Get => "reference",
        HttpMethod::Post => "add_reference",
        HttpMethod::Put => "set_reference",
        HttpMethod::Patch => "update_reference",
        HttpMethod::Delete => "remove_reference",
    })
}

/// The name of a method for a stream: `content` reads it, `set_content` writes it.
fn content_name(method: HttpMethod, stream: &str) -> Ident {
    let verb = match method {
        HttpMethod::Get => return names::snake(stream),
        HttpMethod::Post => "create",
        HttpMethod::Put => "set",
        HttpMethod::Patch => "update",
        HttpMethod::Delete => "delete",
    };
    names::snake(verb).snake_join(&names::snake(stream))
}

/// The method of an operation under the identifier chosen for it. `tail` is what the operation's path adds to the builder's;
/// `parameters` names the struct of an action's parameters.
pub(crate) fn method(
    type_names: &TypeNames,
    id: OperationId,
    operation: &Operation,
    tail: Option<&Segment>,
    ident: Ident,
    parameters: Option<Ident>,
) -> Method {
    Method {
        id,
        docs: requests::method(operation),
        deprecated: docs::facts::deprecated(&operation.docs),
        step: tail.map(|segment| step(type_names, segment)),
        response: response(type_names, operation, tail),
        operation: constant(operation, &ident),
        ident,
        body: body(type_names, operation, parameters),
        shorthand: None,
    }
}

fn constant(operation: &Operation, ident: &Ident) -> OperationConstant {
    let page = operation.pages.first().map_or("", |page| page.url.as_str());
    OperationConstant {
        ident: names::constant(ident),
        method: operation.method,
        template: docs::plain(&operation.path.template()),
        page: if docs::url(page) == page {
            page.to_owned()
        } else {
            String::new()
        },
        permissions: operation.permissions.clone(),
    }
}

/// The step that appends a segment to a path.
pub(crate) fn step(type_names: &TypeNames, segment: &Segment) -> Step {
    match segment {
        Segment::Name(name) | Segment::Action(name) => Step::Name(name.clone()),
        Segment::Cast(name) => Step::Name(name.full()),
        Segment::Ref => Step::Name("$ref".to_owned()),
        Segment::Value => Step::Name("$value".to_owned()),
        Segment::Count => Step::Name("$count".to_owned()),
        Segment::Key(_) => Step::Key(names::snake("id")),
        Segment::AlternateKey(properties) => {
            let mut scope = Scope::default();
            let argument = |property: &KeyProperty| CallArgument {
                name: property.name.clone(),
                argument: Argument {
                    ident: scope.claim(names::snake(&property.name)),
                    ty: ArgumentType::Text,
                },
                quoted: property.quoted,
            };
            Step::AlternateKey(properties.iter().map(argument).collect())
        }
        Segment::ItemPath(_) => Step::ItemPath(names::snake("path")),
        Segment::Function { name, parameters } => {
            let mut scope = Scope::default();
            // Names of the other parameters of generated methods.
            for taken in ["body", "content", "reference"] {
                scope.claim(names::snake(taken));
            }
            let arguments = parameters
                .iter()
                .map(|parameter| call_argument(type_names, parameter, &mut scope))
                .collect();
            Step::Call(Call {
                name: name.clone(),
                arguments,
            })
        }
    }
}

fn call_argument(
    type_names: &TypeNames,
    parameter: &FunctionParameter,
    scope: &mut Scope,
) -> CallArgument {
    let ident = scope.claim(names::snake(&parameter.name));
    let ty = parameter
        .ty
        .as_ref()
        .map_or(ArgumentType::Text, |ty| argument_type(type_names, ty));
    let text = parameter
        .ty
        .as_ref()
        .is_some_and(|ty| ty.ty == Type::Primitive(Edm::String));
    CallArgument {
        name: parameter.name.clone(),
        argument: Argument { ident, ty },
        quoted: parameter.quoted || text,
    }
}

fn argument_type(type_names: &TypeNames, ty: &TypeRef) -> ArgumentType {
    match values::value(type_names, ty) {
        Some(Value::One(Element::Primitive(primitive))) => match primitive {
            Primitive::String => ArgumentType::Text,
            Primitive::Boolean
            | Primitive::Byte
            | Primitive::Int16
            | Primitive::Int32
            | Primitive::Int64
            | Primitive::Single
            | Primitive::Double => ArgumentType::Number(primitive),
            Primitive::Decimal
            | Primitive::DateTimeOffset
            | Primitive::Date
            | Primitive::TimeOfDay
            | Primitive::Duration
            | Primitive::Guid
            | Primitive::Binary => ArgumentType::Shown(Element::Primitive(primitive)),
        },
        Some(Value::One(element @ Element::Enum(_))) => ArgumentType::Shown(element),
        // The pages do not agree on how structures and collections are written in a path.
        Some(Value::One(_) | Value::Many(_)) | None => ArgumentType::Text,
    }
}

fn body(type_names: &TypeNames, operation: &Operation, parameters: Option<Ident>) -> MethodBody {
    match &operation.body {
        Body::None => MethodBody::None,
        Body::Value(ty) => match values::value(type_names, ty) {
            Some(value @ Value::One(Element::Struct(_) | Element::Any(_) | Element::AnyEntity)) => {
                MethodBody::Value(value)
            }
            Some(_) => MethodBody::Json,
            None => MethodBody::Stream,
        },
        Body::Parameters(_) => match parameters {
            Some(ident) => {
                let value = Value::One(Element::Struct(ident));
                if operation.is_body_optional {
                    MethodBody::OptionalValue(value)
                } else {
                    MethodBody::Value(value)
                }
            }
            None => MethodBody::None,
        },
        Body::Reference(_) => MethodBody::Reference,
        Body::Stream => MethodBody::Stream,
        Body::Undefined => MethodBody::Json,
    }
}

fn response(type_names: &TypeNames, operation: &Operation, tail: Option<&Segment>) -> Response {
    if matches!(tail, Some(Segment::Count)) {
        return Response::Count;
    }
    match &operation.response {
        ResponseContent::None => Response::None,
        ResponseContent::Stream => Response::Stream,
        ResponseContent::Undefined => Response::Json,
        ResponseContent::Value(ty) => match values::value(type_names, ty) {
            Some(Value::Many(element)) => Response::Page(element),
            Some(Value::One(Element::Json)) => Response::Json,
            Some(Value::One(
                element @ (Element::Struct(_) | Element::Any(_) | Element::AnyEntity),
            )) => Response::Object(element),
            Some(Value::One(
                element @ (Element::Primitive(_) | Element::Enum(_) | Element::Flags(_)),
            )) => Response::Wrapped(element),
            None => Response::Stream,
        },
    }
}
