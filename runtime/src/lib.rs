//! What the generated library calls: the JSON codec, the primitive types, and requests with their transports. Generated
//! code is declarations and one-line bodies; whatever two generated files would repeat lives here.
//!
//! - [`json`]: objects that keep everything they were read from, enums that keep unknown names.
//! - [`primitives`]: dates, times, durations, GUIDs, bytes and decimals that are written as they were read.
//! - [`query`]: conditions and lists of properties, of the constants that each type has.
//! - [`request`]: paths, requests that can be looked at and sent, pages, errors, the transport.
//! - `examples`, with the feature of that name: the documentation's examples as tests of generated code.
//!
//! All names that generated code needs stand at the root as well.

pub mod primitives;
pub mod json;
pub mod request;
pub mod query;
#[cfg(any(test, feature = "examples"))]
pub mod examples;

pub use bytes::Bytes;
pub use json::{
    AnyEntity, AnySlot, Leaf, LeafSlot, LeavesSlot, Leftover, Member, Misfit, Object, ObjectExt,
    ObjectSlot, ObjectsSlot, OpenEnum, Polymorphic, Property, Reading, Scalar, Shape, Slot,
    TextBuffer, ValuesSlot, flags::Flags,
};
pub use primitives::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
pub use query::{
    Descending, Expand, ExpandOf, Filter, FilterOf, HasProperties, Literal, LiteralOf, Null,
    OrderBy, PropertyOf, PropertyPath,
};
pub use request::{
    Body, BoxFuture, Client, ConsistencyLevel, Element, Error, ErrorKind, Grant, Method, Operation,
    Page, Path, Permissions, RawRequest, Reference, Request, ResponseBody, Single, Transport,
    TransportError, Unconnected, plain, quoted,
};
pub use serde_json::Value;

#[doc(hidden)]
pub use serde;
