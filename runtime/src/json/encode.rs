//! Writing objects: one loop over the properties for all types, which adds what the leftover holds in its place.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::leftover::{Kept, ODATA_TYPE, UNKNOWN};
use super::places::Places;
use super::{LeavesSlot, Member, Object, ObjectsSlot, Scalar, TextBuffer, compare};

/// Writes an object through serde: the body of every generated `Serialize`.
pub fn serialize<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    object.serialize(serializer)
}

/// The object as the bytes of a JSON text.
pub fn to_vec(object: &dyn Object) -> Vec<u8> {
    // Nothing in an object can fail to be written: keys are strings, and no writer of ours reports errors.
    serde_json::to_vec(object).expect("every object can be written")
}

/// The object as a JSON value.
pub fn to_value(object: &dyn Object) -> Value {
    serde_json::to_value(object).expect("every object can be written")
}

/// The members of the object as JSON values.
pub(crate) fn members(object: &dyn Object) -> Vec<(String, Value)> {
    match to_value(object) {
        Value::Object(members) => members.into_iter().collect(),
        _ => Vec::new(),
    }
}

impl Serialize for dyn Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(kept) = self.leftover().kept() {
            write_kept(self, kept, &mut map)?;
        } else {
            if let Some(name) = implied_type(self) {
                write_type(name, &mut map)?;
            }
            for (index, name) in self.shape().properties.iter().enumerate() {
                write(name, self.member(index), &mut map)?;
            }
        }
        map.end()
    }
}

/// The type to be named because the value stands where its base type is declared.
fn implied_type(object: &dyn Object) -> Option<&'static str> {
    let base = object.types().first()?;
    let own = object.shape().type_name;
    (*base != own).then_some(own)
}

fn write_type<M: SerializeMap>(name: &str, map: &mut M) -> Result<(), M::Error> {
    let mut buffer = TextBuffer::new();
    buffer.push_str("#");
    buffer.push_str(name);
    map.serialize_entry(ODATA_TYPE, buffer.as_str())
}

/// Writes an object that has a leftover.
fn write_kept<M: SerializeMap>(
    object: &dyn Object,
    kept: &Kept,
    map: &mut M,
) -> Result<(), M::Error> {
    let names = object.shape().properties;
    let named = kept.unknown.contains_key(ODATA_TYPE);
    if let Some(name) = kept.own_type.or_else(|| implied_type(object))
        && !named
    {
        write_type(name, map)?;
    }
    let mut unknown = kept.unknown.iter();
    if kept.keys.is_empty() {
        for (name, value) in unknown.by_ref().take(kept.leading) {
            map.serialize_entry(name, value)?;
        }
        for index in 0..names.len() {
            write_noted(object, kept, index, map)?;
        }
    } else {
        let mut written = Places::default();
        for key in &kept.keys {
            if *key != UNKNOWN {
                write_noted(object, kept, *key as usize, map)?;
                written.insert(*key as usize);
            } else if let Some((name, value)) = unknown.next() {
                map.serialize_entry(name, value)?;
            }
        }
        for index in (0..names.len()).filter(|index| !written.contains(*index)) {
            write_noted(object, kept, index, map)?;
        }
    }
    for (name, value) in unknown {
        map.serialize_entry(name, value)?;
    }
    Ok(())
}

/// Writes a property with regard to what is noted about it.
fn write_noted<M: SerializeMap>(
    object: &dyn Object,
    kept: &Kept,
    index: usize,
    map: &mut M,
) -> Result<(), M::Error> {
    let name = object.shape().properties[index];
    let member = object.member(index);
    if let Some(raw) = kept.raw(index as u32)
        && compare::reads_as(member, raw)
    {
        return map.serialize_entry(name, raw);
    }
    if !write(name, member, map)? && kept.is_null(index as u32) {
        map.serialize_entry(name, &())?;
    }
    Ok(())
}

/// Writes a property if it is set. Says whether it is.
fn write<M: SerializeMap>(name: &str, member: Member<'_>, map: &mut M) -> Result<bool, M::Error> {
    match member {
        Member::Boolean(Some(value)) => map.serialize_entry(name, value)?,
        Member::Int32(Some(value)) => map.serialize_entry(name, value)?,
        Member::Int64(Some(value)) => map.serialize_entry(name, value)?,
        Member::Double(Some(value)) if value.is_finite() => map.serialize_entry(name, value)?,
        Member::Double(slot) => return write_leaf(name, slot, map),
        Member::String(Some(value)) => map.serialize_entry(name, value)?,
        Member::Untyped(Some(value)) => map.serialize_entry(name, value)?,
        Member::Untypeds(slot) => match slot.values() {
            Some(values) => map.serialize_entry(name, values)?,
            None => return Ok(false),
        },
        Member::Leaf(slot) => return write_leaf(name, slot, map),
        Member::Leaves(slot) => match slot.length() {
            Some(length) => map.serialize_entry(name, &LeafItems(slot, length))?,
            None => return Ok(false),
        },
        Member::Object(slot) => return write_object(name, slot.object(), map),
        Member::Any(slot) => return write_object(name, slot.object(), map),
        Member::Objects(slot) => match slot.length() {
            Some(length) => map.serialize_entry(name, &ObjectItems(slot, length))?,
            None => return Ok(false),
        },
        Member::Boolean(None)
        | Member::Int32(None)
        | Member::Int64(None)
        | Member::String(None)
        | Member::Untyped(None)
        | Member::Leftover(_)
        | Member::Shape(_)
        | Member::Missing => return Ok(false),
    }
    Ok(true)
}

fn write_leaf<M: SerializeMap>(
    name: &str,
    slot: &dyn super::LeafSlot,
    map: &mut M,
) -> Result<bool, M::Error> {
    if !slot.is_set() {
        return Ok(false);
    }
    if let Some(scalar) = slot.scalar(&mut TextBuffer::new()) {
        map.serialize_entry(name, &scalar)?;
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

struct LeafItems<'a>(&'a dyn LeavesSlot, usize);

impl Serialize for LeafItems<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(self.1))?;
        for index in 0..self.1 {
            let mut buffer = TextBuffer::new();
            let item: Option<Scalar<'_>> = self.0.item(index, &mut buffer);
            let item = item.ok_or_else(|| S::Error::custom("a collection changed its length"))?;
            sequence.serialize_element(&item)?;
        }
        sequence.end()
    }
}

struct ObjectItems<'a>(&'a dyn ObjectsSlot, usize);

impl Serialize for ObjectItems<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(self.1))?;
        for item in (0..self.1).filter_map(|index| self.0.item(index)) {
            sequence.serialize_element(item)?;
        }
        sequence.end()
    }
}
