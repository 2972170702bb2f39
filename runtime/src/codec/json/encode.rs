//! Writing objects: one loop over the properties for all types, which adds what the leftover holds in its place.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::leftover::{Kept, ODATA_TYPE, UNKNOWN};
use super::object::look;
use super::places::Places;
use super::{LeavesSlot, Member, Object, ObjectsSlot, Scalar, Shape, TextBuffer, compare};

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
        let base = self.types().first().copied();
        let mut serializer = Some(serializer);
        let mut result = None;
        look(self, |shape, leftover, members| {
            // A derived type is named because the value stands where its base type is declared.
            let implied = base.is_some_and(|base| base != shape.type_name);
            let object = Shown {
                shape,
                implied_type: implied.then_some(shape.type_name),
                members,
            };
            result = serializer
                .take()
                .map(|serializer| object.write(leftover.kept(), serializer));
        });
        result.expect("every object shows its properties once")
    }
}

/// An object that shows what it has.
struct Shown<'t, 'a> {
    shape: Shape,
    implied_type: Option<&'static str>,
    members: &'t [Member<'a>],
}

impl<'a> Shown<'_, 'a> {
    fn write<S: Serializer>(self, kept: Option<&Kept>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(kept) = kept {
            self.write_kept(kept, &mut map)?;
        } else {
            if let Some(name) = self.implied_type {
                write_type(name, &mut map)?;
            }
            self.write_members(&mut map)?;
        }
        map.end()
    }

    /// Writes the properties about which nothing is noted.
    fn write_members<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for (name, member) in self.named() {
            write(name, member, map)?;
        }
        Ok(())
    }

    /// Writes an object that has a leftover.
    fn write_kept<M: SerializeMap>(&self, kept: &Kept, map: &mut M) -> Result<(), M::Error> {
        if let Some(name) = kept.own_type.or(self.implied_type)
            && (kept.unknown.is_empty() || !kept.unknown.contains_key(ODATA_TYPE))
        {
            write_type(name, map)?;
        }
        let mut unknown = kept.unknown.iter();
        if kept.keys.is_empty() {
            for (name, value) in unknown.by_ref().take(kept.leading) {
                map.serialize_entry(name, value)?;
            }
            if kept.raw.is_empty() && kept.nulls.is_empty() {
                self.write_members(map)?;
            } else {
                for (index, (name, member)) in (0..).zip(self.named()) {
                    write_noted(kept, index, name, member, map)?;
                }
            }
        } else {
            let mut written = Places::default();
            for key in &kept.keys {
                let index = *key as usize;
                if *key == UNKNOWN {
                    if let Some((name, value)) = unknown.next() {
                        map.serialize_entry(name, value)?;
                    }
                } else if let Some((name, member)) = self.named().nth(index) {
                    write_noted(kept, *key, name, member, map)?;
                    written.insert(index);
                }
            }
            for (index, (name, member)) in (0..).zip(self.named()) {
                if !written.contains(index as usize) {
                    write_noted(kept, index, name, member, map)?;
                }
            }
        }
        for (name, value) in unknown {
            map.serialize_entry(name, value)?;
        }
        Ok(())
    }

    /// The properties with their names.
    fn named(&self) -> impl Iterator<Item = (&'static str, Member<'a>)> + use<'_, 'a> {
        let names = self.shape.properties.iter().copied();
        names.zip(self.members.iter().copied())
    }
}

/// Writes a property with regard to what is noted about it.
fn write_noted<M: SerializeMap>(
    kept: &Kept,
    index: u32,
    name: &str,
    member: Member<'_>,
    map: &mut M,
) -> Result<(), M::Error> {
    if let Some(raw) = kept.raw(index)
        && compare::reads_as(member, raw)
    {
        return map.serialize_entry(name, raw);
    }
    if !write(name, member, map)? && kept.is_null(index) {
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
        | Member::Missing => return Ok(false),
    }
    Ok(true)
}

fn write_leaf<M: SerializeMap>(
    name: &str,
    slot: &dyn super::LeafSlot,
    map: &mut M,
) -> Result<bool, M::Error> {
    match slot.scalar(&mut TextBuffer::new()) {
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
