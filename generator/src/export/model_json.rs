//! The whole model as JSON, with the location of each item in the documentation.

use serde_json::{Map, Value, json};

use crate::export::{type_name, type_ref};
use crate::model::{
    Account, Api, Body, Callout, Condition, Content, Docs, EnumType, Example, ExampleMessage,
    Grant, Operation, PageLink, Parameter, ParameterPlace, Permissions, Property, PropertyKind,
    QuerySupport, ResponseContent, Returned, StructuredKind, StructuredType, Type,
};
use crate::source::{Location, Sources};

/// Converts an API to JSON with `structuredTypes`, `enums`, `operations` and `roots`. Locations are `path:line:column`.
pub fn to_json(api: &Api, sources: &Sources) -> Value {
    let writer = Writer { api, sources };
    json!({
        "version": api.version.name(),
        "structuredTypes": list(&api.structured_types, |ty| writer.structured_type(ty)),
        "enums": list(&api.enums, |ty| writer.enum_type(ty)),
        "operations": list(&api.operations, |operation| writer.operation(operation)),
        "roots": list(&api.roots, |root| json!({
            "name": root.name,
            "type": root.ty.as_ref().map(|ty| type_ref(api, ty)),
            "origin": writer.place(root.origin),
        })),
    })
}

fn list<T>(items: &[T], write: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(write).collect())
}

struct Writer<'a> {
    api: &'a Api,
    sources: &'a Sources,
}

impl Writer<'_> {
    fn place(&self, at: Location) -> String {
        at.display(self.sources).to_string()
    }

    fn pages(&self, pages: &[PageLink]) -> Value {
        list(
            pages,
            |page| json!({ "file": self.sources.get(page.file).path, "title": page.title, "url": page.url }),
        )
    }

    fn structured_type(&self, ty: &StructuredType) -> Value {
        let kind = match ty.kind {
            StructuredKind::Entity => "entity",
            StructuredKind::Complex => "complex",
        };
        let mut object = object(json!({
            "name": ty.name.full(),
            "kind": kind,
            "base": ty.base.map(|base| self.api.structured_type(base).name.full()),
            "abstract": ty.is_abstract,
            "open": ty.is_open,
            "key": ty.key,
            "properties": list(&ty.properties, |property| self.property(property)),
            "redescribed": list(&ty.redescribed, |property| json!({
                "name": property.name,
                "description": property.description,
                "origin": self.place(property.origin),
            })),
            "callouts": callouts(&ty.callouts),
            "pages": self.pages(&ty.pages),
            "workload": ty.workload,
            "origin": ty.origin.map(|origin| self.place(origin)),
        }));
        docs(&mut object, &ty.docs);
        Value::Object(object)
    }

    fn property(&self, property: &Property) -> Value {
        let mut object = object(json!({
            "name": property.name,
            "type": type_name(self.api, &property.ty.ty),
            "collection": property.ty.collection,
            "navigation": property.kind == PropertyKind::Navigation,
            "readOnly": property.read_only,
            "required": property.required,
            "nullable": property.nullable,
            "default": property.default,
            "listedValues": property.listed_values,
            "queryOptions": query_options(&property.usage.query),
            "filterOperators": property.usage.query.filter_operators,
            "returned": property.usage.returned.map(Returned::name),
            "immutable": property.usage.immutable,
            "origin": self.place(property.origin),
        }));
        if let Type::Undefined(name) = &property.ty.ty {
            object.insert("undefinedType".into(), name.clone().into());
        }
        docs(&mut object, &property.docs);
        Value::Object(object)
    }

    fn enum_type(&self, ty: &EnumType) -> Value {
        let members = list(&ty.members, |member| {
            let mut object = object(json!({
                "name": member.name,
                "value": member.value,
                "requiresPrefer": member.requires_prefer,
                "origin": self.place(member.origin),
            }));
            docs(&mut object, &member.docs);
            Value::Object(object)
        });
        let mut object = object(json!({
            "name": ty.name.full(),
            "flags": ty.is_flags,
            "members": members,
            "pages": self.pages(&ty.pages),
            "workload": ty.workload,
            "origin": self.place(ty.origin),
        }));
        docs(&mut object, &ty.docs);
        Value::Object(object)
    }

    fn operation(&self, operation: &Operation) -> Value {
        let mut object = object(json!({
            "kind": format!("{:?}", operation.kind).to_ascii_lowercase(),
            "method": operation.method.name(),
            "path": operation.path.template(),
            "normalisedPath": operation.path.normalised(),
            "spellings": operation.spellings,
            "binding": operation.binding.as_ref().map(|ty| type_ref(self.api, ty)),
            "parameters": list(&operation.parameters, |parameter| self.parameter(parameter)),
            "body": self.body(&operation.body),
            "bodyOptional": operation.is_body_optional,
            "response": self.response(&operation.response),
            "status": operation.success_status,
            "permissions": permissions(&operation.permissions),
            "queryOptions": query_options(&operation.usage.query),
            "otherQueryOptions": operation.usage.query.others,
            "queryNotes": operation.usage.query_notes,
            "pageSize": json!({
                "default": operation.usage.page_size.default,
                "maximum": operation.usage.page_size.maximum,
            }),
            "throttling": operation.usage.throttling,
            "clouds": list(&operation.usage.clouds, |cloud| {
                json!({ "name": cloud.name, "supported": cloud.supported })
            }),
            "callouts": callouts(&operation.usage.callouts),
            "pages": self.pages(&operation.pages),
            "origin": self.place(operation.origin),
            "examples": list(&operation.examples, |example| self.example(example)),
        }));
        docs(&mut object, &operation.docs);
        Value::Object(object)
    }

    fn parameter(&self, parameter: &Parameter) -> Value {
        let place = match parameter.place {
            ParameterPlace::Query => "query",
            ParameterPlace::Header => "header",
        };
        json!({
            "name": parameter.name,
            "value": parameter.value,
            "in": place,
            "type": parameter.ty.as_ref().map(|ty| type_ref(self.api, ty)),
            "required": parameter.required,
            "description": parameter.docs.description,
            "origin": self.place(parameter.origin),
        })
    }

    fn body(&self, body: &Body) -> Value {
        match body {
            Body::None => Value::Null,
            Body::Value(ty) => json!({ "type": type_ref(self.api, ty) }),
            Body::Parameters(parameters) => {
                json!({ "parameters": list(parameters, |own| self.property(own)) })
            }
            Body::Reference(ty) => {
                json!({ "reference": ty.as_ref().map(|ty| type_ref(self.api, ty)) })
            }
            Body::Stream => json!("stream"),
            Body::Undefined => json!("undefined"),
        }
    }

    fn response(&self, response: &ResponseContent) -> Value {
        match response {
            ResponseContent::None => Value::Null,
            ResponseContent::Value(ty) => json!({ "type": type_ref(self.api, ty) }),
            ResponseContent::Stream => json!("stream"),
            ResponseContent::Undefined => json!("undefined"),
        }
    }

    fn example(&self, example: &Example) -> Value {
        json!({
            "name": example.name,
            "path": example.path,
            "query": example.query,
            "request": self.message(&example.request),
            "status": example.status,
            "response": example.response.as_ref().map(|message| self.message(message)),
        })
    }

    fn message(&self, message: &ExampleMessage) -> Value {
        let body = match &message.content {
            Content::Empty => Value::Null,
            Content::Json(json) => (*json.value).clone(),
            Content::Other(text) => text.value.clone().into(),
        };
        json!({ "headers": message.headers, "body": body, "origin": self.place(message.at) })
    }
}

/// The options whose support is stated: `{"$filter": true}`.
fn query_options(support: &QuerySupport) -> Value {
    let options = support.options.iter();
    let options = options.map(|(option, supported)| (option.name().to_owned(), json!(supported)));
    Value::Object(options.collect())
}

fn callouts(callouts: &[Callout]) -> Value {
    list(
        callouts,
        |callout| json!({ "label": callout.label, "text": callout.text, "general": callout.is_general }),
    )
}

fn docs(object: &mut Map<String, Value>, docs: &Docs) {
    object.insert("description".into(), docs.description.clone().into());
    object.insert("deprecated".into(), docs.deprecated.clone().into());
    if let Some(date) = docs.retirement_date() {
        object.insert("retirementDate".into(), date.into());
    }
}

/// Converts permissions: the sets that are sufficient without a condition by account type, then those under a condition.
/// `least` is the number of sets that the documentation calls least privileged.
pub(super) fn permissions(permissions: &Permissions) -> Value {
    let grant = |grant: &Grant| match grant {
        Grant::Unstated => Value::Null,
        Grant::NotSupported => json!("notSupported"),
        Grant::Conditional => json!("conditional"),
        Grant::AnyOf(alternatives) => json!(alternatives.sets),
    };
    let mut object = Map::new();
    let mut least = Map::new();
    for account in Account::ALL {
        let stated = permissions.grant(account);
        object.insert(account_key(account).to_owned(), grant(stated));
        if let Grant::AnyOf(alternatives) = stated {
            least.insert(account_key(account).to_owned(), alternatives.least.into());
        }
    }
    object.insert("least".to_owned(), least.into());
    let conditional = permissions.conditional.iter().map(|conditional| {
        json!({
            "account": account_key(conditional.account),
            "condition": conditional.condition.text(),
            "conditionKind": match conditional.condition {
                Condition::ResourceSpecificConsent => "resourceSpecificConsent",
                Condition::Stated(_) => "stated",
                Condition::Page(_) => "page",
            },
            "permissions": grant(&conditional.grant),
        })
    });
    object.insert("conditional".to_owned(), conditional.collect());
    object.insert("roles".to_owned(), json!(permissions.roles));
    object.into()
}

/// Returns the key of an account type.
pub(super) fn account_key(account: Account) -> &'static str {
    match account {
        Account::DelegatedWork => "delegatedWork",
        Account::DelegatedPersonal => "delegatedPersonal",
        Account::Application => "application",
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => unreachable!("only objects are written with this, not {other}"),
    }
}
