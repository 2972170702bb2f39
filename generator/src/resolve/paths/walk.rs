//! Walks the path of a request line from its root, and decides the type of each segment.

use crate::facts::{SegmentFact, UrlParameterFact, UrlPlace};
use crate::model::{
    FunctionParameter, KeyParameter, KeyProperty, Path, Primitive, QualifiedName, Segment,
    StructuredTypeId, Type, TypeRef,
};
use crate::path::is_guid;
use crate::resolve::operation_pages::OperationPage;
use crate::resolve::pages::Page;
use crate::resolve::paths::callables::{Callable, Callables};
use crate::resolve::paths::property_index::PropertyIndex;
use crate::resolve::paths::roots::Roots;
use crate::resolve::symbols::symbol_table::SymbolTable;
use crate::resolve::type_phrases::TypeResolver;

/// Walks paths.
pub(crate) struct PathWalker<'a> {
    pub(crate) types: &'a TypeResolver<'a>,
    pub(crate) properties: &'a PropertyIndex<'a>,
    pub(crate) callables: &'a Callables,
    pub(crate) roots: &'a Roots,
}

/// A path with typed segments.
#[derive(Clone, Debug)]
pub(crate) struct TypedPath {
    pub(crate) path: Path,
    /// The type before the last segment.
    pub(crate) binding: Option<TypeRef>,
    /// The type that the path leads to.
    pub(crate) end: Option<TypeRef>,
    /// The structured type that each segment leads to.
    pub(crate) types: Vec<Option<StructuredTypeId>>,
    /// The first name that is no property of the type before it.
    pub(crate) unknown: Option<UnknownSegment>,
}

/// A name in a path that is neither a property of the type before it nor an action or a function.
#[derive(Clone, Debug)]
pub(crate) struct UnknownSegment {
    pub(crate) owner: StructuredTypeId,
    pub(crate) name: String,
    /// The index of the segment.
    pub(crate) place: usize,
}

/// A segment, and the type that it leads to.
type TypedSegment = (Segment, Option<TypeRef>);

impl PathWalker<'_> {
    /// Walks segments of a request line of a page.
    pub(crate) fn walk(&self, segments: &[SegmentFact], operation: &OperationPage) -> TypedPath {
        let walk = Walk {
            walker: self,
            parameters: &operation.facts.url_parameters,
            page: operation.page,
            typed: TypedPath {
                path: Path {
                    segments: Vec::new(),
                },
                binding: None,
                end: None,
                types: Vec::new(),
                unknown: None,
            },
        };
        walk.run(segments)
    }
}

/// One walk along a path.
struct Walk<'w> {
    walker: &'w PathWalker<'w>,
    parameters: &'w [UrlParameterFact],
    page: &'w Page<'w>,
    typed: TypedPath,
}

impl Walk<'_> {
    fn run(mut self, segments: &[SegmentFact]) -> TypedPath {
        // Whether the preceding segment ended with a colon, so that a path of names follows.
        let mut follows_colon = false;
        for (place, fact) in segments.iter().enumerate() {
            let before = self.typed.end.take();
            let (segment, end) = if follows_colon {
                follows_colon = false;
                (item_path(fact), single(before.as_ref()))
            } else {
                follows_colon = matches!(fact, SegmentFact::ItemPath(_));
                self.step(fact, place, before.as_ref())
            };
            self.typed.path.segments.push(segment);
            self.typed.binding = before;
            self.typed.types.push(instance_or_item(end.as_ref()));
            self.typed.end = end;
        }
        self.typed
    }

    fn step(&mut self, fact: &SegmentFact, place: usize, before: Option<&TypeRef>) -> TypedSegment {
        match fact {
            SegmentFact::Name(name) => self.name(name, place, before),
            SegmentFact::Key(words) => {
                // A placeholder after a key stands for the name of a property.
                let is_property = matches!(self.typed.path.segments.last(), Some(Segment::Key(_)));
                let before = before.filter(|_| !is_property);
                (Segment::Key(self.key(words, before)), single(before))
            }
            SegmentFact::ItemPath(words) => self.anchor(words, place, before),
            SegmentFact::AlternateKey(values) => {
                let properties = values
                    .iter()
                    .map(|(name, value)| self.key_property(name, value, before));
                (Segment::AlternateKey(properties.collect()), single(before))
            }
            SegmentFact::Call { name, arguments } => {
                let parameters = arguments.iter();
                let segment = Segment::Function {
                    name: name.clone(),
                    parameters: parameters
                        .map(|(name, value)| self.function_parameter(name, value))
                        .collect(),
                };
                let callable = self.walker.callables.get(name);
                (
                    segment,
                    callable.and_then(|callable| callable.returns.clone()),
                )
            }
        }
    }

    /// Types `root:` or `{item-id}:`, which a path of names follows.
    fn anchor(&mut self, words: &str, place: usize, before: Option<&TypeRef>) -> TypedSegment {
        let is_collection = before.is_some_and(|before| before.collection);
        let name = placeholder_name(words);
        if is_collection || name != words.trim_end_matches(':') {
            return (Segment::Key(self.key(words, before)), single(before));
        }
        self.name(name, place, before)
    }

    fn name(&mut self, name: &str, place: usize, before: Option<&TypeRef>) -> TypedSegment {
        match name {
            "$ref" => return (Segment::Ref, before.cloned()),
            "$value" => return (Segment::Value, primitive(Primitive::Stream)),
            "$count" => return (Segment::Count, primitive(Primitive::Int32)),
            _ => {}
        }
        if place == 0 {
            let ty = self.walker.roots.type_of_root(name);
            return (Segment::Name(name.to_owned()), ty.cloned());
        }
        if name.contains('.')
            && let Some(cast) = self.cast(name, before)
        {
            return cast;
        }
        if let Some(owner) = instance(before)
            && let Some(property) = self.walker.properties.find(owner, name)
        {
            let segment = Segment::Name(property.name.clone());
            return (segment, Some(property.ty.clone()));
        }
        if let Some(callable) = self.walker.callables.get(name) {
            return (call(name, callable), callable.returns.clone());
        }
        if let Some(cast) = undefined_cast(name) {
            return (cast, None);
        }
        if before.is_none() {
            let ty = self.type_below_untyped_root(name);
            return (Segment::Name(name.to_owned()), ty);
        }
        if let (Some(owner), None) = (instance(before), &self.typed.unknown) {
            self.typed.unknown = Some(UnknownSegment {
                owner,
                name: name.to_owned(),
                place,
            });
        }
        (Segment::Name(name.to_owned()), None)
    }

    /// Returns the type at a name that only names without a type precede.
    fn type_below_untyped_root(&self, name: &str) -> Option<TypeRef> {
        let mut path = String::new();
        for segment in &self.typed.path.segments {
            let Segment::Name(above) = segment else {
                return None;
            };
            path.push_str(&above.to_lowercase());
            path.push('/');
        }
        path.push_str(&name.to_lowercase());
        self.walker.roots.type_at(&path).cloned()
    }

    /// Types a cast segment, whose name is that of a structured type.
    fn cast(&self, name: &str, before: Option<&TypeRef>) -> Option<TypedSegment> {
        let symbols = self.symbols();
        let id = symbols
            .look_up_text(name, self.page)
            .resolved
            .structured()?;
        let end = TypeRef {
            ty: Type::Structured(id),
            collection: before.is_some_and(|before| before.collection),
        };
        let name = symbols.structured_name(id).clone();
        Some((Segment::Cast(name), Some(end)))
    }

    fn function_parameter(&self, name: &str, value: &str) -> FunctionParameter {
        let name = if name.trim().is_empty() {
            placeholder_name(value)
        } else {
            name.trim()
        };
        let row = self.parameters.iter().find(|row| {
            row.place != UrlPlace::Query && row.row.name.value.eq_ignore_ascii_case(name)
        });
        let types = self.walker.types;
        FunctionParameter {
            name: name.to_owned(),
            ty: row.map(|row| types.resolve(&row.row.type_phrase.value, self.page).ty),
            // A literal of an enum, `type'member'`, has no quotes around it.
            quoted: value.trim().starts_with('\'') && value.trim().ends_with('\''),
        }
    }

    /// Creates a property of an alternate key, spelled as its type declares it. The value is a string literal if the page shows it
    /// in quotes, and unless the property has another type.
    fn key_property(&self, name: &str, value: &str, before: Option<&TypeRef>) -> KeyProperty {
        let of = structured(before);
        let property = of.and_then(|of| self.walker.properties.find(of, name));
        let is_text = property.is_none_or(|property| {
            property.ty.is_text() || !matches!(property.ty.ty, Type::Primitive(_))
        });
        let words = placeholder_name(value);
        let is_placeholder = value.contains(['{', '<']) && !words.is_empty();
        KeyProperty {
            name: property.map_or(name, |property| &property.name).to_owned(),
            key: KeyParameter {
                name: if is_placeholder { words } else { name }.to_owned(),
                of,
            },
            quoted: value.starts_with('\'') || is_text,
        }
    }

    /// Creates a key. It is named after its placeholder, or, if the page has a sample value instead, after the type.
    fn key(&self, words: &str, before: Option<&TypeRef>) -> KeyParameter {
        let of = structured(before);
        let words = placeholder_name(words).replace(['{', '}', '<', '>'], "");
        let is_sample = words.is_empty()
            || words.contains(|character: char| !is_placeholder_letter(character))
            || is_guid(&words);
        let name = match of {
            _ if !is_sample => words,
            Some(id) => format!("{}-id", self.symbols().structured_name(id).name),
            None => "id".to_owned(),
        };
        KeyParameter { name, of }
    }

    fn symbols(&self) -> &SymbolTable {
        self.walker.types.symbols
    }
}

/// Returns the cast to a type that no page defines.
fn undefined_cast(name: &str) -> Option<Segment> {
    let (namespace, name) = name.rsplit_once('.')?;
    let is_namespace = namespace == "microsoft.graph" || namespace.starts_with("microsoft.graph.");
    is_namespace.then(|| {
        Segment::Cast(QualifiedName {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        })
    })
}

/// Returns the segment that calls an action or a function without arguments.
fn call(name: &str, callable: &Callable) -> Segment {
    match callable.is_function {
        true => Segment::Function {
            name: name.to_owned(),
            parameters: Vec::new(),
        },
        false => Segment::Action(name.to_owned()),
    }
}

/// Returns the structured type of an instance or of the items of a collection.
fn structured(ty: Option<&TypeRef>) -> Option<StructuredTypeId> {
    match ty?.ty {
        Type::Structured(id) => Some(id),
        _ => None,
    }
}

/// Returns the structured type, if a path has led to a single instance of one.
pub(crate) fn instance(ty: Option<&TypeRef>) -> Option<StructuredTypeId> {
    match ty {
        Some(TypeRef {
            ty: Type::Structured(id),
            collection: false,
        }) => Some(*id),
        _ => None,
    }
}

/// Returns the structured type of an instance or of the items of a collection.
fn instance_or_item(ty: Option<&TypeRef>) -> Option<StructuredTypeId> {
    match ty?.ty {
        Type::Structured(id) => Some(id),
        Type::Primitive(_) | Type::Enum(_) | Type::Undefined(_) => None,
    }
}

/// Returns the type of one instance.
fn single(ty: Option<&TypeRef>) -> Option<TypeRef> {
    ty.map(|ty| TypeRef {
        ty: ty.ty.clone(),
        collection: false,
    })
}

fn primitive(primitive: Primitive) -> Option<TypeRef> {
    Some(TypeRef {
        ty: Type::Primitive(primitive),
        collection: false,
    })
}

fn item_path(fact: &SegmentFact) -> Segment {
    let words = match fact {
        SegmentFact::Name(words) | SegmentFact::Key(words) | SegmentFact::ItemPath(words) => {
            words.as_str()
        }
        SegmentFact::AlternateKey(_) => "item-path",
        SegmentFact::Call { name, .. } => name,
    };
    Segment::ItemPath(KeyParameter {
        name: placeholder_name(words).to_owned(),
        of: None,
    })
}

/// Whether a character can be part of a placeholder's name: letters, digits, and separators of words and alternatives.
fn is_placeholder_letter(character: char) -> bool {
    character.is_alphanumeric() || " -_|.,/".contains(character)
}

/// Returns the name in a placeholder, without brackets and quotes.
fn placeholder_name(words: &str) -> &str {
    words.trim_matches(|character: char| "{}<>()':\" ".contains(character))
}
