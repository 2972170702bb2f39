//! Serialization of objects: one loop over the properties, shared by all types, which merges in the additional properties.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::additional_properties::{Contents, ODATA_TYPE, UNKNOWN};
use super::index_set::IndexSet;
use super::object::visit_slots;
use super::{
    Object, ObjectCollectionSlot, PrimitiveCollectionSlot, PrimitiveSlot, Scalar, SlotRef,
    TextBuffer, TypeDescriptor, compare,
};

/// Serializes an object. The body of every generated `Serialize` implementation.
pub fn serialize<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    object.serialize(serializer)
}

/// Serializes an object to the bytes of a JSON text.
pub fn to_vec(object: &dyn Object) -> Vec<u8> {
    serde_json::to_vec(object).expect(INFALLIBLE)
}

/// Serializes an object to a JSON value.
pub fn to_value(object: &dyn Object) -> Value {
    serde_json::to_value(object).expect(INFALLIBLE)
}

/// Why serialization to memory cannot fail.
const INFALLIBLE: &str = "all keys are strings, and writing to memory succeeds";

/// Serializes the members of an object to JSON values.
pub(crate) fn to_members(object: &dyn Object) -> Vec<(String, Value)> {
    match to_value(object) {
        Value::Object(members) => members.into_iter().collect(),
        _ => Vec::new(),
    }
}

impl Serialize for dyn Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let base = self.type_names().first().copied();
        let mut serializer = Some(serializer);
        let mut result = None;
        visit_slots(self, |descriptor, additional, slots| {
            // A derived type where the base type is declared needs an `@odata.type`.
            let is_derived = base.is_some_and(|base| base != descriptor.type_name);
            let encoder = Encoder {
                descriptor,
                derived_type: is_derived.then_some(descriptor.type_name),
                slots,
            };
            result = serializer
                .take()
                .map(|serializer| encoder.serialize(additional.contents(), serializer));
        });
        result.expect("every object visits its slots once")
    }
}

/// An object that is being serialized.
struct Encoder<'t, 'a> {
    descriptor: TypeDescriptor,
    derived_type: Option<&'static str>,
    slots: &'t [SlotRef<'a>],
}

impl<'a> Encoder<'_, 'a> {
    fn serialize<S: Serializer>(
        self,
        additional: Option<&Contents>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(additional) = additional {
            self.write_all(additional, &mut map)?;
        } else {
            if let Some(name) = self.derived_type {
                write_type(name, &mut map)?;
            }
            self.write_properties(&mut map)?;
        }
        map.end()
    }

    /// Writes the properties of an object without recorded nulls and raw values.
    fn write_properties<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for (name, slot) in self.named_slots() {
            write(name, slot, map)?;
        }
        Ok(())
    }

    /// Writes the properties and the additional properties, in the original order of the keys.
    fn write_all<M: SerializeMap>(
        &self,
        additional: &Contents,
        map: &mut M,
    ) -> Result<(), M::Error> {
        if let Some(name) = additional.type_annotation.or(self.derived_type)
            && (additional.unknown.is_empty() || !additional.unknown.contains_key(ODATA_TYPE))
        {
            write_type(name, map)?;
        }
        let mut unknown = additional.unknown.iter();
        if additional.key_order.is_empty() {
            for (name, value) in unknown.by_ref().take(additional.leading_unknown) {
                map.serialize_entry(name, value)?;
            }
            if additional.raw_values.is_empty() && additional.nulls.is_empty() {
                self.write_properties(map)?;
            } else {
                for (index, (name, slot)) in (0..).zip(self.named_slots()) {
                    write_recorded(additional, index, name, slot, map)?;
                }
            }
        } else {
            let mut written = IndexSet::default();
            for key in &additional.key_order {
                let index = *key as usize;
                if *key == UNKNOWN {
                    if let Some((name, value)) = unknown.next() {
                        map.serialize_entry(name, value)?;
                    }
                } else if let Some((name, slot)) = self.named_slots().nth(index) {
                    write_recorded(additional, *key, name, slot, map)?;
                    written.insert(index);
                }
            }
            for (index, (name, slot)) in (0..).zip(self.named_slots()) {
                if !written.contains(index as usize) {
                    write_recorded(additional, index, name, slot, map)?;
                }
            }
        }
        for (name, value) in unknown {
            map.serialize_entry(name, value)?;
        }
        Ok(())
    }

    fn named_slots(&self) -> impl Iterator<Item = (&'static str, SlotRef<'a>)> + use<'_, 'a> {
        let names = self.descriptor.properties.iter().copied();
        names.zip(self.slots.iter().copied())
    }
}

/// Writes a property, or the null or raw value recorded for it.
fn write_recorded<M: SerializeMap>(
    additional: &Contents,
    index: u32,
    name: &str,
    slot: SlotRef<'_>,
    map: &mut M,
) -> Result<(), M::Error> {
    if let Some(raw) = additional.raw_value(index)
        && compare::decodes_to(raw, slot)
    {
        return map.serialize_entry(name, raw);
    }
    if !write(name, slot, map)? && additional.is_null(index) {
        map.serialize_entry(name, &())?;
    }
    Ok(())
}

fn write_type<M: SerializeMap>(name: &str, map: &mut M) -> Result<(), M::Error> {
    let mut buffer = TextBuffer::new();
    buffer.push_str("#");
    buffer.push_str(name);
    map.serialize_entry(ODATA_TYPE, buffer.as_str())
}

/// Writes a property if it is set. Returns whether it is.
fn write<M: SerializeMap>(name: &str, slot: SlotRef<'_>, map: &mut M) -> Result<bool, M::Error> {
    match slot {
        SlotRef::Boolean(Some(value)) => map.serialize_entry(name, value)?,
        SlotRef::Int32(Some(value)) => map.serialize_entry(name, value)?,
        SlotRef::Int64(Some(value)) => map.serialize_entry(name, value)?,
        SlotRef::Double(Some(value)) if value.is_finite() => map.serialize_entry(name, value)?,
        SlotRef::Double(slot) => return write_primitive(name, slot, map),
        SlotRef::String(Some(value)) => map.serialize_entry(name, value)?,
        SlotRef::Untyped(Some(value)) => map.serialize_entry(name, value)?,
        SlotRef::UntypedCollection(slot) => match slot.values() {
            Some(values) => map.serialize_entry(name, values)?,
            None => return Ok(false),
        },
        SlotRef::Primitive(slot) => return write_primitive(name, slot, map),
        SlotRef::PrimitiveCollection(slot) => match slot.length() {
            Some(length) => map.serialize_entry(name, &PrimitiveItems(slot, length))?,
            None => return Ok(false),
        },
        SlotRef::Object(slot) => return write_object(name, slot.object(), map),
        SlotRef::Polymorphic(slot) => return write_object(name, slot.object(), map),
        SlotRef::ObjectCollection(slot) => match slot.length() {
            Some(length) => map.serialize_entry(name, &ObjectItems(slot, length))?,
            None => return Ok(false),
        },
        SlotRef::Boolean(None)
        | SlotRef::Int32(None)
        | SlotRef::Int64(None)
        | SlotRef::String(None)
        | SlotRef::Untyped(None)
        | SlotRef::Missing => return Ok(false),
    }
    Ok(true)
}

fn write_primitive<M: SerializeMap>(
    name: &str,
    slot: &dyn PrimitiveSlot,
    map: &mut M,
) -> Result<bool, M::Error> {
    match slot.encode(&mut TextBuffer::new()) {
        Some(scalar) => map.serialize_entry(name, &scalar)?,
        None => return Ok(false),
    }
    Ok(true)
}

fn write_object<M: SerializeMap>(
    name: &str,
    object: Option<&dyn Object>,
    map: &mut M,
) -> Result<bool, M::Error> {
    let Some(object) = object else {
        return Ok(false);
    };
    map.serialize_entry(name, object)?;
    Ok(true)
}

struct PrimitiveItems<'a>(&'a dyn PrimitiveCollectionSlot, usize);

impl Serialize for PrimitiveItems<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(self.1))?;
        for index in 0..self.1 {
            let mut buffer = TextBuffer::new();
            let item: Option<Scalar<'_>> = self.0.encode_item(index, &mut buffer);
            let item = item.ok_or_else(|| {
                S::Error::custom("the length of a collection changed during serialization")
            })?;
            sequence.serialize_element(&item)?;
        }
        sequence.end()
    }
}

struct ObjectItems<'a>(&'a dyn ObjectCollectionSlot, usize);

impl Serialize for ObjectItems<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(self.1))?;
        for item in (0..self.1).filter_map(|index| self.0.item(index)) {
            sequence.serialize_element(item)?;
        }
        sequence.end()
    }
}
