//! What the documentation states about an operation, as constant data.

/// One documented operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The method.
    pub method: Method,
    /// The path below the version, with keys in braces: `/users/{id}`.
    pub path: &'static str,
    /// The address of the page that describes it.
    pub page: &'static str,
    /// Who may call it.
    pub permissions: Permissions,
}

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

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
        delegated_work: Grant::Unstated,
        delegated_personal: Grant::Unstated,
        application: Grant::Unstated,
    };
}

/// What one kind of account needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grant {
    /// The documentation does not say.
    #[default]
    Unstated,
    /// The operation cannot be called by this kind of account.
    NotSupported,
    /// Any one of these is enough, the least privileged first; each is a set that is needed together.
    AnyOf(&'static [&'static [&'static str]]),
}

impl Grant {
    /// The least privileged set of permissions that is enough; none if there is none or it is not documented.
    pub const fn least(&self) -> Option<&'static [&'static str]> {
        match self {
            Self::AnyOf(sets) => match sets {
                [first, ..] => Some(first),
                [] => None,
            },
            Self::Unstated | Self::NotSupported => None,
        }
    }
}
