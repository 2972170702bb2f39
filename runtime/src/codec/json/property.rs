//! Typed names of properties.

use std::fmt;

use super::Object;

/// A property of the type `O` with values of the type `V`. Each generated type has one constant per property.
///
/// It names the property in queries (`select`, `expand`, `orderby`, `filter`), and sets what the struct's field cannot
/// express: an explicit null in an update.
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
    /// Marks the types. An empty array compiles faster than `PhantomData`.
    #[doc(hidden)]
    pub owner: [fn(O) -> V; 0],
}

impl<O, V> Property<O, V> {
    /// Creates a property from its JSON name.
    pub const fn new(name: &'static str) -> Self {
        Self { name, owner: [] }
    }

    /// Returns the JSON name.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<O: Object, V> Property<O, V> {
    /// Sets the property of `object` to an explicit null, so that an update removes the value.
    pub fn set_null(self, object: &mut O) {
        set_null(object, self.name);
    }

    /// Returns whether the property of `object` is an explicit null.
    pub fn is_null(self, object: &O) -> bool {
        is_null(object, self.name)
    }

    /// Removes the property from `object`, so that an update leaves the value unchanged.
    pub fn clear(self, object: &mut O) {
        clear(object, self.name);
    }
}

fn set_null(object: &mut dyn Object, name: &str) {
    if let Some(index) = clear(object, name) {
        object.additional_properties_mut().record_null(index);
    }
}

fn is_null(object: &dyn Object, name: &str) -> bool {
    let index = object.descriptor().find(0, name);
    index.is_some_and(|index| {
        object.additional_properties().is_null(index) && !object.slot(index).is_set()
    })
}

/// Removes a property and returns its index, or `None` if there is no such property.
fn clear(object: &mut dyn Object, name: &str) -> Option<usize> {
    let index = object.descriptor().find(0, name)?;
    object.slot_mut(index).clear();
    object.additional_properties_mut().forget(index);
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
