//! In: the segments of a request line, and what the types have. Out: typed segments, and the type that the path leads to.

use crate::facts::{SegmentFact, TypeName, UrlParameterFact, UrlPlace};
use crate::model::{
    FunctionParameter, KeyParameter, Primitive, QualifiedName, Segment, StructuredTypeId, Type,
    TypeRef,
};
use crate::report::Report;
use crate::resolve::pages::Page;
use crate::resolve::paths::callables::{Callable, Callables};
use crate::resolve::paths::property_index::Members;
use crate::resolve::symbols::symbol_table::{Definition, Index, Meaning};
use crate::source::Location;

use crate::resolve::paths::roots::Roots;
use crate::resolve::type_phrases::Scope;

/// Everything a path is read against.
pub(crate) struct Walker<'a> {
    pub(crate) scope: &'a Scope<'a>,
    pub(crate) members: &'a Members<'a>,
    pub(crate) callables: &'a Callables,
    pub(crate) roots: &'a Roots,
}

/// A path that was walked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Walked {
    pub(crate) segments: Vec<Segment>,
    /// The type before the last segment.
    pub(crate) before: Option<TypeRef>,
    /// The type that the path leads to.
    pub(crate) end: Option<TypeRef>,
    /// The first name that no type explains.
    pub(crate) missing: Option<Missing>,
}

/// A name in a path that the type before it does not have.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    pub(crate) owner: StructuredTypeId,
    pub(crate) name: String,
    /// The place of the segment.
    pub(crate) place: usize,
}

impl Walked {
    /// Notes a name that the instance before it does not have, unless another is missing already.
    fn miss(&mut self, name: &str, place: usize, before: Option<&TypeRef>) {
        if let (Some(owner), None) = (instance(before), &self.missing) {
            self.missing = Some(Missing {
                owner,
                name: name.to_owned(),
                place,
            });
        }
    }
}

impl Walker<'_> {
    /// Walks the segments of a request line.
    pub(crate) fn walk(
        &self,
        segments: &[SegmentFact],
        rows: &[UrlParameterFact],
        page: &Page,
    ) -> Walked {
        let mut walked = Walked::default();
        // Whether the segment before ended in a colon, so that a path of names follows.
        let mut is_anchored = false;
        for (place, fact) in segments.iter().enumerate() {
            let before = walked.end.take();
            let (segment, end) = if is_anchored {
                is_anchored = false;
                (item_path(fact), single(before.clone()))
            } else {
                is_anchored = matches!(fact, SegmentFact::ItemPath(_));
                self.step(fact, place, before.as_ref(), rows, page, &mut walked)
            };
            walked.segments.push(segment);
            walked.before = before;
            walked.end = end;
        }
        walked
    }

    fn step(
        &self,
        fact: &SegmentFact,
        place: usize,
        before: Option<&TypeRef>,
        rows: &[UrlParameterFact],
        page: &Page,
        walked: &mut Walked,
    ) -> (Segment, Option<TypeRef>) {
        match fact {
            SegmentFact::Name(name) => self.name(name, place, before, page, walked),
            SegmentFact::Key(words) => {
                // A placeholder behind a key stands for the name of a property.
                let is_name = matches!(walked.segments.last(), Some(Segment::Key(_)));
                let of = before.filter(|_| !is_name);
                let segment = Segment::Key(key(words, of, self.scope.index));
                (segment, single(of.cloned()))
            }
            SegmentFact::ItemPath(words) => self.anchor(words, place, before, page, walked),
            SegmentFact::AlternateKey { property, value } => (
                Segment::AlternateKey {
                    property: property.clone(),
                    key: key(value, before, self.scope.index),
                },
                single(before.cloned()),
            ),
            SegmentFact::Call { name, arguments } => {
                let parameters = arguments.iter();
                let parameters = parameters
                    .map(|(name, value)| self.function_parameter(name, value, rows, page))
                    .collect();
                let returns = self
                    .callables
                    .get(name)
                    .and_then(|callable| callable.returns.clone());
                let segment = Segment::Function {
                    name: name.clone(),
                    parameters,
                };
                (segment, returns)
            }
        }
    }

    /// `root:` or `{item-id}:`, before a path of names.
    fn anchor(
        &self,
        words: &str,
        place: usize,
        before: Option<&TypeRef>,
        page: &Page,
        walked: &mut Walked,
    ) -> (Segment, Option<TypeRef>) {
        let is_collection = before.is_some_and(|before| before.collection);
        let bare = placeholder(words);
        if is_collection || bare != words.trim_end_matches(':') {
            return (
                Segment::Key(key(words, before, self.scope.index)),
                single(before.cloned()),
            );
        }
        self.name(bare, place, before, page, walked)
    }

    fn name(
        &self,
        name: &str,
        place: usize,
        before: Option<&TypeRef>,
        page: &Page,
        walked: &mut Walked,
    ) -> (Segment, Option<TypeRef>) {
        match name {
            "$ref" => return (Segment::Ref, before.cloned()),
            "$value" => return (Segment::Value, primitive(Primitive::Stream)),
            "$count" => return (Segment::Count, primitive(Primitive::Int32)),
            _ => {}
        }
        if place == 0 {
            let ty = self.roots.type_of(name);
            return (Segment::Name(name.to_owned()), ty.cloned());
        }
        if name.contains('.')
            && let Some((segment, end)) = self.cast(name, before, page)
        {
            return (segment, end);
        }
        if let Some(owner) = instance(before)
            && let Some(member) = self.members.find(owner, name)
        {
            return (Segment::Name(member.name.clone()), Some(member.ty.clone()));
        }
        if let Some(callable) = self.callables.get(name) {
            return (called(name, callable), callable.returns.clone());
        }
        if let Some(cast) = undefined_cast(name) {
            return (cast, None);
        }
        if before.is_none() {
            let ty = self.below_unknown(name, &walked.segments);
            return (Segment::Name(name.to_owned()), ty);
        }
        walked.miss(name, place, before);
        (Segment::Name(name.to_owned()), None)
    }

    /// The type at a name behind nothing but names whose types no page tells.
    fn below_unknown(&self, name: &str, segments: &[Segment]) -> Option<TypeRef> {
        let mut path = String::new();
        for segment in segments {
            let Segment::Name(above) = segment else {
                return None;
            };
            path.push_str(&above.to_lowercase());
            path.push('/');
        }
        path.push_str(&name.to_lowercase());
        self.roots.type_at(&path).cloned()
    }

    /// A segment with dots that names a type.
    fn cast(
        &self,
        name: &str,
        before: Option<&TypeRef>,
        page: &Page,
    ) -> Option<(Segment, Option<TypeRef>)> {
        let id = structured(self.scope.index, name, page)?;
        let full = self.scope.index.name_of(Definition::Structured(id));
        let end = TypeRef {
            ty: Type::Structured(id),
            collection: before.is_some_and(|before| before.collection),
        };
        Some((Segment::Cast(full.clone()), Some(end)))
    }

    fn function_parameter(
        &self,
        name: &str,
        value: &str,
        rows: &[UrlParameterFact],
        page: &Page,
    ) -> FunctionParameter {
        let name = if name.trim().is_empty() {
            placeholder(value)
        } else {
            name.trim()
        };
        let row = rows.iter().find(|row| {
            row.place != UrlPlace::Query && row.row.name.value.eq_ignore_ascii_case(name)
        });
        let mut unheard = Report::new();
        let stated = row.map(|row| {
            self.scope
                .type_ref(&row.row.type_phrase, page, &mut unheard)
        });
        FunctionParameter {
            name: name.to_owned(),
            ty: stated,
            // `type'member'` is a literal of an enum, which no quotes stand around.
            quoted: value.trim().starts_with('\'') && value.trim().ends_with('\''),
        }
    }
}

/// The cast to a type that no page defines.
fn undefined_cast(name: &str) -> Option<Segment> {
    let (namespace, own) = name.rsplit_once('.')?;
    let is_namespace = namespace == "microsoft.graph" || namespace.starts_with("microsoft.graph.");
    is_namespace.then(|| {
        Segment::Cast(QualifiedName {
            namespace: namespace.to_owned(),
            name: own.to_owned(),
        })
    })
}

/// The segment that calls an action or function without arguments.
fn called(name: &str, callable: &Callable) -> Segment {
    match callable.is_function {
        true => Segment::Function {
            name: name.to_owned(),
            parameters: Vec::new(),
        },
        false => Segment::Action(name.to_owned()),
    }
}

/// The structured type that a name with dots means.
fn structured(index: &Index, name: &str, page: &Page) -> Option<StructuredTypeId> {
    let text = TypeName {
        text: name.to_owned(),
        target: None,
    };
    let at = Location {
        file: page.facts.file,
        line: 1,
        column: 1,
    };
    let mut unheard = Report::new();
    match index.meaning(&text, at, page, &mut unheard) {
        Meaning::Defined(Definition::Structured(id)) => Some(id),
        _ => None,
    }
}

/// The type of the one instance that a path has led to.
fn instance(before: Option<&TypeRef>) -> Option<StructuredTypeId> {
    match before {
        Some(TypeRef {
            ty: Type::Structured(id),
            collection: false,
        }) => Some(*id),
        _ => None,
    }
}

/// One of the things that a type stands for.
fn single(ty: Option<TypeRef>) -> Option<TypeRef> {
    ty.map(|ty| TypeRef {
        ty: ty.ty,
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
        SegmentFact::Name(words) | SegmentFact::Key(words) | SegmentFact::ItemPath(words) => words,
        SegmentFact::AlternateKey { value, .. } => value,
        SegmentFact::Call { name, .. } => name,
    };
    Segment::ItemPath(KeyParameter {
        name: placeholder(words).to_owned(),
        of: None,
    })
}

/// A key; its name is that of the placeholder. Where the page has a sample value instead, it is called after the type.
fn key(words: &str, before: Option<&TypeRef>, index: &Index) -> KeyParameter {
    let of = before.and_then(|before| match before.ty {
        Type::Structured(id) => Some(id),
        _ => None,
    });
    let words = placeholder(words).replace(['{', '}', '<', '>'], "");
    let is_sample = words.is_empty()
        || words.contains(|first: char| !is_placeholder_letter(first))
        || is_guid(&words);
    let name = match of {
        _ if !is_sample => words,
        Some(id) => format!("{}-id", index.name_of(Definition::Structured(id)).name),
        None => "id".to_owned(),
    };
    KeyParameter { name, of }
}

/// What the words of a placeholder consist of: letters, digits, and what joins words and alternatives.
fn is_placeholder_letter(character: char) -> bool {
    character.is_alphanumeric() || " -_|.,/".contains(character)
}

fn is_guid(words: &str) -> bool {
    words.len() == 36
        && words.bytes().filter(|byte| *byte == b'-').count() == 4
        && words
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// The words of a placeholder, without the brackets and quotes around it.
fn placeholder(words: &str) -> &str {
    words.trim_matches(|character: char| "{}<>()':\" ".contains(character))
}
