//! Clients, paths, requests, responses, errors, and the [`Transport`] trait.

mod client;
mod builder;
mod path;
mod encoding;
mod headers;
mod operation;
mod permissions;
mod address;
mod raw;
mod typed;
mod content;
mod body;
mod response;
mod page;
mod error;
mod transport;

pub use body::{Body, Reference};
pub use builder::ClientBuilder;
pub use client::Client;
pub use content::Download;
pub(crate) use encoding::decode;
pub use encoding::{plain, quoted};
pub(crate) use error::SentCall;
pub use error::{Error, ErrorKind, InnerError};
pub(crate) use headers::parse as parse_header;
pub use operation::{Method, Operation};
#[doc(hidden)]
pub use page::{Collection, OfObjects, OfPrimitives, OfValues};
pub use page::{Element, Page, Single};
pub use path::Path;
pub use permissions::{AccountType, ConditionalGrant, Grant, PermissionSet, Permissions};
pub use raw::{ConsistencyLevel, RawRequest};
#[doc(hidden)]
pub use response::Itemised;
pub use response::ResponseBody;
pub(crate) use response::without_bom;
pub(crate) use transport::single_chunk;
pub use transport::{BoxFuture, ByteStream, Content, Transport, TransportError, Unconnected};
pub use typed::Request;
