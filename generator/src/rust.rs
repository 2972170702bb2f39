//! The model to Rust items: the names, modules, files, types and documentation of the output are decided here.

mod lower;
mod names;
mod type_names;
mod areas;
mod item_areas;
mod places;
mod items;
mod structs;
mod fields;
mod enums;
mod values;
mod path_tree;
mod builders;
mod methods;
mod action_parameters;
mod call_chains;
mod features;
mod docs;
mod samples;
mod exercises;
mod crate_example;
#[cfg(test)]
mod tests;

pub use crate::model::{Account, ApiVersion, Grant, HttpMethod, Permissions};
pub(crate) use call_chains::CallChains;
pub use call_chains::MethodCall;
pub use docs::Docs;
pub use item_areas::areas_of;
pub use items::{
    Accessor, AnyEnum, AnyVariant, Area, Argument, ArgumentType, Builder, CRATE_NAME, Call,
    CallArgument, Crate, Element, Enum, Exercise, ExerciseCall, ExerciseContent, ExerciseExample,
    ExerciseMessage, ExerciseSlot, Feature, Field, Method, MethodBody, Module, OperationConstant,
    Part, Primitive, Response, Step, Struct, Value, Variant, Version, When,
};
pub use lower::lower;
pub use names::Ident;
pub(crate) use names::is_keyword;
pub(crate) use path_tree::operation_id;
pub use places::{
    ItemPlace, OperationPlace, area_file, part_file, requests_file, root_file, types_file,
};
