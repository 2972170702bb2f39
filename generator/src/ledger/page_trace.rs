//! Records the status of each fact of a page by location, and looks up the status of a row, section or code block.

use std::collections::BTreeMap;

use super::Status;
use crate::report::{Code, Report};
use crate::source::{FileId, Location};

/// The problems that report an omission from the model, by line.
pub(super) struct Omissions(BTreeMap<(FileId, u32), Code>);

impl Omissions {
    pub(super) fn new(report: &Report) -> Self {
        let problems = report.problems().iter();
        let omissions = problems.filter(|problem| is_omission(problem.code));
        Self(
            omissions
                .map(|problem| ((problem.at.file, problem.at.line), problem.code))
                .collect(),
        )
    }

    fn at(&self, at: Location) -> Option<Code> {
        self.0.get(&(at.file, at.line)).copied()
    }
}

/// Returns whether a problem reports that its subject is omitted from the model.
fn is_omission(code: Code) -> bool {
    matches!(
        code,
        Code::InvalidTypeName
            | Code::EmptyDefinition
            | Code::NotAProperty
            | Code::ValuesOfString
            | Code::EnumTwice
            | Code::EnumContradicted
            | Code::RelationshipMisnamed
            | Code::InvalidMember
            | Code::PermissionWords
            | Code::UnusedPermissionRow
            | Code::ExampleWithoutOperation
            | Code::ExampleElsewhere
            | Code::ResponseAlone
            | Code::PageCorrected
            | Code::NoRequestLine
            | Code::UnreadStatusLine
    )
}

/// The status of each fact of a page.
pub(super) struct PageTrace<'a> {
    omissions: &'a Omissions,
    by_line: BTreeMap<(FileId, u32), Status>,
    /// Of parts of code blocks.
    parts: BTreeMap<Location, Status>,
    /// The status of everything that is not recorded.
    rest: Status,
}

impl<'a> PageTrace<'a> {
    pub(super) fn new(omissions: &'a Omissions) -> Self {
        Self {
            omissions,
            by_line: BTreeMap::new(),
            parts: BTreeMap::new(),
            rest: Status::Unaccounted,
        }
    }

    /// Sets the problem that explains the omission of everything that is not recorded.
    pub(super) fn omit_rest(&mut self, code: Code) {
        self.rest = Status::Problem(code);
    }

    /// Returns the problem that reports the omission of a line.
    pub(super) fn omission(&self, at: Location) -> Option<Code> {
        self.omissions.at(at)
    }

    /// Records the status of a line; if a line has several, the first in the order of [`Status`] applies.
    pub(super) fn record_line(&mut self, at: Location, status: Status) {
        let known = self.by_line.entry((at.file, at.line)).or_insert(status);
        *known = status.min(*known);
    }

    /// Records that a line is in the model, or else the problem that reports its omission.
    pub(super) fn record_line_if(&mut self, at: Location, is_in_model: bool) {
        let status = self.status(at, is_in_model);
        self.record_line(at, status);
    }

    /// Records the status of an annotation or of a part of a code block.
    pub(super) fn record_part(&mut self, at: Location, status: Status) {
        let known = self.parts.entry(at).or_insert(status);
        *known = status.min(*known);
    }

    /// Records that a part is in the model, or else the problem that reports its omission.
    pub(super) fn record_part_if(&mut self, at: Location, is_in_model: bool) {
        let status = self.status(at, is_in_model);
        self.record_part(at, status);
    }

    fn status(&self, at: Location, is_in_model: bool) -> Status {
        if is_in_model {
            return Status::InModel;
        }
        self.omission(at)
            .map_or(Status::Unaccounted, Status::Problem)
    }

    /// Returns the status of a row or request line.
    pub(super) fn line_status(&self, at: Location) -> Status {
        let known = self.by_line.get(&(at.file, at.line));
        known.copied().unwrap_or(self.rest)
    }

    /// Returns the status of a section: that of its heading or, if the heading has none, of the first row below it.
    pub(super) fn section_status(&self, at: Location) -> Status {
        let mut below = self.by_line.range((at.file, at.line)..);
        let first = below.next().filter(|((file, _), _)| *file == at.file);
        first.map_or(self.rest, |(_, status)| *status)
    }

    /// Returns the recorded status of the part that starts at a location.
    pub(super) fn part_status(&self, at: Location) -> Option<Status> {
        self.parts.get(&at).copied()
    }

    /// Returns the status of a code block: the first status of its parts and request lines, which end before the next block, in
    /// the order of [`Status`].
    pub(super) fn block_status(
        &self,
        at: Location,
        next: Option<Location>,
        lines: &BTreeMap<Location, Status>,
    ) -> Status {
        let end = next.filter(|next| next.file == at.file && *next > at);
        let end = end.unwrap_or(Location {
            line: u32::MAX,
            ..at
        });
        let parts = self.parts.range(at..end).chain(lines.range(at..end));
        parts.map(|(_, status)| *status).min().unwrap_or(self.rest)
    }
}
