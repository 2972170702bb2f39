//! Detects documentation that is mostly unreadable: in an unsupported language or with an unknown layout.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Status};
use crate::facts::{LedgerKind, NoMeaning, PageFacts, PageKind, supported_locales};
use crate::report::{Code, Report};
use crate::source::{FileId, Location};

/// Fewer rows or pages than these tell nothing about the whole documentation.
const MIN_ROWS: usize = 20;
const MIN_PAGES: usize = 10;

/// Reports an error if fewer than half of the rows, or of the pages, can be read.
pub(super) fn check(pages: &[PageFacts], entries: &[Entry], report: &mut Report) {
    let rows: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.kind == LedgerKind::Row)
        .collect();
    let unread_rows: Vec<&&Entry> = rows.iter().filter(|row| is_unread(row.status)).collect();
    let unread_pages: Vec<FileId> = pages
        .iter()
        .filter(|page| is_without_facts(page))
        .map(|page| page.file)
        .collect();
    let (count, total, noun, affected): (_, _, _, BTreeSet<FileId>) =
        if rows.len() >= MIN_ROWS && unread_rows.len() * 2 > rows.len() {
            let affected = unread_rows.iter().map(|row| row.page).collect();
            (unread_rows.len(), rows.len(), "table rows", affected)
        } else if pages.len() >= MIN_PAGES && unread_pages.len() * 2 > pages.len() {
            let affected = unread_pages.iter().copied().collect();
            (unread_pages.len(), pages.len(), "pages", affected)
        } else {
            return;
        };
    let Some(first) = affected.first() else {
        return;
    };
    let affected_pages = pages.iter().filter(|page| affected.contains(&page.file));
    let reason = reason(affected_pages);
    let at = Location {
        file: *first,
        line: 1,
        column: 1,
    };
    let message =
        format!("{count} of {total} {noun} of the documentation cannot be read: {reason}");
    let action = "the generated library would lack most of the API";
    report.push(Code::UnreadableDocumentation, at, 0, message, action);
}

/// Whether a row is ignored because the table, the row or the page is not understood.
fn is_unread(status: Status) -> bool {
    match status {
        Status::InModel => false,
        Status::Problem(code) => matches!(
            code,
            Code::UnreadTable | Code::UnreadName | Code::UnreadPermissionRow | Code::NoRequestLine
        ),
        Status::NoMeaning(class) => {
            matches!(class, NoMeaning::ConceptualPage | NoMeaning::Explanation)
        }
        Status::Unaccounted => true,
    }
}

/// Whether a page yields nothing, although pages of its folder describe types or operations.
fn is_without_facts(page: &PageFacts) -> bool {
    match page.kind {
        PageKind::Conceptual => true,
        PageKind::Operation => page
            .operation
            .as_ref()
            .is_none_or(|operation| operation.request_lines.is_empty()),
        PageKind::Resource => page.resources.is_empty(),
        PageKind::Enum => page.enums.is_empty(),
    }
}

/// Returns why pages cannot be read: the most frequent locale without a word table, the script of the titles, or else the
/// layout.
fn reason<'a>(pages: impl Iterator<Item = &'a PageFacts>) -> String {
    let mut locales: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut count, mut foreign_titles) = (0_usize, 0_usize);
    for page in pages {
        count += 1;
        if let Some(locale) = &page.locale {
            *locales.entry(locale).or_default() += 1;
        }
        let title = page.title.as_ref().map_or("", |title| &title.value);
        foreign_titles += usize::from(!title.is_ascii());
    }
    let supported = supported_locales();
    let unsupported = locales
        .into_iter()
        .filter(|(locale, _)| !supported.contains(locale));
    let readable = supported.join(", ");
    match unsupported.max_by_key(|(_, pages)| *pages) {
        Some((locale, _)) => {
            format!("unsupported language `{locale}`; supported are en-us, {readable}")
        }
        None if foreign_titles * 2 > count => {
            format!("the titles are in an unknown language; supported are en-us, {readable}")
        }
        None => "unknown layout; neither the headings nor the table headers are those of the Graph documentation".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Code;
    use crate::source::{Source, Sources};
    use crate::{Progress, analyze};

    struct Silent;

    impl Progress for Silent {
        fn page_read(&self) {}
    }

    /// Checks the message of the error about documentation of many pages; empty if there is none.
    #[track_caller]
    fn check(page: &str, expected: &str) {
        let pages = (0..12).map(|number| Source {
            path: format!("v1.0/resources/lamp{number}.md"),
            text: page
                .replace('#', "##")
                .replacen("##", "#", 1)
                .replace("NUMBER", &number.to_string()),
        });
        let sources = Sources::new(pages.collect());
        let report = analyze(&sources, &Default::default(), &Silent).report;
        let problems = report.problems().iter();
        let found = problems
            .filter(|problem| problem.code == Code::UnreadableDocumentation)
            .map(|problem| problem.message.as_str())
            .collect::<String>();
        assert_eq!(found, expected);
    }

    #[test]
    fn english_pages_are_readable() {
        check(
            "# lampNUMBER resource type\n\n# Properties\n|Property|Type|Description|\n|:--|:--|:--|\n|id|String|Key.|\n|a|String|A.|\n",
            "",
        );
    }

    #[test]
    fn chinese_pages_are_readable() {
        check(
            "# lampNUMBER 资源类型\n\n# 属性\n|属性|类型|说明|\n|:--|:--|:--|\n|id|String|键。|\n|a|String|一。|\n",
            "",
        );
    }

    #[test]
    fn names_an_unsupported_language() {
        let rows = "# Ressourcentyp lampNUMBER\n\n# Eigenschaften\n|Eigenschaft|Typ|Beschreibung|\n|:--|:--|:--|\n|id|Zeichenfolge|A.|\n|a|Zeichenfolge|A.|\n";
        check(
            &format!("---\nms.contentlocale: de-DE\n---\n{rows}"),
            "24 of 24 table rows of the documentation cannot be read: unsupported language `de-de`; supported are en-us, zh-cn",
        );
        check(
            rows,
            "24 of 24 table rows of the documentation cannot be read: unknown layout; neither the headings nor the table headers are those of the Graph documentation",
        );
        check(
            "# ランプ NUMBER\n\n# プロパティ\n|プロパティ|種類|説明|\n|:--|:--|:--|\n|id|String|A.|\n|a|String|A.|\n",
            "24 of 24 table rows of the documentation cannot be read: the titles are in an unknown language; supported are en-us, zh-cn",
        );
    }

    #[test]
    fn names_an_unknown_layout() {
        check(
            "# Lamp NUMBER\n\nA lamp has a name.\n",
            "12 of 12 pages of the documentation cannot be read: unknown layout; neither the headings nor the table headers are those of the Graph documentation",
        );
    }
}
