//! Keys of a JSON object: known properties by index, without a copy; anything else by name.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::Shape;
use super::leftover::ODATA_TYPE;

/// A key that was read.
pub(crate) enum Key {
    /// A property, by its index.
    Property(usize),
    /// `@odata.type`
    Type,
    /// Any other.
    Unknown(String),
}

/// Reads a key.
pub(crate) struct KeySeed {
    pub(crate) shape: Shape,
    pub(crate) next: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok(match self.shape.find(self.next, name) {
            Some(index) => Key::Property(index),
            None if name == ODATA_TYPE => Key::Type,
            None => Key::Unknown(name.to_owned()),
        })
    }

    fn visit_string<E>(self, name: String) -> Result<Key, E> {
        Ok(match self.shape.find(self.next, &name) {
            Some(index) => Key::Property(index),
            None if name == ODATA_TYPE => Key::Type,
            None => Key::Unknown(name),
        })
    }
}

/// The value of `@odata.type`.
pub(crate) enum TypeName {
    /// `#` and the name of the type at this index of those that the object can become.
    Listed(usize),
    /// `#` and the name of the type that the object has.
    Own,
    /// Anything else.
    Other(Value),
}

/// Reads the value of `@odata.type`, without a copy in the usual cases.
pub(crate) struct TypeSeed {
    pub(crate) types: &'static [&'static str],
    pub(crate) own: &'static str,
}

impl<'de> DeserializeSeed<'de> for TypeSeed {
    type Value = TypeName;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<TypeName, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TypeSeed {
    type Value = TypeName;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a type")
    }

    fn visit_str<E>(self, text: &str) -> Result<TypeName, E> {
        let name = text.strip_prefix('#');
        let listed = self.types.iter().position(|known| Some(*known) == name);
        Ok(match listed {
            Some(index) => TypeName::Listed(index),
            None if name == Some(self.own) => TypeName::Own,
            None => TypeName::Other(Value::from(text)),
        })
    }

    fn visit_bool<E>(self, value: bool) -> Result<TypeName, E> {
        Ok(TypeName::Other(Value::from(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<TypeName, E> {
        Ok(TypeName::Other(Value::from(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<TypeName, E> {
        Ok(TypeName::Other(Value::from(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<TypeName, E> {
        Ok(TypeName::Other(Value::from(value)))
    }

    fn visit_unit<E>(self) -> Result<TypeName, E> {
        Ok(TypeName::Other(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<TypeName, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(sequence)).map(TypeName::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TypeName, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(map)).map(TypeName::Other)
    }
}
