//! The runtime of the generated Microsoft Graph library: the JSON codec, the primitive types, and the client that sends
//! requests. Generated code consists of declarations and one-line bodies; code that two generated files would repeat lives here.
//!
//! The codec:
//!
//! - [`json`]: serializes and deserializes objects and enums, and preserves undocumented properties and members.
//! - [`primitives`]: dates, times, durations, GUIDs, binary values and decimals.
//! - [`query`]: builds `$filter`, `$select`, `$expand` and `$orderby` from property constants.
//!
//! The client:
//!
//! - [`request`]: clients, requests, responses, errors, and the [`Transport`] trait.
//! - [`pipeline`]: retries, throttling, redirects and limits.
//! - [`sign_in`]: token sources.
//! - [`hosts`]: the hosts that receive requests, and those that receive tokens.
//! - [`paging`]: lists by page and by item, and delta queries.
//! - [`batch`]: JSON batching.
//! - [`long_running`]: long-running operations.
//! - [`upload`]: resumable uploads of large files.
//! - [`scripted`]: a transport and a clock for tests.
//! - `transport`, with the feature `reqwest`: the transport over the network.
//! - `blocking`, with the feature `blocking`: requests without `async`.
//!
//! Others:
//!
//! - [`permissions`]: the least privileged permissions for a set of operations.
//! - [`version`]: the version check of generated crates.
//! - `testing`, with the feature `examples`: support for tests of generated code.
//!
//! The crate root re-exports all names that generated code uses.

mod codec;
mod client;
pub mod query;
pub mod permissions;
pub mod version;
#[cfg(any(test, feature = "examples"))]
pub mod testing;

pub use batch::{Batch, BatchId, BatchPart, BatchResponses};
pub use bytes::Bytes;
#[cfg(feature = "blocking")]
pub use client::blocking;
#[cfg(feature = "reqwest")]
pub use client::transport;
pub use client::{
    batch, hosts, long_running, paging, pipeline, request, scripted, sign_in, upload,
};
pub use codec::{json, primitives};
pub use hosts::{Address, AddressError, DisallowedHost, Hosts, Reach};
pub use json::{
    AdditionalProperties, AnyEntity, Boxed, Decoded, Object, ObjectCollectionSlot, ObjectExt,
    ObjectSlot, OpenEnum, Polymorphic, PolymorphicSlot, Primitive, PrimitiveCollectionSlot,
    PrimitiveSlot, Property, Scalar, SlotMut, SlotRef, TextBuffer, TypeDescriptor, TypeMismatch,
    UntypedCollectionSlot, flags::Flags,
};
pub use long_running::{LongRunning, OperationState, Outcome};
pub use paging::{
    Change, Changes, ChangesState, CollectError, Cursor, CursorError, Items, Pages, Removed,
};
pub use pipeline::{
    Clock, Exchange, Limits, Randomness, RetryPolicy, Seeded, Step, SystemClock, Wait, WaitReason,
};
pub use primitives::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
pub use query::{
    CanSelect, Descending, Expand, ExpandItem, Expression, Filter, HasProperties, IntoFilter,
    IntoLiteral, Literal, Null, OrderByItem, PropertyPath, Search, SelectItem,
};
pub use request::{
    AccountType, Body, BoxFuture, ByteStream, Client, ClientBuilder, ConditionalGrant,
    ConsistencyLevel, Content, Download, Element, Error, ErrorKind, Grant, InnerError, Method,
    Operation, Page, Path, PermissionSet, Permissions, RawRequest, Reference, Request,
    ResponseBody, Single, Transport, TransportError, Unconnected, plain, quoted,
};
#[cfg(feature = "reqwest")]
pub use reqwest;
pub use scripted::{Expectation, ScriptedClock, ScriptedTransport};
pub use serde_json::Value;
#[cfg(feature = "azure")]
pub use sign_in::AzureCredential;
pub use sign_in::{
    AccessToken, Application, ClientAssertion, ClientSecret, DeviceCode, DevicePrompt,
    FileTokenStore, RefreshToken, RefreshTokenStore, TokenError, TokenFn, TokenRequest,
    TokenSource, token_fn,
};
#[cfg(feature = "credentials")]
pub use sign_in::{BrowserSignIn, ClientCertificate};
#[cfg(feature = "reqwest")]
pub use transport::{Proxy, ReqwestTransport, ReqwestTransportBuilder, Timeouts};
pub use upload::{FileSource, Progress, Upload, UploadSource, Uploaded};

#[doc(hidden)]
pub use serde;
