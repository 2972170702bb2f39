//! What an operation asks of the one who calls it, as constant text that is read when it is asked for.

use std::fmt;

/// What an operation asks of each kind of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permissions {
    /// Delegated, with a work or school account.
    pub delegated_work: Grant,
    /// Delegated, with a personal Microsoft account.
    pub delegated_personal: Grant,
    /// An application without a user.
    pub application: Grant,
}

impl Permissions {
    /// The documentation states none.
    pub const UNSTATED: Self = Self {
        delegated_work: Grant::UNSTATED,
        delegated_personal: Grant::UNSTATED,
        application: Grant::UNSTATED,
    };
}

/// What one kind of account needs.
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
    /// The documentation does not say.
    pub const UNSTATED: Self = Self("");

    /// The operation cannot be called by this kind of account.
    pub const NOT_SUPPORTED: Self = Self("not supported");

    /// What a text says: names of permissions, the least privileged first, with a comma before each one that is enough in
    /// place of those before it, and `and` between those that are needed together. It is `not supported` where this kind
    /// of account cannot call, and empty where the documentation does not say.
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// Whether the documentation says anything.
    pub const fn is_stated(self) -> bool {
        !self.0.is_empty()
    }

    /// Whether the documentation names permissions with which this kind of account can call.
    pub fn is_supported(self) -> bool {
        self.is_stated() && self != Self::NOT_SUPPORTED
    }

    /// The sets of permissions: any one of them is enough, the least privileged comes first.
    pub fn sets(self) -> impl Iterator<Item = PermissionSet> {
        let text = if self.is_supported() { self.0 } else { "" };
        let sets = text.split(", ").filter(|set| !set.is_empty());
        sets.map(PermissionSet)
    }

    /// The least privileged set of permissions that is enough; none if there is none or it is not documented.
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

/// Permissions that are needed together: mostly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PermissionSet(&'static str);

impl PermissionSet {
    /// The names: `User.Read.All`.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.0.split(" and ")
    }
}

impl fmt::Display for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}
