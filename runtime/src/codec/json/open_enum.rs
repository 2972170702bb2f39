//! Open enums: enums that preserve unknown member names.

use std::fmt::Debug;

use super::{Decoded, Primitive, Scalar, TextBuffer};

/// An enum that JSON represents by member names. Undocumented names are preserved, because the service adds members over
/// time.
pub trait OpenEnum: Clone + PartialEq + Debug + 'static {
    /// The documented members, in the order of the documentation.
    const MEMBERS: &'static [Self];

    /// Returns the JSON name.
    fn as_str(&self) -> &str;

    /// Creates the variant for an undocumented name.
    fn unlisted(name: &str) -> Self;

    /// Returns the numeric value of the member, if documented.
    fn value(&self) -> Option<i64> {
        None
    }

    /// Returns the member with this JSON name.
    fn from_name(name: &str) -> Self {
        let member = Self::MEMBERS.iter().find(|member| member.as_str() == name);
        member.cloned().unwrap_or_else(|| Self::unlisted(name))
    }

    /// Returns the member with this numeric value, if documented.
    fn from_value(value: i64) -> Option<Self> {
        let member = Self::MEMBERS
            .iter()
            .find(|member| member.value() == Some(value));
        member.cloned()
    }

    /// Returns whether the member is documented.
    fn is_listed(&self) -> bool {
        Self::MEMBERS.contains(self)
    }
}

impl<E: OpenEnum> Primitive for E {
    fn decode(scalar: Scalar<'_>) -> Decoded<Self> {
        match scalar {
            Scalar::Text(name) => Decoded::Exact(E::from_name(name)),
            _ => Decoded::Rejected,
        }
    }

    fn encode<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        Scalar::Text(self.as_str())
    }
}
