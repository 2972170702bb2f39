//! Path templates.

use serde_json::{Value, json};

use crate::export::TakenNames;
use crate::model::{Path, Segment};

/// A path template of OpenAPI, in which parameters have unique names.
pub(super) struct Template {
    /// The path as the service has it, with the names of parameters in braces: `/me/drive/root:/{item-path}:/content`.
    pub(super) path: String,
    names: Vec<String>,
    taken: TakenNames,
}

/// A named value in parentheses.
struct NamedParameter<'n> {
    name: &'n str,
    parameter: &'n str,
    quoted: bool,
}

impl Template {
    pub(super) fn from_path(path: &Path) -> Self {
        let mut template = Self {
            path: String::new(),
            names: Vec::new(),
            taken: TakenNames::default(),
        };
        for (segment, has_colon) in path.segments_with_colons() {
            if !matches!(segment, Segment::AlternateKey(_)) {
                template.path.push('/');
            }
            template.push_segment(segment);
            if has_colon {
                template.path.push(':');
            }
        }
        template
    }

    /// Returns the parameters in the order of the path.
    pub(super) fn parameters(&self) -> Vec<Value> {
        let parameter = |name: &String| {
            json!({
                "name": name, "in": "path", "required": true, "schema": { "type": "string" },
            })
        };
        self.names.iter().map(parameter).collect()
    }

    fn push_segment(&mut self, segment: &Segment) {
        match segment {
            Segment::Name(name) | Segment::Action(name) => self.push_name(name),
            Segment::Key(key) | Segment::ItemPath(key) => self.push_parameter(&key.name),
            Segment::AlternateKey(properties) => {
                let values = properties.iter().map(|property| NamedParameter {
                    name: &property.name,
                    parameter: &property.key.name,
                    quoted: property.quoted,
                });
                self.push_named_parameters(values);
            }
            Segment::Cast(name) => self.push_name(&name.full()),
            Segment::Function { name, parameters } => {
                self.push_name(name);
                let arguments = parameters.iter().map(|parameter| NamedParameter {
                    name: &parameter.name,
                    parameter: &parameter.name,
                    quoted: parameter.quoted,
                });
                self.push_named_parameters(arguments);
            }
            Segment::Ref => self.path.push_str("$ref"),
            Segment::Value => self.path.push_str("$value"),
            Segment::Count => self.path.push_str("$count"),
        }
    }

    /// Adds parameters in parentheses: `(a='{a}',b={b})`.
    fn push_named_parameters<'n>(&mut self, parameters: impl Iterator<Item = NamedParameter<'n>>) {
        self.path.push('(');
        for (index, parameter) in parameters.enumerate() {
            if index > 0 {
                self.path.push(',');
            }
            self.push_name(parameter.name);
            self.path.push('=');
            let quote = if parameter.quoted { "'" } else { "" };
            self.path.push_str(quote);
            self.push_parameter(parameter.parameter);
            self.path.push_str(quote);
        }
        self.path.push(')');
    }

    /// Adds a name in which braces, `?` and `#` have no meaning.
    fn push_name(&mut self, name: &str) {
        for character in name.chars() {
            match character {
                '{' => self.path.push_str("%7B"),
                '}' => self.path.push_str("%7D"),
                '?' => self.path.push_str("%3F"),
                '#' => self.path.push_str("%23"),
                other => self.path.push(other),
            }
        }
    }

    /// Adds a parameter under its documented name, reduced to the first of several alternatives: `id` for
    /// `{id | userPrincipalName}`.
    fn push_parameter(&mut self, documented: &str) {
        let is_allowed = |character: char| character.is_ascii_alphanumeric() || character == '_';
        let first = documented.split('|').next().unwrap_or_default();
        let name = first
            .trim_matches(|character| !is_allowed(character))
            .replace(|character| !is_allowed(character), "-");
        let name = if name.is_empty() {
            "id".to_owned()
        } else {
            name
        };
        let name = self.taken.take(name);
        self.path.push_str(&format!("{{{name}}}"));
        self.names.push(name);
    }
}
