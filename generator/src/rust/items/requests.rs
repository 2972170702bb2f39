//! The items that requests are built with.

use super::{Docs, Ident, Value, When};
use crate::model::{HttpMethod, OperationId, Permissions};

/// A struct that stands for the prefix of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Builder {
    /// Its name.
    pub ident: Ident,
    /// The first segment of its path, as the module that it would stand in.
    pub root: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// Methods that go one segment down.
    pub accessors: Vec<Accessor>,
    /// Methods that make a request.
    pub methods: Vec<Method>,
    /// With which features it is there.
    pub when: When,
    /// With which features its methods that make a request are there.
    pub methods_when: When,
}

/// The builders of a module whose paths start with one segment. They have a file of their own where all in one would be
/// long; nobody but the module knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The module, inside that of all requests: `me`.
    pub ident: Ident,
    /// The pages that the builders come from.
    pub pages: Vec<String>,
}

/// A method that leads from a builder to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accessor {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// How the path grows.
    pub step: Step,
    /// The builder it leads to.
    pub builder: Ident,
    /// With which features it is there.
    pub when: When,
}

/// What is added to a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Words of the template, as they stand there.
    Name(String),
    /// A key, given by an argument.
    Key(Ident),
    /// The value of a property that serves as key.
    AlternateKey {
        /// The property.
        property: String,
        /// The argument.
        argument: Ident,
    },
    /// A path of names below an item, given by an argument.
    ItemPath(Ident),
    /// A function and its arguments.
    Call(Call),
}

/// The call of a function in a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The function.
    pub name: String,
    /// The arguments, in their order; empty if it is called without parentheses.
    pub arguments: Vec<CallArgument>,
}

/// One argument in the call of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallArgument {
    /// The name before the `=`.
    pub name: String,
    /// The argument of the Rust method.
    pub argument: Argument,
    /// Whether the value stands in quotes.
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

/// The type of an argument that stands in a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentType {
    /// `&str`
    Text,
    /// `bool`, `i32`, `i64` or `f64`, by value.
    Number(super::Primitive),
    /// A value of the runtime or an enum, by reference; it stands in the path as its text.
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
    /// Why it should not be called any more.
    pub deprecated: Option<String>,
    /// What the path ends with behind the builder's.
    pub step: Option<Step>,
    /// What is sent.
    pub body: MethodBody,
    /// What comes back.
    pub response: Response,
    /// The constant that describes the operation.
    pub operation: OperationConstant,
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MethodBody {
    /// Nothing.
    None,
    /// A generated type.
    Value(Value),
    /// A link to an entity, by its address.
    Reference,
    /// Bytes.
    Stream,
    /// Any JSON value.
    Json,
}

/// What a response carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// Nothing.
    None,
    /// A generated struct or enum over structs.
    Object(super::Element),
    /// Pages of values.
    Page(super::Element),
    /// A primitive or an enum, in `{"value": …}`.
    Wrapped(super::Element),
    /// The bare number of a `$count`.
    Count,
    /// Bytes.
    Stream,
    /// Any JSON value.
    Json,
}

/// What the pages say about an operation, as a constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationConstant {
    /// The name of the constant.
    pub ident: Ident,
    /// The method.
    pub method: HttpMethod,
    /// The template of the path.
    pub template: String,
    /// Where the page is read; empty if there is no address that a link can hold.
    pub page: String,
    /// Who may call it.
    pub permissions: Permissions,
}
