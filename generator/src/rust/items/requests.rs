//! Request builders, their methods and the steps of their paths.

use super::{Docs, Ident, Value, When};
use crate::model::{HttpMethod, OperationId, Permissions};

/// A request builder: a struct for a prefix of paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Builder {
    /// Its name.
    pub ident: Ident,
    /// The first segment of its path, as the name of a part.
    pub root: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// Methods that return the builder of a longer path.
    pub accessors: Vec<Accessor>,
    /// Methods that make a request.
    pub methods: Vec<Method>,
    /// The features that enable it.
    pub when: When,
    /// The features that enable its methods.
    pub methods_when: When,
}

/// The builders of a module whose paths share the first segment. They have a file of their own if one file for all would be
/// long. Parts are private to the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The module inside `requests`: `me`.
    pub ident: Ident,
    /// The pages of the builders.
    pub pages: Vec<String>,
}

/// A method that returns another builder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accessor {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// The segment that it appends.
    pub step: Step,
    /// The builder that it returns.
    pub builder: Ident,
    /// The features that enable it.
    pub when: When,
}

/// A segment that is appended to a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A literal segment of the template.
    Name(String),
    /// A key, from an argument.
    Key(Ident),
    /// An alternate key, from an argument for each of its properties.
    AlternateKey(Vec<CallArgument>),
    /// A path of names below a drive item, from an argument.
    ItemPath(Ident),
    /// A function call with arguments.
    Call(Call),
}

/// The call of a function in a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The function.
    pub name: String,
    /// The arguments in order; empty if the function is called without parentheses.
    pub arguments: Vec<CallArgument>,
}

/// One argument in the call of a function, or one property of an alternate key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallArgument {
    /// The name before the `=`.
    pub name: String,
    /// The argument of the Rust method.
    pub argument: Argument,
    /// Whether the value is quoted.
    pub quoted: bool,
}

/// An argument of a Rust method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub ident: Ident,
    /// Its type.
    pub ty: ArgumentType,
}

/// The type of an argument in a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentType {
    /// `&str`
    Text,
    /// `bool`, `i32`, `i64` or `f64`, by value.
    Number(super::Primitive),
    /// A runtime type or an enum, by reference; the path holds its text.
    Shown(super::Element),
}

/// A method that makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// The operation of the model that its request performs.
    pub id: OperationId,
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// The reason of its deprecation, if it is deprecated.
    pub deprecated: Option<String>,
    /// The segment that the path has after the builder's path.
    pub step: Option<Step>,
    /// The request body.
    pub body: MethodBody,
    /// The response body.
    pub response: Response,
    /// The constant that describes the operation.
    pub operation: OperationConstant,
    /// The name of the method that does the same with the address of an entity instead of a reference.
    pub shorthand: Option<Ident>,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MethodBody {
    /// Nothing.
    None,
    /// A generated type.
    Value(Value),
    /// A generated type, or nothing.
    OptionalValue(Value),
    /// A reference to an entity by its address.
    Reference,
    /// Bytes.
    Stream,
    /// Any JSON value.
    Json,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// Nothing.
    None,
    /// A generated struct or enum over structs.
    Object(super::Element),
    /// A page of values.
    Page(super::Element),
    /// A primitive or an enum, in `{"value": …}`.
    Wrapped(super::Element),
    /// The number of a `$count`.
    Count,
    /// Bytes.
    Stream,
    /// Any JSON value.
    Json,
}

/// The documented facts of an operation, as a constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationConstant {
    /// The name of the constant.
    pub ident: Ident,
    /// The method.
    pub method: HttpMethod,
    /// The template of the path.
    pub template: String,
    /// The address of the published page; empty if it is no valid link.
    pub page: String,
    /// The permissions.
    pub permissions: Permissions,
}
