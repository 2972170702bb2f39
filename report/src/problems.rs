//! The problems of the documentation, by rule and beside the items that they concern.

use std::collections::{BTreeMap, BTreeSet};

use generator::lint::Finding;
use generator::model::PageLink;
use generator::report::Code;
use generator::source::FileId;
use maud::{Markup, html};

use crate::frame::Frame;
use crate::routes::{Route, part, parts};
use crate::text::{count, inline, shorten, split_at};

/// The number of problems that the page of an item shows.
const MAX_SHOWN: usize = 50;

/// The maximum length of a shown message in characters.
const MAX_MESSAGE: usize = 400;

/// Renders the list of rules with the number of their problems.
pub(crate) fn render_index(frame: Frame<'_>) -> String {
    let mut counts: BTreeMap<Code, (usize, BTreeSet<FileId>)> = BTreeMap::new();
    for finding in &frame.site.state.findings {
        let (count, files) = counts.entry(finding.problem.code).or_default();
        *count += 1;
        files.insert(finding.problem.at.file);
    }
    let body = html! {
        h1 { "Problems" }
        p { input.filter type="search" data-filter="rules" aria-label="Filter the rules" placeholder="Filter"; }
        div.scroll {
            table.sortable #rules {
                thead { tr {
                    th scope="col" { "Rule" } th scope="col" { "Code" } th scope="col" { "Level" } th scope="col" { "Found" }
                    th scope="col" data-sort="number" { "Problems" } th scope="col" data-sort="number" { "Pages" }
                } }
                tbody {
                    @for (code, (count, files)) in &counts {
                        tr {
                            th scope="row" { a href=(frame.href(Route::Rule(*code, 0))) { (code.rule()) } }
                            td { (code.id()) } td { (code.level().name()) } td { (inline(code.title())) }
                            td.number { (count) } td.number { (files.len()) }
                        }
                    }
                }
            }
        }
    };
    frame.page("Problems", &[], body)
}

/// Renders a part of the problems of a rule.
pub(crate) fn render_rule(frame: Frame<'_>, code: Code, current: usize) -> String {
    let findings = frame.site.state.findings.iter();
    let findings: Vec<&Finding> = findings
        .filter(|finding| finding.problem.code == code)
        .collect();
    let links = || {
        frame.part_links(parts(findings.len()), current, |part| {
            Route::Rule(code, part)
        })
    };
    let body = html! {
        h1 { (code.rule()) }
        dl.facts {
            dt { "Code" } dd { (code.id()) }
            dt { "Level" } dd { (code.level().name()) }
            dt { "Found" } dd { (inline(code.title())) }
        }
        p { (inline(code.explanation())) }
        h2 { (count(findings.len(), "problem")) }
        (links())
        ul.problems { @for finding in part(&findings, current) { (item(frame, finding)) } }
        (links())
    };
    frame.page(code.rule(), &[(Route::Problems, "Problems")], body)
}

/// Renders the problems on the pages of an item; nothing if there are none.
pub(crate) fn section(frame: Frame<'_>, pages: &[PageLink]) -> Markup {
    let files: BTreeSet<FileId> = pages.iter().map(|page| page.file).collect();
    let findings = files
        .iter()
        .flat_map(|file| frame.site.state.findings_of(*file));
    let findings: Vec<&Finding> = findings.collect();
    html! {
        @if !findings.is_empty() {
            section aria-labelledby="problems" {
                h2 #problems { "Problems of the pages" }
                ul.problems { @for finding in findings.iter().take(MAX_SHOWN) { (item(frame, finding)) } }
                @if findings.len() > MAX_SHOWN { p { "and " (findings.len() - MAX_SHOWN) " more on the pages" } }
            }
        }
    }
}

/// Renders a problem with its line.
fn item(frame: Frame<'_>, finding: &Finding) -> Markup {
    let problem = &finding.problem;
    let source = frame.site.state.sources.get(problem.at.file);
    let line = source
        .text
        .lines()
        .nth(problem.at.line.saturating_sub(1) as usize);
    let [before, affected, after] =
        split_at(line.unwrap_or_default(), problem.at.column, problem.width);
    html! {
        li.problem data-class=(problem.code.level().name()) {
            p {
                a.rule href=(frame.href(Route::Rule(problem.code, 0))) { (problem.code.rule()) }
                " " (frame.source_link(problem.at))
            }
            p { (inline(&shorten(&problem.message, MAX_MESSAGE))) "; " (inline(&shorten(&problem.action, MAX_MESSAGE))) }
            @if let Some(reason) = &finding.allowed { p.note { "Allowed by a comment: " (reason) } }
            pre.scroll tabindex="0" { code { (before) mark { (affected) } (after) } }
        }
    }
}
