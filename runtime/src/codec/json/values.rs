//! Reading the value of one property into its slot, whatever the value is.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::decode::read_members;
use super::leaf::{read_integer, with_number};
use super::{LeavesSlot, ObjectsSlot, Reading, Scalar, Slot, TextBuffer, encode};

/// What became of a value.
pub(crate) enum Fit {
    /// The slot holds it, and writes it as it was.
    Taken,
    /// It is null.
    Null,
    /// This is to be kept: the slot could not take it, or not all of it, or would write it in another way.
    Kept(Box<Value>),
}

/// Where a value goes.
pub(crate) enum Place<'a> {
    /// Into a property.
    Slot(Slot<'a>),
    /// Into a collection of primitives, as its next item.
    LeafItem(&'a mut dyn LeavesSlot),
    /// Into a collection of objects, as its next item.
    ObjectItem(&'a mut dyn ObjectsSlot),
}

/// Reads a JSON value into a slot.
pub(crate) fn read_value(slot: Slot<'_>, value: Value) -> Fit {
    // Reading from a value cannot fail: every kind of value is taken or kept.
    Place::Slot(slot).deserialize(value).unwrap_or(Fit::Null)
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Fit;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Place<'_> {
    /// Takes a scalar.
    fn scalar(self, scalar: Scalar<'_>) -> Fit {
        let slot = match self {
            Self::Slot(slot) => slot,
            Self::LeafItem(slot) => return fit(slot.push(scalar), scalar),
            Self::ObjectItem(_) => Slot::Missing,
        };
        let reading = match slot {
            Slot::Boolean(slot) => match scalar {
                Scalar::Boolean(value) => {
                    *slot = Some(value);
                    Reading::Exact(())
                }
                _ => Reading::Refused,
            },
            Slot::Int32(slot) => read_integer(scalar).put_if(|value| {
                *slot = i32::try_from(value).ok();
                slot.is_some()
            }),
            Slot::Int64(slot) => super::LeafSlot::read(slot, scalar),
            Slot::Double(slot) => super::LeafSlot::read(slot, scalar),
            Slot::String(slot) => super::LeafSlot::read(slot, scalar),
            Slot::Leaf(slot) => slot.read(scalar),
            Slot::Untyped(slot) => {
                *slot = Some(scalar.to_value());
                Reading::Exact(())
            }
            Slot::Untypeds(_)
            | Slot::Leaves(_)
            | Slot::Object(_)
            | Slot::Any(_)
            | Slot::Objects(_)
            | Slot::Missing => Reading::Refused,
        };
        fit(reading, scalar)
    }
}

fn fit(reading: Reading<()>, scalar: Scalar<'_>) -> Fit {
    match reading {
        Reading::Exact(()) => Fit::Taken,
        Reading::Respelled(()) | Reading::Refused => Fit::Kept(Box::new(scalar.to_value())),
    }
}

impl Reading<i64> {
    fn put_if(self, mut take: impl FnMut(i64) -> bool) -> Reading<()> {
        match self {
            Self::Exact(value) if take(value) => Reading::Exact(()),
            Self::Respelled(value) if take(value) => Reading::Respelled(()),
            _ => Reading::Refused,
        }
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Fit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Fit, E> {
        Ok(self.scalar(Scalar::Boolean(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Fit, E> {
        Ok(self.scalar(Scalar::Integer(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Fit, E> {
        Ok(self.scalar(match i64::try_from(value) {
            Ok(value) => Scalar::Integer(value),
            Err(_) => Scalar::Unsigned(value),
        }))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Fit, E> {
        Ok(self.scalar(Scalar::Double(value)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Fit, E> {
        if let Self::Slot(Slot::String(slot)) = self {
            *slot = Some(text.to_owned());
            return Ok(Fit::Taken);
        }
        Ok(self.scalar(Scalar::Text(text)))
    }

    fn visit_string<E>(self, text: String) -> Result<Fit, E> {
        if let Self::Slot(Slot::String(slot)) = self {
            *slot = Some(text);
            return Ok(Fit::Taken);
        }
        Ok(self.scalar(Scalar::Text(&text)))
    }

    fn visit_unit<E>(self) -> Result<Fit, E> {
        Ok(Fit::Null)
    }

    fn visit_none<E>(self) -> Result<Fit, E> {
        Ok(Fit::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Fit, A::Error> {
        match self {
            Self::Slot(Slot::Leaves(slot)) => read_leaves(slot, sequence),
            Self::Slot(Slot::Objects(slot)) => read_objects(slot, sequence),
            Self::Slot(Slot::Untypeds(slot)) => {
                let values = slot.start();
                while let Some(value) = sequence.next_element()? {
                    values.push(value);
                }
                Ok(collection(None, slot.values().map(<[Value]>::len)))
            }
            other => {
                let value = Value::deserialize(SeqAccessDeserializer::new(sequence))?;
                Ok(other.whole(value))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Fit, A::Error> {
        match self {
            Self::Slot(Slot::Object(slot)) => read_members(slot.start(), map)?,
            Self::Slot(Slot::Any(slot)) => read_members(slot.start(), map)?,
            Self::ObjectItem(slot) => read_members(slot.push(), map)?,
            other => {
                // With `serde_json/arbitrary_precision` numbers come as maps too; reading a value tells them apart.
                let value = Value::deserialize(MapAccessDeserializer::new(map))?;
                return Ok(match value {
                    Value::Number(number) => with_number(&number, |scalar| other.scalar(scalar)),
                    value => other.whole(value),
                });
            }
        }
        Ok(Fit::Taken)
    }
}

impl Place<'_> {
    /// Takes an array or object that is no value for any typed place.
    fn whole(self, value: Value) -> Fit {
        match self {
            Self::Slot(Slot::Untyped(slot)) => {
                *slot = Some(value);
                Fit::Taken
            }
            _ => Fit::Kept(Box::new(value)),
        }
    }
}

/// Reads a collection of primitives. As soon as an item does not fit, the whole collection is kept as it was found.
fn read_leaves<'de, A: SeqAccess<'de>>(
    slot: &mut dyn LeavesSlot,
    mut sequence: A,
) -> Result<Fit, A::Error> {
    slot.start();
    let mut kept: Option<Vec<Value>> = None;
    loop {
        let before = slot.length().unwrap_or(0);
        let Some(fit) = sequence.next_element_seed(Place::LeafItem(slot))? else {
            return Ok(collection(kept, slot.length()));
        };
        let value = |index| {
            let mut buffer = TextBuffer::new();
            slot.item(index, &mut buffer).map(Scalar::to_value)
        };
        match (&mut kept, fit.misfit()) {
            (None, None) => {}
            (None, Some(misfit)) => {
                kept = Some((0..before).filter_map(value).chain([misfit]).collect());
            }
            (Some(kept), Some(misfit)) => kept.push(misfit),
            (Some(kept), None) => kept.extend(value(before)),
        }
    }
}

/// Reads a collection of objects. As soon as an item is no object, the whole collection is kept as it was found.
fn read_objects<'de, A: SeqAccess<'de>>(
    slot: &mut dyn ObjectsSlot,
    mut sequence: A,
) -> Result<Fit, A::Error> {
    slot.start();
    let mut kept: Option<Vec<Value>> = None;
    loop {
        let before = slot.length().unwrap_or(0);
        let Some(fit) = sequence.next_element_seed(Place::ObjectItem(slot))? else {
            return Ok(collection(kept, slot.length()));
        };
        let value = |index| slot.item(index).map(encode::to_value);
        match (&mut kept, fit.misfit()) {
            (None, None) => {}
            (None, Some(misfit)) => {
                kept = Some((0..before).filter_map(value).chain([misfit]).collect());
            }
            (Some(kept), Some(misfit)) => kept.push(misfit),
            (Some(kept), None) => kept.extend(value(before)),
        }
    }
}

impl Fit {
    /// The value that did not fit.
    fn misfit(self) -> Option<Value> {
        match self {
            Self::Taken => None,
            Self::Null => Some(Value::Null),
            Self::Kept(value) => Some(*value),
        }
    }
}

/// What became of a collection. Where none and an empty one are the same to the slot, the empty one is kept.
fn collection(kept: Option<Vec<Value>>, length: Option<usize>) -> Fit {
    match (kept, length) {
        (Some(values), _) => Fit::Kept(Box::new(Value::Array(values))),
        (None, Some(_)) => Fit::Taken,
        (None, None) => Fit::Kept(Box::new(Value::Array(Vec::new()))),
    }
}
