//! Open enums: members that the documentation lists, and any other name.

use std::fmt::Debug;

use super::{Reading, Scalar};

/// An enum whose members have names in JSON. Names that the documentation does not list are kept: the service adds some.
pub trait OpenEnum: Clone + PartialEq + Debug + Send + Sync + 'static {
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

/// Reads a member: the body of the `Leaf` of every enum.
#[doc(hidden)]
pub fn read<E: OpenEnum>(scalar: Scalar<'_>) -> Reading<E> {
    match scalar {
        Scalar::Text(name) => Reading::Exact(E::from_name(name)),
        _ => Reading::Refused,
    }
}
