//! Resolves the name or the link of a type on a page to its definition.

use std::collections::BTreeMap;

use crate::facts::TypeName;
use crate::model::{EnumId, Primitive, QualifiedName, StructuredTypeId, Type};
use crate::report::{Code, Report};
use crate::resolve::names::{
    FoldedName, MAIN_NAMESPACE, NameText, ends_with, is_qualified, split_name, unqualified,
};
use crate::resolve::pages::Page;
use crate::resolve::symbols::definitions::Definitions;
use crate::source::Location;

/// A defined type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Symbol {
    Structured(StructuredTypeId),
    Enum(EnumId),
}

/// What a type name on a page denotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ResolvedName {
    Primitive(Primitive),
    Symbol(Symbol),
    /// The name, as the page writes it.
    Undefined(String),
}

impl ResolvedName {
    /// Returns the type of the model.
    pub(crate) fn into_type(self) -> Type {
        match self {
            Self::Primitive(primitive) => Type::Primitive(primitive),
            Self::Symbol(Symbol::Structured(id)) => Type::Structured(id),
            Self::Symbol(Symbol::Enum(id)) => Type::Enum(id),
            Self::Undefined(name) => Type::Undefined(name),
        }
    }

    /// Returns the id, if the name denotes a structured type.
    pub(crate) fn structured(&self) -> Option<StructuredTypeId> {
        match self {
            Self::Symbol(Symbol::Structured(id)) => Some(*id),
            Self::Primitive(_) | Self::Symbol(Symbol::Enum(_)) | Self::Undefined(_) => None,
        }
    }
}

/// The result of looking up a type name.
#[derive(Clone, Debug)]
pub(crate) struct Lookup {
    pub(crate) resolved: ResolvedName,
    conflict: Option<Conflict>,
}

/// Why a type name does not clearly denote one type.
#[derive(Clone, Debug)]
enum Conflict {
    /// The text and the link name different types.
    TextAndLink { text: Symbol, link: Symbol },
    /// The text names several types.
    Ambiguous(Vec<Symbol>),
}

/// All names of one version, compared without letter case.
pub(crate) struct SymbolTable {
    /// What a file defines, by its path; enum sections have an anchor.
    by_file: BTreeMap<FoldedName<'static>, Vec<(Option<String>, Symbol)>>,
    by_unqualified_name: BTreeMap<FoldedName<'static>, Vec<Symbol>>,
    /// Headings of types that have another name in the annotation.
    by_heading: BTreeMap<FoldedName<'static>, Vec<Symbol>>,
    structured_names: Vec<QualifiedName>,
    enum_names: Vec<QualifiedName>,
}

impl SymbolTable {
    /// Indexes all definitions.
    pub(crate) fn new(definitions: &Definitions) -> Self {
        let mut table = Self {
            by_file: BTreeMap::new(),
            by_unqualified_name: BTreeMap::new(),
            by_heading: BTreeMap::new(),
            structured_names: Vec::new(),
            enum_names: Vec::new(),
        };
        for (id, definition) in definitions.structured_with_ids() {
            let symbol = Symbol::Structured(id);
            table.add_name(&definition.name, symbol);
            table.structured_names.push(definition.name.clone());
            for part in &definition.parts {
                table.add_file(part.page, None, symbol);
                let heading = part.facts.name.value.trim();
                if !heading.eq_ignore_ascii_case(&definition.name.name) {
                    let heading = FoldedName::owned(heading);
                    add_once(table.by_heading.entry(heading).or_default(), symbol);
                }
            }
        }
        for (place, definition) in definitions.enums.iter().enumerate() {
            let symbol = Symbol::Enum(EnumId(place as u32));
            table.add_name(&definition.name, symbol);
            table.enum_names.push(definition.name.clone());
            for part in &definition.parts {
                let heading = format!("{} values", part.facts.name.value);
                table.add_file(part.page, Some(anchor_of(&heading)), symbol);
            }
        }
        table
    }

    fn add_name(&mut self, name: &QualifiedName, symbol: Symbol) {
        let key = FoldedName::owned(name.name.as_str());
        add_once(self.by_unqualified_name.entry(key).or_default(), symbol);
    }

    fn add_file(&mut self, page: &Page, anchor: Option<String>, symbol: Symbol) {
        let entries = self
            .by_file
            .entry(FoldedName::owned(page.path))
            .or_default();
        if !entries.contains(&(anchor.clone(), symbol)) {
            entries.push((anchor, symbol));
        }
    }

    /// Returns the qualified name of a symbol.
    pub(crate) fn name(&self, symbol: Symbol) -> &QualifiedName {
        match symbol {
            Symbol::Structured(id) => self.structured_name(id),
            Symbol::Enum(id) => self.enum_name(id),
        }
    }

    /// Returns the qualified name of an enum.
    pub(crate) fn enum_name(&self, id: EnumId) -> &QualifiedName {
        &self.enum_names[id.0 as usize]
    }

    /// Returns the qualified name of a structured type.
    pub(crate) fn structured_name(&self, id: StructuredTypeId) -> &QualifiedName {
        &self.structured_names[id.0 as usize]
    }

    /// Returns the symbol with a qualified name.
    pub(crate) fn find_qualified(&self, name: &str) -> Option<Symbol> {
        let (namespace, unqualified) = name.rsplit_once('.')?;
        let candidates = self
            .by_unqualified_name
            .get(&FoldedName::borrowed(unqualified))?;
        self.find_in_namespace(namespace, candidates)
    }

    /// Returns the root entity type, `microsoft.graph.entity`.
    pub(crate) fn root_entity(&self) -> Option<StructuredTypeId> {
        match self.find_qualified("microsoft.graph.entity") {
            Some(Symbol::Structured(id)) => Some(id),
            _ => None,
        }
    }

    fn find_in_namespace(&self, namespace: &str, candidates: &[Symbol]) -> Option<Symbol> {
        let mut candidates = candidates.iter();
        let last = candidates.rfind(|symbol| {
            let name = self.name(**symbol);
            name.namespace.eq_ignore_ascii_case(namespace)
        });
        last.copied()
    }

    /// Looks up a type name. The word for a primitive type comes first, then the target of the link, unless the text names a
    /// type with a page of its own; without a link the text decides.
    pub(crate) fn look_up(&self, name: &TypeName, page: &Page) -> Lookup {
        let text = name.text.trim();
        if let Some(primitive) = Primitive::from_documented_name(text) {
            return Lookup {
                resolved: ResolvedName::Primitive(primitive),
                conflict: None,
            };
        }
        let by_link = name
            .target
            .as_deref()
            .and_then(|target| self.find_by_link(target, text, page));
        let candidates = self.find_by_text(text, page);
        let by_text = match candidates {
            [only] => Some(*only),
            _ => None,
        };
        match (by_link, by_text) {
            (Some(link), Some(text_symbol))
                if link != text_symbol && self.has_other_name(link, text) =>
            {
                Lookup {
                    resolved: ResolvedName::Symbol(text_symbol),
                    conflict: Some(Conflict::TextAndLink {
                        text: text_symbol,
                        link,
                    }),
                }
            }
            (Some(symbol), _) | (None, Some(symbol)) => Lookup {
                resolved: ResolvedName::Symbol(symbol),
                conflict: None,
            },
            (None, None) => Lookup {
                resolved: ResolvedName::Undefined(text.to_owned()),
                conflict: (!candidates.is_empty())
                    .then(|| Conflict::Ambiguous(candidates.to_vec())),
            },
        }
    }

    /// Looks up a name without a link.
    pub(crate) fn look_up_text(&self, name: &str, page: &Page) -> Lookup {
        let name = TypeName {
            text: name.to_owned(),
            target: None,
        };
        self.look_up(&name, page)
    }

    /// Reports that a name does not clearly denote one type.
    pub(crate) fn report_conflict(
        &self,
        lookup: &Lookup,
        name: &TypeName,
        at: Location,
        report: &mut Report,
    ) {
        let text = name.text.trim();
        let width = text.chars().count();
        match &lookup.conflict {
            None => {}
            Some(Conflict::TextAndLink {
                text: text_symbol,
                link,
            }) => {
                report.push(
                    Code::LinkAndTextDisagree,
                    at,
                    width,
                    format!(
                        "the text names `{}`, but the link leads to `{}`",
                        self.name(*text_symbol).full(),
                        self.name(*link).full()
                    ),
                    "the type that the text names is used",
                );
                report.set_subject(text);
            }
            Some(Conflict::Ambiguous(candidates)) => {
                let names: Vec<String> = candidates
                    .iter()
                    .map(|symbol| self.name(*symbol).full())
                    .collect();
                report.push(
                    Code::AmbiguousTypeName,
                    at,
                    width,
                    format!("`{text}` is ambiguous: {}", names.join(" or ")),
                    "the type is left undefined",
                );
                report.set_subject(text);
            }
        }
    }

    /// Whether neither the name nor the heading of a type fits a text.
    fn has_other_name(&self, symbol: Symbol, text: &str) -> bool {
        let name = unqualified(text);
        let has_heading = self
            .by_heading
            .get(&FoldedName::borrowed(name))
            .is_some_and(|symbols| symbols.contains(&symbol));
        // `message` with a link to `chatMessage` is a short form, not another type.
        !ends_with(&self.name(symbol).name, name) && !has_heading
    }

    /// Returns the type that a link leads to.
    fn find_by_link(&self, target: &str, text: &str, page: &Page) -> Option<Symbol> {
        let (file, anchor) = page.follow(target)?;
        let entries = self.by_file.get(&FoldedName::borrowed(&file))?;
        let anchored = anchor.and_then(|anchor| {
            entries
                .iter()
                .find(|(defined, _)| defined.as_ref() == Some(&anchor))
        });
        let named = || {
            entries
                .iter()
                .find(|(_, symbol)| !self.has_other_name(*symbol, text))
                .or_else(|| entries.iter().find(|(anchor, _)| anchor.is_none()))
        };
        // On a page with a single enum, the link may lack its anchor.
        let only = || (entries.len() == 1).then(|| &entries[0]);
        anchored
            .or_else(named)
            .or_else(only)
            .map(|(_, symbol)| *symbol)
    }

    /// Returns the types that a text names. A qualified name denotes only a type in its namespace. An unqualified name denotes
    /// one in the page's namespace, else one in the main namespace, else those in all namespaces, else those with such a
    /// heading.
    fn find_by_text(&self, text: &str, page: &Page) -> &[Symbol] {
        let (namespace, name) = split_name(text, &page.namespace);
        let key = &name as &dyn NameText;
        if is_qualified(text) {
            let named = self.by_unqualified_name.get(key);
            let headed = self.by_heading.get(key);
            let mut candidates = named.into_iter().chain(headed);
            let found = candidates.find_map(|symbols| self.slice_in_namespace(namespace, symbols));
            return found.unwrap_or(&[]);
        }
        let Some(named) = self.by_unqualified_name.get(key) else {
            return self.by_heading.get(key).map_or(&[], Vec::as_slice);
        };
        self.slice_in_namespace(namespace, named)
            .or_else(|| self.slice_in_namespace(MAIN_NAMESPACE, named))
            .unwrap_or(named)
    }

    /// Returns the last of the symbols in a namespace.
    fn slice_in_namespace<'s>(
        &self,
        namespace: &str,
        symbols: &'s [Symbol],
    ) -> Option<&'s [Symbol]> {
        let found = self.find_in_namespace(namespace, symbols)?;
        let place = symbols.iter().position(|symbol| *symbol == found)?;
        Some(&symbols[place..=place])
    }
}

fn add_once(symbols: &mut Vec<Symbol>, symbol: Symbol) {
    if !symbols.contains(&symbol) {
        symbols.push(symbol);
    }
}

/// Returns the anchor of a heading: lower case, blanks replaced by dashes, punctuation removed.
fn anchor_of(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|character| match character {
            ' ' | '-' => Some('-'),
            '_' => Some('_'),
            character if character.is_alphanumeric() => Some(character),
            _ => None,
        })
        .collect()
}
