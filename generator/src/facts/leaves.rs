//! What a page says that only its own operations and types show. Nothing else that pages say is read in the light of it, but for
//! what has the same names.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{BodyFact, ExampleFact, MemberFact, PageFacts, PropertyFact, ResourceFacts};

/// Something that a page says of a name: others that have the name, too, may see it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// What is said of it, without the words.
    said: String,
}

impl PageFacts {
    /// Takes that away, and how all of it was accounted for. Of each table stays whether it has any row, and of each example
    /// what it calls and which shape its answer has.
    pub(crate) fn drop_leaves(&mut self) {
        self.ledger.clear();
        self.clouds.clear();
        for resource in &mut self.resources {
            let ResourceFacts {
                properties,
                relationships,
                instance_annotations,
                representation,
                ..
            } = resource;
            instance_annotations.clear();
            for table in [properties, relationships] {
                table.truncate(1);
                table.iter_mut().for_each(blank);
            }
            if let Some(text) = representation {
                text.value.clear();
            }
        }
        for member in self.enums.iter_mut().flat_map(|described| {
            described.members.truncate(1);
            &mut described.members
        }) {
            member.name.value.clear();
            member.value = None;
            member.description.clear();
            member.deprecated = None;
        }
        let Some(operation) = &mut self.operation else {
            return;
        };
        operation.permissions.clear();
        operation.request_headers.clear();
        operation.response_headers.clear();
        for example in &mut operation.examples {
            example.title = None;
            if let Some(request) = &mut example.request {
                let path = request.url.split('?').next().unwrap_or_default().len();
                request.url.truncate(path);
                request.headers.clear();
                request.body.iter_mut().for_each(drop_text);
                request.annotation = None;
            }
            if let Some(response) = &mut example.response {
                response.headers.clear();
                response.body.iter_mut().for_each(drop_text);
                response
                    .annotation
                    .iter_mut()
                    .for_each(|own| own.name = None);
                // One that says nothing else is as good as none.
                let annotation = response.annotation.take();
                response.annotation = annotation.filter(|own| *own != Default::default());
            }
        }
        let is_alone = |example: &ExampleFact| example.request.is_none();
        if !operation.examples.iter().any(is_alone) {
            drop_repeated(&mut operation.examples);
        }
    }

    /// What all rows together tell about other things than those that they name: which types there are, what they inherit
    /// from, and which values go together. Names that mean nothing more are left out.
    pub(crate) fn evidence(&self, is_common: fn(&str) -> bool) -> BTreeSet<String> {
        let mut evidence = BTreeSet::new();
        for resource in &self.resources {
            let owner = &resource.name.value;
            let tables = [&resource.properties, &resource.relationships];
            for (table, rows) in tables.into_iter().enumerate() {
                for row in rows {
                    let names = &row.type_phrase.value.names;
                    let names = names.iter().filter(|name| !is_common(&name.text));
                    evidence.extend(names.map(|name| format!("{table} {name:?}")));
                    if let Some(base) = &row.inherited_from {
                        evidence.insert(format!("{owner} {base:?}"));
                    }
                }
            }
            let text = resource.representation.as_ref();
            let text = text.map_or("", |text| text.value.as_str());
            let words = text.split('"').skip(1).step_by(2);
            let types = words.filter(|word| word.contains('.'));
            evidence.extend(types.map(|word| format!("{owner} {word}")));
        }
        evidence
    }

    /// The words of the paths that the examples call, each as often as it stands there: how names are spelled is settled by
    /// how often they are spelled so.
    pub(crate) fn spelled(&self) -> Vec<&str> {
        let operation = self.operation.iter();
        let requests = operation.flat_map(|operation| {
            let examples = operation.examples.iter();
            examples.filter_map(|example| example.request.as_ref())
        });
        let mut words: Vec<&str> = requests
            .flat_map(|request| {
                let path = request.url.split('?').next().unwrap_or_default();
                let below_host = path.split_once("://").map_or(path, |(_, rest)| {
                    rest.split_once('/').map_or("", |(_, path)| path)
                });
                below_host.split('/')
            })
            .map(|segment| segment.split('(').next().unwrap_or_default())
            .map(|name| name.trim_end_matches(':'))
            .filter(|name| !name.is_empty())
            .collect();
        words.sort_unstable();
        words
    }

    /// Whether a path has a name, in a request line or in an example.
    pub(crate) fn has_in_path(&self, name: &str) -> bool {
        let operation = self.operation.iter();
        let lines = operation.flat_map(|operation| &operation.request_lines);
        let mut words = lines.flat_map(|line| {
            line.template
                .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        });
        words.any(|word| word.eq_ignore_ascii_case(name))
            || self
                .spelled()
                .iter()
                .any(|word| word.eq_ignore_ascii_case(name))
    }

    /// What the page says of names that others may have, too.
    pub(crate) fn named(&self) -> BTreeSet<Named> {
        let mut named = BTreeSet::new();
        for resource in &self.resources {
            let owner = &resource.name.value;
            let rows = resource.properties.iter().chain(&resource.relationships);
            named.extend(rows.clone().map(|row| property(owner, row)));
            named.extend(rows.flat_map(|row| {
                let values = row.values.iter();
                values.map(move |value| Named {
                    name: value.clone(),
                    said: format!(
                        "{owner} {} {:?}",
                        row.name.value, row.type_phrase.value.names
                    ),
                })
            }));
            let text = resource.representation.as_ref();
            let value = text.and_then(|text| serde_json::from_str(&text.value).ok());
            if let Some(Value::Object(keys)) = value {
                named.extend(keys.into_iter().map(|(name, value)| Named {
                    name,
                    said: format!("{owner} {value}"),
                }));
            }
        }
        let members = self.enums.iter().flat_map(|described| {
            let owner = &described.name.value;
            described.members.iter().map(move |row| member(owner, row))
        });
        named.extend(members);
        named
    }
}

fn property(owner: &str, row: &PropertyFact) -> Named {
    let ty = &row.type_phrase.value;
    Named {
        name: row.name.value.trim().to_owned(),
        said: format!(
            "{owner} {:?} {} {:?} {} {} {:?} {:?}",
            ty.names,
            ty.collection,
            ty.qualifier,
            row.required,
            row.key,
            row.nullable,
            row.inherited_from
        ),
    }
}

fn member(owner: &str, row: &MemberFact) -> Named {
    let value = row.value.as_ref().map(|value| value.value);
    Named {
        name: row.name.value.trim().to_owned(),
        said: format!("{owner} {value:?}"),
    }
}

/// Leaves of examples that show the same one. A page that shows one thing twice tells others nothing more.
fn drop_repeated(examples: &mut Vec<ExampleFact>) {
    let mut shown: Vec<ExampleFact> = Vec::new();
    examples.retain(|example| {
        let mut bare = example.clone();
        let request = bare.request.iter_mut().flat_map(|request| {
            let body = request.body.iter_mut().map(|body| &mut body.text.at);
            body.chain([&mut request.at])
        });
        let response = bare.response.iter_mut().flat_map(|response| {
            let body = response.body.iter_mut().map(|body| &mut body.text.at);
            body.chain([&mut response.at])
        });
        request
            .chain(response)
            .for_each(|at| (at.line, at.column) = (0, 0));
        let is_new = !shown.contains(&bare);
        if is_new {
            shown.push(bare);
        }
        is_new
    });
}

/// Leaves of a row that it is there.
fn blank(row: &mut PropertyFact) {
    let PropertyFact {
        name,
        type_phrase,
        description,
        values,
        read_only,
        required,
        optional,
        key,
        nullable,
        default,
        inherited_from,
        deprecated,
    } = row;
    name.value.clear();
    type_phrase.value.written.clear();
    type_phrase.value.names.clear();
    type_phrase.value.collection = false;
    type_phrase.value.qualifier = None;
    description.value.clear();
    values.clear();
    for said in [read_only, required, optional, key] {
        *said = false;
    }
    (*nullable, *default) = (None, None);
    (*inherited_from, *deprecated) = (None, None);
}

/// Leaves of a body whether it is an object that has a list, and whether anything is in it.
fn drop_text(body: &mut BodyFact) {
    let text = &body.text.value;
    let value: Option<Value> = serde_json::from_str(text).ok();
    let object = value.as_ref().and_then(Value::as_object);
    let is_list = object.map(|object| object.get("value").is_some_and(Value::is_array));
    body.text.value = format!("{is_list:?} {}", text.contains('"'));
}
