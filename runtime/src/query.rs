//! Queries: constants of properties in, the text of `$filter`, `$select`, `$expand` and `$orderby` out.
//!
//! A filter is put together from the constants of a type. Values are written as the type of the property asks for, and a
//! property of another type does not compile:
//!
//! ```
//! # use graphwright_runtime::{Filter, Property};
//! struct Device;
//! impl Device {
//!     const NAME: Property<Self, String> = Property::new("name");
//!     const SIZE: Property<Self, i64> = Property::new("size");
//! }
//! let filter: Filter<Device> = Device::NAME.eq("O'Neil").and(Device::SIZE.gt(5));
//! assert_eq!(filter.to_string(), "name eq 'O''Neil' and size gt 5");
//! ```
//!
//! ```compile_fail,E0277
//! # use graphwright_runtime::{Filter, Property};
//! struct Device;
//! impl Device {
//!     const NAME: Property<Self, String> = Property::new("name");
//!     const SIZE: Property<Self, i64> = Property::new("size");
//! }
//! struct User;
//! impl User {
//!     const SIZE: Property<Self, i64> = Property::new("size");
//! }
//! let filter: Filter<Device> = Device::NAME.eq("O'Neil").and(User::SIZE.gt(5));
//! ```
//!
//! The same holds for all of a query:
//!
//! ```compile_fail,E0277
//! # use graphwright_runtime::{AnyEntity, Page, Property, Request};
//! struct User;
//! impl User {
//!     const SIZE: Property<Self, i64> = Property::new("size");
//! }
//! fn read(request: Request<Page<AnyEntity>>) {
//!     request.select(&[&User::SIZE]);
//! }
//! ```
//!
//! Nor does a value of another type compile:
//!
//! ```compile_fail,E0277
//! # use graphwright_runtime::{Filter, Property};
//! struct Device;
//! impl Device {
//!     const SIZE: Property<Self, i64> = Property::new("size");
//! }
//! let filter: Filter<Device> = Device::SIZE.gt("five");
//! ```

mod expand;
mod filter;
mod literal;
mod operators;
mod path;
mod property_of;
#[cfg(test)]
mod tests;

pub use expand::{Expand, ExpandOf};
pub use filter::{Filter, FilterOf};
pub use literal::{Literal, LiteralOf, Null};
pub use path::{Each, PropertyPath};
pub use property_of::{Descending, HasProperties, OrderBy, PropertyOf};
