//! An entity of any type.

use super::{Leftover, Member, Object, Property, Shape, Slot, decode, encode};

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
#[derive(Default)]
pub struct AnyEntity {
    /// What identifies the entity.
    pub id: Option<String>,
    /// Everything else.
    pub leftover: Leftover,
}

static ANY_ENTITY: Shape = Shape::new("microsoft.graph.entity", &["id"]);

impl AnyEntity {
    /// `id`
    pub const ID: Property<Self, String> = Property::new("id");

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

impl Object for AnyEntity {
    fn shape(&self) -> &'static Shape {
        &ANY_ENTITY
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Slot::String(&mut self.id),
            _ => Slot::Missing,
        }
    }

    fn member(&self, index: usize) -> Member<'_> {
        match index {
            0 => Member::String(&self.id),
            _ => Member::Missing,
        }
    }

    fn leftover(&self) -> &Leftover {
        &self.leftover
    }

    fn leftover_mut(&mut self) -> &mut Leftover {
        &mut self.leftover
    }
}

crate::object!(AnyEntity);
