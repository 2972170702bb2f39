//! Documented examples as tests: the chain of calls of each operation, and the arguments of its examples.

use super::{Ident, MethodBody};

/// An operation with its examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// The method and the path, as `GET /users/{}`. No other operation of the version has it.
    pub key: String,
    /// The calls from the client to the method that makes the request, which is the last.
    pub calls: Vec<ExerciseCall>,
    /// The body that the last call takes.
    pub body: MethodBody,
    /// Whether the last call is deprecated.
    pub deprecated: bool,
    /// The examples in the order of the pages.
    pub examples: Vec<ExerciseExample>,
}

/// The call of an accessor or a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExerciseCall {
    /// Its name.
    pub ident: Ident,
    /// The parameters, in the order of the example's arguments.
    pub slots: Vec<ExerciseSlot>,
}

/// How an argument is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExerciseSlot {
    /// As text.
    Text,
    /// As a parsed value.
    Value,
    /// As a parsed value, by reference.
    Reference,
}

/// An example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExerciseExample {
    /// The page, below the documentation folder.
    pub page: String,
    /// The values of keys and function arguments in the path.
    pub arguments: Vec<String>,
    /// The path below the version, as documented.
    pub path: String,
    /// The options of the query, decoded.
    pub query: Vec<(String, String)>,
    /// The request.
    pub request: ExerciseMessage,
    /// The response and its status.
    pub response: Option<(u16, ExerciseMessage)>,
}

/// One half of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExerciseMessage {
    /// The number of its first line in the page.
    pub line: u32,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub content: ExerciseContent,
    /// Whether it contradicts the model in a known way.
    pub excused: bool,
}

/// The body of one half of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExerciseContent {
    /// There is none.
    Empty,
    /// JSON on one line.
    Json(String),
    /// Anything else.
    Other(String),
}
