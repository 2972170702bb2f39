//! Keys of a JSON object: known properties by index, without a copy; anything else by name.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Visitor};

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

/// Reads a key. The lookup starts at the property that is expected next, so that keys in the declared order cost one
/// comparison each.
pub(crate) struct KeySeed {
    pub(crate) names: &'static [&'static str],
    pub(crate) next: usize,
}

/// The index of `name`, looked for from `next` on, and then before it.
pub(crate) fn find(names: &[&str], next: usize, name: &str) -> Option<usize> {
    let next = next.min(names.len());
    let (before, after) = names.split_at(next);
    match after.iter().position(|known| *known == name) {
        Some(offset) => Some(next + offset),
        None => before.iter().position(|known| *known == name),
    }
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
        Ok(match find(self.names, self.next, name) {
            Some(index) => Key::Property(index),
            None if name == ODATA_TYPE => Key::Type,
            None => Key::Unknown(name.to_owned()),
        })
    }

    fn visit_string<E>(self, name: String) -> Result<Key, E> {
        Ok(match find(self.names, self.next, &name) {
            Some(index) => Key::Property(index),
            None if name == ODATA_TYPE => Key::Type,
            None => Key::Unknown(name),
        })
    }
}
