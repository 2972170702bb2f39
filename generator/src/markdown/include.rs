//! `[!INCLUDE [label](path)]`: a line that is replaced by the blocks of another file.

use super::front_matter;
use super::lines::{Line, Lines};
use super::scanner::Scanner;
use super::{Block, Include};
use crate::report::Code;
use crate::source::{FileId, Sources};

/// The maximum nesting depth of includes.
const DEEPEST: usize = 16;

/// Parses an include line.
pub(super) fn parse<'a>(lines: &Lines<'a>, line: Line<'a>) -> Option<Include<'a>> {
    let text = line.text.trim_start();
    let rest = text.strip_prefix("[!INCLUDE")?.trim_start();
    let (label, rest) = rest.strip_prefix('[')?.split_once("](")?;
    let (path, _) = rest.split_once(')')?;
    Some(Include {
        label,
        path: path.trim(),
        at: lines.location(line, line.text.len() - text.len()),
    })
}

/// Appends the blocks of the included file to the output, or the include itself if the file is not found.
pub(super) fn insert_included_blocks<'a>(scanner: &mut Scanner<'a, '_>, include: Include<'a>) {
    scanner.next += 1;
    if is_about_snippets(include.path) {
        return;
    }
    scanner.flush_annotation();
    let includer = scanner.lines.file;
    let Some(file) = resolve(scanner.sources, includer, include.path) else {
        missing(scanner, include);
        return;
    };
    let text = &scanner.sources.get(file).text;
    let is_too_deep = scanner.includers.len() > DEEPEST || scanner.includers.contains(&file);
    if is_too_deep || text.len() > scanner.out.include_budget {
        scanner.out.report.push(
            Code::EndlessInclude,
            include.at,
            0,
            format!(
                "the include of {} is recursive, or the included files are too large",
                include.path
            ),
            "the include is ignored",
        );
        return;
    }
    scanner.out.include_budget -= text.len();
    let lines = Lines::new(file, text);
    let (_, next) = front_matter::parse_front_matter(&lines);
    let includers = scanner.includers.clone();
    Scanner::new(scanner.sources, lines, next, &includers, scanner.out).run();
}

/// Whether an include contains code in another language. Such files are skipped, whether they exist or not.
fn is_about_snippets(path: &str) -> bool {
    path.contains("/snippets/") || path.contains("snippets_sdk") || path.contains("snippets-sdk")
}

fn missing<'a>(scanner: &mut Scanner<'a, '_>, include: Include<'a>) {
    let code = if include.path.contains("permissions/") {
        Code::MissingPermissionsInclude
    } else {
        Code::MissingInclude
    };
    scanner.out.report.push(
        code,
        include.at,
        0,
        format!("the file {} does not exist", include.path),
        "the include is ignored",
    );
    scanner.out.push(Block::Include(include));
}

/// Finds a file by its path, relative to the including file.
fn resolve(sources: &Sources, includer: FileId, path: &str) -> Option<FileId> {
    let folder = sources
        .get(includer)
        .path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in path.split(['/', '\\']) {
        match step {
            "" | "." => {}
            // A path above the documentation folder is resolved from that folder.
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    let direct = steps.join("/");
    sources.find(&direct).or_else(|| {
        let tail = steps.iter().rposition(|step| *step == "includes")?;
        let shared = steps[tail..].join("/");
        sources
            .find(&format!("api-reference/{shared}"))
            .or_else(|| sources.find(&shared))
    })
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Block, parse};
    use crate::report::Code;
    use crate::source::{Source, Sources};

    fn sources(files: &[(&str, &str)]) -> Sources {
        let source = |(path, text): &(&str, &str)| Source {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Sources::new(files.iter().map(source).collect())
    }

    fn check(files: &[(&str, &str)], expected: &[&str], codes: &[Code]) {
        let sources = sources(files);
        let file = sources.find("v1.0/api/a.md").unwrap();
        let (page, report) = parse(&sources, file);
        let texts: Vec<_> = page
            .sections
            .iter()
            .flat_map(|section| &section.blocks)
            .map(|block| match block {
                Block::Paragraph(text) => format!("{} {}", text.at.display(&sources), text.raw),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(texts, expected);
        let found: Vec<_> = report
            .problems()
            .iter()
            .map(|problem| problem.code)
            .collect();
        assert_eq!(found, codes);
    }

    #[test]
    fn blocks_of_an_include_keep_their_own_file() {
        check(
            &[
                (
                    "v1.0/api/a.md",
                    "# A\n[!INCLUDE [x](../includes/x.md)]\nafter",
                ),
                ("v1.0/includes/x.md", "---\ntitle: x\n---\n\nwords"),
            ],
            &["v1.0/includes/x.md:5:1 words", "v1.0/api/a.md:3:1 after"],
            &[],
        );
        check(
            &[
                ("includes/x.md", "words"),
                ("v1.0/api/a.md", "# A\n[!INCLUDE [x](../../includes/x.md)]"),
            ],
            &["includes/x.md:1:1 words"],
            &[],
        );
    }

    #[test]
    fn cycles_end() {
        check(
            &[("v1.0/api/a.md", "# A\none\n\n[!INCLUDE [x](a.md)]")],
            &["v1.0/api/a.md:2:1 one"],
            &[Code::EndlessInclude],
        );
    }

    #[test]
    fn snippets_are_not_missed() {
        check(
            &[(
                "v1.0/api/a.md",
                "# A\n[!INCLUDE [x](../includes/snippets/go/x.md)]",
            )],
            &[],
            &[],
        );
    }
}
