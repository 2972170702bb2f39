//! The item of the model that a place of a page denotes.

use std::ops::Range;

use generator::facts::{PageFacts, PropertyFact};
use generator::markdown::{
    self, Annotation, Block, Code as CodeBlock, LinkDefinitions, Page, Text,
};
use generator::model::{
    Account, Api, Body, EnumId, Operation, Property, ResponseContent, StructuredTypeId, Type,
    TypeRef,
};
use generator::report::Code;
use generator::source::{FileId, Location};

use super::json_keys::{self, Step};
use super::positions::{Encoding, Lines};
use super::snapshot::{Snapshot, TypeId, find_type, types};

/// What a place denotes.
#[derive(Clone, Debug)]
pub(super) enum Subject<'s> {
    /// A type or an enum.
    Type(TypeId),
    /// A property, with the type that declares it; `None` for a parameter.
    Property(Option<StructuredTypeId>, &'s Property),
    /// A member of an enum, by its index.
    Member(EnumId, usize),
    /// A permission.
    Permission(&'s str),
    /// A rule of the linter.
    Rule(Code),
    /// A file that a link leads to, and the anchor in it.
    File(FileId, Option<String>),
}

/// A subject and the text that denotes it.
pub(super) struct Found<'s> {
    pub(super) subject: Subject<'s>,
    /// The API of the subject, unless it is a rule or a file outside of all versions.
    pub(super) api: Option<&'s Api>,
    /// The byte range of the text.
    pub(super) range: Range<usize>,
}

/// Returns what the text at a byte offset of a page denotes.
pub(super) fn find_subject(snapshot: &Snapshot, file: FileId, offset: usize) -> Option<Found<'_>> {
    let text = snapshot.docs.sources.get(file).text.as_str();
    let lines = Lines::new(text, Encoding::Utf8);
    let (line_start, line) = lines.line_at(offset);
    let place = Place {
        snapshot,
        file,
        text,
        lines: &lines,
        line: line as u32 + 1,
        line_start,
        line_text: lines.content(line),
        offset,
        api: snapshot.api(file),
    };
    place.find()
}

/// A place in a page.
struct Place<'s, 'l> {
    snapshot: &'s Snapshot,
    file: FileId,
    text: &'s str,
    lines: &'l Lines<'s>,
    /// The line, counted from 1.
    line: u32,
    line_start: usize,
    line_text: &'s str,
    offset: usize,
    api: Option<&'s Api>,
}

impl<'s> Place<'s, '_> {
    fn find(&self) -> Option<Found<'s>> {
        if let Some(found) = self.find_rule() {
            return Some(found);
        }
        let (page, _) = markdown::parse(&self.snapshot.docs.sources, self.file);
        let api = self.api?;
        if let Some(code) = self.code_part(&page) {
            return self
                .find_qualified_type(api)
                .or_else(|| self.find_json_property(api, code));
        }
        self.find_in_row(api, &page)
            .or_else(|| self.find_link(&page.link_definitions))
            .or_else(|| self.find_qualified_type(api))
            .or_else(|| self.find_permission(api))
            .or_else(|| self.find_heading(api))
    }

    /// Returns the byte range of the word at the offset, of letters for which `is_part` is true.
    fn word(&self, is_part: impl Fn(char) -> bool) -> Option<(&'s str, Range<usize>)> {
        let at = self.offset.checked_sub(self.line_start)?;
        let (before, after) = self.line_text.split_at_checked(at)?;
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, letter)| is_part(*letter))
            .last()
            .map_or(at, |(start, _)| start);
        let end = after.find(|letter| !is_part(letter));
        let end = end.map_or(self.line_text.len(), |end| at + end);
        let word = self.line_text.get(start..end)?;
        let range = self.line_start + start..self.line_start + end;
        (!word.is_empty()).then_some((word, range))
    }

    fn find_rule(&self) -> Option<Found<'s>> {
        let (word, range) = self.word(|letter| letter.is_ascii_alphanumeric() || letter == '-')?;
        let is_comment = || self.line_text.contains("<!-- graphwright:");
        let by_id = || Code::ALL.iter().copied().find(|code| code.id() == word);
        let rule = by_id().or_else(|| {
            is_comment()
                .then(|| generator::lint::find_rule(word))
                .flatten()
        })?;
        Some(Found {
            subject: Subject::Rule(rule),
            api: None,
            range,
        })
    }

    /// Returns the code block or annotation that contains the line.
    fn code_part<'p>(&self, page: &'p Page<'s>) -> Option<CodePart<'p, 's>> {
        let contains = |text: &Text<'_>| {
            let last = text.at.line + text.raw.trim_end().matches('\n').count() as u32;
            text.at.file == self.file && (text.at.line..=last).contains(&self.line)
        };
        let blocks = page.sections.iter().flat_map(|section| &section.blocks);
        for block in blocks {
            let (code, annotation) = match block {
                Block::Code(code) => (Some(code), code.annotation.as_ref()),
                Block::Annotation(annotation) => (None, Some(annotation)),
                _ => continue,
            };
            if let Some(code) = code.filter(|code| contains(&code.text)) {
                return Some(CodePart::Block(code));
            }
            if annotation.is_some_and(|annotation| contains(&annotation.text)) {
                return Some(CodePart::Annotation);
            }
        }
        None
    }

    /// Finds the type with a qualified name, as in annotations, `@odata.type` and cast segments.
    fn find_qualified_type(&self, api: &'s Api) -> Option<Found<'s>> {
        let (word, range) =
            self.word(|letter| letter.is_alphanumeric() || "._".contains(letter))?;
        let trimmed = word.trim_matches('.');
        let start = range.start + (word.len() - word.trim_start_matches('.').len());
        Some(Found {
            subject: Subject::Type(find_type(api, trimmed)?),
            api: Some(api),
            range: start..start + trimmed.len(),
        })
    }

    fn find_permission(&self, api: &'s Api) -> Option<Found<'s>> {
        let (word, range) =
            self.word(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter))?;
        let word = word.trim_end_matches('.');
        let mut operations = api.operations.iter();
        let name = operations
            .find_map(|operation| permissions(operation).find(|permission| *permission == word))?;
        Some(Found {
            subject: Subject::Permission(name),
            api: Some(api),
            range: range.start..range.start + word.len(),
        })
    }

    fn find_heading(&self, api: &'s Api) -> Option<Found<'s>> {
        let start = self.line_text.trim_start_matches(['#', ' ', '\t']);
        let is_heading = self.line_text.starts_with('#') && !start.is_empty();
        let ty = types(api).filter(|_| is_heading).find(|ty| {
            let origin = ty.origin(api);
            origin.is_some_and(|origin| origin.file == self.file && origin.line == self.line)
                || self.is_title_of(api, *ty)
        })?;
        let end = self.line_start + self.line_text.trim_end().len();
        let start = self.line_start + self.line_text.len() - start.len();
        Some(Found {
            subject: Subject::Type(ty),
            api: Some(api),
            range: start..end,
        })
    }

    /// Whether the line is the title of the page that defines a type, whose origin may be an annotation.
    fn is_title_of(&self, api: &Api, ty: TypeId) -> bool {
        let is_page = ty.pages(api).iter().any(|page| page.file == self.file);
        let name = &ty.name(api).name;
        let facts = || self.snapshot.facts(self.file);
        let title = || facts().and_then(|facts| facts.title.as_ref());
        is_page
            && title().is_some_and(|title| title.at.line == self.line)
            && self
                .line_text
                .split_whitespace()
                .any(|word| word.eq_ignore_ascii_case(name))
    }

    /// Finds the type that a link denotes, or else its page.
    fn find_link(&self, definitions: &LinkDefinitions<'s>) -> Option<Found<'s>> {
        let at = self.offset.checked_sub(self.line_start)?;
        let mut links = markdown::links(self.line_text, definitions);
        let link = links.find(|link| (link.start..link.end).contains(&at))?;
        let (file, anchor) = self.snapshot.target(self.file, link.target)?;
        let api = self.snapshot.api(file);
        let words = markdown::plain(link.text, definitions);
        let subject = api
            .and_then(|api| self.linked_type(api, file, &words))
            .map_or(Subject::File(file, anchor), Subject::Type);
        Some(Found {
            subject,
            api,
            range: self.line_start + link.start..self.line_start + link.end,
        })
    }

    /// Returns the type that a page defines and that words name.
    fn linked_type(&self, api: &Api, file: FileId, words: &str) -> Option<TypeId> {
        let name = words.trim().rsplit('.').next()?;
        let is_defined = |ty: &TypeId| ty.pages(api).iter().any(|page| page.file == file);
        let mut defined = types(api).filter(is_defined);
        defined.find(|ty| ty.name(api).name.eq_ignore_ascii_case(name))
    }

    /// Finds the property, parameter, member or type that a cell of a table denotes.
    fn find_in_row(&self, api: &'s Api, page: &Page<'s>) -> Option<Found<'s>> {
        let (row, range) = self.cell(page)?;
        let is_in_cell = |at: Location| {
            at.file == self.file
                && at.line == self.line
                && (range.start..=range.end).contains(&self.lines.offset_of(at))
        };
        let found = |subject| {
            Some(Found {
                subject,
                api: Some(api),
                range: range.clone(),
            })
        };
        let facts = self.snapshot.facts(self.file)?;
        let fact = property_facts(facts).find(|fact| {
            fact.name.at.line == row.line
                && (is_in_cell(fact.name.at) || is_in_cell(fact.type_phrase.at))
        });
        if let Some(fact) = fact {
            let (owner, property) = self.property_of_row(api, fact)?;
            if is_in_cell(fact.name.at) {
                return found(Subject::Property(owner, property));
            }
            // Which of several types is meant, only its link shows.
            let ty = type_id(&property.ty).filter(|_| fact.type_phrase.value.names.len() < 2)?;
            return found(Subject::Type(ty));
        }
        let is_member =
            |at: Location| at.file == self.file && at.line == self.line && is_in_cell(at);
        for (index, ty) in api.enums.iter().enumerate() {
            let member = ty
                .members
                .iter()
                .position(|member| is_member(member.origin));
            if let Some(member) = member {
                let id = EnumId(index as u32);
                return found(Subject::Member(id, member));
            }
        }
        None
    }

    /// Returns the property or parameter that a row describes. An inherited one is declared elsewhere.
    fn property_of_row(
        &self,
        api: &'s Api,
        fact: &PropertyFact,
    ) -> Option<(Option<StructuredTypeId>, &'s Property)> {
        let is_row = |property: &&Property| {
            property.origin.file == self.file && property.origin.line == fact.name.at.line
        };
        let ids = (0..api.structured_types.len() as u32).map(StructuredTypeId);
        let declared = ids.clone().find_map(|id| {
            let property = api.structured_type(id).properties.iter().find(is_row)?;
            Some((Some(id), property))
        });
        let parameter = || {
            let operations = api.operations.iter();
            operations
                .filter_map(|operation| match &operation.body {
                    Body::Parameters(parameters) => Some(parameters),
                    _ => None,
                })
                .flatten()
                .find(is_row)
                .map(|property| (None, property))
        };
        let inherited = || {
            ids.clone()
                .filter(|id| {
                    let mut pages = api.structured_type(*id).pages.iter();
                    pages.any(|page| page.file == self.file)
                })
                .find_map(|id| find_property(api, id, &fact.name.value))
        };
        // The rows of a request body describe properties of the type that is sent.
        let sent = || {
            let of_page = api.operations.iter().filter(|operation| {
                let mut pages = operation.pages.iter();
                pages.any(|page| page.file == self.file)
            });
            of_page
                .filter_map(|operation| match &operation.body {
                    Body::Value(TypeRef {
                        ty: Type::Structured(id),
                        ..
                    }) => Some(*id),
                    _ => None,
                })
                .find_map(|id| find_property(api, id, &fact.name.value))
        };
        declared.or_else(parameter).or_else(inherited).or_else(sent)
    }

    /// Returns the start of the row at the line, and the byte range of the cell at the offset.
    fn cell(&self, page: &Page<'s>) -> Option<(Location, Range<usize>)> {
        let blocks = page.sections.iter().flat_map(|section| &section.blocks);
        let tables = blocks.filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let mut rows = tables.flat_map(|table| &table.rows);
        let row = rows.find(|row| row.at.file == self.file && row.at.line == self.line)?;
        row.cells.iter().find_map(|cell| {
            let start = self.lines.offset_of(cell.at);
            let range = start..start + cell.raw.len();
            let is_here = cell.at.line == self.line && (start..=range.end).contains(&self.offset);
            let is_verbatim = self.text.get(range.clone()) == Some(cell.raw.as_ref());
            (is_here && is_verbatim).then_some((row.at, range))
        })
    }

    /// Finds the property of a JSON key in an example or a JSON representation.
    fn find_json_property(&self, api: &'s Api, code: CodePart<'_, 's>) -> Option<Found<'s>> {
        let CodePart::Block(block) = code else {
            return None;
        };
        let start = self.lines.offset_of(block.text.at);
        // The text of a block in a list is not that of the page.
        if !self.text[start..].starts_with(block.text.raw.as_ref()) {
            return None;
        }
        let within = self.offset.checked_sub(start)?;
        let path = json_keys::find_key(&block.text.raw, within)?;
        let context = self
            .message_context(api, block.text.at)
            .or_else(|| annotated_context(api, block.annotation.as_ref()?))?;
        let (owner, property) = walk(api, context, &path.steps)?;
        Some(Found {
            subject: Subject::Property(owner, property),
            api: Some(api),
            range: start + path.range.start..start + path.range.end,
        })
    }

    /// Returns what the body of an example is, by the place of its code block.
    fn message_context(&self, api: &'s Api, at: Location) -> Option<Context<'s>> {
        api.operations.iter().find_map(|operation| {
            operation.examples.iter().find_map(|example| {
                let is_here = |place: Location| place.file == at.file && place.line == at.line;
                if is_here(example.request.at) {
                    return match &operation.body {
                        Body::Value(ty) => Some(Context::Value(ty)),
                        Body::Parameters(parameters) => Some(Context::Parameters(parameters)),
                        _ => None,
                    };
                }
                let is_response = example
                    .response
                    .as_ref()
                    .is_some_and(|response| is_here(response.at));
                match &operation.response {
                    ResponseContent::Value(ty) if is_response => Some(Context::Value(ty)),
                    _ => None,
                }
            })
        })
    }
}

/// A part of a page that is no text.
enum CodePart<'p, 's> {
    Block(&'p CodeBlock<'s>),
    Annotation,
}

/// What an object of JSON is.
#[derive(Clone, Copy)]
enum Context<'s> {
    Object(StructuredTypeId),
    Value(&'s TypeRef),
    Parameters(&'s [Property]),
}

/// Returns the type that the annotation of a code block names.
fn annotated_context<'s>(api: &Api, annotation: &Annotation<'_>) -> Option<Context<'s>> {
    let json = markdown::strict_json(&annotation.text.raw).ok()?;
    let keys: serde_json::Value = serde_json::from_str(&json.text).ok()?;
    let name = keys.get("@odata.type").or_else(|| keys.get("@type"))?;
    match find_type(api, name.as_str()?)? {
        TypeId::Structured(id) => Some(Context::Object(id)),
        TypeId::Enum(_) => None,
    }
}

/// Returns the property that the last key denotes.
fn walk<'s>(
    api: &'s Api,
    root: Context<'s>,
    steps: &[Step<'_>],
) -> Option<(Option<StructuredTypeId>, &'s Property)> {
    let mut context = root;
    let mut found = None;
    for step in steps {
        let name = step.instance_type.and_then(|name| find_type(api, name));
        if let Some(TypeId::Structured(id)) = name {
            context = Context::Object(id);
        }
        let (owner, property) = match context {
            Context::Parameters(parameters) => {
                let mut parameters = parameters.iter();
                (
                    None,
                    parameters.find(|parameter| parameter.name == step.key)?,
                )
            }
            Context::Object(id) => find_property(api, id, step.key)?,
            Context::Value(ty) => {
                let Type::Structured(id) = ty.ty else {
                    return None;
                };
                match find_property(api, id, step.key) {
                    Some(found) => found,
                    // The envelope of a collection.
                    None if step.key == "value" => {
                        found = None;
                        continue;
                    }
                    None => return None,
                }
            }
        };
        found = Some((owner, property));
        context = Context::Value(&property.ty);
    }
    found
}

/// Returns a declared or inherited property, with the type that declares it.
fn find_property<'s>(
    api: &'s Api,
    id: StructuredTypeId,
    name: &str,
) -> Option<(Option<StructuredTypeId>, &'s Property)> {
    api.ancestors(id).find_map(|id| {
        let mut properties = api.structured_type(id).properties.iter();
        let property = properties.find(|property| property.name == name)?;
        Some((Some(id), property))
    })
}

fn type_id(ty: &TypeRef) -> Option<TypeId> {
    match ty.ty {
        Type::Structured(id) => Some(TypeId::Structured(id)),
        Type::Enum(id) => Some(TypeId::Enum(id)),
        Type::Primitive(_) | Type::Undefined(_) => None,
    }
}

/// Returns the rows of a page that describe properties, relationships and parameters.
fn property_facts(facts: &PageFacts) -> impl Iterator<Item = &PropertyFact> {
    let resources = facts
        .resources
        .iter()
        .flat_map(|resource| resource.properties.iter().chain(&resource.relationships));
    let bodies = facts
        .operation
        .iter()
        .flat_map(|operation| &operation.request_body.properties);
    resources.chain(bodies)
}

/// Returns the permissions of an operation; one can occur several times.
pub(super) fn permissions(operation: &Operation) -> impl Iterator<Item = &str> {
    let accounts = Account::ALL.into_iter();
    accounts
        .flat_map(|account| operation.permissions.all_sets(account))
        .flatten()
        .map(String::as_str)
}
