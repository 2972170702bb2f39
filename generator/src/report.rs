//! Problems (diagnostics): each with a stable code, a location, what was found and what the generator does instead.

mod codes;

pub use codes::{Code, Level};

use crate::source::{Location, Sources};

/// A problem with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem.
    pub code: Code,
    /// Where the problem starts.
    pub at: Location,
    /// The length of the affected text in characters, starting at `at`; 0 if the whole line or page is affected.
    pub width: u32,
    /// What was found and what was expected: one sentence without a full stop.
    pub message: String,
    /// What the generator does instead: one clause without a full stop.
    pub action: String,
    /// The change that corrects the page, if it is obvious.
    pub replacement: Option<Replacement>,
}

/// A change of one line: the first occurrence of a text at or after the location of a problem is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The text to replace.
    pub found: String,
    /// The text in its place.
    pub text: String,
}

/// The problems of a run or of one of its stages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    problems: Vec<Problem>,
}

impl Report {
    /// Creates an empty report.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem that affects `width` characters starting at `at`; 0 stands for the whole line or page.
    pub fn push(
        &mut self,
        code: Code,
        at: Location,
        width: usize,
        message: impl Into<String>,
        action: impl Into<String>,
    ) {
        let width = u32::try_from(width).unwrap_or(u32::MAX);
        self.problems.push(Problem {
            code,
            at,
            width,
            message: message.into(),
            action: action.into(),
            replacement: None,
        });
    }

    /// Sets the change that corrects the last problem.
    ///
    /// # Panics
    /// No problem has been added.
    pub fn suggest(&mut self, found: impl Into<String>, text: impl Into<String>) {
        let last = self.problems.last_mut();
        last.expect("a suggestion follows its problem").replacement = Some(Replacement {
            found: found.into(),
            text: text.into(),
        });
    }

    /// Moves all problems of `other` into this report.
    pub fn append(&mut self, mut other: Self) {
        self.problems.append(&mut other.problems);
    }

    /// Sorts the problems by location, code and message, and removes duplicates.
    pub fn sort(&mut self) {
        self.problems.sort_by(|left, right| {
            (left.at, left.code, &left.message).cmp(&(right.at, right.code, &right.message))
        });
        self.problems.dedup();
    }

    /// Returns the problems.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Returns the number of problems of a level.
    pub fn count(&self, level: Level) -> usize {
        self.problems
            .iter()
            .filter(|problem| problem.code.level() == level)
            .count()
    }
}

impl Problem {
    /// Formats the problem on one line: `path:line:column: level[code]: message; action`.
    pub fn one_line(&self, sources: &Sources) -> String {
        format!(
            "{}: {}[{}]: {}; {}",
            self.at.display(sources),
            self.code.level().name(),
            self.code.id(),
            self.message,
            self.action
        )
    }
}
