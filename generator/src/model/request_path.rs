//! The path of a request, matched against the path of an operation: `/users('7')/events` against `/users/{id}/events`.

use std::collections::BTreeMap;

use super::{FunctionParameter, Path, Segment};
use crate::path::{
    decode_percent, split_arguments, split_call, split_parenthesized_keys, split_url_path,
    strip_namespace,
};

/// The path of a request that matches the path of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestPath {
    /// The value of each key, item path and function argument, in the order of the path.
    pub arguments: Vec<PathArgument>,
    /// The path, with keys that stood in parentheses as segments of their own.
    pub path: String,
}

/// The value of a key or argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathArgument {
    /// The value: decoded, and without the quotes of a literal.
    pub text: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
}

/// How closely a request follows the path of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathMatch {
    /// The number of segments that are names, not keys.
    pub names: usize,
    /// Whether each function is called with the parameters that it has.
    pub same_parameters: bool,
}

impl Path {
    /// Matches the segments of a request against this path. Names are compared without case and namespace.
    pub fn match_segments(&self, written: &[impl AsRef<str>]) -> Option<PathMatch> {
        let count = self.segments.len();
        let ends_in_item_path = matches!(self.segments.last(), Some(Segment::ItemPath(_)));
        if written.len() != count && !(ends_in_item_path && written.len() > count) {
            return None;
        }
        let mut found = PathMatch {
            names: 0,
            same_parameters: true,
        };
        let mut previous = "";
        for (segment, written) in self.segments.iter().zip(written) {
            let written = written.as_ref();
            if matches!(segment, Segment::ItemPath(_)) && !previous.ends_with(':') {
                return None;
            }
            previous = written;
            match segment.match_name(written.trim_end_matches(':')) {
                None => {}
                Some(true) => {
                    found.names += 1;
                    found.same_parameters &= segment.has_parameters(written);
                }
                Some(false) => return None,
            }
        }
        Some(found)
    }

    /// Matches the path of a request and reads its keys and arguments.
    pub fn match_request(&self, written: &str) -> Option<RequestPath> {
        let segments = split_url_path(written);
        self.read_arguments(&segments)
            .or_else(|| self.read_arguments(&split_parenthesized_keys(&segments)))
    }

    fn read_arguments(&self, written: &[&str]) -> Option<RequestPath> {
        self.match_segments(written)?;
        let mut arguments = Vec::new();
        for (segment, written) in self.segments.iter().zip(written) {
            match segment {
                Segment::Key(_) | Segment::ItemPath(_) => {
                    arguments.push(PathArgument::key(written.trim_end_matches(':')));
                }
                Segment::AlternateKey { .. } => {
                    arguments.push(PathArgument::key(written.split_once('=')?.1));
                }
                Segment::Function { parameters, .. } => {
                    arguments.extend(read_call_arguments(written, parameters)?);
                }
                Segment::Name(_)
                | Segment::Cast(_)
                | Segment::Action(_)
                | Segment::Ref
                | Segment::Value
                | Segment::Count => {}
            }
        }
        // Further segments belong to an item path without a closing colon.
        let rest = &written[self.segments.len()..];
        if let Some(last) = arguments.last_mut().filter(|_| !rest.is_empty()) {
            last.text = format!("{}/{}", last.text, decode_percent(&rest.join("/")));
        }
        let path = format!("/{}", written.join("/"));
        Some(RequestPath { arguments, path })
    }
}

impl Segment {
    /// Whether the segment is the name that the request has in its place; `None` if any value may stand there.
    fn match_name(&self, written: &str) -> Option<bool> {
        Some(match self {
            // OData reserves these names, so none of them is a key.
            Self::Key(_) => {
                let is_reserved = ["$ref", "$value", "$count"].contains(&written);
                return is_reserved.then_some(false);
            }
            Self::ItemPath(_) => return None,
            Self::AlternateKey { property, .. } => written
                .split_once('=')
                .is_some_and(|(name, _)| name.eq_ignore_ascii_case(property)),
            Self::Function { name, .. } => {
                let (called, _) = written.split_once('(').unwrap_or((written, ""));
                is_same_name(called, name)
            }
            Self::Name(name) | Self::Action(name) => is_same_name(written, name),
            Self::Cast(name) => is_same_name(written, &name.name),
            Self::Ref => written.eq_ignore_ascii_case("$ref"),
            Self::Value => written.eq_ignore_ascii_case("$value"),
            Self::Count => written.eq_ignore_ascii_case("$count"),
        })
    }

    /// Whether the segment, if it is a function, has the parameters that the request gives.
    fn has_parameters(&self, written: &str) -> bool {
        let Self::Function { parameters, .. } = self else {
            return true;
        };
        let (_, given) = split_call(written).unwrap_or((written, ""));
        let mut given = split_arguments(given);
        given.retain(|argument| !argument.trim().is_empty());
        if given.len() != parameters.len() {
            return false;
        }
        let names: Vec<&str> = given
            .iter()
            .filter_map(|argument| Some(argument.split_once('=')?.0.trim()))
            .collect();
        let lower = |name: &str| name.to_ascii_lowercase();
        let known: BTreeMap<String, ()> = if names.is_empty() {
            BTreeMap::new()
        } else {
            let names = parameters.iter().map(|parameter| &parameter.name);
            names.map(|name| (lower(name), ())).collect()
        };
        names.iter().all(|name| known.contains_key(&lower(name)))
    }
}

/// Whether two names are the same apart from their namespaces and the case of their letters.
fn is_same_name(left: &str, right: &str) -> bool {
    strip_namespace(left).eq_ignore_ascii_case(strip_namespace(right))
}

impl PathArgument {
    /// A key as it stands; quotes around it are part of it.
    fn key(text: &str) -> Self {
        Self {
            text: decode_percent(text),
            quoted: false,
        }
    }

    /// A literal: strings stand in quotes, and double those that they contain.
    fn literal(text: &str) -> Self {
        let text = decode_percent(text.trim());
        let inside = text
            .strip_prefix('\'')
            .and_then(|rest| rest.strip_suffix('\''));
        match inside {
            Some(inside) => Self {
                text: inside.replace("''", "'"),
                quoted: true,
            },
            None => Self {
                text,
                quoted: false,
            },
        }
    }
}

/// Reads `name(a='x',b=2)`; arguments without a name are matched by position.
fn read_call_arguments(
    written: &str,
    parameters: &[FunctionParameter],
) -> Option<Vec<PathArgument>> {
    if parameters.is_empty() {
        return Some(Vec::new());
    }
    let (_, given) = split_call(written)?;
    let given: Vec<(&str, &str)> = split_arguments(given)
        .into_iter()
        .map(|argument| argument.split_once('=').unwrap_or(("", argument)))
        .collect();
    if given.len() != parameters.len() {
        return None;
    }
    let mut by_name = BTreeMap::new();
    for (name, value) in &given {
        by_name
            .entry(name.trim().to_ascii_lowercase())
            .or_insert(*value);
    }
    let values = parameters
        .iter()
        .zip(&given)
        .map(|(parameter, (_, at_position))| {
            let named = by_name.get(&parameter.name.to_ascii_lowercase());
            PathArgument::literal(named.unwrap_or(at_position))
        });
    Some(values.collect())
}

#[cfg(test)]
mod tests;
