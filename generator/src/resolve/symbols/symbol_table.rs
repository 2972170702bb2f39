//! In: the definitions of one version. Out: what a name or a link on a page means.

use std::collections::BTreeMap;

use crate::facts::{PropertyFact, TypeName};
use crate::model::{EnumId, Primitive, QualifiedName, StructuredTypeId};
use crate::report::{Code, Report};
use crate::resolve::names::{self, Folded};
use crate::resolve::pages::{MAIN_NAMESPACE, Page, anchor_of, is_identifier, qualify, split_name};
use crate::resolve::symbols::definitions::{Definitions, EnumDefinition};
use crate::source::Location;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Definition {
    Structured(StructuredTypeId),
    Enum(EnumId),
}

/// What a type name on a page means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Primitive(Primitive),
    Defined(Definition),
    /// The name, as the page uses it.
    Undefined(String),
}

/// All names of one version. Letter case does not matter in any of them.
pub(crate) struct Index {
    /// What a file defines, by its path; enum sections with their anchors.
    by_file: BTreeMap<Folded<'static>, Vec<(Option<String>, Definition)>>,
    by_short_name: BTreeMap<Folded<'static>, Vec<Definition>>,
    /// Names in headings whose type the annotation calls something else.
    by_heading: BTreeMap<Folded<'static>, Vec<Definition>>,
    structured_names: Vec<QualifiedName>,
    enum_names: Vec<QualifiedName>,
}

impl Index {
    /// Indexes all definitions.
    pub(crate) fn new(definitions: &Definitions) -> Self {
        let mut index = Self {
            by_file: BTreeMap::new(),
            by_short_name: BTreeMap::new(),
            by_heading: BTreeMap::new(),
            structured_names: Vec::new(),
            enum_names: Vec::new(),
        };
        for (place, definition) in definitions.structured.iter().enumerate() {
            let id = Definition::Structured(StructuredTypeId(place as u32));
            index.add_name(&definition.name, id);
            index.structured_names.push(definition.name.clone());
            for part in &definition.parts {
                index.add_file(part.page, None, id);
                let heading = part.facts.name.value.trim();
                if !heading.eq_ignore_ascii_case(&definition.name.name) {
                    let heading = Folded::owned(heading);
                    add_once(index.by_heading.entry(heading).or_default(), id);
                }
            }
        }
        for (place, definition) in definitions.enums.iter().enumerate() {
            let id = Definition::Enum(EnumId(place as u32));
            index.add_name(&definition.name, id);
            index.enum_names.push(definition.name.clone());
            for part in &definition.parts {
                let name = &part.facts.name.value;
                index.add_file(part.page, Some(anchor_of(&format!("{name} values"))), id);
            }
        }
        index
    }

    fn add_name(&mut self, name: &QualifiedName, id: Definition) {
        let short = Folded::owned(name.name.as_str());
        add_once(self.by_short_name.entry(short).or_default(), id);
    }

    fn add_file(&mut self, page: &Page, anchor: Option<String>, id: Definition) {
        let entries = self.by_file.entry(Folded::owned(page.path)).or_default();
        if !entries.contains(&(anchor.clone(), id)) {
            entries.push((anchor, id));
        }
    }

    /// The full name of a definition.
    pub(crate) fn name_of(&self, definition: Definition) -> &QualifiedName {
        match definition {
            Definition::Structured(id) => &self.structured_names[id.0 as usize],
            Definition::Enum(id) => &self.enum_names[id.0 as usize],
        }
    }

    /// The definition with a full name.
    pub(crate) fn by_full_name(&self, name: &str) -> Option<Definition> {
        let (namespace, bare) = name.rsplit_once('.')?;
        self.in_namespace(namespace, self.by_short_name.get(&Folded::of(bare))?)
    }

    /// The one of some definitions that a namespace has.
    fn in_namespace(&self, namespace: &str, candidates: &[Definition]) -> Option<Definition> {
        let mut found = candidates.iter().filter(|id| {
            let own = &self.name_of(**id).namespace;
            own.eq_ignore_ascii_case(namespace)
        });
        found.next_back().copied()
    }

    /// What a type name on a page means. A primitive word wins, then the link's target, unless the text names a type with
    /// a page of its own; without a link the text decides.
    pub(crate) fn meaning(
        &self,
        name: &TypeName,
        at: Location,
        page: &Page,
        report: &mut Report,
    ) -> Meaning {
        let text = name.text.trim();
        if let Some(primitive) = primitive(text) {
            return Meaning::Primitive(primitive);
        }
        let by_target = name
            .target
            .as_deref()
            .and_then(|target| self.by_target(target, text, page));
        let by_text = self.by_text(text, page, at, by_target.is_none(), report);
        match (by_target, by_text) {
            (Some(target), Some(text_says)) if target != text_says && self.differ(target, text) => {
                report.push(
                    Code::LinkAndTextDisagree,
                    at,
                    text.chars().count(),
                    format!(
                        "the text names `{}`, the link leads to `{}`",
                        self.name_of(text_says).full(),
                        self.name_of(target).full()
                    ),
                    "the text was believed, as it names a type",
                );
                Meaning::Defined(text_says)
            }
            (Some(target), _) => Meaning::Defined(target),
            (None, Some(text)) => Meaning::Defined(text),
            (None, None) => Meaning::Undefined(text.to_owned()),
        }
    }

    /// Whether a definition has another name, heading included, than a text uses.
    fn differ(&self, definition: Definition, text: &str) -> bool {
        let bare = names::bare(text);
        let has_heading = self
            .by_heading
            .get(&Folded::of(bare))
            .is_some_and(|ids| ids.contains(&definition));
        // `message` linked to `chatMessage` is a short form, not another type.
        !names::ends_with(&self.name_of(definition).name, bare) && !has_heading
    }

    /// What a link leads to.
    fn by_target(&self, target: &str, text: &str, page: &Page) -> Option<Definition> {
        let (file, anchor) = page.follow(target)?;
        let entries = self.by_file.get(&Folded::of(&file))?;
        let anchored = anchor.and_then(|anchor| {
            let mut matching = entries
                .iter()
                .filter(|(own, _)| own.as_ref() == Some(&anchor));
            matching.next()
        });
        let named = || {
            entries
                .iter()
                .find(|(_, id)| !self.differ(*id, text))
                .or_else(|| entries.iter().find(|(own, _)| own.is_none()))
        };
        // A page with one enum and nothing else needs no anchor.
        let only = || (entries.len() == 1).then(|| &entries[0]);
        anchored
            .or_else(named)
            .or_else(only)
            .map(|(_, definition)| *definition)
    }

    /// What a bare name means: in the page's namespace, in the main one, anywhere if there is one such name, as a heading.
    fn by_text(
        &self,
        text: &str,
        page: &Page,
        at: Location,
        decides: bool,
        report: &mut Report,
    ) -> Option<Definition> {
        let (namespace, bare) = split_name(text, &page.namespace);
        let named = self.by_short_name.get(&Folded::of(bare));
        let exact = named.and_then(|named| {
            let own = self.in_namespace(namespace, named);
            own.or_else(|| self.in_namespace(MAIN_NAMESPACE, named))
        });
        if exact.is_some() {
            return exact;
        }
        let candidates = named.or_else(|| self.by_heading.get(&Folded::of(bare)))?;
        if let [only] = candidates.as_slice() {
            return Some(*only);
        }
        if decides {
            let names: Vec<String> = candidates
                .iter()
                .map(|id| self.name_of(*id).full())
                .collect();
            report.push(
                Code::AmbiguousTypeName,
                at,
                text.chars().count(),
                format!("`{text}` can mean {}", names.join(" or ")),
                "it was left undefined",
            );
        }
        None
    }
}

fn add_once(ids: &mut Vec<Definition>, id: Definition) {
    if !ids.contains(&id) {
        ids.push(id);
    }
}

/// The primitive type that a word of the docs stands for.
pub(crate) fn primitive(word: &str) -> Option<Primitive> {
    // The longest of these words has 19 letters; no copy is made for looking.
    let word = word.trim();
    let mut folded = [0; 24];
    let folded = folded.get_mut(..word.len())?;
    folded.copy_from_slice(word.as_bytes());
    folded.make_ascii_lowercase();
    let word = std::str::from_utf8(folded).ok()?;
    Some(match word.strip_prefix("edm.").unwrap_or(word).trim() {
        "string" | "url" => Primitive::String,
        "boolean" | "bool" => Primitive::Boolean,
        "byte" => Primitive::Byte,
        "int16" => Primitive::Int16,
        "int32" | "int" | "integer" => Primitive::Int32,
        "int64" | "long" => Primitive::Int64,
        "single" | "float" => Primitive::Single,
        "double" | "number" | "numeric" => Primitive::Double,
        "decimal" => Primitive::Decimal,
        "datetimeoffset" | "datetime" | "timestamp" => Primitive::DateTimeOffset,
        "date" => Primitive::Date,
        "timeofday" => Primitive::TimeOfDay,
        "duration" => Primitive::Duration,
        "guid" => Primitive::Guid,
        "binary" => Primitive::Binary,
        "stream" => Primitive::Stream,
        "json"
        | "microsoft.graph.json"
        | "object"
        | "untyped"
        | "untyped json object"
        | "json object" => Primitive::Untyped,
        _ => return None,
    })
}

/// Enums that no page defines, but whose members a row lists: a type cell names a type that is unknown, and the description
/// gives its values. They are added to the definitions; the index has to be built anew if there are any.
pub(crate) fn add_listed_enums<'a>(
    definitions: &mut Definitions<'a>,
    pages: &'a [Page<'a>],
    index: &Index,
    report: &mut Report,
) -> bool {
    let mut found: BTreeMap<String, EnumDefinition> = BTreeMap::new();
    for page in pages {
        let rows = page
            .facts
            .resources
            .iter()
            .flat_map(|resource| &resource.properties);
        for row in rows.filter(|row| row.values.len() > 1) {
            let Some(name) = listed_enum(row, page, index) else {
                continue;
            };
            found.entry(name.full().to_lowercase()).or_insert_with(|| {
                report.push(
                    Code::EnumFromList,
                    row.type_phrase.at,
                    row.type_phrase.value.written.chars().count(),
                    format!("no page defines `{}`, but this row lists values", name.name),
                    "an enum was made of the listed values",
                );
                EnumDefinition {
                    name,
                    parts: Vec::new(),
                    listed_by: Some((page, row)),
                }
            });
        }
    }
    let any = !found.is_empty();
    definitions.enums.extend(found.into_values());
    definitions
        .enums
        .sort_by(|left, right| left.name.cmp(&right.name));
    any
}

/// The name of the unknown type that a row with values uses.
fn listed_enum(row: &PropertyFact, page: &Page, index: &Index) -> Option<QualifiedName> {
    let [name] = row.type_phrase.value.names.as_slice() else {
        return None;
    };
    let mut unheard = Report::new();
    match index.meaning(name, row.type_phrase.at, page, &mut unheard) {
        Meaning::Undefined(text) => {
            let qualified = qualify(&text, &page.namespace);
            let listed = row.values.iter().all(|value| is_identifier(value));
            (listed && is_identifier(&qualified.name)).then_some(qualified)
        }
        _ => None,
    }
}
