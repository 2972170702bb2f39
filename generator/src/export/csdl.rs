//! CSDL, the schema language of OData: an EDMX document with one `Schema` for each namespace.

mod xml;

use std::collections::{BTreeMap, BTreeSet};

use xml::Element;

use crate::model::{
    Api, Body, EnumType, FunctionParameter, Operation, OperationKind, Primitive, Property,
    PropertyKind, ResponseContent, Root, Segment, StructuredKind, StructuredType, Type, TypeRef,
};

/// The default namespace.
const GRAPH: &str = "microsoft.graph";

/// The complex type of the service for any JSON value.
const JSON: &str = "Json";

/// Writes an API as an EDMX 4.0 document. Enum members have a `Value` if every member of the enum has a documented value.
pub fn to_csdl(api: &Api) -> String {
    let mut schemas: BTreeMap<String, Vec<Element>> = BTreeMap::new();
    for ty in &api.enums {
        schemas
            .entry(ty.name.namespace.clone())
            .or_default()
            .push(enum_type(ty));
    }
    for ty in &api.structured_types {
        schemas
            .entry(ty.name.namespace.clone())
            .or_default()
            .push(structured_type(api, ty));
    }
    for (namespace, element) in operations(api) {
        schemas.entry(namespace).or_default().push(element);
    }
    schemas
        .entry(GRAPH.to_owned())
        .or_default()
        .push(container(api));
    let schemas = schemas.into_iter().map(|(namespace, elements)| {
        Element::new("Schema")
            .with("xmlns", "http://docs.oasis-open.org/odata/ns/edm")
            .with("Namespace", namespace)
            .with_children(elements)
    });
    Element::new("edmx:Edmx")
        .with("xmlns:edmx", "http://docs.oasis-open.org/odata/ns/edmx")
        .with("Version", "4.0")
        .with_children([Element::new("edmx:DataServices").with_children(schemas)])
        .to_document()
}

fn enum_type(ty: &EnumType) -> Element {
    // OData derives a missing value from the preceding member, so either all members have a value or none.
    let stated = ty.members.iter().all(|member| member.value.is_some());
    let members = ty.members.iter().map(|member| {
        let element = Element::new("Member").with("Name", &member.name);
        match member.value {
            Some(value) if stated => element.with("Value", value.to_string()),
            _ => element,
        }
    });
    Element::new("EnumType")
        .with("Name", &ty.name.name)
        .with_true("IsFlags", ty.is_flags)
        .with_children(members)
}

fn structured_type(api: &Api, ty: &StructuredType) -> Element {
    let name = match ty.kind {
        StructuredKind::Entity => "EntityType",
        StructuredKind::Complex => "ComplexType",
    };
    let mut element = Element::new(name).with("Name", &ty.name.name);
    if let Some(base) = ty.base {
        element = element.with("BaseType", api.structured_type(base).name.full());
    }
    element = element
        .with_true("Abstract", ty.is_abstract)
        .with_true("OpenType", ty.is_open);
    if ty.kind == StructuredKind::Entity && !ty.key.is_empty() {
        let keys = ty
            .key
            .iter()
            .map(|key| Element::new("PropertyRef").with("Name", key));
        element = element.with_children([Element::new("Key").with_children(keys)]);
    }
    element.with_children(
        ty.properties
            .iter()
            .map(|property| self::property(api, property)),
    )
}

fn property(api: &Api, property: &Property) -> Element {
    let element = match property.kind {
        PropertyKind::Structural => Element::new("Property"),
        PropertyKind::Navigation => Element::new("NavigationProperty"),
    };
    let element = element
        .with("Name", &property.name)
        .with("Type", type_ref(api, &property.ty));
    match property.nullable {
        Some(nullable) => element.with("Nullable", nullable.to_string()),
        None => element,
    }
}

/// Returns the actions and functions with their namespaces; each once, even if several paths end in it.
fn operations(api: &Api) -> Vec<(String, Element)> {
    let mut seen = BTreeSet::new();
    let mut elements = Vec::new();
    for operation in &api.operations {
        let Some(call) = Callable::from_operation(api, operation) else {
            continue;
        };
        if seen.insert((
            call.name.clone(),
            call.binding.clone(),
            call.parameter_names(),
        )) {
            elements.push((call.namespace.clone(), call.element()));
        }
    }
    elements
}

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

    fn parameter_names(&self) -> Vec<String> {
        self.parameters
            .iter()
            .map(|(name, _)| name.clone())
            .collect()
    }

    fn element(&self) -> Element {
        let parameter = |name: &str, ty: &str| {
            Element::new("Parameter")
                .with("Name", name)
                .with("Type", ty)
        };
        let binding = self
            .binding
            .iter()
            .map(|ty| parameter("bindingParameter", ty));
        let own = self.parameters.iter().map(|(name, ty)| parameter(name, ty));
        let result = self
            .return_type
            .iter()
            .map(|ty| Element::new("ReturnType").with("Type", ty));
        Element::new(self.element)
            .with("Name", &self.name)
            .with_true("IsBound", self.binding.is_some())
            .with_children(binding.chain(own).chain(result))
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
        ResponseContent::None => None,
        ResponseContent::Value(ty) => Some(type_ref(api, ty)),
        ResponseContent::Stream => Some("Edm.Stream".to_owned()),
        ResponseContent::Undefined => Some("Edm.Untyped".to_owned()),
    }
}

fn container(api: &Api) -> Element {
    let roots = api.roots.iter().filter_map(|root| self::root(api, root));
    Element::new("EntityContainer")
        .with("Name", "GraphService")
        .with_children(roots)
}

/// Returns the entity set or singleton; none if no page shows its type, which CSDL requires.
fn root(api: &Api, root: &Root) -> Option<Element> {
    let ty = root.ty.as_ref()?;
    let name = type_name(api, &ty.ty);
    Some(if ty.collection {
        Element::new("EntitySet")
            .with("Name", &root.name)
            .with("EntityType", name)
    } else {
        Element::new("Singleton")
            .with("Name", &root.name)
            .with("Type", name)
    })
}

/// Returns the full name of a type; for any JSON value, the complex type of the service if a page defines it.
fn type_name(api: &Api, ty: &Type) -> String {
    let is_any = *ty == Type::Primitive(Primitive::Untyped);
    if is_any && has_json(api) {
        return format!("{GRAPH}.{JSON}");
    }
    crate::export::type_name(api, ty)
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
