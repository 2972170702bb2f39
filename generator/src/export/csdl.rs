//! CSDL, the schema language of OData: an EDMX document with one `Schema` for each namespace.

mod alternate_keys;
mod annotations;
mod identifiers;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use alternate_keys::AlternateKeys;
use annotations::{capabilities, computed, deprecation, description, immutable};
use identifiers::{identifier, qualified_identifier};
use xml::Element;

use crate::model::{
    Api, Body, EnumType, FunctionParameter, HttpMethod, Operation, OperationKind, Primitive,
    Property, PropertyKind, QualifiedName, QuerySupport, ResponseContent, Root, Segment,
    StructuredKind, StructuredType, StructuredTypeId, Type, TypeRef,
};

/// The default namespace.
const GRAPH: &str = "microsoft.graph";

/// The complex type of the service for any JSON value.
const JSON: &str = "Json";

/// Writes an API as an EDMX 4.0 document. Enum members have a `Value` if every member of the enum has a documented value.
/// Descriptions, read-only and immutable properties, and deprecations are annotations of the vocabulary `Org.OData.Core.V1`; the
/// query options of entity sets are annotations of `Org.OData.Capabilities.V1`.
///
/// Names that are no OData identifiers are encoded (`_x0020_` for a space). An action or function with the name of a type is left
/// out, because CSDL does not allow both.
pub fn to_csdl(api: &Api) -> String {
    let mut schemas: BTreeMap<String, Vec<Element>> = BTreeMap::new();
    for ty in &api.enums {
        schemas
            .entry(qualified_identifier(&ty.name.namespace))
            .or_default()
            .push(enum_type(ty));
    }
    let alternate_keys = AlternateKeys::collect(api);
    for (index, ty) in api.structured_types.iter().enumerate() {
        let id = StructuredTypeId(u32::try_from(index).expect("a model has fewer than 2³² types"));
        let element = structured_type(api, ty).with_children(alternate_keys.annotation(id));
        schemas
            .entry(qualified_identifier(&ty.name.namespace))
            .or_default()
            .push(element);
    }
    for (namespace, element) in operations(api) {
        schemas.entry(namespace).or_default().push(element);
    }
    if let Some(container) = container(api) {
        schemas.entry(GRAPH.to_owned()).or_default().push(container);
    }
    let schemas = schemas.into_iter().map(|(namespace, elements)| {
        Element::new("Schema")
            .with("xmlns", "http://docs.oasis-open.org/odata/ns/edm")
            .with("Namespace", namespace)
            .with_children(elements)
    });
    Element::new("edmx:Edmx")
        .with("xmlns:edmx", "http://docs.oasis-open.org/odata/ns/edmx")
        .with("Version", "4.0")
        .with_children(annotations::vocabularies())
        .with_children([Element::new("edmx:DataServices").with_children(schemas)])
        .to_document()
}

fn enum_type(ty: &EnumType) -> Element {
    // OData derives a missing value from the preceding member, so either all members have a value or none.
    let stated = ty.members.iter().all(|member| member.value.is_some());
    let members = ty.members.iter().map(|member| {
        let element = Element::new("Member").with("Name", identifier(&member.name));
        let element = match member.value {
            Some(value) if stated => element.with("Value", value.to_string()),
            _ => element,
        };
        element
            .with_children(description(&member.docs))
            .with_children(deprecation(&member.docs))
    });
    Element::new("EnumType")
        .with("Name", identifier(&ty.name.name))
        .with_true("IsFlags", ty.is_flags)
        .with_children(members)
        .with_children(description(&ty.docs))
        .with_children(deprecation(&ty.docs))
}

fn structured_type(api: &Api, ty: &StructuredType) -> Element {
    let name = match ty.kind {
        StructuredKind::Entity => "EntityType",
        StructuredKind::Complex => "ComplexType",
    };
    let mut element = Element::new(name).with("Name", identifier(&ty.name.name));
    if let Some(base) = ty.base {
        element = element.with("BaseType", qualified(&api.structured_type(base).name));
    }
    element = element
        .with_true("Abstract", ty.is_abstract)
        .with_true("OpenType", ty.is_open);
    let keys: Vec<Element> = ty
        .key
        .iter()
        .filter(|key| ty.properties.iter().any(|property| property.name == **key))
        .map(|key| Element::new("PropertyRef").with("Name", identifier(key)))
        .collect();
    if ty.kind == StructuredKind::Entity && !keys.is_empty() {
        element = element.with_children([Element::new("Key").with_children(keys)]);
    }
    let properties = ty
        .properties
        .iter()
        .map(|property| self::property(api, property, ty.key.contains(&property.name)));
    element
        .with_children(properties)
        .with_children(description(&ty.docs))
        .with_children(deprecation(&ty.docs))
}

fn property(api: &Api, property: &Property, is_key: bool) -> Element {
    let is_navigation = is_navigation(api, property);
    let name = if is_navigation {
        "NavigationProperty"
    } else {
        "Property"
    };
    let mut element = Element::new(name)
        .with("Name", identifier(&property.name))
        .with("Type", type_ref(api, &property.ty));
    // Keys are never null, and a collection of entities cannot be.
    let nullable = if is_key {
        Some(false)
    } else {
        property.nullable
    };
    if let Some(nullable) = nullable.filter(|_| !(is_navigation && property.ty.collection)) {
        element = element.with("Nullable", nullable.to_string());
    }
    let is_immutable = property.usage.immutable && !property.read_only && !is_navigation;
    element
        .with_children(description(&property.docs))
        .with_children(property.read_only.then(|| computed(is_navigation)))
        .with_children(is_immutable.then(immutable))
        .with_children(deprecation(&property.docs))
}

/// Whether a property is a navigation property of CSDL, which leads to entities.
fn is_navigation(api: &Api, property: &Property) -> bool {
    let is_entity = match property.ty.ty {
        Type::Structured(id) => api.structured_type(id).kind == StructuredKind::Entity,
        Type::Primitive(_) | Type::Enum(_) | Type::Undefined(_) => false,
    };
    is_entity && property.kind == PropertyKind::Navigation
}

/// Returns the actions and functions with their namespaces; each once, even if several paths end in it.
fn operations(api: &Api) -> Vec<(String, Element)> {
    let types: BTreeSet<(&str, &str)> = api
        .structured_types
        .iter()
        .map(|ty| &ty.name)
        .chain(api.enums.iter().map(|ty| &ty.name))
        .map(|name| (name.namespace.as_str(), name.name.as_str()))
        .collect();
    let mut seen = BTreeSet::new();
    let mut elements = Vec::new();
    for operation in &api.operations {
        let Some(call) = Callable::from_operation(api, operation) else {
            continue;
        };
        let is_type = types.contains(&(call.namespace.as_str(), call.name.as_str()));
        if !is_type && seen.insert(call.overload()) {
            let namespace = qualified_identifier(&call.namespace);
            elements.push((namespace, call.element(operation)));
        }
    }
    elements
}

/// What distinguishes overloads: kind, name, binding type and, for functions, the names of the parameters.
type Overload = (&'static str, String, Option<String>, Vec<String>);

/// An action or function.
struct Callable {
    element: &'static str,
    namespace: String,
    name: String,
    binding: Option<String>,
    parameters: Vec<(String, String)>,
    return_type: Option<String>,
}

impl Callable {
    fn from_operation(api: &Api, operation: &Operation) -> Option<Self> {
        let (element, name, parameters) = match (operation.kind, operation.path.segments.last()?) {
            (OperationKind::Action, Segment::Action(name)) => {
                ("Action", name, body_parameters(api, &operation.body))
            }
            (OperationKind::Function, Segment::Function { name, parameters }) => {
                ("Function", name, function_parameters(api, parameters))
            }
            _ => return None,
        };
        let (namespace, name) = match name.rsplit_once('.') {
            Some((namespace, name)) => (namespace.to_owned(), name.to_owned()),
            None => (GRAPH.to_owned(), name.clone()),
        };
        Some(Self {
            element,
            namespace,
            name,
            binding: operation.binding.as_ref().map(|ty| type_ref(api, ty)),
            parameters,
            return_type: return_type(api, operation),
        })
    }

    fn overload(&self) -> Overload {
        let names = match self.element {
            "Function" => self
                .parameters
                .iter()
                .map(|(name, _)| name.clone())
                .collect(),
            _ => Vec::new(),
        };
        let name = format!("{}.{}", self.namespace, self.name);
        (self.element, name, self.binding.clone(), names)
    }

    fn element(&self, operation: &Operation) -> Element {
        let parameter = |name: &str, ty: &str| {
            Element::new("Parameter")
                .with("Name", identifier(name))
                .with("Type", ty)
        };
        let binding = self
            .binding
            .iter()
            .map(|ty| parameter("bindingParameter", ty));
        let mut names = BTreeSet::new();
        let parameters = self
            .parameters
            .iter()
            .filter(|(name, _)| names.insert(name.as_str()))
            .map(|(name, ty)| parameter(name, ty));
        let result = self
            .return_type
            .iter()
            .map(|ty| Element::new("ReturnType").with("Type", ty));
        Element::new(self.element)
            .with("Name", identifier(&self.name))
            .with_true("IsBound", self.binding.is_some())
            .with_children(binding.chain(parameters).chain(result))
            .with_children(description(&operation.docs))
            .with_children(deprecation(&operation.docs))
    }
}

fn body_parameters(api: &Api, body: &Body) -> Vec<(String, String)> {
    match body {
        Body::Parameters(parameters) => parameters
            .iter()
            .map(|parameter| (parameter.name.clone(), type_ref(api, &parameter.ty)))
            .collect(),
        Body::None | Body::Value(_) | Body::Reference(_) | Body::Stream | Body::Undefined => {
            Vec::new()
        }
    }
}

fn function_parameters(api: &Api, parameters: &[FunctionParameter]) -> Vec<(String, String)> {
    let type_of = |parameter: &FunctionParameter| {
        parameter
            .ty
            .as_ref()
            .map_or_else(|| "Edm.String".to_owned(), |ty: &TypeRef| type_ref(api, ty))
    };
    parameters
        .iter()
        .map(|parameter| (parameter.name.clone(), type_of(parameter)))
        .collect()
}

fn return_type(api: &Api, operation: &Operation) -> Option<String> {
    match &operation.response {
        ResponseContent::None => {
            (operation.kind == OperationKind::Function).then(|| "Edm.Untyped".to_owned())
        }
        ResponseContent::Value(ty) => Some(type_ref(api, ty)),
        ResponseContent::Stream => Some("Edm.Stream".to_owned()),
        ResponseContent::Undefined => Some("Edm.Untyped".to_owned()),
    }
}

/// Returns the container of entity sets and singletons, which CSDL does not allow to be empty.
fn container(api: &Api) -> Option<Element> {
    let roots: Vec<Element> = api
        .roots
        .iter()
        .filter_map(|root| self::root(api, root))
        .collect();
    let container = Element::new("EntityContainer").with("Name", "GraphService");
    (!roots.is_empty()).then(|| container.with_children(roots))
}

/// Returns the entity set or singleton; none if no page shows its type, or if that is no entity type, which CSDL requires.
fn root(api: &Api, root: &Root) -> Option<Element> {
    let ty = root.ty.as_ref()?;
    let Type::Structured(id) = ty.ty else {
        return None;
    };
    let structured_type = api.structured_type(id);
    if structured_type.kind != StructuredKind::Entity {
        return None;
    }
    let (element, attribute) = match ty.collection {
        true => ("EntitySet", "EntityType"),
        false => ("Singleton", "Type"),
    };
    let element = Element::new(element)
        .with("Name", identifier(&root.name))
        .with(attribute, qualified(&structured_type.name));
    let support = list_support(api, root).filter(|_| ty.collection);
    Some(element.with_children(support.into_iter().flat_map(capabilities)))
}

/// Returns the query options of the operation that lists an entity set.
fn list_support<'a>(api: &'a Api, root: &Root) -> Option<&'a QuerySupport> {
    let wanted = (format!("/{}", root.name), HttpMethod::Get);
    let place = api.operations.binary_search_by_key(&wanted, |operation| {
        (operation.path.normalised(), operation.method)
    });
    let list = &api.operations[place.ok()?];
    Some(&list.usage.query)
}

fn qualified(name: &QualifiedName) -> String {
    qualified_identifier(&name.full())
}

/// Returns the full name of a type; for any JSON value, the complex type of the service if a page defines it.
fn type_name(api: &Api, ty: &Type) -> String {
    let is_any = *ty == Type::Primitive(Primitive::Untyped);
    if is_any && has_json(api) {
        return format!("{GRAPH}.{JSON}");
    }
    qualified_identifier(&crate::export::type_name(api, ty))
}

/// Returns the full name of a type, in `Collection()` for a collection.
fn type_ref(api: &Api, ty: &TypeRef) -> String {
    let name = type_name(api, &ty.ty);
    if ty.collection {
        format!("Collection({name})")
    } else {
        name
    }
}

fn has_json(api: &Api) -> bool {
    let wanted = (GRAPH, JSON);
    let name =
        |ty: &StructuredType| (ty.name.namespace.as_str(), ty.name.name.as_str()).cmp(&wanted);
    api.structured_types.binary_search_by(name).is_ok()
}
