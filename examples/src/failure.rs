//! What went wrong, as a user wants to be told.

use std::fmt;
use std::io;
use std::process::ExitCode;

use graphwright::runtime::{Error, permissions};

/// What went wrong.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A sentence of one's own.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if error.status().is_some_and(|status| status == 403)
            && let Some(operation) = error.operation()
        {
            let least = permissions::least_privileges(&[operation]);
            let mut text =
                "this is not allowed. Ask an administrator for this permission:".to_owned();
            for (account, needed) in [
                ("for an application", least.application),
                ("for a user with a work account", least.delegated_work),
                (
                    "for a user with a personal account",
                    least.delegated_personal,
                ),
            ] {
                if !needed.permissions.is_empty() {
                    text += &format!("\n  {account}: {needed}");
                }
            }
            for conditional in operation.permissions.conditional {
                text += &format!("\n  {}, {conditional}", conditional.account);
            }
            return Self(format!("{text}\nSee {}", operation.page));
        }
        let id = error.request_id().map(|id| format!("\nrequest-id: {id}"));
        Self(format!("{error}{}", id.unwrap_or_default()))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(format!("the output cannot be written: {error}"))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Says what went wrong, if anything did.
pub fn finish(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
