//! Deserialization of the value of one property. Accepts any JSON value; what the slot cannot store is returned.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::decode::decode_object;
use super::primitive::with_number;
use super::{
    Decoded, ObjectCollectionSlot, PrimitiveCollectionSlot, PrimitiveSlot, Scalar, SlotMut,
    TextBuffer, encode,
};

/// The result of decoding a value.
pub(crate) enum Outcome {
    /// The slot stores the value, and encodes it to the same JSON.
    Stored,
    /// The value is null.
    Null,
    /// The original value has to be recorded: the slot stores none of it, or only parts, or encodes it to different JSON.
    Raw(Box<Value>),
}

/// Where to store a value.
pub(crate) enum Target<'a> {
    /// In a property.
    Slot(SlotMut<'a>),
    /// At the end of a collection of primitive values.
    PrimitiveItem(&'a mut dyn PrimitiveCollectionSlot),
    /// At the end of a collection of objects.
    ObjectItem(&'a mut dyn ObjectCollectionSlot),
}

/// Decodes a JSON value into a slot.
pub(crate) fn decode_value(slot: SlotMut<'_>, value: Value) -> Outcome {
    // Decoding a `Value` is infallible: every value is stored or returned.
    Target::Slot(slot)
        .deserialize(value)
        .unwrap_or(Outcome::Null)
}

impl<'de> DeserializeSeed<'de> for Target<'_> {
    type Value = Outcome;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Target<'_> {
    /// Stores a scalar.
    fn store_scalar(self, scalar: Scalar<'_>) -> Outcome {
        let slot = match self {
            Self::Slot(slot) => slot,
            Self::PrimitiveItem(slot) => return outcome(slot.push(scalar), scalar),
            Self::ObjectItem(_) => SlotMut::Missing,
        };
        let decoded = match slot {
            SlotMut::Boolean(slot) => PrimitiveSlot::decode(slot, scalar),
            SlotMut::Int32(slot) => PrimitiveSlot::decode(slot, scalar),
            SlotMut::Int64(slot) => PrimitiveSlot::decode(slot, scalar),
            SlotMut::Double(slot) => PrimitiveSlot::decode(slot, scalar),
            SlotMut::String(slot) => PrimitiveSlot::decode(slot, scalar),
            SlotMut::Primitive(slot) => slot.decode(scalar),
            SlotMut::Untyped(slot) => {
                *slot = Some(scalar.to_value());
                Decoded::Exact(())
            }
            SlotMut::UntypedCollection(_)
            | SlotMut::PrimitiveCollection(_)
            | SlotMut::Object(_)
            | SlotMut::Polymorphic(_)
            | SlotMut::ObjectCollection(_)
            | SlotMut::Missing => Decoded::Rejected,
        };
        outcome(decoded, scalar)
    }
}

fn outcome(decoded: Decoded<()>, scalar: Scalar<'_>) -> Outcome {
    match decoded {
        Decoded::Exact(()) => Outcome::Stored,
        Decoded::NonCanonical(()) | Decoded::Rejected => Outcome::Raw(Box::new(scalar.to_value())),
    }
}

impl<'de> Visitor<'de> for Target<'_> {
    type Value = Outcome;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Outcome, E> {
        Ok(self.store_scalar(Scalar::Boolean(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Outcome, E> {
        Ok(self.store_scalar(Scalar::Integer(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Outcome, E> {
        Ok(self.store_scalar(match i64::try_from(value) {
            Ok(value) => Scalar::Integer(value),
            Err(_) => Scalar::Unsigned(value),
        }))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Outcome, E> {
        Ok(self.store_scalar(Scalar::Double(value)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Outcome, E> {
        if let Self::Slot(SlotMut::String(slot)) = self {
            *slot = Some(text.to_owned());
            return Ok(Outcome::Stored);
        }
        Ok(self.store_scalar(Scalar::Text(text)))
    }

    fn visit_string<E>(self, text: String) -> Result<Outcome, E> {
        if let Self::Slot(SlotMut::String(slot)) = self {
            *slot = Some(text);
            return Ok(Outcome::Stored);
        }
        Ok(self.store_scalar(Scalar::Text(&text)))
    }

    fn visit_unit<E>(self) -> Result<Outcome, E> {
        Ok(Outcome::Null)
    }

    fn visit_none<E>(self) -> Result<Outcome, E> {
        Ok(Outcome::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Outcome, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Outcome, A::Error> {
        match self {
            Self::Slot(SlotMut::PrimitiveCollection(slot)) => decode_primitives(slot, sequence),
            Self::Slot(SlotMut::ObjectCollection(slot)) => decode_objects(slot, sequence),
            Self::Slot(SlotMut::UntypedCollection(slot)) => {
                let values = slot.start();
                while let Some(value) = sequence.next_element()? {
                    values.push(value);
                }
                Ok(collection_outcome(None, slot.values().map(<[Value]>::len)))
            }
            other => {
                let value = Value::deserialize(SeqAccessDeserializer::new(sequence))?;
                Ok(other.store_untyped(value))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Outcome, A::Error> {
        match self {
            Self::Slot(SlotMut::Object(slot)) => decode_object(slot.start(), map)?,
            Self::Slot(SlotMut::Polymorphic(slot)) => decode_object(slot.start(), map)?,
            Self::ObjectItem(slot) => decode_object(slot.push(), map)?,
            other => {
                // With the feature `arbitrary_precision` of `serde_json`, numbers arrive as maps too.
                let value = Value::deserialize(MapAccessDeserializer::new(map))?;
                return Ok(match value {
                    Value::Number(number) => {
                        with_number(&number, |scalar| other.store_scalar(scalar))
                    }
                    value => other.store_untyped(value),
                });
            }
        }
        Ok(Outcome::Stored)
    }
}

impl Target<'_> {
    /// Stores an array or object that no typed slot accepts.
    fn store_untyped(self, value: Value) -> Outcome {
        match self {
            Self::Slot(SlotMut::Untyped(slot)) => {
                *slot = Some(value);
                Outcome::Stored
            }
            _ => Outcome::Raw(Box::new(value)),
        }
    }
}

/// Decodes a collection of primitive values. If an item has the wrong type, the whole original collection is returned.
fn decode_primitives<'de, A: SeqAccess<'de>>(
    slot: &mut dyn PrimitiveCollectionSlot,
    mut sequence: A,
) -> Result<Outcome, A::Error> {
    slot.start();
    let mut raw: Option<Vec<Value>> = None;
    loop {
        let before = slot.length().unwrap_or(0);
        let Some(outcome) = sequence.next_element_seed(Target::PrimitiveItem(slot))? else {
            return Ok(collection_outcome(raw, slot.length()));
        };
        let encoded = |index| {
            let mut buffer = TextBuffer::new();
            slot.encode_item(index, &mut buffer).map(Scalar::to_value)
        };
        match (&mut raw, outcome.into_raw()) {
            (None, None) => {}
            (None, Some(value)) => {
                raw = Some((0..before).filter_map(encoded).chain([value]).collect());
            }
            (Some(raw), Some(value)) => raw.push(value),
            (Some(raw), None) => raw.extend(encoded(before)),
        }
    }
}

/// Decodes a collection of objects. If an item is not an object, the whole original collection is returned.
fn decode_objects<'de, A: SeqAccess<'de>>(
    slot: &mut dyn ObjectCollectionSlot,
    mut sequence: A,
) -> Result<Outcome, A::Error> {
    slot.start();
    let mut raw: Option<Vec<Value>> = None;
    loop {
        let before = slot.length().unwrap_or(0);
        let Some(outcome) = sequence.next_element_seed(Target::ObjectItem(slot))? else {
            return Ok(collection_outcome(raw, slot.length()));
        };
        let encoded = |index| slot.item(index).map(encode::to_value);
        match (&mut raw, outcome.into_raw()) {
            (None, None) => {}
            (None, Some(value)) => {
                raw = Some((0..before).filter_map(encoded).chain([value]).collect());
            }
            (Some(raw), Some(value)) => raw.push(value),
            (Some(raw), None) => raw.extend(encoded(before)),
        }
    }
}

impl Outcome {
    /// Returns the original value if it has to be recorded.
    fn into_raw(self) -> Option<Value> {
        match self {
            Self::Stored => None,
            Self::Null => Some(Value::Null),
            Self::Raw(value) => Some(*value),
        }
    }
}

/// Returns the outcome of a collection. An empty collection is raw if the slot cannot tell it from no collection.
fn collection_outcome(raw: Option<Vec<Value>>, length: Option<usize>) -> Outcome {
    match (raw, length) {
        (Some(values), _) => Outcome::Raw(Box::new(Value::Array(values))),
        (None, Some(_)) => Outcome::Stored,
        (None, None) => Outcome::Raw(Box::new(Value::Array(Vec::new()))),
    }
}
