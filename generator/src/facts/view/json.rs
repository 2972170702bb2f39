//! Facts as JSON. The rows of property tables are listed under `properties`, wherever the table is on the page.

use serde_json::{Map, Value, json as value};

use crate::facts::{
    BodyFact, EnumFacts, ExampleFact, GrantFact, HeaderFact, OperationFacts, PageFacts, PageKind,
    PermissionFact, PropertyFact, Rendition, ResourceFacts, TypePhrase,
};
use crate::model::{PageSize, QuerySupport};
use crate::source::{At, Location, Sources};

/// Renders the facts of a page as a JSON object.
pub fn json(facts: &PageFacts, sources: &Sources) -> Value {
    let mut page = Map::new();
    let mut put = |key: &str, value: Value| put_into(&mut page, key, value);
    put("page", sources.get(facts.file).path.as_str().into());
    put("kind", facts.kind.name().into());
    put("rendition", rendition(facts.rendition).into());
    put(
        "version",
        facts.version.map(|version| version.name()).into(),
    );
    put(
        "title",
        facts
            .title
            .as_ref()
            .map(|title| title.value.as_str())
            .into(),
    );
    if facts.kind == PageKind::Conceptual {
        return Value::Object(page);
    }
    put("namespace", text_or_null(facts.namespace.as_ref()));
    put("workload", text_or_null(facts.workload.as_ref()));
    put("summary", text_or_null(facts.summary.as_ref()));
    put(
        "callouts",
        facts
            .callouts
            .iter()
            .map(|callout| {
                with_place(
                    value!({ "label": callout.label, "text": callout.text.value }),
                    callout.text.at,
                )
            })
            .collect(),
    );
    put(
        "clouds",
        facts
            .clouds
            .iter()
            .map(|cloud| {
                with_place(
                    value!({ "name": cloud.name, "supported": cloud.supported }),
                    cloud.at,
                )
            })
            .collect(),
    );
    if let Some(resource) = facts.resources.first() {
        resource_keys(resource, &mut put);
        put(
            "more_resources",
            facts.resources[1..]
                .iter()
                .map(|resource| {
                    let mut object = Map::new();
                    resource_keys(resource, &mut |key, value| {
                        put_into(&mut object, key, value)
                    });
                    Value::Object(object)
                })
                .collect(),
        );
    }
    if let Some(operation) = &facts.operation {
        operation_keys(operation, &mut put);
    }
    put("enums", facts.enums.iter().map(enum_type).collect());
    Value::Object(page)
}

/// Facts that the page does not state have no key.
fn put_into(object: &mut Map<String, Value>, key: &str, value: Value) {
    let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    if !is_empty {
        object.insert(key.to_owned(), value);
    }
}

fn rendition(rendition: Rendition) -> &'static str {
    match rendition {
        Rendition::Markdown => "markdown",
        Rendition::PipedText => "piped text",
        Rendition::PlainText => "plain text",
    }
}

fn text_or_null(text: Option<&At<String>>) -> Value {
    text.map(|text| text.value.as_str()).into()
}

/// Adds line and column to an object.
fn with_place(mut object: Value, at: Location) -> Value {
    if let Value::Object(keys) = &mut object {
        keys.insert("line".to_owned(), at.line.into());
        keys.insert("column".to_owned(), at.column.into());
    }
    object
}

fn resource_keys(resource: &ResourceFacts, put: &mut impl FnMut(&str, Value)) {
    put("name", resource.name.value.as_str().into());
    if let Some(annotation) = &resource.annotation {
        let keys = value!({
            "type": annotation.type_name, "key": annotation.key_property, "base": annotation.base_type,
            "open": annotation.open_type, "abstract": annotation.is_abstract, "media": annotation.is_media_entity,
        });
        put("annotation", with_place(keys, annotation.at));
    }
    let base = resource.inherits.as_ref();
    put(
        "base",
        base.map_or(Value::Null, |base| {
            with_place(
                value!({ "name": base.value.text, "target": base.value.target }),
                base.at,
            )
        }),
    );
    put(
        "abstract",
        resource.is_abstract.map_or(Value::Null, |_| true.into()),
    );
    put(
        "open",
        resource.is_open.map_or(Value::Null, |_| true.into()),
    );
    put("deprecated", text_or_null(resource.deprecated.as_ref()));
    put(
        "properties",
        resource.properties.iter().map(property).collect(),
    );
    put(
        "instance_annotations",
        resource.instance_annotations.iter().map(property).collect(),
    );
    put(
        "relationships",
        resource.relationships.iter().map(property).collect(),
    );
    put("methods", resource.methods.iter().map(|method| {
        let returns = method.return_type.as_ref().map(|phrase| match phrase.value.collection {
            true => format!("{} collection", type_name(&phrase.value)),
            false => type_name(&phrase.value),
        });
        let keys = value!({ "title": method.title.value, "target": method.target, "returns": returns, "description": method.description });
        with_place(keys, method.title.at)
    }).collect());
    let representation = resource.representation.as_ref();
    put(
        "representation",
        representation.map_or(Value::Null, |text| {
            serde_json::from_str(&text.value).unwrap_or(Value::Null)
        }),
    );
}

/// The bare name of a type: `String`; of a union `a or b`; empty if none could be read.
fn type_name(phrase: &TypePhrase) -> String {
    let names: Vec<_> = phrase.names.iter().map(|name| name.text.as_str()).collect();
    names.join(" or ")
}

fn property(row: &PropertyFact) -> Value {
    let phrase = &row.type_phrase.value;
    let mut keys = value!({
        "name": row.name.value, "type": type_name(phrase), "collection": phrase.collection,
        "description": row.description.value, "values": row.values,
        "line": row.name.at.line, "column": row.name.at.column,
    });
    let target = phrase.names.first().and_then(|name| name.target.as_deref());
    let more: [(&str, Value); 10] = [
        ("target", target.into()),
        ("qualifier", phrase.qualifier.as_deref().into()),
        ("read_only", row.read_only.then_some(true).into()),
        ("required", row.required.then_some(true).into()),
        ("optional", row.optional.then_some(true).into()),
        ("key", row.key.then_some(true).into()),
        ("nullable", row.nullable.into()),
        ("default", row.default.as_deref().into()),
        (
            "inherited_from",
            row.inherited_from
                .as_ref()
                .map(|name| name.text.as_str())
                .into(),
        ),
        ("deprecated", row.deprecated.as_deref().into()),
    ];
    if let Value::Object(keys) = &mut keys {
        keys.extend(
            more.into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key.to_owned(), value)),
        );
        let usage = &row.usage;
        put_into(keys, "query_options", query_support(&usage.query));
        put_into(
            keys,
            "filter_operators",
            usage.query.filter_operators.clone().into(),
        );
        put_into(
            keys,
            "returned",
            usage.returned.map(|returned| returned.name()).into(),
        );
        put_into(keys, "immutable", usage.immutable.then_some(true).into());
    }
    keys
}

/// The names of options, those that are not supported with a leading `no `; `other` for those that are not named.
fn query_support(support: &QuerySupport) -> Value {
    let named = support
        .options
        .iter()
        .map(|(option, supported)| (option.name(), *supported));
    let all = named.chain(support.others.map(|supported| ("other", supported)));
    all.map(|(name, supported)| match supported {
        true => Value::from(name),
        false => Value::from(format!("no {name}")),
    })
    .collect()
}

fn permission(row: &PermissionFact) -> Value {
    let names = |set: &Vec<At<String>>| {
        let names: Vec<_> = set.iter().map(|name| name.value.as_str()).collect();
        Value::from(names.join(" and "))
    };
    let condition = row.condition.as_ref();
    let mut keys = value!({ "account": row.account.name(), "condition": condition.map(|condition| condition.text.as_str()) });
    let Value::Object(object) = &mut keys else {
        return keys;
    };
    let mut put = |key: &str, value: Value| drop(object.insert(key.to_owned(), value));
    match &row.grant {
        GrantFact::NotSupported => put("any_of", "not supported".into()),
        GrantFact::Words(words) => put("any_of", words.as_str().into()),
        GrantFact::AnyOf(alternatives) => {
            put("any_of", alternatives.sets.iter().map(names).collect());
            put("least_privileged", alternatives.least.into());
            if !alternatives.resource_specific.is_empty() {
                let sets = alternatives.resource_specific.iter();
                put("resource_specific", sets.map(names).collect());
            }
        }
    }
    with_place(keys, row.label.at)
}

fn operation_keys(operation: &OperationFacts, put: &mut impl FnMut(&str, Value)) {
    put(
        "permissions",
        operation.permissions.iter().map(permission).collect(),
    );
    put(
        "roles",
        operation
            .roles
            .iter()
            .map(|role| {
                with_place(
                    value!({ "name": role.name.value, "condition": role.condition }),
                    role.name.at,
                )
            })
            .collect(),
    );
    put("requests", operation.request_lines.iter().map(|line| {
        let keys = value!({ "method": format!("{:?}", line.method).to_ascii_uppercase(), "path": line.template, "query": line.query });
        with_place(keys, line.at)
    }).collect());
    put(
        "request_headers",
        operation.request_headers.iter().map(header).collect(),
    );
    put(
        "response_headers",
        operation.response_headers.iter().map(header).collect(),
    );
    put(
        "url_parameters",
        operation
            .url_parameters
            .iter()
            .map(|parameter| {
                let mut keys = property(&parameter.row);
                if let Value::Object(keys) = &mut keys {
                    keys.insert(
                        "place".to_owned(),
                        format!("{:?}", parameter.place).to_ascii_lowercase().into(),
                    );
                }
                keys
            })
            .collect(),
    );
    put(
        "query_texts",
        operation
            .query_texts
            .iter()
            .map(|text| {
                let options = query_support(&text.support);
                with_place(value!({ "options": options, "notes": text.notes }), text.at)
            })
            .collect(),
    );
    let size = operation.page_size;
    if size != PageSize::default() {
        put(
            "page_size",
            value!({ "default": size.default, "maximum": size.maximum }),
        );
    }
    put(
        "throttling",
        operation
            .throttling
            .iter()
            .map(|text| with_place(value!({ "text": text.value }), text.at))
            .collect(),
    );
    put(
        "properties",
        operation
            .request_body
            .properties
            .iter()
            .map(property)
            .collect(),
    );
    let represents = operation.request_body.represents.as_ref();
    put(
        "request_body",
        value!({
            "none": operation.request_body.none.is_some(),
            "represents": represents.map(|phrase| type_name(&phrase.value)),
            "parameters": operation.request_body.says_parameters,
        }),
    );
    let content = operation.response.content.as_ref();
    put(
        "response",
        value!({
            "statuses": operation.response.statuses.iter().map(|status| status.value).collect::<Vec<_>>(),
            "content": content.map(|phrase| type_name(&phrase.value)),
            "collection": content.map(|phrase| phrase.value.collection),
        }),
    );
    put("deprecated", text_or_null(operation.deprecated.as_ref()));
    put("examples", operation.examples.iter().map(example).collect());
}

fn header(row: &HeaderFact) -> Value {
    with_place(
        value!({ "name": row.name.value, "value": row.value, "text": row.text, "required": row.required }),
        row.name.at,
    )
}

fn example(example: &ExampleFact) -> Value {
    let headers = |pairs: &[(String, String)]| -> Value {
        pairs
            .iter()
            .map(|(name, text)| value!({ "name": name, "value": text }))
            .collect()
    };
    let mut keys = Map::new();
    if let Some(title) = &example.title {
        keys.insert("title".to_owned(), title.value.as_str().into());
    }
    if let Some(request) = &example.request {
        let object = value!({
            "method": format!("{:?}", request.method).to_ascii_uppercase(), "url": request.url,
            "headers": headers(&request.headers), "body": body(request.body.as_ref()),
        });
        keys.insert("request".to_owned(), with_place(object, request.at));
    }
    if let Some(response) = &example.response {
        let object = value!({
            "status": response.status, "headers": headers(&response.headers), "body": body(response.body.as_ref()),
        });
        keys.insert("response".to_owned(), with_place(object, response.at));
    }
    Value::Object(keys)
}

fn body(body: Option<&BodyFact>) -> Value {
    let Some(body) = body else { return Value::Null };
    match &body.json {
        Some(json) => (**json).clone(),
        None => Value::from(body.text.value.as_str()),
    }
}

fn enum_type(facts: &EnumFacts) -> Value {
    let members: Vec<_> = facts.members.iter().map(|member| {
        let number = member.value.as_ref().map(|number| number.value);
        with_place(value!({ "name": member.name.value, "value": number, "description": member.description }), member.name.at)
    }).collect();
    let description = facts.description.as_ref().map(|text| text.value.as_str());
    with_place(
        value!({ "name": facts.name.value, "flags": facts.is_flags.is_some(), "description": description, "members": members }),
        facts.name.at,
    )
}
