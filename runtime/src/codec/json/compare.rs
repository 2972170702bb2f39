//! `Clone`, `PartialEq` and `Debug` of objects, shared by all types.

use std::fmt;

use serde_json::Value;

use super::object::{visit_slots, visit_slots_mut};
use super::value::{Outcome, decode_value};
use super::{Object, PrimitiveSlot, Scalar, SlotMut, SlotRef, TextBuffer};

/// Clones an object. The body of every generated `Clone` implementation.
pub fn clone_object<T: Object + Default>(object: &T) -> T {
    let mut copy = T::default();
    copy_object(object, &mut copy);
    copy
}

/// Returns whether two objects have the same type and equal properties, regardless of the order of their keys. The body of
/// every generated `PartialEq` implementation.
pub fn objects_equal(left: &dyn Object, right: &dyn Object) -> bool {
    let mut equal = false;
    visit_slots(left, |left_descriptor, left_additional, left_slots| {
        visit_slots(right, |right_descriptor, right_additional, right_slots| {
            let same_records = |index| {
                left_additional.is_null(index) == right_additional.is_null(index)
                    && left_additional.raw_value(index) == right_additional.raw_value(index)
            };
            let mut pairs = left_slots.iter().zip(right_slots).enumerate();
            equal = left_descriptor.is_same(right_descriptor)
                && left_additional == right_additional
                && pairs.all(|(index, (left, right))| {
                    // The raw value of a property that is set differs only in its spelling.
                    slots_equal(*left, *right) && (left.is_set() || same_records(index))
                });
        });
    });
    equal
}

/// Formats the properties of an object that are set. The body of every generated `Debug` implementation.
pub fn fmt_object(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut result = Ok(());
    visit_slots(object, |descriptor, additional, slots| {
        let name = descriptor.type_name.rsplit('.').next().unwrap_or_default();
        let mut debug = f.debug_struct(name);
        for (index, (property, slot)) in descriptor.properties.iter().zip(slots).enumerate() {
            if slot.is_set() {
                debug.field(property, &DebugSlot(*slot));
            } else if additional.is_null(index) {
                debug.field(property, &format_args!("null"));
            } else if let Some(raw) = additional.raw_value(index) {
                debug.field(property, &format_args!("{raw}"));
            }
        }
        for (name, value) in additional.unknown() {
            debug.field(name, &format_args!("{value}"));
        }
        result = debug.finish();
    });
    result
}

/// Copies an object into an empty object of the same type.
pub(crate) fn copy_object(from: &dyn Object, to: &mut dyn Object) {
    visit_slots(from, |descriptor, from_additional, from_slots| {
        let types = from.type_names();
        if let Some(index) = types.iter().position(|name| *name == descriptor.type_name) {
            to.change_type(index);
        }
        visit_slots_mut(to, |to_additional, to_slots| {
            for (from, to) in from_slots.iter().zip(to_slots) {
                copy_slot(*from, to.reborrow());
            }
            to_additional.clone_from(from_additional);
        });
    });
}

fn copy_slot(from: SlotRef<'_>, to: SlotMut<'_>) {
    match (from, to) {
        (SlotRef::Boolean(from), SlotMut::Boolean(to)) => *to = *from,
        (SlotRef::Int32(from), SlotMut::Int32(to)) => *to = *from,
        (SlotRef::Int64(from), SlotMut::Int64(to)) => *to = *from,
        (SlotRef::Double(from), SlotMut::Double(to)) => *to = *from,
        (SlotRef::String(from), SlotMut::String(to)) => to.clone_from(from),
        (SlotRef::Untyped(from), SlotMut::Untyped(to)) => to.clone_from(from),
        (SlotRef::UntypedCollection(from), SlotMut::UntypedCollection(to)) => match from.values() {
            Some(values) => to.start().extend_from_slice(values),
            None => to.clear(),
        },
        (SlotRef::Primitive(from), SlotMut::Primitive(to)) => to.copy_from(from),
        (SlotRef::PrimitiveCollection(from), SlotMut::PrimitiveCollection(to)) => {
            to.copy_from(from)
        }
        (SlotRef::Object(from), SlotMut::Object(to)) => match from.object() {
            Some(object) => copy_object(object, to.start()),
            None => to.clear(),
        },
        (SlotRef::Polymorphic(from), SlotMut::Polymorphic(to)) => match from.object() {
            Some(object) => copy_object(object, to.start()),
            None => to.clear(),
        },
        (SlotRef::ObjectCollection(from), SlotMut::ObjectCollection(to)) => {
            to.clear();
            let Some(length) = from.length() else { return };
            to.start();
            for item in (0..length).filter_map(|index| from.item(index)) {
                copy_object(item, to.push());
            }
        }
        // Both slots are at the same index of the same type.
        _ => {}
    }
}

fn slots_equal(left: SlotRef<'_>, right: SlotRef<'_>) -> bool {
    match (left, right) {
        (SlotRef::Boolean(left), SlotRef::Boolean(right)) => left == right,
        (SlotRef::Int32(left), SlotRef::Int32(right)) => left == right,
        (SlotRef::Int64(left), SlotRef::Int64(right)) => left == right,
        (SlotRef::Double(left), SlotRef::Double(right)) => left == right,
        (SlotRef::String(left), SlotRef::String(right)) => left == right,
        (SlotRef::Untyped(left), SlotRef::Untyped(right)) => left == right,
        (SlotRef::UntypedCollection(left), SlotRef::UntypedCollection(right)) => {
            left.values() == right.values()
        }
        (SlotRef::Primitive(left), SlotRef::Primitive(right)) => left.is_equal(right),
        (SlotRef::PrimitiveCollection(left), SlotRef::PrimitiveCollection(right)) => {
            left.is_equal(right)
        }
        (SlotRef::Object(left), SlotRef::Object(right)) => {
            optional_objects_equal(left.object(), right.object())
        }
        (SlotRef::Polymorphic(left), SlotRef::Polymorphic(right)) => {
            optional_objects_equal(left.object(), right.object())
        }
        (SlotRef::ObjectCollection(left), SlotRef::ObjectCollection(right)) => {
            left.length() == right.length()
                && (0..left.length().unwrap_or(0))
                    .all(|index| optional_objects_equal(left.item(index), right.item(index)))
        }
        (SlotRef::Missing, SlotRef::Missing) => true,
        _ => false,
    }
}

fn optional_objects_equal(left: Option<&dyn Object>, right: Option<&dyn Object>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => objects_equal(left, right),
        (None, None) => true,
        _ => false,
    }
}

/// Returns whether decoding `raw` gives the current value of a property, so that the raw value is still valid.
pub(crate) fn decodes_to(raw: &Value, slot: SlotRef<'_>) -> bool {
    match slot {
        SlotRef::Boolean(value) => decodes_to_primitive(raw, value),
        SlotRef::Int32(value) => decodes_to_primitive(raw, value),
        SlotRef::Int64(value) => decodes_to_primitive(raw, value),
        SlotRef::Double(value) => decodes_to_primitive(raw, value),
        SlotRef::String(value) => decodes_to_primitive(raw, value),
        SlotRef::Primitive(value) => decodes_to_primitive(raw, value),
        // The slot stores every JSON value, so the raw value is outdated unless both are equal.
        SlotRef::Untyped(value) => value.as_ref() == Some(raw),
        SlotRef::UntypedCollection(value) => value.values().is_none(),
        SlotRef::PrimitiveCollection(value) => {
            let mut decoded = value.new_empty();
            let _: Outcome = decode_value(SlotMut::PrimitiveCollection(&mut *decoded), raw.clone());
            decoded.is_equal(value)
        }
        SlotRef::ObjectCollection(value) => {
            let mut decoded = value.new_empty();
            let _: Outcome = decode_value(SlotMut::ObjectCollection(&mut *decoded), raw.clone());
            slots_equal(SlotRef::ObjectCollection(&*decoded), slot)
        }
        // An object slot stores every object, so the raw value is not an object.
        SlotRef::Object(value) => value.object().is_none(),
        SlotRef::Polymorphic(value) => value.object().is_none(),
        SlotRef::Missing => true,
    }
}

fn decodes_to_primitive(raw: &Value, value: &dyn PrimitiveSlot) -> bool {
    let mut decoded = value.new_empty();
    let _: Outcome = decode_value(SlotMut::Primitive(&mut *decoded), raw.clone());
    decoded.is_equal(value)
}

/// Formats a property as JSON, except for objects.
struct DebugSlot<'a>(SlotRef<'a>);

impl fmt::Debug for DebugSlot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            SlotRef::Boolean(Some(value)) => value.fmt(f),
            SlotRef::Int32(Some(value)) => value.fmt(f),
            SlotRef::Int64(Some(value)) => value.fmt(f),
            SlotRef::Double(Some(value)) => value.fmt(f),
            SlotRef::String(Some(value)) => value.fmt(f),
            SlotRef::Untyped(Some(value)) => write!(f, "{value}"),
            SlotRef::UntypedCollection(slot) => f
                .debug_list()
                .entries(slot.values().unwrap_or(&[]))
                .finish(),
            SlotRef::Primitive(slot) => {
                let mut buffer = TextBuffer::new();
                let value = slot.encode(&mut buffer).map(Scalar::to_value);
                write!(f, "{}", value.unwrap_or(Value::Null))
            }
            SlotRef::PrimitiveCollection(slot) => f
                .debug_list()
                .entries((0..slot.length().unwrap_or(0)).filter_map(|index| {
                    let mut buffer = TextBuffer::new();
                    slot.encode_item(index, &mut buffer).map(Scalar::to_value)
                }))
                .finish(),
            SlotRef::Object(slot) => slot.object().map_or(Ok(()), |object| fmt_object(object, f)),
            SlotRef::Polymorphic(slot) => {
                slot.object().map_or(Ok(()), |object| fmt_object(object, f))
            }
            SlotRef::ObjectCollection(slot) => f
                .debug_list()
                .entries((0..slot.length().unwrap_or(0)).filter_map(|index| slot.item(index)))
                .finish(),
            _ => f.write_str("null"),
        }
    }
}
