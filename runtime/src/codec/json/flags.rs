//! Flags: several members of an enum in one value.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::leaf::{deserialize_leaf, serialize_leaf};
use super::{Leaf, OpenEnum, Reading, Scalar, TextBuffer};

/// Several members of an enum, in their order; JSON has their names in one string, joined by commas.
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
    /// Whether a space follows each comma.
    spaced: bool,
}

impl<E: OpenEnum> Flags<E> {
    /// No member.
    pub const fn new() -> Self {
        Self {
            members: Vec::new(),
            spaced: false,
        }
    }

    /// The members in their order.
    pub fn iter(&self) -> impl Iterator<Item = &E> {
        self.members.iter()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether `member` is among them.
    pub fn contains(&self, member: &E) -> bool {
        self.members.contains(member)
    }

    /// Adds `member` if it is not among them.
    pub fn insert(&mut self, member: E) {
        if !self.contains(&member) {
            self.members.push(member);
        }
    }

    /// Takes `member` out.
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

/// Equal if both have the same members in the same order.
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

impl<E: OpenEnum> Leaf for Flags<E> {
    fn read(scalar: Scalar<'_>) -> Reading<Self> {
        let Scalar::Text(text) = scalar else {
            return Reading::Refused;
        };
        let flags = Self::parse(text);
        if flags.to_string() == text {
            Reading::Exact(flags)
        } else {
            Reading::Respelled(flags)
        }
    }

    fn scalar<'a>(&'a self, buffer: &'a mut TextBuffer) -> Scalar<'a> {
        // Writing to a buffer cannot fail.
        let _ = self.write(buffer);
        Scalar::Text(buffer.as_str())
    }
}

impl<E: OpenEnum> Serialize for Flags<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_leaf(self, serializer)
    }
}

impl<'de, E: OpenEnum> Deserialize<'de> for Flags<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_leaf(deserializer)
    }
}
