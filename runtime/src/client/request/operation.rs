//! What the documentation states about an operation, as constant data.

use super::{Grant, Permissions};

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

impl Operation {
    /// An operation: method, path, address of the page, and the permissions of the three kinds of account in the form of
    /// [`Grant::new`]: delegated with a work or school account, delegated with a personal account, application.
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

/// What [`Request::operation`](super::Request::operation) gives is compared with a constant as it is.
impl PartialEq<Operation> for &Operation {
    fn eq(&self, other: &Operation) -> bool {
        **self == *other
    }
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
