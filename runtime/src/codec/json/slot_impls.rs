//! Slot traits for the types of struct fields: `Option` of a primitive, a [`Boxed`], a polymorphic enum or a vector; and for the
//! plain vectors of pages.

use std::any::Any;

use serde_json::Value;

use super::slot::{
    ObjectCollectionSlot, ObjectSlot, PolymorphicSlot, PrimitiveCollectionSlot, PrimitiveSlot,
    UntypedCollectionSlot,
};
use super::{Boxed, Decoded, Object, Polymorphic, Primitive, Scalar, TextBuffer};

impl<P: Primitive> PrimitiveSlot for Option<P> {
    fn decode(&mut self, scalar: Scalar<'_>) -> Decoded<()> {
        P::decode(scalar).store(|value| *self = Some(value))
    }

    fn is_set(&self) -> bool {
        self.is_some()
    }

    fn encode<'a>(&'a self, buffer: &'a mut TextBuffer) -> Option<Scalar<'a>> {
        self.as_ref().map(|value| value.encode(buffer))
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn copy_from(&mut self, other: &dyn PrimitiveSlot) {
        *self = (other as &dyn Any)
            .downcast_ref::<Self>()
            .cloned()
            .flatten();
    }

    fn is_equal(&self, other: &dyn PrimitiveSlot) -> bool {
        (other as &dyn Any).downcast_ref::<Self>() == Some(self)
    }

    fn new_empty(&self) -> Box<dyn PrimitiveSlot> {
        Box::new(None::<P>)
    }
}

impl<P: Primitive> PrimitiveCollectionSlot for Option<Vec<P>> {
    fn start(&mut self) {
        *self = Some(Vec::new());
    }

    fn push(&mut self, scalar: Scalar<'_>) -> Decoded<()> {
        P::decode(scalar).store(|value| self.get_or_insert_default().push(value))
    }

    fn length(&self) -> Option<usize> {
        self.as_ref().map(Vec::len)
    }

    fn encode_item<'a>(&'a self, index: usize, buffer: &'a mut TextBuffer) -> Option<Scalar<'a>> {
        Some(self.as_ref()?.get(index)?.encode(buffer))
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn copy_from(&mut self, other: &dyn PrimitiveCollectionSlot) {
        *self = (other as &dyn Any)
            .downcast_ref::<Self>()
            .cloned()
            .flatten();
    }

    fn is_equal(&self, other: &dyn PrimitiveCollectionSlot) -> bool {
        (other as &dyn Any).downcast_ref::<Self>() == Some(self)
    }

    fn new_empty(&self) -> Box<dyn PrimitiveCollectionSlot> {
        Box::new(None::<Vec<P>>)
    }
}

/// An empty vector counts as no collection; the additional properties record whether JSON had an empty one.
impl<P: Primitive> PrimitiveCollectionSlot for Vec<P> {
    fn start(&mut self) {
        Vec::clear(self);
    }

    fn push(&mut self, scalar: Scalar<'_>) -> Decoded<()> {
        P::decode(scalar).store(|value| self.push(value))
    }

    fn length(&self) -> Option<usize> {
        (!self.is_empty()).then_some(self.len())
    }

    fn encode_item<'a>(&'a self, index: usize, buffer: &'a mut TextBuffer) -> Option<Scalar<'a>> {
        Some(self.get(index)?.encode(buffer))
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn copy_from(&mut self, other: &dyn PrimitiveCollectionSlot) {
        *self = (other as &dyn Any)
            .downcast_ref::<Self>()
            .cloned()
            .unwrap_or_default();
    }

    fn is_equal(&self, other: &dyn PrimitiveCollectionSlot) -> bool {
        (other as &dyn Any).downcast_ref::<Self>() == Some(self)
    }

    fn new_empty(&self) -> Box<dyn PrimitiveCollectionSlot> {
        Box::new(Self::new())
    }
}

impl<T: Object + Default + Send + Sync> ObjectSlot for Option<Boxed<T>> {
    fn start(&mut self) -> &mut dyn Object {
        self.insert(Boxed::default()).object_mut()
    }

    fn object(&self) -> Option<&dyn Object> {
        self.as_ref().map(Boxed::object)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<P: Polymorphic> PolymorphicSlot for Option<P> {
    fn start(&mut self) -> &mut dyn Object {
        self.insert(P::variant(0))
    }

    fn object(&self) -> Option<&dyn Object> {
        match self {
            Some(object) => Some(object),
            None => None,
        }
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Object + Default> ObjectCollectionSlot for Option<Vec<T>> {
    fn start(&mut self) {
        *self = Some(Vec::new());
    }

    fn push(&mut self) -> &mut dyn Object {
        let items = self.get_or_insert_default();
        items.push(T::default());
        items.last_mut().expect("an item was pushed just now")
    }

    fn length(&self) -> Option<usize> {
        self.as_ref().map(Vec::len)
    }

    fn item(&self, index: usize) -> Option<&dyn Object> {
        match self.as_ref()?.get(index) {
            Some(item) => Some(item),
            None => None,
        }
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn new_empty(&self) -> Box<dyn ObjectCollectionSlot> {
        Box::new(None::<Vec<T>>)
    }
}

/// An empty vector counts as no collection; the additional properties record whether JSON had an empty one.
impl<T: Object + Default> ObjectCollectionSlot for Vec<T> {
    fn start(&mut self) {
        Vec::clear(self);
    }

    fn push(&mut self) -> &mut dyn Object {
        self.push(T::default());
        self.last_mut().expect("an item was pushed just now")
    }

    fn length(&self) -> Option<usize> {
        (!self.is_empty()).then_some(self.len())
    }

    fn item(&self, index: usize) -> Option<&dyn Object> {
        match self.get(index) {
            Some(item) => Some(item),
            None => None,
        }
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn new_empty(&self) -> Box<dyn ObjectCollectionSlot> {
        Box::new(Self::new())
    }
}

impl UntypedCollectionSlot for Option<Vec<Value>> {
    fn start(&mut self) -> &mut Vec<Value> {
        self.insert(Vec::new())
    }

    fn values(&self) -> Option<&[Value]> {
        self.as_deref()
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl UntypedCollectionSlot for Vec<Value> {
    fn start(&mut self) -> &mut Vec<Value> {
        Vec::clear(self);
        self
    }

    fn values(&self) -> Option<&[Value]> {
        (!self.is_empty()).then_some(self)
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}
