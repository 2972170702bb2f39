//! The slots that struct fields are: `Option` of a leaf, a box, a polymorphic enum or a vector; and plain vectors, for pages.

use std::any::Any;

use serde_json::Value;

use super::slot::{AnySlot, LeafSlot, LeavesSlot, ObjectSlot, ObjectsSlot, ValuesSlot};
use super::{Boxed, Leaf, Object, Polymorphic, Reading, Scalar, TextBuffer};

impl<L: Leaf> LeafSlot for Option<L> {
    fn read(&mut self, scalar: Scalar<'_>) -> Reading<()> {
        L::read(scalar).put(|value| *self = Some(value))
    }

    fn is_set(&self) -> bool {
        self.is_some()
    }

    fn scalar<'a>(&'a self, buffer: &'a mut TextBuffer) -> Option<Scalar<'a>> {
        self.as_ref().map(|value| value.scalar(buffer))
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn copy_from(&mut self, other: &dyn LeafSlot) {
        *self = (other as &dyn Any)
            .downcast_ref::<Self>()
            .cloned()
            .flatten();
    }

    fn same(&self, other: &dyn LeafSlot) -> bool {
        (other as &dyn Any).downcast_ref::<Self>() == Some(self)
    }

    fn fresh(&self) -> Box<dyn LeafSlot> {
        Box::new(None::<L>)
    }
}

impl<L: Leaf> LeavesSlot for Option<Vec<L>> {
    fn start(&mut self) {
        *self = Some(Vec::new());
    }

    fn push(&mut self, scalar: Scalar<'_>) -> Reading<()> {
        L::read(scalar).put(|value| self.get_or_insert_default().push(value))
    }

    fn length(&self) -> Option<usize> {
        self.as_ref().map(Vec::len)
    }

    fn item<'a>(&'a self, index: usize, buffer: &'a mut TextBuffer) -> Option<Scalar<'a>> {
        Some(self.as_ref()?.get(index)?.scalar(buffer))
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn copy_from(&mut self, other: &dyn LeavesSlot) {
        *self = (other as &dyn Any)
            .downcast_ref::<Self>()
            .cloned()
            .flatten();
    }

    fn same(&self, other: &dyn LeavesSlot) -> bool {
        (other as &dyn Any).downcast_ref::<Self>() == Some(self)
    }

    fn fresh(&self) -> Box<dyn LeavesSlot> {
        Box::new(None::<Vec<L>>)
    }
}

/// A plain vector holds nothing when it is empty: whether JSON had an empty collection or none is up to the leftover.
impl<L: Leaf> LeavesSlot for Vec<L> {
    fn start(&mut self) {
        Vec::clear(self);
    }

    fn push(&mut self, scalar: Scalar<'_>) -> Reading<()> {
        L::read(scalar).put(|value| self.push(value))
    }

    fn length(&self) -> Option<usize> {
        (!self.is_empty()).then_some(self.len())
    }

    fn item<'a>(&'a self, index: usize, buffer: &'a mut TextBuffer) -> Option<Scalar<'a>> {
        Some(self.get(index)?.scalar(buffer))
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn copy_from(&mut self, other: &dyn LeavesSlot) {
        *self = (other as &dyn Any)
            .downcast_ref::<Self>()
            .cloned()
            .unwrap_or_default();
    }

    fn same(&self, other: &dyn LeavesSlot) -> bool {
        (other as &dyn Any).downcast_ref::<Self>() == Some(self)
    }

    fn fresh(&self) -> Box<dyn LeavesSlot> {
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

impl<P: Polymorphic> AnySlot for Option<P> {
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

impl<T: Object + Default> ObjectsSlot for Option<Vec<T>> {
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

    fn fresh(&self) -> Box<dyn ObjectsSlot> {
        Box::new(None::<Vec<T>>)
    }
}

/// A plain vector holds nothing when it is empty: whether JSON had an empty collection or none is up to the leftover.
impl<T: Object + Default> ObjectsSlot for Vec<T> {
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

    fn fresh(&self) -> Box<dyn ObjectsSlot> {
        Box::new(Self::new())
    }
}

impl ValuesSlot for Option<Vec<Value>> {
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

impl ValuesSlot for Vec<Value> {
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
