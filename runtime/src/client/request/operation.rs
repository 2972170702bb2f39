//! The documented facts of an operation, as constants.

use std::fmt;

use super::{ConditionalGrant, Grant, Permissions};

/// A documented operation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The HTTP method.
    pub method: Method,
    /// The path below the version, with keys in braces: `/users/{id}`.
    pub path: &'static str,
    /// The URL of the documentation page.
    pub page: &'static str,
    /// The permissions to call it.
    pub permissions: Permissions,
}

impl Operation {
    /// Creates an operation. The last three arguments are the permissions in the form of [`Grant::new`]: delegated with a work or
    /// school account, delegated with a personal account, and application.
    pub const fn new(
        method: Method,
        path: &'static str,
        page: &'static str,
        delegated_work: &'static str,
        delegated_personal: &'static str,
        application: &'static str,
    ) -> Self {
        Self {
            method,
            path,
            page,
            permissions: Permissions::new(
                Grant::new(delegated_work),
                Grant::new(delegated_personal),
                Grant::new(application),
            ),
        }
    }

    /// Adds permissions that are sufficient under a condition.
    pub const fn with_conditions(mut self, conditional: &'static [ConditionalGrant]) -> Self {
        self.permissions = self.permissions.with_conditions(conditional);
        self
    }

    /// Adds Microsoft Entra roles, separated by commas and a space, one of which the signed-in user needs.
    pub const fn with_roles(mut self, roles: &'static str) -> Self {
        self.permissions = self.permissions.with_roles(roles);
        self
    }
}

/// Prints the method and the path: `GET /users/{id}`.
impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = http::Method::from(self.method);
        write!(f, "{method} {}", self.path)
    }
}

/// Compares the result of [`Request::operation`](super::Request::operation) with a constant.
impl PartialEq<Operation> for &Operation {
    fn eq(&self, other: &Operation) -> bool {
        **self == *other
    }
}

/// An HTTP method.
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
