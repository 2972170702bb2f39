//! Problems (diagnostics): each with a stable code, a location, what was found and what the generator does instead.

mod codes;

pub use codes::{Code, Level};

use crate::source::{FileId, Location, Sources};

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
    /// The text of the page that the problem is about, if it is a part of a line.
    pub subject: Option<Subject>,
}

/// The text that a problem is about. [`Report::locate_subjects`] moves the place of the problem to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The text, as it is on the page.
    pub text: String,
    /// If the text is a name that nothing defines: the kind of name.
    pub unknown: Option<NameKind>,
}

/// What a name denotes. It decides which names an unknown name is compared with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// A structured type or an enum of the version of the page.
    Type,
    /// A structured type, as `@odata.type` names it: with its namespace.
    InstanceType,
    /// A member of an enum.
    Member {
        /// The qualified name of the enum.
        of: String,
    },
    /// A property of a structured type, declared or inherited.
    Property {
        /// The qualified name of the type.
        of: String,
    },
    /// A segment of a path.
    Segment {
        /// The qualified name of the type of the preceding segment; `None` for the first segment.
        after: Option<String>,
    },
    /// A parameter of an operation of the page, in the URL or in the body.
    Parameter,
    /// A property or parameter of the request body of an operation of the page.
    BodyMember,
    /// A permission.
    Permission,
    /// A request header.
    Header,
    /// A file, as the target of a relative link.
    File,
    /// A rule of the linter.
    Rule,
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
            subject: None,
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

    /// Sets the text that the last problem is about.
    ///
    /// # Panics
    /// No problem has been added.
    pub fn set_subject(&mut self, text: impl Into<String>) {
        self.set(Subject {
            text: text.into(),
            unknown: None,
        });
    }

    /// Sets the name that the last problem is about, and that nothing defines.
    ///
    /// # Panics
    /// No problem has been added.
    pub fn set_unknown_name(&mut self, name: impl Into<String>, kind: NameKind) {
        self.set(Subject {
            text: name.into(),
            unknown: Some(kind),
        });
    }

    fn set(&mut self, subject: Subject) {
        let last = self.problems.last_mut();
        last.expect("a subject follows its problem").subject = Some(subject);
    }

    /// Moves each problem with a subject to the first occurrence of the subject at or after its place, on the same line.
    pub fn locate_subjects(&mut self, sources: &Sources) {
        // The line of the last problem: its file, number and start. Problems are sorted, so each text is searched once.
        let mut line = (FileId(u32::MAX), 1, 0);
        for problem in &mut self.problems {
            let Some(subject) = &problem.subject else {
                continue;
            };
            let text = sources.get(problem.at.file).text.as_str();
            if line.0 != problem.at.file || line.1 > problem.at.line {
                line = (problem.at.file, 1, 0);
            }
            let newlines = memchr::memchr_iter(b'\n', &text.as_bytes()[line.2..]);
            let skipped = problem.at.line.saturating_sub(line.1) as usize;
            if let Some(newline) = newlines.take(skipped).last() {
                line = (problem.at.file, problem.at.line, line.2 + newline + 1);
            }
            let text = text[line.2..].lines().next().unwrap_or_default();
            if let Some(column) = find_word(text, problem.at.column, &subject.text) {
                problem.at.column = column;
                problem.width = u32::try_from(subject.text.chars().count()).unwrap_or(u32::MAX);
            }
        }
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

/// Returns the column of the first occurrence of a text at or after a column: that of a whole word if there is one.
fn find_word(line: &str, column: u32, text: &str) -> Option<u32> {
    let skipped = (column as usize).saturating_sub(1);
    let (start, _) = line.char_indices().nth(skipped)?;
    let rest = &line[start..];
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let is_word = |at: &usize| {
        let before = rest[..*at].chars().next_back();
        let after = rest[at + text.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    };
    let mut found = rest.match_indices(text).map(|(at, _)| at);
    let first = found.next().filter(|_| !text.is_empty())?;
    let at = std::iter::once(first).chain(found).find(is_word);
    let before = rest[..at.unwrap_or(first)].chars().count();
    Some(column.max(1) + u32::try_from(before).ok()?)
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
