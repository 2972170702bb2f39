//! Reading objects: one loop over the keys for all types, which fills properties and keeps the rest.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::key::{Key, KeySeed, TypeName, TypeSeed};
use super::leftover::{Kept, Leftover, ODATA_TYPE, UNKNOWN};
use super::object::fill;
use super::places::Places;
use super::values::{Fit, Place};
use super::{Object, Shape, Slot, encode};

/// Reads an object through serde: the body of every generated `Deserialize`.
pub fn deserialize<'de, T: Object + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut object = T::default();
    ObjectSeed(&mut object).deserialize(deserializer)?;
    Ok(object)
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
    let mut turn = None;
    loop {
        let types = object.types();
        let shape = object.shape();
        let mut read = Ok(None);
        fill(object, |leftover, slots| {
            let mut table = Table {
                types,
                shape,
                leftover,
                slots,
            };
            if let Some(Turn { name, is_first, .. }) = turn.take() {
                table.note_type(&mut progress, name, is_first);
            }
            read = table.read(&mut progress, &mut map);
        });
        match read? {
            None => return Ok(()),
            Some(next) => retype(object, &mut progress, turn.insert(next)),
        }
    }
}

/// An `@odata.type` that asks for another type than the object has.
struct Turn {
    /// The index of that type in [`Object::types`].
    index: usize,
    name: TypeName,
    /// Whether nothing was read before.
    is_first: bool,
}

/// An object that is being filled.
struct Table<'t, 'a> {
    types: &'static [&'static str],
    shape: Shape,
    leftover: &'t mut Leftover,
    slots: &'t mut [Slot<'a>],
}

impl Table<'_, '_> {
    /// Reads members up to the end, or until the object must become one of another type.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        progress: &mut Progress,
        map: &mut A,
    ) -> Result<Option<Turn>, A::Error> {
        loop {
            let seed = KeySeed {
                shape: self.shape,
                next: progress.next,
            };
            match map.next_key_seed(seed)? {
                None => {
                    progress.store_keys(self.leftover);
                    return Ok(None);
                }
                Some(Key::Property(index)) => {
                    progress.property(self, index);
                    let fit = map.next_value_seed(Place::Slot(self.slot(index)))?;
                    self.note(index, fit);
                }
                Some(Key::Type) => {
                    let seed = TypeSeed {
                        types: self.types,
                        own: self.shape.type_name,
                    };
                    let name = map.next_value_seed(seed)?;
                    let is_first = progress.phase == Phase::Leading && self.leftover.is_empty();
                    if let Some(index) = self.turn(&name) {
                        return Ok(Some(Turn {
                            index,
                            name,
                            is_first,
                        }));
                    }
                    self.note_type(progress, name, is_first);
                }
                Some(Key::Unknown(name)) => {
                    let value = map.next_value()?;
                    progress.unknown(self.leftover, name, value);
                }
            }
        }
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        self.slots
            .get_mut(index)
            .map_or(Slot::Missing, |slot| slot.again())
    }

    /// Notes about a property what its slot could not take.
    fn note(&mut self, index: usize, fit: Fit) {
        match fit {
            Fit::Taken => {}
            Fit::Null => self.leftover.note_null(index),
            Fit::Kept(value) => self.leftover.note_raw(index, *value),
        }
    }

    /// The type that an `@odata.type` asks for, if the object is not of it.
    fn turn(&self, name: &TypeName) -> Option<usize> {
        let target = match name {
            TypeName::Listed(index) => Some(*index),
            TypeName::Own => None,
            TypeName::Other(value) => value.as_str().and_then(|text| type_index(self.types, text)),
        };
        target.filter(|index| self.types[*index] != self.shape.type_name)
    }

    /// Notes an `@odata.type`, unless writing will give it anyway.
    fn note_type(&mut self, progress: &mut Progress, name: TypeName, is_first: bool) {
        let own = self.shape.type_name;
        let value = match name {
            TypeName::Other(value) => value,
            TypeName::Listed(_) | TypeName::Own if !is_first => Value::String(format!("#{own}")),
            // A derived type is named in its place on writing.
            TypeName::Listed(index) if index > 0 => return,
            TypeName::Listed(_) | TypeName::Own => {
                self.leftover.kept_mut().own_type = Some(own);
                return;
            }
        };
        progress.unknown(self.leftover, ODATA_TYPE.to_owned(), value);
    }

    /// Takes one member from a JSON value.
    fn put(&mut self, progress: &mut Progress, name: String, value: Value) {
        let Some(index) = self.shape.find(progress.next, &name) else {
            return progress.unknown(self.leftover, name, value);
        };
        progress.property(self, index);
        let fit = super::values::read_value(self.slot(index), value);
        self.note(index, fit);
    }

    /// The keys of an object whose order has been the declared one so far.
    fn keys_so_far(&self) -> Vec<u32> {
        let nothing = Kept::default();
        let kept = self.leftover.kept().unwrap_or(&nothing);
        let mut keys = Vec::with_capacity(self.slots.len() + kept.unknown.len());
        keys.resize(kept.leading, UNKNOWN);
        for (index, slot) in (0..).zip(self.slots.iter()) {
            let noted = kept.is_null(index) || kept.raw(index).is_some();
            if noted || slot.member().is_set() {
                keys.push(index);
            }
        }
        keys.resize(keys.len() + kept.unknown.len() - kept.leading, UNKNOWN);
        keys
    }
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
fn retype(object: &mut dyn Object, progress: &mut Progress, turn: &Turn) {
    if turn.is_first {
        object.retype(turn.index);
        return;
    }
    progress.store_keys(object.leftover_mut());
    let members = encode::members(object);
    object.retype(turn.index);
    *progress = Progress::new();
    let mut members = members.into_iter();
    let types = object.types();
    let shape = object.shape();
    fill(object, |leftover, slots| {
        let mut table = Table {
            types,
            shape,
            leftover,
            slots,
        };
        for (name, value) in members.by_ref() {
            table.put(progress, name, value);
        }
    });
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
    fn store_keys(&mut self, leftover: &mut Leftover) {
        if self.phase == Phase::Listed {
            leftover.kept_mut().keys = std::mem::take(&mut self.keys);
        }
    }

    /// Takes the key of a property.
    fn property(&mut self, table: &mut Table<'_, '_>, index: usize) {
        if index < self.next || self.phase > Phase::Properties {
            self.property_out_of_order(table, index);
        } else {
            self.phase = Phase::Properties;
        }
        self.next = index + 1;
    }

    /// Takes a key that is no property.
    fn unknown(&mut self, leftover: &mut Leftover, name: String, value: Value) {
        let kept = leftover.kept_mut();
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
    fn property_out_of_order(&mut self, table: &mut Table<'_, '_>, index: usize) {
        if self.phase != Phase::Listed {
            self.phase = Phase::Listed;
            self.keys = table.keys_so_far();
            for key in self.keys.iter().filter(|key| **key != UNKNOWN) {
                self.listed.insert(*key as usize);
            }
        }
        if self.listed.contains(index) {
            // The place stays that of the first one, the value is that of the last.
            table.slot(index).clear();
            table.leftover.forget(index);
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
