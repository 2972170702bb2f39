//! Corrections: a list, in TOML, of known mistakes of single pages, applied to the facts before any pass reads them.
//!
//! A correction whose mistake is no longer on the page is skipped with a warning: the page has changed, and the entry has to be
//! reviewed. The tests over the documentation that this project corrects accept no such warning.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::facts::{
    GrantFact, PageFacts, PropertyFact, RequestLineFact, SegmentFact, TypeName, TypePhrase,
};
use crate::model::ApiVersion;
use crate::report::{Code, Report};
use crate::resolve::pages::page_start;
use crate::resolve::permission_names::permission_names;
use crate::source::{At, Location, Sources};

/// The names of types that no page defines, by the lower-cased path that leads to them.
pub(crate) type PathTypeNames = BTreeMap<String, String>;

/// All corrections, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    list: Vec<Correction>,
}

/// The correction of one mistake on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Correction {
    /// The end of the page's path, for example `v1.0/resources/user.md`.
    page: String,
    subject: Subject,
    /// The text on the page.
    expected: String,
    /// What it should say; `None` removes it.
    becomes: Option<String>,
}

/// The kind of fact that a correction changes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Subject {
    /// The name of a type in a heading or annotation.
    Name,
    /// The base type, stated in prose or in the annotation.
    Base,
    /// The type cell of the row with this name; without `becomes`, the row is removed.
    Row(String),
    /// The type that the row with this name is inherited from, which the row does not state.
    Inherited(String),
    /// The type in a response section.
    Response,
    /// A request line with its method, for example `GET /users/{id}`; without `becomes`, the line is removed.
    RequestLine,
    /// The name of a permission; without `page`, on every page.
    Permission,
    /// The name of a type that no page defines, by the path that leads to it. A request line of the page starts with that path.
    Path,
}

impl Corrections {
    /// Parses the TOML text. The error is one sentence that names the entry, counted from 1.
    pub fn parse(text: &str) -> Result<Self, String> {
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| format!("not TOML: {}", error.message()))?;
        if let Some(key) = table.keys().find(|key| *key != "correction") {
            return Err(format!(
                "unknown key `{key}`; expected a list of [[correction]]"
            ));
        }
        let entries = match table.get("correction") {
            None => return Ok(Self::default()),
            Some(toml::Value::Array(entries)) => entries,
            Some(_) => return Err("`correction` is not a list of [[correction]]".to_owned()),
        };
        let list: Result<Vec<Correction>, String> = entries
            .iter()
            .enumerate()
            .map(|(place, entry)| {
                Correction::parse(entry).map_err(|reason| format!("entry {}: {reason}", place + 1))
            })
            .collect();
        Ok(Self { list: list? })
    }

    /// Adds the corrections of another list.
    pub fn append(&mut self, more: Self) {
        self.list.extend(more.list);
    }

    /// Returns the type names that corrections give to paths of a version.
    pub(crate) fn path_type_names(&self, version: ApiVersion) -> PathTypeNames {
        let folder = format!("{}/", version.name());
        let named = self.list.iter().filter(|correction| {
            correction.subject == Subject::Path && correction.page.starts_with(&folder)
        });
        let named = named.filter_map(|correction| {
            let path = correction.expected.trim_start_matches('/').to_lowercase();
            Some((path, correction.becomes.clone()?))
        });
        named.collect()
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Applies all corrections. Pages without a correction are borrowed.
    pub(crate) fn apply<'a>(
        &self,
        facts: &'a [PageFacts],
        sources: &Sources,
        report: &mut Report,
    ) -> Vec<Cow<'a, PageFacts>> {
        let mut pages: Vec<Cow<PageFacts>> = facts.iter().map(Cow::Borrowed).collect();
        for correction in &self.list {
            if correction.page.is_empty() {
                correction.apply_everywhere(&mut pages, report);
                continue;
            }
            let page = pages
                .iter_mut()
                .find(|page| ends_with_path(&sources.get(page.file).path, &correction.page));
            // A run may read only a part of the pages; a correction for another page is not stale.
            let Some(page) = page else {
                continue;
            };
            match correction.apply(page.to_mut()) {
                Some(at) => correction.report(at, report),
                None => report.push(
                    Code::StaleCorrection,
                    page_start(page),
                    0,
                    format!(
                        "a correction expects `{}` on this page, which does not have it",
                        correction.expected
                    ),
                    "the correction is skipped",
                ),
            }
        }
        pages
    }
}

impl Correction {
    /// Applies a correction that names no page to all pages with the mistake.
    fn apply_everywhere(&self, pages: &mut [Cow<PageFacts>], report: &mut Report) {
        for page in pages {
            let names = page
                .operation
                .iter()
                .flat_map(|operation| &operation.permissions);
            // Every row is reported: the ledger accounts for each of them.
            let places: Vec<Location> = names
                .flat_map(permission_names)
                .filter(|name| name.value == self.expected)
                .map(|name| name.at)
                .collect();
            if !places.is_empty() && self.apply(page.to_mut()).is_some() {
                for at in places {
                    self.report(at, report);
                }
            }
        }
    }

    fn report(&self, at: Location, report: &mut Report) {
        report.push(
            Code::PageCorrected,
            at,
            0,
            "the list of corrections has an entry for this fact",
            match &self.becomes {
                Some(becomes) => format!("it is read as `{becomes}`"),
                None => "it is removed".to_owned(),
            },
        );
        if let (Subject::Permission, Some(becomes)) = (&self.subject, &self.becomes) {
            report.set_subject(&self.expected);
            report.suggest(&self.expected, becomes);
        }
    }

    fn parse(entry: &toml::Value) -> Result<Self, String> {
        let table = entry.as_table().ok_or("not a table")?;
        const KEYS: [&str; 6] = ["page", "subject", "row", "expected", "becomes", "reason"];
        if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(format!("unknown key `{key}`"));
        }
        let word = |key: &str| table.get(key).and_then(toml::Value::as_str);
        let required = |key: &str| word(key).ok_or(format!("`{key}` is missing"));
        if required("reason")?.trim().is_empty() {
            return Err("`reason` is empty".to_owned());
        }
        let subject = match required("subject")? {
            "name" => Subject::Name,
            "base" => Subject::Base,
            "row" => Subject::Row(required("row")?.to_owned()),
            "inherited" => Subject::Inherited(required("row")?.to_owned()),
            "response" => Subject::Response,
            "request" => Subject::RequestLine,
            "path" => Subject::Path,
            "permission" => Subject::Permission,
            other => return Err(format!("unknown subject `{other}`")),
        };
        let page = match subject {
            Subject::Permission => word("page").unwrap_or_default(),
            _ => required("page")?,
        };
        Ok(Self {
            page: page.to_owned(),
            subject,
            expected: required("expected")?.to_owned(),
            becomes: word("becomes").map(str::to_owned),
        })
    }

    /// Changes the facts of a page. Returns the location of the first changed fact, `None` if the mistake is not on the page.
    fn apply(&self, page: &mut PageFacts) -> Option<Location> {
        match &self.subject {
            Subject::Name => self.correct_name(page),
            Subject::Base => self.correct_base(page),
            Subject::Row(name) => self.correct_rows(name, page),
            Subject::Inherited(name) => self.correct_inheritance(name, page),
            Subject::Response => self.correct_response(page),
            Subject::RequestLine => self.correct_request_line(page),
            Subject::Path => self.find_path_line(page),
            Subject::Permission => self.correct_permissions(page),
        }
    }

    fn correct_permissions(&self, page: &mut PageFacts) -> Option<Location> {
        let mut first = None;
        let rows = page
            .operation
            .iter_mut()
            .flat_map(|operation| &mut operation.permissions);
        for row in rows {
            let GrantFact::AnyOf(alternatives) = &mut row.grant else {
                continue;
            };
            for sets in [&mut alternatives.sets, &mut alternatives.resource_specific] {
                for name in sets.iter_mut().flatten() {
                    if name.value == self.expected
                        && let Some(becomes) = &self.becomes
                    {
                        name.value.clone_from(becomes);
                        first = first.or(Some(name.at));
                    }
                }
            }
        }
        first
    }

    fn correct_name(&self, page: &mut PageFacts) -> Option<Location> {
        let becomes = self.becomes.as_ref()?;
        let mut first = None;
        for resource in &mut page.resources {
            let at = resource.name.at;
            let annotated = resource
                .annotation
                .as_mut()
                .and_then(|annotation| annotation.type_name.as_mut());
            for name in annotated.into_iter().chain([&mut resource.name.value]) {
                if *name == self.expected {
                    name.clone_from(becomes);
                    first = first.or(Some(at));
                }
            }
        }
        for definition in &mut page.enums {
            if definition.name.value == self.expected {
                definition.name.value.clone_from(becomes);
                first = first.or(Some(definition.name.at));
            }
        }
        first
    }

    fn correct_base(&self, page: &mut PageFacts) -> Option<Location> {
        let mut first = None;
        for resource in &mut page.resources {
            let at = resource.name.at;
            let annotated = resource
                .annotation
                .as_ref()
                .and_then(|annotation| annotation.base_type.as_ref());
            if self.expected.is_empty() && resource.inherits.is_none() && annotated.is_none() {
                first = first.or(Some(at));
                let stated = self.becomes.as_deref().map(type_name);
                resource.inherits = stated.map(|base| At::new(base, at));
                continue;
            }
            if resource
                .inherits
                .as_ref()
                .is_some_and(|base| base.value.text == self.expected)
            {
                first = first.or(Some(at));
                match (&self.becomes, &mut resource.inherits) {
                    (Some(becomes), Some(base)) => base.value = type_name(becomes),
                    (_, inherits) => *inherits = None,
                }
            }
            if let Some(annotation) = &mut resource.annotation
                && annotation.base_type.as_ref() == Some(&self.expected)
            {
                first = first.or(Some(at));
                annotation.base_type.clone_from(&self.becomes);
            }
        }
        first
    }

    fn correct_rows(&self, name: &str, page: &mut PageFacts) -> Option<Location> {
        let resources = page
            .resources
            .iter_mut()
            .flat_map(|resource| [&mut resource.properties, &mut resource.relationships]);
        let bodies = page
            .operation
            .iter_mut()
            .map(|operation| &mut operation.request_body.properties);
        let corrected: Vec<Location> = resources
            .chain(bodies)
            .filter_map(|rows| self.correct_table(name, rows))
            .collect();
        corrected.first().copied()
    }

    fn correct_table(&self, name: &str, rows: &mut Vec<PropertyFact>) -> Option<Location> {
        let is_expected = |row: &PropertyFact| {
            row.name.value == name && row.type_phrase.value.written.trim() == self.expected
        };
        let at = rows.iter().find(|row| is_expected(row))?.name.at;
        match &self.becomes {
            None => rows.retain(|row| !is_expected(row)),
            Some(becomes) => {
                for row in rows.iter_mut().filter(|row| is_expected(row)) {
                    row.type_phrase.value = parse_phrase(becomes);
                }
            }
        }
        Some(at)
    }

    fn correct_inheritance(&self, name: &str, page: &mut PageFacts) -> Option<Location> {
        let becomes = self.becomes.as_deref()?;
        let tables = page
            .resources
            .iter_mut()
            .flat_map(|resource| [&mut resource.properties, &mut resource.relationships]);
        let mut rows = tables.flatten();
        let row = rows.find(|row| {
            row.name.value == name && row.type_phrase.value.written.trim() == self.expected
        })?;
        row.inherited_from = Some(type_name(becomes));
        Some(row.name.at)
    }

    fn correct_response(&self, page: &mut PageFacts) -> Option<Location> {
        let content = page
            .operation
            .as_mut()
            .map(|operation| &mut operation.response.content);
        let content = content?;
        let phrase = content
            .as_mut()
            .filter(|phrase| phrase.value.written.trim() == self.expected)?;
        let at = phrase.at;
        match &self.becomes {
            Some(becomes) => phrase.value = parse_phrase(becomes),
            None => *content = None,
        }
        Some(at)
    }

    /// Returns the location of the request line that starts with the path. The name itself is used when definitions are
    /// collected.
    fn find_path_line(&self, page: &PageFacts) -> Option<Location> {
        let mut lines = page.operation.as_ref()?.request_lines.iter();
        let start = format!("{}/", self.expected);
        lines
            .find(|line| line.template.starts_with(&start))
            .map(|line| line.at)
    }

    fn correct_request_line(&self, page: &mut PageFacts) -> Option<Location> {
        let lines = &mut page.operation.as_mut()?.request_lines;
        let written = |line: &RequestLineFact| format!("{} {}", line.method.name(), line.template);
        let place = lines
            .iter()
            .position(|line| written(line) == self.expected)?;
        let at = lines[place].at;
        match &self.becomes {
            None => {
                lines.remove(place);
            }
            Some(becomes) => {
                let line = &mut lines[place];
                let template = becomes.split_once(' ').map_or("", |(_, template)| template);
                line.segments = parse_segments(template);
                template.clone_into(&mut line.template);
            }
        }
        Some(at)
    }
}

/// Parses a template of words, keys in braces, and functions without arguments; corrections need nothing else.
fn parse_segments(template: &str) -> Vec<SegmentFact> {
    let parts = template.split('/').filter(|part| !part.is_empty());
    parts
        .map(
            |part| match (part.strip_prefix('{'), part.strip_suffix("()")) {
                (Some(rest), _) => SegmentFact::Key(rest.trim_end_matches('}').to_owned()),
                (None, Some(name)) => SegmentFact::Call {
                    name: name.to_owned(),
                    arguments: Vec::new(),
                },
                (None, None) => SegmentFact::Name(part.to_owned()),
            },
        )
        .collect()
}

/// Parses a type phrase: `user` or `user collection`.
fn parse_phrase(text: &str) -> TypePhrase {
    let (name, collection) = match text.trim().strip_suffix(" collection") {
        Some(name) => (name, true),
        None => (text.trim(), false),
    };
    TypePhrase {
        written: text.to_owned(),
        width: text.chars().count(),
        names: vec![type_name(name)],
        collection,
        qualifier: None,
    }
}

fn type_name(text: &str) -> TypeName {
    TypeName {
        text: text.to_owned(),
        target: None,
    }
}

fn ends_with_path(path: &str, end: &str) -> bool {
    path.strip_suffix(end)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}
