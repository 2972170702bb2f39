//! Parses raw markdown into blocks, in one pass over the lines. The first character of a line selects its parser.

use super::comment;
use super::fence::{self, Fence};
use super::front_matter;
use super::include;
use super::lines::{Line, Lines, indentation, is_blank};
use super::marks::{
    heading, is_directive, is_language_tab, is_thematic_break, link_definition, list_marker, tab_id,
};
use super::table;
use super::{
    Annotation, Block, Code, LinkDefinitions, Matter, MatterId, MatterKind, Page, Rendition,
    Section, Text,
};
use crate::report::{Code as ProblemCode, Report};
use crate::source::{FileId, Location, Sources};

/// The blocks parsed so far, including those of included files.
pub(super) struct Output<'a> {
    pub(super) sections: Vec<Section<'a>>,
    pub(super) link_definitions: Vec<(&'a str, &'a str)>,
    pub(super) matter: Vec<Matter>,
    pub(super) report: Report,
    /// The number of bytes that may still be read from included files. Without a limit, a chain of files that each include
    /// the next one twice would grow exponentially.
    pub(super) include_budget: usize,
}

impl<'a> Output<'a> {
    pub(super) fn new() -> Self {
        let preamble = Section {
            heading: None,
            level: 0,
            blocks: Vec::new(),
        };
        Self {
            sections: vec![preamble],
            link_definitions: Vec::new(),
            matter: Vec::new(),
            report: Report::new(),
            include_budget: 1 << 20,
        }
    }

    pub(super) fn push(&mut self, block: Block<'a>) {
        let section = self.sections.last_mut().expect("there is always a section");
        section.blocks.push(block);
    }

    pub(super) fn matter(&mut self, kind: MatterKind, at: Location) -> MatterId {
        self.matter.push(Matter { kind, at });
        MatterId(self.matter.len() as u32 - 1)
    }

    pub(super) fn heading(&mut self, level: u8, heading: Text<'a>) {
        self.sections.push(Section {
            heading: Some(heading),
            level,
            blocks: Vec::new(),
        });
    }
}

/// Parses a markdown page.
pub(super) fn scan<'a>(sources: &'a Sources, file: FileId) -> (Page<'a>, Report) {
    let lines = Lines::new(file, &sources.get(file).text);
    let (front_matter, next) = front_matter::parse_front_matter(&lines);
    let mut out = Output::new();
    Scanner::new(sources, lines, next, &[], &mut out).run();
    let page = Page {
        file,
        rendition: Rendition::Markdown,
        front_matter,
        sections: out.sections,
        link_definitions: LinkDefinitions::new(out.link_definitions),
        matter: out.matter,
    };
    (page, out.report)
}

/// Whether the lines belong to a tab that is skipped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Read,
    Skipped,
}

/// Parses the lines of one file.
pub(super) struct Scanner<'a, 'o> {
    pub(super) sources: &'a Sources,
    pub(super) lines: Lines<'a>,
    pub(super) next: usize,
    /// The files that include this one, the page first.
    pub(super) includers: Vec<FileId>,
    pub(super) out: &'o mut Output<'a>,
    /// An annotation whose code block has not been reached yet.
    pending: Option<Annotation<'a>>,
    tab: Tab,
}

impl<'a, 'o> Scanner<'a, 'o> {
    pub(super) fn new(
        sources: &'a Sources,
        lines: Lines<'a>,
        next: usize,
        includers: &[FileId],
        out: &'o mut Output<'a>,
    ) -> Self {
        let mut includers = includers.to_vec();
        includers.push(lines.file);
        Self {
            sources,
            lines,
            next,
            includers,
            out,
            pending: None,
            tab: Tab::Read,
        }
    }

    pub(super) fn run(mut self) {
        while let Some(line) = self.lines.get(self.next) {
            if is_blank(line.text) {
                self.next += 1;
            } else if self.tab == Tab::Skipped {
                self.skip(line);
            } else {
                self.block(line);
            }
        }
        self.flush_annotation();
    }

    fn block(&mut self, line: Line<'a>) {
        if comment::opens(line.text) {
            return self.comment(line);
        }
        if let Some(fence) = fence::opening(line.text) {
            return self.code(fence);
        }
        if let Some((level, text)) = heading(line.text).or_else(|| self.tight_title(line)) {
            return self.heading(line, level, text);
        }
        if is_thematic_break(line.text) || is_directive(line.text) {
            self.next += 1;
            return;
        }
        if let Some(include) = include::parse(&self.lines, line) {
            return include::insert_included_blocks(self, include);
        }
        self.flush_annotation();
        if line.text.trim_start().starts_with('>') {
            self.callout();
        } else if table::starts(&self.lines, self.next) {
            self.table();
        } else if let Some((label, target)) = link_definition(line.text) {
            self.out.link_definitions.push((label, target));
            self.next += 1;
        } else if list_marker(line.text).is_some() {
            self.list();
        } else {
            self.paragraph(line);
        }
    }

    /// Parses the title of a page that lacks the space after `#`.
    fn tight_title(&self, line: Line<'a>) -> Option<(u8, &'a str)> {
        let text = line.text.strip_prefix('#')?.trim();
        let is_first = self.out.sections.len() == 1;
        let is_title = text.starts_with(|first: char| first.is_ascii_alphabetic());
        (is_first && is_title).then_some((1, text))
    }

    /// Skips a line of a tab that is not parsed. Its code blocks still count as content.
    fn skip(&mut self, line: Line<'a>) {
        if let Some(fence) = fence::opening(line.text) {
            let block = fence::parse_fence(&self.lines, self.next, fence);
            self.next = block.next;
            self.out
                .matter(MatterKind::CodeInLanguageTab, block.text.at);
        } else if is_thematic_break(line.text) {
            self.tab = Tab::Read;
            self.next += 1;
        } else if heading(line.text).is_some() {
            self.tab = Tab::Read;
        } else {
            self.next += 1;
        }
    }

    fn comment(&mut self, line: Line<'a>) {
        let comment = comment::parse_comment(&mut self.lines, self.next);
        self.next = comment.next;
        if !comment.closed {
            let at = self.lines.location(line, indentation(line.text));
            self.out.report.push(
                ProblemCode::UnclosedComment,
                at,
                4,
                "the comment is never closed",
                "it extends to the end of the page",
            );
        }
        if comment.text.raw.trim_start().starts_with('{') {
            self.flush_annotation();
            let matter = self.out.matter(MatterKind::Annotation, comment.text.at);
            self.pending = Some(Annotation {
                text: comment.text,
                matter,
            });
        }
    }

    fn code(&mut self, fence: Fence<'a>) {
        let block = fence::parse_fence(&self.lines, self.next, fence);
        if !block.closed {
            let line = self.lines.get(self.next).expect("the fence is a line");
            let at = self.lines.location(line, fence.indentation);
            self.out.report.push(
                ProblemCode::UnclosedFence,
                at,
                fence.length,
                "the code block has no closing fence",
                "it extends to the end of the page",
            );
        }
        self.next = block.next;
        let matter = self.out.matter(MatterKind::Code, block.text.at);
        let annotation = self.pending.take();
        self.out.push(Block::Code(Code {
            language: fence.language,
            text: block.text,
            annotation,
            matter,
        }));
    }

    fn heading(&mut self, line: Line<'a>, level: u8, text: &'a str) {
        self.next += 1;
        if let Some(tab) = tab_id(text) {
            self.tab = if is_language_tab(tab) {
                Tab::Skipped
            } else {
                Tab::Read
            };
            return;
        }
        self.flush_annotation();
        let offset = text.as_ptr() as usize - line.text.as_ptr() as usize;
        let at = self.lines.location(line, offset);
        self.out.heading(level, Text::borrowed(text, at));
    }

    fn table(&mut self) {
        let (table, next) = table::parse_table(&self.lines, self.next, |_| false, self.out);
        self.next = next;
        self.out.push(Block::Table(table));
    }

    fn callout(&mut self) {
        let mut quoted = Vec::new();
        while let Some(line) = self.lines.get(self.next) {
            let text = line.text.trim_start();
            let inner = text.strip_prefix('>');
            if inner.is_none() && (quoted.is_empty() || self.ends_paragraph(line)) {
                break;
            }
            let inner = inner.unwrap_or(text).trim();
            let offset = inner.as_ptr() as usize - line.text.as_ptr() as usize;
            quoted.push((self.lines.location(line, offset), inner));
            self.next += 1;
        }
        if let Some(callout) = super::fence::callout(&quoted) {
            self.out.push(Block::Callout(callout));
        }
    }

    fn list(&mut self) {
        let mut items = Vec::new();
        while let Some(line) = self.lines.get(self.next) {
            if is_blank(line.text) {
                let after = (self.next..self.lines.len()).find_map(|index| {
                    Some((index, self.lines.get(index)?)).filter(|(_, line)| !is_blank(line.text))
                });
                match after {
                    Some((index, line)) if list_marker(line.text).is_some() => self.next = index,
                    _ => break,
                }
                continue;
            }
            let Some(marker) = list_marker(line.text) else {
                break;
            };
            self.lines.cut_before(self.next, line.start + marker);
            let first = self.lines.get(self.next).expect("the line is there");
            items.push(self.prose(first));
        }
        self.out.push(Block::List(items));
    }

    fn paragraph(&mut self, line: Line<'a>) {
        let text = self.prose(line);
        self.out.push(Block::Paragraph(text));
    }

    /// Parses the paragraph that starts at line `first`.
    fn prose(&mut self, first: Line<'a>) -> Text<'a> {
        let offset = indentation(first.text);
        let at = self.lines.location(first, offset);
        let mut last = first;
        loop {
            if let Some(start) = comment::opens_within(last.text) {
                self.lines.cut_before(self.next, last.start + start);
                last.text = &last.text[..start];
                break;
            }
            self.next += 1;
            match self.lines.get(self.next) {
                Some(line) if !self.ends_paragraph(line) => last = line,
                _ => break,
            }
        }
        Text::borrowed(self.lines.span(first, last).trim(), at)
    }

    fn ends_paragraph(&self, line: Line<'a>) -> bool {
        let text = line.text.trim_start();
        match text.as_bytes().first() {
            None => true,
            Some(b'#') => heading(line.text).is_some(),
            Some(b'`' | b'~') => fence::opening(line.text).is_some(),
            Some(b'<') => comment::opens(line.text),
            Some(b'>') => true,
            Some(b':') => is_directive(text),
            Some(b'[') => {
                include::parse(&self.lines, line).is_some() || link_definition(text).is_some()
            }
            Some(b'-' | b'*' | b'+' | b'_' | b'0'..=b'9') => {
                list_marker(line.text).is_some() || is_thematic_break(line.text)
            }
            Some(_) => text.contains('|') && table::starts(&self.lines, self.next),
        }
    }

    pub(super) fn flush_annotation(&mut self) {
        if let Some(annotation) = self.pending.take() {
            self.out.push(Block::Annotation(annotation));
        }
    }
}
