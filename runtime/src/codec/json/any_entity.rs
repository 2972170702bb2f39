//! An entity of an unspecified type.

use super::{AdditionalProperties, Object, decode, encode};

/// An entity of an unspecified type. Used where the documentation declares `microsoft.graph.entity`, the base type of all
/// entity types.
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
    /// The key of the entity.
    pub id: Option<String>,
    /// All other properties.
    pub additional_properties: AdditionalProperties,
}

impl AnyEntity {
    /// Converts the entity to a specific type.
    pub fn decode<T: Object + Default>(&self) -> T {
        // Objects accept any members, so decoding does not fail.
        decode::from_value(encode::to_value(self)).unwrap_or_default()
    }

    /// Converts an object of a specific type to an entity.
    pub fn encode<T: Object>(object: &T) -> Self {
        decode::from_value(encode::to_value(object)).unwrap_or_default()
    }
}

crate::object! {
    AnyEntity = "microsoft.graph.entity";
    id: String = "id", ID: String;
}
