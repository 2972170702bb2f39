//! Checks that fixes do what is meant: the page read again states the same facts, except for the text that was meant to change, the
//! problem is gone, and no page has a new problem.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde_json::Value;

use super::Finding;
use super::fixes::{self, Edit, Fix, PageText};
use crate::facts;
use crate::report::{Code, Problem};
use crate::source::{FileId, Source, Sources};

/// A fix of a finding.
#[derive(Clone, Debug)]
struct Candidate<'f> {
    /// The index of the finding.
    index: usize,
    problem: &'f Problem,
    fix: Fix,
}

/// The findings that can be corrected, and the result.
#[derive(Clone, Debug)]
pub struct Corrected {
    /// The fixes by the index of the finding.
    pub fixes: BTreeMap<usize, Fix>,
    /// The number of findings with a fix that changes something else as well, or that does not correct the problem.
    pub rejected: usize,
    /// The sources with all fixes applied.
    pub sources: Sources,
    /// The findings on these sources.
    pub findings: Vec<Finding>,
}

/// The number of times that only the candidates next to a new problem are rejected. After that, all candidates of its page are.
const MAX_PRECISE_ROUNDS: usize = 5;

/// Returns the verified fixes of findings. `wanted` are the indexes of the findings to correct; `check` returns the findings on
/// other sources with the same paths.
pub fn correct(
    findings: &[Finding],
    sources: &Sources,
    wanted: &BTreeSet<usize>,
    check: impl Fn(&Sources) -> Vec<Finding>,
) -> Corrected {
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    let mut taken: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    // The last page, since findings are in the order of pages.
    let mut last: Option<(FileId, PageText<'_>)> = None;
    for (index, finding) in findings.iter().enumerate() {
        let problem = &finding.problem;
        let file = problem.at.file;
        if finding.allowed.is_some() || !wanted.contains(&index) {
            continue;
        }
        let (_, page) = match last.take().filter(|(last_file, _)| *last_file == file) {
            Some(same) => last.insert(same),
            None => last.insert((file, PageText::new(&sources.get(file).text))),
        };
        let Some(fix) = fixes::propose(problem, page) else {
            continue;
        };
        let of_file = taken.entry(fix.file).or_default();
        if fix.edits.iter().all(|edit| fits(edit, of_file)) {
            of_file.extend(fix.edits.iter().cloned());
            candidates.push(Candidate {
                index,
                problem,
                fix,
            });
        }
    }
    let proposed = candidates.len();
    let mut candidates = retain_meant(candidates, sources);
    let before = count(findings, sources);
    let mut round = 0;
    loop {
        let changed = apply_all(&candidates, sources);
        let findings = if candidates.is_empty() {
            findings.to_vec()
        } else {
            check(&changed)
        };
        round += 1;
        let is_precise = round < MAX_PRECISE_ROUNDS;
        let rejected = rejected(&candidates, sources, &before, &findings, is_precise);
        if rejected.is_empty() {
            return Corrected {
                rejected: proposed - candidates.len(),
                fixes: candidates
                    .into_iter()
                    .map(|candidate| (candidate.index, candidate.fix))
                    .collect(),
                sources: changed,
                findings,
            };
        }
        candidates.retain(|candidate| !rejected.contains(&candidate.index));
    }
}

/// Whether an edit is equal to an earlier one or does not touch any of them. Replacements may follow each other, insertions may not:
/// their order would matter.
fn fits(edit: &Edit, earlier: &[Edit]) -> bool {
    let is_before = |left: &Edit, right: &Edit| {
        let are_replacements = left.start < left.end && right.start < right.end;
        left.end < right.start || (left.end == right.start && are_replacements)
    };
    let is_apart = |other: &Edit| is_before(edit, other) || is_before(other, edit);
    earlier.iter().all(|other| edit == other || is_apart(other))
}

fn apply_all(candidates: &[Candidate<'_>], sources: &Sources) -> Sources {
    let mut edits: BTreeMap<FileId, BTreeSet<&Edit>> = BTreeMap::new();
    for candidate in candidates {
        let of_file = edits.entry(candidate.fix.file).or_default();
        of_file.extend(&candidate.fix.edits);
    }
    let files = sources.iter().map(|(file, source)| Source {
        path: source.path.clone(),
        text: match edits.get(&file) {
            Some(edits) => fixes::apply(&source.text, edits.iter().copied()),
            None => source.text.clone(),
        },
    });
    Sources::new(files.collect())
}

/// Page, rule and message of a finding.
type Key = (String, Code, String);

fn count(findings: &[Finding], sources: &Sources) -> BTreeMap<Key, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(key(&finding.problem, sources)).or_default() += 1;
    }
    counts
}

fn key(problem: &Problem, sources: &Sources) -> Key {
    let path = sources.get(problem.at.file).path.clone();
    // The place of a value within an example loses this part when the example is unwrapped.
    let message = problem.message.strip_prefix("value/");
    let message = message.unwrap_or(&problem.message);
    (path, problem.code, message.to_owned())
}

/// Returns the indexes of the candidates that do not correct their problem, and of those that cause a new one: those of its page or,
/// if `is_precise`, those of them that are next to it.
fn rejected(
    candidates: &[Candidate<'_>],
    sources: &Sources,
    before: &BTreeMap<Key, usize>,
    findings: &[Finding],
    is_precise: bool,
) -> BTreeSet<usize> {
    // Files have the same ids before and after.
    let after = count(findings, sources);
    let number = |counts: &BTreeMap<Key, usize>, key: &Key| counts.get(key).copied().unwrap_or(0);
    let mut wanted: BTreeMap<Key, usize> = BTreeMap::new();
    for candidate in candidates {
        *wanted.entry(key(candidate.problem, sources)).or_default() += 1;
    }
    let is_corrected =
        |key: &Key| number(before, key).saturating_sub(number(&after, key)) >= number(&wanted, key);
    let mut rejected: BTreeSet<usize> = candidates
        .iter()
        .filter(|candidate| !is_corrected(&key(candidate.problem, sources)))
        .map(|candidate| candidate.index)
        .collect();
    let is_new = |key: &Key| number(&after, key) > number(before, key);
    for problem in findings.iter().map(|finding| &finding.problem) {
        let key = key(problem, sources);
        if !is_new(&key) {
            continue;
        }
        let message = key.2;
        let distance =
            |candidate: &Candidate<'_>| candidate.problem.at.line.abs_diff(problem.at.line);
        let on_page = |candidate: &&Candidate<'_>| candidate.fix.file == problem.at.file;
        let next = candidates.iter().filter(on_page).map(distance).min();
        let is_cause = |candidate: &&Candidate<'_>| {
            on_page(candidate) && (!is_precise || Some(distance(candidate)) == next)
        };
        let names_change = |candidate: &&Candidate<'_>| {
            let replacement = candidate.problem.replacement.as_ref();
            replacement.is_some_and(|replacement| message.contains(&replacement.text))
        };
        let mut causes: Vec<usize> = candidates
            .iter()
            .filter(is_cause)
            .map(|candidate| candidate.index)
            .collect();
        if causes.is_empty() {
            let others = candidates.iter().filter(names_change);
            causes.extend(others.map(|candidate| candidate.index));
        }
        if causes.is_empty() {
            // The cause is unknown, so nothing is corrected.
            causes.extend(candidates.iter().map(|candidate| candidate.index));
        }
        rejected.extend(causes);
    }
    rejected
}

/// Removes the candidates that change the facts of their page beyond the text that they replace. The candidates of a page are
/// checked together, and one by one if that fails.
fn retain_meant<'f>(candidates: Vec<Candidate<'f>>, sources: &Sources) -> Vec<Candidate<'f>> {
    let mut by_file: BTreeMap<FileId, Vec<Candidate<'f>>> = BTreeMap::new();
    let changed = apply_all(&candidates, sources);
    for candidate in candidates {
        by_file
            .entry(candidate.fix.file)
            .or_default()
            .push(candidate);
    }
    let by_file: Vec<_> = by_file.into_iter().collect();
    let retained = by_file.into_par_iter().map(|(file, of_file)| {
        if has_same_facts(file, &of_file, sources, &changed) {
            return of_file;
        }
        let is_meant = |candidate: &Candidate<'f>| {
            // The facts of a page depend on itself and on included files. Copying all pages takes time.
            let mut candidate = candidate.clone();
            let page = page_with_includes(file, sources);
            candidate.fix.file = page
                .find(&sources.get(file).path)
                .expect("the page is kept");
            let file = candidate.fix.file;
            let candidate = [candidate];
            has_same_facts(file, &candidate, &page, &apply_all(&candidate, &page))
        };
        of_file.into_iter().filter(is_meant).collect()
    });
    retained.flatten().collect()
}

/// Returns a page and all files that are not pages.
fn page_with_includes(page: FileId, sources: &Sources) -> Sources {
    let files = sources
        .iter()
        .filter(|(file, source)| *file == page || !source.is_page());
    Sources::new(files.map(|(_, source)| source.clone()).collect())
}

fn has_same_facts(
    file: FileId,
    candidates: &[Candidate<'_>],
    before: &Sources,
    after: &Sources,
) -> bool {
    let facts_of = |sources: &Sources| {
        let (facts, _) = facts::extract_page(sources, file);
        let mut value = facts::json(&facts, sources);
        normalize(&mut value, candidates);
        value
    };
    // Only pages state facts.
    !before.get(file).is_page() || facts_of(before) == facts_of(after)
}

/// Removes places and the texts that fixes change, wherever they occur.
fn normalize(value: &mut Value, candidates: &[Candidate<'_>]) {
    let is_unquoted = candidates
        .iter()
        .any(|candidate| candidate.problem.code == Code::ValueOfOtherType);
    match value {
        Value::Object(members) => {
            let is_unwrapped = candidates
                .iter()
                .any(|candidate| candidate.problem.code == Code::WrappedEntity);
            let becomes_collection = |candidate: &Candidate<'_>| {
                let subject = candidate.problem.subject.as_ref();
                candidate.problem.code == Code::CollectionFromPath
                    && subject.is_some_and(|subject| members["name"] == subject.text.as_str())
            };
            if members.contains_key("collection")
                && members.contains_key("name")
                && candidates.iter().any(becomes_collection)
            {
                members.remove("collection");
            }
            let taken = std::mem::take(members);
            for (key, mut member) in taken {
                if matches!(key.as_str(), "line" | "column") {
                    continue;
                }
                normalize(&mut member, candidates);
                match member {
                    Value::Object(inner) if is_unwrapped && key == "value" => members.extend(inner),
                    member => drop(members.insert(replace(&key, candidates), member)),
                }
            }
            // The order of members does not matter.
            members.sort_keys();
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| normalize(item, candidates)),
        Value::String(text) => *text = replace(text, candidates),
        // A number or Boolean may have been a string.
        Value::Bool(_) | Value::Number(_) if is_unquoted => {
            *value = Value::String(replace(&value.to_string(), candidates));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Replaces the texts of all fixes, before and after, by the same character.
fn replace(text: &str, candidates: &[Candidate<'_>]) -> String {
    let mut text = text.to_owned();
    for candidate in candidates {
        if let Some(replacement) = &candidate.problem.replacement {
            let found = replacement.found.trim_matches('"');
            let meant = replacement.text.trim_matches('"');
            // The longer text first, since it may contain the other one.
            let (longer, shorter) = match found.len() > meant.len() {
                true => (found, meant),
                false => (meant, found),
            };
            for part in [longer, shorter]
                .into_iter()
                .filter(|part| !part.is_empty())
            {
                text = text.replace(part, "\u{0}");
            }
        }
    }
    text
}
