//! Permissions that an operation asks for.

/// What an operation asks of each kind of account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// Delegated, with a work or school account.
    pub delegated_work: Grant,
    /// Delegated, with a personal Microsoft account.
    pub delegated_personal: Grant,
    /// An application without a user.
    pub application: Grant,
}

/// What one kind of account needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Grant {
    /// No page says.
    #[default]
    Unstated,
    /// The operation cannot be called by this kind of account.
    NotSupported,
    /// Any one of these is enough, the least privileged first; each is a set that is needed together. Never empty, and no
    /// set in it is.
    AnyOf(Vec<Vec<String>>),
}
