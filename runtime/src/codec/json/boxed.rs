//! Objects that stand behind a pointer.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Object, clone, debug, deserialize, eq};

/// An object on the heap, used like a [`Box`]. Fields that lead to one other object hold it, and so do the variants of enums
/// over derived types.
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
/// Types lead to each other in circles. To let go of a `Box<T>`, a crate compiles how to let go of `T`, and of all that `T`
/// leads to, in every unit that it is divided into: a third of what an optimised build took. What a `Boxed` holds knows how
/// to go.
pub struct Boxed<T> {
    object: Box<dyn Object + Send + Sync>,
    held: PhantomData<fn() -> T>,
}

impl<T: Object + Send + Sync> Boxed<T> {
    /// Puts an object on the heap.
    pub fn new(object: T) -> Self {
        Self {
            object: Box::new(object),
            held: PhantomData,
        }
    }

    /// Takes the object from the heap.
    pub fn into_inner(self) -> T {
        let object: Box<dyn Any> = self.object;
        *object.downcast().expect(HELD)
    }
}

/// [`Boxed::new`] takes nothing else, and nobody can put anything else there.
const HELD: &str = "a `Boxed<T>` holds a `T`";

impl<T> Boxed<T> {
    /// The object, of no known type.
    pub fn object(&self) -> &dyn Object {
        &*self.object
    }

    /// The object, of no known type.
    pub fn object_mut(&mut self) -> &mut dyn Object {
        &mut *self.object
    }
}

impl<T: Object> Deref for Boxed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        let object: &dyn Any = &*self.object;
        object.downcast_ref().expect(HELD)
    }
}

impl<T: Object> DerefMut for Boxed<T> {
    fn deref_mut(&mut self) -> &mut T {
        let object: &mut dyn Any = &mut *self.object;
        object.downcast_mut().expect(HELD)
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
            held: PhantomData,
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
        Self::new(clone::<T>(self))
    }
}

impl<T> PartialEq for Boxed<T> {
    fn eq(&self, other: &Self) -> bool {
        eq(self.object(), other.object())
    }
}

impl<T> fmt::Debug for Boxed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self.object(), f)
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
    fn what_is_boxed_is_what_comes_out() {
        let entity: AnyEntity = serde_json::from_str(TEXT).unwrap();
        assert_eq!(boxed().into_inner(), entity);
        assert_eq!(*boxed(), entity);
        assert_eq!(*boxed().as_ref(), entity);
        assert_eq!(Boxed::from(Box::new(entity.clone())), boxed());
        assert_eq!(format!("{:?}", boxed()), format!("{entity:?}"));
        assert_eq!(serde_json::to_string(&boxed()).unwrap(), TEXT);
    }

    #[test]
    fn a_copy_is_a_value_of_its_own() {
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
    fn it_goes_to_other_threads() {
        let check = |object: Boxed<AnyEntity>| std::thread::spawn(move || object.id.clone());
        let id = check(boxed()).join().unwrap();
        assert_eq!(id.as_deref(), Some("1"));
    }
}
