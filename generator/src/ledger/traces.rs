//! In: the fates of the facts of a page, with their places. Out: the fate of what stands at a place.

use std::collections::BTreeMap;

use super::Fate;
use crate::report::{Code, Report};
use crate::source::{FileId, Location};

/// Problems that say that something was left out of the model, by line.
pub(super) struct Losses(BTreeMap<(FileId, u32), Code>);

impl Losses {
    pub(super) fn new(report: &Report) -> Self {
        let problems = report.problems().iter();
        let losses = problems.filter(|problem| leaves_out(problem.code));
        Self(
            losses
                .map(|problem| ((problem.at.file, problem.at.line), problem.code))
                .collect(),
        )
    }

    fn at(&self, at: Location) -> Option<Code> {
        self.0.get(&(at.file, at.line)).copied()
    }
}

/// Whether what a problem is about is not in the model.
fn leaves_out(code: Code) -> bool {
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
            | Code::ExampleWithoutOperation
            | Code::ExampleElsewhere
            | Code::ResponseAlone
            | Code::PageCorrected
            | Code::NoRequestLine
            | Code::UnreadStatusLine
    )
}

/// What became of the facts of one page.
pub(super) struct Traces<'a> {
    losses: &'a Losses,
    by_line: BTreeMap<(FileId, u32), Fate>,
    /// Parts of code blocks.
    parts: BTreeMap<Location, Fate>,
    /// The fate of everything that no fact accounts for.
    rest: Fate,
}

impl<'a> Traces<'a> {
    pub(super) fn new(losses: &'a Losses) -> Self {
        Self {
            losses,
            by_line: BTreeMap::new(),
            parts: BTreeMap::new(),
            rest: Fate::Unaccounted,
        }
    }

    /// Says that whatever is not traced is lost for one reason.
    pub(super) fn lose_rest(&mut self, code: Code) {
        self.rest = Fate::Problem(code);
    }

    /// The problem that says that what stands on a line was left out.
    pub(super) fn loss(&self, at: Location) -> Option<Code> {
        self.losses.at(at)
    }

    /// Notes the fate of what a line says. Of several, the best counts.
    pub(super) fn line(&mut self, at: Location, fate: Fate) {
        let known = self.by_line.entry((at.file, at.line)).or_insert(fate);
        *known = fate.min(*known);
    }

    /// Notes the fate of a line that is in the model, or was left out with a problem that stands at it.
    pub(super) fn line_or_loss(&mut self, at: Location, is_reached: bool) {
        let fate = self.fate(at, is_reached);
        self.line(at, fate);
    }

    /// Notes the fate of a part of a code block, or of an annotation.
    pub(super) fn part(&mut self, at: Location, fate: Fate) {
        let known = self.parts.entry(at).or_insert(fate);
        *known = fate.min(*known);
    }

    /// The same for a part that is in the model, or was left out with a problem that stands at it.
    pub(super) fn part_or_loss(&mut self, at: Location, is_reached: bool) {
        let fate = self.fate(at, is_reached);
        self.part(at, fate);
    }

    fn fate(&self, at: Location, is_reached: bool) -> Fate {
        if is_reached {
            return Fate::Reached;
        }
        self.loss(at).map_or(Fate::Unaccounted, Fate::Problem)
    }

    /// What became of a row or a request line.
    pub(super) fn of_line(&self, at: Location) -> Fate {
        let known = self.by_line.get(&(at.file, at.line));
        known.copied().unwrap_or(self.rest)
    }

    /// What became of a section. A heading that does not hold the name shares the fate of the first row below it.
    pub(super) fn of_section(&self, at: Location) -> Fate {
        let mut below = self.by_line.range((at.file, at.line)..);
        let first = below.next().filter(|((file, _), _)| *file == at.file);
        first.map_or(self.rest, |(_, fate)| *fate)
    }

    /// What became of the part that starts at a place.
    pub(super) fn at(&self, at: Location) -> Option<Fate> {
        self.parts.get(&at).copied()
    }

    /// What became of a block: the best fate of its parts, which stand between its start and the next block.
    pub(super) fn of_block(&self, at: Location, next: Option<Location>) -> Fate {
        let end = next.filter(|next| next.file == at.file && *next > at);
        let end = end.unwrap_or(Location {
            line: u32::MAX,
            ..at
        });
        let parts = self.parts.range(at..end).map(|(_, fate)| *fate);
        parts.min().unwrap_or(self.rest)
    }
}
