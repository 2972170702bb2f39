//! The path of a request, matched against the path of an operation: `/users('7')/events` against `/users/{id}/events`.

use std::collections::BTreeMap;

use super::{FunctionParameter, KeyProperty, Path, Segment};
use crate::path::{
    decode_percent, is_single_key, split_arguments, split_call, split_named_values, split_url_path,
    strip_namespace, strip_quotes,
};

/// The path of a request that matches the path of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestPath {
    /// The value of each key, item path and function argument, in the order of the path.
    pub arguments: Vec<PathArgument>,
    /// The path, with a key that stood in parentheses as a segment of its own, and an alternate key in parentheses.
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

/// A request, aligned with the path of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlignedRequest<'w> {
    /// The text of each segment of the path, in its order: a key without parentheses and quotes, an alternate key as
    /// `name='value',…`. The further segments belong to an item path at the end of the path.
    pub texts: Vec<&'w str>,
    /// How closely the request follows the path.
    pub quality: PathMatch,
}

impl Path {
    /// Aligns the segments of a request with this path; `None` if the request has another path. Names are compared without case
    /// and namespace. A key is a segment of its own or stands in parentheses behind its collection.
    pub fn align<'w>(&self, written: &[&'w str]) -> Option<AlignedRequest<'w>> {
        let ends_in_item_path = matches!(self.segments.last(), Some(Segment::ItemPath(_)));
        if written.len() > self.segments.len() && !ends_in_item_path {
            return None;
        }
        let mut aligned = AlignedRequest {
            texts: Vec::new(),
            quality: PathMatch {
                names: 0,
                same_parameters: true,
            },
        };
        let mut written = written.iter();
        let mut key_in_parentheses = None;
        let mut previous = "";
        for (index, segment) in self.segments.iter().enumerate() {
            let mut text = match key_in_parentheses.take() {
                Some(key) => key,
                None => *written.next()?,
            };
            let next = self.segments.get(index + 1);
            if let Some((name, key)) = split_key(text, next)
                && !matches!(segment, Segment::Key(_) | Segment::AlternateKey(_))
            {
                text = name;
                key_in_parentheses = Some(key);
            }
            if matches!(segment, Segment::ItemPath(_)) && !previous.ends_with(':') {
                return None;
            }
            previous = text;
            match segment.match_name(text.trim_end_matches(':')) {
                None => {}
                Some(true) => {
                    aligned.quality.names += 1;
                    aligned.quality.same_parameters &= segment.has_parameters(text);
                }
                Some(false) => return None,
            }
            aligned.texts.push(text);
        }
        aligned.texts.extend(written);
        let is_complete = ends_in_item_path || aligned.texts.len() == self.segments.len();
        is_complete.then_some(aligned)
    }

    /// Matches the path of a request and reads its keys and arguments.
    pub fn match_request(&self, written: &str) -> Option<RequestPath> {
        let texts = self.align(&split_url_path(written))?.texts;
        let mut arguments = Vec::new();
        let mut path = String::new();
        for (segment, written) in self.segments.iter().zip(&texts) {
            if !matches!(segment, Segment::AlternateKey(_)) {
                path.push('/');
                path.push_str(written);
            }
            match segment {
                Segment::Key(_) | Segment::ItemPath(_) => {
                    arguments.push(PathArgument::key(written.trim_end_matches(':')));
                }
                Segment::AlternateKey(properties) => {
                    let values = read_key_values(written, properties)?;
                    let texts: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
                    let key = Path {
                        segments: vec![segment.clone()],
                    };
                    path.push_str(key.fill(&texts).trim_start_matches('/'));
                    arguments.extend(values);
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
        let rest = &texts[self.segments.len()..];
        if let Some(last) = arguments.last_mut().filter(|_| !rest.is_empty()) {
            let rest = rest.join("/");
            last.text = format!("{}/{}", last.text, decode_percent(&rest));
            path.push('/');
            path.push_str(&rest);
        }
        Some(RequestPath { arguments, path })
    }
}

/// Splits `name(key)` into the name and the key, if the next segment of the path is such a key.
fn split_key<'w>(written: &'w str, next: Option<&Segment>) -> Option<(&'w str, &'w str)> {
    let (name, inside) = split_call(written).filter(|(name, _)| !name.is_empty())?;
    match next {
        Some(Segment::Key(_)) => {
            let key = inside.strip_prefix("id=").unwrap_or(inside);
            is_single_key(key).then(|| (name, strip_quotes(key).unwrap_or(key)))
        }
        Some(Segment::AlternateKey(_)) if inside.contains('=') => Some((name, inside)),
        _ => None,
    }
}

/// Reads the values of an alternate key in the order of its properties.
pub fn read_key_values(written: &str, properties: &[KeyProperty]) -> Option<Vec<PathArgument>> {
    let written = split_call(written).map_or(written, |(_, inside)| inside);
    let given = split_named_values(written)?;
    if given.len() != properties.len() {
        return None;
    }
    let values = properties.iter().map(|property| {
        let mut given = given.iter();
        let (_, value) = given.find(|(name, _)| name.eq_ignore_ascii_case(&property.name))?;
        Some(PathArgument::literal(value))
    });
    values.collect()
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
            Self::AlternateKey(properties) => read_key_values(written, properties).is_some(),
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
