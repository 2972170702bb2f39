//! Annotations: the JSON in comments, parsed leniently.

use serde_json::{Map, Value};

use crate::facts::page::context::Reading;
use crate::facts::{NoMeaning, Outcome};
use crate::markdown::{Annotation, strict_json};
use crate::report::Code;
use crate::source::Location;

/// The annotation of a JSON representation.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceAnnotation {
    /// `@odata.type` or `@type`, without a `#`.
    pub type_name: Option<String>,
    /// `keyProperty`; an empty string counts as missing.
    pub key_property: Option<String>,
    /// `baseType`; null counts as missing.
    pub base_type: Option<String>,
    /// `openType`
    pub open_type: Option<bool>,
    /// `abstract` or `isAbstract`
    pub is_abstract: Option<bool>,
    /// `isMediaEntity`
    pub is_media_entity: bool,
    /// `optionalProperties`
    pub optional_properties: Vec<String>,
    /// Where the annotation starts.
    pub at: Location,
}

/// The annotation above an example's block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExampleAnnotation {
    /// `name`
    pub name: Option<String>,
    /// `@odata.type` or `@type`, without `Collection()` and `#`.
    pub type_name: Option<String>,
    /// `isCollection`, or a type in `Collection()`.
    pub is_collection: bool,
    /// `truncated`
    pub truncated: bool,
    /// `isComposable`
    pub is_composable: bool,
    /// `sampleKeys`
    pub sample_keys: Vec<String>,
}

/// The subject of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockType {
    Resource,
    Request,
    Response,
    Ignored,
    Sample,
    Page,
}

/// A parsed annotation.
pub(super) struct Read {
    pub(super) block_type: BlockType,
    pub(super) keys: Map<String, Value>,
}

/// Parses an annotation and records it in the ledger as a sample, until it becomes a fact.
pub(super) fn parse_annotation(
    reading: &mut Reading<'_, '_>,
    annotation: &Annotation<'_>,
) -> Option<Read> {
    let keys = strict_json(&annotation.text.raw)
        .ok()
        .and_then(|json| serde_json::from_str::<Value>(&json.text).ok());
    let Some(Value::Object(keys)) = keys else {
        if !reading.ledger.is_settled(annotation.matter) {
            reading.problem(
                Code::BrokenAnnotation,
                annotation.text.at,
                0,
                "the annotation is not valid JSON, even when parsed leniently",
                "the annotation is ignored",
            );
            let outcome = Outcome::Problem(Code::BrokenAnnotation);
            reading.ledger.record_outcome(annotation.matter, outcome);
        }
        return None;
    };
    let named = keys.get("blockType").and_then(Value::as_str).unwrap_or("");
    let block_type = match named {
        "resource" => BlockType::Resource,
        "request" => BlockType::Request,
        "response" => BlockType::Response,
        "ignored" | "ignore" => BlockType::Ignored,
        "" if keys.contains_key("type") => BlockType::Page,
        _ => BlockType::Sample,
    };
    let class = match block_type {
        BlockType::Ignored => NoMeaning::IgnoredAnnotation,
        BlockType::Page => NoMeaning::PageAnnotation,
        _ => NoMeaning::SampleAnnotation,
    };
    let outcome = Outcome::NoMeaning(class);
    reading.ledger.record_outcome(annotation.matter, outcome);
    Some(Read { block_type, keys })
}

/// The annotation of a representation.
pub(super) fn resource(keys: &Map<String, Value>, at: Location) -> ResourceAnnotation {
    let text = |key: &str| {
        let text = keys.get(key)?.as_str()?.trim();
        (!text.is_empty() && text != "null").then(|| text.trim_start_matches('#').to_owned())
    };
    ResourceAnnotation {
        type_name: text("@odata.type").or_else(|| text("@type")),
        key_property: text("keyProperty"),
        base_type: text("baseType").or_else(|| text("@odata.baseType")),
        open_type: flag(keys, "openType").or_else(|| flag(keys, "isOpen")),
        is_abstract: flag(keys, "abstract").or_else(|| flag(keys, "isAbstract")),
        is_media_entity: flag(keys, "isMediaEntity").unwrap_or(false),
        optional_properties: texts(keys, "optionalProperties"),
        at,
    }
}

/// The annotation of a request or a response.
pub(super) fn example(keys: &Map<String, Value>) -> ExampleAnnotation {
    let text = |key: &str| Some(keys.get(key)?.as_str()?.trim()).filter(|text| !text.is_empty());
    let written = text("@odata.type").or_else(|| text("@type"));
    let element = written.and_then(|written| {
        let start = written.get(.."collection(".len())?;
        let rest = start
            .eq_ignore_ascii_case("collection(")
            .then(|| &written[start.len()..])?;
        Some(rest.trim_end_matches(')').trim())
    });
    ExampleAnnotation {
        name: text("name").map(str::to_owned),
        type_name: element
            .or(written)
            .map(|name| name.trim_start_matches('#').to_owned()),
        is_collection: element.is_some() || flag(keys, "isCollection").unwrap_or(false),
        truncated: flag(keys, "truncated").unwrap_or(false),
        is_composable: flag(keys, "isComposable").unwrap_or(false),
        sample_keys: texts(keys, "sampleKeys"),
    }
}

/// A flag, which some pages put in quotes.
fn flag(keys: &Map<String, Value>, key: &str) -> Option<bool> {
    match keys.get(key)? {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}

fn texts(keys: &Map<String, Value>, key: &str) -> Vec<String> {
    let values = keys.get(key).and_then(Value::as_array);
    let texts = values.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Map<String, Value> {
        let json = strict_json(text).unwrap();
        serde_json::from_str(&json.text).unwrap()
    }

    #[test]
    fn examples() {
        let read = example(&keys(
            "{ \"name\": \"n\", \"@odata.type\": \"Collection(#microsoft.graph.x)\", truncated: \"true\", }",
        ));
        assert_eq!(read.type_name.as_deref(), Some("microsoft.graph.x"));
        assert!(read.is_collection && read.truncated);
        let single = example(&keys(
            "{ \"@type\": \"microsoft.graph.x\", \"isCollection\": false }",
        ));
        assert_eq!(single.type_name.as_deref(), Some("microsoft.graph.x"));
        assert!(!single.is_collection);
    }

    #[test]
    fn resources() {
        let at = Location {
            file: crate::source::FileId(0),
            line: 1,
            column: 1,
        };
        let read = resource(
            &keys(
                "{ \"@odata.type\": \"microsoft.graph.x\", \"keyProperty\": \"\", \"baseType\": null, \"abstract\": \"true\" }",
            ),
            at,
        );
        assert_eq!(
            (read.key_property, read.base_type, read.is_abstract),
            (None, None, Some(true))
        );
    }
}
