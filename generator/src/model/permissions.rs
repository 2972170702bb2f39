//! The permissions of an operation.

/// The permissions of an operation by account type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// Delegated, with a work or school account.
    pub delegated_work: Grant,
    /// Delegated, with a personal Microsoft account.
    pub delegated_personal: Grant,
    /// An application without a user.
    pub application: Grant,
}

/// The permissions that one account type needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Grant {
    /// No page states them.
    #[default]
    Unstated,
    /// This account type cannot call the operation.
    NotSupported,
    /// Alternative sets, the least privileged first: any one of them is sufficient, and all permissions of a set are needed
    /// together. Neither the list nor any set is empty.
    AnyOf(Vec<Vec<String>>),
}
