//! The model to Rust: names, modules, files, types and documentation of the output are decided here. Nothing is a token yet.

mod areas;
mod builders;
mod docs;
mod samples;
mod enums;
mod example;
mod exercises;
mod features;
mod fields;
mod items;
mod lower;
mod methods;
mod names;
mod parameters;
mod paths;
mod places;
mod registry;
mod structs;
mod values;
mod ways;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use crate::model::{ApiVersion, Grant, HttpMethod, Permissions};
pub use areas::areas_of;
pub use docs::Docs;
pub(crate) use docs::plain;
pub use items::{
    Accessor, AnyEnum, AnyVariant, Area, Argument, ArgumentType, Builder, Call, CallArgument,
    Crate, Element, Enum, Exercise, ExerciseCall, ExerciseContent, ExerciseExample,
    ExerciseMessage, ExerciseSlot, Feature, Field, Method, MethodBody, Module, OperationConstant,
    Part, Primitive, Response, Step, Struct, Value, Variant, Version, When,
};
pub use lower::lower;
pub use names::Ident;
pub use places::{
    ItemPlace, OperationPlace, area_file, part_file, requests_file, root_file, types_file,
};
pub(crate) use ways::Ways;
