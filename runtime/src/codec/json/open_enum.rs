//! Open enums: members that the documentation lists, and any other name.

use std::fmt::Debug;

use super::{Leaf, Reading, Scalar, TextBuffer};

/// An enum whose members have names in JSON. Names that the documentation does not list are kept: the service adds some.
pub trait OpenEnum: Clone + PartialEq + Debug + 'static {
    /// The members that the documentation lists, in its order.
    const MEMBERS: &'static [Self];

    /// The name in JSON.
    fn as_str(&self) -> &str;

    /// The variant for a name that the documentation does not list.
    fn unlisted(name: &str) -> Self;

    /// The number behind the member, where the documentation states one.
    fn value(&self) -> Option<i64> {
        None
    }

    /// The member with this name.
    fn from_name(name: &str) -> Self {
        let listed = Self::MEMBERS.iter().find(|member| member.as_str() == name);
        listed.cloned().unwrap_or_else(|| Self::unlisted(name))
    }

    /// The member with this number, where the documentation states numbers.
    fn from_value(value: i64) -> Option<Self> {
        let listed = Self::MEMBERS
            .iter()
            .find(|member| member.value() == Some(value));
        listed.cloned()
    }

    /// Whether the documentation lists the member.
    fn is_listed(&self) -> bool {
        Self::MEMBERS.contains(self)
    }
}

impl<E: OpenEnum> Leaf for E {
    fn read(scalar: Scalar<'_>) -> Reading<Self> {
        match scalar {
            Scalar::Text(name) => Reading::Exact(E::from_name(name)),
            _ => Reading::Refused,
        }
    }

    fn scalar<'a>(&'a self, _: &'a mut TextBuffer) -> Scalar<'a> {
        Scalar::Text(self.as_str())
    }
}
