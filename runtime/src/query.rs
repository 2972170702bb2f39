//! Typed query options: builds `$filter`, `$select`, `$expand` and `$orderby` from property constants.
//!
//! Values are formatted as literals of the property's type. A property of an unrelated type does not compile:
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
//! This applies to all query options:
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
//! A value of the wrong type does not compile either:
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
mod expression;
mod filter;
mod literal;
mod operators;
mod path;
mod search;
mod select;
#[cfg(test)]
mod tests;

pub use expand::{Expand, ExpandItem};
pub use expression::Expression;
pub use filter::{Filter, IntoFilter};
pub use literal::{IntoLiteral, Literal, Null};
pub use path::{LambdaItem, PropertyPath};
pub use search::Search;
pub use select::{CanSelect, Descending, HasProperties, OrderByItem, SelectItem};
