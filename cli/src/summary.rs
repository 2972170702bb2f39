//! The summary that `gen` prints.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use generator::Generated;
use generator::facts::PageKind;
use generator::report::{Code, Level, Report};

use crate::output::Difference;

/// Returns the number of pages by kind, of types and of operations.
pub(crate) fn model_lines(generated: &Generated) -> String {
    let mut text = String::new();
    line(&mut text, "pages", &pages(generated));
    for api in &generated.analysis.model.apis {
        let counts = format!(
            "{} structured types, {} enums, {} operations",
            api.structured_types.len(),
            api.enums.len(),
            api.operations.len()
        );
        line(&mut text, api.version.name(), &counts);
    }
    text
}

/// Returns the number of problems by code, the number of files, and the elapsed time.
pub(crate) fn result_lines(
    problems: &Counts,
    difference: &Difference,
    written: bool,
    elapsed: Duration,
) -> String {
    let mut text = String::new();
    line(&mut text, "problems", &self::problems(problems));
    files_and_time(&mut text, difference, written, elapsed);
    text
}

fn files_and_time(text: &mut String, difference: &Difference, written: bool, elapsed: Duration) {
    let verb = if written { "written" } else { "to be written" };
    let files = format!(
        "{} {verb}, {} removed, {} unchanged",
        difference.missing.len() + difference.stale.len(),
        difference.orphans.len(),
        difference.unchanged
    );
    line(text, "files", &files);
    line(text, "time", &format!("{:.2} s", elapsed.as_secs_f64()));
}

fn line(text: &mut String, name: &str, value: &str) {
    writeln!(text, "{name:<9} {value}").expect("writing to a string does not fail");
}

fn pages(generated: &Generated) -> String {
    let count = |kind| {
        generated
            .analysis
            .pages
            .iter()
            .filter(|page| page.kind == kind)
            .count()
    };
    format!(
        "{} ({} operation, {} resource, {} enum, {} conceptual)",
        generated.analysis.pages.len(),
        count(PageKind::Operation),
        count(PageKind::Resource),
        count(PageKind::Enum),
        count(PageKind::Conceptual)
    )
}

/// The number of problems by code.
pub(crate) type Counts = BTreeMap<Code, usize>;

/// Counts the problems of a report by code.
pub(crate) fn counts(report: &Report) -> Counts {
    let mut counts = Counts::new();
    for problem in report.problems() {
        *counts.entry(problem.code).or_default() += 1;
    }
    counts
}

/// Formats the number of problems by level, and the most frequent rules.
pub(crate) fn problems(counts: &Counts) -> String {
    if counts.is_empty() {
        return "none".to_owned();
    }
    let mut levels: BTreeMap<Reverse<Level>, usize> = BTreeMap::new();
    for (code, count) in counts {
        *levels.entry(Reverse(code.level())).or_default() += count;
    }
    let levels: Vec<String> = levels
        .iter()
        .map(|(Reverse(level), count)| {
            let plural = if *count == 1 { "" } else { "s" };
            format!("{count} {}{plural}", level.name())
        })
        .collect();
    let mut frequent: Vec<(&Code, &usize)> = counts.iter().collect();
    frequent.sort_by_key(|(code, count)| (Reverse(code.level()), Reverse(**count)));
    let mut text = levels.join(", ");
    for (code, count) in frequent.iter().take(SHOWN_CODES) {
        write!(
            text,
            "\n          {count} x {} {}: {}",
            code.id(),
            code.rule(),
            code.title()
        )
        .expect("writing to a string does not fail");
    }
    if let Some(more @ 1..) = frequent.len().checked_sub(SHOWN_CODES) {
        write!(
            text,
            "\n          and {more} other rules; `graphwright problems` lists all"
        )
        .expect("writing to a string does not fail");
    }
    text
}

/// The number of rules in the summary.
const SHOWN_CODES: usize = 5;

/// Formats the number of problems of every rule, in the order of codes.
pub(crate) fn all_problems(counts: &Counts) -> String {
    if counts.is_empty() {
        return "none".to_owned();
    }
    let lines: Vec<String> = counts
        .iter()
        .map(|(code, count)| {
            format!(
                "{count} x {}[{}] {}: {}",
                code.level().name(),
                code.id(),
                code.rule(),
                code.title()
            )
        })
        .collect();
    lines.join("\n          ")
}
