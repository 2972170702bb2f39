//! Operations: what a request at a path does.

use super::{Docs, Origin, PageLink, Path, Permissions, TypeRef};
use crate::source::At;

/// Stands for an operation of one [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationId(pub u32);

/// One method at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// What it does.
    pub kind: OperationKind,
    /// The method.
    pub method: HttpMethod,
    /// The path.
    pub path: Path,
    /// The type of what the path leads to before its last segment: what an action or function is bound to. None at the
    /// root, and where no page shows the type.
    pub binding: Option<TypeRef>,
    /// Query and header parameters that the pages list, in their order; those in the path stand in the path.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Body,
    /// The content of a response that reports success.
    pub response: ResponseContent,
    /// The status of a response that reports success, as the pages give it: `200`.
    pub success_status: Option<u16>,
    /// Who may call it.
    pub permissions: Permissions,
    /// What the pages say in words.
    pub docs: Docs,
    /// The pages that describe it, in the order of their paths; never empty.
    pub pages: Vec<PageLink>,
    /// The request line that states it first.
    pub origin: Origin,
    /// The examples of all its pages, in their order.
    pub examples: Vec<Example>,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationKind {
    /// Reads a collection.
    List,
    /// Reads one instance or value.
    Get,
    /// Adds to a collection.
    Create,
    /// Changes what is there.
    Update,
    /// Puts a whole new state in place.
    Replace,
    /// Removes.
    Delete,
    /// Calls an OData action.
    Action,
    /// Calls an OData function.
    Function,
    /// Adds, reads, sets or removes a link (`$ref`).
    Reference,
    /// Reads or writes bytes (`$value`, or a stream property).
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
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// The method as a request line has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Reads a method as a request line has it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == text)
    }
}

/// A parameter that is neither in the path nor in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name in the query or of the header.
    pub name: String,
    /// Query or header.
    pub place: ParameterPlace,
    /// Its type, where a table states one.
    pub ty: Option<TypeRef>,
    /// Whether the page says that it must be given.
    pub required: bool,
    /// What the page says in words.
    pub docs: Docs,
    /// The row or request line that states it.
    pub origin: Origin,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterPlace {
    /// Behind the `?`.
    Query,
    /// A header line.
    Header,
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// A value of a type.
    Value(TypeRef),
    /// An object with the parameters of an action; each stands here as a property would.
    Parameters(Vec<super::Property>),
    /// A link: `{"@odata.id": "…"}`, to a type where the pages name one.
    Reference(Option<TypeRef>),
    /// Bytes.
    Stream,
    /// Something that the pages do not pin down. Any JSON value.
    Undefined,
}

/// What a response carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseContent {
    /// Nothing.
    None,
    /// A value of a type. Collections come in pages, and primitives as `{"value": …}`.
    Value(TypeRef),
    /// Bytes.
    Stream,
    /// Something that the pages do not pin down. Any JSON value.
    Undefined,
}

/// A documented exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The name its annotation gives it.
    pub name: Option<String>,
    /// What is sent.
    pub request: ExampleMessage,
    /// What comes back, if the page shows it.
    pub response: Option<ExampleMessage>,
    /// The path of the request below the version, keys and arguments filled in.
    pub path: String,
    /// The query of the request, without the `?`, as written.
    pub query: Option<String>,
    /// The status of the response.
    pub status: Option<u16>,
}

/// One half of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleMessage {
    /// Header lines in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub content: Content,
    /// The first line of the block.
    pub at: Origin,
    /// Whether it is known to contradict what else the pages say.
    pub disputed: bool,
}

/// The body of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// There is none.
    Empty,
    /// JSON, as strict text that a JSON reader takes; repaired where the page's was not.
    Json(At<String>),
    /// Anything else, or JSON beyond repair.
    Other(At<String>),
}
