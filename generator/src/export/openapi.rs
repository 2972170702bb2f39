//! The model as an OpenAPI 3.1 document.

mod parameters;
mod schemas;
mod templates;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::TakenNames;
use super::model_json::{account_key, permissions};
use crate::model::{
    Account, Api, Body, Grant, Operation, OperationKind, Permissions, ResponseContent, Type,
    TypeRef,
};
use schemas::{Schemas, reference};
use templates::Template;

/// Converts an API to an OpenAPI 3.1 document: paths, methods, parameters, and references to the schemas of bodies and
/// responses. Permissions are security requirements, and are listed in the order of privilege as `x-graph-permissions`.
pub fn to_openapi(api: &Api) -> Value {
    let schemas = Schemas::new(api);
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Microsoft Graph", "version": api.version.name() },
        "servers": [{ "url": format!("https://graph.microsoft.com/{}", api.version.name()) }],
        "paths": paths(&schemas),
        "components": {
            "schemas": schemas.to_json(),
            "responses": { "error": error_response() },
            "securitySchemes": security_schemes(),
        },
    })
}

/// Builds the path items. Paths that differ only in the names of their parameters are one path in OpenAPI, so the first operation
/// names the parameters for all methods.
fn paths(schemas: &Schemas<'_>) -> Value {
    let mut templates: BTreeMap<String, Template> = BTreeMap::new();
    let mut paths: Map<String, Value> = Map::new();
    let mut ids = TakenNames::default();
    for operation in &schemas.api.operations {
        let normalised = operation.path.normalised();
        let id = operation_id(operation, &normalised, &mut ids);
        let template = templates
            .entry(normalised)
            .or_insert_with(|| Template::from_path(&operation.path));
        let path = paths
            .entry(template.path.clone())
            .or_insert_with(|| json!({}));
        let Value::Object(methods) = path else {
            unreachable!("every path is made as an object")
        };
        methods
            .entry(operation.method.name().to_ascii_lowercase())
            .or_insert_with(|| self::operation(schemas, operation, id, template));
    }
    Value::Object(paths)
}

fn operation(
    schemas: &Schemas<'_>,
    operation: &Operation,
    id: String,
    template: &Template,
) -> Value {
    let mut object = Map::new();
    object.insert("operationId".into(), id.into());
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
    let mut parameters = template.parameters();
    parameters.extend(parameters::to_json(schemas, &operation.parameters));
    parameters.extend(parameters::query_options(operation));
    if !parameters.is_empty() {
        object.insert("parameters".into(), parameters.into());
    }
    if let Some(body) = request_body(schemas, &operation.body) {
        object.insert("requestBody".into(), body);
    }
    object.insert("responses".into(), responses(schemas, operation));
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

/// Builds the operation id from method and normalized path, in characters that generators of clients accept. It is unique.
fn operation_id(operation: &Operation, normalised: &str, taken: &mut TakenNames) -> String {
    let path = normalised.replace("{}", "{id}").replace(
        |character: char| !character.is_ascii_alphanumeric() && !"$.={}".contains(character),
        "_",
    );
    let id = format!("{}{path}", operation.method.name().to_ascii_lowercase());
    taken.take(id)
}

fn request_body(schemas: &Schemas<'_>, body: &Body) -> Option<Value> {
    let schema = match body {
        Body::None => return None,
        Body::Value(ty) => schemas.value(ty),
        Body::Parameters(parameters) => schemas.action_parameters(parameters),
        Body::Reference(_) => {
            json!({ "type": "object", "properties": { "@odata.id": { "type": "string", "format": "uri" } } })
        }
        Body::Stream => return Some(json!({ "content": { "application/octet-stream": {} } })),
        Body::Undefined => json!({}),
    };
    Some(json!({ "content": { "application/json": { "schema": schema } } }))
}

fn responses(schemas: &Schemas<'_>, operation: &Operation) -> Value {
    let status = operation
        .success_status
        .map_or_else(|| "2XX".to_owned(), |status| status.to_string());
    let mut success = Map::new();
    success.insert("description".into(), "Success".into());
    let content = match &operation.response {
        ResponseContent::None => None,
        ResponseContent::Value(ty) => Some(
            json!({ "application/json": { "schema": response_schema(schemas, operation, ty) } }),
        ),
        ResponseContent::Stream => Some(json!({ "application/octet-stream": {} })),
        ResponseContent::Undefined => Some(json!({ "application/json": { "schema": {} } })),
    };
    if let Some(content) = content {
        success.insert("content".into(), content);
    }
    json!({ status: success, "default": reference("responses", "error") })
}

/// The schema of a response: collections are sent in pages, and values other than objects are wrapped.
fn response_schema(schemas: &Schemas<'_>, operation: &Operation, ty: &TypeRef) -> Value {
    let bare = matches!(ty.ty, Type::Structured(_) | Type::Undefined(_))
        || operation.kind == OperationKind::Count;
    if bare && !ty.collection {
        return schemas.value(ty);
    }
    let mut properties = Map::new();
    properties.insert("value".into(), schemas.value(ty));
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

/// Returns the security requirements: the sets that are sufficient without a condition. If an account type has none, those under
/// a condition stand in, as OpenAPI knows no conditions.
fn security(permissions: &Permissions) -> Vec<Value> {
    let sets = Account::ALL.into_iter().flat_map(|account| {
        let key = account_key(account);
        let to_json = move |set: &Vec<String>| json!({ key: set });
        match permissions.grant(account) {
            Grant::AnyOf(alternatives) => alternatives.sets.iter().map(to_json).collect(),
            Grant::Conditional => permissions.all_sets(account).map(to_json).collect(),
            Grant::Unstated | Grant::NotSupported => Vec::new(),
        }
    });
    sets.collect()
}

fn security_schemes() -> Value {
    let scheme = |description: &str| json!({ "type": "http", "scheme": "bearer", "description": description });
    json!({
        account_key(Account::DelegatedWork): scheme("A user with a work or school account"),
        account_key(Account::DelegatedPersonal): scheme("A user with a personal Microsoft account"),
        account_key(Account::Application): scheme("An application without a user"),
    })
}
