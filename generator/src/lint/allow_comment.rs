//! Inserts the comment that allows a problem.

use super::Edit;
use super::allow::{PageLine, PageLines, START};
use crate::report::{Code, Problem};

/// A change that adds a comment which allows a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowComment {
    /// The change.
    pub edit: Edit,
    /// What the comment applies to.
    pub scope: AllowScope,
}

/// What a comment that allows problems applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllowScope {
    /// A line.
    Line,
    /// A table, or a code block with its annotation: no comment can be within it.
    Block,
    /// The whole page.
    Page,
}

/// The reason in the comment, which the writer replaces.
const REASON: &str = "reason";

/// Returns the change of a text that allows a problem. `None` if no comment can allow it.
pub fn allow_comment(problem: &Problem, text: &str) -> Option<AllowComment> {
    let is_about_comments = matches!(
        problem.code,
        Code::InvalidAllow | Code::UnusedAllow | Code::StaleBaseline | Code::SkippedFile
    );
    if is_about_comments {
        return None;
    }
    let page = PageLines::new(text);
    let index = (problem.at.line as usize).checked_sub(1)?;
    let line = page.lines.get(index)?;
    let rule = problem.code.rule();
    if let Some(end) = front_matter_end(&page.lines).filter(|end| index <= *end) {
        let edit = insert_line(text, &page.lines, end + 1, rule);
        let scope = AllowScope::Page;
        return Some(AllowComment { edit, scope });
    }
    if let Some(first) = block_start(&page.lines, index) {
        let edit = insert_line(text, &page.lines, first, rule);
        let has_heading_above = page.lines[..first].iter().any(|line| line.level.is_some());
        let scope = match has_heading_above {
            true => AllowScope::Block,
            false => AllowScope::Page,
        };
        return Some(AllowComment { edit, scope });
    }
    let content = line.text.trim_end();
    if content.trim().is_empty() {
        return None;
    }
    let start = line_start(text, index);
    let at = existing_rules_end(content).unwrap_or(content.len());
    let (at, inserted) = if at < content.len() {
        (at, format!(", {rule}"))
    } else if is_row(content) {
        (
            content.len() - 1,
            format!(" <!-- graphwright: allow({rule}) {REASON} -->"),
        )
    } else {
        (at, format!(" <!-- graphwright: allow({rule}) {REASON} -->"))
    };
    Some(AllowComment {
        edit: Edit {
            start: start + at,
            end: start + at,
            text: inserted,
        },
        scope: AllowScope::Line,
    })
}

/// Returns the offset of the parenthesis that ends the rules of the comment on a line.
fn existing_rules_end(line: &str) -> Option<usize> {
    let start = line.find(START)?;
    Some(start + line[start..].find(')')?)
}

/// Returns the first line of the table head, code block or comment at a line, if a comment within it would be part of its content.
fn block_start(lines: &[PageLine<'_>], index: usize) -> Option<usize> {
    if lines[index].is_code {
        let first = code_start(lines, index);
        // A blank line between an annotation and its code block ends what a comment above the annotation applies to.
        let is_annotation = |line: &usize| lines[*line].text.trim_end().ends_with("-->");
        let annotation = first.checked_sub(1).filter(is_annotation);
        return annotation
            .and_then(|last| comment_start(lines, last))
            .or(Some(first));
    }
    if let Some(first) = comment_start(lines, index) {
        return Some(first);
    }
    let first = table_start(lines, index)?;
    // In any other column than that of descriptions, the comment would be part of a name.
    let cells = lines[first].text.trim().trim_matches('|');
    let last = cells.rsplit('|').next().unwrap_or_default();
    let has_descriptions = last.trim().eq_ignore_ascii_case("description");
    (index < first + 2 || !has_descriptions).then_some(first)
}

/// Returns the line of the header of the table at a line.
fn table_start(lines: &[PageLine<'_>], index: usize) -> Option<usize> {
    let is_separator = |line: &PageLine<'_>| {
        let text = line.text.trim();
        text.contains('-') && text.contains('|') && text.chars().all(|sign| "|:- \t".contains(sign))
    };
    if lines.get(index + 1).is_some_and(is_separator) {
        return Some(index);
    }
    let rows = lines[..=index].iter().rev();
    let rows = rows.take_while(|line| line.text.contains('|'));
    let above = rows.take_while(|line| !is_separator(line)).count();
    let separator = (index + 1).checked_sub(above + 1)?;
    is_separator(&lines[separator]).then_some(())?;
    separator.checked_sub(1)
}

/// Returns the line of the fence that opens the code block at a line.
fn code_start(lines: &[PageLine<'_>], index: usize) -> usize {
    // Blocks that follow each other directly are one here; the fences of a block come in pairs.
    let before = lines[..index].iter().rposition(|line| !line.is_code);
    before.map_or(0, |before| before + 1)
}

/// Returns the line on which the comment at a line starts: one without text before it, other than a comment of the linter.
fn comment_start(lines: &[PageLine<'_>], index: usize) -> Option<usize> {
    let mut start = None;
    let mut first = None;
    for (at, line) in lines.iter().enumerate().take(index + 1) {
        let text = line.text.trim_start();
        if first.is_none() && text.starts_with("<!--") && !text.starts_with(START) && !line.is_code
        {
            first = Some(at);
        }
        start = first;
        if line.text.contains("-->") {
            first = None;
        }
    }
    start
}

/// Returns the last line of the front matter.
fn front_matter_end(lines: &[PageLine<'_>]) -> Option<usize> {
    let is_mark = |line: &PageLine<'_>| line.text.trim_end() == "---";
    lines.first().filter(|line| is_mark(line))?;
    let end = lines[1..].iter().position(is_mark)?;
    Some(end + 1)
}

/// Whether a line is a table row that ends with a pipe.
fn is_row(content: &str) -> bool {
    let row = content.trim_start();
    row.len() > 1 && row.starts_with('|') && row.ends_with('|') && !row.ends_with("\\|")
}

/// Inserts a comment as a line of its own, with the indentation and the line end of the line that it precedes.
fn insert_line(text: &str, lines: &[PageLine<'_>], before: usize, rule: &str) -> Edit {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let comment = format!("<!-- graphwright: allow({rule}) {REASON} -->");
    match lines.get(before) {
        Some(line) => {
            let at = line_start(text, before);
            let indentation = &line.text[..line.text.len() - line.text.trim_start().len()];
            Edit {
                start: at,
                end: at,
                text: format!("{indentation}{comment}{newline}"),
            }
        }
        None => Edit {
            start: text.len(),
            end: text.len(),
            text: format!("{newline}{comment}{newline}"),
        },
    }
}

/// Returns the byte offset of a line, counted from 0.
fn line_start(text: &str, line: usize) -> usize {
    let Some(before) = line.checked_sub(1) else {
        return 0;
    };
    let end = memchr::memchr_iter(b'\n', text.as_bytes()).nth(before);
    end.map_or(text.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts;
    use crate::lint::collect;
    use crate::report::Report;
    use crate::source::{FileId, Location, Source, Sources};

    const FILE: FileId = FileId(0);

    fn sources(text: &str) -> Sources {
        Sources::new(vec![Source {
            path: "v1.0/resources/lamp.md".to_owned(),
            text: text.to_owned(),
        }])
    }

    /// A report with a problem on a line.
    fn report(code: Code, line: u32) -> Report {
        let mut report = Report::new();
        let at = Location {
            file: FILE,
            line,
            column: 1,
        };
        report.push(code, at, 0, "message", "action");
        report
    }

    /// Returns the changed text for a problem on a line.
    fn insert(text: &str, code: Code, line: u32) -> Option<(AllowScope, String)> {
        let report = report(code, line);
        let AllowComment { edit, scope } = allow_comment(&report.problems()[0], text)?;
        let changed = [&text[..edit.start], &edit.text, &text[edit.end..]].concat();
        Some((scope, changed))
    }

    const COMMENT: &str = "<!-- graphwright: allow(undefined-type) reason -->";

    /// Checks that a problem on a line is allowed by a comment at `§`, followed by a line end if it is a line of its own, and that
    /// the page states the same facts as before.
    #[track_caller]
    fn check(marked: &str, line: u32, scope: AllowScope, end: &str) {
        let before = marked.replace('§', "");
        let comment = match scope {
            AllowScope::Line => format!(" {COMMENT}"),
            AllowScope::Block | AllowScope::Page => format!("{COMMENT}{end}"),
        };
        let after = marked.replace('§', &comment);
        let inserted = insert(&before, Code::UndefinedType, line);
        assert_eq!(inserted, Some((scope, after.clone())));
        let facts = |text: &str| {
            let sources = sources(text);
            let facts = facts::text(&facts::extract_page(&sources, FILE).0, &sources);
            // Without places.
            facts.replace(|letter: char| letter.is_ascii_digit() || letter == ':', "")
        };
        assert_eq!(facts(&before), facts(&after));
        let line = line + u32::from(scope != AllowScope::Line);
        let findings = collect(
            report(Code::UndefinedType, line).problems().iter(),
            &sources(&after),
        );
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].allowed.as_deref(), Some("reason"));
    }

    const TABLE: &str = "## Properties\n\n§|Property|Type|\n|:-|:-|\n|id|String|\n";

    fn page(rest: &str) -> String {
        format!("# lamp resource type\n\n{rest}")
    }

    #[test]
    fn comments_stand_at_the_end_of_a_line() {
        let check = |text: &str, line: u32| check(text, line, AllowScope::Line, "");
        check("# lamp resource type§\n\nA lamp.\n", 1);
        check(&page("A **lamp**.§  \nmore\n"), 3);
        check(&page("- one\n- two§\n"), 4);
        check(
            &page(
                "## Properties\n\n|Property|Type|Description|\r\n|:-|:-|:-|\r\n|id|String|Key.§|\r\n",
            ),
            7,
        );
        check(
            &page("## Properties\n\nProperty|Type|Description\n:-|:-|:-\nid|String|Key.§\n"),
            7,
        );
    }

    #[test]
    fn comments_stand_above_blocks_that_can_contain_none() {
        let annotation = "<!-- {\n  \"blockType\": \"resource\",\n  \"@odata.type\": \"microsoft.graph.lamp\"\n} -->\n";
        let code = "``` json\n{ \"id\": \"a\" }\n```\n";
        for line in [4, 6, 8, 9] {
            let text = page(&format!("Text.\n§{annotation}{code}"));
            check(&text, line, AllowScope::Block, "\n");
        }
        let apart = page(&format!("Text.\n{annotation}\n§{code}"));
        check(&apart, 10, AllowScope::Block, "\n");
        check(
            &page("§``` http\r\nGET /lamps\r\n```\r\n"),
            4,
            AllowScope::Block,
            "\r\n",
        );
        check(&page(TABLE), 5, AllowScope::Block, "\n");
        check(&page(TABLE), 6, AllowScope::Block, "\n");
        check(&page(TABLE), 7, AllowScope::Block, "\n");
        check(
            "---\ntitle: a\n---\n§# lamp resource type\n",
            2,
            AllowScope::Page,
            "\n",
        );
        check(
            "§``` json\n{}\n```\n# lamp resource type\n",
            2,
            AllowScope::Page,
            "\n",
        );
    }

    #[test]
    fn the_rules_of_a_comment_are_extended() {
        let text = |rules: &str| page(&format!("a <!-- graphwright: allow({rules}) b -->\n"));
        let extended = text("broken-link, undefined-type");
        let inserted = insert(&text("broken-link"), Code::UndefinedType, 3);
        assert_eq!(inserted, Some((AllowScope::Line, extended)));
    }

    #[test]
    fn some_problems_cannot_be_allowed() {
        let check = |text: &str, code: Code, line: u32| assert_eq!(insert(text, code, line), None);
        check("a\n\nb\n", Code::UndefinedType, 2);
        check("a\n", Code::UndefinedType, 9);
        check("", Code::UndefinedType, 1);
        check("a\n", Code::UnusedAllow, 1);
        check("a\n", Code::SkippedFile, 1);
    }
}
