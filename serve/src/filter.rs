//! `$filter`: comparisons with `eq` and `ne`, joined by `and`. Other expressions are rejected as unsupported by this server.

use serde_json::{Map, Value};

/// A conjunction of comparisons.
#[derive(Debug, PartialEq)]
pub(crate) struct Filter(Vec<Comparison>);

#[derive(Debug, PartialEq)]
struct Comparison {
    /// The property path.
    path: Vec<String>,
    is_equal: bool,
    literal: Value,
}

impl Filter {
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let words = words(text).ok_or_else(|| unknown(text))?;
        let comparisons = words.split(|word| word == "and").map(comparison);
        let comparisons: Option<Vec<Comparison>> = comparisons.collect();
        comparisons.map(Self).ok_or_else(|| unknown(text))
    }

    pub(crate) fn holds(&self, item: &Map<String, Value>) -> bool {
        self.0.iter().all(|comparison| comparison.holds(item))
    }

    /// Returns the names of the properties in the filter.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter_map(|comparison| comparison.path.first().map(String::as_str))
    }
}

fn unknown(text: &str) -> String {
    format!(
        "Invalid filter clause: this server supports eq, ne and and; '{text}' is not supported."
    )
}

impl Comparison {
    fn holds(&self, item: &Map<String, Value>) -> bool {
        let mut steps = self.path.iter();
        let mut value = steps.next().and_then(|name| item.get(name));
        for name in steps {
            value = value.and_then(|value| value.get(name));
        }
        is_equal(value.unwrap_or(&Value::Null), &self.literal) == self.is_equal
    }
}

fn is_equal(value: &Value, literal: &Value) -> bool {
    match (value, literal) {
        // Graph compares strings case-insensitively.
        (Value::String(value), Value::String(literal)) => value.eq_ignore_ascii_case(literal),
        (Value::Number(value), Value::Number(literal)) => value.as_f64() == literal.as_f64(),
        _ => value == literal,
    }
}

/// Splits at spaces outside quotes. Returns `None` if a quote is not closed.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words = vec![String::new()];
    let mut is_text = false;
    for character in text.chars() {
        match character {
            '\'' => {
                is_text = !is_text;
                words.last_mut()?.push(character);
            }
            ' ' if !is_text => words.push(String::new()),
            _ => words.last_mut()?.push(character),
        }
    }
    words.retain(|word| !word.is_empty());
    (!is_text).then_some(words)
}

fn comparison(words: &[String]) -> Option<Comparison> {
    let [path, operator, literal] = words else {
        return None;
    };
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || c == '_' || c == '.')
    };
    let path: Vec<String> = path.split('/').map(str::to_owned).collect();
    let is_equal = match operator.as_str() {
        "eq" => true,
        "ne" => false,
        _ => return None,
    };
    let literal = read_literal(literal)?;
    path.iter().all(|name| is_name(name)).then_some(Comparison {
        path,
        is_equal,
        literal,
    })
}

fn read_literal(text: &str) -> Option<Value> {
    if let Some((_, rest)) = text.split_once('\'') {
        // The prefix of the quote is an enum type.
        return Some(Value::String(rest.strip_suffix('\'')?.replace("''", "'")));
    }
    let value = match text {
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => serde_json::from_str(text)
            .ok()
            .filter(Value::is_number)
            // Dates and GUIDs are not quoted.
            .unwrap_or_else(|| Value::String(text.to_owned())),
    };
    Some(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Filter;

    fn check(filter: &str, expected: &[usize]) {
        let items = [
            json!({"name": "A", "on": true, "days": 6, "state": {"kind": "new"}}),
            json!({"name": "it's and so", "on": false, "days": 7, "id": "E4-b"}),
            json!({"name": null, "on": true, "state": {"kind": "old"}}),
        ];
        let read = Filter::read(filter).unwrap();
        let holds = |item: &serde_json::Value| read.holds(item.as_object().unwrap());
        let held = items.iter().enumerate().filter(|(_, item)| holds(item));
        let held: Vec<usize> = held.map(|(index, _)| index).collect();
        assert_eq!(held, expected, "{filter}");
    }

    #[test]
    fn comparisons() {
        check("name eq 'a'", &[0]);
        check("name eq 'it''s and so'", &[1]);
        check("name ne null", &[0, 1]);
        check("on eq true and days ne 7", &[0, 2]);
        check("days eq 7.0", &[1]);
        check("state/kind eq microsoft.graph.kind'old'", &[2]);
        check("id eq e4-B", &[1]);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for text in [
            "",
            "name eq",
            "name lt 5",
            "startswith(name,'a')",
            "a eq 1 or b eq 2",
            "name eq 'a",
            "not a eq 1",
            "a eq 1 and",
        ] {
            assert!(Filter::read(text).is_err(), "{text}");
        }
    }
}
