//! Typed names of properties.

use std::fmt;

use super::Object;

/// A property of the type `O` with values of the type `V`: the constants on each generated type.
///
/// It names the property in queries (`select`, `expand`, `orderby`), and says what the struct's field cannot: that an
/// update sets the property to null.
///
/// ```
/// use graphwright_runtime::AnyEntity;
///
/// let mut entity = AnyEntity::default();
/// AnyEntity::ID.set_null(&mut entity);
/// assert_eq!(serde_json::to_string(&entity).unwrap(), r#"{"id":null}"#);
/// AnyEntity::ID.clear(&mut entity);
/// assert_eq!(serde_json::to_string(&entity).unwrap(), "{}");
/// ```
pub struct Property<O, V> {
    #[doc(hidden)]
    pub name: &'static str,
    /// None: an empty list is the cheapest way to write down a type.
    #[doc(hidden)]
    pub owner: [fn(O) -> V; 0],
}

impl<O, V> Property<O, V> {
    /// The property with this name in JSON.
    pub const fn new(name: &'static str) -> Self {
        Self { name, owner: [] }
    }

    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<O: Object, V> Property<O, V> {
    /// Empties the field and notes an explicit null: an update sends it and the service removes the value.
    pub fn set_null(self, object: &mut O) {
        set_null(object, self.name);
    }

    /// Whether the property is an explicit null.
    pub fn is_null(self, object: &O) -> bool {
        is_null(object, self.name)
    }

    /// Empties the field and forgets a null: an update leaves the property as it is.
    pub fn clear(self, object: &mut O) {
        clear(object, self.name);
    }
}

fn set_null(object: &mut dyn Object, name: &str) {
    if let Some(index) = clear(object, name) {
        object.leftover_mut().note_null(index);
    }
}

fn is_null(object: &dyn Object, name: &str) -> bool {
    let index = object.shape().find(0, name);
    index.is_some_and(|index| object.leftover().is_null(index) && !object.member(index).is_set())
}

/// The place of what is empty now; none if there is no such property.
fn clear(object: &mut dyn Object, name: &str) -> Option<usize> {
    let index = object.shape().find(0, name)?;
    object.slot(index).clear();
    object.leftover_mut().forget(index);
    Some(index)
}

impl<O, V> Clone for Property<O, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O, V> Copy for Property<O, V> {}

impl<O, V> fmt::Debug for Property<O, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Property").field(&self.name).finish()
    }
}
