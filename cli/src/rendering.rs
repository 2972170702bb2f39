//! Renders problems like compiler diagnostics, with the annotated source line.

use annotate_snippets::{AnnotationKind, Level as Severity, Renderer, Snippet};
use generator::report::{Level, Problem};
use serde_json::{Value, json};

use graphwright_pages::Docs;

use crate::terminal::{printable, printable_line};

/// Renders a problem with its source line, with styles. All text of the page is free of control characters.
pub(crate) fn to_text(problem: &Problem, docs: &Docs) -> String {
    let path = docs.path(problem.at.file);
    to_text_in(problem, problem.code.level(), &path, line_of(problem, docs))
}

/// Renders a problem with a line of a file, with styles.
pub(crate) fn to_text_in(problem: &Problem, level: Level, path: &str, line: &str) -> String {
    let line = printable(line);
    let (start, end) = span(&line, problem);
    let path = printable_line(path);
    let (message, action) = (
        printable_line(&problem.message),
        printable_line(&problem.action),
    );
    let snippet = Snippet::source(&*line)
        .line_start(problem.at.line as usize)
        .path(path.as_str())
        .annotation(
            AnnotationKind::Primary
                .span(start..end)
                .label(action.as_str()),
        );
    let title = severity(level)
        .primary_title(message.as_str())
        .id(problem.code.id());
    Renderer::styled().render(&[title.element(snippet)])
}

/// Returns a problem as a JSON object. `line` and `column` count from 1; `column` and `width` are in characters.
pub(crate) fn to_json(problem: &Problem, docs: &Docs) -> Value {
    json!({
        "code": problem.code.id(),
        "level": problem.code.level().name(),
        "file": docs.path(problem.at.file),
        "line": problem.at.line,
        "column": problem.at.column,
        "width": problem.width,
        "message": problem.message,
        "action": problem.action,
        "source": line_of(problem, docs),
    })
}

fn severity(level: Level) -> Severity<'static> {
    match level {
        Level::Note => Severity::NOTE,
        Level::Warning => Severity::WARNING,
        Level::Error => Severity::ERROR,
    }
}

/// Returns the line of a problem.
pub(crate) fn line_of<'a>(problem: &Problem, docs: &'a Docs) -> &'a str {
    let text = &docs.sources.get(problem.at.file).text;
    text.lines()
        .nth((problem.at.line as usize).saturating_sub(1))
        .unwrap_or_default()
}

/// Returns the byte range of the line that a problem refers to; if the problem has no width, the range ends at the line's end.
fn span(line: &str, problem: &Problem) -> (usize, usize) {
    let byte = |column: usize| {
        line.char_indices()
            .nth(column)
            .map_or(line.len(), |(byte, _)| byte)
    };
    let column = (problem.at.column as usize).saturating_sub(1);
    let start = byte(column);
    let end = if problem.width == 0 {
        line.trim_end().len()
    } else {
        byte(column + problem.width as usize)
    };
    (start, end.max(start))
}
