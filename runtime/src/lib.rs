//! What the generated library calls: the JSON codec, the primitive types, and requests with their transports. Generated
//! code is declarations and one-line bodies; whatever two generated files would repeat lives here.
//!
//! - [`json`]: the JSON codec of objects and enums, which preserves undocumented properties and members.
//! - [`primitives`]: dates, times, durations, GUIDs, bytes and decimals.
//! - [`query`]: `$filter`, `$select`, `$expand` and `$orderby` from property constants.
//! - [`request`]: paths, requests that can be looked at and sent, pages, errors, the transport.
//! - [`permissions`]: the permissions that an app has to request.
//! - [`hosts`]: where requests may go, and where tokens may.
//! - [`sign_in`]: where tokens come from.
//! - [`pipeline`]: what happens to a request on its way: tries, waits, redirects.
//! - [`paging`]: lists page by page and item by item, and their changes.
//! - [`batch`]: many requests in one call.
//! - [`long_running`]: operations that take long.
//! - [`upload`]: large files, slice by slice.
//! - `transport`, with the feature `reqwest`: what carries requests over the network.
//! - `blocking`, with the feature of that name: requests without `async`.
//! - `testing`, with the feature `examples`: support for tests of generated code.
//!
//! All names that generated code needs stand at the root as well.

mod codec;
pub mod request;
pub mod query;
pub mod permissions;
pub mod hosts;
pub mod sign_in;
pub mod pipeline;
pub mod paging;
pub mod long_running;
pub mod batch;
pub mod upload;
#[cfg(feature = "reqwest")]
pub mod transport;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(any(test, feature = "examples"))]
pub mod testing;

pub use batch::{Batch, BatchAnswers, BatchId, BatchPart};
pub use bytes::Bytes;
pub use codec::{json, primitives};
pub use hosts::{Address, AddressError, ForeignHost, Hosts, Reach};
pub use json::{
    AdditionalProperties, AnyEntity, Boxed, Decoded, Object, ObjectCollectionSlot, ObjectExt,
    ObjectSlot, OpenEnum, Polymorphic, PolymorphicSlot, Primitive, PrimitiveCollectionSlot,
    PrimitiveSlot, Property, Scalar, SlotMut, SlotRef, TextBuffer, TypeDescriptor, TypeMismatch,
    UntypedCollectionSlot, flags::Flags,
};
pub use long_running::{LongRunning, OperationState, Outcome};
pub use paging::{Change, Changes, ChangesState, Cursor, CursorError, Items, Pages, Removed};
pub use pipeline::{
    Clock, Exchange, Limits, Randomness, RetryPolicy, Seeded, Step, SystemClock, Wait, WaitReason,
};
pub use primitives::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
pub use query::{
    CanSelect, Descending, Expand, ExpandItem, Expression, Filter, HasProperties, IntoFilter,
    IntoLiteral, Literal, Null, OrderByItem, PropertyPath, Search, SelectItem,
};
pub use request::{
    Body, BoxFuture, ByteStream, Client, ClientBuilder, ConsistencyLevel, Content, Download,
    Element, Error, ErrorKind, Grant, InnerError, Method, Operation, Page, Path, PermissionSet,
    Permissions, RawRequest, Reference, Request, ResponseBody, Single, Transport, TransportError,
    Unconnected, plain, quoted,
};
pub use serde_json::Value;
#[cfg(feature = "azure")]
pub use sign_in::AzureCredential;
pub use sign_in::{
    AccessToken, ClientSecret, DeviceCode, DevicePrompt, TokenError, TokenFn, TokenRequest,
    TokenSource, token_fn,
};
#[cfg(feature = "reqwest")]
pub use transport::{ReqwestTransport, Timeouts};
pub use upload::{FileSource, Progress, Upload, UploadSource, Uploaded};

#[doc(hidden)]
pub use serde;
