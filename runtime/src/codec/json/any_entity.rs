//! An entity of any type.

use super::{Leftover, Object, decode, encode};

/// An object of any type, with all it holds in its leftover. It stands where the documentation declares the root type
/// `microsoft.graph.entity`, from which every entity type is derived.
///
/// ```
/// use graphwright_runtime::{AnyEntity, ObjectExt};
///
/// let entity: AnyEntity =
///     serde_json::from_str(r##"{"@odata.type": "#microsoft.graph.user", "id": "1"}"##).unwrap();
/// assert_eq!(entity.type_name(), "microsoft.graph.user");
/// assert_eq!(entity.id.as_deref(), Some("1"));
/// let again: AnyEntity = entity.decode();
/// assert_eq!(again, entity);
/// ```
pub struct AnyEntity {
    /// What identifies the entity.
    pub id: Option<String>,
    /// Everything else.
    pub leftover: Leftover,
}

impl AnyEntity {
    /// The same object as a value of a type that has names for what it holds.
    pub fn decode<T: Object + Default>(&self) -> T {
        // Objects take every member there is.
        decode::from_value(encode::to_value(self)).unwrap_or_default()
    }

    /// An object of a named type as an entity of any type.
    pub fn encode<T: Object>(object: &T) -> Self {
        decode::from_value(encode::to_value(object)).unwrap_or_default()
    }
}

crate::object! {
    AnyEntity = "microsoft.graph.entity";
    id: String = "id", ID: String;
}
