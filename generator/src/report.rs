//! Problems: what is odd about the pages, each with a stable code and a place.

mod codes;

pub use codes::{Code, Level};

use crate::source::{Location, Sources};

/// One complaint about a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which kind of complaint it is.
    pub code: Code,
    /// Where it is seen.
    pub at: Location,
    /// How many characters it is about, from `at` on; 0 when it is about the line or the page.
    pub width: u32,
    /// What was found, and what was expected: one sentence without a full stop.
    pub message: String,
    /// What the generator did instead: one clause without a full stop.
    pub action: String,
}

/// The problems of a run, or of a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    problems: Vec<Problem>,
}

impl Report {
    /// An empty report.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem that is about `width` characters from `at` on.
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
        });
    }

    /// Takes over the problems of another report.
    pub fn append(&mut self, mut other: Self) {
        self.problems.append(&mut other.problems);
    }

    /// Puts the problems in the order of their places and drops those said twice.
    pub fn sort(&mut self) {
        self.problems.sort_by(|left, right| {
            (left.at, left.code, &left.message).cmp(&(right.at, right.code, &right.message))
        });
        self.problems.dedup();
    }

    /// The problems.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many problems are of this level.
    pub fn count(&self, level: Level) -> usize {
        self.problems
            .iter()
            .filter(|problem| problem.code.level() == level)
            .count()
    }
}

impl Problem {
    /// The problem on one line: `path:line:column: level[code]: message; action`.
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
