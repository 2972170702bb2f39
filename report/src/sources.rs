//! The pages of the documentation with their line numbers and problems.

use generator::lint::Finding;
use generator::source::FileId;
use maud::{Markup, html};

use crate::areas;
use crate::frame::Frame;
use crate::routes::Route;
use crate::text::{MAX_LINE, inline, shorten, split_at};

/// Renders a part of a page of the documentation.
pub(crate) fn render(frame: Frame<'_>, file: FileId, part: usize) -> String {
    let state = &frame.site.state;
    let source = state.sources.get(file);
    let starts = &frame.site.routes.source_parts[file.0 as usize];
    let first = starts[part];
    let end = starts.get(part + 1).copied().unwrap_or(u32::MAX);
    let findings = state.findings_of(file);
    let lines = source.text.lines().zip(1_u32..).skip(first as usize - 1);
    let lines = lines.take_while(|(_, number)| *number < end);
    let items = state
        .items_by_page
        .get(&file)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let links = || frame.part_links(starts.len(), part, |part| Route::Source(file, part));
    let body = html! {
        h1 { (source.path) }
        @if part == 0 && !items.is_empty() {
            ul.inline {
                @for item in items { li { (areas::describe(frame, *item).0) } }
            }
        }
        (links())
        ol.lines start=(first) {
            @for (line, number) in lines { (render_line(frame, line, number, findings)) }
        }
        (links())
    };
    frame.page(&source.path, &[], body)
}

fn render_line(frame: Frame<'_>, line: &str, number: u32, findings: &[Finding]) -> Markup {
    let start = findings.partition_point(|finding| finding.problem.at.line < number);
    let of_line = findings[start..]
        .iter()
        .take_while(|finding| finding.problem.at.line == number);
    let of_line: Vec<&Finding> = of_line.collect();
    html! {
        li id={ "L" (number) } {
            @match of_line.first() {
                None => code { (shorten(line, MAX_LINE)) },
                Some(first) => {
                    @let [before, affected, after] = split_at(line, first.problem.at.column, first.problem.width);
                    code { (before) mark { (affected) } (after) }
                    ul.problems {
                        @for finding in &of_line {
                            li.problem data-class=(finding.problem.code.level().name()) {
                                a.rule href=(frame.href(Route::Rule(finding.problem.code, 0))) { (finding.problem.code.rule()) }
                                " " (inline(&shorten(&finding.problem.message, 400)))
                                @if let Some(reason) = &finding.allowed { ", allowed by a comment: " (reason) }
                            }
                        }
                    }
                }
            }
        }
    }
}
