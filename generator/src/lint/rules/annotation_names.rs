//! The names of request annotations, from which the names of code snippets are made.

use std::collections::BTreeMap;

use super::Page;
use crate::model::ApiVersion;
use crate::report::{Code, Report};
use crate::source::{Location, Sources};

/// The name of an annotated request.
pub(super) struct AnnotationName {
    version: Option<ApiVersion>,
    name: String,
    at: Location,
}

/// The number of lines that an annotation can have.
const MAX_LINES: usize = 40;

/// Returns the names of the request annotations of a page.
pub(super) fn collect(page: &Page<'_>) -> Vec<AnnotationName> {
    let mut names = Vec::new();
    let mut index = 0;
    while let Some(line) = page.lines.get(index) {
        let is_start = !line.is_code && line.text.trim_start().starts_with("<!--");
        if !is_start {
            index += 1;
            continue;
        }
        let ahead = page.lines[index..].iter().take(MAX_LINES);
        let length = ahead.clone().position(|line| line.text.contains("-->"));
        let Some(length) = length else {
            index += 1;
            continue;
        };
        let of_comment = || page.lines[index..=index + length].iter().enumerate();
        let is_request =
            of_comment().any(|(_, line)| value_of(line.text, "blockType") == Some("request"));
        if is_request {
            let named = of_comment()
                .find_map(|(offset, line)| Some((offset, value_of(line.text, "name")?)));
            names.extend(named.map(|(offset, name)| AnnotationName {
                version: page.facts.version,
                name: name.to_owned(),
                at: page.location(
                    index + offset,
                    page.lines[index + offset].text.find(name).unwrap_or(0),
                ),
            }));
        }
        index += length + 1;
    }
    names
}

/// Returns the string value of a key in a line of JSON.
fn value_of<'t>(line: &'t str, key: &str) -> Option<&'t str> {
    super::json_members::members(line)
        .into_iter()
        .find(|member| member.key == key)
        .and_then(|member| member.value)
}

/// Reports names that several annotations of a version have.
pub(super) fn check(names: Vec<AnnotationName>, sources: &Sources, report: &mut Report) {
    let mut by_name: BTreeMap<(Option<ApiVersion>, String), Vec<Location>> = BTreeMap::new();
    for name in names {
        let key = (name.version, name.name.to_ascii_lowercase());
        by_name.entry(key).or_default().push(name.at);
    }
    for ((_, name), places) in by_name {
        for (index, at) in places.iter().enumerate().filter(|_| places.len() > 1) {
            let other = places[if index == 0 { 1 } else { 0 }];
            let message = format!(
                "the example at {} has the name `{name}`, too",
                other.display(sources)
            );
            let action = "the code snippets of one example replace those of the other";
            report.push(
                Code::DuplicateExampleName,
                *at,
                name.chars().count(),
                message,
                action,
            );
        }
    }
}
