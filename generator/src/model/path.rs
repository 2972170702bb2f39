//! Paths with typed segments.

use super::{QualifiedName, StructuredTypeId, TypeRef};

/// The path of a request below the version: `/deviceManagement/mobileThreatDefenseConnectors/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// The segments; never empty.
    pub segments: Vec<Segment>,
}

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// An entity set, a singleton or a property: `deviceManagement`.
    Name(String),
    /// The key of an entity: `{mobileThreatDefenseConnectorId}`.
    Key(KeyParameter),
    /// An alternate key, `(roleTemplateId='{roleTemplateId}')`: the properties that it consists of; never empty. It follows the
    /// collection without a slash.
    AlternateKey(Vec<KeyProperty>),
    /// A cast to a derived type: `microsoft.graph.group`.
    Cast(QualifiedName),
    /// A bound or unbound action: `terminate`.
    Action(String),
    /// A function, with the parameters in its parentheses: `delta`, `reminderView(startDateTime='…')`.
    Function {
        /// The name before the parenthesis.
        name: String,
        /// The parameters, which may be empty.
        parameters: Vec<FunctionParameter>,
    },
    /// A path relative to the item before it: `{item-path}` in `root:/{item-path}:/children`. In the URL, a colon ends the
    /// segment before it, and the relative path itself if more segments follow.
    ItemPath(KeyParameter),
    /// `$ref`
    Ref,
    /// `$value`
    Value,
    /// `$count`
    Count,
}

/// A key in a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyParameter {
    /// The name of the placeholder, as the first page writes it: `mobileThreatDefenseConnectorId`.
    pub name: String,
    /// The type that the key belongs to, if it is known.
    pub of: Option<StructuredTypeId>,
}

/// A property of an alternate key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyProperty {
    /// The name of the property.
    pub name: String,
    /// The placeholder of its value.
    pub key: KeyParameter,
    /// Whether the value is a string literal, in single quotes.
    pub quoted: bool,
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FunctionParameter {
    /// The name before `=`.
    pub name: String,
    /// The type, if a table states one.
    pub ty: Option<TypeRef>,
    /// Whether the template quotes the value.
    pub quoted: bool,
}

impl Path {
    /// The path in a canonical spelling: keys become `{}`, names keep their case. Two pages describe the same operation if their
    /// methods and normalized paths are equal.
    pub fn normalised(&self) -> String {
        self.write(Segment::normalised)
    }

    /// The path as a template, with the names of keys in braces.
    pub fn template(&self) -> String {
        self.write(Segment::template)
    }

    /// Fills in the keys and arguments in their order; missing values are left empty.
    pub fn fill(&self, values: &[&str]) -> String {
        let next = std::cell::Cell::new(0);
        let take = || {
            let index = next.replace(next.get() + 1);
            values.get(index).copied().unwrap_or_default()
        };
        self.write(|segment| segment.fill(&take))
    }

    /// The properties of each alternate key in the path.
    pub fn alternate_keys(&self) -> impl Iterator<Item = &[KeyProperty]> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::AlternateKey(properties) => Some(properties.as_slice()),
            _ => None,
        })
    }

    /// Joins the segments with slashes, and with the colons around relative paths. Alternate keys follow their collection without
    /// a slash.
    fn write(&self, spell: impl Fn(&Segment) -> String) -> String {
        let mut text = String::new();
        for (index, (segment, has_colon)) in self.segments_with_colons().enumerate() {
            if index == 0 || !matches!(segment, Segment::AlternateKey(_)) {
                text.push('/');
            }
            text.push_str(&spell(segment));
            if has_colon {
                text.push(':');
            }
        }
        text
    }

    /// Returns the segments, and whether a colon follows each of them in the URL.
    pub(crate) fn segments_with_colons(&self) -> impl Iterator<Item = (&Segment, bool)> {
        let is_item_path =
            |segment: Option<&Segment>| matches!(segment, Some(Segment::ItemPath(_)));
        self.segments
            .iter()
            .enumerate()
            .map(move |(index, segment)| {
                let next = self.segments.get(index + 1);
                let has_colon =
                    is_item_path(next) || (is_item_path(Some(segment)) && next.is_some());
                (segment, has_colon)
            })
    }
}

impl Segment {
    fn normalised(&self) -> String {
        match self {
            Self::Key(_) | Self::ItemPath(_) => "{}".to_owned(),
            Self::AlternateKey(properties) => {
                let mut names: Vec<&str> = properties
                    .iter()
                    .map(|property| property.name.as_str())
                    .collect();
                // The order of the properties does not matter.
                names.sort_unstable_by_key(|name| name.to_ascii_lowercase());
                format!("({}={{}})", names.join("={},"))
            }
            Self::Function { name, parameters } if !parameters.is_empty() => {
                let names: Vec<&str> = parameters
                    .iter()
                    .map(|parameter| parameter.name.as_str())
                    .collect();
                format!("{name}({})", names.join(","))
            }
            other => other.template(),
        }
    }

    fn fill<'v>(&self, take: &dyn Fn() -> &'v str) -> String {
        match self {
            Self::Key(_) => take().to_owned(),
            Self::ItemPath(_) => take().trim_matches('/').to_owned(),
            Self::AlternateKey(properties) => {
                let values = properties
                    .iter()
                    .map(|property| named_value(&property.name, take(), property.quoted));
                format!("({})", values.collect::<Vec<_>>().join(","))
            }
            Self::Function { name, parameters } if !parameters.is_empty() => {
                let arguments = parameters.iter().map(|parameter| {
                    let is_text = parameter.ty.as_ref().is_some_and(TypeRef::is_text);
                    named_value(&parameter.name, take(), parameter.quoted || is_text)
                });
                format!("{name}({})", arguments.collect::<Vec<_>>().join(","))
            }
            other => other.template(),
        }
    }

    fn template(&self) -> String {
        match self {
            Self::Name(name) | Self::Action(name) => name.clone(),
            Self::Key(key) | Self::ItemPath(key) => format!("{{{}}}", key.name),
            Self::AlternateKey(properties) => {
                let values = properties.iter().map(|KeyProperty { name, key, quoted }| {
                    let quote = if *quoted { "'" } else { "" };
                    format!("{name}={quote}{{{}}}{quote}", key.name)
                });
                format!("({})", values.collect::<Vec<_>>().join(","))
            }
            Self::Cast(name) => name.full(),
            Self::Function { name, parameters } if parameters.is_empty() => name.clone(),
            Self::Function { name, parameters } => {
                let arguments: Vec<String> = parameters
                    .iter()
                    .map(|parameter| {
                        let quote = if parameter.quoted { "'" } else { "" };
                        format!("{0}={quote}{{{0}}}{quote}", parameter.name)
                    })
                    .collect();
                format!("{name}({})", arguments.join(","))
            }
            Self::Ref => "$ref".to_owned(),
            Self::Value => "$value".to_owned(),
            Self::Count => "$count".to_owned(),
        }
    }
}

/// Writes `name='value'`, with the quotes of a string literal if `quoted` is set.
fn named_value(name: &str, value: &str, quoted: bool) -> String {
    match quoted {
        true => format!("{name}='{}'", value.replace('\'', "''")),
        false => format!("{name}={value}"),
    }
}
