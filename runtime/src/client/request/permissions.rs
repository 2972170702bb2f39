//! The permissions of an operation, as constant text that is parsed on access.

use std::fmt;

/// The permissions of an operation by account type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permissions {
    /// Delegated, with a work or school account.
    pub delegated_work: Grant,
    /// Delegated, with a personal Microsoft account.
    pub delegated_personal: Grant,
    /// Application, without a user.
    pub application: Grant,
}

impl Permissions {
    /// The documentation states no permissions.
    pub const UNSTATED: Self = Self {
        delegated_work: Grant::UNSTATED,
        delegated_personal: Grant::UNSTATED,
        application: Grant::UNSTATED,
    };
}

/// The permissions that one account type needs.
///
/// ```
/// use graphwright_runtime::Grant;
///
/// const GRANT: Grant = Grant::new("User.Read, User.Read.All and Group.Read.All");
/// assert_eq!(GRANT.least().unwrap().to_string(), "User.Read");
/// let sets: Vec<Vec<&str>> = GRANT.sets().map(|set| set.names().collect()).collect();
/// assert_eq!(sets, [vec!["User.Read"], vec!["User.Read.All", "Group.Read.All"]]);
/// assert!(!Grant::new("not supported").is_supported());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grant(&'static str);

impl Grant {
    /// The documentation states nothing about this account type.
    pub const UNSTATED: Self = Self("");

    /// This account type cannot call the operation.
    pub const NOT_SUPPORTED: Self = Self("not supported");

    /// Creates a grant from text: alternatives separated by commas, the least privileged first; `and` joins permissions that are
    /// needed together. The text is `not supported` if the account type cannot call the operation, and empty if the documentation
    /// states nothing.
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// Whether the documentation states anything about this account type.
    pub const fn is_stated(self) -> bool {
        !self.0.is_empty()
    }

    /// Whether the documentation names permissions for this account type.
    pub fn is_supported(self) -> bool {
        self.is_stated() && self != Self::NOT_SUPPORTED
    }

    /// The alternative sets of permissions, the least privileged first. Any one of them is sufficient.
    pub fn sets(self) -> impl Iterator<Item = PermissionSet> {
        let text = if self.is_supported() { self.0 } else { "" };
        let sets = text.split(", ").filter(|set| !set.is_empty());
        sets.map(PermissionSet)
    }

    /// The least privileged set of permissions, or `None` if none is documented.
    pub fn least(self) -> Option<PermissionSet> {
        self.sets().next()
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(if self.is_stated() {
            self.0
        } else {
            "not stated"
        })
    }
}

/// Permissions that are needed together; in most cases a single one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PermissionSet(&'static str);

impl PermissionSet {
    /// The names, such as `User.Read.All`.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.0.split(" and ")
    }
}

impl fmt::Display for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}
