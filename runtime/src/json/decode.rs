//! Reading objects: one loop over the keys for all types, which fills properties and keeps the rest.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::key::{Key, KeySeed, TypeName, TypeSeed};
use super::leftover::{Kept, Leftover, ODATA_TYPE, UNKNOWN};
use super::places::Places;
use super::values::{Fit, Place};
use super::{Object, encode};

/// Reads an object through serde: the body of every generated `Deserialize`.
pub fn deserialize<'de, T: Object + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// Reads an object from the bytes of a JSON text.
pub fn from_slice<T: Object + Default>(json: &[u8]) -> serde_json::Result<T> {
    let mut object = T::default();
    read_slice(&mut object, json)?;
    Ok(object)
}

/// Reads an object from a JSON value.
pub fn from_value<T: Object + Default>(value: Value) -> serde_json::Result<T> {
    let mut object = T::default();
    ObjectSeed(&mut object).deserialize(value)?;
    Ok(object)
}

/// Fills an empty object from the bytes of a JSON text.
pub fn read_slice(object: &mut dyn Object, json: &[u8]) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    ObjectSeed(object).deserialize(&mut deserializer)?;
    deserializer.end()
}

/// Fills an empty object.
struct ObjectSeed<'a>(&'a mut dyn Object);

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        read_members(self.0, map)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object + Default> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut object = T::default();
        read_members(&mut object, map)?;
        Ok(object)
    }
}

/// Which keys came so far, while they come in the declared order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Unknown keys, or none.
    Leading,
    /// Then properties.
    Properties,
    /// Then unknown keys.
    Trailing,
    /// Not in that order: every key is listed in [`Kept::keys`].
    Listed,
}

/// Where reading is.
struct Progress {
    /// The index behind that of the last property.
    next: usize,
    phase: Phase,
    /// What [`Kept::keys`] will be.
    keys: Vec<u32>,
    /// The properties in `keys`.
    listed: Places,
}

/// Fills an empty object with the members of a JSON object.
pub(crate) fn read_members<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    mut map: A,
) -> Result<(), A::Error> {
    let mut progress = Progress::new();
    let mut shape = object.shape();
    loop {
        let seed = KeySeed {
            shape,
            next: progress.next,
        };
        match map.next_key_seed(seed)? {
            None => {
                progress.store_keys(object);
                return Ok(());
            }
            Some(Key::Property(index)) => {
                if index < progress.next || progress.phase > Phase::Properties {
                    progress.property_out_of_order(object, index);
                } else {
                    progress.phase = Phase::Properties;
                }
                progress.next = index + 1;
                let fit = map.next_value_seed(Place::Slot(object.slot(index)))?;
                note(object, index, fit);
            }
            Some(Key::Type) => {
                let seed = TypeSeed {
                    types: object.types(),
                    own: shape.type_name,
                };
                let name = map.next_value_seed(seed)?;
                read_type(object, &mut progress, name);
                shape = object.shape();
            }
            Some(Key::Unknown(name)) => {
                let value = map.next_value()?;
                progress.unknown(object, name, value);
            }
        }
    }
}

/// Notes about a property what its slot could not take.
pub(crate) fn note(object: &mut dyn Object, index: usize, fit: Fit) {
    match fit {
        Fit::Taken => {}
        Fit::Null => object.leftover_mut().note_null(index),
        Fit::Kept(value) => object.leftover_mut().note_raw(index, *value),
    }
}

/// Takes an `@odata.type`: becomes that type if it is one of [`Object::types`], and notes the annotation unless writing
/// will give it anyway.
fn read_type(object: &mut dyn Object, progress: &mut Progress, name: TypeName) {
    let is_first = progress.phase == Phase::Leading && object.leftover().is_empty();
    let types = object.types();
    let now = object.shape().type_name;
    let target = match &name {
        TypeName::Listed(index) => Some(*index),
        TypeName::Own => None,
        TypeName::Other(value) => value.as_str().and_then(|text| type_index(types, text)),
    };
    if let Some(index) = target
        && types[index] != now
    {
        retype(object, progress, index);
    }
    let own = object.shape().type_name;
    let value = match name {
        TypeName::Other(value) => value,
        TypeName::Listed(_) | TypeName::Own if !is_first => Value::String(format!("#{own}")),
        // A derived type is named in its place on writing.
        TypeName::Listed(index) if index > 0 => return,
        TypeName::Listed(_) | TypeName::Own => {
            object.leftover_mut().kept_mut().own_type = Some(own);
            return;
        }
    };
    progress.unknown(object, ODATA_TYPE.to_owned(), value);
}

/// The place of a type in a list, in any case.
fn type_index(types: &[&str], text: &str) -> Option<usize> {
    let name = text.strip_prefix('#').unwrap_or(text);
    let exact = types.iter().position(|known| *known == name);
    exact.or_else(|| {
        types
            .iter()
            .position(|known| known.eq_ignore_ascii_case(name))
    })
}

/// Becomes another type with what was read so far: `@odata.type` does not come first. What was read is written and read
/// again, so that keys that only the new type knows find their properties.
fn retype(object: &mut dyn Object, progress: &mut Progress, index: usize) {
    progress.store_keys(object);
    let nothing_read = progress.phase == Phase::Leading && object.leftover().is_empty();
    let members = if nothing_read {
        Vec::new()
    } else {
        encode::members(object)
    };
    object.retype(index);
    *progress = Progress::new();
    for (name, value) in members {
        progress.put(object, name, value);
    }
}

impl Progress {
    fn new() -> Self {
        Self {
            next: 0,
            phase: Phase::Leading,
            keys: Vec::new(),
            listed: Places::default(),
        }
    }

    /// Puts the keys into the object's leftover.
    fn store_keys(&mut self, object: &mut dyn Object) {
        if self.phase == Phase::Listed {
            object.leftover_mut().kept_mut().keys = std::mem::take(&mut self.keys);
        }
    }

    /// Takes one member from a JSON value.
    fn put(&mut self, object: &mut dyn Object, name: String, value: Value) {
        let Some(index) = object.shape().find(self.next, &name) else {
            return self.unknown(object, name, value);
        };
        if index < self.next || self.phase > Phase::Properties {
            self.property_out_of_order(object, index);
        } else {
            self.phase = Phase::Properties;
        }
        self.next = index + 1;
        let fit = super::values::read_value(object.slot(index), value);
        note(object, index, fit);
    }

    /// Takes a key that is no property.
    fn unknown(&mut self, object: &mut dyn Object, name: String, value: Value) {
        let kept = object.leftover_mut().kept_mut();
        if name == ODATA_TYPE {
            kept.own_type = None;
        }
        // A key that comes twice keeps its place and takes the last value.
        if kept.unknown.insert(name, value).is_some() {
            return;
        }
        match self.phase {
            Phase::Leading => kept.leading += 1,
            Phase::Properties | Phase::Trailing => self.phase = Phase::Trailing,
            Phase::Listed => self.keys.push(UNKNOWN),
        }
    }

    /// Takes note of a property that does not come behind the last one: it came before, or the order is another one.
    fn property_out_of_order(&mut self, object: &mut dyn Object, index: usize) {
        if self.phase != Phase::Listed {
            self.phase = Phase::Listed;
            self.keys = keys_so_far(object);
            for key in self.keys.iter().filter(|key| **key != UNKNOWN) {
                self.listed.insert(*key as usize);
            }
        }
        if self.listed.contains(index) {
            // The place stays that of the first one, the value is that of the last.
            object.slot(index).clear();
            object.leftover_mut().forget(index);
        } else {
            self.listed.insert(index);
            self.keys.push(index as u32);
        }
    }
}

impl PartialOrd for Phase {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some((*self as u8).cmp(&(*other as u8)))
    }
}

/// The keys of an object whose order has been the declared one so far.
fn keys_so_far(object: &dyn Object) -> Vec<u32> {
    let leftover: &Leftover = object.leftover();
    let nothing = Kept::default();
    let kept = leftover.kept().unwrap_or(&nothing);
    let count = object.shape().properties.len();
    let mut keys = Vec::with_capacity(count + kept.unknown.len());
    keys.resize(kept.leading, UNKNOWN);
    for index in 0..count {
        let noted = kept.is_null(index as u32) || kept.raw(index as u32).is_some();
        if noted || object.member(index).is_set() {
            keys.push(index as u32);
        }
    }
    keys.resize(keys.len() + kept.unknown.len() - kept.leading, UNKNOWN);
    keys
}
