//! Changes of pages that correct problems. They are proposals: [`super::verify`] applies only those that do what is meant.

use crate::report::{Code, Problem, Replacement};
use crate::source::FileId;

/// A change that corrects a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The file to change.
    pub file: FileId,
    /// The changes, in order and without overlap.
    pub edits: Vec<Edit>,
}

/// The replacement of a part of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The byte offset of the first byte that is replaced.
    pub start: usize,
    /// The byte offset after the last byte that is replaced.
    pub end: usize,
    /// The text in their place.
    pub text: String,
}

impl Edit {
    fn delete(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            text: String::new(),
        }
    }
}

impl Edit {
    /// Returns the line and the column, in characters, of the start and of the end. Both count from 1.
    pub fn places(&self, text: &str) -> [(usize, usize); 2] {
        [self.start, self.end].map(|offset| {
            let before = &text[..offset];
            let start = before.rfind('\n').map_or(0, |newline| newline + 1);
            let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
            (line, before[start..].chars().count() + 1)
        })
    }
}

/// Returns a text after edits that are in order and do not overlap.
pub(super) fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        changed.push_str(&text[at..edit.start]);
        changed.push_str(&edit.text);
        at = edit.end;
    }
    changed.push_str(&text[at..]);
    changed
}

/// Returns a change of a page that probably corrects a problem on it.
pub(super) fn propose(problem: &Problem, page: &PageText<'_>) -> Option<Fix> {
    let line = problem.at.line as usize;
    let edits = match (&problem.replacement, problem.code) {
        (Some(replacement), _) => vec![page.replace(problem, replacement)?],
        (None, Code::SurplusCells) => page.escape_pipes(problem)?,
        (None, Code::BrokenRow) => vec![page.join_with_line_above(line)?],
        (None, Code::TableWithoutSeparator) => vec![page.insert_separator(line)?],
        (None, Code::BlankLineInTable) => page.delete_blank_lines(line),
        (None, Code::CollectionFromPath) => vec![page.append_collection(problem)?],
        (None, Code::WrappedEntity) => vec![page.unwrap_value(line)?],
        _ => return None,
    };
    (!edits.is_empty()).then_some(Fix {
        file: problem.at.file,
        edits,
    })
}

/// The text of a page and the start of each line.
pub(super) struct PageText<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> PageText<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(newlines).collect(),
        }
    }

    /// Returns the byte range of a line without its end. Lines count from 1.
    fn line(&self, line: usize) -> Option<(usize, usize)> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let next = self.starts.get(line);
        let end = next.map_or(self.text.len(), |next| next - 1);
        let content = self.text[start..end].trim_end_matches('\r');
        Some((start, start + content.len()))
    }

    fn line_text(&self, line: usize) -> Option<&'t str> {
        self.line(line).map(|(start, end)| &self.text[start..end])
    }

    /// Returns the byte offset of the start of a problem.
    fn offset(&self, problem: &Problem) -> Option<usize> {
        let (start, end) = self.line(problem.at.line as usize)?;
        let column = problem.at.column as usize - 1;
        let mut characters = self.text[start..end].char_indices();
        let within = characters.nth(column).map_or(end - start, |(at, _)| at);
        Some(start + within)
    }

    fn replace(&self, problem: &Problem, replacement: &Replacement) -> Option<Edit> {
        let start = self.offset(problem)?;
        let (_, end) = self.line(problem.at.line as usize)?;
        let found = self.text.get(start..end)?.find(&replacement.found)?;
        Some(Edit {
            start: start + found,
            end: start + found + replacement.found.len(),
            text: replacement.text.clone(),
        })
    }

    fn escape_pipes(&self, problem: &Problem) -> Option<Vec<Edit>> {
        let start = self.offset(problem)?;
        let (_, end) = self.line(problem.at.line as usize)?;
        let cell: String = self.text[start..end]
            .chars()
            .take(problem.width as usize)
            .collect();
        let pipes = cell.match_indices('|').map(|(at, _)| at);
        let unescaped = pipes.filter(|at| !cell[..*at].ends_with('\\'));
        let edit = |at: usize| Edit {
            start: start + at,
            end: start + at,
            text: "\\".to_owned(),
        };
        Some(unescaped.map(edit).collect())
    }

    fn join_with_line_above(&self, line: usize) -> Option<Edit> {
        let (above_start, above_end) = self.line(line.checked_sub(1)?)?;
        let (start, end) = self.line(line)?;
        let indentation = self.text[start..end].len() - self.text[start..end].trim_start().len();
        let above = self.text[above_start..above_end].trim_end();
        Some(Edit {
            start: above_start + above.len(),
            end: start + indentation,
            text: " ".to_owned(),
        })
    }

    fn insert_separator(&self, line: usize) -> Option<Edit> {
        let header = self.line_text(line)?.trim();
        let inner = header.strip_prefix('|').unwrap_or(header);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let columns = inner.replace("\\|", "").matches('|').count() + 1;
        let (start, end) = self.line(line)?;
        let rest = &self.text[end..];
        let newline = if rest.starts_with('\r') { "\r\n" } else { "\n" };
        let indentation = self.text[start..end].len() - self.text[start..end].trim_start().len();
        Some(Edit {
            start: end,
            end,
            text: format!(
                "{newline}{}|{}",
                &self.text[start..start + indentation],
                ":---|".repeat(columns)
            ),
        })
    }

    /// Deletes the blank lines of a table, of which the first is given.
    fn delete_blank_lines(&self, line: usize) -> Vec<Edit> {
        let is_blank = |line| {
            self.line_text(line)
                .is_some_and(|text| text.trim().is_empty())
        };
        let is_row = |line| {
            self.line_text(line)
                .is_some_and(|text| text.trim_start().starts_with('|'))
        };
        let is_separator = |line| {
            self.line_text(line).is_some_and(|text| {
                text.contains('-') && text.trim().chars().all(|sign| "|:- \t".contains(sign))
            })
        };
        let mut edits = Vec::new();
        let mut next = line;
        while is_blank(next) {
            let first = next;
            while is_blank(next) {
                next += 1;
            }
            if !is_row(next) || is_separator(next + 1) {
                break;
            }
            edits.push(Edit::delete(self.starts[first - 1], self.starts[next - 1]));
            while is_row(next) {
                next += 1;
            }
        }
        edits
    }

    /// Adds `collection` to the cell behind that of a property.
    fn append_collection(&self, problem: &Problem) -> Option<Edit> {
        let start = self.offset(problem)?;
        let (_, end) = self.line(problem.at.line as usize)?;
        let row = &self.text[start..end];
        let cell = row.find('|')? + 1;
        let cell_end = cell + row[cell..].find('|')?;
        let at = start + row[..cell_end].trim_end().len();
        Some(Edit {
            start: at,
            end: at,
            text: " collection".to_owned(),
        })
    }

    /// Returns the text of a code block or comment from an offset to its end.
    fn rest_of_block(&self, offset: usize) -> &'t str {
        let rest = &self.text[offset..];
        let ends = ["\n```", "\n~~~", "-->"];
        let end = ends.iter().filter_map(|end| rest.find(end)).min();
        &rest[..end.unwrap_or(rest.len())]
    }

    /// Replaces `"value": { … }` by what is within the braces.
    fn unwrap_value(&self, line: usize) -> Option<Edit> {
        let (start, _) = self.line(line)?;
        let block = self.rest_of_block(start);
        let body = block.match_indices('{').map(|(at, _)| at).find(|at| {
            let line = block[..*at].rsplit('\n').next().unwrap_or_default();
            line.trim().is_empty()
        })?;
        let (mut depth, mut key, mut open) = (0, None, None);
        for (at, byte) in code_bytes(&block[body..]) {
            match byte {
                b'{' | b'[' => {
                    depth += 1;
                    if depth == 2 && byte == b'{' && key.is_some() {
                        open = open.or(Some(at));
                    }
                }
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 1 && open.is_some() {
                        let (key, open) = (body + key?, body + open?);
                        let text = dedent(&block[open + 1..body + at], block, key);
                        return Some(Edit {
                            start: start + key,
                            end: start + body + at + 1,
                            text,
                        });
                    }
                }
                b'"' if depth == 1 && block[body + at..].starts_with("\"value\"") => {
                    key = key.or(Some(at));
                }
                _ => {}
            }
        }
        None
    }
}

/// Returns members of an inner object with the indentation of the key of the object.
fn dedent(inner: &str, block: &str, key: usize) -> String {
    let key_line = block[..key].rsplit('\n').next().unwrap_or_default();
    let inner = inner.trim_start_matches([' ', '\t', '\r']);
    let inner = inner.strip_prefix('\n').unwrap_or(inner).trim_end();
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let surplus = indentation(inner).saturating_sub(key_line.len());
    let lines: Vec<&str> = inner
        .split('\n')
        .map(|line| &line[surplus.min(indentation(line))..])
        .collect();
    lines.join("\n").trim_start().to_owned()
}

/// Returns the bytes of JSON text outside of strings; of a string only the first quotation mark.
fn code_bytes(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let mut in_string = false;
    let mut is_escaped = false;
    text.bytes().enumerate().filter(move |(_, byte)| {
        if !in_string {
            in_string = *byte == b'"';
            return true;
        }
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' | b'\n' => in_string = false,
            _ => {}
        }
        false
    })
}
