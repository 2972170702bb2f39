//! The Rust items of the output crate: names, types and documentation are final, the text is not written yet.

mod exercises;
mod features;
mod requests;

pub use exercises::{
    Exercise, ExerciseCall, ExerciseContent, ExerciseExample, ExerciseMessage, ExerciseSlot,
};
pub use features::{Feature, When};
pub use requests::{
    Accessor, Argument, ArgumentType, Builder, Call, CallArgument, Method, MethodBody,
    OperationConstant, Part, Response, Step,
};

use super::docs::Docs;
use super::names::Ident;
use crate::model::{ApiVersion, QualifiedName};

/// The name of the output crate unless the settings name another.
pub const CRATE_NAME: &str = "graphwright";

/// The output crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crate {
    /// Its name in Rust code.
    pub name: String,
    /// One module for each version of the API.
    pub versions: Vec<Version>,
}

/// A version of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The version.
    pub version: ApiVersion,
    /// Its module: `v1_0`.
    pub ident: Ident,
    /// The root of all request builders.
    pub client: Builder,
    /// The areas, sorted by name.
    pub areas: Vec<Area>,
    /// The features of the areas, in the same order.
    pub features: Vec<Feature>,
    /// The deprecated types.
    pub deprecated: Vec<Ident>,
    /// The documented examples, as tests of the builders; sorted by key.
    pub exercises: Vec<Exercise>,
}

/// A part of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its module.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// Its modules, sorted by name.
    pub modules: Vec<Module>,
    /// The features that enable it.
    pub when: When,
}

/// One resource: its type, and the builders of requests to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// The pages that the items come from, as paths below the documentation folder.
    pub pages: Vec<String>,
    /// Structs.
    pub structs: Vec<Struct>,
    /// Enums.
    pub enums: Vec<Enum>,
    /// Request builders, which are in a file of their own.
    pub builders: Vec<Builder>,
    /// The pages of the builders, except those of parts.
    pub builder_pages: Vec<String>,
    /// The parts that the builders are split into; empty if one file holds all.
    pub parts: Vec<Part>,
    /// The features that enable it.
    pub when: When,
    /// The features that enable any of its builders.
    pub requests_when: When,
}

/// A struct with optional fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// Its name.
    pub ident: Ident,
    /// The structured type; none for the parameters of an action.
    pub name: Option<QualifiedName>,
    /// Its documentation.
    pub docs: Docs,
    /// The reason of its deprecation, if it is deprecated.
    pub deprecated: Option<String>,
    /// The fields, inherited ones first.
    pub fields: Vec<Field>,
    /// The enum over the type and its derived types, if it has any.
    pub any: Option<AnyEnum>,
    /// The features that enable it.
    pub when: When,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub ident: Ident,
    /// The name of the constant with its property name.
    pub constant: Ident,
    /// The name in JSON.
    pub wire: String,
    /// Its type, without the option.
    pub ty: Value,
    /// Whether it is a navigation property.
    pub is_navigation: bool,
    /// Whether it is required on create.
    pub is_required: bool,
    /// The features that enable it.
    pub when: When,
    /// Its documentation.
    pub docs: Docs,
    /// The reason of its deprecation, if it is deprecated.
    pub deprecated: Option<String>,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One value.
    One(Element),
    /// Any number of values.
    Many(Element),
}

/// The type of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A type of the standard library or the runtime.
    Primitive(Primitive),
    /// A generated enum.
    Enum(Ident),
    /// Members of a generated enum, joined by commas.
    Flags(Ident),
    /// A generated struct.
    Struct(Ident),
    /// A generated enum over a base type and the types derived from it.
    Any(Ident),
    /// An instance of any entity type.
    AnyEntity,
    /// Any JSON value.
    Json,
}

/// Primitive types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Primitive {
    /// `String`
    String,
    /// `bool`
    Boolean,
    /// `u8`
    Byte,
    /// `i16`
    Int16,
    /// `i32`
    Int32,
    /// `i64`
    Int64,
    /// `f32`
    Single,
    /// `f64`
    Double,
    /// The runtime's `Decimal`.
    Decimal,
    /// The runtime's `DateTimeOffset`.
    DateTimeOffset,
    /// The runtime's `Date`.
    Date,
    /// The runtime's `TimeOfDay`.
    TimeOfDay,
    /// The runtime's `Duration`.
    Duration,
    /// The runtime's `Guid`.
    Guid,
    /// The runtime's `Binary`.
    Binary,
}

impl Primitive {
    /// The path of the type where `runtime` is in scope.
    pub fn rust_path(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Boolean => "bool",
            Self::Byte => "u8",
            Self::Int16 => "i16",
            Self::Int32 => "i32",
            Self::Int64 => "i64",
            Self::Single => "f32",
            Self::Double => "f64",
            Self::Decimal => "runtime::Decimal",
            Self::DateTimeOffset => "runtime::DateTimeOffset",
            Self::Date => "runtime::Date",
            Self::TimeOfDay => "runtime::TimeOfDay",
            Self::Duration => "runtime::Duration",
            Self::Guid => "runtime::Guid",
            Self::Binary => "runtime::Binary",
        }
    }
}

/// An enum over a base type and the types derived from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnyEnum {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// The base first, then the derived types by name.
    pub variants: Vec<AnyVariant>,
}

/// One type in an [`AnyEnum`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnyVariant {
    /// The name of the variant and of the struct in it.
    pub ident: Ident,
    /// The qualified name, as in `@odata.type` after the `#`.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
}

/// An enum with a variant for unknown values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// Its name.
    pub ident: Ident,
    /// The enum type.
    pub name: QualifiedName,
    /// Its documentation.
    pub docs: Docs,
    /// The reason of its deprecation, if it is deprecated.
    pub deprecated: Option<String>,
    /// Whether a value can combine several members.
    pub is_flags: bool,
    /// Its variants, without the one for unknown values.
    pub variants: Vec<Variant>,
    /// The features that enable it.
    pub when: When,
}

/// A variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name.
    pub ident: Ident,
    /// The name in JSON.
    pub wire: String,
    /// The documented number.
    pub value: Option<i64>,
    /// Its documentation.
    pub docs: Docs,
    /// The reason of its deprecation, if it is deprecated.
    pub deprecated: Option<String>,
}
