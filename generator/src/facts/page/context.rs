//! The state shared by the extractors of a page: the page, its problems and its ledger.

use std::borrow::Cow;

use crate::facts::page::ledger::{Ledger, Outcome};
use crate::markdown::{JsonRepair, Page, Row, Text, plain};
use crate::report::{Code, Report};
use crate::source::{At, Location};

/// A page during extraction.
pub(in crate::facts) struct Reading<'p, 'a> {
    pub(in crate::facts) page: &'p Page<'a>,
    pub(in crate::facts) report: Report,
    pub(in crate::facts) ledger: Ledger,
}

impl<'p, 'a> Reading<'p, 'a> {
    pub(in crate::facts) fn new(page: &'p Page<'a>) -> Self {
        Self {
            page,
            report: Report::new(),
            ledger: Ledger::open(&page.matter),
        }
    }

    /// Returns the plain text.
    pub(in crate::facts) fn plain<'t>(&self, text: &'t str) -> Cow<'t, str> {
        plain(text, &self.page.link_definitions)
    }

    /// Returns the plain text with its place.
    pub(in crate::facts) fn plain_at(&self, text: &Text<'_>) -> At<String> {
        At::new(self.plain(&text.raw).into_owned(), text.at)
    }

    pub(in crate::facts) fn problem(
        &mut self,
        code: Code,
        at: Location,
        width: usize,
        message: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.report.push(code, at, width, message, action);
    }

    /// Reports each line of JSON text that had to be repaired, with the change of the page if it is certain. `offset` is that of the
    /// JSON within the text; the repairs are in order.
    pub(in crate::facts) fn report_repairs(
        &mut self,
        text: &Text<'_>,
        offset: usize,
        repairs: &[JsonRepair],
    ) {
        let mut places = Places::new(text);
        let located: Vec<(Location, &JsonRepair)> = repairs
            .iter()
            .map(|repair| (places.at(offset + repair.start), repair))
            .collect();
        for of_line in located.chunk_by(|(left, _), (right, _)| left.line == right.line) {
            let (at, first) = of_line[0];
            let mut strict = String::new();
            let mut end = first.start;
            let mut is_certain = true;
            for (_, repair) in of_line {
                let found = text.raw.get(offset + repair.start..offset + repair.end);
                let found = found.unwrap_or_default();
                is_certain &= match repair.text.as_ref() {
                    "" => found == ",",
                    text => !text.starts_with('\\') || text == "\\\\",
                };
                strict.push_str(
                    text.raw
                        .get(offset + end..offset + repair.start)
                        .unwrap_or_default(),
                );
                strict.push_str(&repair.text);
                end = repair.end;
            }
            let found = text
                .raw
                .get(offset + first.start..offset + end)
                .unwrap_or_default();
            let message = "the JSON is not strict";
            let action = "it is converted to strict JSON";
            self.problem(
                Code::RepairedJson,
                at,
                found.chars().count(),
                message,
                action,
            );
            if is_certain && !found.contains('\n') {
                self.report.suggest(found, strict);
            }
        }
    }

    pub(in crate::facts) fn fact(&mut self, row: &Row<'_>) {
        self.ledger.record_outcome(row.matter, Outcome::Fact);
    }
}

/// Finds places within a text, each behind the one before, without counting from the start every time.
pub(in crate::facts) struct Places<'t, 's> {
    text: &'t Text<'s>,
    offset: usize,
    at: Location,
    /// The number of failed searches.
    misses: u8,
}

impl<'t, 's> Places<'t, 's> {
    pub(in crate::facts) fn new(text: &'t Text<'s>) -> Self {
        Self {
            text,
            offset: 0,
            at: text.at,
            misses: 0,
        }
    }

    /// The place of a byte that is not before the last one asked for.
    pub(in crate::facts) fn at(&mut self, offset: usize) -> Location {
        let Some(between) = self.text.raw.get(self.offset..offset) else {
            return self.at;
        };
        match between.rfind('\n') {
            Some(last) => {
                self.at.line += between.bytes().filter(|byte| *byte == b'\n').count() as u32;
                self.at.column = between[last + 1..].chars().count() as u32 + 1;
            }
            None => self.at.column += between.chars().count() as u32,
        }
        self.offset = offset;
        self.at
    }

    /// The place where a word stands next; the last place where it does not stand as written.
    pub(in crate::facts) fn of(&mut self, word: &str) -> Location {
        let rest = self.text.raw.get(self.offset..).filter(|_| self.misses < 8);
        match rest.and_then(|rest| rest.find(word)) {
            Some(found) => self.at(self.offset + found),
            None => {
                self.misses = self.misses.saturating_add(1);
                self.at
            }
        }
    }
}

/// The place of the first character of `part` within `text`; the text's own place where it does not occur as written.
pub(in crate::facts) fn location_within(text: &Text<'_>, part: &str) -> Location {
    if text.raw.starts_with(part) {
        return text.at;
    }
    text.raw
        .find(part)
        .map_or(text.at, |offset| text.location_of(offset))
}
