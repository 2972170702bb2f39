//! Decides the type of a response from all that a page states about it: sentence, annotation, `@odata.context`, and the body of
//! the example.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::facts::{ExampleResponseFact, OperationFacts, SegmentFact, TypeName, TypePhrase};
use crate::model::{HttpMethod, Primitive, StructuredTypeId, Type, TypeRef};
use crate::report::{Code, Report};
use crate::resolve::pages::Page;
use crate::resolve::symbols::definitions::Definitions;
use crate::resolve::type_phrases::TypeResolver;

/// Weighs the statements of a page about its response.
pub(crate) struct ResponseTypes<'a> {
    pub(crate) types: &'a TypeResolver<'a>,
    pub(crate) definitions: &'a Definitions<'a>,
}

/// What an example shows of the type of the response.
struct Evidence<'f> {
    response: &'f ExampleResponseFact,
    /// The type in the annotation.
    annotation: Option<TypeRef>,
    /// The body, if it is a JSON object.
    body: Option<&'f Map<String, Value>>,
    context: Option<Context>,
}

/// What `@odata.context` states.
enum Context {
    /// `#Collection(microsoft.graph.user)`, `#microsoft.graph.user`
    Type(TypeRef),
    /// `#users/$entity`
    SingleEntity,
}

/// The form of a JSON body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// An array of objects in `value`.
    Objects,
    /// An array of other values in `value`.
    Values,
    /// A string, number or Boolean in `value`.
    SingleValue,
    /// An object with properties.
    SingleObject,
}

impl Shape {
    /// Returns the form of a body; `None` if it is empty, or fits several forms.
    fn find(body: &Map<String, Value>) -> Option<Self> {
        let mut properties = body.keys().filter(|key| !key.contains('@'));
        let has_others = properties.any(|key| key != "value");
        match body.get("value") {
            None => has_others.then_some(Self::SingleObject),
            Some(_) if has_others => None,
            Some(Value::Array(items)) => {
                let first = items.first()?;
                let is_object = first.is_object();
                Some(if is_object {
                    Self::Objects
                } else {
                    Self::Values
                })
            }
            Some(Value::Null | Value::Object(_)) => None,
            Some(Value::Bool(_) | Value::Number(_) | Value::String(_)) => Some(Self::SingleValue),
        }
    }

    fn is_collection(self) -> bool {
        matches!(self, Self::Objects | Self::Values)
    }

    fn has_objects(self) -> bool {
        matches!(self, Self::Objects | Self::SingleObject)
    }
}

impl ResponseTypes<'_> {
    /// Returns the type of the response: the one that `@odata.context` names, else the one of sentence and annotation that fits
    /// the body. Body and context decide whether it is a collection. `stated` is the type in a sentence or methods table.
    pub(crate) fn weigh(
        &self,
        stated: Option<TypeRef>,
        page: &Page,
        facts: &OperationFacts,
        report: &mut Report,
    ) -> Option<TypeRef> {
        let mut found = responses(facts)
            .into_iter()
            .map(|response| self.evidence(response, page));
        let Some(mut evidence) = found.next() else {
            return stated;
        };
        // The first body decides, not the file that a redirect leads to.
        if evidence.body.is_none()
            && let Some(other) = found.find(|other| other.body.is_some())
        {
            evidence = other;
        }
        let decided = self.decide(stated.clone(), &evidence, facts);
        if let (Some(stated), Some(decided)) = (&stated, &decided)
            && stated != decided
        {
            let name = self.type_name(decided);
            report.push(
                Code::ResponseDisputed,
                evidence.response.at,
                0,
                format!(
                    "the page states the response `{}`, but its example shows `{name}`",
                    self.type_name(stated)
                ),
                format!("`{name}` is used"),
            );
        }
        decided
    }

    fn evidence<'f>(&self, response: &'f ExampleResponseFact, page: &Page) -> Evidence<'f> {
        let body = response
            .body
            .as_ref()
            .and_then(|body| body.json.as_ref()?.as_object());
        let annotation = response.annotation.as_ref().and_then(|annotation| {
            let name = annotation.type_name.as_ref()?;
            self.resolve(name, annotation.is_collection, page)
        });
        let context = body
            .and_then(|body| body.get("@odata.context")?.as_str())
            .and_then(|context| self.read_context(context, page));
        Evidence {
            response,
            annotation,
            body,
            context,
        }
    }

    /// Resolves a type name; `None` if it is undefined.
    fn resolve(&self, name: &str, collection: bool, page: &Page) -> Option<TypeRef> {
        let phrase = TypePhrase {
            written: name.to_owned(),
            width: name.chars().count(),
            names: vec![TypeName {
                text: name.to_owned(),
                target: None,
            }],
            collection,
            qualifier: None,
        };
        let resolved = self.types.resolve(&phrase, page).ty;
        (!matches!(resolved.ty, Type::Undefined(_))).then_some(resolved)
    }

    fn read_context(&self, context: &str, page: &Page) -> Option<Context> {
        let (_, fragment) = context.split_once('#')?;
        if fragment.ends_with("/$entity") {
            return Some(Context::SingleEntity);
        }
        let folded = fragment.to_ascii_lowercase();
        let element = folded
            .strip_prefix("collection(")
            .and_then(|rest| rest.strip_suffix(')'));
        let name = element.unwrap_or(&folded);
        let is_name = name.starts_with("microsoft.graph.") || name.starts_with("edm.");
        // What follows a type in parentheses or behind a slash selects from it.
        if !is_name || name.contains(['/', '(']) {
            return None;
        }
        let ty = self.resolve(name, element.is_some(), page)?;
        Some(Context::Type(ty))
    }

    fn decide(
        &self,
        stated: Option<TypeRef>,
        evidence: &Evidence,
        facts: &OperationFacts,
    ) -> Option<TypeRef> {
        let Some(body) = evidence.body else {
            return stated.or_else(|| evidence.annotation.clone());
        };
        let shape = Shape::find(body);
        let named = match &evidence.context {
            Some(Context::Type(ty)) if self.fits(ty, shape) => Some(ty.clone()),
            _ => self.choose(stated.clone(), evidence, shape, facts),
        };
        let named = named.or(stated)?;
        let shape = shape.filter(|shape| {
            let is_own_property =
                matches!(shape, Shape::SingleObject) || !self.has_property(&named, "value");
            is_own_property && (shape.is_collection() || shape.has_objects())
        });
        let collection = match (shape, &evidence.context) {
            (Some(shape), _) => shape.is_collection(),
            (None, Some(Context::SingleEntity)) => false,
            (None, Some(Context::Type(ty))) => ty.collection,
            (None, None) => named.collection,
        };
        Some(TypeRef {
            ty: named.ty,
            collection,
        })
    }

    /// Chooses between the stated type and that of the annotation.
    fn choose(
        &self,
        stated: Option<TypeRef>,
        evidence: &Evidence,
        shape: Option<Shape>,
        facts: &OperationFacts,
    ) -> Option<TypeRef> {
        let stated = stated.filter(|ty| self.fits(ty, shape));
        let annotated = evidence.annotation.clone();
        let annotated = annotated.filter(|ty| self.fits(ty, shape));
        let (stated, annotated) = match (stated, annotated) {
            (Some(stated), Some(annotated)) => (stated, annotated),
            (stated, annotated) => return stated.or(annotated),
        };
        let (Type::Structured(stated_id), Type::Structured(annotated_id)) =
            (&stated.ty, &annotated.ty)
        else {
            return Some(match annotated.ty {
                Type::Primitive(Primitive::Untyped) => stated,
                _ => annotated,
            });
        };
        let bases = self.types.bases;
        let is_call = facts.says_action || facts.says_function;
        let prefers_annotation = if bases.is_or_inherits(*annotated_id, *stated_id) {
            // A page about an action states the base type and shows what this action returns. Items of a list may differ.
            is_call && shape == Some(Shape::SingleObject)
        } else if bases.is_or_inherits(*stated_id, *annotated_id) {
            false
        } else {
            let by_statement = self.count_known_keys(*stated_id, evidence);
            let by_annotation = self.count_known_keys(*annotated_id, evidence);
            // The keys of an open type are not listed.
            !self.is_open(*stated_id)
                && (by_annotation > by_statement || (by_annotation == by_statement && is_call))
        };
        Some(if prefers_annotation {
            annotated
        } else {
            TypeRef {
                collection: stated.collection || annotated.collection,
                ..stated
            }
        })
    }

    /// Whether a body of this form may have the type.
    fn fits(&self, ty: &TypeRef, shape: Option<Shape>) -> bool {
        match (&ty.ty, shape) {
            (Type::Primitive(Primitive::Stream), shape) => {
                shape.is_none_or(|shape| !shape.has_objects())
            }
            (_, None) | (Type::Primitive(Primitive::Untyped) | Type::Undefined(_), _) => true,
            (Type::Structured(_), Some(shape)) => {
                shape.has_objects() || self.has_property(ty, "value")
            }
            (Type::Primitive(_) | Type::Enum(_), Some(shape)) => !shape.has_objects(),
        }
    }

    fn has_property(&self, ty: &TypeRef, name: &str) -> bool {
        matches!(ty.ty, Type::Structured(id) if self.property_names(id).contains(name))
    }

    /// Returns the number of keys in the object, or the first item, that are properties of a type.
    fn count_known_keys(&self, id: StructuredTypeId, evidence: &Evidence) -> usize {
        let Some(body) = evidence.body else { return 0 };
        let first = body
            .get("value")
            .and_then(|value| value.as_array()?.first()?.as_object());
        let names = self.property_names(id);
        let keys = first.unwrap_or(body).keys();
        keys.filter(|key| names.contains(key.as_str())).count()
    }

    fn is_open(&self, id: StructuredTypeId) -> bool {
        let parts = &self.definitions.structured[id.0 as usize].parts;
        parts.iter().any(|part| part.is_open())
    }

    /// Returns the names of the properties of a type and its ancestors.
    fn property_names(&self, id: StructuredTypeId) -> BTreeSet<&str> {
        let chain = self.types.bases.chain(id);
        chain
            .flat_map(|id| &self.definitions.structured[id.0 as usize].parts)
            .flat_map(|part| {
                part.facts
                    .properties
                    .iter()
                    .chain(&part.facts.relationships)
            })
            .map(|row| row.name.value.trim())
            .collect()
    }

    fn type_name(&self, ty: &TypeRef) -> String {
        let name = match &ty.ty {
            Type::Primitive(primitive) => format!("Edm.{primitive:?}"),
            Type::Structured(id) => self.types.symbols.structured_name(*id).full(),
            Type::Enum(id) => self.types.symbols.enum_name(*id).full(),
            Type::Undefined(name) => name.clone(),
        };
        match ty.collection {
            true => format!("Collection({name})"),
            false => name,
        }
    }
}

/// Returns the successful responses in the examples: those to requests of the page's operations, if the page shows any.
fn responses(facts: &OperationFacts) -> Vec<&ExampleResponseFact> {
    let mut request = None;
    let successes = facts.examples.iter().filter_map(|example| {
        // A response without a request answers the preceding request.
        request = example.request.as_ref().or(request);
        let response = example.response.as_ref()?;
        let is_success = (200..300).contains(&response.status);
        is_success.then_some((request, response))
    });
    let successes: Vec<_> = successes.collect();
    let operations: BTreeSet<(HttpMethod, String)> = facts
        .request_lines
        .iter()
        .filter_map(|line| Some((line.method, last_name(line.segments.last()?))))
        .collect();
    let requested = successes.iter().filter(|(request, _)| {
        request.is_none_or(|request| {
            let name = name_in_url(&request.url);
            operations.contains(&(request.method, name))
        })
    });
    let requested: Vec<&ExampleResponseFact> = requested.map(|(_, response)| *response).collect();
    if requested.is_empty() {
        return successes
            .into_iter()
            .map(|(_, response)| response)
            .collect();
    }
    requested
}

/// Returns the name in the last segment of a request line, in lower case; empty for a key.
fn last_name(segment: &SegmentFact) -> String {
    match segment {
        SegmentFact::Name(name) | SegmentFact::Call { name, .. } => {
            let unqualified = name.rsplit('.').next().unwrap_or(name);
            unqualified.to_ascii_lowercase()
        }
        SegmentFact::Key(_) | SegmentFact::AlternateKey { .. } | SegmentFact::ItemPath(_) => {
            String::new()
        }
    }
}

/// Returns the name in the last segment of a URL, in lower case and without arguments.
fn name_in_url(url: &str) -> String {
    let path = url.split('?').next().unwrap_or(url);
    let without_arguments = match path.find('(') {
        // Arguments may contain slashes and periods.
        Some(start) if path.trim_end().ends_with(')') => &path[..start],
        _ => path,
    };
    let segment = without_arguments.trim().trim_end_matches('/');
    let last = segment.rsplit('/').next().unwrap_or(segment);
    let unqualified = last.rsplit('.').next().unwrap_or(last);
    unqualified.to_ascii_lowercase()
}
