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
    /// Permissions that are sufficient under a condition only.
    pub conditional: &'static [ConditionalGrant],
    roles: &'static str,
}

impl Permissions {
    /// The documentation states no permissions.
    pub const UNSTATED: Self = Self::new(Grant::UNSTATED, Grant::UNSTATED, Grant::UNSTATED);

    /// Creates permissions that are sufficient without a condition.
    pub const fn new(delegated_work: Grant, delegated_personal: Grant, application: Grant) -> Self {
        Self {
            delegated_work,
            delegated_personal,
            application,
            conditional: &[],
            roles: "",
        }
    }

    pub(super) const fn with_conditions(
        mut self,
        conditional: &'static [ConditionalGrant],
    ) -> Self {
        self.conditional = conditional;
        self
    }

    pub(super) const fn with_roles(mut self, roles: &'static str) -> Self {
        self.roles = roles;
        self
    }

    /// Returns the permissions of an account type that are sufficient without a condition.
    pub const fn grant(&self, account: AccountType) -> Grant {
        match account {
            AccountType::DelegatedWork => self.delegated_work,
            AccountType::DelegatedPersonal => self.delegated_personal,
            AccountType::Application => self.application,
        }
    }

    /// Returns the permissions of an account type that are sufficient under a condition.
    pub fn conditional_for(
        &self,
        account: AccountType,
    ) -> impl Iterator<Item = ConditionalGrant> + use<> {
        let conditional = self.conditional.iter().copied();
        conditional.filter(move |conditional| conditional.account == account)
    }

    /// Returns the Microsoft Entra roles, one of which the signed-in user needs besides delegated permissions; empty if the
    /// documentation requires none.
    pub fn roles(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.roles.split(", ").filter(|role| !role.is_empty())
    }
}

/// A type of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountType {
    /// Delegated, with a work or school account.
    DelegatedWork,
    /// Delegated, with a personal Microsoft account.
    DelegatedPersonal,
    /// Application, without a user.
    Application,
}

impl AccountType {
    /// All types, in the order of the documentation.
    pub const ALL: [Self; 3] = [
        Self::DelegatedWork,
        Self::DelegatedPersonal,
        Self::Application,
    ];
}

impl fmt::Display for AccountType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::DelegatedWork => "delegated, work or school account",
            Self::DelegatedPersonal => "delegated, personal account",
            Self::Application => "application",
        })
    }
}

/// Permissions that are sufficient under a condition.
///
/// ```
/// use graphwright_runtime::{AccountType, ConditionalGrant};
///
/// const GRANT: ConditionalGrant =
///     ConditionalGrant::new(AccountType::DelegatedWork, "device", "Device.ReadWrite.All");
/// assert_eq!(GRANT.to_string(), "device: Device.ReadWrite.All");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionalGrant {
    /// The account type.
    pub account: AccountType,
    /// The condition in the words of the documentation, such as the name of the resource in the request.
    pub condition: &'static str,
    /// The permissions.
    pub grant: Grant,
}

impl ConditionalGrant {
    /// The condition of permissions that a single resource, such as a team, grants by its own consent. A tenant cannot grant them.
    pub const RESOURCE_SPECIFIC_CONSENT: &'static str = "with resource-specific consent";

    /// Creates a conditional grant. The last argument has the form of [`Grant::new`].
    pub const fn new(
        account: AccountType,
        condition: &'static str,
        permissions: &'static str,
    ) -> Self {
        Self {
            account,
            condition,
            grant: Grant::new(permissions),
        }
    }

    /// Whether a single resource grants the permissions by its own consent.
    pub fn is_resource_specific(self) -> bool {
        self.condition == Self::RESOURCE_SPECIFIC_CONSENT
    }
}

impl fmt::Display for ConditionalGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.condition, self.grant)
    }
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
/// const BOTH: Grant = Grant::new("Group.Read, Team.Read; Group.Read.All");
/// let least: Vec<String> = BOTH.least_sets().map(|set| set.to_string()).collect();
/// assert_eq!(least, ["Group.Read", "Team.Read"]);
/// assert_eq!(BOTH.sets().count(), 3);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grant(&'static str);

impl Grant {
    /// The documentation states nothing about this account type.
    pub const UNSTATED: Self = Self("");

    /// This account type cannot call the operation.
    pub const NOT_SUPPORTED: Self = Self("not supported");

    /// The documentation states permissions under conditions only; see [`Permissions::conditional`].
    pub const CONDITIONAL: Self = Self("conditional");

    /// Creates a grant from text: alternatives separated by commas, the least privileged first; `and` joins permissions that are
    /// needed together. A semicolon ends the alternatives that are all called least privileged; without it, that is the first one.
    /// The text is `not supported` if the account type cannot call the operation, `conditional` if the permissions depend on a
    /// condition, and empty if the documentation states nothing.
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// Whether the documentation states anything about this account type.
    pub const fn is_stated(self) -> bool {
        !self.0.is_empty()
    }

    /// Whether the documentation names permissions for this account type that are sufficient without a condition.
    pub fn is_supported(self) -> bool {
        self.is_stated() && self != Self::NOT_SUPPORTED && self != Self::CONDITIONAL
    }

    /// The alternative sets of permissions, the least privileged first. Any one of them is sufficient.
    pub fn sets(self) -> impl Iterator<Item = PermissionSet> {
        let text = if self.is_supported() { self.0 } else { "" };
        split_sets(text)
    }

    /// The alternative sets of permissions that the documentation calls least privileged.
    pub fn least_sets(self) -> impl Iterator<Item = PermissionSet> {
        let text = if self.is_supported() { self.0 } else { "" };
        let least = match text.split_once(';') {
            Some((least, _)) => least,
            None => text.split(", ").next().unwrap_or_default(),
        };
        split_sets(least)
    }

    /// The least privileged set of permissions, or `None` if none is documented.
    pub fn least(self) -> Option<PermissionSet> {
        self.sets().next()
    }
}

fn split_sets(text: &'static str) -> impl Iterator<Item = PermissionSet> {
    text.split([',', ';'])
        .map(str::trim)
        .filter(|set| !set.is_empty())
        .map(PermissionSet)
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
