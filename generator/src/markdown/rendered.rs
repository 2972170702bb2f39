//! Parses rendered text, in which headings are bare lines and code has no fences. Blocks are recognised by standard
//! headings, request and status lines, and balanced braces.

mod words;

use words::{heading_level, is_header_line, is_request_line, opens_json};

use super::fence;
use super::flattened;
use super::lines::{Line, Lines, is_blank};
use super::scanner::Output;
use super::table;
use super::{Block, Code, LinkDefinitions, MatterKind, Page, Rendition, Text};
use crate::report::Report;
use crate::source::{FileId, Sources};

/// Parses a page of rendered text.
pub(super) fn scan<'a>(
    sources: &'a Sources,
    file: FileId,
    rendition: Rendition,
) -> (Page<'a>, Report) {
    let lines = Lines::new(file, &sources.get(file).text);
    let mut scanner = Scanner {
        lines,
        rendition,
        next: 0,
        out: Output::new(),
        in_example: false,
    };
    scanner.title();
    while let Some(line) = scanner.lines.get(scanner.next) {
        if is_blank(line.text) {
            scanner.next += 1;
        } else {
            scanner.block(line);
        }
    }
    let page = Page {
        file,
        rendition,
        front_matter: Vec::new(),
        sections: scanner.out.sections,
        link_definitions: LinkDefinitions::default(),
        matter: scanner.out.matter,
    };
    (page, scanner.out.report)
}

struct Scanner<'a> {
    lines: Lines<'a>,
    rendition: Rendition,
    next: usize,
    out: Output<'a>,
    /// Below the heading `Example`, `Request` and `Response` are headings of the third level.
    in_example: bool,
}

impl<'a> Scanner<'a> {
    /// Parses the title: the first line that is not blank.
    fn title(&mut self) {
        let title = (0..self.lines.len()).find_map(|index| {
            Some((
                index,
                self.lines.get(index).filter(|line| !is_blank(line.text))?,
            ))
        });
        if let Some((index, line)) = title {
            self.out.heading(1, self.text(line, line));
            self.next = index + 1;
        }
    }

    fn block(&mut self, line: Line<'a>) {
        if let Some(level) = self.heading(line.text) {
            self.out.heading(level, self.text(line, line));
            self.next += 1;
        } else if self.rendition == Rendition::PipedText && table::starts(&self.lines, self.next) {
            // If no blank lines separate blocks, a line without a pipe ends the table.
            let ends = |text: &str| !text.contains('|') || heading_level(text).is_some();
            let (table, next) = table::parse_table(&self.lines, self.next, ends, &mut self.out);
            self.next = next;
            self.out.push(Block::Table(table));
        } else if is_request_line(line.text) || line.text.starts_with("HTTP/") {
            self.message();
        } else if opens_json(line.text) {
            let end = self.json_end(self.next);
            self.code("json", self.next, end);
        } else if !self.flattened_table() {
            self.prose(line);
        }
    }

    fn flattened_table(&mut self) -> bool {
        if self.rendition != Rendition::PlainText {
            return false;
        }
        let ends = |text: &str| heading_level(text).is_some();
        let Some((table, next)) =
            flattened::parse_flattened_table(&self.lines, self.next, ends, &mut self.out)
        else {
            return false;
        };
        self.next = next;
        self.out.push(Block::Table(table));
        true
    }

    /// Returns the level of a heading, or `None` if the line is none.
    fn heading(&mut self, text: &str) -> Option<u8> {
        let text = text.trim();
        if let Some(level) = heading_level(text) {
            self.in_example |= text.len() >= 7 && text[..7].eq_ignore_ascii_case("example");
            let below_example = self.in_example && text.eq_ignore_ascii_case("response");
            return Some(if below_example { 3 } else { level });
        }
        let name = text.strip_suffix(" values")?;
        let below = self.lines.get(self.next_text(self.next + 1))?;
        let is_enum = !name.contains(' ') && below.text.trim_start().starts_with("Member");
        is_enum.then_some(3)
    }

    /// Parses a request or a response: the first line, headers and body.
    fn message(&mut self) {
        let first = self.next;
        let mut end = first + 1;
        while self
            .lines
            .get(end)
            .is_some_and(|line| is_request_line(line.text))
        {
            end += 1;
        }
        let mut is_text = false;
        loop {
            let next = self.next_text(end);
            match self.lines.get(next) {
                Some(line) if is_header_line(line.text) => {
                    let lower = line.text.to_ascii_lowercase();
                    is_text |= lower.starts_with("content-type") && !lower.contains("json");
                    end = next + 1;
                }
                Some(line) if opens_json(line.text) => {
                    end = self.json_end(next);
                    break;
                }
                Some(_) if is_text => {
                    end = self.text_end(next);
                    break;
                }
                _ => break,
            }
        }
        self.code("http", first, end);
    }

    /// Returns the line after a body that is not JSON: the next heading, blank line or message.
    fn text_end(&self, from: usize) -> usize {
        let ends = |text: &str| {
            is_blank(text) || heading_level(text).is_some() || text.starts_with("HTTP/")
        };
        (from..self.lines.len())
            .find(|index| self.lines.get(*index).is_some_and(|line| ends(line.text)))
            .unwrap_or(self.lines.len())
    }

    /// Returns the line after the JSON that starts at a line: after its last bracket, or at the next heading.
    fn json_end(&self, from: usize) -> usize {
        let mut depth = 0_i64;
        for index in from..self.lines.len() {
            let Some(line) = self
                .lines
                .get(index)
                .filter(|line| heading_level(line.text).is_none())
            else {
                return index;
            };
            let mut in_string = false;
            let mut escaped = false;
            for byte in line.text.bytes() {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if in_string => escaped = true,
                    b'"' => in_string = !in_string,
                    b'{' | b'[' if !in_string => depth += 1,
                    b'}' | b']' if !in_string => depth -= 1,
                    _ => {}
                }
            }
            if depth <= 0 {
                return index + 1;
            }
        }
        self.lines.len()
    }

    fn code(&mut self, language: &'a str, first: usize, end: usize) {
        let (Some(first), Some(last)) = (self.lines.get(first), self.lines.get(end - 1)) else {
            return;
        };
        self.next = end;
        let at = self.lines.location(first, 0);
        let text = Text::borrowed(self.lines.span(first, last), at);
        let matter = self.out.matter(MatterKind::Code, at);
        self.out.push(Block::Code(Code {
            language,
            text,
            annotation: None,
            matter,
        }));
    }

    fn prose(&mut self, first: Line<'a>) {
        let mut last = first;
        self.next += 1;
        while let Some(line) = self
            .lines
            .get(self.next)
            .filter(|line| self.belongs(last, *line))
        {
            last = line;
            self.next += 1;
        }
        let text = self.text(first, last);
        let block = match fence::label(first.text.trim()) {
            Some((_, _)) => fence::callout(&[(text.at, self.lines.span(first, last).trim())])
                .map(Block::Callout),
            None => None,
        };
        self.out.push(block.unwrap_or(Block::Paragraph(text)));
    }

    /// Whether a line continues the sentence of the previous line. In pages without blank lines, code spans are on lines
    /// of their own, so a sentence without a final period continues.
    fn belongs(&mut self, before: Line<'a>, line: Line<'a>) -> bool {
        let starts_block = is_blank(line.text)
            || self.heading(line.text).is_some()
            || table::starts(&self.lines, self.next)
            || is_request_line(line.text)
            || line.text.starts_with("HTTP/")
            || opens_json(line.text)
            || fence::label(line.text.trim()).is_some();
        if starts_block {
            return false;
        }
        if self.rendition == Rendition::PlainText {
            return !flattened::is_header(line.text);
        }
        let before = before.text.trim();
        let stands_alone =
            |text: &str| text.starts_with("Namespace:") || text.starts_with("Inherits from");
        !before.ends_with(['.', ':', '!', '?']) && !stands_alone(before) && !stands_alone(line.text)
    }

    /// Returns the first line at or after `from` that is not blank.
    fn next_text(&self, from: usize) -> usize {
        (from..self.lines.len())
            .find(|index| {
                self.lines
                    .get(*index)
                    .is_some_and(|line| !is_blank(line.text))
            })
            .unwrap_or(self.lines.len())
    }

    fn text(&self, first: Line<'a>, last: Line<'a>) -> Text<'a> {
        let blanks = first.text.len() - first.text.trim_start().len();
        let at = self.lines.location(first, blanks);
        Text::borrowed(self.lines.span(first, last).trim(), at)
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Block, parse};
    use crate::source::{Source, Sources};

    fn check(text: &str, expected: &[&str]) {
        let sources = Sources::new(vec![Source {
            path: "a.md".to_owned(),
            text: text.to_owned(),
        }]);
        let (page, _) = parse(&sources, sources.find("a.md").unwrap());
        let mut found = Vec::new();
        for section in &page.sections {
            if let Some(heading) = &section.heading {
                found.push(format!(
                    "{} {}",
                    "#".repeat(section.level.into()),
                    heading.raw
                ));
            }
            found.extend(section.blocks.iter().map(|block| match block {
                Block::Paragraph(text) => format!("p {}", text.raw),
                Block::Table(table) => format!("table {}", table.rows.len()),
                Block::Code(code) => format!("{} {}", code.language, code.text.raw),
                Block::Callout(callout) => format!("{}: {}", callout.label, callout.text.raw),
                other => format!("{other:?}"),
            }));
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn piped_text() {
        check(
            "Get thing\nNamespace: microsoft.graph\nNote: careful.\nRead a\nthing now.\nMore.\nProperties\n\
             Property | Type |\n---|---|\nid | String |\nResponse\nreturns a 200 OK\nresponse code.\nExample\nRequest\n\
             GET https://x/y\nAccept: z\nResponse\nHTTP/1.1 200 OK\nContent-Type: application/json\n{\n\"a\": 1\n}",
            &[
                "# Get thing",
                "p Namespace: microsoft.graph",
                "Note: careful.",
                "p Read a\nthing now.",
                "p More.",
                "## Properties",
                "table 1",
                "## Response",
                "p returns a 200 OK\nresponse code.",
                "## Example",
                "### Request",
                "http GET https://x/y\nAccept: z",
                "### Response",
                "http HTTP/1.1 200 OK\nContent-Type: application/json\n{\n\"a\": 1\n}",
            ],
        );
    }

    #[test]
    fn plain_text() {
        check(
            "Get thing\n\nNamespace: microsoft.graph\n\nhueKind values\n\nMember Value Description\nred 0 Like a rose.\n\n\
             JSON representation\n\n{\n  \"a\": [\n\n  1]\n}\n\nHTTP request\n\nGET /a\nGET /b\n\nend",
            &[
                "# Get thing",
                "p Namespace: microsoft.graph",
                "### hueKind values",
                "table 1",
                "## JSON representation",
                "json {\n  \"a\": [\n\n  1]\n}",
                "## HTTP request",
                "http GET /a\nGET /b",
                "p end",
            ],
        );
    }
}
