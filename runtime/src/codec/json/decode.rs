//! Deserialization of objects: one loop over the keys, shared by all types.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::additional_properties::{AdditionalProperties, Contents, ODATA_TYPE, UNKNOWN};
use super::index_set::IndexSet;
use super::key::{Key, KeySeed, TypeName, TypeNameSeed};
use super::object::visit_slots_mut;
use super::value::{self, Outcome, Target};
use super::{Object, SlotMut, TypeDescriptor, encode};

/// Deserializes an object. The body of every generated `Deserialize` implementation.
pub fn deserialize<'de, T: Object + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut object = T::default();
    ObjectSeed(&mut object).deserialize(deserializer)?;
    Ok(object)
}

/// Deserializes an object from the bytes of a JSON text.
pub fn from_slice<T: Object + Default>(json: &[u8]) -> serde_json::Result<T> {
    let mut object = T::default();
    read_slice(&mut object, json)?;
    Ok(object)
}

/// Deserializes an object from a JSON value.
pub fn from_value<T: Object + Default>(value: Value) -> serde_json::Result<T> {
    let mut object = T::default();
    ObjectSeed(&mut object).deserialize(value)?;
    Ok(object)
}

/// Deserializes the bytes of a JSON text into an empty object.
pub fn read_slice(object: &mut dyn Object, json: &[u8]) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    ObjectSeed(object).deserialize(&mut deserializer)?;
    deserializer.end()
}

/// Deserializes into an empty object.
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
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        decode_object(self.0, map)
    }
}

/// The order of the keys so far.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// No property yet: unknown keys only, or none.
    Leading,
    /// Then properties in declaration order.
    Properties,
    /// Then unknown keys.
    Trailing,
    /// Any other order: every key is listed in [`Contents::key_order`].
    Listed,
}

/// Tracks the order of the keys.
struct KeyOrder {
    /// The index after that of the last property.
    next: usize,
    phase: Phase,
    /// The future [`Contents::key_order`].
    keys: Vec<u32>,
    /// The properties in `keys`.
    listed: IndexSet,
}

/// Deserializes the members of a JSON object into an empty object.
pub(crate) fn decode_object<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    mut map: A,
) -> Result<(), A::Error> {
    let mut order = KeyOrder::new();
    let mut type_change = None;
    loop {
        let types = object.type_names();
        let descriptor = object.descriptor();
        let mut result = Ok(None);
        visit_slots_mut(object, |additional, slots| {
            let mut decoder = Decoder {
                types,
                descriptor,
                additional,
                slots,
            };
            if let Some(TypeChange { name, is_first, .. }) = type_change.take() {
                decoder.record_type(&mut order, name, is_first);
            }
            result = decoder.decode_members(&mut order, &mut map);
        });
        match result? {
            None => return Ok(()),
            Some(change) => change_type(object, &mut order, type_change.insert(change)),
        }
    }
}

/// An `@odata.type` that names another type than the object has.
struct TypeChange {
    /// The index of the new type in [`Object::type_names`].
    index: usize,
    name: TypeName,
    /// Whether `@odata.type` is the first key.
    is_first: bool,
}

/// An object that is being deserialized.
struct Decoder<'t, 'a> {
    types: &'static [&'static str],
    descriptor: TypeDescriptor,
    additional: &'t mut AdditionalProperties,
    slots: &'t mut [SlotMut<'a>],
}

impl Decoder<'_, '_> {
    /// Decodes members until the end, or until the object has to change its type.
    fn decode_members<'de, A: MapAccess<'de>>(
        &mut self,
        order: &mut KeyOrder,
        map: &mut A,
    ) -> Result<Option<TypeChange>, A::Error> {
        loop {
            let seed = KeySeed {
                descriptor: self.descriptor,
                next: order.next,
            };
            match map.next_key_seed(seed)? {
                None => {
                    order.store(self.additional);
                    return Ok(None);
                }
                Some(Key::Property(index)) => {
                    order.add_property(self, index);
                    let outcome = map.next_value_seed(Target::Slot(self.slot(index)))?;
                    self.record_outcome(index, outcome);
                }
                Some(Key::Type) => {
                    let seed = TypeNameSeed {
                        types: self.types,
                        current: self.descriptor.type_name,
                    };
                    let name = map.next_value_seed(seed)?;
                    let is_first = order.phase == Phase::Leading && self.additional.is_empty();
                    if let Some(index) = self.new_type(&name) {
                        return Ok(Some(TypeChange {
                            index,
                            name,
                            is_first,
                        }));
                    }
                    self.record_type(order, name, is_first);
                }
                Some(Key::Unknown(name)) => {
                    let value = map.next_value()?;
                    order.add_unknown(self.additional, name, value);
                }
            }
        }
    }

    fn slot(&mut self, index: usize) -> SlotMut<'_> {
        self.slots
            .get_mut(index)
            .map_or(SlotMut::Missing, SlotMut::reborrow)
    }

    /// Records what the slot of a property could not store.
    fn record_outcome(&mut self, index: usize, outcome: Outcome) {
        match outcome {
            Outcome::Stored => {}
            Outcome::Null => self.additional.record_null(index),
            Outcome::Raw(value) => self.additional.record_raw_value(index, *value),
        }
    }

    /// Returns the index of the type named by `@odata.type`, if the object has another type.
    fn new_type(&self, name: &TypeName) -> Option<usize> {
        let index = match name {
            TypeName::Listed(index) => Some(*index),
            TypeName::Current => None,
            TypeName::Other(value) => value.as_str().and_then(|text| type_index(self.types, text)),
        };
        index.filter(|index| self.types[*index] != self.descriptor.type_name)
    }

    /// Records an `@odata.type` that serialization would not write by itself.
    fn record_type(&mut self, order: &mut KeyOrder, name: TypeName, is_first: bool) {
        let current = self.descriptor.type_name;
        let value = match name {
            TypeName::Other(value) => value,
            TypeName::Listed(_) | TypeName::Current if !is_first => {
                Value::String(format!("#{current}"))
            }
            // Serialization writes the name of a derived type first.
            TypeName::Listed(index) if index > 0 => return,
            TypeName::Listed(_) | TypeName::Current => {
                self.additional.contents_mut().type_annotation = Some(current);
                return;
            }
        };
        order.add_unknown(self.additional, ODATA_TYPE.to_owned(), value);
    }

    /// Adds one member from a JSON value.
    fn add_member(&mut self, order: &mut KeyOrder, name: String, value: Value) {
        let Some(index) = self.descriptor.find(order.next, &name) else {
            return order.add_unknown(self.additional, name, value);
        };
        order.add_property(self, index);
        let outcome = value::decode_value(self.slot(index), value);
        self.record_outcome(index, outcome);
    }

    /// Lists the keys of an object whose keys came in declaration order so far.
    fn keys_so_far(&self) -> Vec<u32> {
        let empty = Contents::default();
        let contents = self.additional.contents().unwrap_or(&empty);
        let mut keys = Vec::with_capacity(self.slots.len() + contents.unknown.len());
        keys.resize(contents.leading_unknown, UNKNOWN);
        for (index, slot) in (0..).zip(self.slots.iter()) {
            let is_recorded = contents.is_null(index) || contents.raw_value(index).is_some();
            if is_recorded || slot.as_ref().is_set() {
                keys.push(index);
            }
        }
        let trailing = contents.unknown.len() - contents.leading_unknown;
        keys.resize(keys.len() + trailing, UNKNOWN);
        keys
    }
}

/// Returns the position of a type in `types`. Prefers an exact match over one that ignores ASCII case.
fn type_index(types: &[&str], text: &str) -> Option<usize> {
    let name = text.strip_prefix('#').unwrap_or(text);
    let exact = types.iter().position(|candidate| *candidate == name);
    exact.or_else(|| {
        types
            .iter()
            .position(|candidate| candidate.eq_ignore_ascii_case(name))
    })
}

/// Changes the type of an object whose `@odata.type` may follow other keys. The members decoded so far are encoded and
/// decoded again, so that keys known only to the new type find their properties.
fn change_type(object: &mut dyn Object, order: &mut KeyOrder, change: &TypeChange) {
    if change.is_first {
        object.change_type(change.index);
        return;
    }
    order.store(object.additional_properties_mut());
    let members = encode::to_members(object);
    object.change_type(change.index);
    *order = KeyOrder::new();
    let mut members = members.into_iter();
    let types = object.type_names();
    let descriptor = object.descriptor();
    visit_slots_mut(object, |additional, slots| {
        let mut decoder = Decoder {
            types,
            descriptor,
            additional,
            slots,
        };
        for (name, value) in members.by_ref() {
            decoder.add_member(order, name, value);
        }
    });
}

impl KeyOrder {
    fn new() -> Self {
        Self {
            next: 0,
            phase: Phase::Leading,
            keys: Vec::new(),
            listed: IndexSet::default(),
        }
    }

    /// Moves the keys to the additional properties if their order has to be kept.
    fn store(&mut self, additional: &mut AdditionalProperties) {
        if self.phase == Phase::Listed {
            additional.contents_mut().key_order = std::mem::take(&mut self.keys);
        }
    }

    /// Adds the key of a property.
    fn add_property(&mut self, decoder: &mut Decoder<'_, '_>, index: usize) {
        if index < self.next || self.phase > Phase::Properties {
            self.add_property_out_of_order(decoder, index);
        } else {
            self.phase = Phase::Properties;
        }
        self.next = index + 1;
    }

    /// Adds a key that is not a property.
    fn add_unknown(&mut self, additional: &mut AdditionalProperties, name: String, value: Value) {
        let contents = additional.contents_mut();
        if name == ODATA_TYPE {
            contents.type_annotation = None;
        }
        // A repeated key keeps its position and takes the last value.
        if contents.unknown.insert(name, value).is_some() {
            return;
        }
        match self.phase {
            Phase::Leading => contents.leading_unknown += 1,
            Phase::Properties | Phase::Trailing => self.phase = Phase::Trailing,
            Phase::Listed => self.keys.push(UNKNOWN),
        }
    }

    /// Adds the key of a property that is repeated or not in declaration order.
    fn add_property_out_of_order(&mut self, decoder: &mut Decoder<'_, '_>, index: usize) {
        if self.phase != Phase::Listed {
            self.phase = Phase::Listed;
            self.keys = decoder.keys_so_far();
            for key in self.keys.iter().filter(|key| **key != UNKNOWN) {
                self.listed.insert(*key as usize);
            }
        }
        if self.listed.contains(index) {
            // A repeated key keeps its position and takes the last value.
            decoder.slot(index).clear();
            decoder.additional.forget(index);
        } else {
            self.listed.insert(index);
            self.keys.push(index as u32);
        }
    }
}
