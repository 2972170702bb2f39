//! The documented facts of an operation, as constants.

use std::fmt;

use super::{Grant, Permissions};

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
            permissions: Permissions {
                delegated_work: Grant::new(delegated_work),
                delegated_personal: Grant::new(delegated_personal),
                application: Grant::new(application),
            },
        }
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
