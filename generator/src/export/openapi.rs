//! The model as an OpenAPI 3.1 document.

mod schemas;

use serde_json::{Map, Value, json};

use crate::model::{
    Api, Body, Grant, Operation, OperationKind, Parameter, ParameterPlace, Permissions,
    ResponseContent, Segment, Type, TypeRef,
};
use schemas::{property, reference, schema};

/// Converts an API to an OpenAPI 3.1 document: paths, methods, parameters, and references to the schemas of bodies and
/// responses. Permissions are security requirements, and are listed in the order of privilege as `x-graph-permissions`.
pub fn to_openapi(api: &Api) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Microsoft Graph", "version": api.version.name() },
        "servers": [{ "url": format!("https://graph.microsoft.com/{}", api.version.name()) }],
        "paths": paths(api),
        "components": {
            "schemas": schemas::schemas(api),
            "responses": { "error": error_response() },
            "securitySchemes": security_schemes(),
        },
    })
}

fn paths(api: &Api) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for operation in &api.operations {
        let template = Template::of(operation);
        let path = paths
            .entry(template.path.clone())
            .or_insert_with(|| json!({}));
        let Value::Object(methods) = path else {
            unreachable!("every path is made as an object")
        };
        methods.insert(
            operation.method.name().to_ascii_lowercase(),
            self::operation(api, operation, &template),
        );
    }
    Value::Object(paths)
}

/// A path template. In OpenAPI, parameters have unique names, and templates that differ only in these names are equal.
struct Template {
    path: String,
    parameters: Vec<Value>,
}

impl Template {
    fn of(operation: &Operation) -> Self {
        let mut template = Self {
            path: String::new(),
            parameters: Vec::new(),
        };
        for segment in &operation.path.segments {
            template.path.push('/');
            match segment {
                Segment::Name(name) | Segment::Action(name) => template.path.push_str(name),
                Segment::Key(_) => template.parameter("id", ""),
                Segment::AlternateKey { property, .. } => {
                    template.path.push_str(&format!("{property}="));
                    template.parameter(property, "");
                }
                Segment::Cast(name) => template.path.push_str(&name.full()),
                Segment::Function { name, parameters } => {
                    template.path.push_str(name);
                    template.path.push('(');
                    for (index, parameter) in parameters.iter().enumerate() {
                        let comma = if index == 0 { "" } else { "," };
                        template
                            .path
                            .push_str(&format!("{comma}{}=", parameter.name));
                        template
                            .parameter(&parameter.name, if parameter.quoted { "'" } else { "" });
                    }
                    template.path.push(')');
                }
                Segment::ItemPath(_) => template.parameter("itemPath", ""),
                Segment::Ref => template.path.push_str("$ref"),
                Segment::Value => template.path.push_str("$value"),
                Segment::Count => template.path.push_str("$count"),
            }
        }
        template
    }

    fn parameter(&mut self, name: &str, quote: &str) {
        let mut unique = name.to_owned();
        let mut count = 1;
        while self
            .parameters
            .iter()
            .any(|parameter| parameter["name"] == unique.as_str())
        {
            count += 1;
            unique = format!("{name}{count}");
        }
        self.path.push_str(&format!("{quote}{{{unique}}}{quote}"));
        self.parameters.push(json!({
            "name": unique, "in": "path", "required": true, "schema": { "type": "string" },
        }));
    }
}

fn operation(api: &Api, operation: &Operation, template: &Template) -> Value {
    let mut object = Map::new();
    object.insert(
        "operationId".into(),
        operation_id(operation, template).into(),
    );
    if let Some(page) = operation.pages.first() {
        object.insert("summary".into(), page.title.clone().into());
        object.insert("externalDocs".into(), json!({ "url": page.url }));
    }
    if !operation.docs.description.is_empty() {
        object.insert(
            "description".into(),
            operation.docs.description.clone().into(),
        );
    }
    if operation.docs.deprecated.is_some() {
        object.insert("deprecated".into(), true.into());
    }
    let own = operation
        .parameters
        .iter()
        .filter(|parameter| !is_transport_header(parameter))
        .map(|own| parameter(api, own));
    let parameters: Vec<Value> = template.parameters.iter().cloned().chain(own).collect();
    if !parameters.is_empty() {
        object.insert("parameters".into(), parameters.into());
    }
    if let Some(body) = request_body(api, &operation.body) {
        object.insert("requestBody".into(), body);
    }
    object.insert("responses".into(), responses(api, operation));
    let security = security(&operation.permissions);
    if !security.is_empty() {
        object.insert("security".into(), security.into());
    }
    object.insert(
        "x-graph-permissions".into(),
        permissions(&operation.permissions),
    );
    object.insert(
        "x-graph-operation-kind".into(),
        format!("{:?}", operation.kind).to_ascii_lowercase().into(),
    );
    Value::Object(object)
}

/// Builds the operation id from method and path, in the characters that an id may contain. It is unique.
fn operation_id(operation: &Operation, template: &Template) -> String {
    let path = template.path.replace(
        |character: char| !character.is_ascii_alphanumeric() && !"$.={}".contains(character),
        "_",
    );
    format!("{}{path}", operation.method.name().to_ascii_lowercase())
}

/// OpenAPI does not allow these three headers as parameters: they follow from the content and security of an operation.
fn is_transport_header(parameter: &Parameter) -> bool {
    parameter.place == ParameterPlace::Header
        && ["authorization", "accept", "content-type"]
            .iter()
            .any(|name| parameter.name.eq_ignore_ascii_case(name))
}

fn parameter(api: &Api, parameter: &Parameter) -> Value {
    let place = match parameter.place {
        ParameterPlace::Query => "query",
        ParameterPlace::Header => "header",
    };
    json!({
        "name": parameter.name,
        "in": place,
        "required": parameter.required,
        "description": parameter.docs.description,
        "schema": parameter.ty.as_ref().map_or_else(|| json!({ "type": "string" }), |ty| schema(api, ty)),
    })
}

fn request_body(api: &Api, body: &Body) -> Option<Value> {
    let schema = match body {
        Body::None => return None,
        Body::Value(ty) => schema(api, ty),
        Body::Parameters(parameters) => {
            let properties: Map<String, Value> = parameters
                .iter()
                .map(|own| (own.name.clone(), property(api, own)))
                .collect();
            json!({ "type": "object", "properties": properties })
        }
        Body::Reference(_) => {
            json!({ "type": "object", "properties": { "@odata.id": { "type": "string", "format": "uri" } } })
        }
        Body::Stream => return Some(json!({ "content": { "application/octet-stream": {} } })),
        Body::Undefined => json!({}),
    };
    Some(json!({ "content": { "application/json": { "schema": schema } } }))
}

fn responses(api: &Api, operation: &Operation) -> Value {
    let status = operation
        .success_status
        .map_or_else(|| "2XX".to_owned(), |status| status.to_string());
    let mut success = Map::new();
    success.insert("description".into(), "Success".into());
    let content = match &operation.response {
        ResponseContent::None => None,
        ResponseContent::Value(ty) => {
            Some(json!({ "application/json": { "schema": response_schema(api, operation, ty) } }))
        }
        ResponseContent::Stream => Some(json!({ "application/octet-stream": {} })),
        ResponseContent::Undefined => Some(json!({ "application/json": { "schema": {} } })),
    };
    if let Some(content) = content {
        success.insert("content".into(), content);
    }
    json!({ status: success, "default": reference("responses", "error") })
}

/// The schema of a response: collections are sent in pages, and values other than objects are wrapped.
fn response_schema(api: &Api, operation: &Operation, ty: &TypeRef) -> Value {
    let bare = matches!(ty.ty, Type::Structured(_) | Type::Undefined(_))
        || operation.kind == OperationKind::Count;
    if bare && !ty.collection {
        return schema(api, ty);
    }
    let mut properties = Map::new();
    properties.insert("value".into(), schema(api, ty));
    if ty.collection {
        properties.insert(
            "@odata.nextLink".into(),
            json!({ "type": "string", "format": "uri" }),
        );
    }
    json!({ "type": "object", "properties": properties })
}

fn error_response() -> Value {
    json!({
        "description": "The service refused or failed",
        "content": { "application/json": { "schema": {
            "type": "object",
            "properties": { "error": {
                "type": "object",
                "properties": { "code": { "type": "string" }, "message": { "type": "string" } },
            } },
        } } },
    })
}

/// The account types, each of which is a security scheme.
const ACCOUNTS: [&str; 3] = ["delegatedWork", "delegatedPersonal", "application"];

fn grants(permissions: &Permissions) -> [(&'static str, &Grant); 3] {
    let grants = [
        &permissions.delegated_work,
        &permissions.delegated_personal,
        &permissions.application,
    ];
    std::array::from_fn(|index| (ACCOUNTS[index], grants[index]))
}

fn security(permissions: &Permissions) -> Vec<Value> {
    let sets = |(account, grant): (&'static str, &Grant)| match grant {
        Grant::AnyOf(sets) => sets
            .iter()
            .map(|set| json!({ account: set }))
            .collect::<Vec<Value>>(),
        Grant::Unstated | Grant::NotSupported => Vec::new(),
    };
    grants(permissions).into_iter().flat_map(sets).collect()
}

fn permissions(permissions: &Permissions) -> Value {
    let words = grants(permissions).into_iter().map(|(account, grant)| {
        let words = match grant {
            Grant::Unstated => json!("unstated"),
            Grant::NotSupported => json!("notSupported"),
            Grant::AnyOf(sets) => json!(sets),
        };
        (account.to_owned(), words)
    });
    Value::Object(words.collect())
}

fn security_schemes() -> Value {
    let scheme = |description: &str| json!({ "type": "http", "scheme": "bearer", "description": description });
    json!({
        ACCOUNTS[0]: scheme("A user with a work or school account"),
        ACCOUNTS[1]: scheme("A user with a personal Microsoft account"),
        ACCOUNTS[2]: scheme("An application without a user"),
    })
}
