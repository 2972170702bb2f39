//! Pipe tables. Edge pipes may be missing, separators may be too narrow, cells may contain pipes, and a row may
//! continue on the next line.

use std::borrow::Cow;

use super::fence;
use super::lines::{Line, Lines, is_blank};
use super::scanner::Output;
use super::{MatterKind, Row, Table, Text};
use crate::report::Code;

/// Whether a line is the separator of a table: `|:---|---|`.
pub(super) fn is_separator(text: &str) -> bool {
    let bytes = text.trim_end().as_bytes();
    bytes.contains(&b'|')
        && bytes.contains(&b'-')
        && bytes
            .iter()
            .all(|byte| matches!(byte, b'|' | b':' | b'-' | b' ' | b'\t'))
}

/// Whether a table starts at a line: a header followed by a separator, or rows without them.
pub(super) fn starts(lines: &Lines<'_>, index: usize) -> bool {
    let Some(line) = lines.get(index).filter(|line| line.text.contains('|')) else {
        return false;
    };
    let next = lines.get(index + 1);
    if next.is_some_and(|next| is_separator(next.text)) {
        return !is_separator(line.text);
    }
    let is_row = |text: &str| {
        text.trim_start().starts_with('|')
            && text.trim_end().ends_with('|')
            && text.trim().len() > 2
    };
    is_row(line.text) && next.is_some_and(|next| is_row(next.text))
}

/// Parses the table that starts at a line, and returns the index of the line after it. The table ends where `ends` is true.
pub(super) fn parse_table<'a>(
    lines: &Lines<'a>,
    index: usize,
    ends: impl Fn(&str) -> bool,
    out: &mut Output<'a>,
) -> (Table<'a>, usize) {
    let head = lines.get(index).expect("the table starts on a line");
    let header = cells(lines, head);
    let at = header
        .first()
        .map_or(lines.location(head, 0), |cell| cell.at);
    let mut next = index + 1;
    if let Some(separator) = lines.get(next).filter(|line| is_separator(line.text)) {
        report_width(lines, separator, header.len(), out);
        next += 1;
    } else {
        out.report.push(
            Code::TableWithoutSeparator,
            at,
            head.text.trim().chars().count(),
            "the table has no separator below its header",
            "its first row is used as the header",
        );
    }
    let mut has_gap = false;
    let header_closes = head.text.trim_end().ends_with('|');
    let mut rows: Vec<Row<'a>> = Vec::new();
    while let Some(line) = lines.get(next) {
        if is_blank(line.text) {
            let Some(row) = row_after_blank_lines(lines, next, head, header.len()) else {
                break;
            };
            if !has_gap {
                has_gap = true;
                out.report.push(
                    Code::BlankLineInTable,
                    lines.location(line, 0),
                    0,
                    "a blank line separates rows of one table",
                    "the rows below it are read as rows of the table",
                );
            }
            next = row;
            continue;
        }
        if ends_table(line.text) || ends(line.text) {
            break;
        }
        if !line.text.contains('|') && (!header_closes || !goes_on(lines, next)) {
            break;
        }
        next += 1;
        // The next line may continue the last cell.
        let following = lines.get(next).map_or("", |line| line.text.trim_start());
        let is_last_line = following.is_empty() || following.starts_with('|');
        let head = is_last_line.then_some(head.text);
        add_row(lines, line, head, header.len(), &mut rows, out);
    }
    let table = Table {
        header,
        rows,
        at,
        has_cells: true,
    };
    (table, next)
}

/// Reports a separator with another number of columns than the header.
fn report_width<'a>(lines: &Lines<'a>, separator: Line<'a>, width: usize, out: &mut Output<'a>) {
    let trimmed = separator.text.trim();
    let inner = trimmed.strip_prefix('|').unwrap_or(trimmed);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let columns: Vec<&str> = inner.split('|').map(str::trim).collect();
    if columns.len() == width {
        return;
    }
    let indentation = separator.text.len() - separator.text.trim_start().len();
    out.report.push(
        Code::SeparatorWidth,
        lines.location(separator, indentation),
        trimmed.chars().count(),
        format!(
            "the separator has {} columns, but the header has {width}",
            columns.len()
        ),
        "the columns of the header are used",
    );
    let columns = columns.into_iter().filter(|column| !column.is_empty());
    let columns = columns.chain(std::iter::repeat(":---")).take(width);
    let mut corrected = "|".to_owned();
    for column in columns {
        corrected.push_str(column);
        corrected.push('|');
    }
    out.report.suggest(trimmed, corrected);
}

/// Returns the index of the first line after blank lines, if it is a row with as many cells as the header, all edge pipes
/// included, and neither repeats the header nor starts a table of its own.
fn row_after_blank_lines(
    lines: &Lines<'_>,
    blank: usize,
    head: Line<'_>,
    width: usize,
) -> Option<usize> {
    let index = (blank..lines.len())
        .find(|index| lines.get(*index).is_some_and(|line| !is_blank(line.text)))?;
    let row = lines.get(index)?;
    let is_closed = |text: &str| {
        let text = text.trim();
        text.len() > 1 && text.starts_with('|') && text.ends_with('|')
    };
    let has_separator = lines
        .get(index + 1)
        .is_some_and(|next| is_separator(next.text));
    let is_row = is_closed(head.text)
        && is_closed(row.text)
        && !is_separator(row.text)
        && !has_separator
        && row.text.trim() != head.text.trim()
        && cells(lines, row).len() == width;
    is_row.then_some(index)
}

fn ends_table(text: &str) -> bool {
    let trimmed = text.trim_start();
    trimmed.starts_with("<!--")
        || trimmed.starts_with('>')
        || trimmed.starts_with("[!INCLUDE")
        || fence::opening(text).is_some()
        || (trimmed.starts_with('#') && trimmed.trim_start_matches('#').starts_with(' '))
}

/// Whether a line without pipes belongs to a cell that a later line closes.
fn goes_on(lines: &Lines<'_>, index: usize) -> bool {
    for index in index + 1..index + 9 {
        let Some(line) = lines
            .get(index)
            .filter(|line| !is_blank(line.text) && !ends_table(line.text))
        else {
            return false;
        };
        if line.text.trim_end().ends_with('|') {
            return !line.text.trim_start().starts_with('|');
        }
    }
    false
}

fn add_row<'a>(
    lines: &Lines<'a>,
    line: Line<'a>,
    head: Option<&str>,
    width: usize,
    rows: &mut Vec<Row<'a>>,
    out: &mut Output<'a>,
) {
    let mut row = cells(lines, line);
    let Some(first) = row.first() else { return };
    let at = first.at;
    if !line.text.trim_start().starts_with('|') && row.len() < width {
        let previous = rows
            .last_mut()
            .and_then(|row| row.cells.iter_mut().rfind(|cell| !cell.raw.is_empty()));
        if let Some(cell) = previous {
            return continue_cell(cell, &row, out);
        }
    }
    if let Some(head) = head {
        report_edges(lines, line, head, &row, width, out);
    }
    join_surplus(lines, line, width, &mut row, out);
    while row.len() < width {
        row.push(Text::borrowed("", lines.location(line, line.text.len())));
    }
    let is_group = width > 1 && row[1..].iter().all(|cell| cell.raw.is_empty());
    let matter = out.matter(MatterKind::Row, at);
    rows.push(Row {
        cells: row,
        at,
        is_group,
        matter,
    });
}

/// Reports a row that starts or ends in another way than the header: without a pipe, or with pipes around empty cells.
fn report_edges<'a>(
    lines: &Lines<'a>,
    line: Line<'a>,
    head: &str,
    row: &[Text<'a>],
    width: usize,
    out: &mut Output<'a>,
) {
    let (head, written) = (head.trim(), line.text.trim());
    let is_closed = |text: &str| text.ends_with('|') && !text.ends_with("\\|");
    let mut corrected = written.to_owned();
    if head.starts_with('|') && !written.starts_with('|') {
        corrected.insert(0, '|');
    }
    let surplus = row.iter().skip(width);
    if row.len() > width && surplus.clone().all(|cell| cell.raw.is_empty()) {
        for _ in surplus {
            let rest = corrected.strip_suffix('|').unwrap_or(&corrected).trim_end();
            corrected.truncate(rest.len());
        }
    } else if row.len() == width && is_closed(head) && !is_closed(written) {
        corrected.push('|');
    }
    if corrected != written {
        let indentation = line.text.len() - line.text.trim_start().len();
        out.report.push(
            Code::UnevenPipes,
            lines.location(line, indentation),
            written.chars().count(),
            "a pipe at the edge of the row is missing or surplus",
            "the row is read like the others",
        );
        out.report.suggest(written, corrected);
    }
}

/// Appends the cells of a continuation line to the cell that it continues.
fn continue_cell<'a>(cell: &mut Text<'a>, more: &[Text<'a>], out: &mut Output<'a>) {
    let raw = cell.raw.to_mut();
    for text in more {
        raw.push('\n');
        raw.push_str(&text.raw);
    }
    out.report.push(
        Code::BrokenRow,
        more[0].at,
        more[0].raw.chars().count(),
        "the line continues the row above",
        "the line is appended to the last cell of that row",
    );
}

/// Joins the cells that pipes inside the text of the last cell have split.
fn join_surplus<'a>(
    lines: &Lines<'a>,
    line: Line<'a>,
    width: usize,
    row: &mut Vec<Text<'a>>,
    out: &mut Output<'a>,
) {
    while row.len() > width && row.last().is_some_and(|cell| cell.raw.is_empty()) {
        row.pop();
    }
    if row.len() <= width || width == 0 {
        return;
    }
    let last = row[width - 1].clone();
    let whole = line.text.trim_end();
    let whole = whole.strip_suffix('|').unwrap_or(whole);
    let offset = match &last.raw {
        Cow::Borrowed(text) => (text.as_ptr() as usize).saturating_sub(line.text.as_ptr() as usize),
        Cow::Owned(_) => 0,
    };
    let joined = whole.get(offset..).unwrap_or("").trim_end();
    out.report.push(
        Code::SurplusCells,
        last.at,
        joined.chars().count(),
        format!(
            "the row has {} cells, but the header has {width}",
            row.len()
        ),
        "the extra cells are joined to the last cell",
    );
    row.truncate(width);
    row[width - 1] = Text::borrowed(joined, lines.location(line, offset));
}

/// Splits a line into cells at unescaped pipes, without the edge pipes.
fn cells<'a>(lines: &Lines<'a>, line: Line<'a>) -> Vec<Text<'a>> {
    let text = line.text;
    let mut start = text.len() - text.trim_start().len();
    start += usize::from(text[start..].starts_with('|'));
    let end = text.trim_end().len().max(start);
    let mut cells = Vec::with_capacity(4);
    // Columns are counted from cell to cell, so that the line is scanned once.
    let mut counted = (0, lines.location(line, 0));
    let mut from = start;
    let bytes = text.as_bytes();
    for offset in start..end {
        if bytes[offset] == b'|' && (offset == 0 || bytes[offset - 1] != b'\\') {
            cells.push(cell(text, from, offset, &mut counted));
            from = offset + 1;
        }
    }
    if from < end {
        cells.push(cell(text, from, end, &mut counted));
    }
    cells
}

fn cell<'a>(
    text: &'a str,
    from: usize,
    to: usize,
    counted: &mut (usize, crate::source::Location),
) -> Text<'a> {
    let raw = text[from..to].trim_start();
    let start = to - raw.len();
    let (offset, at) = counted;
    at.column += text[*offset..start].chars().count() as u32;
    *offset = start;
    Text::borrowed(raw.trim_end(), *at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn check(text: &str, expected: &[&[&str]]) {
        let lines = Lines::new(FileId(0), text);
        assert!(starts(&lines, 0), "{text}");
        let (table, _) = parse_table(&lines, 0, |_| false, &mut Output::new());
        let rows: Vec<Vec<_>> = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.raw.as_ref()).collect())
            .collect();
        assert_eq!(rows, expected, "{text}");
    }

    #[test]
    fn missing_edges() {
        check("a | b\n---|---\n1 | 2 |\n3|4", &[&["1", "2"], &["3", "4"]]);
        check("|a|b\n|:--|:--\n|1|", &[&["1", ""]]);
        check("|a|b|c|\n|--|--|--|\nd | e | f |", &[&["d", "e", "f"]]);
    }

    #[test]
    fn pipes_inside_cells() {
        check("|a|b|\n|-|-|\n|1|(x | y | z)|", &[&["1", "(x | y | z)"]]);
        check("|a|b|\n|-|-|\n|1|x \\| y|", &[&["1", "x \\| y"]]);
        check("|a|b|\n|-|-|\n|1|x| |", &[&["1", "x"]]);
    }

    #[test]
    fn rows_over_several_lines() {
        check(
            "|a|b|\n|-|-|\n|1|x\ny|\n|2|z|",
            &[&["1", "x\ny"], &["2", "z"]],
        );
        check("|a|b|\n|-|-|\n|1|x|\nprose below", &[&["1", "x"]]);
    }

    #[test]
    fn what_ends_a_table() {
        check("|a|\n|-|\n|1|\n ## b | c", &[&["1"]]);
        check("|a|\n|-|\n|1|\n<!-- | -->", &[&["1"]]);
        check("|a|b|c|\n|-|-|\n|1|2|3|\n |", &[&["1", "2", "3"]]);
    }

    #[test]
    fn blank_lines_between_rows_of_one_shape() {
        let check_codes = |text: &str, expected: &[Code]| {
            let lines = Lines::new(FileId(0), text);
            let mut out = Output::new();
            parse_table(&lines, 0, |_| false, &mut out);
            let problems = out.report.problems().iter();
            let codes: Vec<Code> = problems.map(|problem| problem.code).collect();
            assert_eq!(codes, expected, "{text}");
        };
        let text = "|a|b|\n|-|-|\n|1|2|\n\n|3|4|\n \n\n|5|6|\n|7|8|\n";
        check(text, &[&["1", "2"], &["3", "4"], &["5", "6"], &["7", "8"]]);
        check_codes(text, &[Code::BlankLineInTable]);
        for other in [
            "|3|4|5|",
            "|3|",
            "3|4",
            "|3|4|\n|-|-|\n|5|6|",
            "|a|b|\n|5|6|",
            "prose",
        ] {
            let text = format!("|a|b|\n|-|-|\n|1|2|\n\n{other}\n");
            check(&text, &[&["1", "2"]]);
            check_codes(&text, &[]);
        }
    }

    #[test]
    fn columns_count_characters() {
        let lines = Lines::new(FileId(0), "|ä|b|\n|-|-|\n|öö| ü |");
        let (table, _) = parse_table(&lines, 0, |_| false, &mut Output::new());
        let columns: Vec<_> = table.rows[0]
            .cells
            .iter()
            .map(|cell| cell.at.column)
            .collect();
        assert_eq!(columns, [2, 6]);
    }
}
