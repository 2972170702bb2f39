//! A box for objects that erases their type.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Object, clone_object, deserialize, fmt_object, objects_equal};

/// An object on the heap, used like a [`Box`]. Single-valued properties of a structured type hold one, and so do the variants
/// of enums over derived types.
///
/// ```
/// use graphwright_runtime::{AnyEntity, Boxed};
///
/// let mut boxed: Boxed<AnyEntity> = AnyEntity::default().into();
/// boxed.id = Some("1".to_owned());
/// assert_eq!(boxed.id.as_deref(), Some("1"));
/// assert_eq!(boxed.into_inner().id.as_deref(), Some("1"));
/// ```
///
/// Generated types are mutually recursive. With `Box<T>`, every codegen unit would instantiate the drop glue of `T` and of all
/// types reachable from it, which took a third of an optimized build. Erasing the type emits the drop glue of each type once.
pub struct Boxed<T> {
    object: Box<dyn Object + Send + Sync>,
    object_type: PhantomData<fn() -> T>,
}

impl<T: Object + Send + Sync> Boxed<T> {
    /// Moves an object to the heap.
    pub fn new(object: T) -> Self {
        Self {
            object: Box::new(object),
            object_type: PhantomData,
        }
    }

    /// Moves the object out of the heap.
    pub fn into_inner(self) -> T {
        let object: Box<dyn Any> = self.object;
        *object.downcast().expect(DOWNCAST)
    }
}

/// Why downcasts succeed: only [`Boxed::new`] and `From<Box<T>>` create a `Boxed<T>`.
const DOWNCAST: &str = "a `Boxed<T>` holds a `T`";

impl<T> Boxed<T> {
    /// Returns the object without its type.
    pub fn object(&self) -> &dyn Object {
        &*self.object
    }

    /// Returns the object without its type, mutably.
    pub fn object_mut(&mut self) -> &mut dyn Object {
        &mut *self.object
    }
}

impl<T: Object> Deref for Boxed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        let object: &dyn Any = &*self.object;
        object.downcast_ref().expect(DOWNCAST)
    }
}

impl<T: Object> DerefMut for Boxed<T> {
    fn deref_mut(&mut self) -> &mut T {
        let object: &mut dyn Any = &mut *self.object;
        object.downcast_mut().expect(DOWNCAST)
    }
}

impl<T: Object> AsRef<T> for Boxed<T> {
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T: Object> AsMut<T> for Boxed<T> {
    fn as_mut(&mut self) -> &mut T {
        self
    }
}

impl<T: Object + Send + Sync> From<T> for Boxed<T> {
    fn from(object: T) -> Self {
        Self::new(object)
    }
}

impl<T: Object + Send + Sync> From<Box<T>> for Boxed<T> {
    fn from(object: Box<T>) -> Self {
        Self {
            object,
            object_type: PhantomData,
        }
    }
}

impl<T: Object + Default + Send + Sync> Default for Boxed<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Object + Default + Send + Sync> Clone for Boxed<T> {
    fn clone(&self) -> Self {
        Self::new(clone_object::<T>(self))
    }
}

impl<T> PartialEq for Boxed<T> {
    fn eq(&self, other: &Self) -> bool {
        objects_equal(self.object(), other.object())
    }
}

impl<T> fmt::Debug for Boxed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_object(self.object(), f)
    }
}

impl<T> Serialize for Boxed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.object().serialize(serializer)
    }
}

impl<'de, T: Object + Default + Send + Sync> Deserialize<'de> for Boxed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use crate::{AnyEntity, Boxed};

    const TEXT: &str = r#"{"id":"1","more":null}"#;

    fn boxed() -> Boxed<AnyEntity> {
        serde_json::from_str(TEXT).unwrap()
    }

    #[test]
    fn behaves_like_the_object_it_holds() {
        let entity: AnyEntity = serde_json::from_str(TEXT).unwrap();
        assert_eq!(boxed().into_inner(), entity);
        assert_eq!(*boxed(), entity);
        assert_eq!(*boxed().as_ref(), entity);
        assert_eq!(Boxed::from(Box::new(entity.clone())), boxed());
        assert_eq!(format!("{:?}", boxed()), format!("{entity:?}"));
        assert_eq!(serde_json::to_string(&boxed()).unwrap(), TEXT);
    }

    #[test]
    fn clones_are_independent() {
        let mut copy = boxed().clone();
        assert_eq!(copy, boxed());
        copy.as_mut().id = None;
        assert_ne!(copy, boxed());
        assert_eq!(
            Boxed::<AnyEntity>::default().into_inner(),
            AnyEntity::default()
        );
    }

    #[test]
    fn can_be_sent_to_another_thread() {
        let check = |object: Boxed<AnyEntity>| std::thread::spawn(move || object.id.clone());
        let id = check(boxed()).join().unwrap();
        assert_eq!(id.as_deref(), Some("1"));
    }
}
