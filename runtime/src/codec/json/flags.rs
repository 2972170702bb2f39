//! Flags enums: sets of enum members.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::primitive::{deserialize_primitive, serialize_primitive};
use super::{Decoded, OpenEnum, Primitive, Scalar, TextBuffer};

/// A set of enum members that keeps their order. JSON represents it as one string of comma-separated names.
///
/// ```
/// use graphwright_runtime::{Flags, OpenEnum};
/// # #[derive(Clone, PartialEq, Debug)] enum Day { Monday, Unlisted(Box<str>) }
/// # impl OpenEnum for Day {
/// #     const MEMBERS: &'static [Self] = &[Self::Monday];
/// #     fn as_str(&self) -> &str { match self { Self::Monday => "monday", Self::Unlisted(name) => name } }
/// #     fn unlisted(name: &str) -> Self { Self::Unlisted(name.into()) }
/// # }
/// let mut days: Flags<Day> = "monday,someday".parse().unwrap();
/// assert!(days.contains(&Day::Monday));
/// days.remove(&Day::Monday);
/// assert_eq!(days.to_string(), "someday");
/// ```
#[derive(Clone)]
pub struct Flags<E> {
    members: Vec<E>,
    /// Whether a space follows each comma in JSON.
    spaced: bool,
}

impl<E: OpenEnum> Flags<E> {
    /// Creates an empty set.
    pub const fn new() -> Self {
        Self {
            members: Vec::new(),
            spaced: false,
        }
    }

    /// Returns an iterator over the members in their order.
    pub fn iter(&self) -> impl Iterator<Item = &E> {
        self.members.iter()
    }

    /// Returns whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Returns the number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Returns whether the set contains `member`.
    pub fn contains(&self, member: &E) -> bool {
        self.members.contains(member)
    }

    /// Adds `member` if the set does not contain it.
    pub fn insert(&mut self, member: E) {
        if !self.contains(&member) {
            self.members.push(member);
        }
    }

    /// Removes `member`.
    pub fn remove(&mut self, member: &E) {
        self.members.retain(|other| other != member);
    }

    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        for (index, member) in self.members.iter().enumerate() {
            if index > 0 {
                out.write_str(if self.spaced { ", " } else { "," })?;
            }
            out.write_str(member.as_str())?;
        }
        Ok(())
    }

    fn parse(text: &str) -> Self {
        if text.is_empty() {
            return Self::new();
        }
        Self {
            members: text
                .split(',')
                .map(|name| E::from_name(name.trim()))
                .collect(),
            spaced: text.contains(", "),
        }
    }
}

impl<E: OpenEnum> Default for Flags<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: OpenEnum> FromIterator<E> for Flags<E> {
    fn from_iter<I: IntoIterator<Item = E>>(members: I) -> Self {
        let mut flags = Self::new();
        for member in members {
            flags.insert(member);
        }
        flags
    }
}

impl<E: OpenEnum> From<E> for Flags<E> {
    fn from(member: E) -> Self {
        Self::from_iter([member])
    }
}

/// Compares the members including their order.
impl<E: OpenEnum> PartialEq for Flags<E> {
    fn eq(&self, other: &Self) -> bool {
        self.members == other.members
    }
}

impl<E: OpenEnum> fmt::Debug for Flags<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(&self.members).finish()
    }
}

impl<E: OpenEnum> fmt::Display for Flags<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl<E: OpenEnum> FromStr for Flags<E> {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::parse(text))
    }
}

impl<E: OpenEnum> Primitive for Flags<E> {
    fn decode(scalar: Scalar<'_>) -> Decoded<Self> {
        let Scalar::Text(text) = scalar else {
            return Decoded::Rejected;
        };
        let flags = Self::parse(text);
        if flags.to_string() == text {
            Decoded::Exact(flags)
        } else {
            Decoded::NonCanonical(flags)
        }
    }

    fn encode<'a>(&'a self, buffer: &'a mut TextBuffer) -> Scalar<'a> {
        // Writing to a `TextBuffer` is infallible.
        let _ = self.write(buffer);
        Scalar::Text(buffer.as_str())
    }
}

impl<E: OpenEnum> Serialize for Flags<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_primitive(self, serializer)
    }
}

impl<'de, E: OpenEnum> Deserialize<'de> for Flags<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_primitive(deserializer)
    }
}
