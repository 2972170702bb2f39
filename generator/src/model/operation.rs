//! Operations.

use std::sync::Arc;

use serde_json::Value;

use super::{Docs, OperationUsage, Origin, PageLink, Path, Permissions, TypeRef};
use crate::source::At;

/// Identifies an operation of an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationId(pub u32);

/// An operation: one HTTP method at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The kind.
    pub kind: OperationKind,
    /// The HTTP method.
    pub method: HttpMethod,
    /// The path.
    pub path: Path,
    /// The other spellings of the path in request lines, if it has an alternate key: `/devices/deviceId='{deviceId}'`.
    pub spellings: Vec<String>,
    /// The type that an action or function is bound to: that of the path without its last segment. `None` for unbound ones, and
    /// if no page shows the type.
    pub binding: Option<TypeRef>,
    /// Query and header parameters that the pages list, in their order. Parameters of the path are part of the path.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Body,
    /// Whether a page states that no body is required, although it lists the parameters of one.
    pub is_body_optional: bool,
    /// The body of a successful response.
    pub response: ResponseContent,
    /// The documented status of a successful response, such as `200`.
    pub success_status: Option<u16>,
    /// The permissions to call it.
    pub permissions: Permissions,
    /// How it is used.
    pub usage: OperationUsage,
    /// The documentation.
    pub docs: Docs,
    /// The pages that describe it, in the order of their paths; never empty.
    pub pages: Vec<PageLink>,
    /// The first request line that states it.
    pub origin: Origin,
    /// The examples of all its pages, in their order.
    pub examples: Vec<Example>,
}

/// The kind of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationKind {
    /// Reads a collection.
    List,
    /// Reads a single instance or value.
    Get,
    /// Adds an instance to a collection.
    Create,
    /// Changes an instance.
    Update,
    /// Replaces an instance or value.
    Replace,
    /// Deletes an instance.
    Delete,
    /// Calls an OData action.
    Action,
    /// Calls an OData function.
    Function,
    /// Adds, reads, sets or removes a reference (`$ref`).
    Reference,
    /// Reads or writes binary content (`$value`, or a stream property).
    Stream,
    /// Counts a collection (`$count`).
    Count,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HttpMethod {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl HttpMethod {
    /// All methods.
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// The method as it is spelled in a request line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Parses a method as it is spelled in a request line.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == text)
    }
}

/// A parameter of the query or a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name of the query option or header.
    pub name: String,
    /// The value of the header that the page is about, such as `create-if-missing` of `Prefer`.
    pub value: Option<String>,
    /// Query or header.
    pub place: ParameterPlace,
    /// The type, if a table states one.
    pub ty: Option<TypeRef>,
    /// Whether the page states that it is required.
    pub required: bool,
    /// The documentation.
    pub docs: Docs,
    /// The row or request line that states it.
    pub origin: Origin,
}

/// The place of a parameter in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterPlace {
    /// The query.
    Query,
    /// A header.
    Header,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// No body.
    None,
    /// A value of a type.
    Value(TypeRef),
    /// An object with the parameters of an action, described like properties.
    Parameters(Vec<super::Property>),
    /// A reference, `{"@odata.id": "…"}`, to an instance of a type if the pages name one.
    Reference(Option<TypeRef>),
    /// Binary content.
    Stream,
    /// The pages do not state the type: any JSON value.
    Undefined,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseContent {
    /// No body.
    None,
    /// A value of a type. Collections are sent in pages, primitive values as `{"value": …}`.
    Value(TypeRef),
    /// Binary content.
    Stream,
    /// The pages do not state the type: any JSON value.
    Undefined,
}

/// A documented request with its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The name in its annotation.
    pub name: Option<String>,
    /// The request.
    pub request: ExampleMessage,
    /// The response, if the page shows one.
    pub response: Option<ExampleMessage>,
    /// The path of the request below the version, with keys and arguments filled in.
    pub path: String,
    /// The query of the request, without the `?`, as written.
    pub query: Option<String>,
    /// The status of the response.
    pub status: Option<u16>,
}

/// The request or the response of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleMessage {
    /// The headers, in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub content: Content,
    /// The first line of the code block.
    pub at: Origin,
    /// Whether the message contradicts the rest of the documentation.
    pub disputed: bool,
}

/// The JSON of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleJson {
    /// Strict JSON text with the numbers and the order of keys of the page.
    pub text: At<String>,
    /// The value that the text denotes.
    pub value: Arc<Value>,
}

#[cfg(test)]
impl ExampleJson {
    /// Parses JSON text. Returns `None` if the text is not strict JSON.
    pub(crate) fn parse(text: At<String>) -> Option<Self> {
        let value = serde_json::from_str(&text.value).ok()?;
        Some(Self {
            text,
            value: Arc::new(value),
        })
    }
}

/// The body of an example message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// No body.
    Empty,
    /// Strict JSON text, repaired if the JSON of the page is malformed.
    Json(ExampleJson),
    /// Other text, or JSON that cannot be repaired.
    Other(At<String>),
}
