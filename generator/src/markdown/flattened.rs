//! Tables without pipes: the cells of a row are separated by single spaces, like the words inside the cells.
//! Only tables with a known header can be parsed, and only if every cell but the last has a recognisable form.

use super::lines::{Line, Lines, is_blank};
use super::scanner::Output;
use super::{MatterKind, Row, Table, Text};

/// How a row is split into cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A word, a type, and the remaining text.
    NameTypeRest,
    /// A word and the remaining text.
    WordRest,
    /// A word, a number, and the remaining text.
    WordNumberRest,
    /// A kind of account and the remaining text.
    AccountRest,
    /// A kind of account, the least privileged permissions, and the remaining text.
    AccountLeastHigher,
    /// The row cannot be split.
    Whole,
}

/// The known table headers, each as one line of text.
const HEADERS: &[(&str, &[&str], Shape)] = &[
    (
        "Property Type Description",
        &["Property", "Type", "Description"],
        Shape::NameTypeRest,
    ),
    (
        "Property name Type Description",
        &["Property name", "Type", "Description"],
        Shape::NameTypeRest,
    ),
    (
        "Relationship Type Description",
        &["Relationship", "Type", "Description"],
        Shape::NameTypeRest,
    ),
    (
        "Relationship name Type Description",
        &["Relationship name", "Type", "Description"],
        Shape::NameTypeRest,
    ),
    (
        "Parameter Type Description",
        &["Parameter", "Type", "Description"],
        Shape::NameTypeRest,
    ),
    (
        "Query parameter Type Description",
        &["Query parameter", "Type", "Description"],
        Shape::NameTypeRest,
    ),
    (
        "Name Type Description",
        &["Name", "Type", "Description"],
        Shape::NameTypeRest,
    ),
    ("Header Value", &["Header", "Value"], Shape::WordRest),
    (
        "Name Description",
        &["Name", "Description"],
        Shape::WordRest,
    ),
    ("Name Value", &["Name", "Value"], Shape::WordRest),
    (
        "Member Value Description",
        &["Member", "Value", "Description"],
        Shape::WordNumberRest,
    ),
    ("Member Value", &["Member", "Value"], Shape::WordNumberRest),
    (
        "Member Description",
        &["Member", "Description"],
        Shape::WordRest,
    ),
    (
        "Permission type Permissions (from least to most privileged)",
        &[
            "Permission type",
            "Permissions (from least to most privileged)",
        ],
        Shape::AccountRest,
    ),
    (
        "Permission type Permissions (from most to least privileged)",
        &[
            "Permission type",
            "Permissions (from most to least privileged)",
        ],
        Shape::AccountRest,
    ),
    (
        "Permission type Permissions",
        &["Permission type", "Permissions"],
        Shape::AccountRest,
    ),
    (
        "Permission type Least privileged permissions Higher privileged permissions",
        &[
            "Permission type",
            "Least privileged permissions",
            "Higher privileged permissions",
        ],
        Shape::AccountLeastHigher,
    ),
    (
        "Method Return Type Description",
        &["Method", "Return Type", "Description"],
        Shape::Whole,
    ),
    (
        "Method Return type Description",
        &["Method", "Return type", "Description"],
        Shape::Whole,
    ),
    (
        "Global service US Government L4 US Government L5 (DOD) China operated by 21Vianet",
        &[
            "Global service",
            "US Government L4",
            "US Government L5 (DOD)",
            "China operated by 21Vianet",
        ],
        Shape::Whole,
    ),
];

/// Whether a line is the header of a table.
pub(super) fn is_header(text: &str) -> bool {
    shape(text).is_some()
}

fn shape(text: &str) -> Option<(&'static [&'static str], Shape)> {
    let text = text.trim();
    let known = |(line, columns, shape): &(&str, &'static [&'static str], Shape)| {
        text.eq_ignore_ascii_case(line)
            .then_some((*columns, *shape))
    };
    HEADERS.iter().find_map(known)
}

/// Parses the table whose header is at a line, and returns the index of the line after the table.
pub(super) fn parse_flattened_table<'a>(
    lines: &Lines<'a>,
    index: usize,
    ends: impl Fn(&str) -> bool,
    out: &mut Output<'a>,
) -> Option<(Table<'a>, usize)> {
    let head = lines.get(index)?;
    let (columns, shape) = shape(head.text)?;
    let at = lines.location(head, 0);
    let mut rows = Vec::new();
    let mut next = index + 1;
    while let Some(line) = lines
        .get(next)
        .filter(|line| !is_blank(line.text) && !ends(line.text))
    {
        next += 1;
        let row_at = lines.location(line, 0);
        let matter = out.matter(MatterKind::Row, row_at);
        let mut cells = split(lines, line, shape);
        while cells.len() < columns.len() && shape != Shape::Whole {
            cells.push(Text::borrowed("", lines.location(line, line.text.len())));
        }
        rows.push(Row {
            cells,
            at: row_at,
            is_group: false,
            matter,
        });
    }
    let table = Table {
        header: columns
            .iter()
            .map(|column| Text::borrowed(column, at))
            .collect(),
        rows,
        at,
        has_cells: shape != Shape::Whole,
    };
    Some((table, next))
}

fn split<'a>(lines: &Lines<'a>, line: Line<'a>, shape: Shape) -> Vec<Text<'a>> {
    let text = line.text.trim();
    let indentation = line.text.len() - line.text.trim_start().len();
    let mut cells = Vec::with_capacity(3);
    let mut from = 0;
    for end in ends(text, shape) {
        if from > text.len() || end < from {
            break;
        }
        let at = lines.location(line, indentation + from);
        cells.push(Text::borrowed(text[from..end].trim(), at));
        from = end + 1;
    }
    cells
}

/// The byte offsets at which the cells of a row end.
fn ends(text: &str, shape: Shape) -> Vec<usize> {
    let word_end = |from: usize| {
        text[from..]
            .find(' ')
            .map_or(text.len(), |length| from + length)
    };
    let behind = |end: usize| (end + 1).min(text.len());
    match shape {
        Shape::Whole => vec![text.len()],
        Shape::WordRest => vec![word_end(0), text.len()],
        Shape::WordNumberRest => {
            let first = word_end(0);
            vec![first, word_end(behind(first)), text.len()]
        }
        Shape::NameTypeRest => {
            let mut name = word_end(0);
            if text[name..].starts_with(" (deprecated) ") {
                name += " (deprecated)".len();
            }
            let mut type_end = word_end(behind(name));
            let rest = &text[type_end..];
            let collection = rest
                .strip_prefix(" collection")
                .or(rest.strip_prefix(" Collection"));
            if collection.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) {
                type_end += " collection".len();
            }
            vec![name, type_end, text.len()]
        }
        Shape::AccountRest => vec![account_end(text), text.len()],
        Shape::AccountLeastHigher => {
            let account = account_end(text);
            vec![account, least_end(text, behind(account)), text.len()]
        }
    }
}

fn account_end(text: &str) -> usize {
    const ACCOUNTS: [&str; 4] = [
        "Delegated (work or school account)",
        "Delegated (personal Microsoft account)",
        "Delegated (work or school)",
        "Application",
    ];
    let account = ACCOUNTS.iter().find(|account| text.starts_with(**account));
    account.map_or_else(
        || text.find(' ').unwrap_or(text.len()),
        |account| account.len(),
    )
}

/// The least privileged permissions end at the first word without a comma, unless `and` follows it.
fn least_end(text: &str, from: usize) -> usize {
    for words in ["Not supported.", "Not available."] {
        if text[from..].starts_with(words) {
            return from + words.len();
        }
    }
    let mut end = from;
    for word in text[from..].split(' ') {
        end += word.len();
        let goes_on = word.ends_with(',') || word == "and" || text[end..].starts_with(" and ");
        if !goes_on {
            break;
        }
        end += 1;
    }
    end.min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn check(text: &str, expected: &[&[&str]]) {
        let lines = Lines::new(FileId(0), text);
        let (table, _) = parse_flattened_table(&lines, 0, |_| false, &mut Output::new()).unwrap();
        let rows: Vec<Vec<_>> = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.raw.as_ref()).collect())
            .collect();
        assert_eq!(rows, expected, "{text}");
    }

    #[test]
    fn names_types_and_the_rest() {
        check(
            "Property Type Description\nid String\nparts part collection All parts.\nold (deprecated) Int32 Unused.",
            &[
                &["id", "String", ""],
                &["parts", "part collection", "All parts."],
                &["old (deprecated)", "Int32", "Unused."],
            ],
        );
    }

    #[test]
    fn permissions() {
        check(
            "Permission type Permissions (from least to most privileged)\n\
             Delegated (work or school account) A.Read, B.Read\nApplication Not supported.",
            &[
                &["Delegated (work or school account)", "A.Read, B.Read"],
                &["Application", "Not supported."],
            ],
        );
        check(
            "Permission type Least privileged permissions Higher privileged permissions\n\
             Application A.Read and B.Read C.Read, D.Read\nDelegated (personal Microsoft account) Not supported. Not supported.",
            &[
                &["Application", "A.Read and B.Read", "C.Read, D.Read"],
                &[
                    "Delegated (personal Microsoft account)",
                    "Not supported.",
                    "Not supported.",
                ],
            ],
        );
    }

    #[test]
    fn members_and_methods() {
        check(
            "Member Value Description\nred 0 Like a rose.\nblue 1",
            &[&["red", "0", "Like a rose."], &["blue", "1", ""]],
        );
        check(
            "Method Return Type Description\nGet it thing Reads a thing.",
            &[&["Get it thing Reads a thing."]],
        );
    }
}
