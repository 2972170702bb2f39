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
    /// Permissions that are sufficient under a condition only, in the order of the pages.
    pub conditional: Vec<ConditionalGrant>,
    /// Microsoft Entra roles: with delegated permissions, the signed-in user needs one of them as well.
    pub roles: Vec<String>,
}

impl Permissions {
    /// Returns the permissions of an account type that are sufficient without a condition.
    pub fn grant(&self, account: Account) -> &Grant {
        match account {
            Account::DelegatedWork => &self.delegated_work,
            Account::DelegatedPersonal => &self.delegated_personal,
            Account::Application => &self.application,
        }
    }

    /// Returns the permissions of an account type that are sufficient under a condition.
    pub fn conditional_for(&self, account: Account) -> impl Iterator<Item = &ConditionalGrant> {
        self.conditional
            .iter()
            .filter(move |conditional| conditional.account == account)
    }

    /// Returns all sets of permissions of an account type, with and without a condition.
    pub fn all_sets(&self, account: Account) -> impl Iterator<Item = &Vec<String>> {
        let conditional = self.conditional_for(account);
        self.grant(account)
            .sets()
            .iter()
            .chain(conditional.flat_map(|conditional| conditional.grant.sets()))
    }
}

/// A type of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Delegated, with a work or school account.
    DelegatedWork,
    /// Delegated, with a personal Microsoft account.
    DelegatedPersonal,
    /// An application without a user.
    Application,
}

impl Account {
    /// All types, in the order of permission tables.
    pub const ALL: [Self; 3] = [
        Self::DelegatedWork,
        Self::DelegatedPersonal,
        Self::Application,
    ];

    /// Returns the name of the account type.
    pub fn name(self) -> &'static str {
        match self {
            Self::DelegatedWork => "delegated work",
            Self::DelegatedPersonal => "delegated personal",
            Self::Application => "application",
        }
    }
}

/// The permissions that one account type needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Grant {
    /// No page states them.
    #[default]
    Unstated,
    /// This account type cannot call the operation.
    NotSupported,
    /// Alternative sets, any one of which is sufficient.
    AnyOf(PermissionSets),
    /// The pages state permissions under conditions only, none of which follows from the path.
    Conditional,
}

impl Grant {
    /// Returns the alternative sets; none if the documentation names no permissions.
    pub fn sets(&self) -> &[Vec<String>] {
        match self {
            Self::AnyOf(alternatives) => &alternatives.sets,
            Self::Unstated | Self::NotSupported | Self::Conditional => &[],
        }
    }
}

/// Alternative sets of permissions. All permissions of a set are needed together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PermissionSets {
    /// The sets, the least privileged first. Neither the list nor any set is empty.
    pub sets: Vec<Vec<String>>,
    /// The number of sets at the start that the documentation calls least privileged; 0 if it does not say.
    pub least: usize,
}

/// Permissions that are sufficient under a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionalGrant {
    /// The account type.
    pub account: Account,
    /// The condition.
    pub condition: Condition,
    /// The permissions, or [`Grant::NotSupported`].
    pub grant: Grant,
}

/// A condition under which permissions are sufficient.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// A single resource, such as a team, grants the permissions by its own consent; a tenant cannot grant them.
    ResourceSpecificConsent,
    /// The words of the documentation, such as the name of the resource in the request.
    Stated(String),
    /// The use of the operation that a page describes which is about another type; the file name of the page.
    Page(String),
}

impl Condition {
    /// Returns the condition in words.
    pub fn text(&self) -> String {
        match self {
            Self::ResourceSpecificConsent => "with resource-specific consent".to_owned(),
            Self::Stated(words) => words.clone(),
            Self::Page(name) => format!("for the use described in {name}"),
        }
    }
}
