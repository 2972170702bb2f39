//! Facts as text, one per line, with their places.

use std::fmt::Write;

use serde_json::Value;

use crate::facts::PageFacts;
use crate::source::Sources;

/// Renders the facts of a page as lines of text.
pub fn text(facts: &PageFacts, sources: &Sources) -> String {
    let mut out = String::new();
    if let Value::Object(keys) = super::json(facts, sources) {
        for (key, value) in &keys {
            entry(&mut out, key, value);
        }
    }
    out
}

fn entry(out: &mut String, key: &str, value: &Value) {
    match value {
        Value::Array(items) => {
            line(out, &format!("{key}: {}", items.len()));
            for item in items {
                line(out, &format!("  {}", item_line(item)));
            }
        }
        Value::Object(_) if key == "representation" => line(out, &format!("{key}: {value}")),
        Value::Object(_) => line(out, &format!("{key}: {}", item_line(value))),
        scalar => line(out, &format!("{key}: {}", word(scalar))),
    }
}

/// Renders an object on one line: its place, then all values that are not empty.
fn item_line(item: &Value) -> String {
    let Value::Object(keys) = item else {
        return word(item);
    };
    let mut shown = String::new();
    if let (Some(line), Some(column)) = (keys.get("line"), keys.get("column")) {
        shown = format!("{line}:{column}");
    }
    for (key, value) in keys {
        let is_empty = match value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::String(text) => text.is_empty(),
            Value::Bool(flag) => !flag,
            _ => false,
        };
        if is_empty || key == "line" || key == "column" {
            continue;
        }
        let blank = if shown.is_empty() { "" } else { " " };
        let written = match value {
            Value::Object(_) if key == "request" || key == "response" => {
                format!("({})", item_line(value))
            }
            Value::Array(items) if items.iter().all(Value::is_string) => {
                items.iter().map(word).collect::<Vec<_>>().join(", ")
            }
            other => word(other),
        };
        // Writing to a string cannot fail.
        let _ = write!(shown, "{blank}{key}={written}");
    }
    shown
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
