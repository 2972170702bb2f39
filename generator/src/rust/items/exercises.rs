//! Documented examples as tests: for each operation the call of its builder, and what its examples give to it.

use super::{Ident, MethodBody};

/// An operation with its examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// The method and the path, as `GET /users/{}`. No other operation of the version has it.
    pub key: String,
    /// The way from the client to the method that makes the request, which is the last.
    pub calls: Vec<ExerciseCall>,
    /// What the last call takes besides arguments of the path.
    pub body: MethodBody,
    /// Whether the last call should not be made any more.
    pub deprecated: bool,
    /// The examples in the order of the pages.
    pub examples: Vec<ExerciseExample>,
}

/// The call of an accessor or a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExerciseCall {
    /// Its name.
    pub ident: Ident,
    /// What it takes: the next of the example's arguments each.
    pub slots: Vec<ExerciseSlot>,
}

/// How an argument is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExerciseSlot {
    /// As text.
    Text,
    /// As a value of a type of its own.
    Value,
    /// As a value of a type of its own, by reference.
    Reference,
}

/// An example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExerciseExample {
    /// The page, below the documentation folder.
    pub page: String,
    /// What stands in the path for keys and arguments.
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
    /// The line of its first line.
    pub line: u32,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub content: ExerciseContent,
    /// Whether it is known to contradict what else the pages say.
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
