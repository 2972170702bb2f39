//! Keys of a JSON object. Keys of properties are decoded to an index without an allocation.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::TypeDescriptor;
use super::additional_properties::ODATA_TYPE;

/// A decoded key.
pub(crate) enum Key {
    /// The index of a property.
    Property(usize),
    /// `@odata.type`
    Type,
    /// Any other key.
    Unknown(String),
}

/// Decodes a key.
pub(crate) struct KeySeed {
    pub(crate) descriptor: TypeDescriptor,
    /// The expected index of the property.
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
        f.write_str("an object key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok(match self.descriptor.find(self.next, name) {
            Some(index) => Key::Property(index),
            None if name == ODATA_TYPE => Key::Type,
            None => Key::Unknown(name.to_owned()),
        })
    }

    fn visit_string<E>(self, name: String) -> Result<Key, E> {
        Ok(match self.descriptor.find(self.next, &name) {
            Some(index) => Key::Property(index),
            None if name == ODATA_TYPE => Key::Type,
            None => Key::Unknown(name),
        })
    }
}

/// The value of `@odata.type`.
pub(crate) enum TypeName {
    /// `#` and the name at this index of [`Object::type_names`](super::Object::type_names).
    Listed(usize),
    /// `#` and the name of the object's current type.
    Current,
    /// Any other value.
    Other(Value),
}

/// Decodes the value of `@odata.type`, without an allocation for expected type names.
pub(crate) struct TypeNameSeed {
    pub(crate) types: &'static [&'static str],
    pub(crate) current: &'static str,
}

impl<'de> DeserializeSeed<'de> for TypeNameSeed {
    type Value = TypeName;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<TypeName, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TypeNameSeed {
    type Value = TypeName;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a type name")
    }

    fn visit_str<E>(self, text: &str) -> Result<TypeName, E> {
        let name = text.strip_prefix('#');
        let listed = self
            .types
            .iter()
            .position(|candidate| Some(*candidate) == name);
        Ok(match listed {
            Some(index) => TypeName::Listed(index),
            None if name == Some(self.current) => TypeName::Current,
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
